"""A browser as a person uses it: headless Chromium, and words for what is done and seen in it."""
import atexit
import base64
import json
import re
import time

from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException, WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

from checks import until
from taure import TARGET

SHOTS = TARGET / "screenshots"
WIDTHS = {"phone": 360, "desktop": 1440}
LOOKS = (("phone", 360, "light"), ("desktop", 1440, "light"), ("dark", 360, "dark"))
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
         "--no-proxy-server", "--hide-scrollbars", "--lang=en-GB")

# Texts that stand out too little from what is behind them, and buttons too small for a thumb. Ratio and least size:
# https://www.w3.org/TR/WCAG22/#contrast-minimum and #target-size-minimum. What lies on a picture is not judged.
HARD = """
    const colour = text => {
        const n = text.match(/-?[\\d.]+/g).map(Number), [r, g, b, a = 1] = n;
        return text.startsWith('color(srgb') ? [r * 255, g * 255, b * 255, a] : [r, g, b, a];
    };
    const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
    const light = c => [.2126, .7152, .0722].reduce((sum, share, i) => {
        const v = c[i] / 255;
        return sum + share * (v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    }, 0);
    const behind = e => {
        const layers = [];
        for (; e; e = e.parentElement) {
            const style = getComputedStyle(e), c = colour(style.backgroundColor);
            if (style.backgroundImage !== 'none') return null;
            layers.push(c);
            if (c[3] === 1) break;
        }
        return layers.reduceRight((below, top) => over(top, below), [255, 255, 255, 1]);
    };
    const seen = e => e.checkVisibility({visibilityProperty: true}) && e.getBoundingClientRect().width > 2
        && !e.closest('.hide, .invisible');
    const hard = new Set();
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node; (node = walk.nextNode());) {
        const e = node.parentElement, words = node.textContent.trim();
        const ground = words && seen(e) && behind(e);
        if (!ground) continue;
        const style = getComputedStyle(e), size = parseFloat(style.fontSize);
        const [dark, bright] = [light(over(colour(style.color), ground)), light(ground)].sort((a, b) => a - b);
        const ratio = (bright + .05) / (dark + .05), large = size >= 24 || (size >= 18.6 && style.fontWeight >= 700);
        if (ratio < (large ? 3 : 4.5)) hard.add(`${ratio.toFixed(1)}:1 for ${words.slice(0, 40)}`);
    }
    for (const e of document.querySelectorAll('button, summary, select, .btn, nav a')) {
        const {width, height} = e.getBoundingClientRect();
        if (seen(e) && Math.min(width, height) < 24) hard.add(`${width} x ${height} px for ${e.textContent.trim()}`);
    }
    return [...hard];
"""


def gone(error):
    """Whether this says that the page went while it was looked at. ChromeDriver passes some of Chromium's own words
    for that on as they are, when a document is replaced between two steps of one command."""
    return isinstance(error, (StaleElementReferenceException, NoSuchElementException)) or any(
        words in str(error) for words in ("does not belong to the document", "Cannot find context with specified id",
                                          "No node with given id", "Could not find node with given id"))


def asked(look):
    """What `look` finds, or None while the page is going."""
    try:
        return look()
    except WebDriverException as error:
        if not gone(error):
            raise
        return None


