-- Which days does each source say that it covers, and what is to be cited for it?
-- $known (optional): the moment of the record's knowledge; its last write unless said
SELECT s.id, s.title, s.released, s.covers_from, s.covers_to, s.universe, s.citation, s.licence
FROM source AS s
WHERE s.known_from <= $known AND (s.known_to IS NULL OR s.known_to > $known)
ORDER BY s.id
