-- Which documents were read, and how many claims did each yield? Newest first.
-- $on (optional): the last day of publication
-- $known (optional): the moment of the record's knowledge; its last write unless said
WITH yields AS (
  SELECT c.document, count(*) AS claims
  FROM claim AS c
  WHERE c.known_from <= $known AND (c.known_to IS NULL OR c.known_to > $known)
  GROUP BY c.document
)
SELECT
  d.id, d.title, d.published, d.address, d.legibility, d.reliability, d.source, d.known_from,
  coalesce(y.claims, 0) AS claims
FROM document AS d
LEFT JOIN yields AS y ON y.document = d.id
WHERE d.known_from <= $known AND (d.known_to IS NULL OR d.known_to > $known)
  AND ($on IS NULL OR d.published <= $on)
ORDER BY d.published DESC, d.id
