"""Deposits that the bank sent back, and its notifications of change."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.orm.models import NO_ACCESS
from odoo.tools import format_date

from ....tools.payroll import ach
from ....tools.payroll.ach.routing import routing_problem
from ...core.mixins.decidable import Waiting
from ...core.mixins.guard import ALL, AllBut
from ..person.account import _mask

PREPARE = "core_group_payroll"
LATEST = fields.Date.to_date("9999-12-31")
# what may be entered, by state; everything else is fixed
OPEN = {
    "draft": {
        "payment_id", "earlier_id", "account_id", "code", "date", "note",
        "new_routing", "new_number", "new_kind",
    },
    "booked": {"again_method", "again_account_id", "note"},
    "approved": {"check_number", "note"},
}  # fmt: skip


class PayrollReturn(models.Model):
    """One entry that came back. Three kinds, by what it is about:

    - a payment: its money is owed again (booked), a new payment is proposed, approved by
      another person and paid by a file or a check;
    - a prenote: the account is not to be paid;
    - a change (C codes): the bank's corrected figures are taken over.
    """

    _name = "medical.payroll.deposit.return"
    _description = "Deposit Return"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "date desc, id desc"

    _transitions = {
        ("draft", "booked"): PREPARE,
        ("draft", "closed"): PREPARE,
        ("booked", "proposed"): PREPARE,
        ("booked", "closed"): PREPARE,  # the pay itself was taken back
        ("proposed", "booked"): (PREPARE, "core_group_director"),
        ("proposed", "approved"): "core_group_director",
        ("approved", "booked"): (PREPARE, "core_group_director"),
        ("approved", "paid"): PREPARE,
    }
    _segregated = {"approved": ("proposed_by_id", "create_uid")}
    _reason_required = frozenset({("proposed", "booked"), ("approved", "booked")})
    _reason_methods = frozenset({"action_back"})
    _decisions = {"proposed": Waiting("action_approve", "action_back", to="approved")}
    _decision_domain = "payroll"
    # nobody reads the number; it is set by typing a new one
    _program_fields = frozenset({"new_stored"})
    _editors = {"*": PREPARE}
    _locked = {
        "draft": AllBut(OPEN["draft"]),
        "booked": AllBut(OPEN["booked"]),
        "proposed": ALL,
        "approved": AllBut(OPEN["approved"]),
        "paid": ALL,
        "closed": ALL,
    }
    _deletable_in = ("draft",)

    payment_id = fields.Many2one(
        "medical.payroll.payment",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('method', '=', 'deposit'), ('run_id.state', '=', 'paid'),"
        " ('company_id', '=', company_id)]",
        help="Leave empty for a prenote, or for a notice of change without a payment.",
    )
    earlier_id = fields.Many2one(
        "medical.payroll.deposit.return",
        "After an Earlier Return",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('state', '=', 'paid'), ('again_method', '=', 'deposit'),"
        " ('payment_id', '=', payment_id)]",
        help="If the new payment after an earlier deposit return was itself returned.",
    )
    account_id = fields.Many2one(
        "medical.payroll.account",
        required=True,
        compute="_compute_account_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        context={"active_test": False},
    )
    employee_id = fields.Many2one(related="account_id.employee_id", store=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    code = fields.Selection(
        lambda self: [(r.code, f"{r.code} {r.label}") for r in ach.reasons(LATEST)],
        "Reason",
        required=True,
    )
    advice = fields.Char("What to do", compute="_compute_advice")
    about = fields.Selection(
        [("payment", "Payment"), ("prenote", "Prenote"), ("change", "Change")],
        compute="_compute_about",
        store=True,
    )
    date = fields.Date(
        "Returned on",
        required=True,
        default=fields.Date.context_today,
        help="The day the money came back to the practice's account.",
    )
    amount = fields.Monetary(compute="_compute_amount", store=True)
    note = fields.Text()
    state = fields.Selection(
        [
            ("draft", "To post"),
            ("booked", "Owed again"),
            ("proposed", "New payment proposed"),
            ("approved", "Approved"),
            ("paid", "Paid again"),
            ("closed", "Done"),
        ],
        "Status",
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )
    new_routing = fields.Char("Corrected routing number", size=9, copy=False)
    new_stored = fields.Char(groups=NO_ACCESS, copy=False)
    new_number = fields.Char(
        "Corrected account number",
        compute="_compute_new_number",
        inverse="_inverse_new_number",
        help="It is shown masked afterward.",
    )
    new_masked = fields.Char(
        "Corrected account", compute="_compute_new_masked", compute_sudo=True
    )
    new_kind = fields.Selection(
        [("checking", "Checking"), ("savings", "Savings")],
        "Corrected account type",
        copy=False,
    )
    again_method = fields.Selection(
        [("deposit", "Direct deposit"), ("check", "Check")],
        "Pay Again By",
        default="check",
        required=True,
    )
    again_account_id = fields.Many2one(
        "medical.payroll.account",
        "Pay Again To",
        domain="[('employee_id', '=', employee_id)]",
        ondelete="restrict",
    )
    check_number = fields.Char(help="As written.")
    proposed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_at = fields.Datetime(readonly=True, copy=False)
    move_id = fields.Many2one(
        "account.move", "Entry of the return", readonly=True, copy=False
    )
    again_move_id = fields.Many2one(
        "account.move", "Entry of the new payment", readonly=True, copy=False
    )
    file_id = fields.Many2one(
        "medical.payroll.bank.file",
        "Bank file",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    trace = fields.Char("Trace number", readonly=True, copy=False, index=True)

    _once = models.UniqueIndex(
        "(payment_id, coalesce(earlier_id, 0)) "
        "WHERE payment_id IS NOT NULL AND about = 'payment'",
        "This payment is already entered as returned.",
    )

    @api.depends("payment_id", "earlier_id")
    def _compute_account_id(self):
        for item in self:
            found = item.earlier_id.again_account_id or item.payment_id.account_id
            if found:
                item.account_id = found

    @api.depends("code", "payment_id")
    def _compute_about(self):
        changes = {reason.code for reason in ach.reasons(LATEST) if reason.change}
        for item in self:
            if item.code in changes:
                item.about = "change"
            else:
                item.about = "payment" if item.payment_id else "prenote"

    @api.depends("code", "date")
    def _compute_advice(self):
        for item in self:
            item.advice = item._reason().advice if item.code else False

    def _reason(self):
        """The reason as the rules had it on the day of the return."""
        known = {reason.code: reason for reason in ach.reasons(self.date or LATEST)}
        return known[self.code]

    @api.depends("payment_id.amount", "about")
    def _compute_amount(self):
        for item in self:
            item.amount = item.payment_id.amount if item.about == "payment" else 0

    @api.depends("employee_id", "code", "date")
    def _compute_display_name(self):
        for item in self:
            item.display_name = " ".join(
                filter(None, [item.code, item.employee_id.name, str(item.date or "")])
            )

    @api.depends_context("uid")
    def _compute_new_number(self):
        self.new_number = False

    def _inverse_new_number(self):
        for item in self:
            if digits := "".join((item.new_number or "").split()):
                # sudo: the number is nobody's to read; who may write the return may set it
                item.sudo()._pen().new_stored = digits

    @api.depends("new_stored")
    def _compute_new_masked(self):
        for item in self:
            item.new_masked = _mask(item.new_stored)

    # ---------------------------------------------------------------- what fits

    @api.constrains("payment_id", "earlier_id", "account_id", "company_id", "date")
    def _check_what(self):
        for item in self:
            payment = item.payment_id
            if payment and (
                payment.method != "deposit" or payment.run_id.state != "paid"
            ):
                raise ValidationError(
                    self.env._(
                        "%s: only a deposit from a paid pay run can be returned.",
                        payment.display_name,
                    )
                )
            for of in filter(None, (payment, item.account_id)):
                if of.company_id != item.company_id:
                    raise ValidationError(
                        self.env._("%s belongs to another company.", of.display_name)
                    )
            item._check_sent()
            if payment and item.date < payment.run_id.medical_date_pay:
                raise ValidationError(
                    self.env._(
                        (
                            "%(what)s was paid on %(day)s: it cannot be returned "
                            "before that day."
                        ),
                        what=payment.display_name,
                        day=format_date(self.env, payment.run_id.medical_date_pay),
                    )
                )

    def _check_sent(self):
        """
        :raises ValidationError: what came back is not what was sent
        """
        self.ensure_one()
        payment, earlier = self.payment_id, self.earlier_id
        if earlier and (
            earlier.payment_id != payment
            or earlier.about != "payment"
            or (earlier.state, earlier.again_method) != ("paid", "deposit")
        ):
            raise ValidationError(
                self.env._(
                    "%s: the earlier deposit return must be for the same payment, "
                    "paid again by direct deposit.",
                    self.display_name,
                )
            )
        sent = earlier.again_account_id or payment.account_id
        if payment and sent != self.account_id:
            raise ValidationError(
                self.env._(
                    "%(what)s did not go to %(account)s.",
                    what=payment.display_name,
                    account=self.account_id.display_name,
                )
            )

    @api.constrains("again_account_id")
    def _check_again(self):
        for item in self:
            other = item.again_account_id
            if other and other.employee_id != item.employee_id:
                raise ValidationError(
                    self.env._(
                        "%(account)s is not an account of %(who)s.",
                        account=other.display_name,
                        who=item.employee_id.name,
                    )
                )

    @api.constrains("new_routing")
    def _check_new_routing(self):
        for item in self:
            if item.new_routing and (wrong := routing_problem(item.new_routing)):
                raise ValidationError(wrong)

    def _decision_amount(self):
        return self.amount

    # ----------------------------------------------------------------- sentences

    def _program_message(self, name):
        return self.env._(
            "“%s” of a deposit return is set by its buttons and cannot be entered.",
            self._guard_label(name),
        )

    def _locked_message(self, name):
        self.ensure_one()
        return self.env._(
            "%(what)s is “%(state)s” and can no longer be changed.",
            what=self.display_name,
            state=self._workflow_label(self.state),
        )

    def _kept_message(self):
        return self.env._("%s is posted and cannot be deleted.", self.display_name)
