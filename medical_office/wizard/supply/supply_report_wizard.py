"""Which supply report, of which time and places; the reports read the rest themselves."""

from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.supply.figures.trend import month_of, months_until, shifted

KINDS = [
    ("value", "Stock value by room"),
    ("usage", "Usage trend"),
    ("waste", "Waste by cause"),
    ("visits", "Supply cost per visit"),
]
MOST_MONTHS = 60


class SupplyReportWizard(models.TransientModel):
    _name = "medical.supply.report.wizard"
    _description = "Supply Reports"
    _inherit = ["medical.core.wizard"]

    kind = fields.Selection(KINDS, string="Report", required=True, default="value")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    date_from = fields.Date(
        "From", required=True, default=lambda self: self._default_from()
    )
    date_to = fields.Date("To", required=True, default=lambda self: self._default_to())
    site_ids = fields.Many2many(
        "stock.warehouse",
        string="Sites",
        domain="[('medical_is_site', '=', True), ('company_id', '=', company_id)]",
    )
    room_ids = fields.Many2many(
        "stock.location",
        string="Rooms",
        domain="[('medical_room_type', '!=', False), ('company_id', '=', company_id)]",
    )
    department_ids = fields.Many2many("hr.department", string="Departments")

    @api.model
    def _default_to(self):
        """The last day of the month that is over."""
        return month_of(fields.Date.context_today(self)) - timedelta(days=1)

    @api.model
    def _default_from(self):
        return months_until(self._default_to())[0]

    @api.model
    def default_get(self, names):
        """Rooms that were chosen in a list come along."""
        values = super().default_get(names)
        context = self.env.context
        if context.get("active_model") == "stock.location":
            values["room_ids"] = [Command.set(context.get("active_ids"))]
        return values

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for wizard in self:
            if wizard.date_from > wizard.date_to:
                raise UserError(self.env._("“From” is after “To”."))
            first = month_of(wizard.date_from)
            if shifted(first, MOST_MONTHS) <= wizard.date_to:
                raise UserError(
                    self.env._(
                        "A report covers at most %(months)s months. Choose a later "
                        "“From”.",
                        months=MOST_MONTHS,
                    )
                )

    # ---------------------------------------------------------------- what it covers

    def _place_domain(self):
        """The rows of the chosen places, in any of the models of figures."""
        self.ensure_one()
        domain = Domain("company_id", "=", self.company_id.id)
        if self.site_ids:
            domain &= Domain("site_id", "in", self.site_ids.ids)
        if self.room_ids and self.kind != "visits":
            domain &= Domain("room_id", "in", self.room_ids.ids)
        if self.department_ids:
            domain &= Domain("department_id", "in", self.department_ids.ids)
        return domain

    def _use_domain(self, since, until):
        """Rows of use of the chosen places between two days, both included.

        The moment is compared as well, a day wider: the index of moves is on it.
        """
        wide = timedelta(days=1)
        return self._place_domain() & Domain(
            [
                ("moment", ">=", fields.Datetime.to_datetime(since) - wide),
                ("moment", "<", fields.Datetime.to_datetime(until) + 2 * wide),
                ("day", ">=", since),
                ("day", "<=", until),
            ]
        )

    def _places_text(self):
        """The chosen places in words; "" where nothing was chosen."""
        self.ensure_one()
        chosen = [*self.site_ids.mapped("name"), *self.department_ids.mapped("name")]
        if self.kind != "visits":
            chosen += self.room_ids.mapped("name")
        return ", ".join(chosen)

    # ---------------------------------------------------------------------- printing

    def action_pdf(self):
        """Print the report."""
        return self._print("")

    def action_xlsx(self):
        """The report as a spreadsheet."""
        return self._print("_xlsx")

    def _print(self, suffix):
        self.ensure_one()
        self.check_access("read")
        report = f"medical_office.supply_{self.kind}{suffix}_action_report"
        return self.env.ref(report).report_action(self)
