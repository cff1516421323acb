-- How much of its traits had a state in every period begun by a day? Oldest first.
-- $on: the day
-- $state: code of the state
-- $name (optional): a trait
-- $since (optional): the first day
-- $known (optional): the moment of the record's knowledge; its last write unless said
SELECT r.*
FROM trait AS r
WHERE r.known_from <= $known AND (r.known_to IS NULL OR r.known_to > $known)
  AND r.actor = $state
  AND ($name IS NULL OR r.name = $name)
  AND (r.valid_from IS NULL OR r.valid_from <= $on)
  AND ($since IS NULL OR r.valid_to IS NULL OR r.valid_to >= $since)
ORDER BY r.name, r.valid_from NULLS FIRST, r.id
