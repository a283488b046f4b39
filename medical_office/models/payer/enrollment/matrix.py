"""Providers by payers, for the screen and on paper: how far each enrollment is."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ....engine.core.labels import labels_of
from ....tools.plaintext import storable
from .enrollment import PENDING

READERS = (
    "core_group_hr",
    "core_group_accountant",
    "core_group_manager",
    "core_group_director",
    "core_group_auditor",
)
# the state that a cell with several enrollments is called by: what is furthest behind
BEHIND = (
    "returned",
    "planned",
    "gathering",
    "submitted",
    "in_review",
    "effective",
    "terminated",
)
PAGE = 60  # providers on the screen at once
AGGREGATES = ("__count", "id:max", "date_needed:min", "date_effective:max")


def furthest_behind(found):
    """What a cell says of its enrollments.

    :param found: {state: anything}
    :return: the state that counts, and the states that count with it; what was terminated
        counts only where nothing else is
    """
    live = [state for state in found if state != "terminated"] or list(found)
    return min(live, key=BEHIND.index), live


class PayerEnrollment(models.Model):
    _inherit = "medical.payer.enrollment"

    @api.model
    def matrix(self, site_id=False, line_id=False, only_pending=False, text="", more=0):
        """Providers down, payers across; a fixed number of queries.

        :param site_id: of one site, else of all the caller may see
        :param line_id: of one line of business, else of all
        :param only_pending: only providers and payers with something pending
        :param text: part of a provider's name
        :param more: how many pages of providers beyond the first
        :return: {"payers": [{id, name}], "rows": [{id, name, money, cells: {payer id:
            {status, label, detail, late, count, enrollment}}}], "total": providers,
            "sites", "lines", "states": [{value, label}], "may_plan"}
        """
        self._check_caller(*READERS)
        chosen = self._matrix_domain(site_id, line_id, only_pending, text)
        people = self._read_group(
            chosen, ["provider_name", "provider_id"], order="provider_name, provider_id"
        )
        pages = 1 + min(self._matrix_number(more or 0), 1000)
        shown = people[: PAGE * pages]
        domain = self._matrix_domain(site_id, line_id, False, "") & Domain(
            "provider_id", "in", [provider.id for _name, provider in shown]
        )
        money, late = self._matrix_held(site_id, line_id)
        cells = self._matrix_cells(domain, late)
        rows = [
            {
                "id": provider.id,
                "name": name or "",
                "money": money.get(provider, 0),
                "cells": cells.get(provider.id, {}),
            }
            for name, provider in shown
        ]
        if only_pending:
            used = {
                key
                for row in rows
                for key, cell in row["cells"].items()
                if cell["status"] in PENDING
            }
        else:
            used = {key for row in rows for key in row["cells"]}
        payers = self.env["medical.payer.payer"].browse(used)
        return {
            "payers": [
                {"id": payer.id, "name": payer.name} for payer in payers.sorted("name")
            ],
            "rows": rows,
            "total": len(people),
            "may_plan": self.has_access("create"),
            "currency_id": self.env.company.currency_id.id,
            **self._matrix_choices(),
        }

    @api.model
    def _matrix_domain(self, site_id, line_id, only_pending, text):
        domain = Domain("company_id", "in", self.env.companies.ids)
        if site_id:
            domain &= Domain("site_id", "=", self._matrix_number(site_id))
        if line_id:
            domain &= Domain("line_id", "=", self._matrix_number(line_id))
        if only_pending:
            domain &= Domain("state", "in", PENDING)
        text = storable(text).strip()
        if text:
            domain &= Domain("provider_name", "ilike", text)
        return domain

    @api.model
    def _matrix_number(self, value):
        """A whole number from the screen.

        :raises UserError: it is something else, or none that a record has
        """
        if not isinstance(value, int) or not 0 <= value < 2**31:
            raise UserError(self.env._("There is no such choice: %s", str(value)[:40]))
        return value

    @api.model
    def _matrix_held(self, site_id, line_id):
        """Money that each provider's enrollments hold, and the most days in each cell.

        :return: {provider: money}, {(provider id, payer id, state): days}; one query
        """
        money, late = {}, {}
        for provider, payer, state, held, days in self.env[
            "medical.payer.held"
        ]._read_group(
            self._matrix_domain(site_id, line_id, False, ""),
            ["provider_id", "payer_id", "state"],
            ["money:sum", "days:max"],
        ):
            money[provider] = money.get(provider, 0) + held
            late[provider.id, payer.id, state] = days
        return money, late

    @api.model
    def _matrix_cells(self, domain, late):
        """{provider id: {payer id: what the screen shows}}, one query.

        :param late: {(provider id, payer id, state): days} of what holds money
        """
        labels = labels_of(self, "state")
        found = {}
        for provider, payer, state, *figures in self._read_group(
            domain, ["provider_id", "payer_id", "state"], AGGREGATES
        ):
            row = found.setdefault(provider.id, {})
            row.setdefault(payer.id, {})[state] = figures
        return {
            provider: {
                payer: self._matrix_cell(
                    states,
                    labels,
                    {state: late.get((provider, payer, state), 0) for state in states},
                )
                for payer, states in row.items()
            }
            for provider, row in found.items()
        }

    @api.model
    def _matrix_cell(self, states, labels, held):
        state, live = furthest_behind(states)
        _count, newest, needed, effective = states[state]
        late = 0
        detail = ""
        if state in PENDING:
            late = held[state]
            detail = needed and self.env._(
                "needed %s", format_date(self.env, needed, date_format="MMM d, y")
            )
        elif state == "effective" and effective:
            detail = self.env._(
                "since %s", format_date(self.env, effective, date_format="MMM d, y")
            )
        count = sum(states[one][0] for one in live)
        return {
            "status": state,
            "label": labels[state],
            "detail": detail or "",
            "late": late,
            "count": count,
            # one enrollment is opened itself, several as a list
            "enrollment": newest if count == 1 else False,
        }

    @api.model
    def _matrix_choices(self):
        """Sites, lines of business and states to choose from."""
        # sudo: sites are named, for whoever may see their enrollments
        sites = self.env["stock.warehouse"].sudo()
        return {
            "sites": [
                {"id": site.id, "name": site.name}
                for site in sites.search(
                    [
                        ("medical_is_site", "=", True),
                        ("company_id", "in", self.env.companies.ids),
                    ]
                )
            ],
            "lines": [
                {"id": line.id, "name": line.name}
                for line in self.env["medical.payer.line"].search([])
            ],
            "states": [
                {"value": value, "label": label}
                for value, label in self._fields["state"]._description_selection(
                    self.env
                )
            ],
        }

    @api.model
    def print_matrix(
        self, form="pdf", site_id=False, line_id=False, only_pending=False, text=""
    ):
        """The matrix on paper or as a spreadsheet, as it is filtered on the screen.

        :param form: "pdf" or "xlsx"
        :return: report action
        """
        self._check_caller(*READERS)
        name = "payer_matrix_xlsx_action" if form == "xlsx" else "payer_matrix_action"
        found = self.search(self._matrix_domain(site_id, line_id, only_pending, text))
        # sudo: the action itself; whoever may not print it is refused by its groups
        report = self.env.ref(f"medical_office.{name}").sudo()
        return report.report_action(found.ids, config=False)
