-- OpenAI's clients list their own videos; Kie's clients have no lists, and most tasks are theirs.
ALTER TABLE tasks ADD COLUMN is_listed INTEGER NOT NULL DEFAULT 0;
DROP INDEX tasks_of_account;
CREATE INDEX tasks_listed ON tasks (account, seq) WHERE is_listed = 1 AND deleted_ms IS NULL;
