-- What does a document claim? In the order of its sentences.
-- $document: id of the document
-- $known (optional): the moment of the record's knowledge; its last write unless said
SELECT c.*
FROM claim AS c
WHERE c.known_from <= $known AND (c.known_to IS NULL OR c.known_to > $known)
  AND c.document = $document
ORDER BY c.sentence, c.quote_start, c.id
