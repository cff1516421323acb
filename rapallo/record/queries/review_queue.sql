-- What waits for a person, or was decided by one? Oldest first.
-- $status (optional): open, accepted, corrected or rejected
-- $known (optional): the moment of the record's knowledge; its last write unless said
WITH queue AS (
  SELECT r.*, r.decided IS NOT NULL AND r.decided <= $known AS settled
  FROM review AS r
  WHERE r.added <= $known
)
SELECT
  q.id, q.kind, q.reason, q.payload, q.source, q.row_id, q.added,
  CASE WHEN q.settled THEN q.status ELSE 'open' END AS status,
  CASE WHEN q.settled THEN q.who END AS who,
  CASE WHEN q.settled THEN q.why END AS why,
  CASE WHEN q.settled THEN q.decided END AS decided,
  CASE WHEN q.settled THEN q.decision END AS decision
FROM queue AS q
WHERE $status IS NULL OR $status = CASE WHEN q.settled THEN q.status ELSE 'open' END
ORDER BY q.added, q.id
