"""A person's withholding certificate of a state."""

from odoo import api, fields, models
from odoo.tools.misc import format_date

from ....tools.money import money
from ....tools.payroll.tax.states import FilingStatus

COUNTS = (
    "allowances",
    "additional_allowances",
    "dependents",
    "first_time_dependents",
    "adopted_children",
    "blind",
)
STATUS = [
    ("single", "Single"),
    ("married_jointly", "Married filing jointly"),
    ("married_separately", "Married filing separately"),
    ("head_of_household", "Head of household"),
]
YES_NO = [("yes", "Yes"), ("no", "No")]


class PayrollStateForm(models.Model):
    """The entries of a state's form; the work state's, or the home state's."""

    _name = "medical.payroll.state.form"
    _description = "State Withholding Form"
    _inherit = ["medical.people.dated"]

    state_id = fields.Many2one(
        "res.country.state",
        required=True,
        index=True,
        domain="[('country_id.code', '=', 'US')]",
    )
    # the form shows the entries of its own state only
    state_code = fields.Char(related="state_id.code")
    role = fields.Selection(
        [
            ("work", "Work state"),
            ("home", ("Home state, in addition to the work state")),
        ],
        required=True,
        default="work",
        help="Without reciprocity, the work state withholds. Enter a home state only "
        "if it also withholds.",
    )
    credit = fields.Boolean(
        "Only the excess over the work state",
        help="The home state allows a credit for the work state's tax.",
    )
    filing_status = fields.Selection(STATUS, required=True, default="single")
    exempt = fields.Boolean(
        help="Also for a certificate of nonresidence (reciprocity): no tax is withheld."
    )
    allowances = fields.Integer(aggregator=None)
    additional_allowances = fields.Integer(
        help="California: estimated deductions. Illinois: line 2."
    )
    dependents = fields.Integer(help="Indiana, line 6.")
    first_time_dependents = fields.Integer(help="Indiana, line 7.")
    adopted_children = fields.Integer(help="Indiana, line 8.")
    blind = fields.Integer(help="Massachusetts: employee and spouse.")
    extra = fields.Monetary("Additional per paycheck", aggregator=None)
    reduced = fields.Monetary("Reduction per paycheck", help="Connecticut, line 3.")
    code = fields.Char(
        "Letter of the form", help="Alabama, Connecticut, Louisiana, New Jersey."
    )
    spouse_works = fields.Selection(
        YES_NO, help="California, Iowa, Missouri, West Virginia."
    )
    two_jobs = fields.Boolean(help="California, West Virginia.")
    elected_percent = fields.Float(
        "Percent chosen", digits=(6, 3), help="Arizona, Form A-4."
    )
    allowance_amount = fields.Monetary(
        "Allowance per year", help="Colorado, Iowa, Mississippi."
    )
    county = fields.Char(help="Indiana, Maryland: code of the county.")
    resident = fields.Boolean(default=True, help="Maryland.")

    _positive = models.Constraint(
        "CHECK (allowances >= 0 AND additional_allowances >= 0 AND dependents >= 0 "
        "AND first_time_dependents >= 0 AND adopted_children >= 0 AND blind >= 0 "
        "AND extra >= 0 AND reduced >= 0)",
        "The entries of a state form cannot be negative.",
    )

    @api.depends("employee_id", "state_id", "date_from")
    def _compute_display_name(self):
        for form in self:
            day = format_date(self.env, form.date_from)
            parts = (form.employee_id.name, form.state_id.code, day)
            form.display_name = ", ".join(filter(None, parts))

    def _entries(self):
        """The entries for ``StateInput``, without the pay."""
        self.ensure_one()
        entries = {name: self[name] for name in COUNTS if self[name]}
        entries |= {
            "filing_status": FilingStatus(self.filing_status),
            "exempt": self.exempt,
            "extra": money(self.extra or 0),
            "reduced": money(self.reduced or 0),
            "code": (self.code or "").strip().upper(),
            "two_jobs": self.two_jobs,
            "county": (self.county or "").strip(),
            "resident": self.resident,
        }
        if self.spouse_works:
            entries["spouse_works"] = self.spouse_works == "yes"
        if self.elected_percent:
            entries["elected_percent"] = money(self.elected_percent)
        if self.allowance_amount:
            entries["allowance_amount"] = money(self.allowance_amount)
        return entries
