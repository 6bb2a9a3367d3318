// What is nicer with a script for the owner. taure.js comes first, with what both use.
"use strict";
// Ctrl+Enter sends. compose.js has the rest of the box.
for (const text of all("form[data-limit] textarea")) {
  on(text, "keydown", (e) => { if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) text.form.requestSubmit(); });
}
// What was not sent yet is nobody's to find after signing out.
on(d, "submit", ({ target }) => {
  if (target.getAttribute("action") !== "/auth/sign_out") return;
  for (const name of Object.keys(localStorage)) if (name.startsWith("draft:")) localStorage.removeItem(name);
});

// A deletion waits until its undo is over or the page left. What a browser drops then, the next page sends.
const waiting = new Set(), owed = sessionStorage;
const finish = async (link) => {
  const body = new URLSearchParams({ csrf: owed[link] });
  const answer = await fetch(link, { method: "POST", body, keepalive: true, redirect: "manual" });
  delete owed[link];
  return answer;
};
for (const link of Object.keys(owed)) finish(link).catch(ignore);
on(window, "pagehide", () => waiting.forEach((go) => go()));
const erase = (link) => {
  const article = link.closest("article");
  const go = () => { waiting.delete(go); return finish(link); };
  const keep = () => { waiting.delete(go); delete owed[link]; article.hidden = false; };
  article.hidden = true;
  waiting.add(go);
  owed[link] = one("[name=csrf]").value;
  toast(words.deleted, words.undo, keep, async () => {
    if ((await go().catch(ignore))?.type === "opaqueredirect") return article.remove();
    keep();
    toast(words.offline, words.retry, () => erase(link));
  });
};

// What comes while a page is open. A tab that nobody sees does not listen.
if (window.EventSource) {
  const home = location.pathname === "/" && !location.search, title = d.title;
  const count = gather(async () => {
    const number = +await load("/live/unread"), bell = one('nav a[href="/notifications"]');
    one(".count", bell)?.remove();
    if (number) bell.insertAdjacentHTML("beforeend", `<span class=count>${number}<span class=hide></span></span>`);
    if (number) one(".count .hide", bell).textContent = ` ${words.unread}`;
    d.title = (number ? `(${number}) ` : "") + title;
    (number ? navigator.setAppBadge?.(number) : navigator.clearAppBadge?.())?.catch(ignore);
  }, 300);
  const look = gather(async () => {
    const list = one("main > .h-feed"), first = one("main > .h-feed > [id]");
    const page = parse(await load(`/?limit=40&min_id=${first ? first.id.slice(1) : 0}`));
    const posts = all("article[id]", page).filter((post) => !id(post.id)), button = one(".newer", page);
    one("main > .newer")?.remove();
    if (!posts.length) return;
    if (!first) return location.reload();
    const insert = () => { button.remove(); list.prepend(...posts); posts.forEach(ready); if (posts[30]) look(); };
    const busy = scrollY > 60 || d.activeElement.closest("main *") || one("dialog[open], .list details[open]")
      || all("textarea").some((text) => text.value);
    if (!busy) return insert();
    button.onclick = () => { insert(); scrollTo(0, 0); posts[0].tabIndex = -1; posts[0].focus(); };
    list.before(button);
  }, 600);
  const renew = async ({ data }) => {
    for (const old of all(`[data-post="${data}"]`)) {
      const back = encodeURIComponent(location.pathname + location.search);
      const page = await load(`/live/${old.id.slice(1)}?back=${back}${old.matches(".focus") ? "&focus=1" : ""}`);
      const fresh = one("article", parse(page));
      if (!fresh || old.contains(d.activeElement)) continue;
      fresh.className = old.className;
      const folds = all("details", old);
      all("details", fresh).forEach((fold, n) => { fold.open = folds[n]?.open; });
      old.replaceWith(fresh);
      ready(fresh);
    }
  };
  // What is answered to an open thread waits for a press: nothing moves under whoever reads.
  const thread = one(".focus"), answers = () => id("replies");
  const hear = thread && gather(async () => {
    const back = encodeURIComponent(location.pathname), seen = all("article", answers()).length;
    const page = parse(await load(`/live/${thread.dataset.post}/replies?seen=${seen}&back=${back}`));
    const button = one(".newer", page), fresh = one("#replies", page);
    one("main > .newer")?.remove();
    if (!button) return;
    button.onclick = () => {
      const known = new Set(all("article", answers()).map((post) => post.id));
      button.remove();
      answers().replaceWith(fresh);
      ready(fresh);
      const first = all("article", fresh).find((post) => !known.has(post.id));
      if (!first) return;
      const fold = first.closest("details");
      if (fold) fold.open = true;
      first.tabIndex = -1;
      first.focus();
    };
    answers().before(button);
  }, 600);
  let source, timer, wait = 1;
  const turn = () => {
    source?.close();
    clearTimeout(timer);
    if (d.hidden) return;
    source = new EventSource("/live");
    on(source, "open", () => { wait = 1; });
    on(source, "open notification notifications_merged", count);
    if (home) on(source, "open update", look);
    if (hear) on(source, "status.counts", ({ data }) => { if (one(`main [data-post="${data}"]`)) hear(); });
    on(source, "status.update status.counts", (e) => renew(e).catch(ignore));
    on(source, "delete", ({ data }) => all(`[data-post="${data}"], #s${data}`).forEach((post) => { if (!post.matches(".focus")) post.remove(); }));
    on(source, "error", () => {
      source.close();
      timer = setTimeout(turn, 1000 * (wait + Math.random()));
      wait = Math.min(wait * 2, 60);
    });
  };
  on(d, "visibilitychange", turn);
  on(window, "online", turn);
  on(window, "pagehide", () => source?.close());
  on(window, "pageshow", (e) => { if (e.persisted) turn(); });
  turn();
}

