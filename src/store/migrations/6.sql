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

-- Moving: who followed at the time of a move, and the addresses of a server whose domain was taken over.
ALTER TABLE instance ADD COLUMN came_from TEXT;
ALTER TABLE instance ADD COLUMN actor_path TEXT NOT NULL DEFAULT '';
ALTER TABLE instance ADD COLUMN key_name TEXT NOT NULL DEFAULT '#main-key';
CREATE TABLE move_followers (
  uri               TEXT PRIMARY KEY,
  acct              TEXT NOT NULL,
  inbox             TEXT NOT NULL,
  arrived           INTEGER NOT NULL DEFAULT 0 -- the new account's list of followers has them
) STRICT, WITHOUT ROWID;
