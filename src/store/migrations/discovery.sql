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
