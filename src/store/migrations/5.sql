-- A client of its own: what writing, settings and the IndieWeb keep.

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
