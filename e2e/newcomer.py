"""Somebody who sets up a practice by the guide; counts what a person opens and fills in."""

import os
from dataclasses import dataclass

from conftest import Person
from playwright.sync_api import expect

DIALOG = ".modal-dialog:last-child"
SAVED = ".o_form_status_indicator_buttons.invisible, .o_form_saved, .o_form_readonly"


@dataclass
class Effort:
    """What all people of a story did together."""

    screens: int = 0  # steps, forms and dialogs opened to enter something
    fields: int = 0  # entered, chosen or ticked by a person
    files: int = 0  # lists brought from a spreadsheet
    presses: int = 0  # buttons that do something


class Newcomer(Person):
    """A person of a new practice, with the setup guide at hand."""

    effort: Effort
    url = os.environ.get("E2E_EMPTY_URL", "")
    password = "first-day-2026"

    def __init__(self, *args, **kwargs):
        self.calls = 0  # to the server, not answered yet
        super().__init__(*args, **kwargs)

    def sign_in(self):
        for event, step in (
            ("request", 1),
            ("requestfinished", -1),
            ("requestfailed", -1),
        ):
            self.page.on(event, lambda request, step=step: self._count(request, step))
        super().sign_in()

    def _count(self, request, step):
        if "/web/" in request.url and request.method == "POST":
            self.calls += step

    # ------------------------------------------------------------------ the guide

    def guide(self):
        self.open("/odoo/setup-guide")
        expect(self.page.locator(".mo_setup_step").first).to_be_visible()

    def step(self, code):
        return self.page.locator(f".mo_setup_step[data-code={code}]")

    def begin(self, code):
        """Open the screen of a step from the guide."""
        self.guide()
        self.step(code).locator(".mo_setup_open").click()
        self.effort.screens += 1
        self.page.wait_for_selector(".modal .o_form_view, .o_form_view, .o_list_view")
        self.settled()

    def done(self, *codes):
        """The guide says that nothing is missing."""
        self.guide()
        for code in codes:
            expect(self.step(code), code).to_have_class(_word("mo_setup_done"))

    # ----------------------------------------------------------------- forms, dialogs

    @property
    def place(self):
        """The dialog on top, else the screen."""
        dialog = self.page.locator(".modal.o_technical_modal, .modal.d-block")
        return dialog.last if dialog.count() else self.page.locator(".o_action_manager")

    def field(self, name):
        return self.place.locator(f".o_field_widget[name={name}]").first

    def fill(self, **values):
        """Type into the fields of these names."""
        for name, value in values.items():
            self.type_into(self.field(name), value)

    def type_into(self, field, value):
        box = field.locator("input, textarea").first
        if not box.count():  # a date that is set is a button until it is clicked
            field.locator("button").first.click()
        box.fill(str(value))
        box.press("Tab")
        self.effort.fields += 1
        self.settled()

    def choose(self, **values):
        """Choose from a list of values or of records by its label."""
        for name, label in values.items():
            self.choose_in(self.field(name), label)

    def choose_in(self, field, label):
        box = field.locator("input").first
        box.click()
        if field.locator(".o-autocomplete").count():
            box.fill(label)
            options = self.page.locator(".o-autocomplete--dropdown-item")
        else:
            options = self.page.locator(".o_select_menu_item")
        options.filter(has_text=label).first.click()
        self.effort.fields += 1
        self.settled()

    def tick(self, name, on=True):
        self.field(name).locator("input").set_checked(on)
        self.effort.fields += 1
        self.settled()

    def bring(self, name, text):
        """Bring a list: a CSV file chosen from the disk."""
        self.field("file").locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
        )
        self.effort.files += 1
        self.settled()

    # ---------------------------------------------------------------------- lists

    def add_line(self, name=None):
        """A new line of a list on the form (``name``), or of the list that is shown."""
        if name:
            self.field(name).get_by_text("Add a line").click()
        else:
            self.press("New")
        self.settled()

    def row(self, text):
        """The line of a list in which ``text`` stands."""
        return self.place.locator("tr.o_data_row").filter(has_text=text).first

    def cell(self, row, name):
        return row.locator(f"td[name={name}]")

    def line(self, **values):
        """Fill the cells of the line that is being edited."""
        for name, value in values.items():
            cell = self.place.locator(f"tr.o_selected_row td[name={name}]")
            box = cell.locator("input, textarea").first
            if not box.count():
                cell.click()
            chosen = cell.locator(".o-autocomplete, .o_select_menu").count()
            if chosen:
                self.choose_in(cell, value)
            else:
                self.type_into(cell, value)

    # -------------------------------------------------------------------- buttons

    def press(self, label, counts=True):
        button = self.place.get_by_role("button", name=label, exact=True).first
        button.click()
        self.effort.presses += counts
        self.settled()

    def save(self):
        """Save the form or the line; nothing that is needed was left empty."""
        self.place.locator(".o_form_button_save, .o_list_button_save").first.click()
        self.settled()
        expect(self.page.locator(".o_field_invalid")).to_have_count(0)

    def closed(self):
        """The dialog is gone: nothing was wrong."""
        expect(self.page.locator(".modal")).to_have_count(0)

    def settled(self):
        """No call to the server runs any more."""
        self.page.wait_for_timeout(60)
        for _fiftieth in range(1500):
            if self.calls <= 0:
                break
            self.page.wait_for_timeout(20)
        self.page.wait_for_timeout(60)


def _word(name):
    import re

    return re.compile(rf"\b{name}\b")
