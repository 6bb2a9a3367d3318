// What writing gains from a script. Nothing needs it.
"use strict";

// Times stand in UTC.
const local = (date) => new Date(date - date.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
for (const field of document.querySelectorAll("[type=datetime-local]")) {
  const set = () => { field.form.elements.offset.value = -new Date(field.value || Date.now()).getTimezoneOffset(); };
  if (field.dataset.utc) field.value = local(new Date(field.dataset.utc));
  field.addEventListener("change", set);
  set();
}
for (const zone of document.querySelectorAll(".zone")) zone.textContent = `(${Intl.DateTimeFormat().resolvedOptions().timeZone})`;

const keep = (body) => fetch("/drafts", { method: "POST", body, headers: { "x-swap": 1 }, redirect: "error", keepalive: `${body}`.length < 6e4 });

// What could not be sent is sent later.
const resend = async () => {
  for (const name of Object.keys(localStorage)) {
    if (!name.startsWith("draft:")) continue;
    const body = new URLSearchParams(localStorage.getItem(name));
    try {
      body.set("csrf", document.querySelector("[name=csrf]").value);
      if ((await keep(body)).ok) localStorage.removeItem(name);
    } catch { return; }
  }
};
addEventListener("online", resend);
resend();

for (const form of document.querySelectorAll("form[data-limit]")) {
  const { elements, dataset } = form, text = elements.text;
  const find = (what) => form.querySelector(what), left = find(".left"), state = find(".state");

  // Letters left, as the server counts; said aloud near the end.
  const length = (s) => [...Intl.Segmenter ? new Intl.Segmenter().segment(s) : s].length;
  let told = 0;
  const count = () => {
    const parts = elements.thread?.checked ? text.value.split(/^[ \t]*---[ \t]*$/m) : [text.value];
    const shown = (s) => length(s.trim().replace(/https?:\/\/\S+/gi, "x".repeat(23)).replace(/(@\w+)@[\w.-]+\w/g, "$1"));
    const rest = dataset.limit - Math.max(...parts.map(shown)) - length(elements.spoiler_text.value);
    left.textContent = rest;
    left.classList.toggle("over", rest < 0);
    const near = (rest < 0) + (rest < 20) + (rest < 100);
    if (near > told) state.textContent = dataset.left.replace("#", rest);
    told = near;
  };
  form.addEventListener("input", count);
  count();

  // A draft is saved in a pause, and when the page is left.
  const key = "draft:" + elements.key.value;
  let timer;
  const save = async () => {
    timer = clearTimeout(timer);
    const body = new URLSearchParams([...new FormData(form)].filter(([, v]) => typeof v === "string"));
    try {
      const answer = await keep(body);
      if (!answer.ok && answer.status !== 422) throw answer;
      if (answer.ok) localStorage.removeItem(key);
      state.textContent = await answer.text();
    } catch {
      body.delete("csrf");
      localStorage.setItem(key, body);
      state.textContent = dataset.kept;
    }
  };
  if ("save" in dataset) {
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, 2000); });
    form.addEventListener("submit", () => { timer = clearTimeout(timer); });
    document.addEventListener("visibilitychange", () => { if (document.hidden && timer) save(); });
  }

  // A press says what stays in sight.
  for (const box of form.querySelectorAll(".focal")) {
    const img = box.querySelector("img"), exact = box.querySelector(".exact"), radio = exact.querySelector("input");
    img.hidden = false;
    img.addEventListener("click", (e) => {
      const part = (n) => (n * 2 - 1).toFixed(2);
      radio.value = `${part(e.offsetX / img.width)},${part(1 - e.offsetY / img.height)}`;
      exact.hidden = radio.disabled = false;
      radio.checked = true;
    });
  }

  // Names, topics and emoji are offered while typing.
  const list = document.createElement("ul");
  Object.assign(list, { id: "offers", className: "offers", role: "listbox", hidden: true });
  text.after(list);
  const say = (name, value) => text.setAttribute(`aria-${name}`, value);
  say("autocomplete", "list");
  say("controls", "offers");
  let offers = [], at = 0, wait = 0;
  const word = () => /(?:^|\s)([@#:][^\s]{1,60})$/.exec(text.value.slice(0, text.selectionStart))?.[1];
  const close = () => { list.hidden = true; text.removeAttribute("aria-activedescendant"); };
  const mark = (n) => {
    at = (n + offers.length) % offers.length;
    [...list.children].forEach((li, i) => { li.ariaSelected = i === at; });
    say("activedescendant", `offer${at}`);
  };
  const take = () => {
    const typed = word(), end = text.selectionStart;
    if (typed) text.setRangeText(`${offers[at].text} `, end - typed.length, end, "end");
    close();
    text.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const ask = async (typed) => {
    const answer = await fetch("/compose/completions?q=" + encodeURIComponent(typed));
    offers = await answer.json();
    if (!offers.length || word() !== typed) return close();
    list.replaceChildren(...offers.map((offer, i) => {
      const li = Object.assign(document.createElement("li"), { id: `offer${i}`, role: "option" });
      if (offer.image) li.append(Object.assign(new Image(24, 24), { src: offer.image, alt: "" }));
      li.append(`${offer.text} ${offer.label}`);
      li.onmousedown = (e) => e.preventDefault();
      li.onclick = () => { mark(i); take(); };
      return li;
    }));
    list.hidden = false;
    mark(0);
  };
  text.addEventListener("input", () => {
    clearTimeout(wait);
    const typed = word();
    if (typed) wait = setTimeout(ask, 150, typed); else close();
  });
  text.addEventListener("blur", close);
  text.addEventListener("keydown", (e) => {
    if (list.hidden || e.isComposing || e.ctrlKey || e.metaKey) return;
    const act = { ArrowDown: () => mark(at + 1), ArrowUp: () => mark(at - 1), Enter: take, Tab: take, Escape: close }[e.key];
    if (act) { e.preventDefault(); act(); }
  });
}
