# What this place is.
about-title = このサーバーについて
about-home = Fediverseにある、ひとりのための家です。ここで公開の投稿を読めます。Mastodonなど同じ仕組みのサーバーからは、{ $handle } を検索してフォローできます。
about-change = このページを変更
about-contact = 連絡先
about-contact-why = このサーバーへの質問は、管理人にどうぞ。
about-rules = ルール
about-kept = 保存される情報
about-kept-visitors = 訪問者にCookieを渡すことも、訪問者を数えることも、外部のスクリプトを読み込むこともありません。
about-kept-elsewhere = ほかのサーバーの人の画像は、そのサーバーから読み込まれることがあります。
about-kept-through-us = ほかのサーバーの人の画像はこのサーバーを通して届くので、相手のサーバーに訪問を知られることはありません。
about-kept-more = このアカウントをフォローしたり投稿を送ったりすると、公開プロフィールや宛てられた投稿など、相手のサーバーから届いたものがこのサーバーに保存されます。詳しくは{ $policy }をご覧ください。
about-policy = プライバシーポリシー
about-software = ソフトウェア
about-software-what = Taure { $version }：ひとりのためのMastodon。AGPLの自由ソフトウェアです。
about-description = { $domain } は、Fediverseにある { $name }（{ $handle }）の家です
