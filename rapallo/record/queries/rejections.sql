-- Which rows of which files were not kept, and why? Most rows first.
-- $source (optional): id of a source
-- $known (optional): the moment of the record's knowledge; its last write unless said
SELECT r.source, r.file, r.reason, r.rows, r.line, r.loaded
FROM rejected AS r
WHERE r.loaded <= $known
  AND ($source IS NULL OR r.source = $source)
ORDER BY r.rows DESC, r.source, r.file, r.reason
