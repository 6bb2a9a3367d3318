-- A client of its own: what writing, settings and the IndieWeb keep.

-- Rooms: how many conversations are unread stands beside their name on every page.
CREATE INDEX conversations_unread ON conversations (id) WHERE unread = 1 AND hidden = 0;
