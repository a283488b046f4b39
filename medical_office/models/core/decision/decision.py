"""The register of decisions: what waits for somebody, and who decided it, when, why."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ....engine.core.sealreader import covers
from ..check.check import DOMAINS

# so many people are told of a new decision by an activity; more would be nobody's
TOLD = 5
HEAD = "medical_office.core_group_head"
# what somebody is or would be paid is read by no others
PAY_READERS = ",".join(
    f"medical_office.core_group_{role}" for role in ("hr", "manager", "director")
)
# whose word counts in every department
WIDE = ("medical_office.core_group_manager", "medical_office.core_group_director")


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
    _seal_states = frozenset({"decided", "withdrawn"})
    _seal_schemes = (
        covers(
            "name domain res_model res_id waiting_state state company_id "
            "department_id amount asked_by_id since decided_by_id decided_at outcome "
            "reason",
        ),
    )

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
    amount = fields.Monetary(readonly=True, aggregator="sum", groups=PAY_READERS)
    open_amount = fields.Monetary(
        "Amount at Stake",
        compute="_compute_open_amount",
        compute_sudo=True,  # from what some may not read
        store=True,
        readonly=True,
        aggregator="sum",
        help="Nothing where it would tell somebody's pay.",
    )
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
    decider_ids = fields.Many2many(
        "res.users",
        "medical_core_decision_decider_rel",
        string="Who may decide by name",
        readonly=True,
    )
    by_department = fields.Boolean(
        compute="_compute_by_department",
        store=True,
        help="Of the department heads, the one of this department decides.",
    )
    decided_by_id = fields.Many2one("res.users", readonly=True, index="btree_not_null")
    decided_at = fields.Datetime(readonly=True)
    outcome = fields.Char(readonly=True, help="The status the decision led to.")
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

    @api.depends("amount", "res_model")
    def _compute_open_amount(self):
        for row in self:
            of_pay = getattr(self.env.get(row.res_model), "_decision_is_pay", False)
            row.open_amount = 0 if of_pay else row.amount

    @api.depends("group_ids", "department_id")
    def _compute_by_department(self):
        # sudo: which groups there are is no secret
        head = self.env.ref(HEAD).sudo()
        wide = head.union(
            *(self.env.ref(name).sudo() for name in WIDE)
        )  # sudo: as above
        for row in self:
            groups = row.sudo().group_ids  # sudo: as above
            row.by_department = (
                bool(row.department_id) and head in groups and groups <= wide
            )

    @api.depends("since", "decided_at")
    def _compute_hours(self):
        for row in self:
            waited = row.decided_at and row.decided_at - row.since
            row.hours = waited.total_seconds() / 3600 if waited else 0.0

    @api.depends("state", "group_ids", "barred_ids", "decider_ids", "department_id")
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
        addressed = Domain("group_ids", "in", user.all_group_ids.ids)
        if not any(user.has_group(name) for name in WIDE):
            addressed &= Domain("by_department", "=", False) | Domain(
                "department_id", "in", user.medical_headed_department_ids.ids
            )
        return (
            Domain("state", "=", "open")
            & (addressed | Domain("decider_ids", "in", user.ids))
            & Domain("barred_ids", "not in", user.ids)
        )

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
        :raises AccessError: the user prepared what the row is about
        """
        self._check_caller("core_group_staff")
        steps = [row._waiting_record() for row in self]
        for row in self:
            row._check_not_barred()
        for record, waiting in steps:
            if waiting.approve not in getattr(record, "_reason_methods", ()):
                continue
            if len(self) > 1:
                raise UserError(
                    self.env._(
                        (
                            "“%s” asks what was checked: select only this one, "
                            "then approve it."
                        ),
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
        self._check_caller("core_group_staff")
        for row in self:
            record, waiting = row._waiting_record()
            if not waiting.back:
                raise UserError(
                    self.env._(
                        "%s cannot be sent back from here: open it.", row.display_name
                    )
                )
            getattr(record, waiting.back)(reason)
            if row.state != "open" and not row.reason:
                # sudo: a host's own method closed the row and knows no reason
                row.sudo()._pen().reason = reason
                row.sudo()._seal()  # sudo: as above; sealed with its reason
        return self._told(self.env._("Sent back"))

    def action_open(self):
        """Open the record that waits."""
        self.check_access("read")
        self.ensure_one()
        record = self.env[self.res_model].browse(self.res_id).exists()
        if not record or not record.has_access("read"):
            raise UserError(
                self.env._(
                    "“%s” no longer exists, or your role cannot open it. Ask the "
                    "office manager.",
                    self.name,
                )
            )
        return record._decision_action()

    def _check_not_barred(self):
        """Refuse who prepared it: a host's own button may not know of two persons."""
        # sudo: the names of who prepared it are read to refuse, no more
        if self.env.user in self.sudo().barred_ids:
            raise AccessError(
                self.env._(
                    "“%s”: somebody else has to approve it, since you asked for it or "
                    "prepared it.",
                    self.name,
                )
            )

    def _waiting_record(self):
        """(record, how it is decided), as the user who asks.

        :raises UserError: somebody decided it meanwhile
        """
        self.ensure_one()
        self.check_access("read")
        record = self.env[self.res_model].browse(self.res_id).exists()
        decisions = getattr(record, "_decisions", {})
        waiting = record and decisions.get(self.waiting_state)
        if self.state != "open" or not waiting:
            raise UserError(
                self.env._(
                    "“%s” is no longer waiting: somebody has decided it. Reload the "
                    "page.",
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

    def _close(self, state, outcomes, reason):
        """The records have left the state in which they waited.

        :param state: decided, or withdrawn where nobody decided
        :param outcomes: {row: label of the state they went to}
        :param reason: why, as given by who moved them
        """
        for outcome, rows in self.grouped(outcomes.get).items():
            rows._pen().write(
                {
                    "state": state,
                    "outcome": outcome,
                    "reason": reason,
                    "decided_by_id": self.env.uid,
                    "decided_at": fields.Datetime.now(),
                }
            )
        self.activity_unlink(["mail.mail_activity_data_todo"])
        self._seal()  # closed here, by no step of its own workflow

    def _tell(self):
        """An activity (and its mail) for those who may decide, when they are few."""
        users = self.env["res.users"].search(
            [("all_group_ids", "in", self.group_ids.ids), ("share", "=", False)]
        )
        for row in self:
            among = users.filtered(lambda user, row=row: row._asks(user))
            deciders = row.decider_ids.filtered("active") - row.barred_ids or among
            for user in deciders[:TOLD]:
                row.activity_schedule(
                    "mail.mail_activity_data_todo",
                    date_deadline=row.date_due
                    and row.company_id._medical_day(row.date_due),
                    summary=row.name,
                    user_id=user.id,
                )

    def _asks(self, user):
        """Whether the row is for somebody by the groups of that user."""
        self.ensure_one()
        if self.company_id and self.company_id not in user.company_ids:
            return False
        if user in self.barred_ids or not user.all_group_ids & self.group_ids:
            return False
        return (
            not self.by_department
            or any(user.has_group(name) for name in WIDE)
            or self.department_id in user.medical_headed_department_ids
        )

    @api.model
    def count_mine(self):
        """How many decisions wait for the calling user: the number in the bar."""
        return self.search_count(self._deciding_domain())
