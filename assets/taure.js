// What is nicer with a script. Every page works without this file; its words stand in the page, at #tools.
"use strict";
const all = (css, root = document) => [...root.querySelectorAll(css)];
const one = (css, root = document) => root.querySelector(css);
const make = (tag, props) => Object.assign(document.createElement(tag), props);
const tools = one("#tools"), words = tools ? tools.dataset : {};
const body = document.body, owner = body.classList.contains("owner");
const parse = (text) => new DOMParser().parseFromString(text, "text/html");
const load = async (url) => {
  const answer = await fetch(url, { headers: { "x-swap": "1" }, redirect: "error" });
  if (!answer.ok) throw answer;
  return answer.text();
};
// Many calls in a moment are one.
const gather = (act, wait) => {
  let timer;
  return () => { clearTimeout(timer); timer = setTimeout(() => act().catch(() => {}), wait); };
};

// Letters left in the compose box; a link counts as 23 and @user@domain as @user, as the server counts.
for (const form of all("form[data-limit]")) {
  const limit = Number(form.dataset.limit), text = one("textarea", form), left = one(".left", form);
  const segments = window.Intl && Intl.Segmenter ? new Intl.Segmenter() : null;
  const length = (s) => segments ? [...segments.segment(s)].length : [...s].length;
  const spoiler = one("[name=spoiler_text]", form);
  const count = () => {
    const shown = text.value.replace(/https?:\/\/\S+/gi, "x".repeat(23)).replace(/(@\w+)@[\w.-]+\w/g, "$1");
    const rest = limit - length(shown) - (spoiler ? length(spoiler.value) : 0);
    left.textContent = rest;
    left.classList.toggle("over", rest < 0);
  };
  form.addEventListener("input", count);
  count();
  // Ctrl or Cmd with Enter sends.
  text.addEventListener("keydown", (e) => {
    if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) form.requestSubmit();
  });
}

// A line at the foot of the page, with one thing to do about it. It stays while it is pointed at.
const toast = (text, label, act, end) => {
  const line = make("p", { textContent: text }), over = (done) => { clearInterval(timer); line.remove(); done?.(); };
  let left = 6;
  const timer = setInterval(() => { if (!line.matches(":hover, :focus-within") && --left <= 0) over(end); }, 1000);
  if (label) {
    const button = make("button", { type: "button", textContent: label });
    button.onclick = () => over(act);
    line.append(button);
  }
  tools.append(line);
};

// A page that is left ends its requests: no reason to complain.
let leaving = false;
const waiting = new Set(); // deletions that can be undone still
addEventListener("beforeunload", () => { leaving = true; });
addEventListener("pageshow", () => { leaving = false; });
addEventListener("pagehide", () => waiting.forEach((send) => send()));

const send = async (form, redirect) => {
  const sent = new URLSearchParams(new FormData(form));
  const answer = await fetch(form.action, { method: "POST", body: sent, headers: redirect === "error" ? { "x-swap": "1" } : {}, redirect });
  if (!answer.ok) throw answer;
  return parse(await answer.text());
};
// What was shown early is taken back. Who is not signed in any more is told so by the plain form's answer.
const failed = (form, error, back) => {
  if (leaving) return;
  if (error.status === 401 || error.status === 403) return form.submit();
  back();
  delete form.dataset.busy;
  toast(words.offline, words.retry, () => form.requestSubmit());
};

// Favourite, boost, bookmark: at once, and as the server says when it has answered.
const toggle = async (form) => {
  const button = one("button", form), number = one("span:not(.hide)", button);
  const flip = () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", on);
    button.classList.toggle("on", on);
    if (number && Number(number.textContent) >= 0) number.textContent = Number(number.textContent) + (on ? 1 : -1);
  };
  flip();
  try {
    const fresh = one(".acts", await send(form, "error")), place = form.closest(".acts");
    const held = place.contains(document.activeElement) && button.dataset.act;
    place.replaceWith(fresh);
    ready(fresh);
    if (held) one(`[data-act="${held}"]`, fresh)?.focus();
  } catch (error) { failed(form, error, flip); }
};

