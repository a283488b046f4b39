"""A new hire by hand: what HR knows, on one screen; the rest is asked for."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import escape_psql
from odoo.tools.misc import clean_context

from ...models.people.grade.grade import PER
from ...models.people.paychange.budget import tell_effect
from ...tools.money import money

PAY = "hr.group_hr_manager"  # who may write wages, as the host says


class PeopleNewHireWizard(models.TransientModel):
    """The terms of somebody hired without an offer. What is checked is what an offer's
    terms are checked for."""

    _name = "medical.people.new.hire.wizard"
    _description = "Enter a New Hire"
    _inherit = ["medical.core.wizard"]

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    name = fields.Char("Full Name", required=True)
    private_email = fields.Char(help="Where the link to hand in papers goes.")
    job_id = fields.Many2one("hr.job", required=True, check_company=True)
    department_id = fields.Many2one(
        "hr.department",
        compute="_compute_department_id",
        store=True,
        readonly=False,
        check_company=True,
    )
    manager_id = fields.Many2one(
        "hr.employee",
        "Reports to",
        compute="_compute_manager_id",
        store=True,
        readonly=False,
        check_company=True,
    )
    date_start = fields.Date("First Day", required=True)
    wage = fields.Monetary(
        "Pay",
        groups=PAY,
        help="Entered by who may write wages; else the next screen says who can.",
    )
    per = fields.Selection(PER, "Pay is per", required=True, default="hour", groups=PAY)
    hours_week = fields.Float("Hours per Week", required=True, default=40)
    exempt = fields.Boolean("Exempt from overtime", groups=PAY)

    budget_effect = fields.Text(
        "Effect on the Budget",
        compute="_compute_budget",
        compute_sudo=True,
        groups=PAY,
        help="As an offer of these terms would show it.",
    )
    budget_short = fields.Boolean(
        compute="_compute_budget", compute_sudo=True, groups=PAY
    )

    @api.depends("job_id")
    def _compute_department_id(self):
        for one in self:
            one.department_id = one.job_id.department_id or one.department_id

    @api.depends("department_id")
    def _compute_manager_id(self):
        for one in self:
            one.manager_id = one.department_id.manager_id or one.manager_id

    @api.depends(
        "company_id",
        "department_id",
        "job_id",
        "date_start",
        "wage",
        "per",
        "hours_week",
        "exempt",
    )
    def _compute_budget(self):
        """What the terms do to what was granted for the department's pay."""
        self.budget_effect, self.budget_short = False, False
        ready = self.filtered(
            lambda one: (
                one._writes_pay()
                and one.wage
                and one.per
                and one.department_id
                and one.date_start
            )
        )
        offers = self.env["medical.people.offer"]
        costs = {one: money(offers.new(one._terms()).year_cost or 0) for one in ready}
        tell_effect(ready, lambda one: one.date_start, costs.get)

    def action_hire(self):
        """Make the employee with the terms, ask for the papers, begin Form I-9 and the
        onboarding list.

        :return: the guided screen: what is missing until the first pay run
        :raises UserError: somebody of this name and first day, or with this email, is
            there already; or the terms cannot be
        """
        self.ensure_one()
        self.env["medical.core.guard"]._check_caller(
            "core_group_hr", "core_group_manager"
        )
        self._check_new()
        offer = self.env["medical.people.offer"].new(self._terms())
        values = offer._employee_values()
        if self._writes_pay() and self.wage:
            offer._check_terms()
            offer._medical_check_floor()
        else:
            values = {key: values[key] for key in values if key not in offer._of_pay()}
        first = values.pop("contract_date_start")
        # a client's defaults have no say in what becomes of the terms
        employees = self.env["hr.employee"].with_context(
            clean_context(self.env.context)
        )
        employees = employees.with_company(self.company_id)
        employee = employees.create(values)
        # sudo: the host ties the first day to wages; HR, who hires, enters that day alone
        employee.sudo().contract_date_start = first
        employee._medical_begin_hire()
        return employee.action_medical_hire()

    def _writes_pay(self):
        return self.env.user.has_group(PAY)

    def _check_new(self):
        """:raises UserError: the person seems to be there already"""
        # sudo: whether somebody is there is asked, of archived people too
        people = self.env["hr.employee"].sudo().with_context(active_test=False)
        same = people.search(
            [
                ("company_id", "=", self.company_id.id),
                "|",
                ("private_email", "=ilike", escape_psql(self.private_email or "-")),
                "&",
                ("name", "=ilike", escape_psql(self.name.strip())),
                ("contract_date_start", "=", self.date_start),
            ],
            limit=1,
        )
        if same:
            raise UserError(
                self.env._(
                    "%(who)s is an employee already, with the same first day or email. "
                    "Open that record, or correct what you entered.",
                    who=same.name,
                )
            )

    def _terms(self):
        """The terms as an offer knows them. Upper domains add theirs."""
        pay = {}
        if self._writes_pay():
            pay = {"wage": self.wage, "per": self.per, "exempt": self.exempt}
        return {
            **pay,
            "name": (self.name or "").strip(),
            "email": self.private_email,
            "company_id": self.company_id.id,
            "job_id": self.job_id.id,
            "department_id": self.department_id.id,
            "manager_id": self.manager_id.id,
            "date_start": self.date_start,
            "date_expiry": self.date_start,
            "hours_week": self.hours_week,
        }
