# What is done with a post that stands.

posts-delete-title = Delete a post
posts-delete-question = Delete this post?
posts-delete-explained = It goes from here at once, and other servers are asked to delete it, too. Nobody can bring it back.
posts-delete = Delete it
posts-keep = Keep it
posts-redraft-menu = Delete and write again
posts-redraft-title = Write a post again
posts-redraft-question = Delete this post and write it again?
posts-redraft-explained = Its text, pictures and poll become a draft. The post goes with its replies’ ties, favourites and boosts; other servers are asked to delete it, too.
posts-redraft = Delete and write again
posts-history = Versions of a post
posts-history-of = All versions of a post by { $name }
posts-history-back = To the post
posts-version = Version { $number }
posts-version-first = As it was first posted
posts-version-now = As it is now
posts-no-words = No words
posts-was-warned = Warning: { $text }
posts-warning-gone = The content warning was taken away
posts-now-sensitive = Its pictures are hidden until they are pressed
posts-not-sensitive = Its pictures are not hidden any more
posts-media-changed = Other pictures, films or sounds: { $before } before, { $now } now
posts-poll-changed = The poll was changed
posts-poll-options = Poll: { $options }
