-- What accounts are told: at the callback of a request, and at endpoints of their own. A delivery is a row with a due time, like a
-- task; its rows commit with the step that ends the task.

-- What an account's callbacks are signed with. A secret that was replaced is signed with until its end.
CREATE TABLE secrets (
  account      INTEGER PRIMARY KEY,
  secret       TEXT   NOT NULL,
  old_secret   TEXT,
  old_until_ms BIGINT,
  changed_ms   BIGINT NOT NULL
);

-- Deleted ones stay as rows without a secret: deliveries name them by number.
CREATE TABLE endpoints (
  number       INTEGER PRIMARY KEY,
  id           TEXT   NOT NULL UNIQUE,
  account      BIGINT NOT NULL,
  name         TEXT   NOT NULL,
  url          TEXT   NOT NULL,
  events       TEXT   NOT NULL,
  secret       TEXT   NOT NULL,
  old_secret   TEXT,
  old_until_ms BIGINT,
  created_ms   BIGINT NOT NULL,
  updated_ms   BIGINT,
  deleted_ms   BIGINT
);
CREATE INDEX endpoints_live ON endpoints (account) WHERE deleted_ms IS NULL;

-- Endpoint 0 is the request's own callback. State 0 waits, 1 is delivered, 2 is given up.
CREATE TABLE deliveries (
  number     INTEGER PRIMARY KEY,
  task       BIGINT NOT NULL,
  event      BIGINT NOT NULL,
  endpoint   BIGINT NOT NULL,
  account    BIGINT NOT NULL,
  url        TEXT   NOT NULL,
  host       TEXT   NOT NULL,
  state      BIGINT NOT NULL DEFAULT 0,
  tries      BIGINT NOT NULL DEFAULT 0,
  version    BIGINT NOT NULL DEFAULT 0,
  node       BIGINT,
  due_ms     BIGINT,
  created_ms BIGINT NOT NULL,
  ended_ms   BIGINT,
  CHECK ((due_ms IS NULL) = (state > 0)),
  CHECK ((due_ms IS NULL) = (ended_ms IS NOT NULL))
);
CREATE UNIQUE INDEX deliveries_once ON deliveries (task, event, endpoint);
-- Who is full is passed over by looking at this index alone, which is why it holds all that the walk reads.
CREATE INDEX deliveries_free ON deliveries (due_ms, host, account, node) WHERE due_ms IS NOT NULL AND node IS NULL;
CREATE INDEX deliveries_held ON deliveries (node, host, account) WHERE node IS NOT NULL;
CREATE INDEX deliveries_open_of_endpoint ON deliveries (endpoint) WHERE due_ms IS NOT NULL AND endpoint > 0;
CREATE INDEX deliveries_of_account ON deliveries (account, number);

-- What was answered, never what was said.
CREATE TABLE delivery_tries (
  delivery BIGINT NOT NULL,
  number   BIGINT NOT NULL,
  at_ms    BIGINT NOT NULL,
  took_ms  BIGINT NOT NULL,
  status   BIGINT,
  fault    TEXT,
  PRIMARY KEY (delivery, number)
) WITHOUT ROWID;
