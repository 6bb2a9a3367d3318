ALTER TABLE statuses ADD COLUMN missing_replies INTEGER;
