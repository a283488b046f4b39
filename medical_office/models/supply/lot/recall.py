"""A recall: from a lot number to every room and quantity, and all of it put away."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tools import escape_psql, format_date

from ....tools.supply.lot.number import lot_key
from ...core.mixins.done import done

# nothing on a shelf was made longer ago: an older date is a typing error
OLDEST = relativedelta(years=10)
# what was searched for
FOUND = frozenset({"name", "product_id", "date", "company_id"})


class SupplyRecall(models.Model):
    """What the manufacturer recalled, where it was found, what was done about it."""

    _name = "medical.supply.recall"
    _description = "Recall"
    _inherit = ["mail.thread", "mail.activity.mixin", "medical.core.workflow"]
    _order = "date desc, id desc"

    _transitions = {
        ("draft", "quarantined"): "core_group_staff",
        ("quarantined", "closed"): ("core_group_manager", "core_group_director"),
        ("closed", "quarantined"): ("core_group_manager", "core_group_director"),
    }
    _reason_required = frozenset({("closed", "quarantined")})
    _reason_methods = frozenset({"action_reopen"})
    _locked = {"quarantined": FOUND, "closed": FOUND | {"source", "reason"}}
    _deletable_in = frozenset({"draft"})

    name = fields.Char(string="Lot Number", required=True, tracking=True)
    product_id = fields.Many2one(
        "product.product",
        string="Item",
        domain="[('medical_kind', '!=', False)]",
        help="Empty: every item with a lot of this number.",
    )
    source = fields.Char(
        string="Notice", help="Who recalled it, and the number of the notice."
    )
    reason = fields.Text()
    date = fields.Date(default=fields.Date.context_today, required=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    state = fields.Selection(
        [
            ("draft", "Searching"),
            ("quarantined", "In quarantine"),
            ("closed", "Closed"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )
    quarantined_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    quarantined_at = fields.Datetime(readonly=True, copy=False)
    line_ids = fields.One2many("medical.supply.recall.line", "recall_id", readonly=True)
    kit_ids = fields.Many2many(
        "medical.supply.kit",
        string="In Kits",
        compute="_compute_kit_ids",
        help="Kits and carts that list the lot. Open them and take it out.",
    )
    on_hand = fields.Float(
        compute="_compute_found", digits="Product Unit", string="Found"
    )
    used = fields.Float(
        compute="_compute_found",
        digits="Product Unit",
        string="Used Before",
        help="How much of the lot had already been used. Who received it is in the "
        "patients' charts.",
    )

    @api.depends("line_ids.quantity", "name", "product_id")
    def _compute_found(self):
        lots = {recall: recall._lots() for recall in self}
        used = dict(
            # sudo: a total, lent to whoever may see the recall
            self.env["stock.move.line"]
            .sudo()
            ._read_group(
                [
                    (
                        "lot_id",
                        "in",
                        [lot.id for found in lots.values() for lot in found],
                    ),
                    ("state", "=", "done"),
                    ("move_id.medical_cause", "in", ("used", "sample", "wasted")),
                ],
                ["lot_id"],
                ["quantity_product_uom:sum"],
            )
        )
        for recall in self:
            recall.on_hand = sum(recall.line_ids.mapped("quantity"))
            recall.used = sum(used.get(lot, 0.0) for lot in lots[recall])

    @api.depends("name", "product_id", "company_id")
    def _compute_kit_ids(self):
        lines = self.env["medical.supply.kit.line"].search([("lot_name", "!=", False)])
        for recall in self:
            wanted = lot_key(recall.name)
            recall.kit_ids = lines.filtered(
                lambda line, recall=recall, wanted=wanted: (
                    wanted
                    and lot_key(line.lot_name) == wanted
                    and line.company_id == recall.company_id
                    and recall.product_id
                    in (line.product_id, recall.product_id.browse())
                )
            ).kit_id

    @api.constrains("date")
    def _check_date(self):
        """:raises ValidationError: a day to come, or one that no lot is as old as"""
        for recall in self:
            today = recall.company_id._medical_today()
            if not today - OLDEST <= recall.date <= today:
                raise ValidationError(
                    self.env._(
                        "“Date” of the recall of lot %(lot)s is %(day)s: enter the day of "
                        "the notice, at most ten years ago and not to come.",
                        lot=recall.name,
                        day=format_date(self.env, recall.date),
                    )
                )

    @api.model
    def _naming(self, company, items, states=("quarantined", "closed")):
        """Which of these lots are recalled, whether their recall is closed or not.

        :param items: list of (product, lot number)
        :param states: of the recalls that count
        :return: {(product, lot number): recall}, those that are
        """
        # sudo: what is recalled is no secret, whoever handles the lot
        recalls = self.sudo().search(
            [("state", "in", states), ("company_id", "=", company.id)]
        )
        by_name = recalls.grouped(lambda recall: lot_key(recall.name))
        return {
            (product, name): recall
            for product, name in items
            for recall in by_name.get(lot_key(name), ())
            if recall.product_id in (product, product.browse())
        }

    def _add_received(self, quants):
        """More of it arrived: on record with the rest, and put away."""
        # sudo: whoever receives a recalled lot holds it, whatever their rights
        recall = self.sudo()._pen()
        held = quants.sudo()  # sudo: as above
        recall._drop_arrived()
        recall.line_ids = [Command.create(recall._line_values(quant)) for quant in held]
        recall._message_log(
            body=self.env._(
                "%(quantity)s more turned up and went into quarantine.",
                quantity=f"{sum(quants.mapped('quantity')):g}",
            )
        )
        held._medical_quarantine(self.env._("Recall of lot %(lot)s", lot=recall.name))

    def _drop_arrived(self):
        """What was listed between two sites is no longer there once it has arrived."""
        for line in self.line_ids.filtered(
            lambda one: one.location_id.usage == "transit"
        ):
            left = line.quant_id.quantity
            if left <= 0:
                line.unlink()
            elif left < line.quantity:
                line.quantity = left

    @api.model
    def _line_values(self, quant):
        return {
            "quant_id": quant.id,
            "location_id": quant.location_id.id,
            "product_id": quant.product_id.id,
            "lot_id": quant.lot_id.id,
            "quantity": quant.quantity,
        }

    def _lots(self):
        """The lots of this number, however it was typed."""
        self.ensure_one()
        name = (self.name or "").strip()
        if not name:
            return self.env["stock.lot"]
        domain = [
            ("name", "=ilike", escape_psql(name)),
            ("company_id", "in", [False, self.company_id.id]),
        ]
        if self.product_id:
            domain.append(("product_id", "=", self.product_id.id))
        return self.env["stock.lot"].search(domain)

    def action_search(self):
        """List every room that holds the lot."""
        self.check_access("write")
        for recall in self:
            if recall.state != "draft":
                raise UserError(
                    self.env._("What was found stays on record; start a new recall.")
                )
            quants = self.env["stock.quant"].search(
                [
                    ("lot_id", "in", recall._lots().ids),
                    ("quantity", ">", 0),
                    ("location_id.usage", "in", ("internal", "transit")),
                    # of what goes from one company to the other nobody says whose it is
                    ("company_id", "in", [False, recall.company_id.id]),
                ]
            )
            # sudo: the list is the program's to fill
            recall.sudo()._pen().line_ids = [
                Command.clear(),
                *(Command.create(recall._line_values(quant)) for quant in quants),
            ]
        return done(
            self.env,
            self.env._("Rooms that hold the lot: %s.", len(self.line_ids.location_id)),
        )

    def action_quarantine(self):
        """Put all of it away, now."""
        self.action_search()
        self._move_to("quarantined")

    def _state_values(self, state, reason):
        if state == "quarantined" and not self.quarantined_at:
            return {
                "quarantined_by_id": self.env.uid,
                "quarantined_at": fields.Datetime.now(),
            }
        return {}

    def _after_quarantined(self):
        for recall in self:
            # sudo: whoever learns of a recall puts the lot away, whatever their rights
            quants = recall.sudo().line_ids.quant_id
            quants._medical_quarantine(
                self.env._("Recall of lot %(lot)s", lot=recall.name)
            )

    def action_close(self):
        """Everything was returned or destroyed, and everybody was told."""
        self._move_to("closed")

    def action_reopen(self, reason):
        """More of it turned up, or it was closed too early."""
        self._move_to("quarantined", reason)


class SupplyRecallLine(models.Model):
    _name = "medical.supply.recall.line"
    _description = "Recalled Stock"
    _inherit = ["medical.core.guard"]
    _order = "recall_id, id"

    _program_fields = frozenset(
        {"recall_id", "quant_id", "location_id", "product_id", "lot_id", "quantity"}
    )

    recall_id = fields.Many2one(
        "medical.supply.recall", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="recall_id.company_id", store=True)
    quant_id = fields.Many2one("stock.quant", ondelete="set null")
    location_id = fields.Many2one("stock.location", string="Room")
    product_id = fields.Many2one("product.product", string="Item")
    lot_id = fields.Many2one("stock.lot")
    quantity = fields.Float(digits="Product Unit")
