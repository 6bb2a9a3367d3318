# The owner's home timeline.
home-title = ホーム
home-empty = まだ何もありません。誰かをフォローするか、最初の投稿を書いてみましょう。
home-new = 新しい投稿{ $count }件
