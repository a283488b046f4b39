"""A crawler that opens what a role can open, and notes what does not work.

For each menu it opens the action, switches its views, presses New, opens the first record
and presses its smart buttons and those that open a dialog; then it follows each row of the
cockpit. It writes nothing: what New opened is discarded, and a button that calls a method
is left to the walk on the server, which takes it back (``test_every_button``).
"""

from typing import NamedTuple

from conftest import URL

ROOT_MENU = "medical_office.medical_office_menu_root"
WAIT = 45_000
START = 120_000  # the first screen of somebody on a busy machine
CLOSE = ".modal:visible header button[aria-label=Close]:visible"  # a cross, an arrow
OPEN_ACTION = """async (action) => {
    const env = odoo.__WOWL_DEBUG__.root.env;
    await env.services.action.doAction(action, {clearBreadcrumbs: true});
}"""
# titles in which the program shows through
BAD_TITLES = ("False", "NewId", "undefined")
# where the host has a form and the addon another: an action that names no form shows
# the host's
OURS = ("maintenance.request", "stock.location", "stock.warehouse")
SHOWN_FORM = """() => {
    const now = odoo.__WOWL_DEBUG__.root.env.services.action.currentController;
    if (!now || !now.view || now.view.type !== "form") {
        return null;
    }
    const view = (now.action.views || []).find(([, type]) => type === "form");
    return {model: now.props.resModel, own: Boolean(view && view[0])};
}"""
HIDDEN_STATUS = """() => {
    const badges = document.querySelectorAll(".o_list_view .o_data_row .o_field_badge");
    const shown = [...badges].find((badge) => badge.innerText.trim());
    return shown && shown.getBoundingClientRect().right > window.innerWidth + 1
        ? shown.innerText.trim()
        : null;
}"""
OPEN_FINDING = """async (id) => {
    const {orm, action} = odoo.__WOWL_DEBUG__.root.env.services;
    const found = await orm.call("medical.core.exception", "action_open_record", [[id]]);
    await action.doAction(found, {clearBreadcrumbs: true});
}"""


class Problem(NamedTuple):
    """What went wrong on a screen."""

    role: str
    screen: str
    what: str

    def __str__(self):
        return f"{self.role}: {self.screen}: {self.what}"


def _reason(error):
    """The first line of an error, and what covered the thing that was to be clicked."""
    lines = str(error).splitlines()
    covered = [line.strip(" -") for line in lines if "intercepts pointer" in line]
    return " ".join([lines[0], *covered[-1:]])[:300]


