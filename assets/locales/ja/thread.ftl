# A post on its own page.
thread-title = { $who }の投稿
thread-of-day = { $date } の投稿
thread-looking = ほかの返信を探しています。
thread-look = もう一度見る
thread-above-missing = ここに表示されていない投稿への返信です。
thread-jump = 投稿へ移動
thread-asked = 返信先の作者の承認を待っています。まだほかの誰にも届いていません。
thread-refused = 返信先の作者がこの返信を承認しませんでした。ほかの誰にも届いていません。
thread-some = 返信{ $all }件中{ $here }件。残りは取得できませんでした。
thread-fetch = 足りない返信を取得
thread-all = { $count }件の返信をすべて表示
thread-replies = 返信
thread-folded = ほか{ $count }件の返信
