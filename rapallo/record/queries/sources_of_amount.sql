-- Which sources speak of an amount, of which days, and of whom?
-- $family: trait, flow or dyad
-- $name: the trait, kind of flow or amount of pairs
-- $known (optional): the moment of the record's knowledge; its last write unless said
WITH told AS (
  SELECT 'trait' AS family, r.name, r.source, r.valid_from, r.valid_to
  FROM trait AS r
  WHERE r.known_from <= $known AND (r.known_to IS NULL OR r.known_to > $known)
  UNION ALL
  SELECT 'flow' AS family, f.kind AS name, f.source, f.valid_from, f.valid_to
  FROM flow AS f
  WHERE f.known_from <= $known AND (f.known_to IS NULL OR f.known_to > $known)
  UNION ALL
  SELECT 'dyad' AS family, d.name, d.source, d.valid_from, d.valid_to
  FROM dyad AS d
  WHERE d.known_from <= $known AND (d.known_to IS NULL OR d.known_to > $known)
)
SELECT
  t.source, s.covers_from, s.covers_to, coalesce(s.universe, '') AS universe, min(t.valid_from) AS first_day,
  max(coalesce(t.valid_to, t.valid_from)) AS last_day
FROM told AS t
LEFT JOIN source AS s ON s.id = t.source AND s.known_from <= $known AND (s.known_to IS NULL OR s.known_to > $known)
WHERE t.family = $family
  AND t.name = $name
GROUP BY t.source, s.covers_from, s.covers_to, s.universe
ORDER BY t.source
