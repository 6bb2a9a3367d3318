-- A client of its own: what writing, settings and the IndieWeb keep.

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
