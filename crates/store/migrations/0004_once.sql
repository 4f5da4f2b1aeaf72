-- What an account asks for once under a name of its own: an idempotency key, or the one enlargement of a film. The task is made,
-- and the name taken, in one transaction.
CREATE TABLE once (
  account     BIGINT NOT NULL,
  name        TEXT   NOT NULL,
  fingerprint BLOB   NOT NULL,
  task        BIGINT NOT NULL,
  created_ms  BIGINT NOT NULL,
  PRIMARY KEY (account, name)
) WITHOUT ROWID;

-- A client may take a film out of its own lists; its credits stay explained.
ALTER TABLE tasks ADD COLUMN deleted_ms BIGINT;
CREATE INDEX tasks_of_account ON tasks (account, seq);
