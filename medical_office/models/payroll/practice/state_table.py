"""The accountant's own dated bracket table, for a state without one of ours."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import format_date

from ....engine.core.amounts import amount_text
from ....tools.money import money
from ....tools.payroll.tax.states import (
    BadTable,
    Bracket,
    FilingStatus,
    doubtful_brackets,
    entered_table,
)

STATUSES = [
    ("single", "Single"),
    ("married_jointly", "Married filing jointly"),
    ("head_of_household", "Head of household"),
]


class PayrollStateTable(models.Model):
    """Annual brackets from the state's withholding guide. Goes before our tables."""

    _name = "medical.payroll.state.table"
    _description = "State Bracket Table"
    _inherit = ["medical.core.guard"]
    _order = "state_id, date_from desc"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    active = fields.Boolean(default=True)
    state_id = fields.Many2one(
        "res.country.state", required=True, domain="[('country_id.code', '=', 'US')]"
    )
    date_from = fields.Date("From", required=True)
    date_to = fields.Date("Until")
    citation = fields.Char(
        required=True, help="The guide the table comes from, with its date."
    )
    allowance = fields.Monetary("Deducted from wages per allowance")
    allowance_credit = fields.Monetary("Deducted from tax per allowance")
    deduction_single = fields.Monetary("Standard deduction, single")
    deduction_married = fields.Monetary("Standard deduction, married")
    deduction_head = fields.Monetary("Standard deduction, head of household")
    line_ids = fields.One2many("medical.payroll.state.bracket", "table_id", copy=True)
    doubt = fields.Text(compute="_compute_doubt")

    @api.depends("state_id", "date_from")
    def _compute_display_name(self):
        for table in self:
            day = format_date(self.env, table.date_from)
            table.display_name = f"{table.state_id.code or ''} {day}".strip()

    @api.depends("line_ids.floor", "line_ids.base", "line_ids.percent")
    def _compute_doubt(self):
        for table in self:
            table.doubt = False
            try:
                doubtful = doubtful_brackets(table._law())
            except (BadTable, ValueError):
                continue
            table.doubt = "\n".join(
                self.env._(
                    "%(column)s, over %(floor)s: the base tax is %(off)s off what the "
                    "bracket below reaches.",
                    column=column,
                    floor=amount_text(self.env, row.floor),
                    off=amount_text(self.env, off),
                )
                for column, row, off in doubtful
            )

    @api.constrains("line_ids", "date_from", "date_to", "citation", "allowance")
    def _check_table(self):
        for table in self:
            try:
                table._law()
            except BadTable as error:
                raise ValidationError(str(error)) from error

    def _law(self):
        """The table as a law for the calculator; raises BadTable."""
        self.ensure_one()
        brackets = {}
        for line in self.line_ids.sorted("floor"):
            brackets.setdefault(FilingStatus(line.filing_status), []).append(
                Bracket(money(line.floor), money(line.base), money(line.percent))
            )
        deductions = {
            FilingStatus.SINGLE: self.deduction_single,
            FilingStatus.MARRIED_JOINTLY: self.deduction_married,
            FilingStatus.HEAD_OF_HOUSEHOLD: self.deduction_head,
        }
        return entered_table(
            self.state_id.code or "",
            self.date_from,
            self.date_to or None,
            brackets,
            citation=self.citation or "",
            standard_deduction={k: money(v or 0) for k, v in deductions.items()},
            allowance=money(self.allowance or 0),
            allowance_credit=money(self.allowance_credit or 0),
        )


class PayrollStateBracket(models.Model):
    """Over ``floor`` dollars a year: ``base`` dollars plus ``percent`` of the excess."""

    _name = "medical.payroll.state.bracket"
    _description = "State Bracket"
    _inherit = ["medical.core.guard"]
    _order = "table_id, filing_status, floor"

    table_id = fields.Many2one(
        "medical.payroll.state.table", required=True, index=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="table_id.currency_id")
    filing_status = fields.Selection(STATUSES, required=True, default="single")
    floor = fields.Monetary("Over")
    base = fields.Monetary("Tax")
    percent = fields.Float("Plus (%)", digits=(8, 5))
