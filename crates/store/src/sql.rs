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
    KEY_INSERT = "INSERT INTO keys (id, secret_hash, account, created_ms, models, credits_max) VALUES ($1, $2, $3, $4, $5, $6)";
    KEY_FIND = "SELECT secret_hash, account, models, credits_max FROM keys WHERE id = $1 AND revoked_ms IS NULL";
    KEY_TAKE = "UPDATE keys SET credits_taken = credits_taken + $1 WHERE id = $2 AND (credits_max IS NULL OR credits_taken + $1 <= credits_max)";
    KEY_GIVE_BACK = "UPDATE keys SET credits_taken = credits_taken - $1 WHERE id = $2";
    KEY_OF_TASK = "SELECT key FROM tasks WHERE seq = $1 AND key IS NOT NULL";
    UPLOAD_INSERT = "INSERT INTO uploads (key, account, path, mime, bytes, sha256, created_ms, expires_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    UPLOAD_FIND = "SELECT account, path, mime, bytes, sha256, created_ms, expires_ms FROM uploads WHERE key = $1 AND expires_ms > $2";
    UPLOADS_EXPIRE = "DELETE FROM uploads WHERE expires_ms <= $1 RETURNING key";
    KEY_REVOKE = "UPDATE keys SET revoked_ms = $1 WHERE id = $2 AND revoked_ms IS NULL";
    KEYS = "SELECT k.id, a.name, k.created_ms, k.revoked_ms, k.models, k.credits_max, k.credits_taken FROM keys k JOIN accounts a ON a.number = k.account ORDER BY k.created_ms, k.id";
    KEYS_OF_ACCOUNT = "SELECT k.id, a.name, k.created_ms, k.revoked_ms, k.models, k.credits_max, k.credits_taken FROM keys k \
                       JOIN accounts a ON a.number = k.account WHERE k.account = $1 ORDER BY k.created_ms, k.id";
    KEYS_LIVE = "SELECT EXISTS (SELECT 1 FROM keys WHERE revoked_ms IS NULL)";

    // Only live keys speak for somebody.
    KEY_BY_ID = "SELECT account, models, credits_max FROM keys WHERE id = $1 AND revoked_ms IS NULL";
    SESSION_INSERT = "INSERT INTO sessions (hash, key, sandbox, created_ms, expires_ms) VALUES ($1, $2, $3, $4, $5)";
    SESSION_FIND = "SELECT key, sandbox, expires_ms FROM sessions WHERE hash = $1 AND expires_ms > $2";
    SESSION_DELETE = "DELETE FROM sessions WHERE hash = $1";
    // The oldest of many give way.
    SESSIONS_TRIM = "DELETE FROM sessions WHERE hash IN (SELECT hash FROM sessions WHERE key IS $1 AND sandbox IS $2 \
                     ORDER BY created_ms DESC LIMIT -1 OFFSET $3)";
    SESSIONS_EXPIRE = "DELETE FROM sessions WHERE expires_ms <= $1";

    // The ledger.
    ENTRY_INSERT = "INSERT INTO entries (task, kind, number, debit, credit, amount, at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    ENTRY_NEXT_NUMBER = "SELECT COALESCE(MAX(number), -1) + 1 FROM entries WHERE task = 0 AND kind = $1";
    ENTRY_FLOWS = "SELECT debit, credit, CAST(SUM(amount) AS BIGINT) FROM entries GROUP BY debit, credit";
    // An account's entries before a place: they all enter one of its three books.
    ENTRY_HISTORY = "SELECT e.at_ms, e.kind, e.number, e.amount, t.id FROM entries e LEFT JOIN tasks t ON t.seq = e.task \
                     WHERE e.credit / 4 = $1 AND e.credit % 4 < 3 AND (e.at_ms, e.task, e.kind, e.number) \
                     < ($2, COALESCE((SELECT seq FROM tasks WHERE id = $3), 0), $4, $5) \
                     ORDER BY e.at_ms DESC, e.task DESC, e.kind DESC, e.number DESC LIMIT $6";
    ENTRY_FLOWS_OF_ACCOUNT = "SELECT debit, credit, CAST(SUM(amount) AS BIGINT), COUNT(*) FROM entries \
                              WHERE credit / 4 = $1 AND credit % 4 < 3 GROUP BY debit, credit";

    // Characters.
    CHARACTER_INSERT = "INSERT INTO characters (id, account, name, task, created_ms) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING";
    CHARACTER_FIND = "SELECT account, name, task, created_ms FROM characters WHERE id = $1";

    // Tasks.
    TASK_INSERT = "INSERT INTO tasks (id, account, model, upstream, price, phase, node, due_ms, created_ms, deadline_ms, key, is_listed) \
                   VALUES ($1, $2, $3, $4, $5, 0, $6, $7, $8, $9, $10, $11)";
    REQUEST_INSERT = "INSERT INTO requests (task, body) VALUES ($1, $2)";
    TASK_UPDATE = "UPDATE tasks SET phase = $1, detail = $2, attempts = $3, upstream = $4, node = $5, orphaned = 0, \
                   due_ms = CASE WHEN cancel_wished = 1 THEN MIN($6, $7) ELSE $6 END, cancel_wished = MAX(cancel_wished, $8), \
                   finished_ms = $9, version = version + 1 WHERE seq = $10 AND version = $11";
    TASK_RECORD = "SELECT t.seq, t.id, t.account, t.model, t.upstream, t.price, t.phase, t.detail, t.attempts, t.version, t.due_ms, \
                   t.cancel_wished, t.created_ms, t.deadline_ms, t.finished_ms, r.body, f.key, f.sha256, f.bytes, a.name, t.deleted_ms \
                   FROM tasks t JOIN requests r ON r.task = t.seq JOIN accounts a ON a.number = t.account \
                   LEFT JOIN films f ON f.task = t.seq AND f.number = 0 WHERE t.id = $1";
    TASK_LIST = "SELECT t.seq, t.id, t.account, t.model, t.upstream, t.price, t.phase, t.detail, t.attempts, t.version, t.due_ms, \
                   t.cancel_wished, t.created_ms, t.deadline_ms, t.finished_ms, r.body, f.key, f.sha256, f.bytes, a.name, t.deleted_ms \
                 FROM tasks t JOIN requests r ON r.task = t.seq JOIN accounts a ON a.number = t.account \
                 LEFT JOIN films f ON f.task = t.seq AND f.number = 0 \
                 WHERE ($1 < 0 OR t.account = $1) AND ($2 < 0 OR t.phase = $2) ORDER BY t.seq DESC LIMIT $3";
    // An account's tasks that it has not deleted, on one side of a task: newest first, or oldest first.
    TASK_PAGE_DOWN = "SELECT t.seq, t.id, t.account, t.model, t.upstream, t.price, t.phase, t.detail, t.attempts, t.version, t.due_ms, \
                   t.cancel_wished, t.created_ms, t.deadline_ms, t.finished_ms, r.body, f.key, f.sha256, f.bytes, a.name, t.deleted_ms \
                 FROM tasks t JOIN requests r ON r.task = t.seq JOIN accounts a ON a.number = t.account \
                 LEFT JOIN films f ON f.task = t.seq AND f.number = 0 \
                 WHERE t.account = $1 AND t.seq < $2 AND t.is_listed = 1 AND t.deleted_ms IS NULL ORDER BY t.seq DESC LIMIT $3";
    TASK_PAGE_UP = "SELECT t.seq, t.id, t.account, t.model, t.upstream, t.price, t.phase, t.detail, t.attempts, t.version, t.due_ms, \
                   t.cancel_wished, t.created_ms, t.deadline_ms, t.finished_ms, r.body, f.key, f.sha256, f.bytes, a.name, t.deleted_ms \
                 FROM tasks t JOIN requests r ON r.task = t.seq JOIN accounts a ON a.number = t.account \
                 LEFT JOIN films f ON f.task = t.seq AND f.number = 0 \
                 WHERE t.account = $1 AND t.seq > $2 AND t.is_listed = 1 AND t.deleted_ms IS NULL ORDER BY t.seq LIMIT $3";
    // An account's history: 1 is the account, 2 a task that older ones are wanted of, 3 the model, 4 the phase or -1,
    // 5 whether only those are wanted that have not ended, 6 a part of the prompt as LIKE takes it.
    TASK_HISTORY = "SELECT t.seq, t.id, t.account, t.model, t.upstream, t.price, t.phase, t.detail, t.attempts, t.version, t.due_ms, \
                   t.cancel_wished, t.created_ms, t.deadline_ms, t.finished_ms, r.body, f.key, f.sha256, f.bytes, a.name, t.deleted_ms \
                 FROM tasks t JOIN requests r ON r.task = t.seq JOIN accounts a ON a.number = t.account \
                 LEFT JOIN films f ON f.task = t.seq AND f.number = 0 \
                 WHERE t.account = $1 AND t.seq < $2 AND t.deleted_ms IS NULL AND ($3 IS NULL OR t.model = $3) \
                 AND ($4 < 0 OR t.phase = $4) AND ($5 = 0 OR t.finished_ms IS NULL) \
                 AND ($6 IS NULL OR COALESCE(json_extract(r.body, '$.parameters.prompt.text'), json_extract(r.body, '$.parameters.shots'), '') \
                 LIKE $6 ESCAPE '\\') ORDER BY t.seq DESC LIMIT $7";
    ENTRIES_OF_TASK = "SELECT at_ms, kind, debit, credit, amount, number FROM entries WHERE task = $1 AND kind <= 3 ORDER BY at_ms, kind, number";
    TASK_DELETE = "UPDATE tasks SET deleted_ms = $1 WHERE seq = $2 AND deleted_ms IS NULL";
    ONCE_FIND = "SELECT o.fingerprint, t.id, t.seq FROM once o JOIN tasks t ON t.seq = o.task WHERE o.account = $1 AND o.name = $2";
    ONCE_INSERT = "INSERT INTO once (account, name, fingerprint, task, created_ms) VALUES ($1, $2, $3, $4, $5)";
    TASK_CANCEL_WISHED = "SELECT cancel_wished FROM tasks WHERE seq = $1";
    TASK_WISH_CANCEL = "UPDATE tasks SET cancel_wished = 1, due_ms = CASE WHEN node IS NULL THEN MIN(due_ms, $1) ELSE due_ms END WHERE seq = $2";
    TASK_WAKE = "UPDATE tasks SET due_ms = $1 WHERE seq = $2 AND due_ms > $1";
    TASK_OPEN_PRICES = "SELECT account, CAST(SUM(price) AS BIGINT) FROM tasks WHERE finished_ms IS NULL GROUP BY account";
    TASK_AUDIT = "SELECT t.seq, t.id, t.phase, t.price, f.task IS NOT NULL, e.kind, e.number, e.amount FROM tasks t \
                  LEFT JOIN films f ON f.task = t.seq AND f.number = 0 LEFT JOIN entries e ON e.task = t.seq ORDER BY t.seq, e.kind, e.number";
    // What an account pays: kinds above 3 are the operator's.
    TASK_AUDIT_OF_ACCOUNT = "SELECT t.seq, t.id, t.phase, t.price, f.task IS NOT NULL, e.kind, e.number, e.amount FROM tasks t \
                  LEFT JOIN films f ON f.task = t.seq AND f.number = 0 LEFT JOIN entries e ON e.task = t.seq AND e.kind <= 3 \
                  WHERE t.account = $1 ORDER BY t.seq, e.kind, e.number";
    FILM_INSERT = "INSERT INTO films (task, number, key, sha256, bytes) VALUES ($1, $2, $3, $4, $5)";
    FILM_BY_KEY = "SELECT key, sha256, bytes FROM films WHERE key = $1";
    FILM_PLACE = "SELECT t.id, f.number FROM films f JOIN tasks t ON t.seq = f.task WHERE f.key = $1";
    FILM_AT = "SELECT f.key, f.sha256, f.bytes FROM tasks t JOIN films f ON f.task = t.seq AND f.number = $1 WHERE t.id = $2";
    // 3 is succeeded, 4 is failed; who cancels a task says nothing of its model.
    TASKS_ENDED = "SELECT created_ms / $1, CAST(SUM(phase = 3) AS BIGINT), CAST(SUM(phase = 4) AS BIGINT) FROM tasks \
                   WHERE id >= $2 AND model = $3 AND phase IN (3, 4) GROUP BY 1 ORDER BY 1";
    FILM_COPIES = "SELECT number, key FROM films WHERE task = $1 AND number < 0 ORDER BY number DESC";
    FILM_BY_CONTENT = "SELECT t.id FROM films f JOIN tasks t ON t.seq = f.task WHERE f.sha256 = $1 AND f.number <= 0 AND t.account = $2 \
                       AND t.deleted_ms IS NULL ORDER BY f.task DESC LIMIT 1";
    FILM_KEYS = "SELECT key FROM films WHERE task = $1";
    TASK_IS_DELETED = "SELECT deleted_ms IS NOT NULL FROM tasks WHERE seq = $1";
    FILM_LATE = "SELECT key, sha256, bytes FROM films WHERE task = $1 AND number > 0 ORDER BY number LIMIT 1";

    // Attempts, and what is known of them.
    ATTEMPT_WRITE = "INSERT INTO attempts (task, number, route, upstream, payee, repeat, token, began_ms, deadline_ms, awaited, moves_on, \
                     suspended, state, job, detail, report) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) \
                     ON CONFLICT (task, number) DO UPDATE SET deadline_ms = $9, awaited = $10, moves_on = $11, suspended = $12, state = $13, \
                     job = COALESCE($14, job), detail = $15";
    ATTEMPTS = "SELECT number, route, upstream, payee, repeat, token, began_ms, deadline_ms, awaited, moves_on, suspended, state, job, \
                detail, report FROM attempts WHERE task = $1 ORDER BY number";
    ATTEMPT_BY_TOKEN = "SELECT t.id, a.task, a.number, a.upstream FROM attempts a JOIN tasks t ON t.seq = a.task WHERE a.token = $1";
    ATTEMPT_OF_JOB = "SELECT task, number FROM attempts WHERE upstream = $1 AND job = $2";
    ATTEMPTS_SUSPENDED = "SELECT task, number FROM attempts WHERE suspended = 1 ORDER BY task, number";
    ATTEMPTS_UNSURE = "SELECT r.body FROM attempts a JOIN requests r ON r.task = a.task \
                       WHERE a.upstream = $1 AND a.state < 2 AND NOT (a.task = $2 AND a.number = $3)";
    EVIDENCE_INSERT = "INSERT INTO evidence (task, attempt, number, body, at_ms) \
                       SELECT $1, $2, (SELECT COALESCE(MAX(number), 0) + 1 FROM evidence WHERE task = $1 AND attempt = $2), $3, $4";
    EVIDENCE = "SELECT attempt, at_ms, body FROM evidence WHERE task = $1 ORDER BY attempt, number";
    UPSTREAM_INSERT = "INSERT INTO upstreams (name) VALUES ($1) ON CONFLICT (name) DO UPDATE SET name = $1 RETURNING number";
    UPSTREAMS = "SELECT number, name FROM upstreams ORDER BY number";

    // Deliveries, and whom they are for.
    DELIVERY_INSERT = "INSERT INTO deliveries (task, event, endpoint, account, url, host, due_ms, created_ms) \
                       VALUES ($1, $2, $3, $4, $5, $6, $7, $7) ON CONFLICT (task, event, endpoint) DO NOTHING";
    DELIVERIES_DUE = "SELECT number, host, account, due_ms FROM deliveries \
                      WHERE due_ms >= $1 AND due_ms <= $2 AND due_ms IS NOT NULL AND node IS NULL ORDER BY due_ms";
    DELIVERIES_NEXT_DUE = "SELECT MIN(due_ms) FROM deliveries WHERE due_ms > $1 AND due_ms IS NOT NULL AND node IS NULL";
    DELIVERIES_UNDER_WAY = "SELECT host, account FROM deliveries WHERE node IS NOT NULL";
    DELIVERY_CLAIM = "UPDATE deliveries SET node = $1, version = version + 1 WHERE number = $2";
    DELIVERY = "SELECT d.version, t.id, d.event, d.endpoint, d.account, d.url, d.tries, d.created_ms, d.began_ms FROM deliveries d \
                JOIN tasks t ON t.seq = d.task WHERE d.number = $1";
    DELIVERY_DROP = "UPDATE deliveries SET state = 2, due_ms = NULL, ended_ms = $1, node = NULL, version = version + 1 WHERE number = $2";
    DELIVERY_TRIED = "UPDATE deliveries SET state = $1, tries = tries + 1, due_ms = $2, ended_ms = $3, node = NULL, version = version + 1, \
                      began_ms = COALESCE(began_ms, $4) WHERE number = $5 AND version = $6";
    DELIVERY_TRY_INSERT = "INSERT INTO delivery_tries (delivery, number, at_ms, took_ms, status, fault) \
                           VALUES ($1, (SELECT COALESCE(MAX(number), 0) + 1 FROM delivery_tries WHERE delivery = $1), $2, $3, $4, $5)";
    DELIVERY_TRIES = "SELECT at_ms, took_ms, status, fault FROM delivery_tries WHERE delivery = $1 ORDER BY number";
    DELIVERIES_AFTER = "SELECT number, created_ms, ended_ms FROM deliveries WHERE number > $1 ORDER BY number LIMIT $2";
    DELIVERY_FORGET = "DELETE FROM deliveries WHERE number = $1";
    DELIVERY_TRIES_FORGET = "DELETE FROM delivery_tries WHERE delivery = $1";
    DELIVERY_REPLAY = "UPDATE deliveries SET state = 0, tries = 0, began_ms = NULL, due_ms = $1, ended_ms = NULL, node = NULL, \
                       version = version + 1, url = COALESCE($2, url), host = COALESCE($3, host) \
                       WHERE task = (SELECT seq FROM tasks WHERE id = $4) AND event = $5 AND endpoint = $6";
    DELIVERIES = "SELECT d.number, t.id, d.event, d.endpoint, a.name, d.url, d.state, d.tries, d.due_ms, d.created_ms, d.ended_ms \
                  FROM deliveries d JOIN tasks t ON t.seq = d.task JOIN accounts a ON a.number = d.account ORDER BY d.number DESC LIMIT $1";
    DELIVERIES_OF_TASK = "SELECT d.number, t.id, d.event, d.endpoint, a.name, d.url, d.state, d.tries, d.due_ms, d.created_ms, d.ended_ms \
                          FROM deliveries d JOIN tasks t ON t.seq = d.task JOIN accounts a ON a.number = d.account \
                          WHERE d.task = (SELECT seq FROM tasks WHERE id = $1) ORDER BY d.number DESC";
    DELIVERIES_OF_ACCOUNT = "SELECT d.number, t.id, d.event, d.endpoint, a.name, d.url, d.state, d.tries, d.due_ms, d.created_ms, d.ended_ms \
                             FROM deliveries d JOIN tasks t ON t.seq = d.task JOIN accounts a ON a.number = d.account \
                             WHERE d.account = $1 ORDER BY d.number DESC LIMIT $2";
    DELIVERY_IS_OF_ACCOUNT = "SELECT 1 FROM deliveries WHERE task = (SELECT seq FROM tasks WHERE id = $1) \
                              AND event = $2 AND endpoint = $3 AND account = $4";
    DELIVERIES_RETURN = "UPDATE deliveries SET node = NULL, version = version + 1 WHERE node = $1";
    DELIVERIES_BURY = "UPDATE deliveries SET node = NULL, version = version + 1 WHERE node IN (SELECT DISTINCT node FROM deliveries \
                       WHERE node IS NOT NULL AND node <> $1 AND node NOT IN (SELECT id FROM nodes WHERE beat_ms > $2))";
    DELIVERIES_MOVE = "UPDATE deliveries SET url = $1, host = $2 WHERE endpoint = $3 AND endpoint > 0 AND due_ms IS NOT NULL";
    ENDPOINT_INSERT = "INSERT INTO endpoints (id, account, name, url, events, secret, created_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    ENDPOINT_COUNT = "SELECT COUNT(*) FROM endpoints WHERE account = $1 AND deleted_ms IS NULL";
    ENDPOINTS_OF_ACCOUNT = "SELECT number, id, account, name, url, events, secret, old_secret, old_until_ms, created_ms, updated_ms \
                            FROM endpoints WHERE account = $1 AND deleted_ms IS NULL ORDER BY number DESC";
    ENDPOINT = "SELECT number, id, account, name, url, events, secret, old_secret, old_until_ms, created_ms, updated_ms \
                FROM endpoints WHERE number = $1 AND deleted_ms IS NULL";
    ENDPOINT_BY_ID = "SELECT number, id, account, name, url, events, secret, old_secret, old_until_ms, created_ms, updated_ms \
                      FROM endpoints WHERE id = $1 AND deleted_ms IS NULL";
    ENDPOINT_UPDATE = "UPDATE endpoints SET name = $1, url = $2, events = $3, secret = $4, old_secret = $5, old_until_ms = $6, updated_ms = $7 \
                       WHERE number = $8";
    ENDPOINT_DELETE = "UPDATE endpoints SET secret = '', old_secret = NULL, deleted_ms = $1 WHERE number = $2 AND deleted_ms IS NULL";
    SECRETS = "SELECT secret, old_secret, old_until_ms FROM secrets WHERE account = $1";
    SECRETS_WRITE = "INSERT INTO secrets (account, secret, old_secret, old_until_ms, changed_ms) VALUES ($1, $2, $3, $4, $5) \
                     ON CONFLICT (account) DO UPDATE SET secret = $2, old_secret = $3, old_until_ms = $4, changed_ms = $5";

    // Beginnings.
    BEGINNINGS = "SELECT counted FROM beginnings";
    BEGINNING_COUNT = "UPDATE beginnings SET counted = $1";

    // Leases.
    NODE_JOIN = "INSERT INTO nodes (id, role, beat_ms) VALUES ($1, $2, $3)";
    NODE_BEAT = "UPDATE nodes SET beat_ms = $1 WHERE id = $2";
    NODE_LEAVE = "DELETE FROM nodes WHERE id = $1";
    NODE_LEAVE_ROLE = "DELETE FROM nodes WHERE role = $1";
    LEASES_RETURN = "UPDATE tasks SET node = NULL, version = version + 1 WHERE node = $1";
    // Whatever dead nodes held is free again, and their decisions are void.
    LEASES_BURY = "UPDATE tasks SET node = NULL, orphaned = 1, version = version + 1 WHERE node IN (SELECT DISTINCT node FROM tasks \
                   WHERE node IS NOT NULL AND node <> $1 AND node NOT IN (SELECT id FROM nodes WHERE beat_ms > $2))";
    TASKS_CLAIMABLE = "SELECT t.seq, t.id, t.account, t.model, t.upstream, t.price, t.phase, t.detail, t.attempts, t.version, t.due_ms, \
                   t.cancel_wished, t.created_ms, t.deadline_ms, t.finished_ms, r.body, t.orphaned FROM tasks t JOIN requests r ON r.task = t.seq \
                       WHERE t.due_ms <= $1 AND t.due_ms IS NOT NULL AND t.node IS NULL AND (t.upstream = $2 AND t.finished_ms IS NULL) = $3 \
                       ORDER BY t.due_ms LIMIT $4";
    TASK_CLAIMABLE = "SELECT t.seq, t.id, t.account, t.model, t.upstream, t.price, t.phase, t.detail, t.attempts, t.version, t.due_ms, \
                   t.cancel_wished, t.created_ms, t.deadline_ms, t.finished_ms, r.body, t.orphaned FROM tasks t JOIN requests r ON r.task = t.seq \
                      WHERE t.due_ms <= $1 AND t.node IS NULL AND t.id = $2";
    TASK_POSTPONE = "UPDATE tasks SET due_ms = $1 WHERE seq = $2 AND due_ms IS NOT NULL";
    TASK_GIVE_BACK = "UPDATE tasks SET node = NULL, due_ms = $1, version = version + 1 WHERE seq = $2 AND version = $3 AND due_ms IS NOT NULL";
    TASKS_DUE_BY_NOW = "UPDATE tasks SET due_ms = $1 WHERE due_ms > $1 + 3600000 AND due_ms < deadline_ms AND node IS NULL";
    TASK_CLAIM = "UPDATE tasks SET node = $1, version = version + 1 WHERE seq = $2 AND version = $3";
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    /// An empty database.
    fn opened() -> (tempfile::TempDir, Connection) {
        let folder = tempfile::tempdir().unwrap();
        drop(crate::Store::open(folder.path()).unwrap());
        let connection = Connection::open(folder.path().join("filmgate.sqlite3")).unwrap();
        (folder, connection)
    }

    /// How SQLite goes about a statement, in its own words.
    fn plan(statement: &str) -> String {
        let (_folder, connection) = opened();
        plan_in(&connection, statement)
    }

    fn plan_in(connection: &Connection, statement: &str) -> String {
        let mut explain = connection.prepare(&format!("EXPLAIN QUERY PLAN {statement}")).unwrap();
        for parameter in 1..=explain.parameter_count() {
            explain.raw_bind_parameter(parameter, 1).unwrap();
        }
        let mut rows = explain.raw_query();
        let mut steps = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            steps.push(row.get::<_, String>(3).unwrap());
        }
        steps.join("; ")
    }

    #[test]
    fn a_claim_never_walks_past_tasks_that_are_leased() {
        let claim = plan(super::TASKS_CLAIMABLE);
        assert!(claim.contains("SEARCH t USING INDEX tasks_free (due_ms>? AND due_ms<?)"), "{claim}");
        assert!(!claim.contains("SCAN") && !claim.contains("TEMP B-TREE"), "{claim}");
        for (statement, table) in [(super::LEASES_BURY, "tasks"), (super::DELIVERIES_BURY, "deliveries")] {
            let bury = plan(statement);
            let by_node = format!("SEARCH {table} USING COVERING INDEX {table}_held (node=?)");
            assert!(bury.starts_with(&by_node), "{bury}");
            assert!(!bury.contains(&format!("SCAN {table}")), "{bury}");
        }
    }

    #[test]
    fn the_walk_over_what_is_due_reads_one_index_in_order() {
        let walk = plan(super::DELIVERIES_DUE);
        assert_eq!(walk, "SEARCH deliveries USING COVERING INDEX deliveries_free (due_ms>? AND due_ms<?)");
    }

    #[test]
    fn a_list_reads_the_tasks_that_it_shows_and_no_others() {
        for statement in [super::TASK_PAGE_DOWN, super::TASK_PAGE_UP, super::TASK_HISTORY] {
            let page = plan(statement);
            assert!(page.contains("SEARCH t USING INDEX tasks_of_account (account=? AND seq"), "{page}");
            assert!(!page.contains("SCAN") && !page.contains("TEMP B-TREE"), "{page}");
        }
        for (statement, index) in [
            (
                super::ENTRY_HISTORY,
                "SEARCH e USING INDEX entries_of_account (<expr>=? AND (at_ms,task,kind,number)<(?,?,?,?))",
            ),
            (super::DELIVERIES_OF_ACCOUNT, "SEARCH d USING INDEX deliveries_of_account (account=?)"),
            (super::TASK_AUDIT_OF_ACCOUNT, "SEARCH t USING INDEX tasks_of_account (account=?)"),
        ] {
            let page = plan(statement);
            assert!(page.contains(index), "{page}");
            assert!(!page.contains("SCAN") && !page.contains("TEMP B-TREE"), "{page}");
        }
        let flows = plan(super::ENTRY_FLOWS_OF_ACCOUNT);
        assert!(flows.contains("INDEX entries_of_account (<expr>=?)"), "{flows}");
        let content = plan(super::FILM_BY_CONTENT);
        assert!(content.contains("INDEX films_by_content (sha256=?)"), "{content}");
    }

    /// Partial indexes, which hold nothing that has ended.
    const OF_WHAT_IS_OPEN: [&str; 1] = ["attempts_suspended"];

    #[test]
    fn every_index_is_read_by_some_statement() {
        let (_folder, connection) = opened();
        let names = "SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE INDEX%'";
        let mut names = connection.prepare(names).unwrap();
        let names: Vec<String> =
            names.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
        let plans: Vec<String> =
            super::ALL.iter().map(|(_, statement)| plan_in(&connection, statement)).collect();
        for name in names {
            let name = format!("INDEX {name}");
            let reads = |plan: &String| plan.contains(&format!("{name} ")) || plan.ends_with(&name);
            assert!(plans.iter().any(reads), "{name}");
        }
    }

    #[test]
    fn no_statement_of_every_day_walks_all_tasks_or_attempts() {
        let (start, leave) = (super::TASKS_DUE_BY_NOW, super::LEASES_RETURN);
        let reads = [super::TASKS_ENDED, super::FILM_AT, super::FILM_PLACE];
        let attempts =
            [super::ATTEMPTS, super::ATTEMPT_BY_TOKEN, super::ATTEMPT_OF_JOB, super::ATTEMPTS_SUSPENDED];
        let deliveries = [
            super::DELIVERIES_DUE,
            super::DELIVERIES_NEXT_DUE,
            super::DELIVERIES_UNDER_WAY,
            super::DELIVERIES_OF_TASK,
            super::DELIVERIES_RETURN,
            super::DELIVERIES_MOVE,
            super::DELIVERY_REPLAY,
            super::DELIVERY_IS_OF_ACCOUNT,
            super::DELIVERY_TRY_INSERT,
            super::DELIVERIES_AFTER,
            super::DELIVERY_FORGET,
            super::DELIVERY_TRIES_FORGET,
            super::ENDPOINTS_OF_ACCOUNT,
            super::ENDPOINT_BY_ID,
        ];
        for statement in [start, leave].into_iter().chain(reads).chain(attempts).chain(deliveries) {
            let plan = plan(statement);
            // Walking an index of what is open is as long as what is open.
            let walks = |step: &str| {
                let index = step.rsplit("INDEX ").next().and_then(|rest| rest.split(' ').next());
                step.contains("SCAN") && !index.is_some_and(|index| OF_WHAT_IS_OPEN.contains(&index))
            };
            assert!(!plan.split("; ").any(walks), "{statement}: {plan}");
        }
    }
}
