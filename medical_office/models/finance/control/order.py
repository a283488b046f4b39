"""Orders ask the budget when they are confirmed or raised: all of a batch in one go."""

from odoo import fields, models
from odoo.exceptions import UserError

from ....engine.finance.budget_control import BudgetControl
from ...supply.order.purchase_order import PurchaseOrder as SupplyOrder

BATCH = "medical_budget_batch"
OPEN = ("draft", "sent", "to approve")


class Batch:
    """Collects the orders that one button confirms. An object of the program's own: no
    client sends one in a context."""

    def __init__(self):
        self.ids = set()


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    _reason_methods = SupplyOrder._reason_methods | {"action_medical_except"}

    medical_budget = fields.Text(
        "Budget",
        compute="_compute_medical_budget",
        compute_sudo=True,
        help="What the budget has left for this order.",
    )
    medical_is_over = fields.Boolean(
        "Over the Budget", compute="_compute_medical_budget", compute_sudo=True
    )
    medical_is_blocked = fields.Boolean(
        "Blocked by the Budget", compute="_compute_medical_budget", compute_sudo=True
    )
    medical_exception_ids = fields.One2many(
        "medical.finance.exception", "order_id", "Budget Exceptions", readonly=True
    )

    def button_confirm(self):
        """As the host's; the budget is asked once for all of them."""
        return self._medical_in_batch(lambda own: super().button_confirm())

    def button_approve(self, force=False):
        return self._medical_in_batch(lambda own: super().button_approve(force=force))

    def _medical_in_batch(self, act):
        """Do something that confirms orders, then ask the budget of all of them."""
        if isinstance(self.env.context.get(BATCH), Batch):
            return act(self)
        batch = Batch()
        result = act(self.with_context(**{BATCH: batch}))
        self.browse(batch.ids)._medical_ask_budget()
        return result

    def _medical_confirm(self):
        """Also when it is confirmed or raised in another way than by a button."""
        super()._medical_confirm()
        batch = self.env.context.get(BATCH)
        if isinstance(batch, Batch):
            batch.ids.update(self.ids)
        else:
            self._medical_ask_budget()

    def _medical_ask_budget(self):
        """Hold confirmed orders against the budgets that pay them.

        :raises UserError: one goes beyond a budget, and the policy blocks it
        """
        for company, orders in self.grouped("company_id").items():
            control = BudgetControl(self.env, company)
            over = control.over(orders, control.of_orders)
            self.env["medical.finance.control"]._respond(company, over)

    def _medical_standings(self):
        """How the budgets of one order stand, with the order in them."""
        self.ensure_one()
        if not self.ids or self.state == "cancel":
            return []
        control = BudgetControl(self.env, self.company_id)
        return control.standings(
            control.of_orders(self), counted=self.state in ("to approve", "purchase")
        )

    def _compute_medical_budget(self):
        words = self.env["medical.finance.control"]
        for order in self:
            kept = order._origin  # an order that is not saved has no budget yet
            standings = kept._medical_standings() if kept else []
            order.medical_budget = "\n".join(
                words._line(order.company_id, each) for each in standings
            )
            over = [each for each in standings if each.over]
            order.medical_is_over = bool(over)
            order.medical_is_blocked = order.state in OPEN and any(
                each.response == "block" for each in over
            )

    # -------------------------------------------------------------------- the exception

    def action_medical_ask_exception(self):
        """Ask why, then ask for a budget exception for this order."""
        self._medical_check_asker()
        return self.env["medical.core.reason.wizard"]._asking(
            self, "action_medical_except", self.env._("Ask for a Budget Exception")
        )

    def action_medical_except(self, reason):
        """Ask for what the budgets of this order lack.

        :raises UserError: nothing lacks, no reason, or it was asked for already
        """
        self.ensure_one()
        self._medical_check_asker()
        over = [each for each in self._medical_standings() if each.over]
        if not over:
            raise UserError(
                self.env._("%s fits in the budget; nothing to ask for.", self.name)
            )
        # sudo: whether it was asked for already, whoever did
        waiting = self.sudo().medical_exception_ids.filtered(
            lambda each: each.state == "requested"
        )
        if waiting:
            raise UserError(
                self.env._("%s waits for an exception already.", self.display_name)
            )
        return self.env["medical.finance.exception"]._ask(over, reason, self)

    def _medical_check_asker(self):
        self.env["medical.core.guard"]._check_caller(
            "core_group_head", "core_group_accountant"
        )
        self.check_access("read")
