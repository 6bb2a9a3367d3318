#!/usr/bin/env python3
"""The whole of Mastodon.py against Taure: every public method is called here, or left out with its reason.

    target/test-env/py/bin/python tests/clients/mastodon_py_surface.py

The names come from the library itself, so a new version of it fails here until somebody has looked at what is new.
Two more Taures are the friends Bea and Cleo. An ordinary day of an app is in mastodon_py.py.
"""
import sys
import threading
import warnings
from datetime import datetime, timedelta, timezone
from pathlib import Path

from mastodon import Mastodon, StreamListener
from mastodon.errors import (MastodonAPIError, MastodonIllegalArgumentError, MastodonNotFoundError,
                             MastodonDeprecationWarning, MastodonVersionError)

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from checks import check, finish, until  # noqa: E402
from surface import Watched, complete, covers, refused  # noqa: E402
from taure import Taure, picture, strip  # noqa: E402

warnings.simplefilter("ignore", MastodonDeprecationWarning)  # what is old is called on purpose
NAMES = [name for name in dir(Mastodon) if not name.startswith("_") and callable(getattr(Mastodon, name))]
# What other programs of this lane call, and which: they are the ones with the pages and the push service.
ELSEWHERE = {"auth_request_url": "mastodon_py.py", "log_in": "mastodon_py.py", "create_app": "mastodon_py.py",
             "revoke_access_token": "mastodon_py.py", "push_subscription_decrypt_push": "web_push.py"}
LEFT_OUT = {name: f"called in {file}" for name, file in ELSEWHERE.items()} | {
    name: "moderation of a server's people, and here there is one" for name in NAMES if name.startswith("admin_")} | {
    "decode_blurhash": "asks no server, and needs the package blurhash",
    "get_status_length": "asks no server, and needs the package grapheme",
}

alice, bea, cleo = Taure("alice", "Alice"), Taure("bea", "Bea"), Taure("cleo", "Cleo")
for server in (alice, bea, cleo):
    server.start()
token = alice.sign_in(scopes="read write follow push profile")
bea.sign_in()
cleo.sign_in()
app_id, app_secret = Mastodon.create_app("Surface", api_base_url=alice.url)
api = Watched(Mastodon(api_base_url=alice.url, access_token=token, ratelimit_method="throw", request_timeout=30))
guest = Watched(Mastodon(api_base_url=alice.url, client_id=app_id, client_secret=app_secret, request_timeout=30))


def ids(things):
    return [thing.id for thing in things]


print("Mastodon.py, all of it: the server and the app")

with covers("the instance tells about itself",
            "instance instance_v1 instance_v2 instance_activity instance_domain_blocks instance_extended_description "
            "instance_health instance_languages instance_nodeinfo instance_peers instance_rules "
            "instance_terms_of_service instance_translation_languages custom_emojis announcements preferences"):
    assert api.instance().domain == api.instance_v2().domain == api.instance_v1().uri == alice.domain
    assert len(api.instance_activity()) == 12 and api.instance_activity()[0].week
    assert api.instance_domain_blocks() == [] == api.instance_rules()
    assert isinstance(api.instance_extended_description().content, str) and api.instance_health()
    assert "en" in [language.code for language in api.instance_languages()]
    assert api.instance_nodeinfo().software.name == "taure" and isinstance(api.instance_peers(), list)
    assert api.instance_terms_of_service().effective and "Be kind" in api.instance_terms_of_service().content
    assert dict(api.instance_translation_languages()) == {}, "no translator is configured"
    assert api.custom_emojis() == [] == api.announcements()
    assert api.preferences()["posting:default:visibility"] == "public"

with covers("the library finds the version and the feeds that it may ask for",
            "retrieve_mastodon_version verify_minimum_version get_supported_version timeline_is_available "
            "get_approx_server_time set_language clear_caches"):
    assert api.retrieve_mastodon_version(fail_hard=True).startswith("4.") and api.verify_minimum_version("4.3.0")
    assert api.get_supported_version() and api.timeline_is_available("public", with_auth=True)
    assert abs(api.get_approx_server_time() - datetime.now()) < timedelta(seconds=60)
    api.set_language("lv")
    api.clear_caches()

