-- Browsers that have shown a key once. Of the cookie only its hash is kept; a session is worth what its key is worth now.
CREATE TABLE sessions (
  hash       BLOB   PRIMARY KEY,
  key        TEXT,
  sandbox    TEXT,
  created_ms BIGINT NOT NULL,
  expires_ms BIGINT NOT NULL,
  CHECK ((key IS NULL) <> (sandbox IS NULL))
) WITHOUT ROWID;
CREATE INDEX sessions_expire ON sessions (expires_ms);

-- An account's history holds all its tasks, whatever dialect they came in; OpenAI's lists are found in it, too.
DROP INDEX tasks_listed;
CREATE INDEX tasks_of_account ON tasks (account, seq) WHERE deleted_ms IS NULL;
