// What is nicer with a script, for everybody; owner.js has the rest. Every page works without. Words stand at #tools.
"use strict";
const d = document, body = d.body, all = (css, root = d) => [...root.querySelectorAll(css)];
const one = (css, root = d) => root.querySelector(css), id = (name) => d.getElementById(name);
const on = (target, names, act, how) => { for (const name of names.split(" ")) target.addEventListener(name, act, how); };
const tools = id("tools"), words = tools?.dataset ?? {};
const parse = (text) => new DOMParser().parseFromString(text, "text/html");
const load = async (url, how) => {
  const answer = await fetch(url, { headers: { "x-swap": "1" }, redirect: "error", ...how });
  if (!answer.ok) throw answer;
  return answer.text();
};
const ignore = () => {};
// Many calls in a moment are one.
const gather = (act, wait, timer) => () => { clearTimeout(timer); timer = setTimeout(() => act().catch(ignore), wait); };

// A message, with one thing to do about it. It stays while it is pointed at.
const toast = (text, label, act, end) => {
  const line = d.createElement("p"), over = (done) => { clearInterval(timer); line.remove(); done?.(); };
  let left = 6;
  const timer = setInterval(() => { if (!line.matches(":hover, :focus-within") && --left <= 0) over(end); }, 1000);
  line.append(text);
  if (label) {
    const button = d.createElement("button");
    button.append(label);
    button.onclick = () => over(act);
    line.append(button);
  }
  tools.append(line);
};

// A page that is left ends its requests.
let leaving = false;
on(window, "beforeunload", () => { leaving = true; });
on(window, "pageshow", () => { leaving = false; });
const send = async (form, how) => parse(await load(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), ...how }));
// What was shown early is taken back. Who is signed out is told so by the plain form's answer.
const attempt = async (form, act, back) => {
  try { await act(); } catch (error) {
    if (leaving) return;
    if (error.status === 401 || error.status === 403) return form.submit();
    back?.();
    toast(words.offline, words.retry, () => form.requestSubmit());
  }
  delete form.dataset.busy;
};
// Favourite, boost, bookmark: at once, and as the server says when it has answered.
const toggle = (form) => {
  const button = one("button", form), number = one("span:not(.hide)", button);
  const flip = () => {
    const now = button.ariaPressed !== "true";
    button.ariaPressed = now;
    button.classList.toggle("on", now);
    if (number && number.textContent >= 0) number.textContent = +number.textContent + (now ? 1 : -1);
  };
  flip();
  return attempt(form, async () => {
    const fresh = one(".acts", await send(form)), held = form.contains(d.activeElement);
    form.closest(".acts").replaceWith(fresh);
    ready(fresh);
    if (held) one(`[data-act=${button.dataset.act}]`, fresh)?.focus();
  }, flip);
};
// Follow, mute, block: the page that the form leads back to has the new buttons.
const relate = (form) => {
  const { swap, done, then } = form.dataset, button = one("button", form), before = [...button.childNodes];
  const find = (name, root) => one(`[data-swap="${name}"]`, root);
  if (then) button.textContent = then;
  return attempt(form, async () => {
    const page = await send(form, { headers: {}, redirect: "follow" }), held = form.contains(d.activeElement);
    for (const old of all("[data-swap]")) old.replaceWith(find(old.dataset.swap, page)?.cloneNode(true) ?? old);
    if (held) one("button", find(swap)).focus();
    if (done) toast(done, words.undo, () => find(swap).requestSubmit());
  }, () => button.replaceChildren(...before));
};
const translate = (form) => attempt(form, async () => form.replaceWith(...(await send(form)).body.children));

on(d, "submit", (e) => {
  const form = e.target, data = form.dataset;
  if (data.confirm && !confirm(data.confirm)) return e.preventDefault();
  // One press sends once.
  if (form.matches(".composer")) {
    const button = one("button.primary", form);
    setTimeout(() => { button.disabled = true; });
    setTimeout(() => { button.disabled = false; }, 8000);
  }
  const act = form.matches(".swap-acts") ? toggle : data.swap ? relate : form.matches(".translate") && translate;
  if (!act || !tools) return;
  e.preventDefault();
  if (!data.busy) act(form, data.busy = 1);
});

