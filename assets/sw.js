// The service worker: an answer when there is no network, and notifications. It never keeps a page of the owner's.
// The server writes FILES above this: what is kept, by addresses that change with their content.
"use strict";
const SHELF = `taure ${FILES.join()}`, OFFLINE = "/offline";

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(SHELF).then((shelf) => shelf.addAll([OFFLINE, ...FILES])));
});

self.addEventListener("activate", (event) => {
  const old = async () => {
    for (const name of await caches.keys()) if (name !== SHELF) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(old());
});

self.addEventListener("fetch", (event) => {
  const { request } = event, { origin, pathname, search } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(async () => (await caches.match(OFFLINE, { ignoreVary: true })) || Response.error()));
  } else if (FILES.includes(pathname + search)) {
    event.respondWith(caches.match(request).then((kept) => kept || fetch(request)));
  }
});

const badge = async () => {
  const answer = await fetch("/settings/notifications/unread", { redirect: "error" });
  if (answer.ok) await navigator.setAppBadge?.(Number(await answer.text()) || 0);
};

self.addEventListener("push", (event) => {
  let told = {};
  try { told = event.data.json(); } catch { /* something has come: that much can be said */ }
  const id = Number(told.notification_id) || 0;
  const shown = self.registration.showNotification(told.title || "Taure", {
    body: told.body || "", icon: told.icon, tag: `n${id}`, lang: told.preferred_locale || "",
    data: id ? `/settings/notifications/${id}/open` : "/notifications",
  });
  event.waitUntil(Promise.all([shown, badge().catch(() => {})]));
});

self.addEventListener("notificationclick", (event) => {
  const to = new URL(event.notification.data, location.origin).href;
  event.notification.close();
  const open = async () => {
    const [page] = await self.clients.matchAll({ type: "window" });
    if (page) {
      try { return await (await page.navigate(to)).focus(); } catch { /* it may not be led elsewhere */ }
    }
    return self.clients.openWindow(to);
  };
  event.waitUntil(open());
});
