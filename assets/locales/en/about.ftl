# What this place is.
about-title = About
about-home = The home of one person in the fediverse. You can read here what is public, and follow { $handle } from Mastodon or any other server of that kind: search there for this name.
about-change = Change this page
about-contact = Contact
about-contact-why = Whoever has a question about this server asks its owner.
about-rules = Rules
about-kept = What is kept about you
about-kept-visitors = Visitors get no cookie, are not counted, and load no script of others.
about-kept-elsewhere = Pictures of people on other servers may come from there.
about-kept-through-us = Pictures of people on other servers come through this one, so theirs do not learn of you.
about-kept-more = If you follow or write to this account, its server keeps what yours sends: your public profile and the posts that are addressed to it. More stands in the { $policy }.
about-policy = privacy policy
about-software = The software
about-software-what = Taure { $version }: a Mastodon for one person, free software under the AGPL.
about-description = { $domain } is the home of { $name } ({ $handle }) in the fediverse