// Keys, as in Mastodon; never while somebody types.
if (body.dataset.keys !== "off") {
  const here = () => d.activeElement.closest("article"), go = (to) => () => { location.href = to; };
  const press = (css) => () => here() && one(css, here())?.click();
  const fold = (css) => () => { const veil = here() && one(css, here()); if (veil) veil.open = !veil.open; };
  const focus = (css, to) => () => { const field = one(css); if (field) field.focus(); else go(to)(); };
  const move = (by) => () => {
    const list = all("main article").filter((post) => post.checkVisibility()), now = list.indexOf(here());
    const next = now < 0 ? list.find((post) => post.getBoundingClientRect().bottom > 80) : list[now + by];
    if (next) next.tabIndex = -1;
    next?.focus();
  };
  const acts = {
    j: move(1), k: move(-1), r: press('a[href$="#reply"]'), f: press("[data-act=favourite]"), b: press("[data-act=boost]"),
    o: press(".when a, .u-uid"), p: press(".names a"), n: focus(".composer textarea", "/compose"), "/": focus("[type=search]", "/search"),
    x: fold(".veil"), h: fold(".veil:has(.media)"), Backspace: () => history.back(), "?": () => id("keys").showModal(),
    "g h": go("/"), "g n": go("/notifications"),
  };
  let lead = "";
  on(d, "keydown", (e) => {
    const target = e.target;
    if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing || one("dialog[open]") || target.matches("input, textarea, select")) return;
    const act = acts[lead + (e.key === "Enter" && target.matches("article") ? "o" : e.key)];
    lead = e.key === "g" ? "g " : "";
    if (!act) return;
    e.preventDefault();
    act();
  });
}

// A field for an alternative text appears with each chosen picture; without a script there are four.
for (const box of all(".uploads")) {
  const rows = all(".upload", box);
  const show = () => {
    const used = rows.filter((row) => one("[type=file]", row).files.length).length;
    rows.forEach((row, n) => { row.hidden = n > used; });
  };
  on(box, "change", show);
  show();
}

// Who pressed Reply writes, after what stands there. A browser that goes to the box takes the cursor away: back.
const begin = (text) => { text.focus(); text.selectionStart = text.value.length; };
all(".composer [autofocus]").map(begin);
on(window, "load hashchange", () => setTimeout(() => { if (location.hash === "#reply") all("#reply textarea").map(begin); }));
