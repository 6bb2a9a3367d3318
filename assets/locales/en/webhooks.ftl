# Addresses that are told what happens here.
webhooks-title = Webhooks
webhooks-about = A program of yours is told when something happens
webhooks-hint = Each address gets a POST with JSON: an event, when it was, and the post or the notification as in the Mastodon API. The header X-Hub-Signature is the HMAC-SHA256 of the body with the secret. Direct posts are among them.
webhooks-none = Nobody is told of anything yet.
webhooks-add = Add a webhook
webhooks-url = Address
webhooks-of-what = Tell it of
webhooks-posts = my posts
webhooks-notifications = notifications
webhooks-secret = Secret
webhooks-test = Send a test
webhooks-remove = Remove
webhooks-sent = The test is on its way. Load this page again to see whether it was taken.
webhooks-taken = Last taken { $when }
webhooks-not-taken = Nothing was taken yet.
webhooks-failed = Failed { $when }: { $why }