// Follow, mute, block: the page that the form leads back to has the new buttons.
const relate = async (form) => {
  const { swap, done, then } = form.dataset, button = one("button", form), before = button.textContent;
  if (then) button.textContent = then;
  try {
    const page = await send(form, "follow"), held = form.contains(document.activeElement);
    const same = (of, root) => one(`[data-swap="${of.dataset.swap}"]`, root);
    const stands = same(form, page) || page.body.classList.contains("owner");
    for (const old of all(`[data-swap$="-${swap.split("-")[1]}"]`)) {
      const fresh = same(old, page);
      if (fresh) old.replaceWith(fresh);
    }
    if (!stands) throw new Error(swap);
    if (held) one("button", same(form))?.focus();
    if (done) toast(done, words.undo, () => same(form)?.requestSubmit());
    else delete form.dataset.busy;
  } catch (error) { failed(form, error, () => { button.textContent = before; }); }
};

const translate = async (form) => {
  try { form.replaceWith(...(await send(form, "error")).body.children); } catch (error) { failed(form, error, () => {}); }
};

document.addEventListener("submit", (event) => {
  const form = event.target, data = form.dataset;
  if (data.confirm && !window.confirm(data.confirm)) return event.preventDefault();
  // One press sends once.
  if (form.classList.contains("composer")) {
    const button = one("button.primary", form);
    setTimeout(() => { button.disabled = true; });
    setTimeout(() => { button.disabled = false; }, 8000);
  }
  const act = form.matches(".swap-acts") ? toggle : data.swap ? relate : form.matches(".translate") ? translate : null;
  if (!act || !tools) return;
  event.preventDefault();
  if (data.busy) return;
  data.busy = "1";
  act(form);
});

// A deletion waits until it cannot be undone any more.
const erase = (link) => {
  const article = link.closest("article"), csrf = one("[name=csrf]").value;
  const go = () => {
    waiting.delete(go);
    return fetch(link.href, { method: "POST", body: new URLSearchParams({ csrf }), keepalive: true, redirect: "manual" });
  };
  const keep = () => { waiting.delete(go); article.hidden = false; };
  article.hidden = true;
  waiting.add(go);
  toast(words.deleted, words.undo, keep, async () => {
    const answer = await go().catch(() => null);
    if (answer?.ok || answer?.type === "opaqueredirect") return article.remove();
    keep();
    toast(words.offline, words.retry, () => erase(link));
  });
};

// The whole picture, with what it shows in words.
const viewer = one("#viewer");
let shown = [], at = 0;
const step = (by) => {
  at = (at + by + shown.length) % shown.length;
  const small = one("img", shown[at]), large = one("img", viewer);
  large.src = shown[at].href;
  large.alt = one("figcaption", viewer).textContent = small.alt;
  for (const button of all("[data-step]", viewer)) button.hidden = shown.length < 2;
};
if (viewer) {
  let from = null;
  viewer.addEventListener("keydown", (e) => { if (/^Arrow(Left|Right)$/.test(e.key)) step(e.key === "ArrowLeft" ? -1 : 1); });
  viewer.addEventListener("touchstart", (e) => {
    from = e.touches.length === 1 && !(visualViewport?.scale > 1) ? e.touches[0].clientX : null;
  }, { passive: true });
  viewer.addEventListener("touchend", (e) => {
    const by = from === null ? 0 : e.changedTouches[0].clientX - from;
    if (Math.abs(by) > 50 && shown.length > 1) step(by > 0 ? -1 : 1);
  });
  viewer.addEventListener("close", () => { one("img", viewer).removeAttribute("src"); shown[at]?.focus(); });
}

// An open menu closes when something else is touched, or with Escape.
const menus = (except) => {
  for (const open of all(".acts details[open]")) if (open !== except) open.open = false;
};
document.addEventListener("click", (e) => {
  const near = (css) => e.target.closest(css), plain = !(e.button || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey);
  menus(near(".acts details"));
  const picture = near(".media figure a"), share = near("[data-share]"), gone = near("article:not(.focus) a[data-delete]");
  if (viewer && picture && plain) {
    e.preventDefault();
    shown = all("figure a", picture.closest(".media"));
    at = shown.indexOf(picture);
    step(0);
    viewer.showModal();
  } else if (near("[data-step]")) step(Number(near("[data-step]").dataset.step));
  else if (near("[data-close]") || e.target.matches("dialog")) near("dialog").close();
  else if (share) {
    const url = share.dataset.share;
    if (navigator.share) navigator.share({ url }).catch(() => {});
    else navigator.clipboard?.writeText(url).then(() => toast(words.copied));
    menus();
  } else if (gone && plain && tools) {
    e.preventDefault();
    erase(gone);
  } else if (near("main a") && plain) mark();
});
document.addEventListener("keydown", (e) => { if (e.key === "Escape") menus(null); });

