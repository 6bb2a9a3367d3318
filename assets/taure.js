// What is nicer with a script. Every page works without this file.
"use strict";

// A page that is left ends its requests: no reason to send them again by the plain form, which would lead elsewhere.
let leaving = false;
window.addEventListener("beforeunload", () => { leaving = true; });
window.addEventListener("pageshow", () => { leaving = false; });

document.addEventListener("submit", async (event) => {
  const form = event.target, question = form.dataset.confirm;
  if (question && !window.confirm(question)) return event.preventDefault();
  // One press sends once.
  if (form.classList.contains("composer")) {
    const button = form.querySelector("button.primary");
    setTimeout(() => { button.disabled = true; });
    setTimeout(() => { button.disabled = false; }, 8000);
  }
  if (!form.classList.contains("swap-acts")) return;
  const place = form.closest(".acts"), button = form.querySelector("button");
  event.preventDefault();
  button.disabled = true;
  try {
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.action, { method: "POST", body, headers: { "x-swap": "1" }, redirect: "error" });
    if (!answer.ok) throw new Error(String(answer.status));
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".acts");
    const name = button.dataset.act;
    place.replaceWith(fresh);
    fresh.querySelector(`[data-act="${name}"]`)?.focus();
  } catch {
    if (!leaving) form.submit();
  }
});

// An open menu closes when something else is touched, or with Escape.
const menus = (except) => {
  for (const open of document.querySelectorAll(".acts details[open]")) if (open !== except) open.open = false;
};
document.addEventListener("click", (e) => menus(e.target.closest(".acts details")));
document.addEventListener("keydown", (e) => { if (e.key === "Escape") menus(null); });

// A field for an alternative text appears with each chosen picture; without a script there are four.
for (const box of document.querySelectorAll(".uploads")) {
  const rows = [...box.querySelectorAll(".upload")];
  const show = () => {
    const used = rows.filter((r) => r.querySelector("[type=file]").files.length).length;
    rows.forEach((r, i) => { r.hidden = i > used; });
  };
  box.addEventListener("change", show);
  show();
}
