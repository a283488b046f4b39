"""A count of one room's shelf: counted, counted again where it surprises, posted."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ....engine.core.sealreader import covers
from ...core.mixins.decidable import Waiting

OPEN = ("draft", "counting", "recount", "review", "approved")


class SupplyCount(models.Model):
    """The shelf of a room as somebody found it.

    A line keeps what the books said when it was counted; what is posted is the
    difference, so a transfer between count and approval stays right.
    """

    _name = "medical.supply.count"
    _description = "Count"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "id desc"
    _check_company_auto = True

    _transitions = {
        ("draft", "counting"): "core_group_staff",
        ("counting", "posted"): None,
        ("counting", "recount"): None,
        ("recount", "review"): None,
        ("review", "recount"): "core_group_head",
        ("review", "approved"): "core_group_head",
        ("approved", "posted"): None,
        ("draft", "cancelled"): "core_group_staff",
        ("counting", "cancelled"): "core_group_staff",
        ("recount", "cancelled"): "core_group_head",
        ("review", "cancelled"): "core_group_head",
    }
    _segregated = {"approved": ("counted_by_id", "recounted_by_id")}
    _reason_required = frozenset({"cancelled", ("review", "recount")})
    _reason_methods = frozenset({"action_cancel", "action_count_again"})
    _decisions = {
        "review": Waiting("action_approve", "action_count_again", to="approved", days=2)
    }
    _decision_domain = "supply"
    _born_fields = frozenset({"room_id"})
    _deletable_in = frozenset()
    _seal_states = frozenset({"posted"})
    _seal_schemes = (
        covers(
            "room_id state counted_by_id recounted_by_id approved_by_id date_started "
            "date_posted",
            line_ids="product_id lot_id book counted is_counted counted_by_id counted_at "
            "recounted is_recounted recounted_by_id final cause note",
        ),
    )

    room_id = fields.Many2one(
        "stock.location",
        required=True,
        index=True,
        check_company=True,
        domain="[('medical_room_type', '!=', False)]",
    )
    site_id = fields.Many2one(related="room_id.medical_site_id", store=True)
    department_id = fields.Many2one(related="room_id.medical_department_id", store=True)
    company_id = fields.Many2one(related="room_id.company_id", store=True, index=True)
    state = fields.Selection(
        [
            ("draft", "Planned"),
            ("counting", "Counting"),
            ("recount", "To recount"),
            ("review", "To approve"),
            ("approved", "Approved"),
            ("posted", "Posted"),
            ("cancelled", "Canceled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )
    is_blind = fields.Boolean(string="Hide Expected Counts", readonly=True)
    counted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    recounted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    date_started = fields.Datetime(readonly=True, copy=False)
    date_posted = fields.Datetime(readonly=True, copy=False)
    line_ids = fields.One2many("medical.supply.count.line", "count_id")
    line_count = fields.Integer(compute="_compute_progress", string="Lines")
    open_count = fields.Integer(
        compute="_compute_progress",
        string="Still to Count",
        help="Lines without a quantity.",
    )
    difference_count = fields.Integer(compute="_compute_progress", string="Differences")
    recount_count = fields.Integer(compute="_compute_progress", string="To Recount")
    picking_id = fields.Many2one(
        "stock.picking",
        string="Transfer",
        readonly=True,
        copy=False,
        help="Fills the shelf from the site's store room.",
    )
    picking_state = fields.Selection(related="picking_id.state", string="Filled")

    _one_open = models.UniqueIndex(
        "(room_id) WHERE state IN ('draft', 'counting', 'recount', 'review', 'approved')",
        "This room is already being counted. Finish or cancel that count first.",
    )

    @api.depends("room_id", "date_started", "create_date")
    def _compute_display_name(self):
        for count in self:
            if not count.room_id:
                count.display_name = False
                continue
            moment = count.date_started or count.create_date or fields.Datetime.now()
            day = format_date(self.env, fields.Datetime.context_timestamp(self, moment))
            count.display_name = self.env._(
                "Count of %(room)s, %(day)s", room=count.room_id.name, day=day
            )

    def _compute_progress(self):
        lines = self.env["medical.supply.count.line"]
        for name, domain in (
            ("line_count", []),
            ("open_count", [("is_counted", "=", False)]),
            ("difference_count", [("is_counted", "=", True), ("difference", "!=", 0)]),
            ("recount_count", [("needs_recount", "=", True)]),
        ):
            found = dict(
                lines._read_group(
                    [("count_id", "in", self.ids), *domain], ["count_id"], ["__count"]
                )
            )
            for count in self:
                count[name] = found.get(count, 0)

    # ------------------------------------------------------------------------ guard

    @api.constrains("room_id")
    def _check_room(self):
        for count in self:
            if not count.room_id.medical_room_type:
                raise ValidationError(
                    self.env._(
                        "%(place)s is not a room. Choose a room to count.",
                        place=count.room_id.display_name,
                    )
                )

    def _locked_message(self, name):
        return self.env._("Change a count by counting its lines and using its buttons.")

    def _decision_amount(self):
        """What the differences are worth, more and less."""
        return sum(
            abs(line.difference) * line.product_id.standard_price
            for line in self.line_ids
        )

    # ---------------------------------------------------------------------- actions

    def action_start(self):
        """Lay out the sheet: the shelf's par levels, and what else is in the room."""
        self._move_to("counting")
        for count in self:
            # sudo: the sheet is the program's to lay out; people fill it in
            count.sudo()._pen()._lay_out()
        return self.action_open_phone() if len(self) == 1 else True

    def _state_values(self, state, reason):
        now = fields.Datetime.now()
        if state == "counting":
            return {"date_started": now}
        if state == "approved":
            return {"approved_by_id": self.env.uid}
        if state == "posted":
            return {"date_posted": now}
        return {}

    def action_submit(self):
        """Hand in what was counted: it is posted, or counted again by somebody else."""
        self.check_access("write")
        for count in self:
            if count.state == "counting":
                count._submit_count()
            elif count.state == "recount":
                count._submit_recount()
            else:
                raise UserError(
                    self.env._(
                        "%(count)s was already submitted.", count=count.display_name
                    )
                )

    def _submit_count(self):
        self.ensure_one()
        lines = self.line_ids
        lines._check_complete("is_counted")
        self._pen().counted_by_id = self.env.user
        # sudo: it is judged by the items' costs, which whoever counts need not see
        lines.sudo()._pen()._judge()
        if any(lines.mapped("needs_recount")):
            self._program_step("recount")
        else:
            self._program_step("posted")

    def _submit_recount(self):
        self.ensure_one()
        again = self.line_ids.filtered("needs_recount")
        again._check_complete("is_recounted")
        self._pen().recounted_by_id = self.env.user
        self._program_step("review")

    def action_approve(self):
        """Approve the differences, by somebody who counted none of them, and post."""
        self._move_to("approved")
        self._program_step("posted")

    def action_count_again(self, reason):
        """Send it back to be counted once more."""
        self._move_to("recount", reason)
        # sudo: lines are not written in every state that their count goes through
        lines = self.line_ids.filtered("needs_recount").sudo()
        lines._pen().write({"is_recounted": False, "recounted": 0.0})

    def action_cancel(self, reason):
        """Give the count up; nothing is posted."""
        self._move_to("cancelled", reason)

    def _after_posted(self):
        for count in self:
            # sudo: whoever counts has no right to move stock; the count lends it, for
            # the differences that were counted and approved, and nothing else
            board = count.sudo()._pen()
            board._post()
            board._hold_found()
            board._fill()

    def action_open_phone(self):
        """Count on the phone's screen."""
        self.check_access("read")
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "medical_office.supply_count",
            "name": self.display_name,
            "params": {"count_id": self.id},
        }

    def _medical_made(self):
        """The transfers that fill the shelves."""
        return self.picking_id

    def action_open_transfer(self):
        """The transfer that fills the shelf."""
        self.check_access("read")
        self.ensure_one()
        return self.picking_id.get_formview_action()
