-- Which sources does the record rest on, on what terms, and how many rows of each does it hold?
-- $known (optional): the moment of the record's knowledge; its last write unless said
WITH held AS (
  SELECT l.source, count(*) AS held
  FROM ledger AS l
  WHERE l.known_from <= $known AND (l.known_to IS NULL OR l.known_to > $known)
  GROUP BY l.source
)
SELECT s.id, s.title, s.released, s.address, s.licence, s.citation, s.known_from, coalesce(h.held, 0) AS held
FROM source AS s
LEFT JOIN held AS h ON h.source = s.id
WHERE s.known_from <= $known AND (s.known_to IS NULL OR s.known_to > $known)
ORDER BY s.id
