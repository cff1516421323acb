-- How much flowed between two states, in both directions, in every period begun by a day? Oldest first.
-- $on: the day
-- $state: code of one state
-- $other: code of the other
-- $kind (optional): a kind of flow
-- $since (optional): the first day
-- $known (optional): the moment of the record's knowledge; its last write unless said
SELECT f.*
FROM flow AS f
WHERE f.known_from <= $known AND (f.known_to IS NULL OR f.known_to > $known)
  AND (f.origin = $state AND f.destination = $other OR f.origin = $other AND f.destination = $state)
  AND ($kind IS NULL OR f.kind = $kind)
  AND (f.valid_from IS NULL OR f.valid_from <= $on)
  AND ($since IS NULL OR f.valid_to IS NULL OR f.valid_to >= $since)
ORDER BY f.kind, f.origin, f.what, f.valid_from NULLS FIRST, f.id