with covers("an app learns who it is, and nobody can sign up",
            "app_verify_credentials oauth_authorization_server_info oauth_userinfo persistable_login_credentials "
            "create_account email_resend_confirmation"):
    assert api.app_verify_credentials().name and guest.real.client_id == app_id
    assert api.oauth_authorization_server_info().token_endpoint == f"{alice.url}/oauth/token"
    told = refused(MastodonIllegalArgumentError, api.oauth_userinfo)
    assert "https" in told and alice.get("/oauth/userinfo")["preferred_username"] == "alice", "it insists on https"
    kept = Watched(Mastodon(api_base_url=alice.url, access_token=token, client_id=app_id, client_secret=app_secret))
    assert kept.persistable_login_credentials().splitlines() == [token, alice.url, app_id, app_secret]
    told = refused(MastodonIllegalArgumentError, guest.create_account, "eve", "secret-secret", "eve@example.org", agreement=True)
    assert "not allowed" in told, told
    refused(MastodonAPIError, api.email_resend_confirmation)

with covers("what this server has none of is not found",
            "announcement_dismiss announcement_reaction_create announcement_reaction_delete reports"):
    refused(MastodonNotFoundError, api.announcement_dismiss, 1)
    refused(MastodonNotFoundError, api.announcement_reaction_create, 1, "\U0001f44d")
    refused(MastodonNotFoundError, api.announcement_reaction_delete, 1, "\U0001f44d")
    refused(MastodonVersionError, api.reports)
    refused(MastodonNotFoundError, api.admin_accounts_v2)

print("Mastodon.py, all of it: posts")

with covers("pictures of each kind get a preview, and their words can change before the post and with its edit",
            "status_post media media_post media_update generate_media_edit_attributes"):
    pictures = []
    for kind, mime in (("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp"), ("GIF", "image/gif")):
        made = api.media_post(picture(alice.folder / f"lamp.{kind.lower()}", kind=kind), mime_type=mime)
        shown = until(lambda: (m := api.media(made)).url and m)
        assert shown.type in ("image", "gifv") and shown.preview_url and shown.blurhash, kind
        pictures.append(made)
    thumbnail = picture(alice.folder / "thumb.png", (200, 100))
    assert api.media_post(thumbnail, description="small", synchronous=True).url
    changed = api.media_update(pictures[0], description="A lamp", focus=(0.5, 0.25))
    assert changed.description == "A lamp" and (changed.meta.focus.x, changed.meta.focus.y) == (0.5, 0.25)
    album = api.status_post("four lamps #lamps", media_ids=pictures)
    assert ids(album.media_attachments) == ids(pictures)
    words = [api.generate_media_edit_attributes(one, description=f"Lamp {n}", focus=(0.0, 1.0))
             for n, one in enumerate(pictures)]
    edited = api.status_update(album, "four lamps, #lamps", media_attributes=words)
    assert sorted(m.description for m in edited.media_attachments) == [f"Lamp {n}" for n in range(4)]
    assert all(m.meta.focus.y == 1.0 for m in edited.media_attachments)

with covers("a post, its answers, its history and its end",
            "toot status status_reply status_context status_source status_history status_update statuses "
            "status_delete status_card status_translate"):
    post = api.toot("One #Lamp\n\nin two paragraphs")
    reply = api.status_reply(post, "to myself", language="en")  # it adds whom one answers
    assert reply.in_reply_to_id == post.id and ids(api.status_context(post).descendants) == [reply.id]
    api.status_update(reply, "to myself, again", spoiler_text="echo")
    assert api.status(reply).spoiler_text == "echo" and api.status_source(reply).text == "to myself, again"
    assert [strip(version.content) for version in api.status_history(reply)] == ["@alice to myself", "to myself, again"]
    assert set(ids(api.statuses([post, reply]))) == {post.id, reply.id} and api.status_card(post) is None
    refused(MastodonAPIError, api.status_translate, post, "lv")
    assert api.status_delete(reply, delete_media=True).text == "to myself, again"
    refused(MastodonNotFoundError, api.status, reply)

with covers("each mark on a post is set, listed and taken away",
            "status_favourite status_unfavourite favourites status_favourited_by status_bookmark status_unbookmark "
            "bookmarks status_reblog status_unreblog status_reblogged_by status_pin status_unpin status_mute status_unmute"):
    assert api.status_favourite(post).favourited and post.id in ids(api.favourites())
    assert [who.username for who in api.status_favourited_by(post)] == ["alice"]
    assert api.status_bookmark(post).bookmarked and post.id in ids(api.bookmarks())
    assert api.status_reblog(post, visibility="unlisted").reblog.id == post.id
    assert [who.username for who in api.status_reblogged_by(post)] == ["alice"]
    assert api.status_pin(post).pinned and api.status_mute(post).muted
    assert not api.status_unfavourite(post).favourited and not api.status_unbookmark(post).bookmarked
    assert not api.status_unreblog(post).reblogged and not api.status_unpin(post).pinned
    assert not api.status_unmute(post).muted and api.favourites() == [] == api.bookmarks()

