-- Which ties does the record know, whether or not they held?
-- $known (optional): the moment of the record's knowledge; its last write unless said
SELECT t.*
FROM tie AS t
WHERE t.known_from <= $known AND (t.known_to IS NULL OR t.known_to > $known)
ORDER BY t.id
