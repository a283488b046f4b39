"""A running practice, a real browser, one context per person.

``make test-e2e`` starts Odoo with the sample practice and says where in E2E_URL; to try
against a practice that runs already: ``E2E_URL=http://localhost:8069 pytest e2e``.
"""

import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest
from clock import ZONE
from playwright.sync_api import expect, sync_playwright

URL = os.environ.get("E2E_URL", "http://localhost:8069")
OWN_CERTIFICATE = bool(os.environ.get("E2E_OWN_CERTIFICATE"))  # of a test's proxy
PASSWORD = "lakeside"
PASSWORDS = {"admin": "admin"}  # who is none of the sample's people
OUTPUT = Path(__file__).parent / ".output"
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 375, "height": 812}
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
# noise of the host that says nothing about us
HARMLESS = ("favicon", "bus/websocket", "net::ERR_INTERNET_DISCONNECTED")

# a busy machine takes its time
expect.set_options(timeout=20_000)


class Person:
    """Somebody with a browser of their own, signed in unless without a login."""

    url = URL
    password = PASSWORD

    def __init__(self, browser, login=None, phone=False):
        self.login = login or "visitor"
        self.errors = []
        self.context = browser.new_context(
            viewport=PHONE if phone else DESKTOP,
            has_touch=phone,
            is_mobile=phone,
            device_scale_factor=2 if phone else 1,
            locale="en-US",
            timezone_id=str(ZONE),
            ignore_https_errors=OWN_CERTIFICATE,
        )
        self.context.set_default_timeout(30_000)
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._console)
        if login:
            self.sign_in()

    def sign_in(self):
        self.open("/web/login")
        self.page.fill("input[name=login]", self.login)
        self.page.fill("input[name=password]", PASSWORDS.get(self.login, self.password))
        self.page.click("button[type=submit]")
        # whoever is the first on a fresh database waits until its scripts are bundled
        self.page.wait_for_selector(".o_web_client .o_main_navbar", timeout=120_000)

    def _console(self, message):
        text = f"{message.text} {message.location.get('url', '')}".strip()
        if message.type == "error" and not any(part in text for part in HARMLESS):
            self.errors.append(text)

    def open(self, path):
        self.page.goto(self.url + path, wait_until="domcontentloaded")

    def call(self, model, method, *args, **kwargs):
        """What a method answers to this person, through the client's own door."""
        answer = self.page.request.post(
            f"{self.url}/web/dataset/call_kw/{model}/{method}",
            data={
                "jsonrpc": "2.0",
                "params": {
                    "model": model,
                    "method": method,
                    "args": args,
                    "kwargs": kwargs,
                },
            },
        ).json()
        assert "error" not in answer, answer["error"]["data"]["message"]
        return answer.get("result")  # a method that returns nothing has none

    def shot(self, name):
        """Keep a picture of what the person sees; ``make screenshots`` shows them."""
        OUTPUT.mkdir(exist_ok=True)
        self.page.wait_for_timeout(600)  # animations end
        self.page.screenshot(path=OUTPUT / f"{name}.png")


def expect_state(page, words):
    """The form that is open is in the state of that name."""
    current = page.locator(".o_field_widget[name=state] .o_arrow_button_current")
    expect(current).to_contain_text(words)


@contextmanager
def chromium():
    """This machine's browser, as the tests and the commands beside them use it."""
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not path:
        pytest.fail("Chromium is not here: apt-get install chromium")
    with sync_playwright() as play:
        launched = play.chromium.launch(
            executable_path=path,
            args=[
                *("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"),
                # a service worker's script is fetched without asking the context
                *(["--ignore-certificate-errors"] if OWN_CERTIFICATE else []),
            ],
        )
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def browser():
    with chromium() as launched:
        yield launched


@pytest.fixture
def person(browser):
    """Sign somebody in: ``person("manager")``, ``person("staff", phone=True)``;
    ``person(phone=True)`` is a visitor who has no login.

    An error on a person's console fails the test that made it.
    """
    people = []

    def sign_in(login=None, phone=False):
        somebody = Person(browser, login, phone)
        people.append(somebody)
        return somebody

    yield sign_in
    OUTPUT.mkdir(exist_ok=True)
    for somebody in people:
        somebody.page.screenshot(path=OUTPUT / f"last-{somebody.login}.png")
        somebody.context.close()
    errors = [f"{p.login}: {error}" for p in people for error in p.errors]
    assert not errors, "\n".join(errors)
