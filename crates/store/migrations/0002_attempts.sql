-- Attempts at upstreams: they carry what is true of them, because doubt is theirs and not the task's. A task that has ended
-- stays due while something can still come late.

CREATE TABLE upstreams (
  number INTEGER PRIMARY KEY,
  name   TEXT    NOT NULL UNIQUE
);

CREATE TABLE attempts_new (
  task        BIGINT NOT NULL,
  number      BIGINT NOT NULL,
  route       BIGINT NOT NULL,
  upstream    TEXT   NOT NULL,
  payee       BIGINT NOT NULL,
  repeat      BIGINT NOT NULL,
  token       BLOB,
  began_ms    BIGINT NOT NULL,
  deadline_ms BIGINT NOT NULL,
  awaited     BIGINT NOT NULL,
  moves_on    BIGINT NOT NULL,
  suspended   BIGINT NOT NULL,
  state       BIGINT NOT NULL,
  job         TEXT,
  detail      TEXT,
  report      TEXT   NOT NULL,
  PRIMARY KEY (task, number)
) WITHOUT ROWID;
INSERT INTO attempts_new
  SELECT a.task, a.number, 0, a.upstream, 0, 0, NULL, a.started_ms, a.started_ms, 1, 0, 0,
    CASE WHEN a.number < t.attempts THEN 4 WHEN t.phase = 1 THEN 2 WHEN t.phase = 2 THEN 3 ELSE 4 END,
    NULL,
    CASE WHEN a.number < t.attempts OR t.phase = 0 THEN '"interrupted"'
         WHEN t.phase = 1 THEN NULL
         WHEN t.phase = 2 THEN '["' || t.detail || '",' || a.started_ms || ',null]'
         WHEN t.phase = 3 THEN '"delivered"'
         WHEN t.phase = 4 THEN '{"failed":' || t.detail || '}'
         ELSE '"stopped"' END,
    ''
  FROM attempts a JOIN tasks t ON t.seq = a.task;
DROP TABLE attempts;
ALTER TABLE attempts_new RENAME TO attempts;
CREATE UNIQUE INDEX attempts_token ON attempts (token) WHERE token IS NOT NULL;
-- An upstream's job belongs to one attempt, so that a leaked token adopts nobody else's film.
CREATE UNIQUE INDEX attempts_job ON attempts (upstream, job) WHERE job IS NOT NULL;
CREATE INDEX attempts_unsure ON attempts (upstream) WHERE state < 2;
CREATE INDEX attempts_suspended ON attempts (task) WHERE suspended = 1;

CREATE TABLE tasks_new (
  seq           INTEGER PRIMARY KEY,
  id            BLOB    NOT NULL UNIQUE,
  account       BIGINT  NOT NULL,
  model         TEXT    NOT NULL,
  upstream      TEXT    NOT NULL,
  price         BIGINT  NOT NULL CHECK (price >= 0),
  phase         BIGINT  NOT NULL,
  detail        TEXT,
  attempts      BIGINT  NOT NULL DEFAULT 0,
  version       BIGINT  NOT NULL DEFAULT 0,
  node          BIGINT,
  orphaned      BIGINT  NOT NULL DEFAULT 0,
  due_ms        BIGINT,
  cancel_wished BIGINT  NOT NULL DEFAULT 0,
  created_ms    BIGINT  NOT NULL,
  deadline_ms   BIGINT  NOT NULL,
  finished_ms   BIGINT,
  CHECK (due_ms IS NOT NULL OR finished_ms IS NOT NULL),
  CHECK ((finished_ms IS NOT NULL) = (phase BETWEEN 3 AND 5))
);
INSERT INTO tasks_new
  SELECT seq, id, account, model, upstream, price, phase, CASE WHEN phase = 4 THEN detail END, attempts, version, node, 0, due_ms,
    cancel_wished, created_ms, deadline_ms, finished_ms FROM tasks;
DROP TABLE tasks;
ALTER TABLE tasks_new RENAME TO tasks;
-- What is free to be leased, and what is leased: the second may be large and is looked at by node only.
CREATE INDEX tasks_free ON tasks (due_ms) WHERE due_ms IS NOT NULL AND node IS NULL;
CREATE INDEX tasks_held ON tasks (node) WHERE node IS NOT NULL;

-- A task's own film has number 0, one that came late has the number of its attempt.
CREATE TABLE films_new (
  task   BIGINT NOT NULL,
  number BIGINT NOT NULL,
  key    BLOB   NOT NULL UNIQUE,
  sha256 BLOB   NOT NULL,
  bytes  BIGINT NOT NULL,
  PRIMARY KEY (task, number)
) WITHOUT ROWID;
INSERT INTO films_new SELECT task, 0, key, sha256, bytes FROM films;
DROP TABLE films;
ALTER TABLE films_new RENAME TO films;

-- What the operator took over is settled once.
CREATE UNIQUE INDEX entries_settle_once ON entries (task, number) WHERE kind IN (5, 6);

-- How often a server has begun to work with this database; the data folder says the same, unless one of the two was restored.
CREATE TABLE beginnings (
  one     INTEGER PRIMARY KEY CHECK (one = 1),
  counted BIGINT  NOT NULL
);
INSERT INTO beginnings VALUES (1, 0);
