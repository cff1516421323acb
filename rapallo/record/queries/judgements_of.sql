-- Which judgements hold about rows, or were made about them?
-- $ids: the ids of rows
-- $known (optional): the moment of the record's knowledge; its last write unless said
SELECT j.one, j.other, j.verdict, j.score, j.who, j.why, j.known_from
FROM judgement AS j
WHERE j.known_from <= $known AND (j.known_to IS NULL OR j.known_to > $known)
  AND (j.one IN (SELECT unnest($ids)) OR j.other IN (SELECT unnest($ids)))
ORDER BY j.one, j.other
