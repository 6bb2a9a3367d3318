# The owner's home timeline.
home-title = Home
home-empty = Nothing here yet. Follow somebody, or write the first post.
home-new = { $count ->
    [one] { $count } new post
   *[other] { $count } new posts
 }
