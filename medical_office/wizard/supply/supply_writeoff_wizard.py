"""Stock out of quarantine: back to the vendor, or off the books by cause."""

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...models.core.mixins.done import CLOSE, done
from ...models.core.mixins.open_action import list_action


class SupplyWriteoffWizard(models.TransientModel):
    _name = "medical.supply.writeoff.wizard"
    _description = "Remove from Quarantine"
    _inherit = ["medical.core.wizard"]

    quant_ids = fields.Many2many("stock.quant", string="Stock", readonly=True)
    way = fields.Selection(
        [("off", "Write off"), ("back", "Return to the vendor")],
        default="off",
        required=True,
    )
    cause = fields.Selection(
        [
            ("expired", "Expired"),
            ("wasted", "Wasted"),
            ("lost", "Lost"),
            ("recalled", "Recalled"),
        ],
        default="expired",
    )
    partner_id = fields.Many2one("res.partner", string="Vendor")
    note = fields.Char()
    currency_id = fields.Many2one(
        "res.currency", default=lambda self: self.env.company.currency_id
    )
    value = fields.Monetary(compute="_compute_value")

    @api.model
    def default_get(self, names):
        values = super().default_get(names)
        if self.env.context.get("active_model") == "stock.quant":
            values["quant_ids"] = [Command.set(self.env.context.get("active_ids"))]
        return values

    @api.depends("quant_ids")
    def _compute_value(self):
        for wizard in self:
            wizard.value = sum(wizard.quant_ids.mapped("medical_cost_value"))

    def action_confirm(self):
        """Do it.

        :raises UserError: nothing chosen, not in quarantine, or no vendor
        """
        self.ensure_one()
        self.check_access("write")
        if not self.quant_ids:
            raise UserError(self.env._("Choose the stock in the list first."))
        if self.way == "off":
            value = self.currency_id.format(self.value)
            moves = self.quant_ids._medical_write_off(self.cause, self.note or "")
            return done(
                self.env,
                self.env._(
                    "Lots written off: %(count)s, at cost %(value)s.",
                    count=len(moves),
                    value=value,
                ),
                then=CLOSE,
            )
        if not self.partner_id:
            raise UserError(self.env._("Choose the vendor who takes it back."))
        pickings = self.quant_ids._medical_return(self.partner_id)
        return list_action(
            self.env,
            "supply_delivery_action",
            self.env._("Return to Vendor"),
            [("id", "in", pickings.ids)],
        )
