-- Which amounts had pairs of states over a span of days, by the column?
-- $names: the amounts
-- $since (optional): the first day
-- $on: the last day
-- $states (optional): codes of the only states that are asked for, on both sides
-- $sources (optional): the only sources that count
-- $known (optional): the moment of the record's knowledge; its last write unless said
SELECT d.name, d.actor, d.other, d.valid_from, d.valid_to, d.value, d.confidence, d.source
FROM dyad AS d
WHERE d.known_from <= $known AND (d.known_to IS NULL OR d.known_to > $known)
  AND array_contains($names, d.name)
  AND (d.valid_from IS NULL OR d.valid_from <= $on)
  AND ($since IS NULL OR d.valid_to IS NULL OR d.valid_to >= $since)
  AND (
    $states IS NULL
    OR array_contains(CAST($states AS VARCHAR[]), d.actor) AND array_contains(CAST($states AS VARCHAR[]), d.other)
  )
  AND ($sources IS NULL OR array_contains(CAST($sources AS VARCHAR[]), d.source))
