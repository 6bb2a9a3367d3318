ALTER TABLE favourites ADD COLUMN emoji TEXT;
ALTER TABLE favourites ADD COLUMN emoji_url TEXT;
