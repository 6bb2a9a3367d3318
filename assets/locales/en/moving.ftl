# Moving to another server: the look ahead, and who came along.
moving-check = Look first whether it can work
moving-checked = Moving to { $account }
moving-fine = Fine:
moving-mind = Mind:
moving-stops = In the way:
moving-can = Nothing stands in the way. Type your password below when you are ready.
moving-cannot = It cannot work like this yet. Put right what is in the way, and look again.
moving-named = The new account names { $handle } as its alias.
moving-not-named = The new account does not name { $handle } as its alias. Sign in there and add it first.
moving-moved-on = The new account has moved on itself, to { $target }. Move there instead.
moving-suspended = The new account is suspended on its server.
moving-blocked = You block the new account or its server here.
moving-locked = The new account asks before somebody follows it: each follower who comes has to be let in there.
moving-open = The new account lets everybody follow.
moving-followers = { $count ->
    [one] { $count } follower on { $servers } servers will be asked to come along.
   *[other] { $count } followers on { $servers } servers will be asked to come along.
 }
moving-down = { $count ->
    [one] { $count } of these servers cannot be reached now; it is tried for days: { $names }
   *[other] { $count } of these servers cannot be reached now; they are tried for days: { $names }
 }
moving-deaf = { $count ->
    [one] { $count } of these servers runs something that does not follow moves; who is there must follow by hand: { $names }
   *[other] { $count } of these servers run something that does not follow moves; who is there must follow by hand: { $names }
 }
moving-lately = You moved or came back { $when }. Many servers hear of one move in a week only.
moving-arrived = Followers since you added an alias ({ $since }): { $count }.
moving-lead-on = Lead visitors of my old profile to the new one
moving-lead-on-hint = Browsers only: other servers still read the old profile, and each old post stays at its address.
moving-save = Save
moving-report = Who came along
moving-report-hint = Who follows the new account, or stopped following here, has moved. Some servers never say so; look at the new account’s list of followers to know more. Sent again too soon, it is not heard: many servers hear of one move in a week only.
moving-sum-moved = Moved
moving-sum-told = Their server took the news; nothing heard since
moving-sum-waiting = Their server is still tried
moving-sum-failed = Could not be told
moving-sum-gone = Their account is gone
moving-look = Look who follows there now
moving-again = Send it again
moving-left = Not moved yet
moving-is-told = was told
moving-is-waiting = still tried
moving-is-failed = could not be told
moving-is-gone = account gone
