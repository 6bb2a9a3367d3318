-- Films and sound, work on an upload after it was received, and a cache of what others' servers show.
ALTER TABLE media ADD COLUMN received TEXT;
ALTER TABLE media ADD COLUMN failure TEXT;
ALTER TABLE media ADD COLUMN duration REAL;
ALTER TABLE media ADD COLUMN frame_rate TEXT;
ALTER TABLE media ADD COLUMN bitrate INTEGER;
CREATE INDEX media_received  ON media (received) WHERE received IS NOT NULL;

CREATE TABLE remote_files (
  id                INTEGER PRIMARY KEY,
  file              TEXT NOT NULL UNIQUE,
  mime              TEXT NOT NULL,
  bytes             INTEGER NOT NULL,
  fetched_at        INTEGER NOT NULL,
  seen_at           INTEGER NOT NULL
) STRICT;
CREATE INDEX remote_files_by_seen ON remote_files (seen_at, bytes);

ALTER TABLE cards ADD COLUMN kind TEXT NOT NULL DEFAULT 'link';
ALTER TABLE cards ADD COLUMN html TEXT NOT NULL DEFAULT '';
ALTER TABLE cards ADD COLUMN embed_url TEXT NOT NULL DEFAULT '';

-- What is forgotten in time is found by its age.
CREATE INDEX accounts_by_move ON accounts (moved_to) WHERE moved_to IS NOT NULL;
CREATE INDEX hosts_by_age ON hosts (max(ifnull(seen_at, 0), ifnull(software_at, 0), ifnull(failing_since, 0)));
CREATE INDEX tombstones_by_age ON tombstones (deleted_at);
