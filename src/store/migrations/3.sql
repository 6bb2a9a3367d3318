-- What came with reactions of several kinds, from and to others, and with reports about the owner.
CREATE TABLE reactions (
  id                INTEGER PRIMARY KEY,
  status_id         INTEGER NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
  account_id        INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  emoji             TEXT NOT NULL,
  url               TEXT NOT NULL DEFAULT '',
  uri               TEXT,
  dislike           INTEGER NOT NULL DEFAULT 0,
  sent              TEXT,
  UNIQUE (status_id, account_id, emoji)
) STRICT;
CREATE INDEX reactions_by_uri     ON reactions (uri) WHERE uri IS NOT NULL;
CREATE INDEX reactions_by_account ON reactions (account_id);
ALTER TABLE favourites ADD COLUMN plain INTEGER NOT NULL DEFAULT 1;
INSERT INTO reactions (status_id, account_id, emoji, url, uri)
SELECT status_id, account_id, emoji, ifnull(emoji_url, ''), uri FROM favourites WHERE emoji IS NOT NULL;
UPDATE favourites SET plain = 0 WHERE emoji IS NOT NULL;
ALTER TABLE favourites DROP COLUMN emoji;
ALTER TABLE favourites DROP COLUMN emoji_url;
ALTER TABLE hosts ADD COLUMN software TEXT;
ALTER TABLE hosts ADD COLUMN software_at INTEGER;
CREATE TABLE flags (
  id                INTEGER PRIMARY KEY,
  account_id        INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  uri               TEXT UNIQUE,
  status_ids        TEXT NOT NULL DEFAULT '[]',
  comment           TEXT NOT NULL DEFAULT '',
  created_at        INTEGER NOT NULL
) STRICT;
CREATE INDEX flags_by_account ON flags (account_id, id);
ALTER TABLE activities RENAME COLUMN by_instance TO signer;
CREATE TABLE policies (
  status_id         INTEGER PRIMARY KEY REFERENCES statuses (id) ON DELETE CASCADE,
  policy            TEXT NOT NULL
) STRICT;
CREATE TABLE approvals (
  status_id         INTEGER PRIMARY KEY REFERENCES statuses (id) ON DELETE CASCADE,
  state             INTEGER NOT NULL DEFAULT 0,
  uri               TEXT
) STRICT;
CREATE TABLE featured_by_others (
  id                INTEGER PRIMARY KEY,
  account_id        INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  name              TEXT NOT NULL,
  url               TEXT NOT NULL
) STRICT;
CREATE INDEX featured_by_account ON featured_by_others (account_id, id);
ALTER TABLE statuses ADD COLUMN stored_at INTEGER NOT NULL DEFAULT 0;
