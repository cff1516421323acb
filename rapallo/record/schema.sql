-- The families of the record. Where the word envelope stands in a comment, the columns and checks of
-- envelope.sql are put in, which every family carries: where a row comes from, when it was so in the world (valid_from, valid_to, both included),
-- when the record knew it (known_from included, known_to excluded; UTC), the words it rests on, how sure it
-- is. `digest` is a hash of all else a row says. Nothing is ever deleted: a row that changes is closed
-- (known_to) and a new one of the same id begins. Where datasets bring rows by the million an id has no index:
-- the writers see to it that one row of an id stands.

CREATE TABLE document (
  title VARCHAR NOT NULL,
  published DATE NOT NULL,
  text VARCHAR NOT NULL,
  address VARCHAR NOT NULL,
  legibility DOUBLE NOT NULL CHECK (legibility BETWEEN 0 AND 1),
  reliability DOUBLE NOT NULL CHECK (reliability BETWEEN 0 AND 1),
  /*envelope*/,
  PRIMARY KEY (id, known_from)
);

CREATE TABLE claim (
  document VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  event VARCHAR,
  mode VARCHAR,
  contexts VARCHAR[] NOT NULL,
  actors VARCHAR[] NOT NULL,
  targets VARCHAR[] NOT NULL,
  actor_names VARCHAR[] NOT NULL,
  target_names VARCHAR[] NOT NULL,
  place VARCHAR,
  holders STRUCT(who VARCHAR, attitude VARCHAR)[] NOT NULL,
  polarity VARCHAR NOT NULL,
  modality VARCHAR NOT NULL,
  repaired BOOLEAN NOT NULL,
  tie_kind VARCHAR,
  tie_clauses VARCHAR[],
  tie_phase VARCHAR,
  stance_attitude VARCHAR,
  stance_about VARCHAR[],
  stance_content VARCHAR,
  quantity_value DOUBLE CHECK (isfinite(quantity_value)),
  quantity_unit VARCHAR,
  quantity_of VARCHAR,
  quantity_approx BOOLEAN,
  sentence INTEGER NOT NULL CHECK (sentence >= 0),
  /*envelope*/,
  PRIMARY KEY (id, known_from)
);

-- `pair` holds the codes of the one or two whom an event is of, in alphabetical order, so that those of a pair lie
-- together. It has no `event` where the source's code has no type in PLOVER. `code` is the source's own, `intensity`
-- on the scale of Goldstein (1992); `reports` told of it, of which `sources` are independent.
CREATE TABLE event (
  event VARCHAR,
  mode VARCHAR,
  contexts VARCHAR[] NOT NULL,
  actors VARCHAR[] NOT NULL,
  targets VARCHAR[] NOT NULL,
  what VARCHAR NOT NULL,
  place VARCHAR,
  pair VARCHAR,
  code VARCHAR NOT NULL,
  intensity DOUBLE CHECK (isfinite(intensity)),
  reports INTEGER NOT NULL CHECK (reports > 0),
  sources INTEGER NOT NULL CHECK (sources > 0),
  /*envelope*/
);

CREATE TABLE tie (
  kind VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  about VARCHAR NOT NULL,
  /*envelope*/,
  PRIMARY KEY (id, known_from)
);

-- The days of its membership are those of its envelope.
CREATE TABLE party (
  tie VARCHAR NOT NULL,
  actor VARCHAR NOT NULL CHECK (actor <> ''),
  role VARCHAR NOT NULL CHECK (role IN ('party', 'actor', 'target')),
  position INTEGER NOT NULL,
  /*envelope*/,
  PRIMARY KEY (id, known_from)
);

-- A step in the life of a tie, taken on valid_from.
CREATE TABLE phase (
  tie VARCHAR NOT NULL,
  phase VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  /*envelope*/,
  PRIMARY KEY (id, known_from),
  CHECK (valid_from IS NOT NULL)
);

CREATE TABLE clause (
  tie VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  trigger VARCHAR NOT NULL,
  response VARCHAR NOT NULL,
  strength VARCHAR NOT NULL,
  conditions VARCHAR[] NOT NULL,
  obliged VARCHAR[] NOT NULL,
  protected VARCHAR[] NOT NULL,
  territory VARCHAR[] NOT NULL,
  against VARCHAR[] NOT NULL,
  article VARCHAR NOT NULL,
  wording VARCHAR NOT NULL,
  verbatim BOOLEAN NOT NULL,
  position INTEGER NOT NULL,
  /*envelope*/,
  PRIMARY KEY (id, known_from)
);

