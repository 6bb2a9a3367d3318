# People around the owner, and whom the owner does not want to see.
people-requests = Follow requests
people-requests-none = Nobody is asking to follow you.
people-following = Following
people-following-none = You follow nobody yet. Search for a name like @user@server.
people-followers = Followers
people-followers-none = Nobody follows you yet.
people-hidden = This list is kept private.
people-hidden-hint = Only you see this list.
people-accept = Accept
people-reject = Reject
people-remove-follower = Remove
people-yours = For your eyes only
people-note = Your note
people-note-hint = Nobody else ever sees it.
people-note-save = Save the note
people-bell-on = Notify me of each post
people-bell-off = Do not notify me of each post
people-languages = Only posts in these languages
people-languages-hint = Codes like en, lv. Leave it empty for all.
people-languages-save = Save the languages
people-languages-wrong = These are no codes of languages
people-not-followed = You do not follow this account
people-lists = Lists
people-older = Fetch older posts
people-older-wait = Older posts are being fetched. Look again in a moment.
people-server = About { $server }
people-back = Back to the profile
people-unblock = Unblock
people-unmute = Unmute
people-blocks = Muted and blocked
people-blocks-tabs = What to show
people-blocks-muted = Muted
people-blocks-blocked = Blocked
people-blocks-servers = Servers
people-blocks-back = Back to the settings
people-mutes-none = You mute nobody.
people-blocks-none = You block nobody.
people-servers-none = You block no server.
people-muted-until = until { $time }
people-muted-forever = for ever
people-server-block = Block a whole server
people-server-hint = Nothing by its people is shown any more. Before it is blocked you see what it costs.
people-server-next = Next
people-server-ask = Block { $server }?
people-server-loss = You lose { $followers } there, and no longer follow { $following }. They do not come back when you unblock it.
people-server-followers = { $count ->
    [one] { $count } follower
   *[other] { $count } followers
 }
people-server-people = { $count ->
    [one] { $count } person
   *[other] { $count } people
 }
people-server-do = Block
people-server-leave = Leave it
people-mute-for = Mute for a while
people-mute-for-hint = You see nothing of them until then, and hear nothing. After that all is as before.
people-mute-save = Mute
people-mute-hour = An hour
people-mute-day = A day
people-mute-week = A week
people-mute-month = A month