class Crawler:
    """Crawls the app as one person; ``screens`` counts what was opened.

    :param deep: views, New, first records and their buttons, not only the screens
    :param tell: called with each problem when it is found
    """

    def __init__(self, person, deep=True, tell=None):
        self.tell = tell
        self.person = person
        self.page = person.page
        self.deep = deep
        self.screens = 0
        self.menus = 0
        self.rows = 0
        self.problems = []

    def crawl(self):
        self.start()
        for name, action in self.menu_actions():
            self.menus += 1
            try:
                self._open(name, action)
            except Exception as error:  # noqa: BLE001 - the next menu is opened all the same
                self._note(name, f"stuck: {str(error).splitlines()[0][:200]}")
                self.start()
                self._settle()
            self._come_back()
        self._cockpit_rows()
        return self

    def start(self):
        self.page.goto(f"{URL}/odoo/medical-office", timeout=START)
        self.page.wait_for_selector(".o_action_manager > *", timeout=START)

    def _come_back(self):
        """The kiosk opens in another tab, and signs out whoever opened it."""
        others = self.person.context.pages[1:]
        for page in others:
            page.wait_for_load_state()
            page.close()
        if others:
            self.person.sign_in()
            self.start()

    def menu_actions(self):
        """(path of the menu, action id) of every menu of the app with an action."""
        menus = self.page.request.get(f"{URL}/web/webclient/load_menus").json()
        root = next(m for m in menus.values() if m.get("xmlid") == ROOT_MENU)
        found = []

        def walk(menu, path):
            if menu.get("actionID"):
                found.append((path, menu["actionID"]))
            for child in menu["children"]:
                walk(menus[str(child)], f"{path} > {menus[str(child)]['name']}")

        for child in root["children"]:
            walk(menus[str(child)], menus[str(child)]["name"])
        return found

    # ---------------------------------------------------------------------- a screen

    def _open(self, name, action):
        if not self._try(name, lambda: self.page.evaluate(OPEN_ACTION, action)):
            return
        if self._in_dialog():
            self.close_dialogs()
            return
        if not self.deep:
            return
        for view in self._views():
            self._try(f"{name} [{view}]", lambda view=view: self._switch(view))
        self._reopen(action)
        self._new(name)
        self._reopen(action)
        self._first_record(name, action)

    def _cockpit_rows(self):
        """Each row of the cockpit; in a quick crawl one of each check."""
        fields = ["summary", "check_id"]
        domain = [["is_open", "=", True], ["user_id.login", "=", self.person.login]]
        rows = self.person.call("medical.core.exception", "search_read", domain, fields)
        if not self.deep:
            rows = list({row["check_id"][0]: row for row in rows}.values())
        for row in rows:
            self.rows += 1
            self._try(
                f"Cockpit > {row['summary'][:60]}",
                lambda row=row: self.page.evaluate(OPEN_FINDING, row["id"]),
            )

    def _reopen(self, action):
        self.close_dialogs()
        self._close_notices()
        self.page.keyboard.press("Escape")  # a calendar that New opened
        self.page.evaluate(OPEN_ACTION, action)
        self._settle()

    def _close_notices(self):
        """A notice over which the mouse rests stays, and covers the buttons below it."""
        self.page.evaluate(
            "() => document.querySelectorAll('.o_notification_close')"
            ".forEach((cross) => cross.click())"
        )

    def _views(self):
        buttons = self.page.locator(".o_cp_switch_buttons .o_switch_view")
        return [
            next(
                c
                for c in classes.split()
                if c.startswith("o_") and c != "o_switch_view"
            )
            for classes in buttons.evaluate_all("nodes => nodes.map(n => n.className)")
        ]

    def _switch(self, view):
        self._close_notices()
        self.page.locator(f".o_cp_switch_buttons .{view}").first.click(timeout=WAIT)

    def _new(self, name):
        button = self.page.locator(
            ".o_list_button_add:visible, .o-kanban-button-new:visible"
        )
        if button.count():
            self._try(f"{name} > New", lambda: button.first.click(timeout=WAIT))
            self._discard()

    def _discard(self):
        for selector in (".o_form_button_cancel:visible", CLOSE):
            found = self.page.locator(selector)
            if found.count():
                found.first.click(timeout=WAIT)

    def _first_record(self, name, action):
        if not self._click_first(f"{name} > first"):
            return
        # named once: a form that is still being drawn has no buttons to be found by
        named = self._dialog_buttons()
        for kind, buttons in (
            ("smart", self._smart_buttons),
            ("dialog", lambda: self.page.locator(named).locator("visible=true")),
        ):
            for number, label in enumerate(buttons().all_inner_texts()):
                if number or kind == "dialog":
                    self._reopen(action)
                    if not self._click_first(f"{name} > first"):
                        return
                    buttons().first.wait_for(timeout=WAIT)
                self._try(
                    f"{name} > first > ({' '.join(label.split())})",
                    lambda number=number, buttons=buttons: (
                        buttons().nth(number).click(timeout=WAIT)
                    ),
                )
                self.close_dialogs()

    def _dialog_buttons(self):
        """A selector of the buttons of the form that name an action, which is called by
        its number; smart buttons are asked for apart."""
        shown = self.page.locator(
            ".o_form_view button[name]:not(.oe_stat_button):visible"
        )
        numbers = shown.evaluate_all("nodes => nodes.map(node => node.name)")
        found = [
            f'.o_form_view button[name="{name}"]:not(.oe_stat_button)'
            for name in set(numbers)
            if name.isdigit()
        ]
        return ", ".join(sorted(found)) or ".o_none"

    def _click_first(self, screen):
        # an empty screen shows made-up records behind its help
        if self._in_dialog() or self.page.locator(".o_view_sample_data").count():
            return False
        self._unfold()
        row = self.page.locator(
            ".o_list_view tbody tr.o_data_row "
            "td.o_data_cell:not(.o_list_button, .o_handle_cell):visible, "
            ".o_kanban_view .o_kanban_record:not(.o_kanban_ghost):visible"
        )
        if not row.count():
            return False
        went = self._try(screen, lambda: row.first.click(timeout=WAIT))
        if self._in_dialog():  # a line of a form
            self.close_dialogs()
            return False
        return went and bool(self.page.locator(".o_form_view").count())

    def _unfold(self):
        """A grouped list shows no record until a group is opened."""
        for _level in range(3):
            if self.page.locator("tr.o_data_row:visible").count():
                return
            group = self.page.locator(
                "tr.o_group_header.o_group_has_content:not(.o_group_open):visible"
            )
            if not group.count():
                return
            group.first.locator(".o_group_name").click(timeout=WAIT)
            self._settle()

    def _in_dialog(self):
        return bool(self.page.locator(".modal:visible").count())

    def _smart_buttons(self):
        """The smart buttons; on a phone they are behind one that shows them."""
        more = self.page.locator(".o_button_more:visible[aria-expanded=false]")
        if more.count():
            more.first.click(timeout=WAIT)
            self.page.wait_for_timeout(400)  # the sheet slides in
        return self.page.locator(".oe_stat_button:visible:not(:has(.o_button_more))")

    def close_dialogs(self):
        for _dialog in range(3):  # one may stand on another
            close = self.page.locator(CLOSE)
            open_ones = close.count()
            if not open_ones:
                return
            close.last.click(timeout=WAIT)
            for _moment in range(20):  # a busy client takes a while to take it away
                self.page.wait_for_timeout(150)
                if close.count() < open_ones:
                    break

    # ------------------------------------------------------------------- what is wrong

    def _try(self, screen, act):
        """Open a screen; note what is wrong with it. Whether one can go on from it."""
        self.screens += 1
        before = len(self.person.errors)
        try:
            act()
            self._settle()
        except Exception as error:  # noqa: BLE001 - whatever it is, the crawl goes on
            self._note(screen, _reason(error))
        broken = self._read_dialogs(screen)
        for error in self.person.errors[before:]:
            self._note(screen, f"console: {error[:200]}")
        del self.person.errors[before:]
        self._read_title(screen)
        self._read_form(screen)
        self._read_list(screen)
        return not broken

    def _settle(self):
        self.page.wait_for_function(
            "() => !document.querySelector('.o_loading_indicator:not(.d-none)')"
            " && !document.querySelector('.o_view_sample_data .o_loading')",
            timeout=WAIT,
        )
        self.page.wait_for_timeout(120)

    def _read_dialogs(self, screen):
        dialog = self.page.locator(
            ".o_error_dialog, .modal .o_dialog_warning, .o_error"
        )
        notice = self.page.locator(".o_notification.border-danger")
        broken = False
        for found in (dialog, notice):
            if found.count():
                text = found.first.inner_text().replace("\n", " ")
                self._note(screen, text[:240])
                broken = True
        if broken:
            self.page.keyboard.press("Escape")
            for close in self.page.locator(
                ".modal .btn-close, .o_notification_close"
            ).all():
                close.click(timeout=2000)
        return broken

    def _read_title(self, screen):
        # read in one step: a screen that is being redrawn has no lasting elements
        title = self.page.evaluate(
            "() => document.querySelector('.o_last_breadcrumb_item, .o_breadcrumb')"
            "?.innerText || ''"
        )
        if any(bad in title for bad in BAD_TITLES):
            self._note(screen, f"title “{title}”")

    def _read_form(self, screen):
        shown = self.page.evaluate(SHOWN_FORM)
        if shown and shown["model"] in OURS and not shown["own"]:
            self._note(screen, f"the host's form of {shown['model']}")

    def _read_list(self, screen):
        """How things stand is seen without moving the screen aside, also on a phone."""
        if hidden := self.page.evaluate(HIDDEN_STATUS):
            self._note(screen, f"the status “{hidden}” is off the screen")

    def _note(self, screen, what):
        problem = Problem(self.person.login, screen, what)
        self.problems.append(problem)
        if self.tell:
            self.tell(problem)
