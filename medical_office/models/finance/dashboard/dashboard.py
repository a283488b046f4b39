"""Dashboards of the practice measures and of the departments' budgets."""

import json

from odoo import api, fields, models

from odoo.addons.spreadsheet.utils.validate_data import fields_in_spreadsheet

from ....tools.finance.dashboard.departments import (
    departments_example,
    departments_workbook,
)
from ....tools.finance.dashboard.practice import measures_example, measures_workbook

# {our dashboard: (what it shows, what it shows while there is nothing)}
DRAWN = {
    "finance_dashboard_measures": (measures_workbook, measures_example),
    "finance_dashboard_departments": (departments_workbook, departments_example),
}
# Whose figures never leave by a public link: ours, pay, and the entries both are posted to
CLOSED = (
    "medical.",
    "hr.payslip",
    "hr.version",
    "hr.employee",
    "hr.salary",
    "account.move.line",
    "account.analytic.line",
    "mis.",
)


def closed_models(data):
    """Which models a spreadsheet reads that no public link may show.

    :param data: a spreadsheet as JSON text
    """
    read = fields_in_spreadsheet(json.loads(data or "{}"))
    return sorted(model for model in read if model.startswith(CLOSED))


class SpreadsheetDashboard(models.Model):
    _inherit = "spreadsheet.dashboard"

    medical_is_closed = fields.Boolean(
        "No Public Link",
        compute="_compute_medical_is_closed",
        help="It shows figures of pay, budget or the practice: no link can be shared.",
    )

    @api.depends("spreadsheet_binary_data")
    def _compute_medical_is_closed(self):
        for dashboard in self:
            dashboard.medical_is_closed = bool(
                closed_models(dashboard.spreadsheet_data)
            )

    @api.model
    def _medical_draw(self):
        """Draw our dashboards anew, with each update of the addon: they follow the
        measures that there are. Community has no editor that could change them."""
        for name, (drawn, _example) in DRAWN.items():
            dashboard = self.env.ref(f"medical_office.{name}", raise_if_not_found=False)
            if dashboard:
                dashboard.spreadsheet_data = json.dumps(drawn())

    def _get_sample_dashboard(self):
        for name, (_drawn, example) in DRAWN.items():
            if self == self.env.ref(f"medical_office.{name}", raise_if_not_found=False):
                return example()
        return super()._get_sample_dashboard()
