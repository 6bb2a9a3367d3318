-- The whole schema of Taure. src/store/migrations.rs brings older files here; a test compares.
--
-- There is one owner: what multi-user servers keep in join tables (the owner favourited this status,
-- follows that account) is a column of the status or the account. Ids are snowflakes and sort by time.
-- Times are milliseconds since 1970. Every list of the API is a range scan of one index named here.

-- What set-up decided, in one row; the keys beside it must never change.
CREATE TABLE instance (
  id                INTEGER PRIMARY KEY CHECK (id = 1),
  origin            TEXT NOT NULL,            -- https://host[:port]
  domain            TEXT NOT NULL,            -- after the @
  username          TEXT NOT NULL,
  owner_id          INTEGER NOT NULL REFERENCES accounts (id),
  password_hash     TEXT,                     -- Argon2id, PHC string; none: sign-in by link only
  created_at        INTEGER NOT NULL,
  came_from         TEXT,                     -- gotosocial, mastodon, snac: whose addresses go on here
  actor_path        TEXT NOT NULL DEFAULT '', -- of the owner's id, where it is not /users/ and the name
  key_name          TEXT NOT NULL DEFAULT '#main-key' -- what follows the owner's id in that of the RSA key
) STRICT;

-- owner-rsa, owner-ed25519, instance-rsa (PEM, PKCS#8); vapid; secret (for signed links).
CREATE TABLE keys (
  name              TEXT PRIMARY KEY,
  secret            TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The owner's settings as one JSON value under 'owner'.
CREATE TABLE settings (
  name              TEXT PRIMARY KEY,
  value             TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE accounts (
  id                INTEGER PRIMARY KEY,
  uri               TEXT NOT NULL UNIQUE,
  url               TEXT NOT NULL,
  username          TEXT NOT NULL,
  domain            TEXT,                     -- NULL: the owner
  display_name      TEXT NOT NULL DEFAULT '',
  note              TEXT NOT NULL DEFAULT '', -- sanitised HTML
  note_text         TEXT,                     -- what the owner typed
  fields            TEXT NOT NULL DEFAULT '[]',
  emojis            TEXT NOT NULL DEFAULT '[]',
  avatar_blob       TEXT,
  avatar_remote     TEXT,
  header_blob       TEXT,
  header_remote     TEXT,
  kind              TEXT NOT NULL DEFAULT 'Person',
  locked            INTEGER NOT NULL DEFAULT 0,
  discoverable      INTEGER NOT NULL DEFAULT 0,
  indexable         INTEGER NOT NULL DEFAULT 0,
  hide_collections  INTEGER NOT NULL DEFAULT 0,
  memorial          INTEGER NOT NULL DEFAULT 0,
  suspended         INTEGER NOT NULL DEFAULT 0,
  moved_to          TEXT,
  moved_at          INTEGER,                  -- when a Move said so
  also_known_as     TEXT NOT NULL DEFAULT '[]',
  inbox             TEXT NOT NULL DEFAULT '',
  shared_inbox      TEXT,
  outbox            TEXT,
  followers_url     TEXT,
  following_url     TEXT,
  featured_url      TEXT,
  created_at        INTEGER NOT NULL,
  fetched_at        INTEGER NOT NULL DEFAULT 0,
  last_status_at    INTEGER,
  statuses_count    INTEGER NOT NULL DEFAULT 0,
  followers_count   INTEGER NOT NULL DEFAULT 0,
  following_count   INTEGER NOT NULL DEFAULT 0,
  -- Between the owner and this account. *_row page the lists of the API.
  following         INTEGER NOT NULL DEFAULT 0, -- 0 no, 1 requested, 2 yes
  following_row     INTEGER,
  following_uri     TEXT,
  show_reblogs      INTEGER NOT NULL DEFAULT 1,
  notify            INTEGER NOT NULL DEFAULT 0,
  languages         TEXT NOT NULL DEFAULT '[]',
  follower          INTEGER NOT NULL DEFAULT 0, -- 0 no, 1 has asked, 2 yes
  follower_row      INTEGER,
  follower_uri      TEXT,
  blocking_row      INTEGER,
  blocked_by        INTEGER NOT NULL DEFAULT 0,
  domain_blocked    INTEGER NOT NULL DEFAULT 0, -- the rules of domain_blocks for its domain
  muting_row        INTEGER,
  muting_until      INTEGER,
  muting_notifications INTEGER NOT NULL DEFAULT 0,
  notifications_allowed INTEGER NOT NULL DEFAULT 0, -- the owner let theirs in, whatever the policy says
  request_row       INTEGER,                  -- the request that their held-back notifications make
  comment           TEXT NOT NULL DEFAULT '',
  endorsed_row      INTEGER,
  unsuggested       INTEGER NOT NULL DEFAULT 0 -- the owner does not want to hear of them
) STRICT;
CREATE INDEX accounts_by_acct            ON accounts (lower(username), lower(ifnull(domain, '')));
CREATE INDEX accounts_by_url              ON accounts (url);
CREATE INDEX accounts_discoverable       ON accounts (id) WHERE discoverable = 1;
CREATE INDEX accounts_active             ON accounts (last_status_at) WHERE discoverable = 1;
CREATE INDEX accounts_by_domain           ON accounts (domain) WHERE domain IS NOT NULL;
CREATE INDEX accounts_followed            ON accounts (following_row) WHERE following = 2;
CREATE INDEX accounts_asked               ON accounts (following_row) WHERE following = 1;
CREATE INDEX accounts_followers           ON accounts (follower_row) WHERE follower = 2;
CREATE INDEX accounts_follow_requests     ON accounts (follower_row) WHERE follower = 1;
CREATE INDEX accounts_blocked             ON accounts (blocking_row) WHERE blocking_row IS NOT NULL;
CREATE INDEX accounts_muted               ON accounts (muting_row) WHERE muting_row IS NOT NULL;
CREATE INDEX accounts_requests            ON accounts (request_row) WHERE request_row IS NOT NULL;
CREATE INDEX accounts_endorsed            ON accounts (endorsed_row) WHERE endorsed_row IS NOT NULL;
CREATE INDEX accounts_by_move             ON accounts (moved_to) WHERE moved_to IS NOT NULL;

-- Servers that the owner does not want to see, or not all of. `accounts.domain_blocked` says the same of each account.
CREATE TABLE domain_blocks (
  id                INTEGER PRIMARY KEY,      -- pages the list
  domain            TEXT NOT NULL UNIQUE,     -- as in accounts
  -- 1 hide, 2 silence, 4 no media, 8 no reports, 16 suspend, 32 below it, too; model/server_rules.rs
  rules             INTEGER NOT NULL DEFAULT 1,
  comment           TEXT NOT NULL DEFAULT '', -- for the owner
  public_comment    TEXT NOT NULL DEFAULT '',
  published         INTEGER NOT NULL DEFAULT 0, -- strangers may read it
  obfuscate         INTEGER NOT NULL DEFAULT 0,
  listed            INTEGER NOT NULL DEFAULT 0 -- lists alone brought it, and may take it away
) STRICT;
CREATE INDEX domain_blocks_no_media ON domain_blocks (domain) WHERE rules & 20;
CREATE INDEX domain_blocks_published ON domain_blocks (domain) WHERE published = 1;

-- Lists of blocks that others keep and the owner subscribed to.
CREATE TABLE blocklists (
  id                INTEGER PRIMARY KEY,
  url               TEXT NOT NULL UNIQUE,
  etag              TEXT,
  asked_at          INTEGER,
  read_at           INTEGER,                  -- when it was had last
  entries           INTEGER NOT NULL DEFAULT 0,
  skipped           INTEGER NOT NULL DEFAULT 0, -- obfuscated, or no domain
  failure           TEXT,                     -- why it could not be read, in words
  created_at        INTEGER NOT NULL
) STRICT;

-- What they say, and what became of it. List 0 is a file that the owner brought.
CREATE TABLE blocklist_entries (
  domain            TEXT NOT NULL,
  list_id           INTEGER NOT NULL,
  rules             INTEGER NOT NULL,
  comment           TEXT NOT NULL DEFAULT '',
  state             INTEGER NOT NULL,         -- 0 taken, 1 the owner decides, 2 declined, 3 a preview
  seen_at           INTEGER NOT NULL,         -- the reading that saw it last
  PRIMARY KEY (domain, list_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX blocklist_entries_of ON blocklist_entries (list_id, seen_at);
CREATE INDEX blocklist_drafts     ON blocklist_entries (domain) WHERE state = 1;
CREATE INDEX blocklist_previews   ON blocklist_entries (domain) WHERE state = 3;

-- Public keys of remote actors, by the keyId that signatures name.
CREATE TABLE actor_keys (
  key_id            TEXT PRIMARY KEY,
  account_id        INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  public            TEXT NOT NULL,            -- SPKI PEM, or Multikey (z...)
  fetched_at        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX actor_keys_by_account ON actor_keys (account_id);

CREATE TABLE statuses (
  id                INTEGER PRIMARY KEY,
  uri               TEXT NOT NULL UNIQUE,
  url               TEXT,
  account_id        INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  local             INTEGER NOT NULL DEFAULT 0,
  visibility        INTEGER NOT NULL,         -- 0 public, 1 unlisted, 2 private, 3 direct
  content           TEXT NOT NULL DEFAULT '', -- sanitised HTML
  text              TEXT,                     -- what the owner typed
  spoiler_text      TEXT NOT NULL DEFAULT '',
  sensitive         INTEGER NOT NULL DEFAULT 0,
  language          TEXT,
  created_at        INTEGER NOT NULL,
  edited_at         INTEGER,
  in_reply_to_id    INTEGER REFERENCES statuses (id) ON DELETE SET NULL,
  in_reply_to_uri   TEXT,
  in_reply_to_account_id INTEGER REFERENCES accounts (id) ON DELETE SET NULL,
  reblog_of_id      INTEGER REFERENCES statuses (id) ON DELETE CASCADE,
  conversation      TEXT,
  emojis            TEXT NOT NULL DEFAULT '[]',
  application       TEXT,
  -- The home timeline is an index over this, not a fan-out: 1 by somebody followed, 2 with a followed
  -- hashtag, 4 a boost of what stood near the top already. store/home.rs has the rest of the rule.
  in_home           INTEGER NOT NULL DEFAULT 0,
  replies_count     INTEGER NOT NULL DEFAULT 0,
  reblogs_count     INTEGER NOT NULL DEFAULT 0,
  favourites_count  INTEGER NOT NULL DEFAULT 0,
  quotes_count      INTEGER NOT NULL DEFAULT 0,
  -- Who may quote it: 1 everybody, 2 followers, 4 whom the author follows, 8 others (FEP-044f).
  quote_automatic   INTEGER NOT NULL DEFAULT 0,
  quote_manual      INTEGER NOT NULL DEFAULT 0,
  card_id           INTEGER,                  -- the preview of its first link
  missing_replies   INTEGER,                  -- named in its thread, and not to be had; NULL: nobody looked
  -- What the owner did with it. *_row page the lists of the API.
  favourited_row    INTEGER,
  favourited_uri    TEXT,
  reblogged_by_id   INTEGER,
  bookmarked_row    INTEGER,
  pinned_at         INTEGER,
  muted             INTEGER NOT NULL DEFAULT 0,
  stored_at         INTEGER NOT NULL DEFAULT 0, -- when it came here, however old it was
  markdown          INTEGER NOT NULL DEFAULT 0 -- text is Markdown
) STRICT;
CREATE INDEX statuses_home          ON statuses (id) WHERE in_home > 0;
CREATE INDEX statuses_home_of       ON statuses (account_id, id) WHERE in_home > 0;
CREATE INDEX statuses_public        ON statuses (id) WHERE visibility = 0 AND reblog_of_id IS NULL;
CREATE INDEX statuses_local         ON statuses (id) WHERE visibility = 0 AND local = 1 AND reblog_of_id IS NULL;
CREATE INDEX statuses_by_account    ON statuses (account_id, id);
CREATE INDEX statuses_replies       ON statuses (in_reply_to_id, id) WHERE in_reply_to_id IS NOT NULL;
CREATE INDEX statuses_orphans       ON statuses (in_reply_to_uri) WHERE in_reply_to_id IS NULL AND in_reply_to_uri IS NOT NULL;
CREATE INDEX statuses_answering     ON statuses (in_reply_to_account_id) WHERE in_reply_to_account_id IS NOT NULL;
CREATE INDEX statuses_reblogs       ON statuses (reblog_of_id, id) WHERE reblog_of_id IS NOT NULL;
CREATE INDEX statuses_favourited    ON statuses (favourited_row) WHERE favourited_row IS NOT NULL;
CREATE INDEX statuses_bookmarked    ON statuses (bookmarked_row) WHERE bookmarked_row IS NOT NULL;
CREATE INDEX statuses_pinned        ON statuses (account_id, pinned_at) WHERE pinned_at IS NOT NULL;
CREATE INDEX statuses_by_url        ON statuses (url) WHERE url IS NOT NULL;
CREATE INDEX statuses_direct        ON statuses (id) WHERE visibility = 3;
CREATE INDEX statuses_letters       ON statuses (ifnull(conversation, uri), id) WHERE visibility = 3;

-- The poll of a status; its id is the status's.
CREATE TABLE polls (
  status_id         INTEGER PRIMARY KEY REFERENCES statuses (id) ON DELETE CASCADE,
  options           TEXT NOT NULL,            -- [{"title", "votes"}]
  multiple          INTEGER NOT NULL DEFAULT 0,
  hide_totals       INTEGER NOT NULL DEFAULT 0,
  expires_at        INTEGER,
  voters_count      INTEGER,
  fetched_at        INTEGER NOT NULL,
  own_votes         TEXT NOT NULL DEFAULT '[]' -- what the owner chose, as places in options
) STRICT;

-- Somebody else's vote in an own poll.
CREATE TABLE poll_votes (
  status_id         INTEGER NOT NULL REFERENCES polls (status_id) ON DELETE CASCADE,
  account_id        INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  choice            INTEGER NOT NULL,
  PRIMARY KEY (status_id, account_id, choice)
) STRICT, WITHOUT ROWID;
CREATE INDEX poll_votes_by_account ON poll_votes (account_id);

-- What the owner wrote for later; a job each wakes them.
CREATE TABLE scheduled_statuses (
  id                INTEGER PRIMARY KEY,
  scheduled_at      INTEGER NOT NULL,
  params            TEXT NOT NULL             -- what will be posted, as JSON
) STRICT;
CREATE INDEX scheduled_statuses_by_time ON scheduled_statuses (scheduled_at);

-- What the owner began to write.
CREATE TABLE drafts (
  id                INTEGER PRIMARY KEY,
  key               TEXT NOT NULL UNIQUE,     -- of the box that it stands in; publishing takes the same
  content           TEXT NOT NULL,            -- JSON: ops/drafts.rs
  updated_at        INTEGER NOT NULL
) STRICT;
CREATE INDEX drafts_by_age ON drafts (updated_at);
CREATE INDEX statuses_by_card       ON statuses (card_id, id) WHERE card_id IS NOT NULL;

-- Full text, src/store/search.rs: the words of a post and its properties, no copy of the text. Rows are put in
-- at the end of each transaction; they go by these triggers, since a cascade asks no code.
CREATE VIRTUAL TABLE status_words USING fts5 (
  text, marks, content = '', contentless_delete = 1,
  tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);
CREATE TRIGGER statuses_forgotten AFTER DELETE ON statuses WHEN old.reblog_of_id IS NULL BEGIN
  DELETE FROM status_words WHERE rowid = old.id;
END;
-- Names of accounts; a row that a trigger took out because the name changed is put in again.
CREATE VIRTUAL TABLE account_words USING fts5 (
  names, domain, content = '', contentless_delete = 1, prefix = '2 3',
  tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);
CREATE TRIGGER accounts_forgotten AFTER DELETE ON accounts BEGIN
  DELETE FROM account_words WHERE rowid = old.id;
END;
CREATE TRIGGER accounts_renamed AFTER UPDATE OF username, display_name, domain ON accounts
  WHEN old.username <> new.username OR old.display_name <> new.display_name OR old.domain IS NOT new.domain BEGIN
  DELETE FROM account_words WHERE rowid = old.id;
END;

-- Previews of links, by the address as it stands in posts without what only counts visitors. A row without a
-- title says that there is no preview, so that nobody asks again soon.
CREATE TABLE cards (
  id                INTEGER PRIMARY KEY,
  url               TEXT NOT NULL UNIQUE,
  title             TEXT NOT NULL DEFAULT '',
  description       TEXT NOT NULL DEFAULT '',
  language          TEXT,
  author_name       TEXT NOT NULL DEFAULT '',
  author_url        TEXT NOT NULL DEFAULT '',
  author_id         INTEGER REFERENCES accounts (id) ON DELETE SET NULL, -- who lets this site name them
  provider_name     TEXT NOT NULL DEFAULT '',
  provider_url      TEXT NOT NULL DEFAULT '',
  image             TEXT,
  image_description TEXT NOT NULL DEFAULT '',
  width             INTEGER NOT NULL DEFAULT 0,
  height            INTEGER NOT NULL DEFAULT 0,
  published_at      INTEGER,
  fetched_at        INTEGER NOT NULL,
  -- oEmbed: 'link', 'photo', 'video' or 'rich', the player, and the address of a photo.
  kind              TEXT NOT NULL DEFAULT 'link',
  html              TEXT NOT NULL DEFAULT '',
  embed_url         TEXT NOT NULL DEFAULT '',
  webmention        TEXT NOT NULL DEFAULT '' -- where the page wants to hear of links to it
) STRICT;
CREATE INDEX cards_by_age    ON cards (fetched_at);
CREATE INDEX cards_by_author ON cards (author_id) WHERE author_id IS NOT NULL;

CREATE TABLE mentions (
  status_id         INTEGER NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
  account_id        INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  silent            INTEGER NOT NULL DEFAULT 0, -- addressed, not named in the text
  PRIMARY KEY (status_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX mentions_by_account ON mentions (account_id, status_id);

CREATE TABLE tags (
  id                INTEGER PRIMARY KEY,
  name              TEXT NOT NULL UNIQUE,     -- lower case
  display_name      TEXT NOT NULL,
  following_row     INTEGER,
  featured_row      INTEGER,                  -- on the owner's profile
  uses              INTEGER NOT NULL DEFAULT 0  -- rows of status_tags; kept by the triggers below
) STRICT;
CREATE INDEX tags_followed ON tags (following_row) WHERE following_row IS NOT NULL;
CREATE INDEX tags_featured ON tags (featured_row) WHERE featured_row IS NOT NULL;

CREATE TABLE status_tags (
  tag_id            INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
  status_id         INTEGER NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
  own               INTEGER NOT NULL DEFAULT 0, -- the owner wrote it
  PRIMARY KEY (tag_id, status_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX status_tags_by_status ON status_tags (status_id);
CREATE INDEX status_tags_own       ON status_tags (tag_id, status_id) WHERE own = 1;
-- Triggers, since rows go with their status by the foreign key, which asks no code.
CREATE TRIGGER tags_used AFTER INSERT ON status_tags BEGIN
  UPDATE tags SET uses = uses + 1 WHERE id = new.tag_id;
END;
CREATE TRIGGER tags_unused AFTER DELETE ON status_tags BEGIN
  UPDATE tags SET uses = max(0, uses - 1) WHERE id = old.tag_id;
END;

CREATE TABLE media (
  id                INTEGER PRIMARY KEY,
  status_id         INTEGER REFERENCES statuses (id) ON DELETE CASCADE,
  scheduled_id      INTEGER REFERENCES scheduled_statuses (id) ON DELETE SET NULL,
  position          INTEGER NOT NULL DEFAULT 0,
  kind              TEXT NOT NULL,
  mime              TEXT NOT NULL DEFAULT '',
  blob              TEXT,
  preview_blob      TEXT,
  remote_url        TEXT,
  remote_preview_url TEXT,
  description       TEXT,
  blurhash          TEXT,
  focus_x           REAL,
  focus_y           REAL,
  width             INTEGER NOT NULL DEFAULT 0,
  height            INTEGER NOT NULL DEFAULT 0,
  preview_width     INTEGER NOT NULL DEFAULT 0,
  preview_height    INTEGER NOT NULL DEFAULT 0,
  bytes             INTEGER NOT NULL DEFAULT 0,
  created_at        INTEGER NOT NULL,
  -- An upload that is still worked on: the name of the received file; and why nothing became of it.
  received          TEXT,
  failure           TEXT,
  -- Films and sound: seconds, a fraction as ffmpeg writes it ('30000/1001'), bits a second.
  duration          REAL,
  frame_rate        TEXT,
  bitrate           INTEGER,
  draft_id          INTEGER REFERENCES drafts (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX media_by_status   ON media (status_id, position) WHERE status_id IS NOT NULL;
CREATE INDEX media_unattached  ON media (created_at) WHERE status_id IS NULL;
CREATE INDEX media_by_scheduled ON media (scheduled_id, position) WHERE scheduled_id IS NOT NULL;
CREATE INDEX media_received  ON media (received) WHERE received IS NOT NULL;
CREATE INDEX media_by_draft  ON media (draft_id) WHERE draft_id IS NOT NULL;
CREATE INDEX media_by_blob    ON media (blob) WHERE blob IS NOT NULL;
CREATE INDEX media_by_preview ON media (preview_blob) WHERE preview_blob IS NOT NULL;

-- Others' files that were shown here: a cache under a cap. What was seen longest ago goes first.
CREATE TABLE remote_files (
  id                INTEGER PRIMARY KEY,
  file              TEXT NOT NULL UNIQUE,     -- below cache/: SHA-256 of the address
  mime              TEXT NOT NULL,
  bytes             INTEGER NOT NULL,
  fetched_at        INTEGER NOT NULL,
  seen_at           INTEGER NOT NULL
) STRICT;
CREATE INDEX remote_files_by_seen ON remote_files (seen_at, bytes);

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

-- A status that shows another inside, and whether that one's author lets it be (FEP-044f).
CREATE TABLE quotes (
  id                INTEGER PRIMARY KEY,      -- pages the list of the API; the name of our stamp
  status_id         INTEGER NOT NULL UNIQUE REFERENCES statuses (id) ON DELETE CASCADE,
  account_id        INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE, -- who quotes
  quoted_uri        TEXT NOT NULL,
  quoted_status_id  INTEGER REFERENCES statuses (id) ON DELETE SET NULL,
  quoted_account_id INTEGER REFERENCES accounts (id) ON DELETE SET NULL,
  state             INTEGER NOT NULL,         -- 0 pending, 1 accepted, 2 rejected, 3 revoked, 4 deleted
  legacy            INTEGER NOT NULL DEFAULT 0,
  request_uri       TEXT,
  stamp_uri         TEXT
) STRICT;
CREATE INDEX quotes_of          ON quotes (quoted_status_id, state, id) WHERE quoted_status_id IS NOT NULL;
CREATE INDEX quotes_by_account  ON quotes (account_id);
CREATE INDEX quotes_by_quoted   ON quotes (quoted_account_id) WHERE quoted_account_id IS NOT NULL;
CREATE INDEX quotes_by_request  ON quotes (request_uri) WHERE request_uri IS NOT NULL;
CREATE INDEX quotes_by_stamp    ON quotes (stamp_uri) WHERE stamp_uri IS NOT NULL;
CREATE INDEX quotes_waiting     ON quotes (quoted_uri) WHERE quoted_status_id IS NULL;

-- Every version of an edited status but the current one.
CREATE TABLE status_edits (
  id                INTEGER PRIMARY KEY,
  status_id         INTEGER NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
  content           TEXT NOT NULL,
  spoiler_text      TEXT NOT NULL,
  sensitive         INTEGER NOT NULL,
  media             TEXT NOT NULL DEFAULT '[]', -- ids
  poll              TEXT NOT NULL DEFAULT '[]', -- options
  created_at        INTEGER NOT NULL
) STRICT;
CREATE INDEX status_edits_by_status ON status_edits (status_id, id);

-- Somebody else's Like of an own status.
CREATE TABLE favourites (
  id                INTEGER PRIMARY KEY,
  status_id         INTEGER NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
  account_id        INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  uri               TEXT,
  plain             INTEGER NOT NULL DEFAULT 1, -- a Like without an emoji; else it stands as long as a reaction does
  UNIQUE (status_id, account_id)
) STRICT;
CREATE INDEX favourites_by_uri     ON favourites (uri) WHERE uri IS NOT NULL;
CREATE INDEX favourites_by_account ON favourites (account_id);
CREATE INDEX favourites_paged      ON favourites (status_id, id);

-- Emoji that others gave to the owner's statuses, and the owner to anybody's.
CREATE TABLE reactions (
  id                INTEGER PRIMARY KEY,
  status_id         INTEGER NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
  account_id        INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  emoji             TEXT NOT NULL,            -- Unicode, or the shortcode of url
  url               TEXT NOT NULL DEFAULT '',
  uri               TEXT,                     -- of the activity
  dislike           INTEGER NOT NULL DEFAULT 0, -- for the owner's eyes
  sent              TEXT,                     -- the owner's: as Like or EmojiReact; NULL: not yet
  UNIQUE (status_id, account_id, emoji)
) STRICT;
CREATE INDEX reactions_by_uri     ON reactions (uri) WHERE uri IS NOT NULL;
CREATE INDEX reactions_by_account ON reactions (account_id);

CREATE TABLE notifications (
  id                INTEGER PRIMARY KEY,
  kind              TEXT NOT NULL,
  account_id        INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  status_id         INTEGER REFERENCES statuses (id) ON DELETE CASCADE,
  created_at        INTEGER NOT NULL,         -- the time in its id
  filtered          INTEGER NOT NULL DEFAULT 0, -- 1 held back by the policy; 2 cleared away, and gone within hours
  -- Of a stranger's: why it lies on the quiet shelf (ops/strangers.rs), their server, and a digest of what they said.
  reason            TEXT,
  host              TEXT,
  words             INTEGER
) STRICT;
CREATE UNIQUE INDEX notifications_once  ON notifications (account_id, kind, ifnull(status_id, 0));
CREATE INDEX notifications_shown        ON notifications (id) WHERE filtered = 0;
CREATE INDEX notifications_by_kind      ON notifications (kind, filtered, id);
CREATE INDEX notifications_by_account   ON notifications (account_id, id);
CREATE INDEX notifications_held         ON notifications (account_id, id) WHERE filtered = 1;
-- A group is one kind about one status within a span of ids.
CREATE INDEX notifications_groups       ON notifications (kind, ifnull(status_id, 0), id) WHERE filtered = 0;
CREATE INDEX notifications_by_status    ON notifications (status_id) WHERE status_id IS NOT NULL;
CREATE INDEX notifications_cleared      ON notifications (id) WHERE filtered = 2;
CREATE INDEX notifications_shelved      ON notifications (id) WHERE reason IS NOT NULL;
CREATE INDEX notifications_shelved_of   ON notifications (host, id) WHERE reason IS NOT NULL;
CREATE INDEX notifications_by_host      ON notifications (host, id) WHERE host IS NOT NULL;
CREATE INDEX notifications_by_words     ON notifications (words, id) WHERE words IS NOT NULL;
-- A request ends with the last mention that it is about, also when that goes with its status.
CREATE TRIGGER requests_end AFTER DELETE ON notifications WHEN old.filtered = 1 BEGIN
  UPDATE accounts SET request_row = NULL
   WHERE id = old.account_id AND request_row IS NOT NULL AND NOT EXISTS (
         SELECT 1 FROM notifications n
          WHERE n.account_id = old.account_id AND n.filtered = 1 AND n.kind IN ('mention', 'quote'));
END;

CREATE TABLE lists (
  id                INTEGER PRIMARY KEY,
  title             TEXT NOT NULL,
  replies_policy    TEXT NOT NULL DEFAULT 'list',
  exclusive         INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE list_accounts (
  list_id           INTEGER NOT NULL REFERENCES lists (id) ON DELETE CASCADE,
  account_id        INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  row               INTEGER NOT NULL,
  PRIMARY KEY (list_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX list_accounts_by_account ON list_accounts (account_id);
CREATE INDEX list_accounts_paged      ON list_accounts (list_id, row);

-- Lists of people that the owner recommends to everybody.
CREATE TABLE collections (
  id                INTEGER PRIMARY KEY,
  name              TEXT NOT NULL,
  description       TEXT NOT NULL DEFAULT '',
  language          TEXT,
  sensitive         INTEGER NOT NULL DEFAULT 0,
  discoverable      INTEGER NOT NULL DEFAULT 0,
  tag_id            INTEGER REFERENCES tags (id) ON DELETE SET NULL,
  created_at        INTEGER NOT NULL,
  updated_at        INTEGER NOT NULL
) STRICT;
CREATE INDEX collections_by_tag ON collections (tag_id) WHERE tag_id IS NOT NULL;
CREATE TABLE collection_items (
  id                INTEGER PRIMARY KEY,      -- sorts by when it was put in
  collection_id     INTEGER NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
  account_id        INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  state             INTEGER NOT NULL DEFAULT 0, -- 0 pending, 1 accepted, 2 rejected, 3 revoked
  created_at        INTEGER NOT NULL,
  UNIQUE (collection_id, account_id)
) STRICT;
CREATE INDEX collection_items_by_account ON collection_items (account_id);

-- The owner's own pictures for :shortcodes:.
CREATE TABLE custom_emojis (
  id                INTEGER PRIMARY KEY,
  shortcode         TEXT NOT NULL UNIQUE,
  blob              TEXT NOT NULL,
  static_blob       TEXT NOT NULL,            -- the same, or the first frame of it
  category          TEXT,
  updated_at        INTEGER NOT NULL
) STRICT;

-- A year of the owner's posts in a few numbers.
CREATE TABLE annual_reports (
  year              INTEGER PRIMARY KEY,
  data              TEXT,                     -- JSON; none: it is being made
  viewed_at         INTEGER,
  created_at        INTEGER NOT NULL
) STRICT;

-- What the owner does not want to read, or only on a press. ops/filtering.rs compiles them; the settings
-- row 'filters' names their version.
CREATE TABLE filters (
  id                INTEGER PRIMARY KEY,
  title             TEXT NOT NULL,
  contexts          TEXT NOT NULL,            -- JSON: home, notifications, public, thread, account
  action            TEXT NOT NULL DEFAULT 'warn',
  expires_at        INTEGER
) STRICT;
CREATE TABLE filter_keywords (
  id                INTEGER PRIMARY KEY,
  filter_id         INTEGER NOT NULL REFERENCES filters (id) ON DELETE CASCADE,
  keyword           TEXT NOT NULL,
  whole_word        INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX filter_keywords_by_filter ON filter_keywords (filter_id, id);
CREATE TABLE filter_statuses (
  id                INTEGER PRIMARY KEY,
  filter_id         INTEGER NOT NULL REFERENCES filters (id) ON DELETE CASCADE,
  status_id         INTEGER NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
  UNIQUE (filter_id, status_id)
) STRICT;
CREATE INDEX filter_statuses_by_status ON filter_statuses (status_id);

CREATE TABLE markers (
  timeline          TEXT PRIMARY KEY,
  last_read_id      TEXT NOT NULL,
  version           INTEGER NOT NULL DEFAULT 0,
  updated_at        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Direct conversations; what was said is in statuses.
CREATE TABLE conversations (
  id                INTEGER PRIMARY KEY,      -- its first status
  key               TEXT NOT NULL UNIQUE,     -- as in statuses, else the first status's uri
  last_id           INTEGER NOT NULL,         -- its last status
  unread            INTEGER NOT NULL,
  hidden            INTEGER NOT NULL DEFAULT 0 -- put away, until somebody speaks
) STRICT;
CREATE INDEX conversations_paged ON conversations (hidden, last_id);
CREATE INDEX conversations_unread ON conversations (id) WHERE unread = 1 AND hidden = 0;
-- However its last status goes, the one before takes the place, or the conversation ends.
CREATE TRIGGER conversations_end AFTER DELETE ON statuses WHEN old.visibility = 3 BEGIN
  UPDATE conversations SET last_id = ifnull((
         SELECT s.id FROM statuses s
          WHERE s.visibility = 3 AND ifnull(s.conversation, s.uri) = ifnull(old.conversation, old.uri)
            AND NOT EXISTS (SELECT 1 FROM notifications n WHERE n.status_id = s.id AND n.filtered = 1)
          ORDER BY s.id DESC LIMIT 1), 0)
   WHERE key = ifnull(old.conversation, old.uri) AND last_id = old.id;
  DELETE FROM conversations WHERE key = ifnull(old.conversation, old.uri) AND last_id = 0;
END;

-- What the owner reported, the newest of it.
CREATE TABLE reports (
  id                INTEGER PRIMARY KEY,
  account_id        INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  status_ids        TEXT NOT NULL DEFAULT '[]',
  comment           TEXT NOT NULL DEFAULT '',
  category          TEXT NOT NULL,
  forwarded         INTEGER NOT NULL DEFAULT 0,
  created_at        INTEGER NOT NULL
) STRICT;
CREATE INDEX reports_by_account ON reports (account_id);

-- What authors, the owner too, let others do with a post, where that is not everything.
CREATE TABLE policies (
  status_id         INTEGER PRIMARY KEY REFERENCES statuses (id) ON DELETE CASCADE,
  policy            TEXT NOT NULL
) STRICT;

-- Own replies and boosts that need the author's leave.
CREATE TABLE approvals (
  status_id         INTEGER PRIMARY KEY REFERENCES statuses (id) ON DELETE CASCADE,
  state             INTEGER NOT NULL DEFAULT 0, -- 0 asked, 1 given, 2 refused
  uri               TEXT
) STRICT;

-- Hashtags that others feature on their profiles.
CREATE TABLE featured_by_others (
  id                INTEGER PRIMARY KEY,
  account_id        INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  name              TEXT NOT NULL,            -- as they spell it
  url               TEXT NOT NULL
) STRICT;
CREATE INDEX featured_by_account ON featured_by_others (account_id, id);

-- Reports of other servers about the owner.
CREATE TABLE flags (
  id                INTEGER PRIMARY KEY,
  account_id        INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  uri               TEXT UNIQUE,
  status_ids        TEXT NOT NULL DEFAULT '[]',
  comment           TEXT NOT NULL DEFAULT '',
  created_at        INTEGER NOT NULL
) STRICT;
CREATE INDEX flags_by_account ON flags (account_id, id);

CREATE TABLE idempotency_keys (
  key               TEXT PRIMARY KEY,
  status_id         INTEGER NOT NULL,
  scheduled         INTEGER NOT NULL DEFAULT 0, -- 1: status_id is of a scheduled status
  created_at        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

-- OAuth. Secrets stand here only as SHA-256, so that a copy of the file opens no account.
CREATE TABLE apps (
  id                INTEGER PRIMARY KEY,
  client_id         TEXT NOT NULL UNIQUE,
  client_secret     TEXT NOT NULL,            -- SHA-256
  name              TEXT NOT NULL,
  website           TEXT,
  redirect_uris     TEXT NOT NULL,            -- one a line
  scopes            TEXT NOT NULL,
  created_at        INTEGER NOT NULL
) STRICT;
CREATE TABLE codes (
  hash              TEXT PRIMARY KEY,
  app_id            INTEGER NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
  redirect_uri      TEXT NOT NULL,
  scopes            TEXT NOT NULL,
  challenge         TEXT,                     -- PKCE S256
  expires_at        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE tokens (
  id                INTEGER PRIMARY KEY,
  hash              TEXT NOT NULL UNIQUE,
  app_id            INTEGER NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
  user              INTEGER NOT NULL,         -- 1: the owner; 0: the app alone
  scopes            TEXT NOT NULL,
  created_at        INTEGER NOT NULL,
  used_at           INTEGER,
  session_id        INTEGER REFERENCES sessions (id) ON DELETE CASCADE, -- a browser's own, for its push
  expires_at        INTEGER                   -- NULL: it does not end by itself
) STRICT;
CREATE INDEX tokens_by_app ON tokens (app_id);
-- Addresses that are told what happens here.
CREATE TABLE webhooks (
  id                INTEGER PRIMARY KEY,
  url               TEXT NOT NULL UNIQUE,
  secret            TEXT NOT NULL,            -- signs what is told
  posts             INTEGER NOT NULL,         -- tells of the owner's posts
  notifications     INTEGER NOT NULL,         -- tells of notifications
  failures          INTEGER NOT NULL DEFAULT 0, -- since the last success
  told_at           INTEGER,
  failed_at         INTEGER,
  failure           TEXT
) STRICT;
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
CREATE UNIQUE INDEX tokens_by_session ON tokens (session_id);
-- An app that wants to be called: one a token, and gone with it.
CREATE TABLE push_subscriptions (
  id                INTEGER PRIMARY KEY AUTOINCREMENT, -- small: Tusky reads 32 bits
  token_id          INTEGER NOT NULL UNIQUE REFERENCES tokens (id) ON DELETE CASCADE,
  -- Every message tells the app its own token, by which it knows the account, so a digest will not do here:
  -- sealed (src/sig/seal.rs). Whoever has this whole file has the owner's keys anyway.
  token             TEXT NOT NULL,
  endpoint          TEXT NOT NULL,
  p256dh            TEXT NOT NULL,
  auth              TEXT NOT NULL,
  standard          INTEGER NOT NULL,         -- 1: RFC 8291; 0: the drafts before it
  alerts            TEXT NOT NULL,            -- the kinds that are wanted, as a JSON array
  policy            TEXT NOT NULL,            -- all, followed, follower, none
  created_at        INTEGER NOT NULL,
  delivered_at      INTEGER,                  -- what the push service answered last
  failed_at         INTEGER,
  failure           TEXT,
  failures          INTEGER NOT NULL DEFAULT 0, -- since the last success
  rests_until       INTEGER
) STRICT;
CREATE TABLE sessions (
  id                INTEGER PRIMARY KEY,
  hash              TEXT NOT NULL UNIQUE,
  user_agent        TEXT NOT NULL DEFAULT '',
  created_at        INTEGER NOT NULL,
  used_at           INTEGER NOT NULL,
  confirmed_at      INTEGER NOT NULL DEFAULT 0 -- when the owner last proved who it is
) STRICT;
-- One-time sign-in links, and the link of the first-run wizard.
CREATE TABLE login_links (
  hash              TEXT PRIMARY KEY,
  expires_at        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- The last ways in, whether their sessions last or not.
CREATE TABLE sign_ins (
  id                INTEGER PRIMARY KEY,
  how               TEXT NOT NULL,            -- password, code, recovery, passkey, link
  user_agent        TEXT NOT NULL,
  created_at        INTEGER NOT NULL
) STRICT;
-- The second factor (RFC 6238): at most one that counts and one that waits for its first code.
CREATE TABLE totp (
  confirmed         INTEGER PRIMARY KEY CHECK (confirmed IN (0, 1)),
  secret            TEXT NOT NULL,            -- base32
  last_step         INTEGER NOT NULL DEFAULT 0, -- of the last code that was taken
  created_at        INTEGER NOT NULL
) STRICT;
CREATE TABLE recovery_codes (
  hash              TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
CREATE TABLE passkeys (
  id                INTEGER PRIMARY KEY,
  credential        BLOB NOT NULL UNIQUE,
  public_key        BLOB NOT NULL,            -- 65 bytes: a point of P-256; 32: Ed25519
  counter           INTEGER NOT NULL,
  name              TEXT NOT NULL,
  created_at        INTEGER NOT NULL,
  used_at           INTEGER
) STRICT;
-- Challenges and tickets that have served.
CREATE TABLE spent_tickets (
  hash              TEXT PRIMARY KEY,
  expires_at        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The durable queue. Jobs of one lane run one after the other; a lane is due at run_at.
CREATE TABLE jobs (
  id                INTEGER PRIMARY KEY,
  lane              TEXT NOT NULL,
  payload           TEXT NOT NULL,
  run_at            INTEGER NOT NULL,
  attempts          INTEGER NOT NULL DEFAULT 0,
  created_at        INTEGER NOT NULL
) STRICT;
CREATE INDEX jobs_by_lane ON jobs (lane, id);
CREATE INDEX jobs_due     ON jobs (lane, run_at);
CREATE TABLE lanes (
  lane              TEXT PRIMARY KEY,
  run_at            INTEGER NOT NULL,
  ailing            INTEGER NOT NULL DEFAULT 0 -- its last job could not be done: it gets few places
) STRICT, WITHOUT ROWID;
CREATE INDEX lanes_due ON lanes (run_at);

-- What is sent, stored once; and one receipt an inbox.
CREATE TABLE activities (
  id                INTEGER PRIMARY KEY,
  uri               TEXT NOT NULL,
  status_id         INTEGER,                  -- no reference: a Delete outlives its status
  body              TEXT NOT NULL,
  signer            INTEGER NOT NULL DEFAULT 0, -- 0 the owner, 1 the instance, 2 the owner's key before the last change
  created_at        INTEGER NOT NULL,
  kind              TEXT NOT NULL DEFAULT '', -- Create, Update ...
  object            TEXT                      -- the id of what it is about: what is newer takes its place
) STRICT;
CREATE INDEX activities_by_status ON activities (status_id) WHERE status_id IS NOT NULL;
CREATE INDEX activities_by_age    ON activities (created_at);
CREATE INDEX activities_by_uri    ON activities (uri);
CREATE INDEX activities_by_object ON activities (object) WHERE object IS NOT NULL;
CREATE TABLE deliveries (
  id                INTEGER PRIMARY KEY,
  activity_id       INTEGER NOT NULL REFERENCES activities (id) ON DELETE CASCADE,
  inbox             TEXT NOT NULL,
  state             TEXT NOT NULL DEFAULT 'waiting', -- waiting, delivered, failed, superseded
  attempts          INTEGER NOT NULL DEFAULT 0,
  answer            INTEGER,                  -- the last HTTP status
  reason            TEXT,                     -- the last failure in words
  updated_at        INTEGER NOT NULL,
  host              TEXT NOT NULL DEFAULT '', -- of the inbox, as in hosts
  UNIQUE (activity_id, inbox)
) STRICT;
CREATE INDEX deliveries_waiting ON deliveries (host, id) WHERE state = 'waiting';

-- Who followed when the owner moved away, and what became of each.
CREATE TABLE move_followers (
  uri               TEXT PRIMARY KEY,
  acct              TEXT NOT NULL,
  inbox             TEXT NOT NULL,
  arrived           INTEGER NOT NULL DEFAULT 0 -- the new account's list of followers has them
) STRICT, WITHOUT ROWID;

-- What is remembered of other servers.
CREATE TABLE hosts (
  host              TEXT PRIMARY KEY,
  scheme            TEXT NOT NULL DEFAULT 'cavage', -- the signature that it last accepted
  failing_since     INTEGER,
  failures          INTEGER NOT NULL DEFAULT 0,
  seen_at           INTEGER,                  -- the last sign of life
  software          TEXT,                     -- what its NodeInfo says; '': nothing
  software_at       INTEGER,                  -- when that was asked
  -- What came from it on that day, which is bounded.
  day               INTEGER NOT NULL DEFAULT 0,
  new_accounts      INTEGER NOT NULL DEFAULT 0,
  new_statuses      INTEGER NOT NULL DEFAULT 0,
  told_at           INTEGER                   -- when it was told that the house came out of its phrase again
) STRICT, WITHOUT ROWID;
CREATE INDEX hosts_failing ON hosts (failing_since) WHERE failing_since IS NOT NULL;
CREATE INDEX hosts_by_age ON hosts (max(ifnull(seen_at, 0), ifnull(software_at, 0), ifnull(failing_since, 0)));

-- Where posts of strangers come from, if the owner wants some: relays, servers with an account a hashtag, and
-- servers whose public hashtag pages are read.
CREATE TABLE sources (
  id                INTEGER PRIMARY KEY,
  kind              TEXT NOT NULL,            -- relay, tags, pages
  address           TEXT NOT NULL UNIQUE,     -- of a relay its inbox or actor, else a host
  everything        INTEGER NOT NULL DEFAULT 0, -- a relay's posts are kept without a followed hashtag, too
  sends             INTEGER NOT NULL DEFAULT 0, -- the relay gets the owner's public posts
  taken             INTEGER NOT NULL DEFAULT 0, -- posts that it brought
  asked_at          INTEGER,                  -- when its pages were read last
  failure           TEXT,                     -- why it brings nothing, in words
  created_at        INTEGER NOT NULL
) STRICT;
-- What the instance actor follows for it.
CREATE TABLE subscriptions (
  id                INTEGER PRIMARY KEY,
  source_id         INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
  tag               TEXT NOT NULL,            -- of an account that stands for a hashtag; else empty
  inbox             TEXT NOT NULL,
  actor             TEXT,                     -- NULL: a relay that is known by its inbox alone
  object            TEXT NOT NULL,            -- what is followed: that actor, or Public
  follow_uri        TEXT NOT NULL UNIQUE,
  state             INTEGER NOT NULL DEFAULT 1, -- 0 refused, 1 asked, 2 accepted
  UNIQUE (source_id, tag)
) STRICT;
CREATE INDEX subscriptions_by_actor ON subscriptions (actor) WHERE actor IS NOT NULL;
CREATE INDEX subscriptions_by_inbox ON subscriptions (inbox);

-- Activities that came in, so that a second arrival is nothing; kept 30 days.
CREATE TABLE seen_activities (
  uri               TEXT PRIMARY KEY,
  seen_at           INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_activities_by_age ON seen_activities (seen_at);

-- What was deleted: a late Create is refused, and our own answer 410.
CREATE TABLE tombstones (
  uri               TEXT PRIMARY KEY,
  deleted_at        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX tombstones_by_age ON tombstones (deleted_at);

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
