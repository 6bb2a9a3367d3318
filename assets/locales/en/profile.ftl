# A profile, its tabs, and the ways on for visitors.
profile-tabs = What to show
profile-posts = Posts
profile-replies = Replies
profile-media = Media
profile-about = About
profile-people = People
profile-hashtags = Hashtags
profile-all-posts = All posts
profile-nothing = Nothing here yet.
profile-posts-of = Posts of { $name }
profile-preview = Posts of { $name } ({ $handle })
profile-avatar-of = Avatar of { $name }
profile-moved = { $name } has moved to { $target }.
profile-more = More
profile-edit = Edit profile
profile-mention = Mention
profile-verified = The page links back here
profile-count-posts = { $number } { $count ->
    [one] post
   *[other] posts
 }
profile-count-following = { $number } following
profile-count-followers = { $number } { $count ->
    [one] follower
   *[other] followers
 }
profile-since = since { $date }
profile-about-who = About { $name }
profile-nothing-said = Nothing is said here yet.
profile-here-since = Here since { $date }.
profile-last-post = The last post was on { $date }.
profile-tag-posts = { $count ->
    [one] { $number } post
   *[other] { $number } posts
 }
profile-feeds = Follow in another way
profile-embed = Post by { $name }
profile-feed-tag = Posts of { $name } with { $tag }
profile-feed-covered = Behind a warning: see it on its page
profile-remote-follow = Follow
profile-remote-follow-who = Follow { $name }
profile-remote-follow-from = Follow from your own server
profile-remote-from = From your own server
profile-remote-act = Reply, boost or favourite
profile-remote-reply = Reply
profile-remote-boost = Boost
profile-remote-favourite = Favourite
profile-remote-go = Go there
profile-remote-address = you@your.server
profile-remote-hint = Your address in the fediverse; it is not kept.
profile-remote-see = See the post
profile-remote-on-to = On to { $domain }
profile-remote-on-why = Your own server takes over from here.
profile-remote-continue = Continue
profile-remote-title = On to your server
