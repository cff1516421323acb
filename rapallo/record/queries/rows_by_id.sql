-- Which family and which source is a row of?
-- $ids: the ids
-- $known (optional): the moment of the record's knowledge; its last write unless said
SELECT l.*, s.title AS source_title, s.citation, s.address AS source_address, s.licence
FROM ledger AS l
LEFT JOIN source AS s ON s.id = l.source AND s.known_from <= $known AND (s.known_to IS NULL OR s.known_to > $known)
WHERE l.known_from <= $known AND (l.known_to IS NULL OR l.known_to > $known)
  AND l.id IN (SELECT unnest($ids))
ORDER BY l.id