with covers("a poll is asked and answered", "make_poll poll poll_vote"):
    asked = bea.post("/api/v1/statuses", status="Which lamp?",
                     poll={"options": ["old", "new", "none"], "expires_in": 600, "multiple": True})
    mine = api.status_post("Tea?", poll=api.make_poll(["yes", "no"], 600, hide_totals=True)).poll
    assert mine.voted and [option.title for option in api.poll(mine).options] == ["yes", "no"]
    refused(MastodonAPIError, api.poll_vote, mine, [0])
    hers = until(lambda: api.search(asked["url"], resolve=True).statuses)[0].poll
    assert api.poll_vote(hers, [0, 2]).own_votes == [0, 2] and api.poll(hers).voted

with covers("a post for later waits, moves and is called off",
            "scheduled_statuses scheduled_status scheduled_status_update scheduled_status_delete"):
    when = datetime.now(timezone.utc).replace(microsecond=0) + timedelta(days=1)
    later = api.status_post("tomorrow", scheduled_at=when)
    assert later.params.text == "tomorrow" and ids(api.scheduled_statuses()) == [later.id]
    api.scheduled_status_update(later, when + timedelta(hours=1))
    assert api.scheduled_status(later).scheduled_at == when + timedelta(hours=1)
    api.scheduled_status_delete(later)
    refused(MastodonNotFoundError, api.scheduled_status, later)

with covers("timelines, each way to ask for them",
            "timeline timeline_home timeline_local timeline_public timeline_hashtag account_statuses"):
    for page in (api.timeline("home"), api.timeline_home(), api.timeline_local(), api.timeline_public(local=True),
                 api.timeline("local"), api.timeline("tag/lamp"), api.timeline_hashtag("lamp")):
        assert post.id in ids(page)
    assert ids(api.timeline_public(only_media=True, local=True)) == [album.id]
    assert album.id in ids(api.account_statuses(api.me(), tagged="lamps", exclude_replies=True, exclude_reblogs=True))

with covers("pages follow one another without gap or repeat, in both directions",
            "fetch_next fetch_previous fetch_remaining get_pagination_info pagination_iterator pagination_page_iterator"):
    made = [api.status_post(f"page {n}").id for n in range(7)][::-1]
    first = api.timeline_home(limit=3)
    second = api.fetch_next(first)
    assert ids(first) + ids(second) == made[:6] and ids(api.fetch_previous(second)) == ids(first)
    everything = ids(api.fetch_remaining(first))
    assert everything[:7] == made and len(set(everything)) == len(everything)
    assert api.get_pagination_info(first, "next") and ids(api.pagination_iterator(first)) == everything
    assert sum((ids(page) for page in api.pagination_page_iterator(first)), []) == everything

with covers("markers remember how far was read", "markers_get markers_set"):
    assert api.markers_set(["home"], [post]).home.last_read_id == post.id
    assert api.markers_get(["home"]).home.last_read_id == post.id

print("Mastodon.py, all of it: the profile and tags")

with covers("the profile changes both ways, its pictures go again",
            "me account account_verify_credentials account_update_credentials account_delete_avatar "
            "account_delete_header profile profile_update"):
    lamp = alice.folder / "lamp.png"
    me = api.account_update_credentials(display_name="Alice L.", note="Lamps", avatar=lamp, header=lamp, locked=False,
                                        discoverable=True, fields=[("Site", "https://example.org")], default_language="en",
                                        default_privacy="public", avatar_description="lines")
    assert me.display_name == "Alice L." and me.source.language == "en" and me.fields[0].name == "Site"
    assert api.account(me).username == api.me().username == api.account_verify_credentials().username == "alice"
    assert "missing" not in me.avatar
    assert "missing" in api.account_delete_avatar().avatar and "missing" in api.account_delete_header().header
    changed = api.profile_update(note="More lamps", show_media=False, fields=[("A", "b"), ("C", "d")], bot=True)
    assert changed.note == "More lamps" and not changed.show_media and changed.bot and len(changed.fields) == 2
    assert api.profile().id == me.id and not api.profile_update(bot=False).bot

