# The box in which posts are written, and the pages around it.

## The box
compose-prompt = 今なにしてる？
compose-your-reply = 返信を書く
compose-content = 内容
compose-warning = 警告
compose-content-warning = 閲覧注意の警告
compose-about-what = 何についての投稿ですか？
compose-media = 画像・動画・音声
compose-poll = アンケート
compose-more = もっと
compose-visibility = 公開範囲
compose-language = 言語
compose-publish = 投稿
compose-reply = 返信
compose-save = 保存
compose-anyway = このまま投稿
compose-preview = プレビュー
compose-save-draft = 下書きに保存
compose-saved = 下書きに保存しました
compose-kept-here = 接続がないため、このブラウザーに保存しました
compose-left = 残り{ $count }文字

## Pictures
compose-alt = 代替テキスト
compose-alt-hint = 見えない人のために、何が写っているかを説明します
compose-keep = 残す
compose-file = 画像・動画・音声
compose-sensitive = タップするまで画像を隠す
compose-focus = 見せたい部分
compose-focus-hint = 画像が切り抜かれるとき、この部分が残ります。
compose-focus-exact = タップした位置
compose-top-left = 左上
compose-top = 上
compose-top-right = 右上
compose-left-side = 左
compose-middle = 中央
compose-right-side = 右
compose-bottom-left = 左下
compose-bottom = 下
compose-bottom-right = 右下

## Format, quotes, threads, time
compose-format = 書式
compose-plain = プレーンテキスト
compose-markdown = Markdown
compose-quote-policy = 引用できる人
compose-quote-public = 誰でも
compose-quote-followers = フォロワー
compose-quote-nobody = 自分のみ
compose-reply-policy = 返信できる人
compose-replies-everybody = 誰でも
compose-replies-followers = フォロワーとメンションした人
compose-replies-followed = フォロー中の人とメンションした人
compose-replies-mentioned = メンションした人だけ
compose-thread = スレッドにする
compose-thread-hint = ハイフン3つの行（---）から次の投稿になります。
compose-at = 予約投稿の日時
compose-at-hint = 空欄ならすぐに投稿します。
compose-utc = （UTC）

## Poll
compose-minutes-5 = 5分
compose-minutes-30 = 30分
compose-hours-1 = 1時間
compose-hours-6 = 6時間
compose-days-1 = 1日
compose-days-3 = 3日
compose-days-7 = 7日
compose-choose = 選ぶ
compose-vote = 投票
compose-your-vote = （投票済み）
compose-voters = { $count }人
compose-votes = { $count }票
compose-ended = 終了：{ $time }
compose-ends = { $time }に終了
compose-option = 選択肢{ $number }
compose-runs-for = 期間
compose-as-before = 前のまま
compose-multiple = 複数選択を許可
compose-poll-hint = 選択肢を変えると票は0に戻ります。選択肢をすべて消すとアンケートはなくなります。

## The page
compose-title = 投稿を書く
compose-title-reply = 返信
compose-title-quote = 引用
compose-title-edit = 投稿を編集
compose-hint = 人は @user@server、話題は #tag と書きます。空行で段落が変わります。
compose-to-drafts = 下書き
compose-to-scheduled = 予約投稿
compose-to-defaults = 投稿の初期設定

## Drafts
compose-drafts = 下書き
compose-no-drafts = 下書きはありません。書きかけで投稿していないものがここに残ります。
compose-open = 開く
compose-throw-away = 破棄
compose-no-words = （まだ本文がありません）
compose-media-count = 画像・動画・音声：{ $count }件
compose-changed = 更新：{ $time }

## Scheduled posts
compose-scheduled = 予約投稿
compose-no-scheduled = 予約中の投稿はありません。
compose-goes-out = { $time }に投稿
compose-move = 日時を変更
compose-edit = 編集
compose-delete = 削除
compose-new-time = 新しい日時
compose-refused-before = 時刻になりましたが、投稿できませんでした。編集を開くと理由がわかります。

## Posting defaults
compose-defaults = 投稿の初期設定
compose-defaults-saved = 保存しました。
compose-seen-by = 公開範囲
compose-written-in = 言語
compose-formatting = 書式
compose-alt-reminder = 代替テキストのない画像を投稿する前に確認する
