-- Which span of days does each source cover, by family, and with how many rows?
-- $known (optional): the moment of the record's knowledge; its last write unless said
SELECT
  l.source, l.family, count(*) AS held, min(l.valid_from) AS first_day, max(coalesce(l.valid_to, l.valid_from)) AS last_day
FROM ledger AS l
WHERE l.known_from <= $known AND (l.known_to IS NULL OR l.known_to > $known)
GROUP BY l.source, l.family
ORDER BY l.source, l.family
