# What is done with a post that stands.

posts-delete-title = 投稿を削除
posts-delete-question = この投稿を削除しますか？
posts-delete-explained = ここからはすぐに消え、ほかのサーバーにも削除を依頼します。元に戻すことはできません。
posts-delete = 削除する
posts-keep = 残す
posts-redraft-menu = 削除して書き直す
posts-redraft-title = 投稿を書き直す
posts-redraft-question = この投稿を削除して書き直しますか？
posts-redraft-explained = 本文、画像、アンケートは下書きになります。投稿は、返信とのつながり、お気に入り、ブーストとともに消え、ほかのサーバーにも削除を依頼します。
posts-redraft = 削除して書き直す
posts-history = 編集履歴
posts-history-of = { $name }の投稿の編集履歴
posts-history-back = 投稿へ
posts-version = 第{ $number }版
posts-version-first = 最初の投稿
posts-version-now = 現在の投稿
posts-no-words = 本文なし
posts-was-warned = 警告：{ $text }
posts-warning-gone = 閲覧注意の警告が外されました
posts-now-sensitive = 画像はタップするまで隠されます
posts-not-sensitive = 画像は隠されなくなりました
posts-media-changed = 画像・動画・音声の変更：前は{ $before }件、今は{ $now }件
posts-poll-changed = アンケートが変更されました
posts-poll-options = アンケート：{ $options }
