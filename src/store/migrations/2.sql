-- What came with relays, receipts, whole threads, reactions and moves.
ALTER TABLE favourites ADD COLUMN emoji TEXT;
ALTER TABLE favourites ADD COLUMN emoji_url TEXT;
ALTER TABLE accounts ADD COLUMN moved_at INTEGER;
ALTER TABLE activities ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE activities ADD COLUMN object TEXT;
CREATE INDEX activities_by_object ON activities (object) WHERE object IS NOT NULL;
ALTER TABLE deliveries ADD COLUMN host TEXT NOT NULL DEFAULT '';
CREATE INDEX deliveries_waiting ON deliveries (host, id) WHERE state = 'waiting';
ALTER TABLE lanes ADD COLUMN ailing INTEGER NOT NULL DEFAULT 0;
CREATE INDEX hosts_failing ON hosts (failing_since) WHERE failing_since IS NOT NULL;
CREATE INDEX activities_by_uri ON activities (uri);
ALTER TABLE statuses ADD COLUMN missing_replies INTEGER;
CREATE TABLE sources (
  id                INTEGER PRIMARY KEY,
  kind              TEXT NOT NULL,
  address           TEXT NOT NULL UNIQUE,
  everything        INTEGER NOT NULL DEFAULT 0,
  sends             INTEGER NOT NULL DEFAULT 0,
  taken             INTEGER NOT NULL DEFAULT 0,
  asked_at          INTEGER,
  failure           TEXT,
  created_at        INTEGER NOT NULL
) STRICT;
CREATE TABLE subscriptions (
  id                INTEGER PRIMARY KEY,
  source_id         INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
  tag               TEXT NOT NULL,
  inbox             TEXT NOT NULL,
  actor             TEXT,
  object            TEXT NOT NULL,
  follow_uri        TEXT NOT NULL UNIQUE,
  state             INTEGER NOT NULL DEFAULT 1,
  UNIQUE (source_id, tag)
) STRICT;
CREATE INDEX subscriptions_by_actor ON subscriptions (actor) WHERE actor IS NOT NULL;
CREATE INDEX subscriptions_by_inbox ON subscriptions (inbox);