// Short films without sound move under the pointer, where motion is welcome.
for (const [name, act] of [["mouseover", "play"], ["mouseout", "pause"]]) {
  document.addEventListener(name, (e) => {
    const film = e.target.closest("video[data-gifv]");
    if (film && !matchMedia("(prefers-reduced-motion: reduce)").matches) film[act]()?.catch(() => {});
  });
}

// Times grow old while a page is open.
const age = (root) => {
  for (const time of all("time[title]", root)) {
    const minutes = Math.floor((Date.now() - Date.parse(time.dateTime)) / 60000);
    if (minutes < 0 || minutes >= 1440 || !words.minutes) continue;
    const [text, n] = minutes < 1 ? [words.now] : minutes < 60 ? [words.minutes, minutes] : [words.hours, Math.floor(minutes / 60)];
    time.textContent = text.replace("0", n);
  }
};
setInterval(() => age(document), 30000);

// What only a script can do shows itself.
const ready = (root) => {
  for (const hidden of all("[data-share][hidden]", root)) hidden.hidden = false;
  age(root);
};
ready(document);

// The older page comes by itself, ten times; then the link is pressed, and the foot can be reached.
let pages = 0;
const watch = window.IntersectionObserver && new IntersectionObserver(async ([seen]) => {
  const link = seen.target, place = link.closest(".pager"), list = all("main > .list").pop();
  if (!seen.isIntersecting || !list) return;
  watch.disconnect();
  try {
    const page = parse(await (await fetch(link.href)).text()), fresh = all("main > .list", page).pop();
    const posts = [...fresh.children].filter((e) => !e.id || !document.getElementById(e.id));
    for (const post of posts) post.dataset.page = link.href;
    list.append(...posts);
    posts.forEach(ready);
    const next = one(".pager a[rel=next]", page);
    if (next) link.replaceWith(next); else place.remove();
    if (next && ++pages < 10) watch.observe(next);
  } catch { /* the link is there */ }
}, { rootMargin: "900px" });
for (const link of all(".pager a[rel=next]").slice(0, 1)) watch?.observe(link);
// Back leads to the place: to the page on which the topmost post stood.
const mark = () => {
  const top = pages && all("main > .list > [id]").find((e) => e.getBoundingClientRect().bottom > 80);
  if (!top) return;
  history.scrollRestoration = "manual";
  history.replaceState({ at: top.id }, "", top.dataset.page || location.href);
};
if (history.state?.at) document.getElementById(history.state.at)?.scrollIntoView();
else if (!location.hash) {
  history.scrollRestoration = "auto";
  if (one(".post.up")) one(".focus").scrollIntoView();
}

// What comes while a home or thread is open. A tab that nobody sees does not listen.
if (owner && tools && window.EventSource) {
  const home = location.pathname === "/" && !location.search, title = document.title;
  const bell = one('nav a[href="/notifications"]');
  const count = gather(async () => {
    const number = Number(await load("/live/unread"));
    one(".count", bell)?.remove();
    if (number) {
      const badge = make("span", { className: "count", textContent: number });
      badge.append(make("span", { className: "hide", textContent: ` ${words.unread}` }));
      bell.append(badge);
    }
    document.title = (number ? `(${number}) ` : "") + title;
    navigator.setAppBadge?.(number).catch(() => {});
  }, 300);
  const look = gather(async () => {
    const list = one("main > .h-feed"), first = list && one("article[id]", list);
    const page = parse(await load(`/?limit=40&min_id=${first ? first.id.slice(1) : 0}`));
    const posts = all("body > article", page).filter((post) => !document.getElementById(post.id));
    const button = one("button.newer", page);
    one("main > .newer")?.remove();
    if (!posts.length) return;
    if (!first) return location.reload();
    const insert = () => {
      button.remove();
      list.prepend(...posts);
      posts.forEach(ready);
      if (posts.length > 30) look();
    };
    const idle = scrollY < 60 && (document.activeElement === body || document.activeElement.id === "main")
      && !one("dialog[open], .list details[open]") && !all("textarea").some((t) => t.value);
    if (idle) return insert();
    button.onclick = () => { insert(); scrollTo(0, 0); posts[0].tabIndex = -1; posts[0].focus(); };
    list.before(button);
  }, 600);
  const renew = async (id) => {
    for (const old of all(`[data-post="${id}"]`)) {
      const focus = old.matches(".focus") ? "&focus=1" : "";
      const back = encodeURIComponent(`${location.pathname}${location.search}#${old.id}`);
      const fresh = one("article", parse(await load(`/live/${old.id.slice(1)}?back=${back}${focus}`)));
      if (!fresh || old.contains(document.activeElement)) continue;
      fresh.className = old.className;
      all("details", fresh).forEach((d, i) => { d.open = all("details", old)[i]?.open ?? d.open; });
      old.replaceWith(fresh);
      ready(fresh);
    }
  };
  let source, timer, wait = 1;
  const shut = () => { source?.close(); source = null; clearTimeout(timer); };
  const open = () => {
    if (source || document.hidden) return;
    source = new EventSource("/live");
    source.onopen = () => { wait = 1; count(); if (home) look(); };
    source.onerror = () => {
      shut();
      timer = setTimeout(open, 1000 * (wait + Math.random()));
      wait = Math.min(wait * 2, 60);
    };
    const on = (name, act) => source.addEventListener(name, (e) => act(e.data));
    on("update", () => home && look());
    for (const name of ["status.update", "status.counts"]) on(name, (id) => renew(id).catch(() => {}));
    on("delete", (id) => all(`[data-post="${id}"]:not(.focus), #s${id}:not(.focus)`).forEach((post) => post.remove()));
    on("notification", count);
    on("notifications_merged", count);
  };
  const turn = () => { if (document.hidden) shut(); else { shut(); open(); } };
  document.addEventListener("visibilitychange", turn);
  addEventListener("pagehide", shut);
  addEventListener("pageshow", (e) => { if (e.persisted) turn(); });
  addEventListener("online", turn);
  open();
}

