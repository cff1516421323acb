-- How much of a trait had each state? The latest period begun by a day; of two rows of one period the
-- surer one, then that of the later release.
-- $on: the day
-- $name (optional): a trait
-- $without (optional): ids of rows to leave out, as if the record did not hold them
-- $known (optional): the moment of the record's knowledge; its last write unless said
WITH begun AS (
  SELECT
    r.*,
    row_number() OVER (
      PARTITION BY r.name, r.actor
      ORDER BY r.valid_from DESC NULLS LAST, r.confidence DESC, s.released DESC NULLS LAST, r.id
    ) AS back
  FROM trait AS r
  LEFT JOIN source AS s ON s.id = r.source AND s.known_from <= $known AND (s.known_to IS NULL OR s.known_to > $known)
  WHERE r.known_from <= $known AND (r.known_to IS NULL OR r.known_to > $known)
    AND (r.valid_from IS NULL OR r.valid_from <= $on)
    AND ($name IS NULL OR r.name = $name)
    AND r.id NOT IN (SELECT unnest($without))
)
SELECT b.*
FROM begun AS b
WHERE b.back = 1
ORDER BY b.name, b.actor
