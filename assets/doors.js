// Passkeys and notifications: what only a script may ask a browser for. Pages with a button for it load this file;
// the buttons are hidden until it has found that the browser knows how.
"use strict";
(() => {
  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const letters = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const send = (form, fields) => {
    for (const name in fields) form.elements[name].value = fields[name];
    form.submit();
  };
  // Shows the form, and does `act` when it is sent; what goes wrong is said below its button.
  const serve = (form, act) => {
    const fault = form.querySelector("[role=alert]"), button = form.querySelector("button");
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (fault) fault.hidden = true;
      button.disabled = true;
      try {
        await act();
      } catch (error) {
        if (error.name !== "AbortError" && fault) fault.hidden = false;
        button.disabled = false;
      }
    });
  };

  // --- passkeys: https://www.w3.org/TR/webauthn-3/
  const make = async (form, { challenge, domain, user, name, known }) => {
    const made = await navigator.credentials.create({
      publicKey: {
        challenge: bytes(challenge),
        rp: { id: domain, name: domain },
        user: { id: new TextEncoder().encode(user), name, displayName: name },
        pubKeyCredParams: [{ type: "public-key", alg: -7 }, { type: "public-key", alg: -8 }],
        excludeCredentials: known.split(" ").filter(Boolean).map((id) => ({ type: "public-key", id: bytes(id) })),
        authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
        attestation: "none",
      },
    });
    const answer = made.response;
    send(form, {
      client_data: letters(answer.clientDataJSON),
      data: letters(answer.getAuthenticatorData()),
      public_key: letters(answer.getPublicKey()),
    });
  };
  const show = async (form, { challenge, domain }, more) => {
    const publicKey = { challenge: bytes(challenge), rpId: domain, userVerification: "required" };
    const shown = await navigator.credentials.get({ publicKey, ...more });
    const answer = shown.response;
    send(form, {
      credential: letters(shown.rawId),
      client_data: letters(answer.clientDataJSON),
      data: letters(answer.authenticatorData),
      signature: letters(answer.signature),
    });
  };
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!window.PublicKeyCredential) continue;
    if (form.dataset.passkey === "create") {
      serve(form, () => make(form, form.dataset));
      continue;
    }
    // Offered in the password field as long as nobody presses the button: a browser does one at a time.
    const quiet = new AbortController();
    serve(form, () => {
      quiet.abort();
      return show(form, form.dataset);
    });
    PublicKeyCredential.isConditionalMediationAvailable?.().then((can) => {
      if (can) return show(form, form.dataset, { mediation: "conditional", signal: quiet.signal });
    }).catch(() => {});
  }

  // --- notifications: https://www.w3.org/TR/push-api/
  const form = document.querySelector("form[data-push]"), none = document.getElementById("no-push");
  if (!form) return;
  if (!("serviceWorker" in navigator && "PushManager" in window)) {
    if (none) none.hidden = false;
    return;
  }
  const of = async () => (await navigator.serviceWorker.ready).pushManager;
  serve(form, async () => {
    if (form.dataset.push === "off") {
      await (await (await of()).getSubscription())?.unsubscribe();
      return form.submit();
    }
    if (await Notification.requestPermission() !== "granted") throw new Error("refused");
    const manager = await of();
    // One that was made with another key, for an instance that was here before, cannot be made anew.
    await (await manager.getSubscription())?.unsubscribe();
    const key = bytes(form.dataset.key);
    const { endpoint, keys } = (await manager.subscribe({ userVisibleOnly: true, applicationServerKey: key })).toJSON();
    send(form, { endpoint, p256dh: keys.p256dh, auth: keys.auth });
  });
})();
