-- Which ties held on a day, and in which phase? A renewed tie is in force.
-- $on: the day
-- $kind (optional): a kind of tie
-- $known (optional): the moment of the record's knowledge; its last write unless said
WITH steps AS (
  SELECT p.tie, p.phase, row_number() OVER (PARTITION BY p.tie ORDER BY p.valid_from DESC, p.position DESC) AS back
  FROM phase AS p
  WHERE p.known_from <= $known AND (p.known_to IS NULL OR p.known_to > $known)
    AND p.valid_from <= $on
)
SELECT t.*, CASE WHEN s.phase = 'renewed' THEN 'in_force' ELSE s.phase END AS phase
FROM tie AS t
INNER JOIN steps AS s ON s.tie = t.id AND s.back = 1
WHERE t.known_from <= $known AND (t.known_to IS NULL OR t.known_to > $known)
  AND s.phase <> 'ended'
  AND (t.valid_to IS NULL OR t.valid_to >= $on)
  AND ($kind IS NULL OR t.kind = $kind)
ORDER BY t.id
