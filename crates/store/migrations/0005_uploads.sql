-- Files that clients have given us, known by the random bits of their links. The bytes lie in the data folder.
CREATE TABLE uploads (
  key        BLOB   PRIMARY KEY,
  account    BIGINT NOT NULL,
  path       TEXT   NOT NULL,
  mime       TEXT   NOT NULL,
  bytes      BIGINT NOT NULL,
  sha256     BLOB   NOT NULL,
  created_ms BIGINT NOT NULL,
  expires_ms BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX uploads_expire ON uploads (expires_ms);

-- What a key may do less than its account: only these models, only so many credits. A task knows the key that is counted.
ALTER TABLE keys ADD COLUMN models TEXT;
ALTER TABLE keys ADD COLUMN credits_max BIGINT;
ALTER TABLE keys ADD COLUMN credits_taken BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tasks ADD COLUMN key TEXT;
