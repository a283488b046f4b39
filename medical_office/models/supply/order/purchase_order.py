"""The approval limit, asked wherever an order is confirmed or a confirmed one raised."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...core.mixins.decidable import Waiting

APPROVERS = ("core_group_manager", "core_group_director")

# another vendor or currency is another order
REASKED = frozenset({"partner_id", "currency_id", "company_id"})
RAISING = frozenset(
    {
        "order_id",
        "product_id",
        "product_qty",
        "product_uom_id",
        "price_unit",
        "discount",
    }
)


class PurchaseOrder(models.Model):
    """Who orders stands for all that was ordered of a vendor on one day, by proposals
    and by hand, so that a large order is not approved in slices."""

    _name = "purchase.order"
    _inherit = ["purchase.order", "medical.core.guard", "medical.core.decidable"]

    # where the practice has orders confirmed in two steps
    _decisions = {
        "to approve": Waiting(
            "action_medical_approve",
            "action_medical_send_back",
            groups=APPROVERS,
            barred=("create_uid", "user_id"),
            days=2,
        )
    }
    _decision_domain = "supply"
    # what the limit is asked for is worked out from the lines, never typed
    _program_fields = frozenset(
        {"amount_untaxed", "amount_tax", "amount_total", "amount_total_cc"}
    )
    _reason_methods = frozenset({"action_medical_send_back"})

    # the words of our screens and messages
    state = fields.Selection(
        selection_add=[
            ("draft", "Draft"),
            ("sent", "Sent to Vendor"),
            ("to approve", "To Approve"),
            ("purchase", "Ordered"),
            ("cancel", "Canceled"),
        ]
    )
    medical_confirmed_by_id = fields.Many2one(
        "res.users",
        string="Ordered By",
        readonly=True,
        copy=False,
        help="Who confirmed this order or last increased it.",
    )
    medical_confirmed_at = fields.Datetime(
        string="Ordered At", readonly=True, copy=False
    )

    @api.model_create_multi
    def create(self, vals_list):
        """An order that is born confirmed was confirmed by whoever made it."""
        orders = super().create(vals_list)
        orders.filtered(lambda order: order.state == "purchase")._medical_confirm()
        return orders

    def write(self, vals):
        """Confirming is asked here, whichever button or call it comes from."""
        before = self._medical_amounts()
        if not REASKED.isdisjoint(vals):
            before = dict.fromkeys(before)
        result = super().write(vals)
        self._medical_note_raised(before)
        if "state" in vals:
            self._decision_sync()
        return result

    # --------------------------------------------------------- register of decisions

    def _decision_amount(self):
        return self.amount_total

    def action_medical_approve(self):
        """Approve orders that wait, as somebody who made none of them.

        :raises AccessError: the role, the maker, or more than the user may approve
        """
        self._medical_check_approver()
        for company, orders in self.grouped("company_id").items():
            limit = self._medical_limit(company)
            if limit is None:
                continue
            today = self._medical_confirmed_today(company, orders.partner_id)
            for partner, waiting in orders.grouped(PurchaseOrder._medical_firm).items():
                total = today.get(partner, 0.0) + waiting._medical_total(company)
                if company.currency_id.compare_amounts(total, limit) > 0:
                    raise self._medical_limit_error(company, partner, total, limit)
        # sudo: the approver decides, whether or not the role may write orders
        self.sudo()._pen().button_approve()

    def action_medical_send_back(self, reason):
        """Give orders that wait back to whoever made them, as drafts."""
        self._medical_check_approver()
        reason = self._reason_given(reason)
        # sudo: as for approving
        board = self.sudo()._pen()
        for order in board:
            order._message_log(body=self.env._("Sent back: %(reason)s", reason=reason))
        board.button_cancel()
        board.button_draft()

    def _medical_check_approver(self):
        self.check_access("read")
        if not self._guard_user_in(APPROVERS):
            raise AccessError(
                self.env._("Only the office manager or the director approves orders.")
            )
        for order in self:
            if order.state != "to approve":
                raise UserError(
                    self.env._(
                        "%(order)s does not wait for approval. Reload the page.",
                        order=order.name,
                    )
                )
            if self.env.user in order.create_uid | order.user_id:
                raise AccessError(
                    self.env._(
                        "%(order)s: you made this order; somebody else approves it.",
                        order=order.name,
                    )
                )

    def _approval_allowed(self):
        """Who approves is asked by our own button."""
        return self._holds_pen() or super()._approval_allowed()

    def _medical_amounts(self):
        """{order: what was confirmed of it so far, before tax}"""
        return {
            order: order.amount_untaxed if order.state == "purchase" else None
            for order in self
        }

    def _medical_note_raised(self, before):
        """Ask for the orders that cost more than before, or are confirmed now."""
        self.filtered(
            lambda order: (
                order.state == "purchase"
                and (
                    before[order] is None
                    or order.currency_id.compare_amounts(
                        order.amount_untaxed, before[order]
                    )
                    > 0
                )
            )
        )._medical_confirm()

    def _medical_confirm(self):
        """Note who ordered, and refuse what is more than that person may.

        :raises AccessError: all of the day's orders from a vendor exceed the limit
        """
        if not self:
            return
        today = fields.Date.context_today(self)
        for company, orders in self.grouped("company_id").items():
            bar = self.env["medical.core.bar"].with_company(company)
            bar._check(orders.partner_id, today, "order")
        # sudo: the note is the program's, whatever the user may write of an order
        self.sudo()._pen().write(
            {
                "medical_confirmed_by_id": self.env.uid,
                "medical_confirmed_at": fields.Datetime.now(),
            }
        )
        if self._is_program():
            return  # a limit was asked before, or nobody orders
        for company, orders in self.grouped("company_id").items():
            limit = self._medical_limit(company)
            if limit is None:
                continue
            totals = self._medical_confirmed_today(company, orders.partner_id)
            for partner, total in totals.items():
                if company.currency_id.compare_amounts(total, limit) > 0:
                    raise self._medical_limit_error(company, partner, total, limit)

    @api.model
    def _medical_limit(self, company, departments=()):
        """What the user may order per vendor and day; None: anything.

        A company without a site is no practice of ours: the host's own rules suffice.

        :param departments: those that pay; the narrowest of their limits binds
        """
        # sudo: whether there is a site is asked, whatever the buyer may read
        if not self.env["stock.warehouse"].sudo()._medical_sites(company):
            return None
        limits = self.env["medical.core.limit"]
        today = fields.Date.context_today(self)
        amounts = [
            limits._of_user("purchase", company, today, department)
            for department in departments or [None]
        ]
        return min((one for one in amounts if one is not None), default=None)

    @api.model
    def _medical_confirmed_today(self, company, partners):
        """What the user ordered of these vendors today.

        :param partners: the firms, or their contacts and addresses
        :return: {firm: amount before tax in the company's currency}
        """
        # the day is the practice's, whatever zone the user chose
        today = company._medical_today()
        start, _end = company._medical_moments(today, today)
        # sudo: the user's own orders, whatever the role may read of orders
        orders = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("partner_id", "child_of", partners.commercial_partner_id.ids),
                ("state", "=", "purchase"),
                ("medical_confirmed_by_id", "=", self.env.uid),
                ("medical_confirmed_at", ">=", start),
            ]
        )
        return {
            partner: own._medical_total(company)
            for partner, own in orders.grouped(PurchaseOrder._medical_firm).items()
        }

    def _medical_firm(self):
        """The vendor itself, whichever of its contacts the order names."""
        return self.partner_id.commercial_partner_id

    def _medical_total(self, company):
        """What these orders come to before tax, in the company's currency."""
        today = fields.Date.context_today(self)
        return sum(
            order.currency_id._convert(
                order.amount_untaxed, company.currency_id, company, today
            )
            for order in self
        )

    @api.model
    def _medical_limit_error(self, company, partner, total, limit):
        return AccessError(
            self.env._(
                "%(vendor)s: %(total)s is more than you may approve per vendor and day "
                "(%(limit)s). Somebody with a higher limit has to approve it.",
                # sudo: the vendor's name is on the order
                vendor=partner.sudo().name,
                total=company.currency_id.format(total),
                limit=company.currency_id.format(limit),
            )
        )


class PurchaseOrderLine(models.Model):
    """What a limit or a hold is asked for is worked out, never typed: the amounts of a
    line, and what arrived of it where the moves say so."""

    _name = "purchase.order.line"
    _inherit = ["purchase.order.line", "medical.core.guard"]

    _program_fields = frozenset(
        {
            "price_subtotal", "price_total", "price_tax", "product_uom_qty", "state",
            "qty_invoiced", "qty_to_invoice", "qty_received_method",
        }
    )  # fmt: skip
    _lock_state = "qty_received_method"
    _locked = {"stock_moves": frozenset({"qty_received", "qty_received_manual"})}

    @api.model_create_multi
    def create(self, vals_list):
        """A line more on a confirmed order raises it."""
        orders = self.env["purchase.order"].browse(
            {vals["order_id"] for vals in vals_list if vals.get("order_id")}
        )
        before = orders._medical_amounts()
        lines = super().create(vals_list)
        lines.order_id._medical_note_raised(
            {order: before.get(order) for order in lines.order_id}
        )
        return lines

    def write(self, vals):
        """More, or at a higher price, raises a confirmed order."""
        if RAISING.isdisjoint(vals):
            return super().write(vals)
        before = self.order_id._medical_amounts()
        result = super().write(vals)
        self.order_id._medical_note_raised(
            {order: before.get(order) for order in self.order_id}
        )
        return result

    def _locked_message(self, name):
        return self.env._(
            "%(item)s: how much arrived is what the receipts say. Receive or return it "
            "there.",
            item=self.product_id.display_name or self.name,
        )
