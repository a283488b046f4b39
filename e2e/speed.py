#!/usr/bin/env python3
"""How fast the screens of a role feel, beside the host's plain list and form.

usage: E2E_URL=http://localhost:8069 python e2e/speed.py [login]

Each list is opened beside the host's own list of contacts with as many rows, and the first
record's form beside a contact's, one after the other in one browser: the machine is the
same and as busy. A screen counts from the click to what is drawn, with its views known to
the browser; the middle of TRIES is taken. The cockpit is opened in a browser that has
nothing of it yet.
"""

import statistics
import sys
import time
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from conftest import Person, chromium
from crawler import Crawler

TRIES = 3
GOAL = 1.5
# from the call to the moment after the frame in which it is drawn, in milliseconds
TIMED = """async ([action, options]) => {
    const {action: service} = odoo.__WOWL_DEBUG__.root.env.services;
    const begin = performance.now();
    await service.doAction(action, {clearBreadcrumbs: true, ...options});
    await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
    return performance.now() - begin;
}"""
SHOWN = """() => {
    const now = odoo.__WOWL_DEBUG__.root.env.services.action.currentController;
    const list = now?.view?.type === "list";
    return {
        list: list ? document.querySelectorAll("tr.o_data_row").length : null,
        model: now?.props?.resModel,
        form: (now?.action?.views || []).find(([, type]) => type === "form"),
    };
}"""


class Figure(NamedTuple):
    """A screen and the host's beside it, in milliseconds."""

    screen: str
    own: float
    host: float

    @property
    def times(self):
        return self.own / self.host


class Stopwatch:
    def __init__(self, person):
        self.person = person
        self.page = person.page
        self.contact = person.call("res.partner", "search", [], limit=1)[0]

    def figures(self):
        """(figures of the lists, figures of the forms) of every menu."""
        crawler = Crawler(self.person)
        lists, forms = [], []
        for name, action in crawler.menu_actions():
            shown = self._first_look(action)
            if shown["list"]:
                host = self._contacts(shown["list"])
                lists.append(self._compare(name, (action, {}), host))
            if shown["list"] and shown["form"]:
                form = self._form(shown["model"], shown["form"][0])
                if form:
                    contact = (self._window("res.partner", False, self.contact), {})
                    forms.append(self._compare(name, form, contact))
        return lists, forms

    def _first_look(self, action):
        """Open a screen once: its views are known from then on."""
        self.page.evaluate(TIMED, [action, {}])
        self.page.wait_for_timeout(150)
        shown = self.page.evaluate(SHOWN)
        self.page.keyboard.press("Escape")  # a dialog
        return shown

    def _compare(self, name, own, host):
        times = ([], [])
        for _trial in range(TRIES + 1):
            for one, found in zip((own, host), times, strict=True):
                found.append(self.page.evaluate(TIMED, list(one)))
                self.page.wait_for_timeout(50)
        # the first of each only fetches the views
        return Figure(name, *(statistics.median(found[1:]) for found in times))

    def _contacts(self, rows):
        action = {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "name": "Contacts",
            "views": [[False, "list"]],
            "limit": rows,
        }
        return action, {}

    def _form(self, model, view):
        found = self.person.call(model, "search", [], limit=1)
        return (self._window(model, view, found[0]), {}) if found else None

    def _window(self, model, view, record):
        return {
            "type": "ir.actions.act_window",
            "res_model": model,
            "name": model,
            "views": [[view, "form"]],
            "res_id": record,
        }


def cold_cockpit(browser, login):
    """Seconds from the address to the cards, in a browser new to the practice."""
    person = Person(browser, login)
    person.open("/web/login?redirect=/odoo/discuss")
    storage = person.context.storage_state()
    person.context.close()
    context = browser.new_context(storage_state=storage)
    page = context.new_page()
    begin = time.monotonic()
    page.goto(f"{Person.url}/odoo/medical-office", wait_until="commit")
    page.wait_for_selector(".mo_card, .mo_start", timeout=60_000)
    spent = time.monotonic() - begin
    context.close()
    return spent


def report(kind, figures):
    slow = sorted(figures, key=lambda one: -one.times)
    over = [one for one in slow if one.times > GOAL]
    middle = statistics.median(one.times for one in figures)
    print(
        f"\n{len(figures)} {kind}: {middle:.2f} times the host's in the middle, "
        f"{len(over)} above {GOAL}"
    )
    for one in [*over, *slow[len(over) : len(over) + 3]]:
        print(f"{one.times:>6.2f} {one.own:>7.0f} ms {one.host:>7.0f} ms  {one.screen}")


def main(arguments):
    login = next(iter(arguments), "manager")
    with chromium() as browser:
        cold = [cold_cockpit(browser, login) for _trial in range(TRIES)]
        print(f"cockpit, cold: {min(cold):.2f} to {max(cold):.2f} s")
        person = Person(browser, login)
        lists, forms = Stopwatch(person).figures()
        report("lists", lists)
        report("forms", forms)


if __name__ == "__main__":
    main(sys.argv[1:])
