-- What did the sources say of a trait of a state, period by period? Of two rows of one period the surer one first,
-- then that of the later release.
-- $name: a trait
-- $actor: code of the state
-- $known (optional): the moment of the record's knowledge; its last write unless said
SELECT r.*
FROM trait AS r
LEFT JOIN source AS s ON s.id = r.source AND s.known_from <= $known AND (s.known_to IS NULL OR s.known_to > $known)
WHERE r.known_from <= $known AND (r.known_to IS NULL OR r.known_to > $known)
  AND r.name = $name
  AND r.actor = $actor
ORDER BY r.confidence DESC, s.released DESC NULLS LAST, r.source DESC, r.valid_from NULLS FIRST, r.id
