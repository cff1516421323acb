-- What happened up to a day? Oldest first.
-- $on: the day
-- $since (optional): the first day
-- $known (optional): the moment of the record's knowledge; its last write unless said
SELECT e.*
FROM event AS e
WHERE e.known_from <= $known AND (e.known_to IS NULL OR e.known_to > $known)
  AND (e.valid_from IS NULL OR e.valid_from <= $on)
  AND ($since IS NULL OR e.valid_to IS NULL OR e.valid_to >= $since)
ORDER BY e.valid_from NULLS FIRST, e.id
