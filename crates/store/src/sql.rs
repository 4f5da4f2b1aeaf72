//! Every statement, once, by name. Parameters are numbered in the order in which they first appear.

/// Declares the statements and a list of them, which a test prepares one by one.
macro_rules! statements {
    ($($name:ident = $text:expr;)*) => {
        $(pub(crate) const $name: &str = $text;)*
        #[cfg(test)]
        pub(crate) const ALL: &[(&str, &str)] = &[$((stringify!($name), $name)),*];
    };
}

statements! {
    // Accounts and keys.
    ACCOUNT_BY_NAME = "SELECT number FROM accounts WHERE name = $1";
    ACCOUNT_INSERT = "INSERT INTO accounts (name, created_ms) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING RETURNING number";
    ACCOUNT_BALANCE = "SELECT number, name, available, held, spent FROM accounts WHERE number = $1";
    ACCOUNTS = "SELECT number, name, available, held, spent FROM accounts ORDER BY number";
    ACCOUNT_AVAILABLE = "SELECT available FROM accounts WHERE number = $1";
    ACCOUNT_GRANT = "UPDATE accounts SET available = available + $1 WHERE number = $2";
    ACCOUNT_HOLD = "UPDATE accounts SET available = available - $1, held = held + $1 WHERE number = $2 AND available >= $1";
    ACCOUNT_CAPTURE = "UPDATE accounts SET held = held - $1, spent = spent + $1 WHERE number = $2";
    ACCOUNT_RELEASE = "UPDATE accounts SET held = held - $1, available = available + $1 WHERE number = $2";
    KEY_INSERT = "INSERT INTO keys (id, secret_hash, account, created_ms) VALUES ($1, $2, $3, $4)";
    KEY_FIND = "SELECT secret_hash, account FROM keys WHERE id = $1 AND revoked_ms IS NULL";
    KEY_REVOKE = "UPDATE keys SET revoked_ms = $1 WHERE id = $2 AND revoked_ms IS NULL";
    KEYS = "SELECT k.id, a.name, k.created_ms, k.revoked_ms FROM keys k JOIN accounts a ON a.number = k.account ORDER BY k.created_ms, k.id";
    KEYS_LIVE = "SELECT EXISTS (SELECT 1 FROM keys WHERE revoked_ms IS NULL)";

    // The ledger.
    ENTRY_INSERT = "INSERT INTO entries (task, kind, number, debit, credit, amount, at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    ENTRY_NEXT_NUMBER = "SELECT COALESCE(MAX(number), -1) + 1 FROM entries WHERE task = 0 AND kind = $1";
    ENTRY_FLOWS = "SELECT debit, credit, CAST(SUM(amount) AS BIGINT) FROM entries GROUP BY debit, credit";
    ENTRY_HISTORY = "SELECT e.at_ms, e.kind, e.debit, e.credit, e.amount, t.id FROM entries e LEFT JOIN tasks t ON t.seq = e.task \
                     WHERE e.debit BETWEEN $1 AND $2 OR e.credit BETWEEN $1 AND $2 ORDER BY e.at_ms DESC, e.task DESC, e.kind DESC LIMIT $3";

    // Tasks.
    TASK_INSERT = "INSERT INTO tasks (id, account, model, upstream, price, phase, node, due_ms, created_ms, deadline_ms) \
                   VALUES ($1, $2, $3, $4, $5, 0, $6, $7, $8, $9)";
    REQUEST_INSERT = "INSERT INTO requests (task, body) VALUES ($1, $2)";
    TASK_UPDATE = "UPDATE tasks SET phase = $1, detail = $2, attempts = $3, node = $4, \
                   due_ms = CASE WHEN cancel_wished = 1 THEN MIN($5, $6) ELSE $5 END, cancel_wished = MAX(cancel_wished, $7), \
                   finished_ms = $8, version = version + 1 WHERE seq = $9 AND version = $10";
    TASK_RECORD = "SELECT t.seq, t.id, t.account, t.model, t.upstream, t.price, t.phase, t.detail, t.attempts, t.version, t.due_ms, \
                   t.cancel_wished, t.created_ms, t.deadline_ms, t.finished_ms, r.body, f.key, f.sha256, f.bytes, a.name \
                   FROM tasks t JOIN requests r ON r.task = t.seq JOIN accounts a ON a.number = t.account \
                   LEFT JOIN films f ON f.task = t.seq WHERE t.id = $1";
    TASK_LIST = "SELECT t.seq, t.id, t.account, t.model, t.upstream, t.price, t.phase, t.detail, t.attempts, t.version, t.due_ms, \
                 t.cancel_wished, t.created_ms, t.deadline_ms, t.finished_ms, r.body, f.key, f.sha256, f.bytes, a.name \
                 FROM tasks t JOIN requests r ON r.task = t.seq JOIN accounts a ON a.number = t.account \
                 LEFT JOIN films f ON f.task = t.seq \
                 WHERE ($1 < 0 OR t.account = $1) AND ($2 < 0 OR t.phase = $2) ORDER BY t.seq DESC LIMIT $3";
    TASK_CANCEL_WISHED = "SELECT cancel_wished FROM tasks WHERE seq = $1";
    TASK_WISH_CANCEL = "UPDATE tasks SET cancel_wished = 1, due_ms = CASE WHEN node IS NULL THEN MIN(due_ms, $1) ELSE due_ms END WHERE seq = $2";
    TASK_OPEN_PRICES = "SELECT account, CAST(SUM(price) AS BIGINT) FROM tasks WHERE due_ms IS NOT NULL GROUP BY account";
    TASK_AUDIT = "SELECT t.seq, t.id, t.phase, t.price, f.task IS NOT NULL, e.kind, e.amount FROM tasks t \
                  LEFT JOIN films f ON f.task = t.seq LEFT JOIN entries e ON e.task = t.seq ORDER BY t.seq, e.kind, e.number";
    ATTEMPT_INSERT = "INSERT INTO attempts (task, number, upstream, started_ms) VALUES ($1, $2, $3, $4)";
    EVIDENCE_INSERT = "INSERT INTO evidence (task, attempt, number, body, at_ms) \
                       SELECT $1, $2, (SELECT COALESCE(MAX(number), 0) + 1 FROM evidence WHERE task = $1 AND attempt = $2), $3, $4";
    FILM_INSERT = "INSERT INTO films (task, key, sha256, bytes) VALUES ($1, $2, $3, $4)";
    FILM_BY_KEY = "SELECT key, sha256, bytes FROM films WHERE key = $1";

    // Leases.
    NODE_JOIN = "INSERT INTO nodes (id, role, beat_ms) VALUES ($1, $2, $3)";
    NODE_BEAT = "UPDATE nodes SET beat_ms = $1 WHERE id = $2";
    NODE_LEAVE = "DELETE FROM nodes WHERE id = $1";
    NODE_LEAVE_ROLE = "DELETE FROM nodes WHERE role = $1";
    LEASES_RETURN = "UPDATE tasks SET node = NULL, version = version + 1 WHERE node = $1 AND due_ms IS NOT NULL";
    // The same twice, because an `OR` over both would walk all due tasks to find one.
    TASKS_CLAIMABLE = "SELECT t.seq, t.id, t.account, t.model, t.upstream, t.price, t.phase, t.detail, t.attempts, t.version, t.due_ms, \
                       t.cancel_wished, t.created_ms, t.deadline_ms, t.finished_ms, r.body, t.node FROM tasks t JOIN requests r ON r.task = t.seq \
                       WHERE t.due_ms <= $1 AND (t.node IS NULL OR (t.node <> $2 AND t.node NOT IN (SELECT id FROM nodes WHERE beat_ms > $3))) \
                       ORDER BY t.due_ms LIMIT $4";
    TASK_CLAIMABLE = "SELECT t.seq, t.id, t.account, t.model, t.upstream, t.price, t.phase, t.detail, t.attempts, t.version, t.due_ms, \
                      t.cancel_wished, t.created_ms, t.deadline_ms, t.finished_ms, r.body, t.node FROM tasks t JOIN requests r ON r.task = t.seq \
                      WHERE t.due_ms <= $1 AND (t.node IS NULL OR (t.node <> $2 AND t.node NOT IN (SELECT id FROM nodes WHERE beat_ms > $3))) \
                      AND t.id = $4";
    TASK_POSTPONE = "UPDATE tasks SET due_ms = $1 WHERE seq = $2 AND due_ms IS NOT NULL";
    TASK_GIVE_BACK = "UPDATE tasks SET node = NULL, due_ms = $1, version = version + 1 WHERE seq = $2 AND version = $3 AND due_ms IS NOT NULL";
    TASKS_DUE_BY_NOW = "UPDATE tasks SET due_ms = $1 WHERE due_ms > $1 AND due_ms < deadline_ms";
    TASK_CLAIM = "UPDATE tasks SET node = $1, version = version + 1 WHERE seq = $2 AND version = $3";
}
