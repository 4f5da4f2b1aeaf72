-- When the tries that are counted began: the first try ever, or the first one since a replay.
ALTER TABLE deliveries ADD COLUMN began_ms BIGINT;

-- Nothing reads it.
DROP INDEX deliveries_of_account;
