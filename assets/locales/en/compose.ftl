# The box in which posts are written, and the pages around it.

## The box
compose-prompt = What is on your mind?
compose-your-reply = Your reply
compose-content = Content
compose-warning = Warning
compose-content-warning = Content warning
compose-about-what = What is it about?
compose-media = Pictures, films, sounds
compose-poll = Poll
compose-more = More
compose-visibility = Who can see it
compose-language = Language
compose-publish = Post
compose-reply = Reply
compose-save = Save
compose-anyway = Post anyway
compose-preview = Preview
compose-save-draft = Save as draft
compose-saved = Saved as a draft
compose-kept-here = No connection: kept in this browser
compose-left = { $count } characters left

## Pictures
compose-alt = Alternative text
compose-alt-hint = What is to be seen, for those who cannot see it
compose-keep = Keep
compose-file = Picture, film or sound
compose-sensitive = Hide pictures until they are pressed
compose-focus = What stays in sight
compose-focus-hint = Where a picture is cut to fit, this part of it is kept.
compose-focus-exact = The point that you pressed
compose-top-left = Top left
compose-top = Top
compose-top-right = Top right
compose-left-side = Left
compose-middle = Middle
compose-right-side = Right
compose-bottom-left = Bottom left
compose-bottom = Bottom
compose-bottom-right = Bottom right

## Format, quotes, threads, time
compose-format = Written in
compose-plain = Plain text
compose-markdown = Markdown
compose-quote-policy = Who may quote it
compose-quote-public = Everybody
compose-quote-followers = Followers
compose-quote-nobody = Nobody
compose-reply-policy = Who may reply
compose-replies-everybody = Everybody
compose-replies-followers = My followers, and whom I mention
compose-replies-followed = People I follow, and whom I mention
compose-replies-mentioned = Only whom I mention
compose-thread = As a thread
compose-thread-hint = A line of three hyphens, ---, begins the next post.
compose-at = Post it later, at
compose-at-hint = Leave it empty to post now.
compose-utc = (UTC)

## Poll
compose-minutes-5 = 5 minutes
compose-minutes-30 = 30 minutes
compose-hours-1 = 1 hour
compose-hours-6 = 6 hours
compose-days-1 = 1 day
compose-days-3 = 3 days
compose-days-7 = 7 days
compose-choose = Choose
compose-vote = Vote
compose-your-vote = (your vote)
compose-voters = { $count ->
    [one] { $count } person
   *[other] { $count } people
 }
compose-votes = { $count ->
    [one] { $count } vote
   *[other] { $count } votes
 }
compose-ended = ended { $time }
compose-ends = ends { $time }
compose-option = Option { $number }
compose-runs-for = It runs for
compose-as-before = as long as it was to
compose-multiple = Several options may be chosen
compose-poll-hint = Other options begin without votes; without any, the poll goes.

## The page
compose-title = Write
compose-title-reply = Reply
compose-title-quote = Quote
compose-title-edit = Edit a post
compose-hint = Name people as @user@server and topics as #tag; an empty line starts a paragraph.
compose-to-drafts = Drafts
compose-to-scheduled = Scheduled posts
compose-to-defaults = Posting defaults

## Drafts
compose-drafts = Drafts
compose-no-drafts = No drafts. What you begin to write and do not post is kept here.
compose-open = Open
compose-throw-away = Throw away
compose-no-words = (no words yet)
compose-media-count = Pictures, films or sounds: { $count }
compose-changed = Changed { $time }

## Scheduled posts
compose-scheduled = Scheduled posts
compose-no-scheduled = Nothing waits for its time.
compose-goes-out = Goes out { $time }
compose-move = Change the time
compose-edit = Edit
compose-delete = Delete
compose-new-time = New time
compose-refused-before = Its time has come, and it could not be posted. Edit it to see why.

## Posting defaults
compose-defaults = Posting defaults
compose-defaults-saved = Saved.
compose-seen-by = Seen by
compose-written-in = Written in
compose-formatting = Formatting
compose-alt-reminder = Ask before posting a picture without an alternative text
