-- How much flowed? Per pair and good the latest period that was over by a day, for nobody knows the sum of
-- a year that still runs; of two rows of one period the surer one, then that of the later release.
-- $on: the day
-- $kind (optional): a kind of flow
-- $origin (optional): code of the state it leaves
-- $destination (optional): code of the state it reaches
-- $without (optional): ids of rows to leave out, as if the record did not hold them
-- $known (optional): the moment of the record's knowledge; its last write unless said
WITH finished AS (
  SELECT
    f.*,
    row_number() OVER (
      PARTITION BY f.kind, f.origin, f.destination, f.what
      ORDER BY f.valid_from DESC NULLS LAST, f.confidence DESC, s.released DESC NULLS LAST, f.id
    ) AS back
  FROM flow AS f
  LEFT JOIN source AS s ON s.id = f.source AND s.known_from <= $known AND (s.known_to IS NULL OR s.known_to > $known)
  WHERE f.known_from <= $known AND (f.known_to IS NULL OR f.known_to > $known)
    AND (f.valid_from IS NULL OR f.valid_from <= $on)
    AND (f.valid_to IS NULL OR f.valid_to <= $on)
    AND ($kind IS NULL OR f.kind = $kind)
    AND ($origin IS NULL OR f.origin = $origin)
    AND ($destination IS NULL OR f.destination = $destination)
    AND f.id NOT IN (SELECT unnest($without))
)
SELECT b.*
FROM finished AS b
WHERE b.back = 1
ORDER BY b.kind, b.origin, b.destination, b.what
