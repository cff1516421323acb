-- How much flowed between states over a span of days, by the column?
-- $names: the kinds of flow
-- $since (optional): the first day
-- $on: the last day
-- $states (optional): codes of the only states that are asked for, on both sides
-- $sources (optional): the only sources that count
-- $known (optional): the moment of the record's knowledge; its last write unless said
SELECT
  f.kind AS name, f.origin AS actor, f.destination AS other, f.valid_from, f.valid_to, f.value, f.confidence, f.source,
  f.unit, f.what
FROM flow AS f
WHERE f.known_from <= $known AND (f.known_to IS NULL OR f.known_to > $known)
  AND array_contains($names, f.kind)
  AND (f.valid_from IS NULL OR f.valid_from <= $on)
  AND ($since IS NULL OR f.valid_to IS NULL OR f.valid_to >= $since)
  AND (
    $states IS NULL
    OR array_contains(CAST($states AS VARCHAR[]), f.origin) AND array_contains(CAST($states AS VARCHAR[]), f.destination)
  )
  AND ($sources IS NULL OR array_contains(CAST($sources AS VARCHAR[]), f.source))
