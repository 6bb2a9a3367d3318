-- Years without care: moving in and out, peace, bots, and what the doctor found.

-- Moving in: each import of an archive, a table of follows ... and how far it is.
CREATE TABLE imports (
  id                INTEGER PRIMARY KEY,
  kind              TEXT NOT NULL,
  source            TEXT NOT NULL,            -- tells the same thing given twice
  file              TEXT,                     -- in the folder of imports; NULL: the command has it
  state             TEXT NOT NULL,            -- seen, running, stopped, done
  options           TEXT NOT NULL,            -- JSON
  phase             INTEGER NOT NULL DEFAULT 0,
  position          INTEGER NOT NULL DEFAULT 0,
  plan              TEXT NOT NULL,            -- JSON: the preview
  totals            TEXT NOT NULL DEFAULT '{}', -- JSON: found, taken, there before, left out by reason
  failure           TEXT,
  started_at        INTEGER NOT NULL,
  updated_at        INTEGER NOT NULL,
  ended_at          INTEGER
) STRICT;
-- What of it needs other servers, one after the other.
CREATE TABLE imports_waiting (
  id                INTEGER PRIMARY KEY,
  import_id         INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  sort              TEXT NOT NULL,
  what              TEXT NOT NULL,
  UNIQUE (import_id, sort, what)
) STRICT;
-- Own posts that stood elsewhere, by the ids that they had there: a second time is nothing.
CREATE TABLE imported (
  uri               TEXT PRIMARY KEY,
  status_id         INTEGER REFERENCES statuses (id) ON DELETE SET NULL, -- NULL: deleted here since
  page              TEXT NOT NULL,
  by                TEXT NOT NULL             -- @me@old.example
) STRICT, WITHOUT ROWID;
CREATE INDEX imported_by_status ON imported (status_id) WHERE status_id IS NOT NULL;
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
