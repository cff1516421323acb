-- Which files were loaded, and what became of their rows? Newest first.
-- $source (optional): id of a source
-- $known (optional): the moment of the record's knowledge; its last write unless said
SELECT l.source, l.file, l.sha256, l.rows_read, l.rows_kept, l.rows_rejected, l.left_out, l.loaded
FROM loading AS l
WHERE l.loaded <= $known
  AND ($source IS NULL OR l.source = $source)
ORDER BY l.loaded DESC, l.source, l.file
