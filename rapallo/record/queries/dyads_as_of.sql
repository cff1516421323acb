-- How much of an amount had each pair of states? The latest period begun by a day; of two rows of one
-- period the surer one, then that of the later release.
-- $on: the day
-- $name: an amount
-- $state (optional): code of one of the two
-- $known (optional): the moment of the record's knowledge; its last write unless said
WITH begun AS (
  SELECT
    d.*,
    row_number() OVER (
      PARTITION BY d.actor, d.other
      ORDER BY d.valid_from DESC NULLS LAST, d.confidence DESC, s.released DESC NULLS LAST, d.id
    ) AS back
  FROM dyad AS d
  LEFT JOIN source AS s ON s.id = d.source AND s.known_from <= $known AND (s.known_to IS NULL OR s.known_to > $known)
  WHERE d.known_from <= $known AND (d.known_to IS NULL OR d.known_to > $known)
    AND (d.valid_from IS NULL OR d.valid_from <= $on)
    AND d.name = $name
    AND ($state IS NULL OR d.actor = $state OR d.other = $state)
)
SELECT b.*
FROM begun AS b
WHERE b.back = 1
ORDER BY b.actor, b.other
