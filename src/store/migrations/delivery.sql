ALTER TABLE activities ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE activities ADD COLUMN object TEXT;
CREATE INDEX activities_by_object ON activities (object) WHERE object IS NOT NULL;
ALTER TABLE deliveries ADD COLUMN host TEXT NOT NULL DEFAULT '';
CREATE INDEX deliveries_waiting ON deliveries (host, id) WHERE state = 'waiting';
ALTER TABLE lanes ADD COLUMN ailing INTEGER NOT NULL DEFAULT 0;
CREATE INDEX hosts_failing ON hosts (failing_since) WHERE failing_since IS NOT NULL;
CREATE INDEX activities_by_uri ON activities (uri);
