-- Which obligations does the record know, whether or not they stood? In treaty order.
-- $known (optional): the moment of the record's knowledge; its last write unless said
SELECT c.*
FROM clause AS c
WHERE c.known_from <= $known AND (c.known_to IS NULL OR c.known_to > $known)
ORDER BY c.tie, c.position, c.id
