"""A bill that charges too much is not paid until a second person releases it."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ....engine.supply.words import Words
from ...core.mixins.decidable import Waiting
from .price_check import BILLS

RELEASERS = ("core_group_manager", "core_group_director")
CHECKS = ["supply_price_creep", "supply_over_received"]
PAID = ("paid", "in_payment", "reversed")
BILLED = frozenset(
    {
        "product_id", "purchase_line_id", "product_uom_id", "quantity", "price_unit",
        "discount",
    }
)  # fmt: skip
SENT = ("in_process", "paid")


class AccountMove(models.Model):
    """Booking a bill is never stopped (the debt exists); paying it is.

    A release holds for the money that was at stake when it was given: if the bill
    charges more afterwards, it is held again.
    """

    _name = "account.move"
    _inherit = ["account.move", "medical.core.guard", "medical.core.decidable"]

    _decisions = {"held": Waiting("action_medical_approve", groups=RELEASERS, days=3)}
    _decision_domain = "supply"
    # what ends a hold is not typed
    _program_fields = frozenset(
        {
            # the totals are not here: the host writes them itself where a tax is edited
            "payment_state", "amount_residual", "amount_residual_signed",
        }
    )  # fmt: skip
    # a bill does not become something that is never held
    _locked = {"posted": frozenset({"move_type"})}
    _reason_methods = frozenset({"action_medical_release"})

    medical_hold = fields.Selection(
        [("none", "Matches"), ("held", "On hold"), ("released", "Released")],
        string="Match",
        compute="_compute_medical_hold",
        search="_search_medical_hold",
        compute_sudo=True,  # a bill is held, whatever its reader may read of orders
    )
    medical_hold_reasons = fields.Text(
        string="Differences", compute="_compute_medical_hold", compute_sudo=True
    )
    medical_hold_amount = fields.Monetary(
        string="Overcharge", compute="_compute_medical_hold", compute_sudo=True
    )
    medical_confirmed_by_id = fields.Many2one(
        "res.users", string="Confirmed By", readonly=True, copy=False
    )
    medical_released_by_id = fields.Many2one(
        "res.users", string="Released By", readonly=True, copy=False
    )
    medical_released_at = fields.Datetime(
        string="Released At", readonly=True, copy=False
    )
    medical_release_reason = fields.Text(
        string="Release Reason", readonly=True, copy=False
    )
    medical_released_amount = fields.Monetary(
        string="Released Amount", readonly=True, copy=False
    )

    def _compute_amount(self):
        # the host calls it outside a recomputation, too; the figures are its own
        return super(AccountMove, self._pen())._compute_amount()

    def _check_birth(self, vals):
        # the host's form sends along that a new entry is not paid, as it is born
        if vals.get("payment_state") == "not_paid":
            vals.pop("payment_state")
        super()._check_birth(vals)

    @api.depends(
        "state",
        "payment_state",
        "move_type",
        "partner_id",
        "invoice_line_ids.price_subtotal",
        "invoice_line_ids.quantity",
        "invoice_line_ids.product_uom_id",
        "invoice_line_ids.purchase_line_id.qty_received",
        "medical_released_amount",
        "medical_released_by_id",
        "medical_confirmed_by_id",
    )
    def _compute_medical_hold(self):
        found = self._medical_differences()
        for move in self:
            texts, amount = found.get(move, ([], 0.0))
            move.medical_hold_reasons = "\n".join(texts) or False
            move.medical_hold_amount = amount
            if not texts:
                move.medical_hold = "none"
            elif move._medical_is_released(amount):
                move.medical_hold = "released"
            else:
                move.medical_hold = "held"

    def _medical_is_released(self, amount):
        """Whether a second person let this bill be paid with so much at stake."""
        return bool(
            self.medical_released_by_id
            # who released a draft and confirmed it then was one person
            and self.medical_released_by_id != self.medical_confirmed_by_id
            and self.currency_id.compare_amounts(amount, self.medical_released_amount)
            <= 0
        )

    @api.model
    def _search_medical_hold(self, operator, value):
        if operator != "in":
            return NotImplemented
        bills = self.search(
            [
                ("move_type", "in", BILLS),
                ("state", "in", ("draft", "posted")),
                ("payment_state", "not in", PAID),
                "|",
                ("invoice_line_ids.product_id.medical_kind", "!=", False),
                (
                    "invoice_line_ids.purchase_line_id.product_id.medical_kind",
                    "!=",
                    False,
                ),
            ]
        )
        wanted = bills.filtered(lambda move: move.medical_hold in value)
        others = bills if "none" in value else bills.browse()
        if "none" in value:
            return [("id", "not in", (others - wanted).ids)]
        return [("id", "in", wanted.ids)]

    def _medical_differences(self, paid=False):
        """What the unpaid bills among these charge too much.

        :param paid: those that are marked as paid, too
        :return: {bill: (sentences, money in the bill's currency)}
        """
        lines = self.filtered(
            lambda move: (
                move.move_type in BILLS
                and move.state != "cancel"
                and (paid or move.payment_state not in PAID)
            )
        ).invoice_line_ids.filtered(
            lambda line: (
                line.display_type == "product"
                and (
                    line.product_id.medical_kind
                    or line.purchase_line_id.product_id.medical_kind
                )
                and line.quantity > 0
                and line.ids  # a line that is only being typed has no history yet
            )
        )
        found = {}

        def add(line, text, amount):
            texts, sum_before = found.get(line.move_id, ([], 0.0))
            name = line.product_id.name or line.name
            texts.append(f"{name}: {text}")
            found[line.move_id] = (texts, sum_before + amount)

        words = Words(self.env)
        for line, note in lines._medical_price_notes():
            add(line, words.say(note), float(note.amount or 0))
        for line, over, received, amount in lines._medical_over_received():
            add(line, line._medical_over_text(over, received), float(amount))
        return found

    # ----------------------------------------------------------------------- release

    def action_medical_release(self, reason):
        """Let these bills be paid although they charge more than agreed or received.

        :param reason: why, in words; it stays on the bill
        :raises AccessError: no manager or director, or the one who entered or confirmed
            the bill
        """
        self.check_access("read")
        self._medical_check_releaser()
        user = self.env.user
        reason = self._reason_given(reason)
        for move in self:
            if move.medical_hold != "held":
                raise UserError(
                    self.env._(
                        "%(bill)s is not on hold. Reload the page.",
                        bill=move.display_name,
                    )
                )
            bill = move.sudo()  # sudo: who entered it, which the releaser need not read
            entered = bill.create_uid | bill.invoice_line_ids.create_uid
            if user in entered | bill.medical_confirmed_by_id:
                raise AccessError(
                    self.env._(
                        "%(bill)s: you entered or confirmed this bill; somebody else has "
                        "to release it.",
                        bill=move.display_name,
                    )
                )
        # sudo: who releases need not have the right to edit bills
        for move in self.sudo()._pen():
            move.write(
                {
                    "medical_released_by_id": user.id,
                    "medical_released_at": fields.Datetime.now(),
                    "medical_release_reason": reason,
                    "medical_released_amount": move.medical_hold_amount,
                }
            )
            move._message_log(
                body=self.env._(
                    "Released for payment by %(user)s (%(amount)s): %(reason)s",
                    user=user.name,
                    amount=move.currency_id.format(move.medical_hold_amount),
                    reason=reason,
                )
            )
        self._decision_sync(reason)
        # sudo: the register is kept by the program
        self.env["medical.core.check"].sudo()._cron_run_codes(CHECKS)

    def action_medical_approve(self):
        """A release is never given without a word.

        :raises UserError: always; it says where the reason is written
        """
        self.check_access("read")
        self._medical_check_releaser()
        raise UserError(
            self.env._(
                "A bill on hold is released with a reason: open it and press Release "
                "for Payment."
            )
        )

    # --------------------------------------------------------- register of decisions

    def _decision_state(self):
        """Booked and on hold: somebody has to release it, or the vendor credits it."""
        return self.medical_hold if self.state == "posted" else "draft"

    def _decision_label(self):
        if self.state == "posted" and self.medical_hold == "none":
            return self.env._("Paid or corrected")
        if self.state == "posted":
            return self.env._("Released")
        return super()._decision_label()

    def _decision_amount(self):
        return self.currency_id._convert(
            self.medical_hold_amount,
            self.company_id.currency_id,
            self.company_id,
            self.invoice_date or fields.Date.context_today(self),
        )

    def _decision_values(self):
        """Who entered or confirmed the bill does not release it."""
        entered = self.create_uid | self.invoice_line_ids.create_uid
        barred = entered | self.medical_confirmed_by_id
        return super()._decision_values() | {"barred_ids": [(6, 0, barred.ids)]}

    @api.model
    def _cron_medical_holds(self):
        """Bills that were paid, credited or received meanwhile wait no more."""
        self._medical_follow_holds([])

    def _medical_follow_holds(self, domain):
        # sudo: the register of decisions is the program's
        register = self.env["medical.core.decision"].sudo()
        rows = register.search(
            [("res_model", "=", self._name), ("state", "=", "open"), *domain]
        )
        self.env["medical.core.job.fault"]._each(
            self.env._("follow bills on hold"),
            self.browse(rows.mapped("res_id")).exists(),
            lambda some: some._decision_sync(),
        )

    @api.model
    def _medical_check_releaser(self):
        if not self._guard_user_in(RELEASERS):
            raise AccessError(
                self.env._(
                    "Only the office manager or the director can release a bill."
                )
            )

    def action_medical_ask_release(self):
        """Open the dialog that asks why these bills are released."""
        self.check_access("read")
        self._medical_check_releaser()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Release for Payment"),
            "res_model": "medical.core.reason.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_res_model": self._name,
                "default_res_ids": ",".join(map(str, self.ids)),
                "default_method": "action_medical_release",
            },
        }

    def _medical_check_payable(self):
        """:raises UserError: a bill among these is on hold; names all of them"""
        today = fields.Date.context_today(self)
        owed = self.filtered(lambda move: move.move_type in BILLS)
        self.env["medical.core.bar"]._check(owed.partner_id, today, "pay")
        # sudo: as medical_hold; asked anew, whatever the bill's marks say
        found = self.sudo()._medical_differences(paid=True)
        held = {
            move: texts
            for move, (texts, amount) in found.items()
            if not move._medical_is_released(amount)
        }
        if held:
            raise UserError(
                self.env._(
                    "Do not pay until the office manager or the director releases "
                    "it, or the vendor sends a credit:\n%(bills)s",
                    bills="\n".join(
                        f"{move.display_name}: {'; '.join(texts)}"
                        for move, texts in held.items()
                    ),
                )
            )

    # --------------------------------------------------------------- the host's hooks

    def _program_message(self, name):
        if name.startswith("medical_release") or name == "medical_confirmed_by_id":
            return self.env._("Release a bill with its button and a reason.")
        return super()._program_message(name)

    def action_toggle_block_payment(self):
        """The host's own button writes what nobody may type."""
        return super(AccountMove, self._pen()).action_toggle_block_payment()

    def _post(self, soft=True):
        """Note who confirmed a vendor bill; one that is held is reported at once."""
        today = fields.Date.context_today(self)
        owed = self.filtered(lambda move: move.move_type in BILLS)
        self.env["medical.core.bar"]._check(owed.partner_id, today, "bill")
        posted = super()._post(soft)
        # sudo: who confirms it is noted, whatever else their role may write
        bills = posted.sudo().filtered(lambda move: move.move_type in BILLS)
        if bills:
            bills._pen().medical_confirmed_by_id = self.env.user
            bills._decision_sync()
            if any(move.medical_hold == "held" for move in bills):
                # sudo: the register is kept by the program
                self.env["medical.core.check"].sudo()._cron_run_codes(CHECKS)
        return posted

    def get_formview_id(self, access_uid=None):
        """Who may not read payments (the office manager) gets the bill without them."""
        # the host asks with sudo: whoever looks at it has rights of their own
        reader = self.env["account.payment"].with_user(access_uid or self.env.uid)
        if not reader.has_access("read") and len(self) == 1 and self.move_type in BILLS:
            return self.env.ref("medical_office.supply_bill_view_form").id
        return super().get_formview_id(access_uid=access_uid)

    def action_medical_match(self):
        """The order lines of these bills, ordered against received against billed."""
        self.check_access("read")
        self.env["medical.supply.match"].check_access("read")
        lines = self.invoice_line_ids.purchase_line_id
        return self.env["medical.supply.match"]._action_of(lines)


class AccountMoveLine(models.Model):
    """What a booked bill of supplies is held for stays on its lines."""

    _name = "account.move.line"
    _inherit = ["account.move.line", "medical.core.guard"]

    _lock_state = "medical_is_booked"
    _locked = {True: BILLED}

    medical_is_booked = fields.Boolean(
        compute="_compute_medical_is_booked", string="Booked"
    )

    @api.depends(
        "parent_state", "move_id.move_type", "product_id", "purchase_line_id.product_id"
    )
    def _compute_medical_is_booked(self):
        for line in self.sudo():  # sudo: of which item an order is, to refuse only
            line.medical_is_booked = (
                line.parent_state == "posted"
                and line.move_id.move_type in BILLS
                and bool(
                    line.product_id.medical_kind
                    or line.purchase_line_id.product_id.medical_kind
                )
            )

    def _check_locks(self, vals):
        # lines are written all day; only what was billed locks
        if not BILLED.isdisjoint(vals):
            super()._check_locks(vals)

    def _locked_message(self, name):
        return self.env._(
            "%(bill)s is posted: its items, quantities and prices cannot be changed. "
            "Reset it to draft to correct it, or enter a credit.",
            bill=self.move_id.display_name,
        )


class AccountPartialReconcile(models.Model):
    """Whatever settles a bill (payment, bank line, journal entry) passes here."""

    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        """A bill on hold is settled by a credit note alone."""
        pairs = [(vals["debit_move_id"], vals["credit_move_id"]) for vals in vals_list]
        self._medical_check_pairs(pairs)
        partials = super().create(vals_list)
        settled = (partials.debit_move_id | partials.credit_move_id).move_id
        settled._medical_follow_holds([("res_id", "in", settled.ids)])
        return partials

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"debit_move_id", "credit_move_id"}:
            self._medical_check_pairs(
                [(one.debit_move_id.id, one.credit_move_id.id) for one in self]
            )
        return result

    @api.model
    def _medical_check_pairs(self, pairs):
        """:raises UserError: one of these pairs of line ids pays a bill on hold"""
        lines = self.env["account.move.line"].browse(
            {one for two in pairs for one in two}
        )
        by_id = {line.id: line for line in lines}
        paid = lines.browse()
        for debit, credit in pairs:
            owed, other = by_id[credit], by_id[debit].move_id
            if owed.account_type != "liability_payable" or (
                other.move_type == "in_refund"
                # the exchange difference of a credit note in another currency
                or other.journal_id == other.company_id.currency_exchange_journal_id
            ):
                continue
            paid |= owed
        paid.move_id._medical_check_payable()


class AccountPayment(models.Model):
    _inherit = "account.payment"

    @api.model_create_multi
    def create(self, vals_list):
        """One that is born as sent is asked about like one that becomes it."""
        payments = super().create(vals_list)
        payments.filtered(lambda one: one.state in SENT)._medical_check_sent()
        return payments

    def write(self, vals):
        """Also a payment without journal entry is not sent for a bill on hold."""
        if vals.get("state") in SENT:
            self.filtered(lambda one: one.state not in SENT)._medical_check_sent()
        return super().write(vals)

    def _medical_check_sent(self):
        """:raises UserError: a bill on hold, or somebody who may not be paid"""
        sent = self.filtered(lambda one: one.payment_type == "outbound")
        sent.invoice_ids._medical_check_payable()
        today = fields.Date.context_today(self)
        self.env["medical.core.bar"]._check(sent.partner_id, today, "pay")


class AccountPaymentRegister(models.TransientModel):
    _inherit = "account.payment.register"

    def _create_payments(self):
        """Say what is on hold before a payment is made."""
        self.line_ids.move_id._medical_check_payable()
        return super()._create_payments()
