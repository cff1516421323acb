-- How did the states vote in the General Assembly over a span of days, roll call by roll call?
-- $on: the last day
-- $since (optional): the first day
-- $known (optional): the moment of the record's knowledge; its last write unless said
SELECT
  t.actor, t.value AS vote, t.source,
  CAST(regexp_extract(t.note, 'session ([0-9]+)', 1) AS INTEGER) AS session,
  CAST(regexp_extract(t.note, 'roll call ([0-9]+)', 1) AS INTEGER) AS roll_call
FROM trait AS t
WHERE t.known_from <= $known AND (t.known_to IS NULL OR t.known_to > $known)
  AND t.name = 'un_vote'
  AND t.note LIKE 'session %'
  AND t.valid_from <= $on
  AND ($since IS NULL OR t.valid_to >= $since)
ORDER BY session
