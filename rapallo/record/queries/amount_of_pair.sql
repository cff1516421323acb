-- What did the sources say of an amount of two states, in whichever order they are named? The surer row first, then
-- that of the later release, and of one source the row that names them in the order asked.
-- $name: an amount
-- $actor: code of one state
-- $other: code of the other
-- $known (optional): the moment of the record's knowledge; its last write unless said
SELECT r.*
FROM dyad AS r
LEFT JOIN source AS s ON s.id = r.source AND s.known_from <= $known AND (s.known_to IS NULL OR s.known_to > $known)
WHERE r.known_from <= $known AND (r.known_to IS NULL OR r.known_to > $known)
  AND r.name = $name
  AND (r.actor = $actor AND r.other = $other OR r.actor = $other AND r.other = $actor)
ORDER BY r.confidence DESC, s.released DESC NULLS LAST, r.source DESC,
  r.actor <> $actor, r.valid_from NULLS FIRST, r.id