with covers("tags are followed and featured",
            "tag tag_follow tag_unfollow followed_tags tag_feature tag_unfeature featured_tags featured_tag_create "
            "featured_tag_delete featured_tag_suggestions account_featured_tags"):
    assert api.tag_follow("lamp").following and [t.name for t in api.followed_tags()] == ["Lamp"], "as it was written first"
    assert not api.tag_unfollow("lamp").following and api.tag("lamp").id
    assert "lamps" in [t.name.lower() for t in api.featured_tag_suggestions()]
    assert api.tag_feature("lamp").featuring and [t.name.lower() for t in api.account_featured_tags(me)] == ["lamp"]
    assert not api.tag_unfeature("lamp").featuring
    featured = api.featured_tag_create("lamps")
    assert ids(api.featured_tags()) == [featured.id] and int(featured.statuses_count) == 1
    api.featured_tag_delete(featured)
    assert api.featured_tags() == []

print("Mastodon.py, all of it: other people")
friend = api.search_v2(bea.handle, resolve=True).accounts[0]
third = api.search_v2(cleo.handle, resolve=True).accounts[0]

with covers("people and posts are found",
            "search search_v1 search_v2 account_search account_lookup accounts"):
    assert ids(api.search("bea", result_type="accounts").accounts) == [friend.id]
    assert ids(api.search_v1("bea").accounts) == [friend.id]
    assert ids(api.account_search("cle", limit=5)) == [third.id] == [api.account_lookup(f"cleo@{cleo.domain}").id]
    assert set(ids(api.accounts([friend, third]))) == {friend.id, third.id}
    assert ids(api.search_v2("paragraphs", result_type="statuses").statuses) == [post.id]

with covers("mentions of strangers wait as requests until they are let in or sent away",
            "notifications_policy update_notifications_policy notification_requests notification_request "
            "dismiss_notification_request dismiss_multiple_notification_requests accept_notification_request "
            "accept_multiple_notification_requests notifications_merged"):
    assert api.update_notifications_policy(for_not_following="filter").for_not_following == "filter"
    assert api.notifications_policy().for_not_following == "filter"

    def knocks(server, who):
        """This friend mentions Alice; returns the request of it."""
        server.post("/api/v1/statuses", status=f"{alice.handle} hello")
        return until(lambda: [r for r in api.notification_requests() if r.account.id == who.id], what="a request")[0]

    wish = knocks(bea, friend)
    assert api.notification_request(wish).notifications_count == "1" and strip(wish.last_status.content).endswith("hello")
    api.dismiss_notification_request(wish)
    api.dismiss_multiple_notification_requests([knocks(bea, friend)])
    assert api.notification_requests() == [] == api.notifications()
    api.accept_notification_request(knocks(bea, friend))
    api.accept_multiple_notification_requests([knocks(cleo, third)])
    until(lambda: api.notifications_merged())
    assert {n.account.id for n in api.notifications(types=["mention"])} == {friend.id, third.id}
    api.update_notifications_policy(for_not_following="accept")

with covers("following, and being followed on request",
            "account_follow account_unfollow follows account_relationships account_following account_followers "
            "follow_requests follow_request_authorize follow_request_reject account_remove_from_followers"):
    assert api.account_follow(friend, notify=True).id == friend.id and api.follows("cleo").id == third.id
    until(lambda: all(r.following for r in api.account_relationships([friend, third])), what="both Accepts")
    assert set(ids(api.account_following(me))) == {friend.id, third.id}
    assert not api.account_unfollow(third).following
    api.account_update_credentials(locked=True)
    for server in (bea, cleo):
        server.post(f"/api/v1/accounts/{server.resolve(alice.handle)['id']}/follow")
    until(lambda: len(api.follow_requests()) == 2, what="two requests")
    assert api.follow_request_authorize(friend).followed_by and not api.follow_request_reject(third).followed_by
    assert api.follow_requests() == [] and ids(api.account_followers(me)) == [friend.id]
    assert not api.account_remove_from_followers(friend).followed_by
    api.account_update_credentials(locked=False)
    hers = bea.resolve(alice.handle)["id"]
    # Who is following still, as far as her server knows, asks for nothing.
    until(lambda: not bea.get("/api/v1/accounts/relationships", **{"id[]": hers})[0]["following"], what="the Reject")
    bea.post(f"/api/v1/accounts/{hers}/follow")
    until(lambda: ids(api.account_followers(me)) == [friend.id])

