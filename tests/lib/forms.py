"""A browser of 1996: cookies, links and forms, no JavaScript. It is how the lanes pass the real OAuth pages.

It knows nothing of one server's markup: a password field makes a sign-in form, and a button that says
"authorise" or "allow" makes a consent form.
"""
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qs, urljoin, urlsplit

import requests

OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"


@dataclass
class Form:
    action: str
    method: str
    kind: str
    inputs: list = field(default_factory=list)  # (name, value, type, autocomplete)
    buttons: list = field(default_factory=list)  # [name, value, text]

    def named(self, kind):
        return [name for name, _, its_kind, _ in self.inputs if its_kind == kind]

    def button(self, pattern):
        return next((b for b in self.buttons if re.search(pattern, f"{b[2]} {b[1]}", re.I)), None)


class Reader(HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.forms, self.codes, self.form, self.sink = [], [], None, None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "form":
            self.form = Form(a.get("action", ""), a.get("method", "get").lower(),
                             a.get("enctype", "application/x-www-form-urlencoded"))
            self.forms.append(self.form)
        elif tag in ("code", "kbd", "samp"):
            self.codes.append("")
            self.sink = lambda text: self.codes.__setitem__(-1, self.codes[-1] + text)
        elif tag == "input" and "readonly" in a:
            self.codes.append(a.get("value", ""))
        elif self.form is None:
            return
        elif tag == "input":
            kind = a.get("type", "text").lower()
            if kind in ("submit", "image"):
                self.form.buttons.append([a.get("name"), a.get("value", ""), a.get("value", "")])
            elif kind not in ("checkbox", "radio") or "checked" in a:
                self.form.inputs.append((a.get("name"), a.get("value", ""), kind, a.get("autocomplete", "")))
        elif tag in ("textarea", "select"):
            self.form.inputs.append((a.get("name"), "", tag, a.get("autocomplete", "")))
        elif tag == "button" and a.get("type", "submit") == "submit":
            button = [a.get("name"), a.get("value", ""), ""]
            self.form.buttons.append(button)
            self.sink = lambda text: button.__setitem__(2, button[2] + text)

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        if tag in ("button", "code", "kbd", "samp"):
            self.sink = None

    def handle_data(self, data):
        if self.sink:
            self.sink(data)


class Browser:
    """One person's cookie jar, and the page they look at."""

    def __init__(self):
        self.http = requests.Session()
        self.http.trust_env = False
        self.url, self.answer, self.page = None, None, None

    def open(self, url, method="GET", leave_at=None, **rest):
        """Follows redirects by hand; one that leads to `leave_at` is returned instead of followed."""
        for _ in range(10):
            self.answer = self.http.request(method, url, allow_redirects=False, timeout=30, **rest)
            self.url = url
            if not self.answer.is_redirect:
                self.page = Reader(self.answer.text)
                return None
            url = urljoin(url, self.answer.headers["Location"])
            if leave_at and url.startswith(leave_at):
                return url
            method, rest = "GET", {}
        raise AssertionError(f"redirected ten times, last to {url}")

    def submit(self, form, values=None, button=None, leave_at=None):
        """Sends a form with the hidden fields it came with, `values` over them, and the pressed button."""
        body = {name: value for name, value, _, _ in form.inputs if name} | (values or {})
        button = button or (form.buttons[0] if form.buttons else None)
        if button and button[0]:
            body[button[0]] = button[1]
        # A browser names the page that a POST comes from; servers use that against forged requests.
        here = urlsplit(self.url)
        headers = {"Origin": f"{here.scheme}://{here.netloc}", "Referer": self.url}
        target = urljoin(self.url, form.action) if form.action else self.url
        if form.method == "get":
            return self.open(target, params=body, leave_at=leave_at)
        if form.kind == "multipart/form-data":
            return self.open(target, "POST", files={k: (None, v) for k, v in body.items()}, headers=headers,
                             leave_at=leave_at)
        return self.open(target, "POST", data=body, headers=headers, leave_at=leave_at)

    def sign_in_form(self):
        return next((form for form in self.page.forms if form.named("password")), None)

    def sign_in(self, username, password, leave_at=None):
        """Fills the sign-in form of the page that is open."""
        form = self.sign_in_form()
        values = {form.named("password")[0]: password}
        for name, _, kind, autocomplete in form.inputs:
            if kind in ("text", "email") and (autocomplete.startswith(("username", "email"))
                                              or re.search("user|login|name|email", name or "", re.I)):
                values[name] = username
        return self.submit(form, values, leave_at=leave_at)

    def authorise(self, url, username, password, redirect_uri=OUT_OF_BAND):
        """Goes from an authorisation URL through sign-in and consent.

        Returns the query of the redirect as a dict of strings, or {"code": ...} read off the page for out-of-band.
        """
        out_of_band = redirect_uri == OUT_OF_BAND
        leave_at = None if out_of_band else redirect_uri
        away = self.open(url, leave_at=leave_at)
        for _ in range(5):
            if away:
                return {key: values[0] for key, values in parse_qs(urlsplit(away).query).items()}
            if self.answer.status_code >= 400:
                raise AssertionError(f"{self.url} answered {self.answer.status_code}: {self.answer.text[:300]}")
            consent = next(((form, button) for form in self.page.forms
                            if (button := form.button(r"authori[sz]e|\ballow\b|approve"))), None)
            if self.sign_in_form():
                away = self.sign_in(username, password, leave_at)
            elif consent:
                away = self.submit(consent[0], button=consent[1], leave_at=leave_at)
            elif out_of_band and (codes := [code.strip() for code in self.page.codes if len(code.strip()) >= 16]):
                return {"code": codes[0]}
            else:
                break
        raise AssertionError(f"no way on from {self.url}: {self.answer.text[:600]}")
