"""A count of controlled items that does not agree with the books."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....engine.core.sealreader import covers
from ...core.mixins.decidable import Waiting

CAUSES = [
    ("count", "Miscounted"),
    ("record", "Not recorded or recorded incorrectly"),
    ("spill", "Spilled or broken"),
    ("loss", "Theft or loss"),
]
TOLD = frozenset({"cause", "explanation", "report_number"})
CLOSERS = ("core_group_head", "core_group_manager", "core_group_director")


class SupplyDiscrepancy(models.Model):
    """One explains, another one closes; neither of them alone."""

    _name = "medical.supply.discrepancy"
    _description = "Controlled Item Discrepancy"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "id desc"

    _transitions = {
        ("open", "explained"): "core_group_staff",
        ("explained", "open"): CLOSERS,
        ("explained", "closed"): CLOSERS,
    }
    _segregated = {"closed": ("explained_by_id", "counted_by_id", "witness_id")}
    _reason_required = frozenset({("explained", "open")})
    _reason_methods = frozenset({"action_reject"})
    _decisions = {
        "explained": Waiting("action_close", "action_reject", to="closed", days=1)
    }
    _decision_domain = "supply"
    _locked = {"explained": TOLD, "closed": TOLD}
    _deletable_in = frozenset()
    _seal_states = frozenset({"closed"})
    _seal_schemes = (
        covers(
            "log_id difference counted_by_id witness_id cause explanation "
            "report_number explained_by_id closed_by_id closed_at state",
        ),
    )

    log_id = fields.Many2one(
        "medical.supply.controlled.log",
        "Found by",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    product_id = fields.Many2one(related="log_id.product_id", store=True)
    location_id = fields.Many2one(related="log_id.location_id", store=True)
    lot_id = fields.Many2one(related="log_id.lot_id", store=True)
    date = fields.Datetime(related="log_id.at", store=True)
    difference = fields.Float(digits="Product Unit", readonly=True, aggregator=None)
    counted_by_id = fields.Many2one("res.users", "Counted by", readonly=True)
    witness_id = fields.Many2one("res.users", readonly=True)
    cause = fields.Selection(CAUSES)
    explanation = fields.Text()
    report_number = fields.Char(
        "DEA report",
        help="Theft or significant loss must be reported to the DEA field office in "
        "writing within one business day, and on Form DEA-106 within 45 days (21 "
        "CFR 1301.76(b)).",
    )
    explained_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    closed_at = fields.Datetime(readonly=True, copy=False)
    state = fields.Selection(
        [("open", "Open"), ("explained", "Explained"), ("closed", "Closed")],
        default="open",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )

    @api.depends("product_id", "difference")
    def _compute_display_name(self):
        for one in self:
            # sudo: the item's name is part of the finding
            name = one.sudo().product_id.name or ""
            one.display_name = f"{name} ({one.difference:+g})"

    def _locked_message(self, name):
        return self.env._("It has been explained. Reject the explanation to change it.")

    def _kept_message(self):
        return self.env._("A discrepancy stays on record.")

    def _decision_amount(self):
        return abs(self.difference) * self.product_id.standard_price

    def _decision_department(self):
        return self.location_id.medical_department_id

    def action_explain(self):
        """Sign the explanation."""
        self._move_to("explained")

    def _before_explained(self):
        for one in self:
            if not one.cause or not (one.explanation or "").strip():
                raise UserError(
                    self.env._(
                        "Enter what happened and choose the cause before you sign."
                    )
                )
            if one.cause == "loss" and not (one.report_number or "").strip():
                raise UserError(
                    self.env._(
                        "Theft or loss must be reported to the DEA (21 CFR "
                        "1301.76(b)): enter the number or date of the report."
                    )
                )

    def action_reject(self, reason):
        """Send the explanation back."""
        self._move_to("open", reason)

    def action_close(self):
        """Accept the explanation as another person; the books follow the count."""
        self._move_to("closed")

    def _state_values(self, state, reason):
        if state == "explained":
            return {"explained_by_id": self.env.uid}
        if state == "closed":
            return {"closed_by_id": self.env.uid, "closed_at": fields.Datetime.now()}
        return {"explained_by_id": False}

    def _after_closed(self):
        """Correct the books, unless the correction itself was the finding."""
        # sudo: two signatures are the right to it, whoever keeps the stock
        board = self.sudo()
        wrong = board.filtered(
            lambda one: one.log_id.kind == "counted" and one.cause != "count"
        )
        moves = board.env["stock.move"]._pen()
        moves = moves.create([one.log_id._move_values(one.difference) for one in wrong])
        moves._action_done()
