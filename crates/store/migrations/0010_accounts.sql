-- An account pages through what moved its credits. Each account has four books, of which the fourth is an upstream's cost.
CREATE INDEX entries_of_account ON entries (credit / 4, at_ms, task, kind, number) WHERE credit % 4 < 3;

-- And through what it was told.
CREATE INDEX deliveries_of_account ON deliveries (account, number);

-- Its audit looks at the tasks that it has deleted, too.
DROP INDEX tasks_of_account;
CREATE INDEX tasks_of_account ON tasks (account, seq);