class Page:
    """A browser with a profile of its own, and words for what a person does in it."""

    def __init__(self, folder, script=True, network=False):
        options = webdriver.ChromeOptions()
        for flag in FLAGS:
            options.add_argument(flag)
        options.add_argument(f"--user-data-dir={folder}")
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"} | ({"performance": "ALL"} if network else {}))
        if not script:
            options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
        self.driver = webdriver.Chrome(options, Service("/usr/bin/chromedriver"))
        self.driver.set_page_load_timeout(30)
        self.script = script
        atexit.register(self.quit)
        self.width(WIDTHS["desktop"])

    def quit(self):
        self.driver.quit()

    def open(self, url):
        self.driver.get(url)

    def width(self, width, height=800):
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600})

    def scheme(self, scheme):
        """Light or dark, as the person's device asks for it."""
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            # A colour on its way from light to dark is none to take a picture of.
            "features": [{"name": "prefers-color-scheme", "value": scheme},
                         {"name": "prefers-reduced-motion", "value": "reduce"}]})

    def html(self):
        return self.driver.page_source

    def text(self):
        """What is to be read on the page; waits for one that is just loading."""
        return until(lambda: asked(lambda: [self.driver.find_element(By.TAG_NAME, "body").text]), 5, "a page")[0]

    def all(self, css, within=None):
        return (within or self.driver).find_elements(By.CSS_SELECTOR, css)

    def one(self, css, within=None):
        """The first element that is to be seen; waits a little for it."""
        def look():
            return next((e for e in self.all(css, within) if e.is_displayed()), None)
        return until(lambda: asked(look), 5, f"{css} on {self.driver.current_url}: {self.text()[:300]}")

    def fill(self, name, value, within=None):
        def write():
            element = self.one(f"[name='{name}']:not([type=hidden])", within)
            element.clear()
            element.send_keys(value)
            return element
        return until(lambda: asked(write), 10, f"a field {name} that stays")

    def named(self, pattern, within=None, css="button, input[type=submit], a[href], summary, [role=button]"):
        """What can be pressed and is called like this, by its words, label, title or value."""
        for element in self.all(css, within):
            try:
                words = " ".join(filter(None, [element.text, *(element.get_dom_attribute(a) for a in
                                                              ("aria-label", "title", "value"))]))
                if element.is_displayed() and re.search(pattern, words.strip(), re.I):
                    return element
            except StaleElementReferenceException:
                continue
        return None

    def press(self, pattern, within=None, css=None):
        """Presses it and waits until the page it leads to is there, or what it changed."""
        def look():
            scope = within() if callable(within) else within
            return self.named(pattern, scope, css) if css else self.named(pattern, scope)
        element = until(lambda: asked(look), 5,
                        f"something called /{pattern}/ on {self.driver.current_url}: {self.text()[:400]}")
        before = self.document()
        if self.script:
            self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        asked(element.click)  # the page may be gone before ChromeDriver has told that the click is done
        # A plain form loads a page, a scripted button changes the one that is open: both are given the time.
        began = time.monotonic()
        while time.monotonic() < began + 2:
            if asked(self.document) != before:
                break
            if time.monotonic() > began + 0.5 and self.script and asked(self.is_complete):
                break
            time.sleep(0.05)

    def network(self):
        """What the browser asked for since the last look, as addresses, and the documents that it got, as headers by
        address; for a page with `network`."""
        asked_for, documents = [], {}
        for row in self.driver.get_log("performance"):
            event = json.loads(row["message"])["message"]
            told = event["params"]
            if event["method"] == "Network.requestWillBeSent" and told["request"]["url"].startswith("http"):
                asked_for.append(told["request"]["url"])
            if event["method"] == "Network.responseReceived" and told["type"] == "Document":
                answer = told["response"]
                documents[answer["url"]] = {name.lower(): value for name, value in answer["headers"].items()}
        return asked_for, documents

    def document(self):
        """Which document is open: another one after each load."""
        return self.driver.find_element(By.TAG_NAME, "html").id

    def is_complete(self):
        return self.driver.execute_script("return document.readyState") == "complete"

    def post_with(self, words):
        """The article that holds these words, waited for."""
        def look():
            return next((a for a in self.all("article") if words in a.text), None)
        return until(lambda: asked(look), 10, f"a post with {words!r} on {self.driver.current_url}: {self.text()[:300]}")

    def shoot(self, name, looks=LOOKS):
        """Pictures of the whole page at both widths and in the dark; fails when it is wider than the screen, or hard to
        read or to press."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        wrong = []
        for label, width, scheme in looks:
            self.scheme(scheme)
            self.width(width)
            size = self.driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
            # A screen as high as the page, so that what sticks to an edge lies at the edge.
            self.width(width, round(min(max(size["height"], 800), 4000)))
            if size["width"] > width + 1:
                wrong.append(f"{name} is {size['width']:.0f} px wide at {width} px")
            if self.script:
                wrong += [f"{name}, {label}: {what}" for what in self.driver.execute_script(HARD)]
            shot = self.driver.execute_cdp_cmd("Page.captureScreenshot", {
                "format": "png", "captureBeyondViewport": True,
                "clip": {"x": 0, "y": 0, "width": width, "height": min(max(size["height"], 800), 4000), "scale": 1}})
            (SHOTS / f"{name}-{label}.png").write_bytes(base64.b64decode(shot["data"]))
        self.width(WIDTHS["desktop"])
        self.scheme("light")
        assert not wrong, "; ".join(wrong)
        self.sober(name)

    def sober(self, name):
        """What every page owes: a language, a title, one h1, names for fields, buttons and pictures, a quiet console."""
        if self.script:
            missing = self.driver.execute_script("""
                const named = e => e.textContent.trim() || e.ariaLabel || e.title || e.value
                    || e.querySelector('img[alt]:not([alt=""]), svg[aria-label], svg title');
                return [
                    ...(document.documentElement.lang ? [] : ['html has no lang']),
                    ...(document.title.trim() ? [] : ['no title']),
                    ...(document.querySelectorAll('h1').length === 1 ? [] : ['not exactly one h1']),
                    ...[...document.images].filter(i => !i.hasAttribute('alt')).map(i => 'no alt: ' + i.src),
                    ...[...document.querySelectorAll('input:not([type=hidden]):not([type=submit]), textarea, select')]
                        .filter(e => !e.ariaHidden && !e.labels?.length && !e.ariaLabel).map(e => 'no label: ' + e.name),
                    ...[...document.querySelectorAll('button, a[href]')].filter(e => !e.closest('[aria-hidden=true]') && !named(e))
                        .map(e => 'no name: ' + e.outerHTML.slice(0, 120)),
                ];""")
            assert not missing, f"{name}: {missing[:8]}"
        # Chromium reports a page that answers 401, 404 or 422 on purpose, too.
        refusal = re.compile(r"/(setup/\S+|auth/sign_in|@nobody|compose|settings/discovery) - Failed to load resource.* status of 4\d\d")
        loud = [row["message"] for row in self.driver.get_log("browser")
                if row["level"] == "SEVERE" and not refusal.search(row["message"])]
        assert not loud, f"{name}: {loud[:3]}"
