"""Pay item: one part of a payslip line, with its worksheet. The register reads these."""

from decimal import Decimal

from markupsafe import Markup

from odoo import api, fields, models

# an item that takes another one back: these stay, the figures are negated
SAME = (
    "sequence", "employee_id", "company_id", "department_id", "date_pay", "code", "key",
    "name", "rate", "w2", "payee_id", "steps", "law", "confirmed",
)  # fmt: skip
FIGURES = ("amount", "wages", "taxed_wages", "hours")


class PayrollItem(models.Model):
    """See docs/design-payroll.md. Written by the calculation alone, never by hand."""

    _name = "medical.payroll.item"
    _description = "Pay Item"
    _inherit = ["medical.core.guard"]
    _order = "slip_id, sequence, id"
    _log_access = False

    slip_id = fields.Many2one(
        "hr.payslip", index=True, ondelete="cascade", readonly=True
    )
    run_id = fields.Many2one(related="slip_id.payslip_run_id")
    opening_id = fields.Many2one(
        "medical.payroll.opening.balance",
        "Opening balances",
        index="btree_not_null",
        ondelete="restrict",
        readonly=True,
        help="Paid elsewhere, before the practice started paying here.",
    )
    line_id = fields.Many2one(
        "hr.payslip.line", index="btree_not_null", ondelete="cascade", readonly=True
    )
    sequence = fields.Integer(readonly=True)
    employee_id = fields.Many2one("hr.employee", required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    department_id = fields.Many2one("hr.department", readonly=True)
    date_pay = fields.Date("Pay Date", required=True, index=True, readonly=True)
    code = fields.Char(required=True, readonly=True)
    key = fields.Char(required=True, default="", readonly=True)
    name = fields.Char(required=True, readonly=True)
    amount = fields.Monetary(readonly=True, aggregator="sum")
    wages = fields.Monetary(
        readonly=True,
        help="Wages it was figured on, before any wage base.",
        aggregator="sum",
    )
    taxed_wages = fields.Monetary(
        readonly=True,
        help="The part within the wage base; for income tax, box 1 of the W-2.",
        aggregator="sum",
    )
    hours = fields.Float(readonly=True, digits=(16, 4), aggregator="sum")
    rate = fields.Float(readonly=True, digits=(16, 4), aggregator=None)
    w2 = fields.Char("W-2 Box", readonly=True)
    payee_id = fields.Many2one("res.partner", readonly=True, index="btree_not_null")
    steps = fields.Json(readonly=True)
    working = fields.Html(compute="_compute_working", sanitize=False)
    law = fields.Char("Tax Year", readonly=True)
    confirmed = fields.Boolean(readonly=True)

    _origin_known = models.Constraint(
        "CHECK ((slip_id IS NULL) <> (opening_id IS NULL))",
        "A pay item belongs either to a payslip or to opening balances.",
    )
    # the year to date of everyone is read from this index alone, not from the wide rows
    _year = models.Index(
        "(employee_id, date_pay) "
        "INCLUDE (company_id, code, key, amount, wages, taxed_wages) WHERE confirmed"
    )
    # what counts for all time: orders, elections, single earnings, corrections
    _keyed = models.Index(
        "(employee_id, key) WHERE key LIKE 'order:%' OR key LIKE 'election:%' "
        "OR key LIKE 'earning:%' OR key LIKE 'retro:%' OR key LIKE 'owe:%'"
    )

    def _taken_back(self, **values):
        """Values of an item that takes this one back.

        :param values: what differs beside the figures: its slip or opening balances
        """
        self.ensure_one()
        same = {
            name: self._fields[name].convert_to_write(self[name], self) for name in SAME
        }
        return same | {name: -self[name] for name in FIGURES} | values

    @api.depends("steps")
    def _compute_working(self):
        """The worksheet as a table: line, amount, source."""
        row = Markup("<tr><td>%s</td><td class='text-end'>%s</td><td>%s</td></tr>")
        for item in self:
            rows = [
                row % (label, _shown(amount), source)
                for label, amount, source in item.steps or []
            ]
            item.working = (
                Markup("<table class='table table-sm'>%s</table>")
                % Markup("").join(rows)
                if rows
                else False
            )


def _shown(amount):
    """A figure of the worksheet to read: thousands apart, at most four decimals."""
    number = Decimal(amount)
    if number.as_tuple().exponent < -4:
        number = number.quantize(Decimal("0.0001"))
    return f"{number:,}"
