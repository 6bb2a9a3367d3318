health-well = All is well.
health-disk-full = The disk is full.
health-late = Some work has been due for more than a quarter of an hour.
health-clock = The clock of this server is wrong by { $minutes } minutes: other servers refuse what it sends.
health-down = { $count ->
    [one] { $count } server cannot be reached. What is for it waits.
   *[other] { $count } servers cannot be reached. What is for them waits.
 }

health-queues = What waits
health-queues-hint = Work that is done in the background. Most of the time there is little here.
health-kind = Kind
health-waiting = Waiting
health-due = Due
health-oldest = Oldest
health-in = What came in
health-out = Deliveries
health-fetch = Looking things up
health-card = Previews of links
health-push = Notifications for apps
health-poll = Polls and hashtag pages
health-schedule = Posts for later
health-media = Films and sounds
health-tidy = Tidying up

health-servers = Servers in trouble
health-servers-none = Every server that you write to can be reached.
health-servers-all = All servers in trouble

health-posts = Your last posts
health-posts-none = You have not posted yet.
health-to-nobody = Went to nobody, or more than a month ago
health-delivered = Delivered to { $delivered } of { $total }
health-retrying = { $count } retrying
health-lost = { $count } given up

health-given-up = Given up lately
health-given-up-none = Nothing was given up.

health-arrivals = The last day
health-arrived = { $count ->
    [one] { $count } activity came in, from { $servers } servers.
   *[other] { $count } activities came in, from { $servers } servers.
 }

health-version = Version
health-build = Build
health-build-debug = for tests
health-build-release = for use
health-uptime = Running for
health-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
 }
health-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
 }
health-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
 }
health-database = The database
health-files = Your own files
health-cache = Others’ pictures and films
health-free = Free on the disk
health-where = Where every byte is
health-more = How it is in full
health-speaks = What it speaks
health-speaks-activitypub = ActivityPub, with Mastodon and every other server of that kind
health-speaks-api = The API of Mastodon, for apps
health-speaks-feeds = RSS, Atom and JSON Feed, for readers
health-speaks-nodeinfo = What it is, for machines: { $link }
health-licence = Free software
health-licence-words = You may read, change and share it, under the { $licence }.

health-apps-hint = An app that asks for something that this server does not have, or may not get it, stands here. What it asked about is not kept.
health-apps-none = No app is signed in.
health-apps-revoke = Sign an app out
health-calls-well = { $count ->
    [one] { $count } call ok
   *[other] { $count } calls ok
 }
health-calls-unknown = { $count ->
    [one] { $count } unknown endpoint
   *[other] { $count } unknown endpoints
 }
health-calls-refused = { $count } refused
health-unknown = Not known here
health-refused = Refused

health-trouble = Servers in trouble
health-trouble-hint = What waits for them is tried for seven days, more and more seldom, and goes out at once when they are heard of. One that has been down for a month is sent nothing more until then.
health-next = More
health-back = Back to the health of the server
health-down-since = Down since { $since }, { $count ->
    [one] { $count } try
   *[other] { $count } tries
 }
health-waits = { $count } waiting
health-seen = last heard of { $when }
health-next-try = next try { $when }
health-try = Try now
health-not-tried = not tried yet
health-the-server = the server
health-where-went = Where this post went
health-nothing-known = Nothing is known: it went to nobody, or more than a month ago.
health-try-all = Try all of them again now
health-tries = { $count ->
    [one] { $count } try, last { $when }
   *[other] { $count } tries, last { $when }
 }
health-was-given-up = given up
health-is-down = down since { $when }
health-to-post = Back to the post
health-delivery = Delivery
health-servers-down = { $count ->
    [one] { $count } server down
   *[other] { $count } servers down
 }
