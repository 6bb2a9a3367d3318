doctor-title = サーバー診断
doctor-about = ほかのサーバーから見た様子と、保存しているデータを調べます。
doctor-never = まだ診断していません。
doctor-looked = 前回の診断：{ $when }。
doctor-ask = 今すぐ診断
doctor-asked = 診断しています。1分ほどかかることがあります。少ししてからページを再読み込みしてください。
doctor-well = 問題ありません。
doctor-faults = { $count ->
   *[other] { $count }件の異常が見つかりました。
 }
doctor-again = 再読み込み
doctor-news = { $count ->
   *[other] 診断で、サーバーに新しい異常が{ $count }件見つかりました
 }
doctor-level-ok = 正常
doctor-level-note = 参考
doctor-level-warning = 注意
doctor-level-fault = 異常

doctor-name-permissions = 権限
doctor-name-disk = ディスクの空き
doctor-name-speed = ディスクの速度
doctor-name-schema = スキーマ
doctor-name-database = データベース
doctor-name-account = アカウント
doctor-name-server = サーバー
doctor-name-servers = サーバーの重複
doctor-name-queue = バックグラウンド処理
doctor-name-hosts = ほかのサーバー
doctor-name-budget = ディスクの割り当て
doctor-name-backups = バックアップ
doctor-name-clock = 時計
doctor-name-dns = DNS
doctor-name-port = ポート
doctor-name-certificate = 証明書
doctor-name-proxy = プロキシ
doctor-name-redirect = httpからhttpsへ
doctor-name-webfinger = アカウント名
doctor-name-apex = ドメインからの転送
doctor-name-actor = アクター
doctor-name-signatures = 署名
doctor-name-bodies = 大きなリクエスト
doctor-name-uploads = アップロード
doctor-name-sockets = WebSocket
doctor-name-events = イベントストリーム

doctor-no-folder = フォルダー { $folder } がないか、開けません。
doctor-no-folder-fix = --data で正しいフォルダーを指定するか、サーバーを動かしているユーザーで実行してください。
doctor-permissions-fine = { $folder } にある鍵は、所有者だけが読めます。
doctor-readable = { $folder } にある鍵を、このマシンの誰もが読めます。
doctor-group = { $folder } にある鍵を、そのグループが読めます。
doctor-readable-fix = 実行：chmod 700 { $folder }
doctor-foreign = { $folder } にある { $file } の所有者が、フォルダーの所有者と異なります。
doctor-foreign-fix = 実行：chown -R { $owner } { $folder }
doctor-unwritable = { $folder } に書き込めません。
doctor-unwritable-fix = サーバーを動かしているユーザーで実行してください。すでにそうしているなら、chown -R でそのユーザーをフォルダーの所有者にし、ディスクが読み取り専用でマウントされていないかも確かめてください。

doctor-disk-fine = { $total } のうち { $free } が空いています。
doctor-disk-full = ディスクがいっぱいです。{ $total } のうち、空きは { $free } です。
doctor-disk-little = ディスクの空きが残りわずかです。{ $total } のうち、空きは { $free } です。
doctor-disk-fix = 空きを作るか、taure.toml の disk_mb でTaureへの割り当てを減らしてください。容量の内訳は「taure space」でわかります。
doctor-speed-fine = 1メガバイトをディスクに確実に書き込むのに { $ms } ms かかります。
doctor-speed-slow = 1メガバイトをディスクに確実に書き込むのに { $ms } ms もかかり、すべてがそれを待っています。
doctor-speed-fix = ほかの何かがディスクを使っているか、遅いカードやネットワークフォルダーなのかもしれません。{ $folder } をもっと速いディスクに移してください。
doctor-schema-fine = データベースのスキーマは { $found } で、このTaureに合っています。
doctor-schema-newer = データベースのスキーマは { $found } ですが、Taure { $version } が対応しているのは { $known } までです。もっと新しいTaureが書き込んだものです。
doctor-schema-newer-fix = 新しいほうのバージョンを入れ直してください。または、それより前のコピーを復元してください。フォルダー「snapshots」のコピーは、名前でわかります。
doctor-schema-older = データベースのスキーマは { $found } で、Taure { $version } のスキーマは { $known } です。
doctor-schema-older-fix = 次に「taure serve」を起動すると更新されます。
doctor-database-fine = データベースのページと索引は、すべて正常です（{ $size }）。
doctor-database-quick = データベースのページはすべて正常です（{ $size }）。--deep を付けると索引も調べます。
doctor-database-broken = データベース { $file } が壊れています：{ $why }
doctor-database-fix = サーバーを止め、フォルダー全体のコピーを取っておいてください。それから「taure restore」で最新のバックアップを復元するか、フォルダー「snapshots」の最新のコピーと置き換えてください。ディスクが寿命かもしれないので、そちらも調べてください。

