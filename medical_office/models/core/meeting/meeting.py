"""Meetings: an agenda that writes itself, what was decided, and who does what by when."""

from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.misc import format_date

from ....engine.core.sealreader import covers
from ..mixins.done import done
from ..mixins.guard import ALL, AllBut

# HR and the accountant meet payers, vendors and the landlord, too
CHAIRS = ("core_group_head", "core_group_hr", "core_group_accountant")
KINDS = [
    ("practice", "The practice itself"),
    ("payer", "A payer"),
    ("vendor", "A vendor"),
    ("landlord", "The landlord"),
    ("other", "Somebody else outside"),
]
DAYS = 7
# more points than this are no meeting
MOST = 25


class CoreMeeting(models.Model):
    """Planned, held, and closed with its minutes, which then stay as they are. What was
    put off comes on the next agenda of the same chair.

    With somebody outside it is the log of what was said and promised, by either side.
    """

    _name = "medical.core.meeting"
    _description = "Meeting"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "date desc, id desc"

    _transitions = {
        ("planned", "held"): CHAIRS,
        ("held", "closed"): CHAIRS,
        ("planned", "canceled"): CHAIRS,
    }
    _reason_required = frozenset({"canceled"})
    _reason_methods = frozenset({"action_cancel"})
    _born_fields = frozenset({"company_id"})
    _locked = {
        "held": AllBut({"note", "item_ids", "task_ids", "participant_ids"}),
        "closed": ALL,
        "canceled": ALL,
    }
    _deletable_in = frozenset({"planned"})
    _seal_states = frozenset({"closed"})
    _seal_schemes = (
        covers(
            "name date company_id chair_id note state closed_by_id closed_at",
            item_ids="sequence kind name note result resolution exception_id decision_id",
        ),
        covers(
            "name date company_id chair_id kind outsider_id guests method note state "
            "closed_by_id closed_at",
            item_ids="sequence kind name note result resolution exception_id decision_id",
        ),
    )

    name = fields.Char("Subject", required=True, default="Practice meeting")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    date = fields.Date(
        required=True,
        index=True,
        default=lambda self: fields.Date.context_today(self) + timedelta(days=DAYS),
    )
    chair_id = fields.Many2one(
        "res.users",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
    )
    participant_ids = fields.Many2many(
        "res.users", string="Participants", domain="[('share', '=', False)]"
    )
    kind = fields.Selection(
        KINDS, "With", required=True, default="practice", index=True, tracking=True
    )
    outsider_id = fields.Many2one(
        "res.partner",
        "Organization or person",
        ondelete="restrict",
        index="btree_not_null",
        help="Who it is with: the payer, the vendor, the landlord, or one of their people.",
    )
    guests = fields.Char(
        "Their people",
        help="Who came or called for them, as in “Dana Whitlock, contracts”.",
    )
    method = fields.Selection(
        [("person", "In person"), ("phone", "By phone"), ("video", "By video")],
        "How",
        required=True,
        default="person",
    )
    item_ids = fields.One2many("medical.core.meeting.item", "meeting_id", "Agenda")
    task_ids = fields.One2many("medical.core.meeting.task", "meeting_id", "Actions")
    open_task_count = fields.Integer("Open Actions", compute="_compute_open_task_count")
    note = fields.Text("Minutes", help="What was said beside the points of the agenda.")
    closed_by_id = fields.Many2one("res.users", readonly=True)
    closed_at = fields.Datetime(readonly=True)
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("held", "Held"),
            ("closed", "Minutes closed"),
            ("canceled", "Canceled"),
        ],
        required=True,
        readonly=True,
        default="planned",
        copy=False,
        index=True,
    )

    @api.depends("name", "date", "outsider_id.name")
    def _compute_display_name(self):
        for meeting in self:
            day = meeting.date and format_date(self.env, meeting.date)
            # sudo: whom a meeting is with is named to whoever may read the meeting
            outsider = meeting.sudo().outsider_id.name
            meeting.display_name = ", ".join(
                filter(None, [meeting.name, outsider, day])
            )

    @api.constrains("kind", "outsider_id")
    def _check_outsider(self):
        for meeting in self:
            if meeting.kind != "practice" and not meeting.outsider_id:
                raise ValidationError(
                    self.env._(
                        "%s: name the organization or person it is with.", meeting.name
                    )
                )
            if meeting.kind == "practice" and meeting.outsider_id:
                raise ValidationError(
                    self.env._(
                        "%(meeting)s is with %(who)s: choose under “With” what they are "
                        "to the practice.",
                        meeting=meeting.name,
                        who=meeting.outsider_id.name,
                    )
                )

    @api.depends("task_ids.state")
    def _compute_open_task_count(self):
        for meeting in self:
            meeting.open_task_count = len(
                meeting.task_ids.filtered(lambda task: task.state == "open")
            )

    def action_gather(self):
        """Write the agenda from what is open: points put off, actions not done, severe or
        late exceptions, decisions that wait. What is on it already stays.

        Read with the rights of who calls it: nobody puts on an agenda what they may not
        see.
        """
        self._check_caller(*CHAIRS)
        self.check_access("write")
        before = len(self.item_ids)
        for meeting in self:
            if meeting.state != "planned":
                raise UserError(meeting._locked_message("item_ids"))
            known = set().union(*(item._sources() for item in meeting.item_ids))
            fresh = []
            for values in meeting._proposals():
                sources = self._sources_of(values)
                # a point that was put off is about what may wait by itself, too
                if known.isdisjoint(sources):
                    known |= sources
                    fresh.append(values)
            room = max(MOST - len(meeting.item_ids), 0)
            start = max(meeting.item_ids.mapped("sequence"), default=0)
            meeting.item_ids = [
                Command.create({**values, "sequence": start + 10 * place})
                for place, values in enumerate(fresh[:room], 1)
            ]
        return done(
            self.env,
            self.env._("Points added to the agenda: %s.", len(self.item_ids) - before),
        )

    @api.model
    def _sources_of(self, values):
        """What a point is about, as (field, id): by each of them it is known again."""
        names = self.item_ids._born_fields
        return {(name, values[name]) for name in names if values.get(name)}

    def _proposals(self):
        """Values of the points that are proposed, the oldest business first."""
        self.ensure_one()
        company = ("company_id", "in", (False, self.company_id.id))
        items = self.env["medical.core.meeting.item"].search(
            [
                ("meeting_id.company_id", "=", self.company_id.id),
                ("meeting_id.chair_id", "=", self.chair_id.id),
                ("meeting_id.state", "=", "closed"),
                ("result", "=", "deferred"),
                ("after_ids", "=", False),
            ],
            order="id",
        )
        for item in items:
            yield {
                "kind": item.kind,
                "name": item.name,
                "before_id": item.id,
                "exception_id": item._seen("exception_id"),
                "decision_id": item._seen("decision_id"),
            }
        tasks = self.env["medical.core.meeting.task"].search(
            [
                ("meeting_id.chair_id", "=", self.chair_id.id),
                ("company_id", "=", self.company_id.id),
                ("state", "=", "open"),
                ("date_due", "<=", self.date),
                ("meeting_id", "!=", self.id),
            ],
            order="date_due, id",
        )
        for task in tasks:
            yield {"kind": "action", "name": task.display_name, "task_id": task.id}
        decisions = self.env["medical.core.decision"].search(
            [company, ("state", "=", "open"), ("can_decide", "=", True)],
            order="date_due, id",
            limit=MOST,
        )
        for decision in decisions:
            yield {
                "kind": "request",
                "name": decision.name,
                "decision_id": decision.id,
            }
        exceptions = self.env["medical.core.exception"].search(
            [
                company,
                ("is_open", "=", True),
                "|",
                ("severity", "in", ("high", "critical")),
                ("date_due", "<", fields.Datetime.now()),
            ],
            order="severity_rank desc, date_due, id",
            limit=MOST,
        )
        for exception in exceptions:
            yield {
                "kind": "exception",
                "name": exception.summary,
                "exception_id": exception.id,
            }

    def action_hold(self):
        """The meeting takes place: its agenda stands, results and actions are entered."""
        self._check_caller(*CHAIRS)
        self._move_to("held")

    def action_close(self):
        """Close the minutes: every point has a result, and nothing is changed anymore.

        :raises UserError: naming the points without a result
        """
        self._check_caller(*CHAIRS)
        for meeting in self:
            left = meeting.item_ids.filtered(lambda item: item.result == "open")
            if left:
                raise UserError(
                    self.env._(
                        "%(meeting)s: say of each point what came of it. Without a "
                        "result:\n%(points)s",
                        meeting=meeting.display_name,
                        points="\n".join(f"• {item.name}" for item in left),
                    )
                )
        self._move_to("closed")

    def action_cancel(self, reason):
        """The meeting does not take place."""
        self._check_caller(*CHAIRS)
        self._move_to("canceled", reason)

    def _state_values(self, state, reason):
        if state == "closed":
            return {"closed_by_id": self.env.uid, "closed_at": fields.Datetime.now()}
        return {}
