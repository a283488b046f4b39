"""What to order now and why: one line per item and site, with its arithmetic."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ....engine.supply.figured import arithmetic, places_of
from ....engine.supply.words import Words
from ...core.mixins.decidable import Waiting
from ...core.mixins.done import done, waits_for
from ...core.mixins.open_action import list_action

EDITED = frozenset({"packs", "supplierinfo_id", "note"})


class SupplyProposal(models.Model):
    """A proposed order. The program proposes; people change, approve or reject it.

    Who changes a proposal, or asks for an item, is its requester and does not approve.
    """

    _name = "medical.supply.proposal"
    _description = "Order Proposal"
    _inherit = ["mail.thread", "medical.core.workflow", "medical.supply.proposed"]
    _order = "partner_id, days_left, id"
    _rec_name = "product_id"
    _check_company_auto = True

    _transitions = {
        ("draft", "approved"): "core_group_head",
        ("approved", "ordered"): None,
        ("draft", "rejected"): "core_group_head",
    }
    _segregated = {"approved": ("requested_by_id",)}
    _reason_required = frozenset({"rejected"})
    _reason_methods = frozenset({"action_reject"})
    _decisions = {
        "draft": Waiting("action_approve", "action_reject", to="approved", days=2)
    }
    _decision_domain = "supply"
    # what people ask for stays as they asked; whose it is follows from the room
    _program_fields = frozenset({"company_id", "site_id", "department_id", "source"})
    _born_fields = frozenset({"product_id", "room_id", "needed"})
    _locked = {"approved": EDITED, "ordered": EDITED, "rejected": EDITED}
    _deletable_in = frozenset()

    company_id = fields.Many2one("res.company", required=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    site_id = fields.Many2one("stock.warehouse", required=True, index=True)
    department_id = fields.Many2one("hr.department")
    product_id = fields.Many2one(
        "product.product",
        string="Item",
        required=True,
        index=True,
        domain="[('medical_kind', '!=', False)]",
    )
    medical_kind = fields.Selection(related="product_id.medical_kind", store=True)
    uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    source = fields.Selection(
        [("need", "Below minimum"), ("request", "Request")],
        default="need",
        required=True,
    )
    room_id = fields.Many2one(
        "stock.location",
        domain="[('medical_room_type', '!=', False)]",
        help="The room it was requested for.",
    )
    state = fields.Selection(
        [
            ("draft", "Proposed"),
            ("approved", "Approved"),
            ("ordered", "Ordered"),
            ("rejected", "Rejected"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )
    on_hand = fields.Float(digits="Product Unit", readonly=True, aggregator=None)
    on_order = fields.Float(digits="Product Unit", readonly=True, aggregator=None)
    week_use = fields.Float(
        string="Use per Week", digits="Product Unit", readonly=True, aggregator=None
    )
    days_left = fields.Float(
        digits=(16, 1),
        readonly=True,
        aggregator="min",
        help="Working days the site's stock lasts. Empty shelves come first.",
    )
    needed = fields.Float(
        digits="Product Unit",
        help="The quantity short, in the item's unit.",
        aggregator=None,
    )
    supplierinfo_id = fields.Many2one(
        "product.supplierinfo",
        string="Vendor's Terms",
        domain="[('product_tmpl_id.product_variant_ids', 'in', product_id)]",
    )
    partner_id = fields.Many2one(
        related="supplierinfo_id.partner_id", store=True, string="Vendor", index=True
    )
    pack_id = fields.Many2one(related="supplierinfo_id.product_uom_id", string="Pack")
    pack = fields.Float(
        string="Pack Size",
        compute="_compute_price",
        store=True,
        digits="Product Unit",
        aggregator=None,
    )
    packs = fields.Float(string="Order (packs)", digits="Product Unit", aggregator=None)
    quantity = fields.Float(
        string="Order (units)",
        compute="_compute_price",
        store=True,
        digits="Product Unit",
        aggregator=None,
    )
    price = fields.Monetary(
        string="Price of a Pack", compute="_compute_price", store=True, aggregator=None
    )
    contract_price = fields.Monetary(
        compute="_compute_price", store=True, aggregator=None
    )
    over_contract = fields.Float(
        string="Above Contract (%)",
        compute="_compute_price",
        store=True,
        digits=(16, 1),
        aggregator=None,
    )
    amount = fields.Monetary(compute="_compute_price", store=True, aggregator="sum")
    budget_left = fields.Monetary(
        compute="_compute_budget_left",
        help="What is left in the department's budget this month, if it has one.",
        aggregator=None,
    )
    has_budget = fields.Boolean(compute="_compute_budget_left")
    figured = fields.Json(readonly=True, copy=False)
    working = fields.Text(string="Figures When Decided", readonly=True)
    arithmetic = fields.Text(string="How it was figured", compute="_compute_arithmetic")
    vendor_reason = fields.Text(string="Why This Vendor", readonly=True)
    note = fields.Char()
    code = fields.Char(
        "Scan the Item",
        store=False,
        help="The barcode of a box, empty or not, or of its shelf: fills in the item.",
    )
    requested_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_at = fields.Datetime(readonly=True, copy=False)
    purchase_line_id = fields.Many2one(
        "purchase.order.line", readonly=True, copy=False, index="btree_not_null"
    )
    purchase_id = fields.Many2one(
        related="purchase_line_id.order_id", string="Order", store=True
    )

    _needed_positive = models.Constraint(
        "check (needed >= 0 AND packs >= 0)", "A quantity to order cannot be negative."
    )

    @api.depends(
        "supplierinfo_id.price",
        "supplierinfo_id.discount",
        "supplierinfo_id.medical_contract_price",
        "supplierinfo_id.product_uom_id",
        "packs",
    )
    def _compute_price(self):
        for line in self:
            if line.state not in ("draft", False) and line.amount:
                continue  # what was approved stays as it was approved
            terms = line.supplierinfo_id
            line.update(
                self._price_values(
                    line.packs,
                    terms.medical_pack or 1.0,
                    (line.currency_id or self.env.company.currency_id).round(
                        terms.price * (1 - (terms.discount or 0.0) / 100)
                    ),
                    terms.medical_contract_price,
                )
            )

    @api.model
    def _price_values(self, packs, pack, price, agreed):
        """What an order of so many packs comes to.

        :param pack: units in a pack
        :param price: of a pack, in whole cents; ``agreed`` the contract price (0: none)
        """
        over = 100 * (price / agreed - 1) if agreed and price > agreed else 0.0
        return {
            "pack": pack,
            "price": price,
            "contract_price": agreed,
            "over_contract": over,
            "quantity": packs * pack,
            "amount": packs * price,
        }

    @api.depends("figured", "working")
    @api.depends_context("lang")
    def _compute_arithmetic(self):
        """Written when somebody reads it; once a line is decided it stays as it was."""
        places = {
            place
            for line in self
            if line.figured and not line.working
            for place in places_of(line.figured)
        }
        # sudo: the line names its site's rooms, whoever reads it
        rooms = self.env["stock.location"].sudo().browse(places)
        names = {room.id: room.name for room in rooms}
        words = Words(self.env)
        for line in self:
            line.arithmetic = line.working or (
                line.figured and arithmetic(line.figured, names, words)
            )

    def _compute_budget_left(self):
        left = self._medical_budget_left()
        for line in self:
            line.has_budget = left.get(line.id) is not None
            line.budget_left = left.get(line.id) or 0.0

    def _medical_budget_left(self):
        """Money left in the budget that pays each line, by id. Hook: finance knows; a
        line that is missing has no budget."""
        return {}

    # ------------------------------------------------------------------------- CRUD

    def _birth_values(self, vals):
        """What people create is a request; the program's own are needs."""
        return {} if self._is_program() else self._request_values(vals)

    @api.model
    def _request_values(self, vals):
        room = self.env["stock.location"].browse(vals.get("room_id"))
        product = self.env["product.product"].browse(vals.get("product_id"))
        needed = vals.get("needed") or 0.0
        if not room.medical_room_type or not product.medical_kind:
            raise UserError(
                self.env._(
                    "Choose an item from the catalog and the room that needs it."
                )
            )
        if not 0 < needed <= 100_000:
            raise UserError(
                self.env._(
                    "%(item)s: enter how many %(unit)s are needed (more than 0, at most "
                    "100,000).",
                    item=product.name,
                    unit=product.uom_id.name,
                )
            )
        site = room.medical_site_id
        return {
            "source": "request",
            "company_id": site.company_id.id,
            "site_id": site.id,
            "department_id": room.medical_department_id.id,
            "requested_by_id": self.env.uid,
            **self._best_terms(product, site, needed),
        }

    def write(self, vals):
        """Who asks for more money than was proposed becomes the requester."""
        before = {line: line.amount for line in self}
        result = super().write(vals)
        if not self._is_program():
            for line in self:
                if line.amount > before[line]:
                    # who raises an order stands for it like somebody who asked for it
                    line._pen().requested_by_id = self.env.user
            self._decision_sync()
        return result

    def _program_message(self, name):
        return self.env._(
            "On a proposal you can change vendor, packs and note. Everything else is "
            "calculated."
        )

    def _locked_message(self, name):
        if self.state == "draft":
            return self._program_message(name)
        return self.env._(
            "%(item)s has already been decided and cannot be changed.",
            item=self.product_id.display_name,
        )

    @api.constrains("supplierinfo_id", "product_id")
    def _check_terms(self):
        for line in self:
            terms = line.supplierinfo_id
            if terms and terms.product_tmpl_id != line.product_id.product_tmpl_id:
                raise ValidationError(
                    self.env._(
                        "%(vendor)s's terms are for another item than %(item)s.",
                        vendor=terms.partner_id.name,
                        item=line.product_id.name,
                    )
                )

    # --------------------------------------------------------- register of decisions

    def _decision_state(self):
        """What somebody asked for or raised waits for an answer; the needs worked out
        every morning are a list of their own, which would drown everything else."""
        if self.state == "draft" and not self.requested_by_id:
            return "need"
        return self.state

    def _decision_amount(self):
        return self.amount

    # ---------------------------------------------------------------------- actions

    def action_send_request(self):
        """Say that a request was sent, and to whom: the form saved it just before.

        :raises AccessError: the role asks for nothing
        :raises UserError: it is none of the user's own requests that waits
        """
        self.ensure_one()
        self.check_access("create")
        self.check_access("read")
        if self.state != "draft" or self.requested_by_id != self.env.user:
            raise UserError(
                self.env._(
                    "%s: this is no request of yours that waits for an answer.",
                    self.product_id.display_name,
                )
            )
        sent = self.env._(
            "%(item)s for %(room)s: %(needed)s (%(unit)s).",
            item=self.product_id.display_name,
            room=self.room_id.display_name,
            needed=f"{self.needed:g}",
            unit=self.uom_id.name,
        )
        return done(
            self.env,
            " ".join(filter(None, (sent, waits_for(self.env, self)))),
            title=self.env._("Request Sent"),
        )

    def action_approve(self):
        """Approve these lines and order them, a purchase order for each vendor.

        :return: a notification that names the orders and opens them
        """
        self._move_to("approved")
        return self._ordered_message()

    def _ordered_message(self):
        # sudo: the approver sees which orders came of it, whatever the role reads
        orders = self.sudo().purchase_id
        if self.env["purchase.order"].has_access("read"):
            return done(
                self.env,
                self.env._("Ordered:"),
                orders,
                title=self.env._("Orders Made: %s", len(orders)),
                stays=True,
            )
        return done(
            self.env,
            ", ".join(f"{order.name} ({order.partner_id.name})" for order in orders),
            title=self.env._("Orders Made: %s", len(orders)),
        )

    def action_reject(self, reason):
        """Do not order it; it is not proposed again for a week."""
        self._move_to("rejected", reason)

    def _state_values(self, state, reason):
        if state == "approved":
            return {
                "approved_by_id": self.env.uid,
                "approved_at": fields.Datetime.now(),
            }
        if state == "rejected":
            return {"note": reason}
        return {}

    def _before_approved(self):
        for line in self:
            line._check_orderable()
        self._check_limit()
        self._keep_arithmetic()

    def _before_rejected(self):
        self._keep_arithmetic()

    def _keep_arithmetic(self):
        """What was decided keeps its figures in words, whatever rooms are called later."""
        for line in self:
            line._pen().working = line.arithmetic

    def _check_orderable(self):
        name = self.product_id.display_name
        if not self.supplierinfo_id:
            raise UserError(
                self.env._(
                    "%(item)s has no vendor. Add a vendor with a price to the item, "
                    "then recalculate the proposals.",
                    item=name,
                )
            )
        if not self.price and self.medical_kind != "sample":
            raise UserError(
                self.env._(
                    "%(item)s: %(vendor)s has no price. Ask for one and enter it.",
                    item=name,
                    vendor=self.partner_id.name,
                )
            )
        if self.packs <= 0 or self.packs != round(self.packs):
            raise UserError(
                self.env._(
                    "%(item)s: cannot order this number of packs: %(packs)s. Enter "
                    "whole packs, or reject the line.",
                    item=name,
                    packs=f"{self.packs:g}",
                )
            )

    def _check_limit(self):
        """Refuse what exceeds the approver's limit per vendor and day."""
        if self._is_program():
            return
        orders = self.env["purchase.order"]
        for company, lines in self.grouped("company_id").items():
            limit = orders._medical_limit(company, lines.department_id)
            if limit is None:
                continue
            before = orders._medical_confirmed_today(company, lines.partner_id)
            firms = lines.grouped(lambda line: line.partner_id.commercial_partner_id)
            for partner, own in firms.items():
                total = sum(own.mapped("amount")) + before.get(partner, 0.0)
                if total > limit:
                    raise orders._medical_limit_error(company, partner, total, limit)

    def _after_approved(self):
        # sudo: the approver decides, whether or not the role may write purchase orders
        self.sudo()._pen()._place_orders()

    def action_open_purchase(self):
        """The purchase orders of these lines."""
        self.check_access("read")
        return list_action(
            self.env,
            "supply_order_action",
            self.env._("Orders"),
            [("id", "in", self.purchase_id.ids)],
        )