CREATE TABLE flow (
  kind VARCHAR NOT NULL,
  origin VARCHAR NOT NULL CHECK (origin <> ''),
  destination VARCHAR NOT NULL CHECK (destination <> ''),
  value DOUBLE NOT NULL CHECK (isfinite(value)),
  unit VARCHAR NOT NULL,
  what VARCHAR NOT NULL,
  /*envelope*/
);

CREATE TABLE trait (
  actor VARCHAR NOT NULL CHECK (actor <> ''),
  name VARCHAR NOT NULL,
  value DOUBLE NOT NULL CHECK (isfinite(value)),
  unit VARCHAR NOT NULL,
  note VARCHAR NOT NULL,
  /*envelope*/
);

-- An amount between two states that does not move from one to the other: a distance, an agreement of votes.
CREATE TABLE dyad (
  actor VARCHAR NOT NULL CHECK (actor <> ''),
  other VARCHAR NOT NULL CHECK (other <> ''),
  name VARCHAR NOT NULL,
  value DOUBLE NOT NULL CHECK (isfinite(value)),
  unit VARCHAR NOT NULL,
  note VARCHAR NOT NULL,
  /*envelope*/
);

CREATE TABLE source (
  id VARCHAR NOT NULL CHECK (id <> ''),
  title VARCHAR NOT NULL,
  released DATE,
  address VARCHAR NOT NULL,
  licence VARCHAR NOT NULL,
  citation VARCHAR NOT NULL,
  covers_from DATE,
  covers_to DATE,
  universe VARCHAR NOT NULL,
  known_from TIMESTAMP NOT NULL,
  known_to TIMESTAMP,
  digest VARCHAR NOT NULL,
  PRIMARY KEY (id, known_from),
  CHECK (known_to > known_from)
);

-- What a person changed: the digest of the row before and after; no `after` where the row was
-- retracted, no `before` where a retracted one was brought back.
CREATE TABLE correction (
  row_id VARCHAR NOT NULL,
  family VARCHAR NOT NULL,
  before VARCHAR,
  after VARCHAR,
  who VARCHAR NOT NULL CHECK (who <> ''),
  why VARCHAR NOT NULL CHECK (why <> ''),
  corrected TIMESTAMP NOT NULL
);

-- What waits for a person: `payload` is JSON, `row_id` the row it is about, where there is one.
CREATE TABLE review (
  id VARCHAR PRIMARY KEY,
  kind VARCHAR NOT NULL CHECK (kind <> ''),
  reason VARCHAR NOT NULL CHECK (reason <> ''),
  payload VARCHAR NOT NULL,
  source VARCHAR NOT NULL,
  row_id VARCHAR,
  added TIMESTAMP NOT NULL,
  status VARCHAR NOT NULL CHECK (status IN ('open', 'accepted', 'corrected', 'rejected')),
  who VARCHAR,
  why VARCHAR,
  decided TIMESTAMP,
  decision VARCHAR
);

-- Each file that was loaded: what it held, and what became of its rows.
CREATE TABLE loading (
  source VARCHAR NOT NULL,
  file VARCHAR NOT NULL,
  sha256 VARCHAR NOT NULL,
  rows_read BIGINT NOT NULL,
  rows_kept BIGINT NOT NULL,
  rows_rejected BIGINT NOT NULL,
  left_out VARCHAR[] NOT NULL,
  loaded TIMESTAMP NOT NULL
);

-- The rows that a reader did not keep, by reason; `line` is the first of them.
CREATE TABLE rejected (
  source VARCHAR NOT NULL,
  file VARCHAR NOT NULL,
  reason VARCHAR NOT NULL,
  rows BIGINT NOT NULL,
  line BIGINT NOT NULL,
  loaded TIMESTAMP NOT NULL
);

CREATE TABLE meta (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);

-- That two rows are of one thing, or are not: a judgement with who made it, why and how sure. One that was undone
-- stays, with its end.
CREATE TABLE judgement (
  one VARCHAR NOT NULL,
  other VARCHAR NOT NULL CHECK (other > one),
  verdict VARCHAR NOT NULL CHECK (verdict IN ('same', 'different')),
  score DOUBLE NOT NULL CHECK (score BETWEEN 0 AND 1),
  who VARCHAR NOT NULL CHECK (who <> ''),
  why VARCHAR NOT NULL CHECK (why <> ''),
  known_from TIMESTAMP NOT NULL,
  known_to TIMESTAMP,
  CHECK (known_to > known_from)
);
