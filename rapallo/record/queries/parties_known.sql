-- Which memberships in ties does the record know, past ones too? In treaty order.
-- $known (optional): the moment of the record's knowledge; its last write unless said
SELECT p.*
FROM party AS p
WHERE p.known_from <= $known AND (p.known_to IS NULL OR p.known_to > $known)
ORDER BY p.tie, p.position