// A thread that is looked for elsewhere fills up.
let tries = 0;
const fill = async () => {
  const line = one("[data-looking]");
  if (!line || ++tries > 4) return;
  const page = parse(await (await fetch(location.href)).text());
  for (const post of all(".thread article", page)) {
    const before = post.previousElementSibling?.id, place = before && document.getElementById(before);
    if (!document.getElementById(post.id) && place) { place.after(post); ready(post); }
  }
  const fresh = one("[data-looking]", page);
  if (fresh) setTimeout(fill, 5000); else line.remove();
};
setTimeout(() => fill().catch(() => {}), 5000);

// Keys, as in Mastodon; never while somebody types.
if (owner && body.dataset.keys !== "off") {
  const posts = () => all("main article").filter((a) => a.checkVisibility());
  const here = () => document.activeElement.closest("article");
  const press = (css) => { const found = here() && one(css, here()); found?.click(); return found; };
  const move = (by) => {
    const list = posts(), now = list.indexOf(here());
    const next = now < 0 ? list.find((a) => a.getBoundingClientRect().bottom > 80) : list[now + by];
    if (!next) return;
    next.tabIndex = -1;
    next.focus();
  };
  const open = (css) => { const veil = here() && one(css, here()); if (veil) veil.open = !veil.open; };
  const go = (to) => { location.href = to; };
  const acts = {
    j: () => move(1), k: () => move(-1), r: () => press('a[href$="#reply"]'), f: () => press("[data-act=favourite]"),
    b: () => press("[data-act=boost]"), o: () => press(".when a, .u-uid"), p: () => press(".names a"),
    n: () => { const box = one(".composer textarea"); if (box) box.focus(); else go("/compose"); },
    "/": () => { const box = one("[type=search]"); if (box) box.focus(); else go("/search"); },
    x: () => open(".veil"), h: () => open(".veil:has(.media)"), Backspace: () => history.back(),
    "?": () => one("#keys").showModal(), "g h": () => go("/"), "g n": () => go("/notifications"),
  };
  let lead = "";
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing || one("dialog[open]")) return;
    if (e.target.closest("input, textarea, select, [contenteditable]")) return;
    const name = e.key === "Enter" && e.target.matches("article") ? "o" : e.key;
    const act = acts[lead + name];
    lead = name === "g" ? "g " : "";
    if (!act) return;
    e.preventDefault();
    act();
  });
}

// A field for an alternative text appears with each chosen picture; without a script there are four.
for (const box of all(".uploads")) {
  const rows = all(".upload", box);
  const show = () => {
    const used = rows.filter((r) => one("[type=file]", r).files.length).length;
    rows.forEach((r, i) => { r.hidden = i > used; });
  };
  box.addEventListener("change", show);
  show();
}
