# Moving to another server: the look ahead, and who came along.
moving-check = 引っ越せるか先に確認
moving-checked = { $account } への引っ越し
moving-fine = 問題なし：
moving-mind = 注意：
moving-stops = 妨げ：
moving-can = 妨げになるものはありません。準備ができたら、下にパスワードを入力してください。
moving-cannot = このままでは引っ越せません。妨げを取り除いてから、もう一度確認してください。
moving-named = 引っ越し先のアカウントに { $handle } がエイリアスとして登録されています。
moving-not-named = 引っ越し先のアカウントに { $handle } がエイリアスとして登録されていません。先にそちらへログインして追加してください。
moving-moved-on = 引っ越し先のアカウントは、さらに { $target } へ引っ越しています。そちらを引っ越し先にしてください。
moving-suspended = 引っ越し先のアカウントは、サーバーで凍結されています。
moving-blocked = 引っ越し先のアカウントかそのサーバーを、ここでブロックしています。
moving-locked = 引っ越し先のアカウントは承認制です。移ってくるフォロワーを、そちらで1人ずつ承認する必要があります。
moving-open = 引っ越し先のアカウントは、誰でもフォローできます。
moving-followers = { $count ->
   *[other] サーバー{ $servers }台のフォロワー{ $count }人に、引っ越し先をフォローするよう依頼します。
 }
moving-down = { $count ->
   *[other] うち{ $count }台のサーバーに、今は接続できません。数日間くり返し試します：{ $names }
 }
moving-deaf = { $count ->
   *[other] うち{ $count }台のサーバーは、引っ越しに対応していません。そこの人には自分でフォローし直してもらう必要があります：{ $names }
 }
moving-lately = 前回の引っ越し、または戻り：{ $when }。多くのサーバーは、引っ越しを1週間に1回しか受け付けません。
moving-arrived = エイリアスの追加（{ $since }）以降に増えたフォロワー：{ $count }人。
moving-lead-on = 古いプロフィールへの訪問者を新しい方へ案内する
moving-lead-on-hint = ブラウザーだけが対象です。ほかのサーバーは引き続き古いプロフィールを読み、古い投稿も元のアドレスに残ります。
moving-save = 保存
moving-report = 移ったフォロワー
moving-report-hint = 引っ越し先をフォローした人や、ここのフォローをやめた人を、移ったものと数えます。知らせてこないサーバーもあるので、くわしくは引っ越し先のフォロワー一覧をご覧ください。早すぎる再送は届きません。多くのサーバーは、引っ越しを1週間に1回しか受け付けません。
moving-sum-moved = 移った
moving-sum-told = サーバーが受け取ったが、その後の連絡なし
moving-sum-waiting = サーバーに送信を試行中
moving-sum-failed = 知らせることができなかった
moving-sum-gone = アカウントがなくなっている
moving-look = 今のフォロワーを確認
moving-again = もう一度送る
moving-left = まだ移っていない人
moving-is-told = 通知済み
moving-is-waiting = 試行中
moving-is-failed = 通知できず
moving-is-gone = アカウントなし