with covers("people are endorsed, noted, muted, blocked and reported",
            "account_endorse account_unendorse account_pin account_unpin endorsements account_note_set account_mute "
            "account_unmute mutes account_block account_unblock blocks domain_block domain_blocks domain_unblock report"):
    assert api.account_endorse(friend).endorsed and ids(api.endorsements()) == [friend.id]
    assert not api.account_unendorse(friend).endorsed
    assert api.account_pin(friend).endorsed and not api.account_unpin(friend).endorsed
    assert api.account_note_set(friend, "met at the lake").note == "met at the lake"
    assert api.account_mute(third, notifications=False, duration=3600).muting and ids(api.mutes()) == [third.id]
    assert not api.account_unmute(third).muting
    assert api.account_block(third).blocking and ids(api.blocks()) == [third.id]
    assert not api.account_unblock(third).blocking and api.mutes() == [] == api.blocks()
    api.domain_block("spam.example")
    assert list(api.domain_blocks()) == ["spam.example"]
    api.domain_unblock("spam.example")
    assert api.domain_blocks() == []
    filed = api.report(third, comment="too bright", category="spam", forward=False)
    assert filed.comment == "too bright" and filed.target_account.id == third.id and filed.category == "spam"

with covers("lists hold people and their posts",
            "list_create list list_update lists list_accounts list_accounts_add list_accounts_delete account_lists "
            "timeline_list list_delete"):
    near = api.list_create("Near", replies_policy="followed", exclusive=False)
    api.list_accounts_add(near, [friend])
    assert ids(api.list_accounts(near)) == [friend.id] and ids(api.account_lists(friend)) == [near.id]
    assert api.list_update(near, "Nearest", "none", True).exclusive and api.list(near).title == "Nearest"
    api.list_update(near, "Nearest", "none", False)
    bea.post("/api/v1/statuses", status="For the list #lake")
    until(lambda: [s for s in api.timeline_list(near) if "For the list" in s.content], what="her post in the list")
    spare = api.list_create("Spare")
    api.list_accounts_add(spare, [friend])
    api.list_accounts_delete(spare, [friend])
    assert api.list_accounts(spare) == [] and len(api.lists()) == 2
    api.list_delete(spare)
    assert ids(api.lists()) == [near.id]

with covers("whom one could follow, and what is talked about",
            "suggestions suggestions_v1 suggestions_v2 suggestion_delete directory account_familiar_followers trends "
            "trending_tags trending_statuses trending_links timeline_link"):
    assert isinstance(api.suggestions(), list) and ids(api.suggestions_v1()) == [s.account.id for s in api.suggestions_v2()]
    api.suggestion_delete(third)
    assert me.id in ids(api.directory()) and api.account_familiar_followers([third])[0].id == third.id
    page = f"{bea.url}/@bea"
    linked = api.status_post(f"Look at {page}")
    card = until(lambda: api.status(linked).card, what="a card")
    assert card.url.startswith(bea.url) and linked.id in ids(api.timeline_link(page))
    bea.post("/api/v1/statuses", status="#lake again")
    assert isinstance(api.trends(), list) and isinstance(api.trending_tags(limit=3, offset=0), list)
    assert isinstance(api.trending_statuses(), list) and isinstance(api.trending_links(lang="en"), list)

with covers("quotes are listed, revoked and forbidden",
            "status_quotes status_quote_revoke status_update_quote_approval_policy"):
    quotable = api.status_post("Quote me", quote_approval_policy="public")
    assert api.status_post("As I said", quoted_status_id=quotable).quote.quoted_status.id == quotable.id
    there = until(lambda: bea.resolve(quotable.url, "statuses"))
    bea.post("/api/v1/statuses", status=f"{alice.handle} she said", quoted_status_id=there["id"])
    until(lambda: len(api.status_quotes(quotable)) == 2, what="her quote")
    hers = next(s for s in api.status_quotes(quotable) if s.account.id == friend.id)
    assert api.status_quote_revoke(quotable, hers).quote.state == "revoked"
    assert api.status_update_quote_approval_policy(quotable, "nobody").quote_approval.automatic == []

