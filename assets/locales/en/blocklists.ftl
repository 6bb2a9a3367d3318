# What holds for whole servers, and lists of such.

blocklists-tab = Lists
blocklists-edit = Change
blocklists-rule = What holds there
blocklists-suspend = Suspended: nothing goes in or out
blocklists-hide = Hidden: nothing of it is shown
blocklists-silence = Silenced: only those you follow are heard
blocklists-free = Nothing but what is chosen below
blocklists-exception = Never blocked, whatever a list says
blocklists-no-media = Fetch and show no pictures, films or sounds of it
blocklists-no-reports = Take no reports from it
blocklists-below = All servers below that name, too
blocklists-comment = Note for yourself
blocklists-public = Reason for everybody
blocklists-published = Show it in the public list of your blocks
blocklists-obfuscate = With stars in its name there
blocklists-save = Save
blocklists-lift = Remove
blocklists-listed = From a list
blocklists-tags-media = no media
blocklists-tags-reports = no reports
blocklists-name-suspend = suspended
blocklists-name-hide = hidden
blocklists-name-silence = silenced
blocklists-name-free = limited
blocklists-name-exception = never blocked
blocklists-today = Today { $accounts } of { $most } new people and { $posts } of { $all } new posts came from it. More are not taken.
blocklists-drafts = For you to decide
blocklists-drafts-hint = Lists want these servers blocked, and you would lose people there. Nothing happens until you decide.
blocklists-loss = You would lose { $followers } followers and { $following } people you follow.
blocklists-accept = Block
blocklists-decline = Leave it
blocklists-file = Bring a list
blocklists-file-hint = A CSV file of Mastodon’s, a JSON file of GoToSocial’s, or a text with one server a line. You see what it does before it does anything.
blocklists-file-choose = File
blocklists-file-look = Look at it
blocklists-waits = A list waits
blocklists-waits-count = { $count ->
    [one] { $count } server would be blocked or limited.
   *[other] { $count } servers would be blocked or limited.
 }
blocklists-waits-losses = With these you would lose people. They are not blocked now; you decide about each.
blocklists-waits-line = { $server }: { $followers } followers, { $following } you follow
blocklists-waits-more = And { $count } more.
blocklists-take = Block them
blocklists-forget = Throw it away
blocklists-lists = Lists you subscribe to
blocklists-lists-hint = Each is read once a day. What it takes back is taken back here.
blocklists-lists-none = You subscribe to no list.
blocklists-url = Address of a list
blocklists-subscribe = Subscribe
blocklists-unsubscribe = Unsubscribe
blocklists-waiting = It is being read.
blocklists-read = { $count } servers, read { $time }. Left out: { $skipped }.
blocklists-failed = It could not be read: { $why }
blocklists-export = Save your blocks as a file
