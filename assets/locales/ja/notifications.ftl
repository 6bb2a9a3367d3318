# What the owner hears of, who is held back, and reports about the owner.
notifications-title = 通知
notifications-none = 静かです。
notifications-none-here = この種類の通知はありません。
notifications-tabs = 表示するもの
notifications-tab-all = すべて
notifications-tab-mentions = メンション
notifications-tab-follows = フォロー
notifications-tab-favourites = お気に入り
notifications-tab-boosts = ブースト
notifications-tab-posts = 投稿
notifications-tab-polls = アンケート
notifications-tab-edits = 編集
notifications-tab-reports = 通報
notifications-sites = ほかの{ $count }件のサイトがあなたにリンクしています
notifications-others = ほか{ $count }人
notifications-who-favourited = この投稿をお気に入りに追加した人
notifications-who-boosted = この投稿をブーストした人
notifications-who-follows = フォローした人
notifications-back = 通知に戻る
notifications-read-all = すべて既読にする
notifications-clear = すべて消去
notifications-clear-ask = 通知をすべて消去しますか？
notifications-clear-hint = 保留中のものも含めて一覧から消えます。投稿は残ります。
notifications-clear-do = 消去する
notifications-clear-keep = 残す
notifications-read-report = 読む
notifications-with = （{ $emoji }）
notifications-your-picture = 自分の画像
notifications-poll-own = のアンケートが終了しました
notifications-mention = からの返信・メンション
notifications-status = の投稿
notifications-reblog = { $count ->
   *[other] がブーストしました
 }
notifications-follow = { $count ->
   *[other] にフォローされました
 }
notifications-follow-request = からフォローリクエスト
notifications-favourite = { $count ->
   *[other] がお気に入りに追加しました
 }
notifications-update = が、あなたのブーストした投稿を編集しました
notifications-poll = のアンケートが終了しました
notifications-quote = が引用しました
notifications-report = からの通報
notifications-quoted-update = が、あなたの引用した投稿を編集しました
notifications-requests-waiting = 知らないかもしれない人から
notifications-requests-count = リクエスト{ $count }件
notifications-requests-title = 通知リクエスト
notifications-requests-hint = 「受け入れる」とその人の通知がすべて届くようになり、「無視」すると一覧から消えます。誰を保留にするかは{ $link }。
notifications-requests-choose = 設定で選べます
notifications-requests-none = 待っている人はいません。
notifications-requests-mentions = メンション{ $count }件
notifications-accept = 受け入れる
notifications-dismiss = 無視
notifications-rule-not-following = フォローしていない人
notifications-rule-not-followers = フォローされていない人（フォローされて3日以内の人を含む）
notifications-rule-new-accounts = 作成から30日以内のアカウント
notifications-rule-private-mentions = 心当たりのない非公開の返信
notifications-rule-bots = 自動化されたアカウント
notifications-policy-hint = 保留された通知は{ $link }で待ち、破棄された通知は残りません。そこで受け入れた人の通知は必ず届きます。
notifications-policy-requests = リクエスト
notifications-save = 保存
notifications-treatment-accept = 受け入れる
notifications-treatment-filter = 保留する
notifications-treatment-drop = 破棄する
notifications-reports-title = 自分への通報
notifications-reports-none = 通報はありません。
notifications-reports-hint = ほかのサーバーの誰かが、このアカウントや投稿についてそこのモデレーターに通報し、それがここに届きました。このサーバーにほかのモデレーターはいません。相手のサーバーで制限やブロックを受けることがあります。ここからは何も返答しません。
notifications-reports-back = 設定に戻る
notifications-reports-from = { $server }から
notifications-reports-unknown = 不明なサーバー
notifications-reports-by = 通報者：{ $person }
notifications-reports-wordless = コメントはありません。
notifications-reports-about = 対象
notifications-reports-post = この投稿
