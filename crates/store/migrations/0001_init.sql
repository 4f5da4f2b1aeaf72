-- The lean schema. Columns are TEXT, BIGINT and BLOB only; times are integer milliseconds, flags are 0 or 1,
-- amounts are thousandths of a credit. Tables name tasks by their short `seq`, people by their 32-hex `id`.

CREATE TABLE accounts (
  number     INTEGER PRIMARY KEY,
  name       TEXT    NOT NULL UNIQUE,
  available  BIGINT  NOT NULL DEFAULT 0 CHECK (available >= 0),
  held       BIGINT  NOT NULL DEFAULT 0 CHECK (held >= 0),
  spent      BIGINT  NOT NULL DEFAULT 0 CHECK (spent >= 0),
  created_ms BIGINT  NOT NULL
);

CREATE TABLE keys (
  id          TEXT   PRIMARY KEY,
  secret_hash BLOB   NOT NULL,
  account     BIGINT NOT NULL REFERENCES accounts (number),
  created_ms  BIGINT NOT NULL,
  revoked_ms  BIGINT
) WITHOUT ROWID;

-- Hot and narrow: every change of a task rewrites this row only.
CREATE TABLE tasks (
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
  due_ms        BIGINT,
  cancel_wished BIGINT  NOT NULL DEFAULT 0,
  created_ms    BIGINT  NOT NULL,
  deadline_ms   BIGINT  NOT NULL,
  finished_ms   BIGINT,
  CHECK ((due_ms IS NULL) = (finished_ms IS NOT NULL)),
  CHECK ((due_ms IS NULL) = (phase >= 3))
);
CREATE INDEX tasks_due ON tasks (due_ms) WHERE due_ms IS NOT NULL;

-- Written once with its task, never changed.
CREATE TABLE requests (
  task INTEGER PRIMARY KEY,
  body TEXT    NOT NULL
);

-- One row for each movement of credits; `task` is 0 for those without one.
CREATE TABLE entries (
  task   BIGINT NOT NULL,
  kind   BIGINT NOT NULL,
  number BIGINT NOT NULL,
  debit  BIGINT NOT NULL,
  credit BIGINT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount >= 0),
  at_ms  BIGINT NOT NULL,
  PRIMARY KEY (task, kind, number)
) WITHOUT ROWID;
-- A hold is captured or released, never both.
CREATE UNIQUE INDEX entries_resolve_once ON entries (task) WHERE kind IN (2, 3);
CREATE TRIGGER entries_are_never_changed BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
CREATE TRIGGER entries_are_never_removed BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'entries are never removed'); END;

CREATE TABLE attempts (
  task       BIGINT NOT NULL,
  number     BIGINT NOT NULL,
  upstream   TEXT   NOT NULL,
  started_ms BIGINT NOT NULL,
  PRIMARY KEY (task, number)
) WITHOUT ROWID;

-- What an attempt was answered. Kept whatever has become of the task or of the lease by then.
CREATE TABLE evidence (
  task    BIGINT NOT NULL,
  attempt BIGINT NOT NULL,
  number  BIGINT NOT NULL,
  body    TEXT   NOT NULL,
  at_ms   BIGINT NOT NULL,
  PRIMARY KEY (task, attempt, number)
) WITHOUT ROWID;

CREATE TABLE films (
  task   INTEGER PRIMARY KEY,
  key    BLOB    NOT NULL UNIQUE,
  sha256 BLOB    NOT NULL,
  bytes  BIGINT  NOT NULL
);

-- Processes that hold leases. A lease holds as long as its node's heart beats.
CREATE TABLE nodes (
  id      INTEGER PRIMARY KEY,
  role    TEXT    NOT NULL,
  beat_ms BIGINT  NOT NULL
);
