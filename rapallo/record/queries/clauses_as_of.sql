-- Which obligations stood on a day, in ties of which phase? A clause that begins later counts
-- while its tie is signed and not yet in force.
-- $on: the day
-- $tie (optional): id of the tie
-- $known (optional): the moment of the record's knowledge; its last write unless said
WITH steps AS (
  SELECT p.tie, p.phase, row_number() OVER (PARTITION BY p.tie ORDER BY p.valid_from DESC, p.position DESC) AS back
  FROM phase AS p
  WHERE p.known_from <= $known AND (p.known_to IS NULL OR p.known_to > $known)
    AND p.valid_from <= $on
)
SELECT c.*, CASE WHEN s.phase = 'renewed' THEN 'in_force' ELSE s.phase END AS phase
FROM clause AS c
INNER JOIN tie AS t ON t.id = c.tie
INNER JOIN steps AS s ON s.tie = c.tie AND s.back = 1
WHERE c.known_from <= $known AND (c.known_to IS NULL OR c.known_to > $known)
  AND t.known_from <= $known AND (t.known_to IS NULL OR t.known_to > $known)
  AND s.phase <> 'ended'
  AND (t.valid_to IS NULL OR t.valid_to >= $on)
  AND (c.valid_from IS NULL OR c.valid_from <= $on OR s.phase = 'signed')
  AND (c.valid_to IS NULL OR c.valid_to >= $on)
  AND ($tie IS NULL OR c.tie = $tie)
ORDER BY c.tie, c.position, c.id
