-- What do documents published by a day claim that involves both states? Newest document first.
-- $on: the day
-- $state: code of one state
-- $other: code of the other
-- $since (optional): the first day of publication
-- $known (optional): the moment of the record's knowledge; its last write unless said
SELECT c.*, d.published, d.title
FROM claim AS c
INNER JOIN document AS d ON d.id = c.document
WHERE c.known_from <= $known AND (c.known_to IS NULL OR c.known_to > $known)
  AND d.known_from <= $known AND (d.known_to IS NULL OR d.known_to > $known)
  AND d.published <= $on
  AND ($since IS NULL OR d.published >= $since)
  AND (list_contains(c.actors, $state) OR list_contains(c.targets, $state))
  AND (list_contains(c.actors, $other) OR list_contains(c.targets, $other))
ORDER BY d.published DESC, c.document, c.sentence, c.id
