-- What waits for a person, or was decided by one? Oldest first.
-- $status (optional): open, accepted, corrected or rejected
-- $known (optional): the moment of the record's knowledge; its last write unless said
SELECT r.*
FROM review AS r
WHERE r.added <= $known
  AND ($status IS NULL OR r.status = $status)
ORDER BY r.added, r.id
