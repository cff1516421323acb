-- Every row of every family by its envelope.
SELECT 'document' AS family, id, source, release, valid_from, valid_to, precision, known_from, known_to, quote_exact, file, line, confidence, basis,
  checked_against, digest
FROM document
UNION ALL
SELECT 'claim' AS family, id, source, release, valid_from, valid_to, precision, known_from, known_to, quote_exact, file, line, confidence, basis,
  checked_against, digest
FROM claim
UNION ALL
SELECT 'event' AS family, id, source, release, valid_from, valid_to, precision, known_from, known_to, quote_exact, file, line, confidence, basis,
  checked_against, digest
FROM event
UNION ALL
SELECT 'tie' AS family, id, source, release, valid_from, valid_to, precision, known_from, known_to, quote_exact, file, line, confidence, basis,
  checked_against, digest
FROM tie
UNION ALL
SELECT 'party' AS family, id, source, release, valid_from, valid_to, precision, known_from, known_to, quote_exact, file, line, confidence, basis,
  checked_against, digest
FROM party
UNION ALL
SELECT 'phase' AS family, id, source, release, valid_from, valid_to, precision, known_from, known_to, quote_exact, file, line, confidence, basis,
  checked_against, digest
FROM phase
UNION ALL
SELECT 'clause' AS family, id, source, release, valid_from, valid_to, precision, known_from, known_to, quote_exact, file, line, confidence, basis,
  checked_against, digest
FROM clause
UNION ALL
SELECT 'flow' AS family, id, source, release, valid_from, valid_to, precision, known_from, known_to, quote_exact, file, line, confidence, basis,
  checked_against, digest
FROM flow
UNION ALL
SELECT 'trait' AS family, id, source, release, valid_from, valid_to, precision, known_from, known_to, quote_exact, file, line, confidence, basis,
  checked_against, digest
FROM trait
UNION ALL
SELECT 'dyad' AS family, id, source, release, valid_from, valid_to, precision, known_from, known_to, quote_exact, file, line, confidence, basis,
  checked_against, digest
FROM dyad
