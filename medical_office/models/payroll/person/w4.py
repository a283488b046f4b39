"""Form W-4 of a person, as signed: both generations, exemption, lock-in letter."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import format_date

from ....tools.money import money
from ....tools.payroll.law.certificates import W4, Exempt, FilingStatus, W4Before2020

FILING = [
    ("single_mfs", "Single, or married filing separately"),
    ("married_joint", "Married filing jointly"),
    ("head_of_household", "Head of household"),
]


class PayrollW4(models.Model):
    """What a person told the practice, or the IRS prescribed, about income tax."""

    _name = "medical.payroll.w4"
    _description = "Form W-4"
    _inherit = ["medical.people.dated"]
    _past_fields = frozenset({"date_signed"})

    form = fields.Selection(
        [("2020", "2020 or later"), ("2019", "2019 or earlier")],
        required=True,
        default="2020",
    )
    filing_status = fields.Selection(FILING, required=True, default="single_mfs")
    lock_in = fields.Boolean(
        "IRS lock-in letter",
        help="The entries are those in the letter. It applies unless the employee's "
        "own form withholds more.",
    )
    exempt = fields.Boolean(
        "Claims exemption",
        help=(
            "Ends automatically on February 15 of the next year, or the next "
            "business day."
        ),
    )
    exempt_year = fields.Integer("Year of Exemption")
    nonresident = fields.Boolean(
        "Nonresident alien",
        help="Adds the amount in Pub. 15-T to wages; not for students and business "
        "apprentices from India.",
    )
    step2 = fields.Boolean("Step 2(c): two jobs")
    step3 = fields.Monetary("Step 3: credits (annual)", aggregator=None)
    step4a = fields.Monetary("Step 4(a): other income (annual)")
    step4b = fields.Monetary("Step 4(b): deductions (annual)")
    step4c = fields.Monetary(
        "Step 4(c): extra withholding per paycheck", aggregator=None
    )
    allowances = fields.Integer("Line 5: allowances")
    line6 = fields.Monetary("Line 6: extra withholding per paycheck")
    date_signed = fields.Date("Signed on")

    _amounts = models.Constraint(
        "CHECK (step3 >= 0 AND step4a >= 0 AND step4b >= 0 AND step4c >= 0 "
        "AND line6 >= 0 AND allowances >= 0)",
        "Amounts and allowances on Form W-4 cannot be negative.",
    )

    @api.constrains("exempt", "exempt_year", "lock_in", "form", "filing_status")
    def _check_form(self):
        for form in self:
            if form.exempt and not form.exempt_year:
                raise ValidationError(
                    self.env._("Enter the calendar year of the exemption claim.")
                )
            if form.exempt and form.lock_in:
                raise ValidationError(
                    self.env._("A lock-in letter cannot claim exemption.")
                )
            if form.form == "2019" and form.filing_status == "head_of_household":
                raise ValidationError(
                    self.env._(
                        "A Form W-4 from 2019 or earlier has no head of household "
                        "status: choose single."
                    )
                )

    @api.onchange("exempt")
    def _onchange_exempt(self):
        if self.exempt and not self.exempt_year:
            self.exempt_year = (self.date_from or fields.Date.context_today(self)).year

    @api.depends("form", "filing_status", "date_from", "lock_in", "exempt")
    def _compute_display_name(self):
        for form in self:
            kind = self.env._("Lock-in letter") if form.lock_in else "W-4"
            day = format_date(self.env, form.date_from)
            form.display_name = f"{kind} {day}".strip()

    def _entries(self):
        """The form's entries for the calculator, without a claim of exemption."""
        self.ensure_one()
        if self.form == "2019":
            return W4Before2020(
                self.filing_status == "married_joint",
                self.allowances,
                money(self.line6),
                self.nonresident,
            )
        return W4(
            FilingStatus(self.filing_status),
            self.step2,
            *(
                money(self[name] or 0)
                for name in ("step3", "step4a", "step4b", "step4c")
            ),
            nonresident=self.nonresident,
        )

    def _certificate(self):
        """Of one person's forms, oldest first, what is in force: (certificate, lock-in).

        (None, None) when the person gave none.
        """
        own, lock_in, earlier = None, None, None
        for form in self:
            if form.lock_in:
                lock_in = form._entries()
            elif form.exempt:
                own = Exempt(form.exempt_year, earlier)
            else:
                own = earlier = form._entries()
        return own, lock_in
