"""The monthly review of par levels: proposals from real use, decided line by line."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ...core.mixins.decidable import Waiting

LEVELS = frozenset({"new_reorder", "new_par"})
DECIDERS = ("medical_office.core_group_manager", "medical_office.core_group_director")


class SupplyReview(models.Model):
    """One site's review. Its lines keep what was proposed, why, and who decided what."""

    _name = "medical.supply.review"
    _description = "Par Review"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "date desc, id desc"

    _transitions = {
        ("open", "closed"): ("core_group_manager", "core_group_director"),
    }
    _decisions = {"open": Waiting("action_close", to="closed", days=14)}
    _decision_domain = "supply"
    _program_fields = frozenset({"site_id", "date"})
    _locked = {"closed": frozenset({"line_ids"})}
    _deletable_in = frozenset()

    site_id = fields.Many2one("stock.warehouse", required=True, index=True)
    company_id = fields.Many2one(related="site_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(required=True, default=fields.Date.context_today)
    state = fields.Selection(
        [("open", "To decide"), ("closed", "Closed")],
        default="open",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )
    looked_at = fields.Integer(
        string="Shelves Looked At",
        readonly=True,
        help="How many par levels were calculated; only those that should change are "
        "listed.",
        aggregator="sum",
    )
    line_ids = fields.One2many("medical.supply.review.line", "review_id")
    line_count = fields.Integer(compute="_compute_counts", string="Proposals")
    open_count = fields.Integer(compute="_compute_counts", string="To Decide")
    money = fields.Monetary(
        compute="_compute_counts",
        string="Change in Stock Value",
        help=(
            "What all open proposals together would add to stock value (or free "
            "up, if negative)."
        ),
    )

    @api.depends("site_id", "date")
    def _compute_display_name(self):
        for review in self:
            review.display_name = bool(review.site_id) and self.env._(
                "Par review of %(site)s, %(day)s",
                site=review.site_id.name,
                day=format_date(self.env, review.date),
            )

    def _decision_state(self):
        """A review that proposes nothing waits for nobody."""
        if self.state == "open" and not self.line_ids:
            return "empty"
        return self.state

    def _decision_amount(self):
        """What the open proposals would tie up or free."""
        return abs(self.money)

    def _compute_counts(self):
        lines = self.env["medical.supply.review.line"]
        counts = dict(
            lines._read_group(
                [("review_id", "in", self.ids)], ["review_id"], ["__count"]
            )
        )
        undecided = {
            review: (count, money)
            for review, count, money in lines._read_group(
                [("review_id", "in", self.ids), ("decision", "=", "open")],
                ["review_id"],
                ["__count", "money:sum"],
            )
        }
        for review in self:
            review.line_count = counts.get(review, 0)
            review.open_count, review.money = undecided.get(review, (0, 0.0))

    @api.model
    def action_review_now(self):
        """Review the par levels of all sites of the user's companies."""
        if not self.env.user.has_group("medical_office.core_group_manager"):
            raise AccessError(
                self.env._("Only the office manager can start a par review.")
            )
        sites = self.env["stock.warehouse"]._medical_sites(self.env.companies)
        # sudo: the arithmetic reads all moves of the site, whoever asks for it
        reviews = self.sudo()._pen()._review(sites)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.supply_review_line_action"
        )
        return action | {"domain": [("review_id", "in", reviews.ids)]}

    def _review_title(self):
        """What the job does, for the register of jobs that failed."""
        return self.env._("review the par levels")

    @api.model
    def _cron_review(self):
        """Once a month, for all sites."""
        self.env["medical.core.job.fault"]._each(
            self._review_title(),
            self.env["stock.warehouse"]._medical_sites(),
            self._review,
        )

    def action_close(self):
        """Close the review; what nobody decided stays as it is."""
        self._move_to("closed")

    def action_open_lines(self):
        """The proposals of this review."""
        self.check_access("read")
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.supply_review_line_action"
        )
        return action | {"domain": [("review_id", "=", self.id)]}


