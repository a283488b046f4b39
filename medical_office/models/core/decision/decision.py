"""The register of decisions: what waits for somebody, and who decided it, when, why."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..core_check import DOMAINS

# so many people are told of a new decision by an activity; more would be nobody's
TOLD = 5


class CoreDecision(models.Model):
    """One row for each time a record waited for a decision; it stays on record.

    Opened and closed by the record itself (``medical.core.decidable``): the register
    decides nothing. Its buttons press the buttons of the record, as the same user, so
    whoever may not approve the record may not approve it from here either.
    """

    _name = "medical.core.decision"
    _description = "Decision"
    _inherit = ["mail.activity.mixin", "mail.thread", "medical.core.workflow"]
    _order = "state desc, date_due, id"

    _transitions = {
        ("open", "decided"): None,
        ("open", "withdrawn"): None,
    }
    _reason_methods = frozenset({"action_return"})
    _deletable_in = frozenset()

    name = fields.Char("What", required=True, readonly=True)
    domain = fields.Selection(DOMAINS, "Area", required=True, readonly=True)
    res_model = fields.Char("Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Record", model_field="res_model", required=True, readonly=True
    )
    waiting_state = fields.Char(required=True, readonly=True)
    state = fields.Selection(
        [("open", "Waiting"), ("decided", "Decided"), ("withdrawn", "Withdrawn")],
        required=True,
        default="open",
        readonly=True,
        index=True,
    )
    company_id = fields.Many2one("res.company", readonly=True, index=True)
    department_id = fields.Many2one(
        "hr.department", readonly=True, index="btree_not_null"
    )
    amount = fields.Monetary(readonly=True, aggregator="sum")
    currency_id = fields.Many2one("res.currency", readonly=True)
    asked_by_id = fields.Many2one("res.users", "Asked by", readonly=True, index=True)
    since = fields.Datetime(required=True, default=fields.Datetime.now, readonly=True)
    date_due = fields.Datetime("Due", readonly=True)
    group_ids = fields.Many2many("res.groups", string="Who may decide", readonly=True)
    barred_ids = fields.Many2many(
        "res.users",
        string="Who prepared it",
        readonly=True,
        help="They may not decide it themselves.",
    )
    decided_by_id = fields.Many2one("res.users", readonly=True, index="btree_not_null")
    decided_at = fields.Datetime(readonly=True)
    outcome = fields.Char(readonly=True, help="The state the decision led to.")
    reason = fields.Char(readonly=True)
    hours = fields.Float(
        "Hours waited", compute="_compute_hours", store=True, aggregator="avg"
    )
    can_decide = fields.Boolean(
        compute="_compute_can_decide", search="_search_can_decide"
    )
    is_late = fields.Boolean(compute="_compute_is_late", search="_search_is_late")

    # a record waits once at a time
    _waiting = models.UniqueIndex("(res_model, res_id) WHERE state = 'open'")
    _history = models.Index("(res_model, res_id, since)")

    @api.depends("since", "decided_at")
    def _compute_hours(self):
        for row in self:
            waited = row.decided_at and row.decided_at - row.since
            row.hours = waited.total_seconds() / 3600 if waited else 0.0

    @api.depends("state", "group_ids", "barred_ids")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        mine = self.filtered_domain(self._deciding_domain())
        for row in self:
            row.can_decide = row in mine

    def _search_can_decide(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return self._deciding_domain()

    @api.model
    def _deciding_domain(self):
        user = self.env.user
        return [
            ("state", "=", "open"),
            ("group_ids", "in", user.all_group_ids.ids),
            ("barred_ids", "not in", user.ids),
        ]

    @api.depends("date_due", "state")
    def _compute_is_late(self):
        now = fields.Datetime.now()
        for row in self:
            row.is_late = (
                row.state == "open" and bool(row.date_due) and row.date_due < now
            )

    def _search_is_late(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return [("state", "=", "open"), ("date_due", "<", fields.Datetime.now())]

    # ---------------------------------------------------------------------- buttons

    def action_approve(self):
        """Approve what the rows are about, each by its own button, as this user.

        Where the record asks what was checked, its dialog opens: one row at a time.

        :raises UserError: the record does not wait any more, its role refuses, or one
            of several rows asks what was checked
        """
        steps = [row._waiting_record() for row in self]
        for record, waiting in steps:
            if waiting.approve not in getattr(record, "_reason_methods", ()):
                continue
            if len(self) > 1:
                raise UserError(
                    self.env._(
                        "“%s” asks what was checked: choose it alone, then approve it.",
                        record.display_name,
                    )
                )
            asking = record.with_context(medical_reason_method=waiting.approve)
            return asking.action_ask_reason()
        for record, waiting in steps:
            getattr(record, waiting.approve)()
        return self._told(self.env._("Approved"))

    def action_return(self, reason):
        """Send back what the rows are about, with the reason."""
        for row in self:
            record, waiting = row._waiting_record()
            if not waiting.back:
                raise UserError(
                    self.env._(
                        "%s cannot be sent back from here: open it.", row.display_name
                    )
                )
            getattr(record, waiting.back)(reason)
        return self._told(self.env._("Sent back"))

    def action_open(self):
        """Open the record that waits."""
        self.ensure_one()
        self.check_access("read")
        record = self.env[self.res_model].browse(self.res_id).exists()
        if not record or not record.has_access("read"):
            raise UserError(
                self.env._(
                    "“%s” is gone, or your role does not open it. Ask the office "
                    "manager.",
                    self.name,
                )
            )
        return record._decision_action()

    def _waiting_record(self):
        """(record, how it is decided), as the user who asks.

        :raises UserError: somebody decided it meanwhile
        """
        self.ensure_one()
        self.check_access("read")
        record = self.env[self.res_model].browse(self.res_id).exists()
        waiting = record and record._decisions.get(self.waiting_state)
        if self.state != "open" or not waiting:
            raise UserError(
                self.env._(
                    "“%s” does not wait any more: somebody decided it meanwhile. "
                    "Reload the page.",
                    self.name,
                )
            )
        return record, waiting

    def _told(self, title):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "title": title,
                "message": ", ".join(self.mapped("name")),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # ------------------------------------------------------------------ the register

    def _close(self, outcomes, reason):
        """The records have left the state in which they waited.

        :param outcomes: {row: label of the state they went to}
        :param reason: why, as given by who moved them
        """
        for outcome, rows in self.grouped(outcomes.get).items():
            rows._pen().write(
                {
                    "state": "decided",
                    "outcome": outcome,
                    "reason": reason,
                    "decided_by_id": self.env.uid,
                    "decided_at": fields.Datetime.now(),
                }
            )
        self.activity_unlink(["mail.mail_activity_data_todo"])

    def _tell(self):
        """An activity (and its mail) for those who may decide, when they are few."""
        users = self.env["res.users"].search(
            [("all_group_ids", "in", self.group_ids.ids), ("share", "=", False)]
        )
        for row in self:
            deciders = users.filtered(
                lambda user, row=row: (
                    user.all_group_ids & row.group_ids
                    and user not in row.barred_ids
                    and (not row.company_id or row.company_id in user.company_ids)
                )
            )
            for user in deciders[:TOLD]:
                row.activity_schedule(
                    "mail.mail_activity_data_todo",
                    date_deadline=row.date_due and row.date_due.date(),
                    summary=row.name,
                    user_id=user.id,
                )

    @api.model
    def count_mine(self):
        """How many decisions wait for the calling user: the number in the bar."""
        return self.search_count(self._deciding_domain())
