-- What happened up to a day with a state on either side? Oldest first.
-- $on: the day
-- $state: code of the state
-- $since (optional): the first day
-- $known (optional): the moment of the record's knowledge; its last write unless said
SELECT e.*
FROM event AS e
WHERE e.known_from <= $known AND (e.known_to IS NULL OR e.known_to > $known)
  AND (e.valid_from IS NULL OR e.valid_from <= $on)
  AND ($since IS NULL OR e.valid_to IS NULL OR e.valid_to >= $since)
  AND (list_contains(e.actors, $state) OR list_contains(e.targets, $state))
ORDER BY e.valid_from NULLS FIRST, e.id
