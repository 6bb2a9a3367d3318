-- A client of its own: what writing, settings and the IndieWeb keep.

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

-- Rooms: how many conversations are unread stands beside their name on every page.
CREATE INDEX conversations_unread ON conversations (id) WHERE unread = 1 AND hidden = 0;
