-- A client of its own: what writing, settings and the IndieWeb keep.

-- Rooms: how many conversations are unread stands beside their name on every page.
CREATE INDEX conversations_unread ON conversations (id) WHERE unread = 1 AND hidden = 0;
-- Writing: drafts, and posts in Markdown.
CREATE TABLE drafts (
  id                INTEGER PRIMARY KEY,
  key               TEXT NOT NULL UNIQUE,
  content           TEXT NOT NULL,
  updated_at        INTEGER NOT NULL
) STRICT;
CREATE INDEX drafts_by_age ON drafts (updated_at);
ALTER TABLE statuses ADD COLUMN markdown INTEGER NOT NULL DEFAULT 0;
ALTER TABLE media ADD COLUMN draft_id INTEGER REFERENCES drafts (id) ON DELETE SET NULL;
CREATE INDEX media_by_draft  ON media (draft_id) WHERE draft_id IS NOT NULL;
-- How apps get on with this server.
CREATE TABLE app_calls (
  app_id            INTEGER NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
  method            TEXT NOT NULL,
  path              TEXT NOT NULL,            -- a route, or what was asked for without names; empty: all that went well
  status            INTEGER NOT NULL,         -- of the answer; 0: it went well
  unknown           INTEGER NOT NULL,         -- there is no such endpoint
  times             INTEGER NOT NULL,
  last_at           INTEGER NOT NULL,
  PRIMARY KEY (app_id, method, path, status, unknown)
) STRICT, WITHOUT ROWID;
-- Doors: a second factor, passkeys, the last ways in, push in a browser.
CREATE TABLE sign_ins (
  id                INTEGER PRIMARY KEY,
  how               TEXT NOT NULL,
  user_agent        TEXT NOT NULL,
  created_at        INTEGER NOT NULL
) STRICT;
CREATE TABLE totp (
  confirmed         INTEGER PRIMARY KEY CHECK (confirmed IN (0, 1)),
  secret            TEXT NOT NULL,
  last_step         INTEGER NOT NULL DEFAULT 0,
  created_at        INTEGER NOT NULL
) STRICT;
CREATE TABLE recovery_codes (
  hash              TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
CREATE TABLE passkeys (
  id                INTEGER PRIMARY KEY,
  credential        BLOB NOT NULL UNIQUE,
  public_key        BLOB NOT NULL,
  counter           INTEGER NOT NULL,
  name              TEXT NOT NULL,
  created_at        INTEGER NOT NULL,
  used_at           INTEGER
) STRICT;
CREATE TABLE spent_tickets (
  hash              TEXT PRIMARY KEY,
  expires_at        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
ALTER TABLE sessions ADD COLUMN confirmed_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tokens ADD COLUMN session_id INTEGER REFERENCES sessions (id) ON DELETE CASCADE;
CREATE UNIQUE INDEX tokens_by_session ON tokens (session_id);
-- The IndieWeb.
-- Feeds that the owner follows or looked at: each is an account.
CREATE TABLE feeds (
  account_id        INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  url               TEXT NOT NULL UNIQUE,
  etag              TEXT,
  modified          TEXT,
  seen              TEXT NOT NULL DEFAULT '', -- what stood in it the last time, as short digests
  wait              INTEGER NOT NULL DEFAULT 0, -- milliseconds between two looks
  fetched_at        INTEGER,
  next_at           INTEGER,                  -- NULL: nobody looks again
  fault             TEXT
) STRICT;

-- What other sites say that they said about the owner's posts, after a look at them.
CREATE TABLE webmentions (
  id                INTEGER PRIMARY KEY,
  status_id         INTEGER REFERENCES statuses (id) ON DELETE CASCADE, -- NULL: the profile
  source            TEXT NOT NULL,
  target            TEXT NOT NULL,
  host              TEXT NOT NULL,
  kind              TEXT NOT NULL,            -- reply, like, repost, mention
  author_name       TEXT NOT NULL DEFAULT '',
  author_url        TEXT NOT NULL DEFAULT '',
  author_photo      TEXT NOT NULL DEFAULT '',
  text              TEXT NOT NULL DEFAULT '', -- plain
  published_at      INTEGER,
  UNIQUE (source, target)
) STRICT;
CREATE INDEX webmentions_by_status ON webmentions (ifnull(status_id, 0), id);
CREATE INDEX webmentions_by_post   ON webmentions (status_id) WHERE status_id IS NOT NULL;
CREATE INDEX webmentions_by_host   ON webmentions (host);

-- What the owner's posts told the pages that they link to.
CREATE TABLE webmentions_sent (
  id                INTEGER PRIMARY KEY,
  source            TEXT NOT NULL,
  target            TEXT NOT NULL,
  endpoint          TEXT NOT NULL,
  outcome           TEXT NOT NULL,
  UNIQUE (source, target)
) STRICT;

ALTER TABLE cards ADD COLUMN webmention TEXT NOT NULL DEFAULT '';
