-- What did the sources say of a flow from one state to another, period by period? The surer row first, then that of the
-- later release.
-- $name: a kind of flow
-- $actor: code of the state it leaves
-- $other: code of the state it reaches
-- $what (optional): the good
-- $known (optional): the moment of the record's knowledge; its last write unless said
SELECT r.*
FROM flow AS r
LEFT JOIN source AS s ON s.id = r.source AND s.known_from <= $known AND (s.known_to IS NULL OR s.known_to > $known)
WHERE r.known_from <= $known AND (r.known_to IS NULL OR r.known_to > $known)
  AND r.kind = $name
  AND r.origin = $actor AND r.destination = $other
  AND ($what IS NULL OR r.what = $what)
ORDER BY r.confidence DESC, s.released DESC NULLS LAST, r.source DESC, r.valid_from NULLS FIRST, r.id
