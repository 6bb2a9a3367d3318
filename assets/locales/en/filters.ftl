# Which words hide a post.
filters-title = Filters
filters-one = Filter
filters-none = You filter nothing.
filters-new = A new filter
filters-back-settings = Back to the settings
filters-back = Back to the filters
filters-saved = Saved.
filters-save = Save
filters-edit = Edit
filters-delete = Delete
filters-30-minutes = 30 minutes
filters-1-hour = 1 hour
filters-6-hours = 6 hours
filters-12-hours = 12 hours
filters-1-day = 1 day
filters-1-week = 1 week
filters-for-ever = For ever
filters-ever = for ever
filters-as-it-is = As it is: { $end }
filters-ended = ended { $time }
filters-until = until { $time }
filters-home = Home and lists
filters-notifications = Notifications
filters-public = Public timelines
filters-threads = Threads
filters-profiles = Profiles
filters-warn = Fold behind the title
filters-hide = Hide altogether
filters-blur = Blur pictures
filters-within = (also within words)
filters-posts = { $count ->
    [one] { $count } single post
   *[other] { $count } single posts
 }
filters-name = Title
filters-words = Words
filters-words-hint = Words or phrases, one a line
filters-each = Leave the words that are there as they are
filters-each-hint = Some are whole words and some are not; the box below is for new ones.
filters-whole = Whole words only
filters-what = What happens to such posts
filters-where = Where
filters-how-long = For how long