with covers("collections of accounts are made, filled, shown and deleted",
            "collection_create collection collection_update collection_item_add collection_item_delete "
            "collection_item_revoke account_collections account_in_collections collection_delete"):
    best = api.collection_create("Best", description="of lamps", language="en", discoverable=True).collection
    assert api.collection(best).collection.name == "Best" and api.account_in_collections(None).collections == []
    assert api.collection_update(best, name="Better").collection.name == "Better"
    assert [c.id for c in api.account_collections(me).collections] == [best.id]
    item = api.collection_item_add(best, friend).collection_item
    api.collection_item_delete(best, item)
    refused(MastodonAPIError, api.collection_item_revoke, best, item)
    api.collection_delete(best)
    refused(MastodonNotFoundError, api.collection, best)

print("Mastodon.py, all of it: notifications and filters")

with covers("notifications one by one",
            "notifications notifications_unread_count notifications_dismiss notifications_clear"):
    found = until(lambda: api.notifications(types=["mention"], account_id=friend))
    assert api.notifications(found[0]).status.account.id == friend.id
    assert "mention" not in {n.type for n in api.notifications(exclude_types=["mention"])}
    assert api.notifications_unread_count().count > 0
    api.notifications_dismiss(found[0])
    refused(MastodonNotFoundError, api.notifications, found[0])
    api.notifications_clear()
    assert api.notifications() == [] and api.notifications_unread_count().count == 0

with covers("and in groups",
            "grouped_notifications grouped_notification grouped_notification_accounts dismiss_grouped_notification "
            "unread_grouped_notifications_count"):
    for server in (bea, cleo):
        server.post(f"/api/v1/statuses/{until(lambda: server.resolve(post.url, 'statuses'))['id']}/favourite")
    group = until(lambda: [g for g in api.grouped_notifications(types=["favourite"]).notification_groups
                           if g.notifications_count == 2], what="a group of two")[0]
    assert set(group.sample_account_ids) == {str(friend.id), str(third.id)}
    assert api.grouped_notification(group.group_key).notification_groups[0].group_key == group.group_key
    assert set(ids(api.grouped_notification_accounts(group.group_key))) == {friend.id, third.id}
    assert api.unread_grouped_notifications_count(types=["favourite"]) == 1
    api.dismiss_grouped_notification(group.group_key)
    assert api.grouped_notifications(types=["favourite"]).notification_groups == []

with covers("filters of both generations",
            "filters filter filter_create filter_update filter_delete filters_apply filters_v2 filter_v2 create_filter_v2 "
            "update_filter_v2 delete_filter_v2 filter_keywords_v2 add_filter_keyword_v2 delete_filter_keyword_v2 "
            "filter_statuses_v2 add_filter_status_v2 filter_status_v2 delete_filter_status_v2"):
    old = api.filter_create("gloom", ["home"], whole_word=True, expires_in=3600)
    assert api.filter(old).phrase == "gloom" and api.filter_update(old, phrase="doom", context=["home"]).phrase == "doom"
    gloomy = api.status_post("all is doom")
    assert gloomy.id not in ids(api.filters_apply(api.timeline_home(), api.filters(), "home"))
    api.filter_delete(old)
    assert api.filters() == []
    new = api.create_filter_v2("Dark", ["home", "public"], "warn", keywords_attributes=[{"keyword": "night", "whole_word": True}])
    word = api.add_filter_keyword_v2(new, "dusk", whole_word=False)
    assert [k.keyword for k in api.filter_keywords_v2(new)] == ["night", "dusk"]
    api.delete_filter_keyword_v2(word)
    held = api.add_filter_status_v2(new, gloomy)
    assert api.filter_status_v2(held).status_id == str(gloomy.id) and ids(api.filter_statuses_v2(new)) == [held.id]
    assert api.status(gloomy).filtered[0].filter.title == "Dark"
    api.delete_filter_status_v2(held)
    assert api.update_filter_v2(new, title="Darker", filter_action="hide", expires_in=60).filter_action == "hide"
    assert api.filter_v2(new).title == "Darker" and ids(api.filters_v2()) == [new.id]
    api.delete_filter_v2(new)
    assert api.filters_v2() == []

print("Mastodon.py, all of it: live")


class Heard(StreamListener):
    """Keeps the name and the data of each event."""

    def __init__(self):
        self.events = []

    def on_any_event(self, name, data=None, for_stream=None):
        self.events.append((name, data))

    def has(self, name, text=""):
        return any(name == seen and text in str(data) for seen, data in self.events)


