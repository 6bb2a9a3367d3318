# Addresses that are told what happens here.
webhooks-title = Webhook
webhooks-about = 何かあったときに、自分のプログラムに知らせます
webhooks-hint = 登録したアドレスにJSONをPOSTします。内容は、イベント、日時、そしてMastodon APIと同じ形式の投稿または通知です。X-Hub-Signatureヘッダーは、秘密鍵を使った本文のHMAC-SHA256です。ダイレクト投稿も含まれます。
webhooks-none = 知らせる先はまだありません。
webhooks-add = Webhookを追加
webhooks-url = アドレス
webhooks-of-what = 知らせるもの
webhooks-posts = 自分の投稿
webhooks-notifications = 通知
webhooks-secret = 秘密鍵
webhooks-test = テストを送る
webhooks-remove = 削除
webhooks-sent = テストを送りました。ページを再読み込みすると、受け取られたかどうかがわかります。
webhooks-taken = 最後の受信：{ $when }
webhooks-not-taken = まだ何も受け取られていません。
webhooks-failed = 失敗：{ $when }（{ $why }）
