# A post on its own page.
thread-title = Post by { $who }
thread-of-day = Post of { $date }
thread-looking = More replies are being looked for.
thread-look = Look again
thread-above-missing = This answers a post that is not shown here.
thread-jump = Jump to the post
thread-asked = This waits for the author of what it answers: nobody else has it yet.
thread-refused = The author of what it answers did not want it: nobody else has it.
thread-some = { $here } of { $all } replies; the others could not be had.
thread-fetch = Fetch what is missing
thread-all = { $count ->
    [one] All { $count } reply
   *[other] All { $count } replies
 }
thread-rests = Their servers were asked less than a quarter of an hour ago. Please try again a little later.
thread-new = { $count ->
    [one] { $count } new reply
   *[other] { $count } new replies
 }
thread-replies = Replies
thread-folded = { $count ->
    [one] { $count } more reply
   *[other] { $count } more replies
 }
