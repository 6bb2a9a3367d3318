# Moving in: what is brought along from elsewhere, its preview and its report.
import-kind-archive = Mastodon archive

import-sort-posts = Posts
import-sort-files = Pictures, films and sounds
import-sort-pins = Pinned posts
import-sort-bookmarks = Bookmarks
import-sort-likes = Favourites
import-sort-profile = Profile pictures

import-left-boost = boosts of others’ posts
import-left-broken = damaged
import-left-deleted = you deleted it here since
import-left-direct = private mentions, which stay out unless you say so
import-left-elsewhere = the file is not in the archive but on another server
import-left-foreign = written by somebody else
import-left-future = dated in the future
import-left-gone = its server does not show it any more
import-left-have = you have one here already
import-left-large = too large
import-left-like = favourites cannot be given a second time without telling everybody
import-left-many = more than one import takes
import-left-missing = the file is not in the archive
import-left-post = its post is left out or here already
import-left-refused = a kind of file that cannot be shown
import-left-undated = without a date
import-left-unknown = nothing that can be read here
