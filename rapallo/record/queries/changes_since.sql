-- Which rows did the record add, or cease to hold, after a moment? A row that says something new is both.
-- $after: the moment; a date means the end of that day in UTC
-- $known (optional): the moment of the record's knowledge; its last write unless said
SELECT l.family, l.id, l.source, l.valid_from, 'added' AS change, l.known_from AS moment
FROM ledger AS l
WHERE l.known_from > $after
  AND l.known_from <= $known
UNION ALL
SELECT l.family, l.id, l.source, l.valid_from, 'closed' AS change, l.known_to AS moment
FROM ledger AS l
WHERE l.known_to > $after
  AND l.known_to <= $known
ORDER BY moment, family, id, change