doctor-nobody = ここにはまだ誰も住んでいません。
doctor-nobody-fix = 「taure init」で、または「taure serve」を起動してブラウザーで、アカウントを作ってください。
doctor-closed = フォルダーを開けません：{ $why }
doctor-server-fine = Taure { $version } が動いていて、{ $listen } で応答しています。
doctor-server-silent = { $folder } を使っているサーバーがありますが、{ $listen } で応答しません。
doctor-server-silent-fix = 別の場所で待ち受けているなら、--listen で指定してください。そうでなければ固まっています。ログを読み、再起動してください。
doctor-server-stopped = サーバーが動いていません。{ $listen } で応答がなく、サーバーが必要な項目は調べていません。
doctor-server-stopped-fix = 「taure serve」で起動してください。別の場所で待ち受けているなら、--listen で指定してください。
doctor-servers = 2つのサーバーが同じデータで動いています。{ $at } で応答しているのは、最後に起動したほうではありません。
doctor-servers-fix = 互いの処理を打ち消し合うので、すぐにどちらかを止めてください。2つ目のコンテナーやサービスがないか、名前が今も古いマシンを指していて、そこにフォルダーのコピーが残っていないかを調べてください。
doctor-queue-fine = 予定された処理は、滞りなく行われています。
doctor-queue-stuck = { $count ->
   *[other] { $count }種類の処理が、予定を{ $minutes }分過ぎても行われていません。
 }
doctor-queue-fix = サーバーのログで「a lane stopped」か「a job failed」を探し、再起動してください。
doctor-hosts-fine = 送り先のサーバーはすべて接続できます。
doctor-hosts-down = { $count ->
   *[other] ほかのサーバー{ $count }台に接続できません。
 }
doctor-hosts-fix = 数台ならよくあることです。ほとんどがそうなら、このマシンの接続とDNSを調べてください。
doctor-budget-fine = 割り当て { $granted } のうち、{ $used } を使っています。
doctor-budget-over = 割り当ては { $granted } ですが、{ $used } を使っています。
doctor-budget-fix = taure.toml の disk_mb で割り当てを増やすか、keep_posts_days でほかの人の投稿を残す日数を減らしてください。
doctor-snapshots-old = { $count ->
    [0] 毎晩のデータベースのコピーがありません。
   *[other] 毎晩のデータベースのコピーは、最新でも{ $count }日前のものです。
 }
doctor-snapshots-fix = 容量が足りないのかもしれません。「ディスクの割り当て」を見てください。サーバーのログには毎晩記録されます。
doctor-backups-fine = { $count ->
    [0] 最新のバックアップは今日のものです。
   *[other] 最新のバックアップは{ $count }日前のものです。
 }
doctor-backups-old = { $count ->
   *[other] 最新のバックアップは{ $count }日前のものです。
 }
doctor-backups-none = バックアップを取ったことがありません。
doctor-backups-fix = 「taure backup FILE」でバックアップを取り、別のマシンに保管してください。
doctor-clock-fine = ほかのサーバーと比べて、時計は合っています。
doctor-clock-unknown = ほかのサーバーから時刻がわかりませんでした。
doctor-clock-off = このマシンの時計が{ $minutes }分{ $side ->
    [behind] 遅れて
   *[ahead] 進んで
 }います。ほかのサーバーは、ここからの署名を受け付けません。
doctor-clock-fix = 時計をネットワークに合わせてください。「timedatectl set-ntp true」を実行するか、chronyを起動します。仮想マシンでは、ホストの時計を合わせてください。

