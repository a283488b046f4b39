"""What is done at each month's end: the list from which a close takes its steps."""

from odoo import fields, models

ROLES = [
    ("accountant", "Accountant"),
    ("payroll", "Payroll officer"),
    ("manager", "Office manager"),
    ("director", "Director"),
]
# what a step looks at by itself: the methods are in evidence.py
EVIDENCE = [
    ("bank", "Bank lines of the month"),
    ("deposits", "Deposits of the month"),
    ("pay", "Pay runs of the month"),
    ("supply", "Value of the supplies in the books"),
    ("adjusting", "Adjusting entries of the month"),
    ("drafts", "Draft entries of the month"),
    ("categories", "Accounts without a practice category"),
    ("numbers", "Monthly numbers of the billing system"),
    ("variances", "Variances of the month"),
    ("balance", "Debit and credit of the month"),
]


class FinanceCloseTask(models.Model):
    """One thing to do at each month's end, by whom, until when, with which evidence."""

    _name = "medical.finance.close.task"
    _description = "Month-End Task"
    _inherit = ["mail.thread", "medical.core.shared", "medical.core.guard"]
    _shared_birth = True
    _order = "sequence, id"
    _editors = {"*": ("core_group_accountant", "core_group_manager")}

    name = fields.Char(required=True, translate=True, tracking=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Empty: for all companies."
    )
    role = fields.Selection(ROLES, "Done by", required=True, default="accountant")
    day_due = fields.Integer(
        "Due on Day",
        required=True,
        default=5,
        help="Day of the next month; a weekend or bank holiday moves it on.",
        aggregator=None,
    )
    evidence = fields.Selection(
        EVIDENCE, help="What is read when the step is done, and kept with it."
    )
    is_strict = fields.Boolean(
        "Must Be Clean",
        help="The step is not done while its evidence shows something open. Otherwise a "
        "note says why it is left.",
    )
    note = fields.Text("How", translate=True)

    _day = models.Constraint(
        "CHECK (day_due BETWEEN 1 AND 28)", "The day is from 1 to 28."
    )
