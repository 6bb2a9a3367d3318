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
  tries             INTEGER NOT NULL DEFAULT 0,
  due               INTEGER NOT NULL DEFAULT 0, -- not before: its server did not answer
  UNIQUE (import_id, sort, what)
) STRICT;
CREATE INDEX imports_waiting_by_due ON imports_waiting (import_id, due);
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
-- Peace: what holds for a server, lists of such, and how much may come from one in a day.
ALTER TABLE domain_blocks ADD COLUMN rules INTEGER NOT NULL DEFAULT 1;
ALTER TABLE domain_blocks ADD COLUMN comment TEXT NOT NULL DEFAULT '';
ALTER TABLE domain_blocks ADD COLUMN public_comment TEXT NOT NULL DEFAULT '';
ALTER TABLE domain_blocks ADD COLUMN published INTEGER NOT NULL DEFAULT 0;
ALTER TABLE domain_blocks ADD COLUMN obfuscate INTEGER NOT NULL DEFAULT 0;
ALTER TABLE domain_blocks ADD COLUMN listed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX domain_blocks_no_media ON domain_blocks (domain) WHERE rules & 20;
CREATE INDEX domain_blocks_published ON domain_blocks (domain) WHERE published = 1;
CREATE TABLE blocklists (
  id                INTEGER PRIMARY KEY,
  url               TEXT NOT NULL UNIQUE,
  etag              TEXT,
  asked_at          INTEGER,
  read_at           INTEGER,
  entries           INTEGER NOT NULL DEFAULT 0,
  skipped           INTEGER NOT NULL DEFAULT 0,
  failure           TEXT,
  created_at        INTEGER NOT NULL
) STRICT;
CREATE TABLE blocklist_entries (
  domain            TEXT NOT NULL,
  list_id           INTEGER NOT NULL,
  rules             INTEGER NOT NULL,
  comment           TEXT NOT NULL DEFAULT '',
  state             INTEGER NOT NULL,
  seen_at           INTEGER NOT NULL,
  PRIMARY KEY (domain, list_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX blocklist_entries_of ON blocklist_entries (list_id, seen_at);
CREATE INDEX blocklist_drafts     ON blocklist_entries (domain) WHERE state = 1;
CREATE INDEX blocklist_previews   ON blocklist_entries (domain) WHERE state = 3;
ALTER TABLE hosts ADD COLUMN day INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hosts ADD COLUMN new_accounts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hosts ADD COLUMN new_statuses INTEGER NOT NULL DEFAULT 0;

-- Recovery by phrase: who was told.
ALTER TABLE hosts ADD COLUMN told_at INTEGER;

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