doctor-dns-fine = { $host } は { $addresses } を指しています。
doctor-dns-none = { $host } という名前が見つかりません。
doctor-dns-none-fix = ドメインの登録先で、このサーバーのアドレスを入れた { $host } のAレコード（IPv6ではAAAAレコード）を追加してください。新しいレコードが見えるまで、最長1時間ほどかかります。
doctor-dns-private = ここから見ると、{ $host } は { $addresses } を指していて、これはインターネット上のアドレスではありません。
doctor-dns-private-fix = 家の中ではよくあることで、ほかの項目はそのまま調べました。外からの見え方は、外から確かめる必要があります。知り合いにページを開いてもらってください。
doctor-dns-foreign = { $address } で { $host } として応答しているのは、このTaureではありません（応答：{ $status }）。
doctor-dns-foreign-fix = { $address } がこのサーバーのアドレスでなければ、{ $host } のAレコードとAAAAレコードを直してください。このサーバーのアドレスなら、そこのウェブサーバーが別のサイトを返しています。{ $host } を { $listen } に渡すように設定してください（nginx：proxy_pass http://{ $listen }、Caddy：reverse_proxy { $listen }）。
doctor-dns-elsewhere = { $host } は { $addresses } を指していて、これはこのマシンのアドレスではありません。
doctor-dns-elsewhere-fix = ポート80と443を転送するルーターの内側なら、これで正常です。そうでなければ、{ $host } のAレコードとAAAAレコードを直してください。
doctor-dns-here-fix = ドメインの登録先で、{ $host } のAレコード（IPv6ではAAAAレコード）を、このマシンのアドレス { $here } にしてください。変更が見えるまで、最長1時間ほどかかります。
doctor-port-fine = ポート{ $port }は開いています。
doctor-port-closed = { $address } のポート{ $port }が閉じています。
doctor-port-silent = { $address } のポート{ $port }が応答しません。
doctor-port-unreachable = { $address } のポート{ $port }に接続できません：{ $why }
doctor-port-six = ここから { $address } に接続できません：{ $why }
doctor-port-fix = このマシンとそのホストのファイアウォールでポート{ $port }を開け（ufw allow { $port }/tcp）、家のルーターではこのマシンに転送してください。次に、プロキシかTaure自身がそのポートで待ち受けているか確かめてください。ルーターによっては、内側から自分の名前では接続できません。その場合は、まずWi-Fiを切ったスマホで試してください。
doctor-port-free = ポート{ $port }は空いています。
doctor-port-taken = { $who ->
    [0] ポート{ $port }は使用中です。
   *[other] ポート{ $port }は { $who } が使用中です。
 }
doctor-port-taken-fix = そのウェブサーバーからTaureにアドレスを渡すか（nginx：proxy_pass、Caddy：reverse_proxy）、Taure自身がhttpsで応答するなら、そのウェブサーバーを止めてください。
doctor-port-forbidden = このユーザーはポート{ $port }を使えません。
doctor-port-forbidden-fix = サーバーをsystemdから起動するか、実行ファイルに対して次を実行してください：setcap cap_net_bind_service=+ep
doctor-certificate-fine = { $count ->
   *[other] 証明書の有効期限まで、あと{ $count }日です。
 }
doctor-certificate-none = { $address } は { $host } についてhttpsで応答しません：{ $why }
doctor-certificate-expired = { $address } にある { $host } の証明書は、{ $count ->
   *[other] { $count }日前に期限が切れました。
 }
doctor-certificate-soon = { $address } にある { $host } の証明書は、{ $count ->
   *[other] あと{ $count }日で期限が切れます。
 }
doctor-certificate-renew = 証明書を更新し、自動で更新されなかった理由を調べてください。Taure自身のhttpsならログに理由があります。certbotなら「certbot renew」を、Caddyなら「journalctl -u caddy」を実行してください。ポート80が閉じていることがよくあります。
doctor-certificate-foreign = { $host } の証明書ではありません：{ $why }
doctor-certificate-foreign-fix = プロキシが { $host } の証明書を示すようにしてください。nginxでは server_name に加えて「certbot --nginx -d { $host }」を実行し、Caddyではブロックの先頭に { $host } と書きます。
doctor-certificate-unknown = { $host } の証明書は、ほかのサーバーに信頼されません：{ $why }
doctor-certificate-fix = Let’s Encryptなど、誰もが信頼する証明書のチェーン全体を、プロキシが示すようにしてください（nginx：ssl_certificate fullchain.pem、Caddyでは自動）。または、Taure自身のhttpsを使ってください。

