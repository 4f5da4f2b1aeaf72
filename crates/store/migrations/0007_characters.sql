-- Who recurs in an account's films, by the ids that its clients name.
CREATE TABLE characters (
  id         BLOB   PRIMARY KEY,
  account    BIGINT NOT NULL,
  name       TEXT   NOT NULL,
  task       BIGINT NOT NULL,
  created_ms BIGINT NOT NULL
) WITHOUT ROWID;

-- A client that sends a film back to us means the task that made it.
CREATE INDEX films_by_content ON films (sha256);
