# What the owner hears of, who is held back, and reports about the owner.
notifications-title = Notifications
notifications-none = All quiet.
notifications-none-here = Nothing of this kind.
notifications-tabs = What to show
notifications-tab-all = All
notifications-tab-mentions = Mentions
notifications-tab-follows = Follows
notifications-tab-favourites = Favourites
notifications-tab-boosts = Boosts
notifications-tab-posts = Posts
notifications-tab-polls = Polls
notifications-tab-edits = Edits
notifications-tab-reports = Reports
notifications-others = and { $count ->
    [one] { $count } other
   *[other] { $count } others
 }
notifications-who-favourited = Who favourited your post
notifications-who-boosted = Who boosted your post
notifications-who-follows = Who follows you
notifications-back = Back to the notifications
notifications-read-all = Mark all as read
notifications-clear = Clear all
notifications-clear-ask = Clear all notifications?
notifications-clear-hint = They go from this list, those that are held back, too. The posts stay.
notifications-clear-do = Clear them
notifications-clear-keep = Keep them
notifications-read-report = Read it
notifications-with = with { $emoji }
notifications-your-picture = Your picture
notifications-poll-own = asked, and the poll has ended
notifications-mention = mentioned you
notifications-status = posted
notifications-reblog = { $count ->
    [one] boosted your post
   *[other] boosted your post
 }
notifications-follow = { $count ->
    [one] follows you
   *[other] follow you
 }
notifications-follow-request = asks to follow you
notifications-favourite = { $count ->
    [one] favourited your post
   *[other] favourited your post
 }
notifications-update = edited a post that you boosted
notifications-poll = made a poll that has ended
notifications-quote = quoted your post
notifications-report = sent a report about you
notifications-quoted-update = edited a post that you quoted
notifications-requests-waiting = From people you may not know
notifications-requests-count = { $count ->
    [one] { $count } request
   *[other] { $count } requests
 }
notifications-requests-title = Requests
notifications-requests-hint = Accept lets in all that they send, dismiss clears it away. Who waits here is { $link }.
notifications-requests-choose = for you to choose
notifications-requests-none = Nobody waits.
notifications-requests-mentions = { $count ->
    [one] { $count } mention
   *[other] { $count } mentions
 }
notifications-accept = Accept
notifications-dismiss = Dismiss
notifications-rule-not-following = People whom you do not follow
notifications-rule-not-followers = People who do not follow you, or not for three days
notifications-rule-new-accounts = Accounts younger than thirty days
notifications-rule-private-mentions = Direct posts out of the blue
notifications-rule-bots = Automated accounts
notifications-policy-hint = What is held back waits among the { $link }; what is dropped is gone. Whom you have accepted there always gets through.
notifications-policy-requests = requests
notifications-save = Save
notifications-treatment-accept = Accept
notifications-treatment-filter = Hold back
notifications-treatment-drop = Drop
notifications-reports-title = Reports about you
notifications-reports-none = Nobody has reported you.
notifications-reports-hint = Somebody on another server told their moderators about you or your posts, and they tell you: nobody else moderates this server. They may limit or block you there; from here nothing is answered.
notifications-reports-back = Back to the settings
notifications-reports-from = From { $server }
notifications-reports-unknown = an unknown server
notifications-reports-by = by { $person }
notifications-reports-wordless = Without a word.
notifications-reports-about = About
notifications-reports-post = this post
