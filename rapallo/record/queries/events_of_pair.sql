-- What happened up to a day with both states on whichever side? Oldest first.
-- $on: the day
-- $state: code of one state
-- $other: code of the other
-- $since (optional): the first day
-- $known (optional): the moment of the record's knowledge; its last write unless said
WITH between_them AS (
  SELECT e.*
  FROM event AS e
  WHERE e.pair = CASE WHEN $state = $other THEN $state ELSE least($state, $other) || '-' || greatest($state, $other) END
  UNION ALL
  SELECT e.*
  FROM event AS e
  WHERE e.pair IS NULL
    AND (list_contains(e.actors, $state) OR list_contains(e.targets, $state))
    AND (list_contains(e.actors, $other) OR list_contains(e.targets, $other))
)
SELECT b.*
FROM between_them AS b
WHERE b.known_from <= $known AND (b.known_to IS NULL OR b.known_to > $known)
  AND (b.valid_from IS NULL OR b.valid_from <= $on)
  AND ($since IS NULL OR b.valid_to IS NULL OR b.valid_to >= $since)
ORDER BY b.valid_from NULLS FIRST, b.id