with covers("each stream gets what is its own over server-sent events",
            "stream_user stream_user_notifications stream_public stream_local stream_hashtag stream_list stream_direct "
            "stream_healthy conversations conversations_read"):
    assert api.stream_healthy()
    heard = {name: Heard() for name in ("user", "told", "public", "local", "tag", "list", "direct")}
    handles = [api.stream_user(heard["user"], run_async=True), api.stream_user_notifications(heard["told"], run_async=True),
               api.stream_public(heard["public"], run_async=True), api.stream_local(heard["local"], run_async=True),
               api.stream_hashtag("lake", heard["tag"], run_async=True), api.stream_list(near, heard["list"], run_async=True),
               api.stream_direct(heard["direct"], run_async=True)]
    until(lambda: all(handle.is_receiving() for handle in handles), what="seven open streams")
    bea.post("/api/v1/statuses", status="Swim in the #lake")
    for name in ("user", "public", "tag", "list"):
        until(lambda: heard[name].has("update", "Swim in the"), what=f"her post in {name}")
    api.status_post("My own lake")
    until(lambda: heard["local"].has("update", "My own lake"))
    bea.post("/api/v1/statuses", status=f"{alice.handle} psst", visibility="direct")
    for name, event in (("direct", "conversation"), ("told", "notification"), ("user", "notification")):
        until(lambda: heard[name].has(event, "psst"), what=f"{event} in {name}")
    assert not heard["local"].has("update", "Swim") and not heard["public"].has("update", "psst")
    assert not heard["told"].has("update")
    for handle in handles:  # each waits for the next heartbeat
        threading.Thread(target=handle.close, daemon=True).start()
    talk = api.conversations()[0]
    assert talk.unread and ids(talk.accounts) == [friend.id] and not api.conversations_read(talk).unread

with covers("one WebSocket carries several streams", "stream_open_websocket"):
    socket = api.stream_open_websocket()
    mine, tagged = Heard(), Heard()
    api.stream_user(mine, websocket_handle=socket)
    api.stream_hashtag("lake", tagged, websocket_handle=socket)
    until(socket.is_receiving)
    until(lambda: (api.status_post("On the #lake"), mine.has("update", "On the") and tagged.has("update", "On the"))[1])
    socket.close()

with covers("a push subscription is made, shown, changed and ended",
            "push_subscription push_subscription_set push_subscription_update push_subscription_delete "
            "push_subscription_generate_keys"):
    private, public = api.push_subscription_generate_keys()
    made = api.push_subscription_set("https://push.example/lane", public, mention_events=True, follow_events=False,
                                     policy="followed")
    assert made.endpoint == "https://push.example/lane" and made.server_key and made.alerts.mention
    assert api.push_subscription_update(favourite_events=True, poll_events=True).alerts.favourite
    assert api.push_subscription().id == made.id
    api.push_subscription_delete()
    refused(MastodonNotFoundError, api.push_subscription)

with covers("a thread of another server is looked after in the background, and asked for again",
            "get_async_refresh_info get_async_refresh_status await_async_refresh"):
    hers = bea.post("/api/v1/statuses", status="Who comes along?")
    bea.post("/api/v1/statuses", status="I do, says Bea", in_reply_to_id=hers["id"])
    here = until(lambda: api.search_v2(hers["url"], resolve=True).statuses)[0]
    thread = api.status_context(here)
    running, seconds = api.get_async_refresh_info(thread)
    assert running.status == "running" and 0 < seconds < 60
    assert api.get_async_refresh_status(running).status in ("running", "finished")
    whole = api.await_async_refresh(thread, timeout=30)
    assert [strip(s.content) for s in whole.descendants] == ["I do, says Bea"]

with covers("the yearly report says that there is none",
            "annual_reports annual_report annual_report_state annual_report_generate annual_report_read"):
    assert api.annual_reports().annual_reports == [] and api.annual_report_state(2001).state == "ineligible"
    refused(MastodonNotFoundError, api.annual_report, 2001)
    api.annual_report_generate(2001)
    refused(MastodonNotFoundError, api.annual_report_read, 2001)

with check("the programs named for the rest do call it"):
    for name, file in ELSEWHERE.items():
        assert f".{name}(" in (Path(__file__).parent / file).read_text("utf-8"), (name, file)

complete(NAMES, LEFT_OUT)
finish()
