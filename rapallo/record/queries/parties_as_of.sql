-- Who was a party to which tie on a day? In treaty order.
-- $on: the day
-- $tie (optional): id of the tie
-- $known (optional): the moment of the record's knowledge; its last write unless said
SELECT p.*
FROM party AS p
WHERE p.known_from <= $known AND (p.known_to IS NULL OR p.known_to > $known)
  AND (p.valid_from IS NULL OR p.valid_from <= $on)
  AND (p.valid_to IS NULL OR p.valid_to >= $on)
  AND ($tie IS NULL OR p.tie = $tie)
ORDER BY p.tie, p.position
