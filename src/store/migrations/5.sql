-- A client of its own: what writing, settings and the IndieWeb keep.

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
