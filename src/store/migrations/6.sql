-- Years without care: moving in and out, peace, bots, and what the doctor found.

-- Strangers: the quiet shelf.
ALTER TABLE notifications ADD COLUMN reason TEXT;
ALTER TABLE notifications ADD COLUMN host TEXT;
ALTER TABLE notifications ADD COLUMN words INTEGER;
CREATE INDEX notifications_cleared    ON notifications (id) WHERE filtered = 2;
CREATE INDEX notifications_shelved    ON notifications (id) WHERE reason IS NOT NULL;
CREATE INDEX notifications_shelved_of ON notifications (host, id) WHERE reason IS NOT NULL;
CREATE INDEX notifications_by_host    ON notifications (host, id) WHERE host IS NOT NULL;
CREATE INDEX notifications_by_words   ON notifications (words, id) WHERE words IS NOT NULL;

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
