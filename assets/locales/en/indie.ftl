# The IndieWeb: feeds, webmentions, IndieAuth.


indie-feeds-title = Feeds
indie-feeds-lead = Blogs, news and podcasts stand in your home timeline like people. Nobody there hears of it.
indie-feeds-address = Address of a site or a feed
indie-feeds-address-hint = example.org, or the address of its RSS, Atom or JSON feed.
indie-feeds-follow = Follow this feed
indie-feeds-followed = Feeds that you follow
indie-feeds-none = You follow no feed yet.
indie-feeds-last = Looked at { $when }.
indie-feeds-never = Not looked at yet.
indie-feeds-next = The next look is at { $time }.
indie-feeds-stopped = Nobody looks at it any more.
indie-feeds-look = Look now
indie-feeds-remove = Remove
indie-feeds-nothing = No feed was found at this address. Look whether the site has one, and paste its address.
indie-feeds-imported = { $count ->
    [one] { $count } feed was taken from your list.
   *[other] { $count } feeds were taken from your list.
 }
indie-feeds-list-title = Your list
indie-feeds-list-hint = Other readers take and give lists of feeds as OPML files.
indie-feeds-export = Download the list
indie-feeds-file = A list from another reader
indie-feeds-import = Take this list
indie-feeds-back = Back to the settings

indie-mentions-title = Other sites
indie-mentions-lead = A site that links to one of your posts can say so here (a webmention). It is looked at first: the page has to be there, and has to link to you.
indie-mentions-in = What they say
indie-mentions-none = Nobody has said anything yet.
indie-mentions-out = What your posts told them
indie-mentions-sends = Tell the pages that your public posts link to
indie-mentions-sends-hint = Only pages that ask for it are told, and only the addresses of both.
indie-mentions-save = Save
indie-mentions-saved = Saved.
indie-mentions-delete = Delete
indie-mentions-block = Block the site
indie-mentions-profile = your profile
indie-mentions-about = about { $what }
indie-mentions-accepted = taken
indie-mentions-refused = refused
indie-mentions-unreachable = could not be reached
indie-mentions-below = On other sites
indie-mentions-likes = { $count ->
    [one] { $count } like:
   *[other] { $count } likes:
 }
indie-mentions-reposts = { $count ->
    [one] { $count } repost:
   *[other] { $count } reposts:
 }
indie-mentions-replied = answered on { $site }
indie-mentions-mentioned = mentions this on { $site }
indie-mentions-liked = likes it on { $site }
indie-mentions-reposted = passes it on at { $site }

indie-auth-title = Sign in with your address?
indie-auth-sign-in = A site asks who you are. Sign in first.
indie-auth-asks = { $app } wants to know that { $address } is yours.
indie-auth-may = It asks to
indie-auth-back = You will go back to { $address }. You know best whether you have just come from there.
indie-auth-allow = Yes, that is me
indie-auth-deny = No
indie-auth-wrong = That did not work
indie-auth-odd = The site asked in a way that cannot be answered: { $why }.
indie-auth-return = Back to the site
