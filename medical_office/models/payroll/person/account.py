"""Direct deposit: the accounts a person's net pay goes to."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.orm.models import NO_ACCESS

from ....tools.money import money
from ....tools.payroll.ach.routing import routing_problem
from ....tools.payroll.deduct.split import Account, Share, problems

# where the money goes: another value is a change of the account like a new number
WHERE = ("employee_id", "routing", "active")
COOLING_OFF_DAYS = 10  # a bank change younger than this is looked at before it is paid


class PayrollAccount(models.Model):
    """One account of a person and its part of the net pay.

    The numbers are stored apart from what anybody reads: lists and forms show the last
    four digits; ``action_unmask`` shows all of them and leaves a trace.
    """

    _name = "medical.payroll.account"
    _description = "Bank Account"
    _inherit = ["mail.thread", "medical.core.guard"]
    _order = "employee_id, sequence, id"

    # nobody reads the number, and it is set by typing a new one, which leaves its trace
    _program_fields = frozenset({"number"})
    _editors = {"prenote_state": "core_group_payroll"}

    employee_id = fields.Many2one(
        "hr.employee", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    name = fields.Char("Bank", required=True)
    kind = fields.Selection(
        [("checking", "Checking"), ("savings", "Savings")],
        required=True,
        default="checking",
    )
    routing = fields.Char("Routing number", required=True, size=9)
    number = fields.Char(groups=NO_ACCESS)
    new_number = fields.Char(
        "Account number",
        compute="_compute_new_number",
        inverse="_inverse_new_number",
        help="Enter the number to set or change it. It is shown masked afterward.",
    )
    masked = fields.Char("Account", compute="_compute_masked", compute_sudo=True)
    share = fields.Selection(
        [
            ("fixed", "Fixed amount"),
            ("percent", "Percent of net pay"),
            ("rest", "Remainder"),
        ],
        required=True,
        default="rest",
    )
    value = fields.Float("Amount or percent", digits=(16, 2), aggregator=None)
    prenote_state = fields.Selection(
        [
            ("none", "No prenote"),
            ("wanted", "To send"),
            ("pending", "Prenote sent, pending"),
            ("done", "Prenote cleared"),
            ("returned", "Prenote returned"),
        ],
        default="none",
        required=True,
        tracking=True,
    )
    prenote_file_id = fields.Many2one(
        "medical.payroll.bank.file",
        "Sent With",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    prenote_trace = fields.Char(readonly=True, copy=False)
    prenote_clears = fields.Date(
        "Ready From",
        readonly=True,
        copy=False,
        help="The third banking day after the prenote settles (Nacha Operating Rules, "
        "subsection 2.6.2).",
    )
    to_check = fields.Boolean(
        readonly=True,
        copy=False,
        tracking=True,
        help="The bank returned a payment: nothing is sent to this account until it "
        "has been checked.",
    )
    date_changed = fields.Datetime("Number changed", readonly=True, copy=False)
    changed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    is_recent = fields.Boolean(
        "Changed recently",
        compute="_compute_is_recent",
        help="Confirm the change with the employee.",
    )

    _value = models.Constraint(
        "CHECK (share = 'rest' OR value > 0)",
        "A fixed amount or percentage must be above zero.",
    )

    @api.depends_context("uid")
    def _compute_new_number(self):
        self.new_number = False

    def _inverse_new_number(self):
        fresh = self._fresh()
        for account in self:
            digits = "".join((account.new_number or "").split())
            if not digits:
                continue
            if not digits.replace("-", "").isalnum() or len(digits) > 17:
                raise ValidationError(
                    self.env._(
                        "%s: an account number can have up to 17 digits or letters.",
                        account.employee_id.name,
                    )
                )
            # sudo: the number is nobody's to read; who may write the account may set it
            own = account.sudo()._pen()
            before = own.number
            own.write({"number": digits, **own._changed_now(), **fresh[account]})
            account._log_change(before, digits)

    def _log_change(self, before, after):
        self.ensure_one()
        self._message_log(
            body=self.env._(
                "Account number set: %(old)s → %(new)s.",
                old=_mask(before) or self.env._("none"),
                new=_mask(after),
            )
        )

    @api.depends("number")
    def _compute_masked(self):
        for account in self:
            account.masked = _mask(account.number)

    @api.depends("date_changed")
    def _compute_is_recent(self):
        limit = fields.Datetime.now() - timedelta(days=COOLING_OFF_DAYS)
        for account in self:
            account.is_recent = bool(
                account.date_changed and account.date_changed >= limit
            )

    @api.depends("name", "masked")
    def _compute_display_name(self):
        for account in self:
            parts = filter(None, [account.name, account.masked])
            account.display_name = " ".join(parts)

    @api.constrains("routing")
    def _check_routing(self):
        for account in self:
            wrong = routing_problem(account.routing or "")
            if wrong:
                raise ValidationError(
                    self.env._(
                        "%(who)s: %(wrong)s", who=account.employee_id.name, wrong=wrong
                    )
                )

    @api.constrains("share", "value", "active", "employee_id")
    def _check_shares(self):
        everyone = self.search([("employee_id", "in", self.employee_id.ids)])
        for employee, accounts in everyone.grouped("employee_id").items():
            wrong = problems([account._share() for account in accounts])
            if wrong:
                raise ValidationError(
                    self.env._(
                        "%(who)s: %(wrong)s", who=employee.name, wrong=" ".join(wrong)
                    )
                )

    def write(self, vals):
        """Another bank, another person or an old account again: a change like a number's.

        It is dated, its prenote is asked anew, and the chatter says what was changed.
        """
        before = {
            account: {name: account[name] for name in WHERE if name in vals}
            for account in self
        }
        result = super().write(vals)
        moved = self.filtered(lambda account: account._moved_since(before[account]))
        if moved:
            fresh = moved._fresh()
            for account in moved:
                account._pen().write(
                    {
                        **account._changed_now(),
                        **account._asked_anew(before[account], fresh[account]),
                    }
                )
                account._log_moved(before[account])
        return result

    def _changed_now(self):
        return {"date_changed": fields.Datetime.now(), "changed_by_id": self.env.uid}

    def _changed_on(self):
        """The practice's day of the last change; None for a number that came with the
        person."""
        self.ensure_one()
        day_of = self.company_id._medical_day
        changed = self.date_changed and day_of(self.date_changed)
        return changed if changed and changed > day_of(self.create_date) else None

    def _moved_since(self, before):
        """Whether pay goes elsewhere than with the values of ``before``; an account that
        is archived gets nothing."""
        self.ensure_one()
        counts = self.active or "active" not in before
        return counts and any(self[name] != old for name, old in before.items())

    def _asked_anew(self, before, fresh):
        """Of ``fresh``, what a change asks: with the same number, what the bank sent back
        stays to be checked."""
        self.ensure_one()
        if before.get("routing", self.routing) != self.routing:
            return fresh
        if self.prenote_state == "returned" or fresh["prenote_state"] != "wanted":
            return {}
        return {**fresh, "to_check": self.to_check}

    def _log_moved(self, before):
        self.ensure_one()
        labels = {
            "employee_id": self.env._("Employee"),
            "routing": self.env._("Routing number"),
            "active": self.env._("In use"),
        }
        for name, old in before.items():
            if old != self[name]:
                self._message_log(
                    body=self.env._(
                        "%(what)s: %(old)s → %(new)s.",
                        what=labels[name],
                        old=old.name if name == "employee_id" else old,
                        new=self[name].name if name == "employee_id" else self[name],
                    )
                )

    def _program_message(self, name):
        return self.env._(
            "When an account was changed, held or confirmed is recorded automatically "
            "and cannot be entered."
        )

    def _share(self, day=None):
        """For the split of a net pay of ``day``."""
        self.ensure_one()
        return Account(
            str(self.id),
            Share(self.share),
            money(self.value or 0),
            ready=self._is_ready(day),
        )

    def _numbers(self):
        """{id: (routing, number)} for the payment file; the caller has checked rights."""
        # sudo: the file needs what nobody reads on the screen
        return {a.id: (a.routing, a.sudo().number) for a in self}

    def action_unmask(self):
        """Show the whole number once, and keep who looked."""
        self.ensure_one()
        self.check_access("write")
        if not self._may_unmask():
            raise AccessError(
                self.env._("Only payroll and HR may see an account number.")
            )
        # sudo: shown on purpose, logged on the next line
        number = self.sudo().number or self.env._("no number yet")
        self.env["medical.core.opened"]._log(
            self, self.env._("Account number"), self.masked
        )
        return _notify(self.env._("Account %(bank)s", bank=self.name), number)

    @api.model
    def _may_unmask(self):
        return self.env.user.has_group(
            "medical_office.core_group_payroll"
        ) or self.env.user.has_group("medical_office.core_group_hr")


def _mask(number):
    """The last four signs of a number behind dots; False for none."""
    if not number:
        return False
    return f"••••{number[-4:]}" if len(number) > 4 else "••••"


def _notify(title, message):
    return {
        "type": "ir.actions.client",
        "tag": "display_notification",
        "params": {"title": title, "message": message, "sticky": True},
    }