doctor-ours = { $host } はこのTaureにつながります。
doctor-proxy-silent = { $address } は { $host } への接続を受け入れますが、応答しません。
doctor-proxy-away = { $address } のプロキシがTaureに接続できません（応答：{ $status }）。
doctor-proxy-fix = プロキシが { $host } を { $listen } に渡すようにし（nginx：proxy_pass http://{ $listen }、Caddy：reverse_proxy { $listen }）、Taureがそこで待ち受けているか確かめてください。
doctor-proxy-unnamed = プロキシがアクセス元を伝えていません。訪問者が全員ひとりに見え、まとめて速度を制限されます。
doctor-proxy-unnamed-fix = nginxでは proxy_set_header X-Forwarded-For $remote_addr を追加してください。Caddyでは自動です。
doctor-redirect-fine = httpからhttpsへ転送されます。
doctor-redirect-closed = http://{ $host } が応答しません。
doctor-redirect-none = http://{ $host } からhttpsへ転送されません。
doctor-redirect-fix = ポート80を開け、httpsへ転送してください（nginx：return 301 https://$host$request_uri、Caddyでは自動）。
doctor-webfinger-fine = アカウント名からアカウントにたどり着けます。
doctor-webfinger = { $handle } からアカウントにたどり着けません：{ $why }
doctor-webfinger-fix = プロキシが /.well-known/ 以下をすべてTaureに渡すようにしてください。nginxでは、別の「location /.well-known/」が横取りしていることがよくあります。
doctor-apex-fine = { $domain } から { $host } へ転送されます。
doctor-apex = { $domain } から { $host } へ転送されないため、{ $handle } が見つかりません：{ $why }
doctor-host-meta = 一部のサーバーは { $domain } に /.well-known/host-meta を求めますが、見つかりません。
doctor-apex-fix = { $domain } の /.well-known/webfinger と /.well-known/host-meta を、クエリーも含めて { $origin } へ転送してください（nginx：location = /.well-known/webfinger に return 301 { $origin }$request_uri、Caddy：redir /.well-known/webfinger { $origin }/.well-known/webfinger にクエリーを付ける）。
doctor-actor-fine = ほかのサーバーからアカウントの情報を読み取れます。
doctor-actor-none = ほかのサーバーから { $actor } を読み取れません：{ $why }
doctor-actor-kind = サーバーとして { $actor } を求めると、{ $why } が返ります。
doctor-actor-other = { $actor } に別の人の情報があります：{ $why }
doctor-actor-fix = 途中にキャッシュかフィルターがあります。Acceptヘッダーをそのまま渡して「Vary: Accept」に従うようにするか、このサイトを一切キャッシュしないようにしてください。
doctor-signatures-fine = 署名付きのリクエストは、送られたとおりに届きます。
doctor-signatures-none = 署名付きのリクエストに、Taureが応答しませんでした：{ $why }
doctor-signatures-wrong = 署名付きのリクエストは届きましたが、署名が合いません：{ $why }
doctor-signatures-fix = プロキシがリクエストをそのまま渡すようにしてください。メソッド、クエリーを含むパス、すべてのヘッダーです。
doctor-host-changed = プロキシがHostヘッダーを変えています。送ったのは「{ $sent }」、届いたのは「{ $seen }」です。ほかのサーバーの署名を一切検証できません。
doctor-host-fix = nginxでは proxy_set_header Host $host; を、Apacheでは ProxyPreserveHost On を追加し、Caddyでは「header_up Host」を取り除いてください。
doctor-header-lost = プロキシが { $name } ヘッダーを落としています。ほかのサーバーの署名を一切検証できません。
doctor-header-changed = プロキシが { $name } ヘッダーを変えています。送ったのは「{ $sent }」、届いたのは「{ $seen }」です。
doctor-header-fix = プロキシが { $name } を届いたまま渡すようにしてください。許可するヘッダーの一覧、ウェブアプリケーションファイアウォール、nginxの proxy_set_header { $name } を調べてください。
doctor-bodies-fine = 1 MiB のリクエストが通ります。
doctor-bodies-capped = { $kib } KiB を超えるリクエストが通りません。ほかの人の大きな投稿が失われ、画像もアップロードできません。
doctor-uploads-capped = Taureは { $wanted } MB のアップロードを受け付けますが、プロキシが拒否しています。
doctor-bodies-fix = プロキシが { $wanted } MB を受け付けるようにしてください（nginx：client_max_body_size { $wanted }m、Caddy：request_body max_size { $wanted }MB、Apache：LimitRequestBody）。
doctor-sockets-fine = WebSocketが通ります。
doctor-sockets-none = WebSocketが通りません（{ $why }）。アプリは、開き直すまで新着を表示しません。
doctor-sockets-fix = nginxでは proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade" を追加してください。Apacheでは proxy_wstunnel を有効にします。Caddyでは自動です。
doctor-events-fine = イベントはすぐに届きます。
doctor-events-held = プロキシがイベントをすぐに渡さず、ため込んでいます。アプリや開いたページに新着が届くのが遅れます。
doctor-events-none = イベントが通りません：{ $why }
doctor-events-fix = nginxでは proxy_buffering off を追加してください。Caddyでは reverse_proxy に flush_interval -1 を追加します。キャッシュでは text/event-stream を対象から外し、圧縮もしないでください。
