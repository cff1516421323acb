-- Which ties of a kind held on a day of a span, and over which days was each of their parties in them?
-- $kind: a kind of tie
-- $since (optional): the first day
-- $on: the last day
-- $sources (optional): the only sources that count
-- $known (optional): the moment of the record's knowledge; its last write unless said
SELECT t.id, t.about, t.source, t.valid_from AS begun, p.actor, p.role, p.valid_from, p.valid_to
FROM tie AS t
INNER JOIN party AS p ON p.tie = t.id AND p.known_from <= $known AND (p.known_to IS NULL OR p.known_to > $known)
WHERE t.known_from <= $known AND (t.known_to IS NULL OR t.known_to > $known)
  AND t.kind = $kind
  AND ($sources IS NULL OR array_contains(CAST($sources AS VARCHAR[]), t.source))
  AND (p.valid_from IS NULL OR p.valid_from <= $on)
  AND ($since IS NULL OR p.valid_to IS NULL OR p.valid_to >= $since)
ORDER BY t.id, p.position
