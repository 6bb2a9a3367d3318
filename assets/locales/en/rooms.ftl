# The rooms of the owner: their names, lists, conversations, hashtags, suggestions, other servers.
rooms-nav = Rooms
rooms-home = Home
rooms-notifications = Notifications
rooms-write = Write
rooms-search = Search and follow
rooms-profile = Profile
rooms-more = More
rooms-new = new
rooms-conversations = Conversations
rooms-lists = Lists
rooms-tags = Hashtags
rooms-bookmarks = Bookmarks
rooms-favourites = Favourites
rooms-drafts = Drafts
rooms-scheduled = Scheduled
rooms-follow-requests = Follow requests
rooms-settings = Settings
rooms-about = About
rooms-privacy = Privacy
rooms-terms = Terms
rooms-sign-in = Sign in
rooms-runs-on = Runs on Taure
rooms-save = Save
rooms-edit = Edit
rooms-delete = Delete
rooms-keep = Keep it
rooms-marked-none = Nothing is kept here yet.

rooms-lists-none = No lists yet. A list shows what some of the people you follow write, apart from the rest.
rooms-list-new = A new list
rooms-list-name = Name
rooms-list-replies = Replies
rooms-list-replies-followed = To anybody whom you follow
rooms-list-replies-list = To people on the list
rooms-list-replies-none = None
rooms-list-exclusive = Keep its people out of Home
rooms-list-exclusive-hint = Their posts stand in this list only.
rooms-list-apart = Not in Home
rooms-list-members = Members
rooms-list-members-of = Members of { $list }
rooms-list-quiet = Nothing here yet. What the members of the list post comes here.
rooms-list-edit = Edit { $list }
rooms-list-back = Back to the list
rooms-list-delete = Delete { $list }?
rooms-list-delete-hint = The list goes. You still follow everybody who is in it.
rooms-list-find = Find somebody whom you follow
rooms-list-search = Find
rooms-list-nobody = You follow nobody of that name.
rooms-list-empty = Nobody is in this list yet.
rooms-list-add = Add
rooms-list-remove = Remove
rooms-list-first = Make a list first

rooms-unsealed = Not encrypted: the servers of everybody in it can read it.
rooms-not-encrypted = not encrypted
rooms-conversations-none = No conversations. A post for mentioned people only begins one.
rooms-conversation-new = New
rooms-conversation-picture = A picture
rooms-conversation-self = A note to yourself
rooms-conversation-you = You:
rooms-conversation-delete = Delete from the list
rooms-unread = Unread
rooms-mark-read = Mark as read
rooms-mark-unread = Mark as unread

rooms-tag-none = No posts with this tag here.
rooms-tag-name = A hashtag
rooms-tag-follow = Follow
rooms-tag-unfollow = Unfollow
rooms-tag-feature = Show on the profile
rooms-tag-unfeature = Take off the profile
rooms-tag-wrong = This is no hashtag
rooms-tag-posts = { $count ->
    [one] { $count } post
   *[other] { $count } posts
 }
rooms-tags-followed = Followed
rooms-tags-none = You follow none. Open a hashtag and press Follow, or name one here.
rooms-tags-featured = On the profile
rooms-tags-featured-hint = Visitors see them there, ten at most.
rooms-tags-sources = Where strangers’ posts come from

rooms-suggestions = Whom you may want to follow
rooms-suggestions-hint = People whom those you follow boost, answer or mention. Nobody is asked for this list.
rooms-suggestions-none = Nobody yet. The more people you follow, the more there is to find.
rooms-suggestions-more = More of them
rooms-suggestion-dismiss = Dismiss

rooms-server-ties = You follow { $following } there, and { $followers } there follow you.
rooms-server-failing = It cannot be reached since { $since }.
rooms-server-failing-more = All servers in trouble
rooms-server-wake = Try now
rooms-server-blocked = You block this server: nothing of it is shown.
rooms-server-look = Look at its public posts
rooms-server-block = Block this server
rooms-server-posts = Public posts
rooms-server-none = It shows no public posts.

rooms-discovery-title = Hashtags and relays
rooms-discovery-followed = Followed hashtags
rooms-discovery-none = You follow none. Open a hashtag and press Follow.
rooms-discovery-sources = Where strangers’ posts come from
rooms-discovery-hint = A server for one sees only the posts of people you follow. Here you may name others that bring posts with the hashtags you follow. No more than thirty a minute are looked at, and nothing comes until you name one.
rooms-discovery-new = Add one
rooms-discovery-add = Add
rooms-discovery-remove = Remove
rooms-discovery-name = Name or address
rooms-discovery-sends = A relay: send it my public posts
rooms-discovery-sends-hint = So that strangers on its servers can find them.
rooms-discovery-everything = A relay: keep all its posts
rooms-discovery-everything-hint = Not only those with hashtags I follow. They fill the disk, and the federated timeline.
rooms-discovery-pages = Hashtag pages of a server
rooms-discovery-pages-hint = A server's name, like mastodon.social. Its public hashtag pages are read every hour.
rooms-discovery-accounts = Hashtag accounts of a server
rooms-discovery-accounts-hint = A server's name, like tags.pub, that has an account for each hashtag.
rooms-discovery-relay = A relay
rooms-discovery-relay-hint = Its address: https://relay.example/inbox for Mastodon's kind, https://relay.example/actor for Pleroma's.
rooms-discovery-all-posts = all its posts
rooms-discovery-gets = gets my public posts
rooms-discovery-brought = brought { $count ->
    [one] { $count } post
   *[other] { $count } posts
 }
rooms-discovery-asked = last asked { $when }
rooms-discovery-taken = { $count } accepted.
rooms-discovery-waiting = { $count } not answered yet.
rooms-discovery-refused = { $count } refused.
rooms-discovery-trouble = Last trouble: { $reason }
rooms-back-settings = Back to the settings
rooms-skip = Skip to content
