-- Years without care: moving in and out, peace, bots, and what the doctor found.

-- Bots: tokens that end, and addresses that are told what happens.
ALTER TABLE tokens ADD COLUMN expires_at INTEGER;
CREATE TABLE webhooks (
  id                INTEGER PRIMARY KEY,
  url               TEXT NOT NULL UNIQUE,
  secret            TEXT NOT NULL,
  posts             INTEGER NOT NULL,
  notifications     INTEGER NOT NULL,
  failures          INTEGER NOT NULL DEFAULT 0,
  told_at           INTEGER,
  failed_at         INTEGER,
  failure           TEXT
) STRICT;
