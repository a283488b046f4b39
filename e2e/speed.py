#!/usr/bin/env python3
"""How fast the screens of a role feel, beside the host's plain list and form.

usage: E2E_URL=http://localhost:8069 python e2e/speed.py [login] [--only TEXT] [--start TEXT]

``--only`` takes the menus whose path holds the text, ``--start`` goes on from the first of
them. Each screen is printed when it is measured: own and host's time, and how much of the
own one was spent waiting for the server.

Each list is opened beside the host's own list of contacts with as many rows, and the first
record's form beside the largest of the host's plain forms that draws no more fields (a
contact's, an item's, an order's, an employee's), one after the other in one browser: the
machine is the same and as busy. A screen counts from the click to the rows drawn, with its
views known to the browser and its rows not; the middle of TRIES is taken. The cockpit is
opened in a browser that has nothing of it yet.
"""

import argparse
import statistics
import sys
import time
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from conftest import Person, chromium
from crawler import Crawler

PLAIN_FORMS = ("res.partner", "product.template", "purchase.order", "hr.employee")
TRIES = 3
GOAL = 1.5
SPENT = itemgetter("spent")
SPENT_WAITED = itemgetter("spent", "waited")
# From the call to the moment after the frame in which it is drawn, in milliseconds. What
# the browser remembers of rows is dropped before: they come from the server each time. The
# client says a list is open before its rows have come, so the rows are waited for.
TIMED = """async ([action, options]) => {
    const {rpcBus} = odoo.loader.modules.get("@web/core/network/rpc");
    rpcBus.trigger("CLEAR-CACHES", ["web_read", "web_search_read", "web_read_group"]);
    const {action: service} = odoo.__WOWL_DEBUG__.root.env.services;
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    performance.clearResourceTimings();
    const begin = performance.now();
    await service.doAction(action, {clearBreadcrumbs: true, ...options});
    const isList = service.currentController?.view?.type === "list";
    while (isList && !document.querySelector(".o_action_manager .o_list_renderer")) {
        await frame();
    }
    await frame();
    await new Promise((drawn) => setTimeout(drawn));
    const spent = performance.now() - begin;
    const calls = performance
        .getEntriesByType("resource")
        .filter(({name}) => name.includes("/web/dataset/"));
    const waited = calls.reduce((sum, call) => sum + call.duration, 0);
    return {spent, waited};
}"""
DRAWN = "document.querySelectorAll('.o_form_view .o_field_widget').length"
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
    """A screen and the host's beside it, in milliseconds; ``waited`` for the server."""

    kind: str
    screen: str
    own: float
    waited: float
    host: float

    @property
    def times(self):
        return self.own / self.host

    def __str__(self):
        return (
            f"{self.times:>6.2f} {self.own:>6.0f} ms (server {self.waited:>5.0f}) "
            f"{self.host:>6.0f} ms  {self.kind} {self.screen}"
        )


class Stopwatch:
    def __init__(self, person):
        self.person = person
        self.page = person.page
        self.crawler = Crawler(person)
        self.plain = sorted(self._plain_forms(), key=itemgetter(0))

    def _plain_forms(self):
        """(fields drawn, call) of the host's forms that the person may open."""
        self.crawler.start()
        for model in PLAIN_FORMS:
            try:
                form = self._form(model, False)
            except AssertionError:  # no right to read any
                continue
            if form:
                yield self._fields_drawn(form), form

    def _fields_drawn(self, form):
        self.page.evaluate(TIMED, list(form))
        self.page.wait_for_timeout(150)
        return self.page.evaluate(DRAWN)

    def figures(self, only="", start=""):
        """A figure of each list and first form of the menus, as they are measured."""
        menus = [one for one in self.crawler.menu_actions() if only in one[0]]
        names = [name for name, _action in menus]
        first = next((n for n, name in enumerate(names) if start in name), len(names))
        for name, action in menus[first:]:
            yield from self._screen(name, action)

    def _screen(self, name, action):
        shown = self._first_look(action)
        if not shown["list"]:
            return
        yield self._compare("list", name, (action, {}), self._contacts(shown["list"]))
        form = shown["form"] and self._form(shown["model"], shown["form"][0])
        if form:
            drawn = self._fields_drawn(form)
            smaller = [plain for count, plain in self.plain if count <= drawn]
            host = smaller[-1] if smaller else self.plain[0][1]
            yield self._compare("form", f"{name} ({drawn} fields)", form, host)

    def _first_look(self, action):
        """Open a screen once: its views are known from then on."""
        self.page.evaluate(TIMED, [action, {}])
        self.page.wait_for_timeout(150)
        shown = self.page.evaluate(SHOWN)
        self.crawler.close_dialogs()  # what stays open slows all that follows
        return shown

    def _compare(self, kind, name, own, host):
        times = ([], [])
        for _trial in range(TRIES + 1):
            for one, found in zip((own, host), times, strict=True):
                found.append(self.page.evaluate(TIMED, list(one)))
                self.page.wait_for_timeout(50)
        # the first of each only fetches the views
        ours, theirs = (sorted(found[1:], key=SPENT) for found in times)
        middle = TRIES // 2
        return Figure(kind, name, *SPENT_WAITED(ours[middle]), SPENT(theirs[middle]))

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
        f"\n{len(figures)} {kind}s: {middle:.2f} times the host's in the middle, "
        f"{len(over)} above {GOAL}"
    )
    for one in [*over, *slow[len(over) : len(over) + 3]]:
        print(one)


def asked(arguments):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("login", nargs="?", default="manager")
    parser.add_argument("--only", default="", help="part of a menu's path")
    parser.add_argument("--start", default="", help="part of the first menu's path")
    return parser.parse_args(arguments)


def main(arguments):
    options = asked(arguments)
    figures = []
    with chromium() as browser:
        if not (options.only or options.start):
            cold = [cold_cockpit(browser, options.login) for _trial in range(TRIES)]
            print(f"cockpit, cold: {min(cold):.2f} to {max(cold):.2f} s", flush=True)
        person = Person(browser, options.login)
        for figure in Stopwatch(person).figures(options.only, options.start):
            print(figure, flush=True)
            figures.append(figure)
    for kind in ("list", "form"):
        some = [one for one in figures if one.kind == kind]
        if some:
            report(kind, some)


if __name__ == "__main__":
    main(sys.argv[1:])
