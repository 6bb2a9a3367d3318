# A profile, its tabs, and the ways on for visitors.
profile-tabs = 表示するもの
profile-posts = 投稿
profile-replies = 返信
profile-media = メディア
profile-about = 概要
profile-people = 人
profile-hashtags = ハッシュタグ
profile-all-posts = すべての投稿
profile-nothing = まだ何もありません。
profile-posts-of = { $name }の投稿
profile-preview = { $name }（{ $handle }）の投稿
profile-avatar-of = { $name }のアイコン
profile-moved = { $name }は { $target } に引っ越しました。
profile-more = もっと
profile-edit = プロフィールを編集
profile-mention = メンション
profile-verified = このページからここへのリンクを確認済み
profile-count-posts = { $number } { $count ->
   *[other] 投稿
 }
profile-count-following = { $number } フォロー
profile-count-followers = { $number } { $count ->
   *[other] フォロワー
 }
profile-since = { $date }から
profile-about-who = { $name }について
profile-nothing-said = まだ何も書かれていません。
profile-here-since = { $date }からここにいます。
profile-last-post = 最後の投稿：{ $date }。
profile-tag-posts = { $count ->
   *[other] 投稿{ $number }件
 }
profile-feeds = ほかの方法でフォロー
profile-embed = { $name }の投稿
profile-feed-tag = { $name }の { $tag } の投稿
profile-feed-covered = 閲覧注意：ページで確認してください
profile-remote-follow = フォロー
profile-remote-follow-who = { $name }をフォロー
profile-remote-follow-from = 自分のサーバーからフォロー
profile-remote-from = 自分のサーバーから
profile-remote-act = 返信・ブースト・お気に入り
profile-remote-reply = 返信
profile-remote-boost = ブースト
profile-remote-favourite = お気に入り
profile-remote-go = 移動
profile-remote-address = you@your.server
profile-remote-hint = Fediverseでの自分のアドレス。保存されません。
profile-remote-see = 投稿を見る
profile-remote-on-to = { $domain } へ
profile-remote-on-why = ここから先は、自分のサーバーで続けます。
profile-remote-continue = 続ける
profile-remote-title = 自分のサーバーへ
