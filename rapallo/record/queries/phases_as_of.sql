-- Which steps had ties taken by a day? Oldest first.
-- $on: the day
-- $tie (optional): id of the tie
-- $known (optional): the moment of the record's knowledge; its last write unless said
SELECT p.*
FROM phase AS p
WHERE p.known_from <= $known AND (p.known_to IS NULL OR p.known_to > $known)
  AND p.valid_from <= $on
  AND ($tie IS NULL OR p.tie = $tie)
ORDER BY p.tie, p.valid_from, p.position