// The whole picture, with what it shows in words.
const viewer = id("viewer");
let shown = [], at = 0, from;
const step = (by) => {
  at = (at + by + shown.length) % shown.length;
  const large = one("img", viewer);
  large.src = shown[at].href;
  large.alt = one("figcaption", viewer).textContent = one("img", shown[at]).alt;
  for (const button of all("[data-step]", viewer)) button.hidden = !shown[1];
};
if (viewer) {
  one("figure", viewer).prepend(Object.assign(new Image(), { alt: "" }));
  on(viewer, "keydown", (e) => { if (/^Arrow[LR]/.test(e.key)) step(e.key < "ArrowR" ? -1 : 1); });
  on(viewer, "touchstart", (e) => { from = e.touches[1] || visualViewport.scale > 1 ? null : e.touches[0].clientX; }, { passive: true });
  on(viewer, "touchend", (e) => {
    const by = e.changedTouches[0].clientX - from;
    if (from !== null && Math.abs(by) > 50) step(by > 0 ? -1 : 1);
  });
  on(viewer, "close", () => { one("img", viewer).removeAttribute("src"); shown[at].focus(); });
}

const menus = (except) => { for (const open of all(".acts details[open], .menu[open]")) if (open !== except) open.open = false; };
on(d, "click", (e) => {
  const near = (css) => e.target.closest(css), plain = tools && !(e.ctrlKey || e.metaKey || e.shiftKey || e.altKey);
  const picture = near(".media figure a"), share = near("[data-share]"), gone = near("article:not(.focus) a[data-delete]"), next = near("[data-step]");
  menus(near(".acts details, .menu"));
  if (plain && (picture || gone)) e.preventDefault();
  if (next) step(+next.dataset.step);
  else if (near("[data-close]") || e.target.matches("dialog")) near("dialog").close();
  else if (share) {
    const url = share.dataset.share;
    if (navigator.share) navigator.share({ url }).catch(ignore);
    else navigator.clipboard?.writeText(url).then(() => toast(words.copied));
  } else if (plain && picture) {
    shown = all("figure a", picture.closest(".media"));
    at = shown.indexOf(picture);
    step(0);
    viewer.showModal();
  } else if (plain && gone) erase(gone);
  else if (plain && near("main a")) mark();
});
on(d, "keydown", (e) => { if (e.key === "Escape") menus(); });

// Short films move under the pointer, where motion is welcome.
on(d, "mouseover mouseout", (e) => {
  const film = e.target.closest("[data-gifv]");
  if (film && !matchMedia("(prefers-reduced-motion: reduce)").matches) film[e.type === "mouseout" ? "pause" : "play"]()?.catch(ignore);
});

// Times grow old while a page is open, and what only a script can do shows itself.
const ready = (root) => {
  for (const hidden of all("[data-share]", root)) hidden.hidden = false;
  for (const time of all("time[title]", root)) {
    const age = (Date.now() - Date.parse(time.dateTime)) / 60000;
    if (!(age >= 0 && age < 1440 && tools)) continue;
    time.textContent = age < 1 ? words.now : age < 60 ? words.minutes.replace(0, Math.floor(age)) : words.hours.replace(0, Math.floor(age / 60));
  }
};
ready(d);
setInterval(() => ready(d), 30000);

// The older page comes by itself, ten times; then the link is pressed, and the foot can be reached.
let pages = 0;
const lists = (root) => all("main > .list, main > .h-feed > .list", root).pop();
const watch = window.IntersectionObserver && new IntersectionObserver(async ([seen]) => {
  const link = seen.target, list = lists();
  if (!seen.isIntersecting || !list) return;
  watch.disconnect();
  try {
    const page = parse(await load(link.href, { headers: {} })), next = one(".pager a[rel=next]", page);
    const posts = [...lists(page)?.children ?? []].filter((post) => !post.id || !id(post.id));
    for (const post of posts) post.dataset.page = link.href;
    list.append(...posts);
    posts.forEach(ready);
    link.replaceWith(next ?? "");
    if (next && ++pages < 10) watch.observe(next);
  } catch { /* the link is there */ }
}, { rootMargin: "900px" });
const older = one(".pager a[rel=next]");
if (older) watch?.observe(older);
// Back leads to the page on which the topmost post stood.
const mark = () => {
  const top = pages && all("main .list > [id]").find((post) => post.getBoundingClientRect().bottom > 80);
  if (!top) return;
  history.scrollRestoration = "manual";
  history.replaceState(top.id, "", top.dataset.page);
};
if (history.state) id(history.state)?.scrollIntoView();
else if (!location.hash && one(".up")) one(".focus").scrollIntoView();
