-- Years without care: moving in and out, peace, bots, and what the doctor found.

-- Recovery by phrase: who was told.
ALTER TABLE hosts ADD COLUMN told_at INTEGER;
