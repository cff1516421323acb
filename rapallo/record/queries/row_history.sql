-- Which versions has a row had, and who changed it? Oldest first.
-- $id: id of the row
-- $known (optional): the moment of the record's knowledge; its last write unless said
SELECT
  l.*, c.who, c.why,
  x.who AS closed_by, x.why AS closed_why
FROM ledger AS l
LEFT JOIN correction AS c ON c.row_id = l.id AND c.after = l.digest AND c.corrected = l.known_from
LEFT JOIN correction AS x ON x.row_id = l.id AND x.before = l.digest AND x.corrected = l.known_to
WHERE l.id = $id
  AND l.known_from <= $known
ORDER BY l.known_from
