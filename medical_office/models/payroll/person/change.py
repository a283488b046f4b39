"""Changes of pay data that a person asks for: a Form W-4, a state's form, the account
that pay goes to."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.orm.models import NO_ACCESS

from ....tools.payroll.ach import routing_problem
from .state_form import STATUS
from .w4 import FILING

W4 = ("filing_status", "step2", "step3", "step4a", "step4b", "step4c")
# what a state's form asks most often: field of the request -> field of the form; what
# only some states ask is entered by payroll on the form itself
STATE_FORM = {
    "state_id": "state_id",
    "form_status": "filing_status",
    "form_allowances": "allowances",
    "form_additional": "additional_allowances",
    "form_dependents": "dependents",
    "form_extra": "extra",
    "form_exempt": "exempt",
    "form_letter": "code",
    "form_percent": "elected_percent",
    "form_county": "county",
}


class PeopleChange(models.Model):
    """The account number is closed to every reader, as it is on the account itself."""

    _inherit = "medical.people.change"

    kind = fields.Selection(
        selection_add=[
            ("w4", "Form W-4"),
            ("state_form", "State withholding form"),
            ("account", "Bank account for pay"),
        ],
        ondelete={"w4": "cascade", "state_form": "cascade", "account": "cascade"},
    )
    date_from = fields.Date("In force from", default=fields.Date.context_today)
    currency_id = fields.Many2one(related="company_id.currency_id")
    filing_status = fields.Selection(FILING)
    step2 = fields.Boolean("Step 2(c): two jobs")
    step3 = fields.Monetary("Step 3: credits (annual)")
    step4a = fields.Monetary("Step 4(a): other income (annual)")
    step4b = fields.Monetary("Step 4(b): deductions (annual)")
    step4c = fields.Monetary("Step 4(c): extra withholding per paycheck")
    form_status = fields.Selection(STATUS, "Filing status of the state")
    form_allowances = fields.Integer("Allowances", aggregator=None)
    form_additional = fields.Integer("Additional allowances", aggregator=None)
    form_dependents = fields.Integer("Dependents", aggregator=None)
    form_extra = fields.Monetary("State: extra per paycheck")
    form_exempt = fields.Boolean("Exempt from the state's withholding")
    form_letter = fields.Char("Letter of the form")
    form_percent = fields.Float("Percent chosen", digits=(6, 3), aggregator=None)
    form_county = fields.Char("Code of the county")
    bank = fields.Char()
    account_type = fields.Selection(
        [("checking", "Checking"), ("savings", "Savings")], default="checking"
    )
    routing = fields.Char("Routing number", size=9)
    account_number = fields.Char(groups=NO_ACCESS, readonly=True, copy=False)
    new_account_number = fields.Char(
        "Account number",
        compute="_compute_new_account_number",
        inverse="_inverse_new_account_number",
        help="It is shown by its last four digits afterward.",
    )
    masked = fields.Char("Account", compute="_compute_masked", compute_sudo=True)

    def _compute_new_account_number(self):
        self.new_account_number = False

    def _inverse_new_account_number(self):
        for change in self.filtered("new_account_number"):
            number = change.new_account_number.strip()
            # sudo: the number is closed to everybody but the program
            change.sudo()._pen().account_number = number

    @api.depends("account_number")
    def _compute_masked(self):
        for change in self:
            number = change.account_number or ""
            change.masked = number and f"••••{number[-4:]}"

    def _medical_given(self):
        """What belongs to a W-4 or to an account.

        :raises UserError: something is empty, or the routing number cannot be right
        """
        if self.kind == "w4":
            if not self.filing_status or not self.date_from:
                raise UserError(
                    self.env._(
                        "%s: choose the filing status and the day it is in force.",
                        self.display_name,
                    )
                )
            return {name: self[name] for name in (*W4, "date_from")}
        if self.kind == "state_form":
            if not (self.state_id and self.form_status and self.date_from):
                raise UserError(
                    self.env._(
                        "%s: choose the state, the filing status and the day it is in "
                        "force.",
                        self.display_name,
                    )
                )
            return {name: self[name] for name in (*STATE_FORM, "date_from")}
        if self.kind == "account":
            # sudo: whether a number was given; it is not shown
            if not self.bank or not self.routing or not self.sudo().account_number:
                raise UserError(
                    self.env._(
                        "%s: enter bank, routing number and account number.",
                        self.display_name,
                    )
                )
            if why := routing_problem(self.routing):
                raise UserError(f"{self.display_name}: {why}")
            return {}
        return super()._medical_given()

    def _medical_apply(self, given):
        """A released form becomes a form of its own, an account takes what remains."""
        if self.kind == "state_form":
            values = {STATE_FORM.get(name, name): given[name] for name in given}
            # sudo: released by an officer whose role the step has checked
            self.env["medical.payroll.state.form"].sudo().create(
                {
                    **values,
                    "state_id": given["state_id"].id,
                    "employee_id": self.employee_id.id,
                }
            )
            return None
        if self.kind == "w4":
            # sudo: released by an officer whose role the step has checked
            self.env["medical.payroll.w4"].sudo().create(
                {
                    **given,
                    "employee_id": self.employee_id.id,
                    "date_signed": fields.Date.context_today(self),
                }
            )
            return None
        if self.kind != "account":
            return super()._medical_apply(given)
        accounts = self.env["medical.payroll.account"].sudo()  # sudo: as above
        before = accounts.search(
            [("employee_id", "=", self.employee_id.id), ("share", "=", "rest")]
        )
        self._pen().before = ", ".join(filter(None, before.mapped("masked"))) or False
        before.active = False
        accounts.create(
            {
                "employee_id": self.employee_id.id,
                "name": self.bank,
                "kind": self.account_type,
                "routing": self.routing,
                # sudo: the number goes from one closed field to the other
                "new_number": self.sudo().account_number,
            }
        )
        return None