class SupplyReviewLine(models.Model):
    _name = "medical.supply.review.line"
    _description = "Par Proposal"
    _inherit = ["medical.core.guard"]
    _order = "review_id desc, money, id"
    _rec_name = "product_id"

    # people type the levels they want, as long as nothing is decided
    _program_fields = frozenset(
        {
            "review_id", "orderpoint_id", "product_id", "room_id", "old_reorder",
            "old_par", "reorder", "par", "week_use", "method", "service", "money",
            "reason",
        }
    )  # fmt: skip
    _editors = dict.fromkeys(LEVELS, DECIDERS)
    _lock_state = "decision"
    _standing_field = "decision"
    _locked = {"accepted": LEVELS, "edited": LEVELS, "rejected": LEVELS}
    _locked_by = ("review_id",)
    _deletable_in = frozenset()

    review_id = fields.Many2one(
        "medical.supply.review", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="review_id.company_id", store=True)
    currency_id = fields.Many2one(related="review_id.currency_id")
    review_state = fields.Selection(related="review_id.state", string="Review State")
    orderpoint_id = fields.Many2one(
        "stock.warehouse.orderpoint", string="Par Level", ondelete="cascade", index=True
    )
    product_id = fields.Many2one("product.product", string="Item", required=True)
    room_id = fields.Many2one("stock.location", required=True)
    old_reorder = fields.Float(digits="Product Unit", aggregator=None)
    old_par = fields.Float(digits="Product Unit", aggregator=None)
    reorder = fields.Float(
        string="Proposed Reorder Point", digits="Product Unit", aggregator=None
    )
    par = fields.Float(string="Proposed Par", digits="Product Unit", aggregator=None)
    new_reorder = fields.Float(digits="Product Unit", aggregator=None)
    new_par = fields.Float(digits="Product Unit", aggregator=None)
    week_use = fields.Float(
        string="Use per Week", digits="Product Unit", aggregator=None
    )
    method = fields.Char(help="The demand model that fit the shelf's history.")
    service = fields.Float(string="Service (%)", digits=(16, 1), aggregator=None)
    money = fields.Monetary(
        string="Change in Stock Value",
        help=("Change in the value of a full shelf (negative: less)."),
    )
    reason = fields.Text()
    decision = fields.Selection(
        [
            ("open", "To decide"),
            ("accepted", "Accepted"),
            ("edited", "Edited"),
            ("rejected", "Rejected"),
        ],
        default="open",
        required=True,
        readonly=True,
        index=True,
    )
    decided_by_id = fields.Many2one("res.users", readonly=True)
    decided_at = fields.Datetime(readonly=True)

    def _program_message(self, name):
        return self.env._(
            "On a proposal you can change the new levels; everything else "
            "stays on record."
        )

    def _locked_message(self, name):
        return self.env._(
            "%(item)s in %(room)s has already been decided. Change the par level "
            "itself if needed.",
            item=self.product_id.name,
            room=self.room_id.name,
        )

    @api.model
    def _medical_may_decide(self):
        return any(self.env.user.has_group(group) for group in DECIDERS)

    def _check_open(self):
        if not self._medical_may_decide():
            raise AccessError(
                self.env._(
                    "Only the office manager or the director decides par levels."
                )
            )
        for line in self:
            if line.decision != "open" or line.review_state != "open":
                raise UserError(line._locked_message("new_par"))

    def action_accept(self):
        """Take the new levels over into the par levels."""
        self._check_open()
        for line in self:
            if not 0 <= line.new_reorder <= line.new_par:
                raise UserError(
                    self.env._(
                        "%(item)s in %(room)s: the reorder point %(low)s must be "
                        "between 0 and the par %(par)s.",
                        item=line.product_id.name,
                        room=line.room_id.name,
                        low=line.new_reorder,
                        par=line.new_par,
                    )
                )
        for line in self:
            # sudo: deciding is the role's right, whether or not it may edit reordering
            # rules
            line.sudo()._pen().orderpoint_id.write(
                {
                    "product_min_qty": line.new_reorder,
                    "product_max_qty": line.new_par,
                }
            )
        edited = self.filtered(
            lambda one: (one.new_reorder, one.new_par) != (one.reorder, one.par)
        )
        edited._decide("edited")
        (self - edited)._decide("accepted")

    def action_reject(self):
        """Leave the par levels as they are."""
        self._check_open()
        self._decide("rejected")

    def _decide(self, decision):
        self.check_access("write")
        self._pen().write(
            {
                "decision": decision,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )
