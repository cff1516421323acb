-- Which amounts had the states over a span of days, by the column?
-- $names: the traits
-- $since (optional): the first day
-- $on: the last day
-- $states (optional): codes of the only states that are asked for
-- $sources (optional): the only sources that count
-- $known (optional): the moment of the record's knowledge; its last write unless said
SELECT t.name, t.actor, t.valid_from, t.valid_to, t.value, t.confidence, t.source
FROM trait AS t
WHERE t.known_from <= $known AND (t.known_to IS NULL OR t.known_to > $known)
  AND array_contains($names, t.name)
  AND (t.valid_from IS NULL OR t.valid_from <= $on)
  AND ($since IS NULL OR t.valid_to IS NULL OR t.valid_to >= $since)
  AND ($states IS NULL OR array_contains(CAST($states AS VARCHAR[]), t.actor))
  AND ($sources IS NULL OR array_contains(CAST($sources AS VARCHAR[]), t.source))
