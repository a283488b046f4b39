"""Rounds: one occurrence of a schedule, from planned to signed or missed."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_datetime

from ....engine.core.sealreader import covers
from ..mixins.listing import shown

OPEN_STATES = ("planned", "in_progress")
# what people may write of a round, while it is open
EDITABLE = frozenset({"note", "user_id"})


class CoreRound(models.Model):
    """What was due, who it fell to, what was found, who signed."""

    _name = "medical.core.round"
    _description = "Round"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "date_due desc, id desc"
    _check_company_auto = True

    _transitions = {
        ("planned", "in_progress"): "core_group_staff",
        ("in_progress", "done"): "core_group_staff",
        ("planned", "missed"): None,
        ("in_progress", "missed"): None,
        ("done", "in_progress"): "core_group_head",
        ("missed", "in_progress"): "core_group_head",
    }
    # who signed a round does not reopen it alone
    _segregated = {"in_progress": ("signed_by_id",)}
    _reason_required = {("done", "in_progress"), ("missed", "in_progress")}
    _reason_methods = {"action_reopen", "action_excuse"}
    _editors = {"user_id": "core_group_head"}
    _locked = dict.fromkeys(("done", "missed"), EDITABLE | {"line_ids"})
    _deletable_in = frozenset({"planned"})
    _seal_states = frozenset({"done"})
    _seal_schemes = (
        covers(
            "checklist_id checklist_version company_id site_id date_due state note "
            "started_at signed_by_id signed_at",
            line_ids="name item_type severity citation weight room_id equipment_id required "
            "result value_number value_text value_choice_id note entered_by_id "
            "entered_at photo",
            line_ids__evidence_ids="kind name check_id date_from date_to looked_at found "
            "summary digest frozen_at file",
        ),
    )

    schedule_id = fields.Many2one(
        "medical.core.schedule",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    checklist_id = fields.Many2one(
        "medical.core.checklist", required=True, readonly=True, ondelete="restrict"
    )
    checklist_version = fields.Integer(
        readonly=True,
        aggregator=None,
        help="The version of the checklist whose items this round holds.",
    )
    kind = fields.Selection(related="checklist_id.kind")
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    site_id = fields.Many2one("stock.warehouse", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    date_due = fields.Datetime("Due", required=True, readonly=True)
    date_open = fields.Datetime(
        "May start from", readonly=True, help="It cannot be started before this time."
    )
    date_late = fields.Datetime(
        "Missed After", required=True, readonly=True, help="The end of its window."
    )
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("in_progress", "In progress"),
            ("done", "Done"),
            ("missed", "Missed"),
        ],
        required=True,
        default="planned",
        readonly=True,
        copy=False,
    )
    user_id = fields.Many2one(
        "res.users", "Assigned to", help="Who has to do this round now."
    )
    owner_id = fields.Many2one(related="schedule_id.owner_id")
    backup_id = fields.Many2one(related="schedule_id.backup_id")
    is_handed_over = fields.Boolean(
        "With backup",
        readonly=True,
        help=(
            "The owner has approved time off, so the round was assigned to the backup."
        ),
    )
    is_uncovered = fields.Boolean(
        "Nobody available",
        readonly=True,
        help="Owner and backup are both away when this round is due.",
    )
    is_assigned_by_hand = fields.Boolean(
        readonly=True,
        help=("The person was chosen manually: time off does not reassign it."),
    )

    line_ids = fields.One2many("medical.core.round.line", "round_id")
    line_count = fields.Integer("Lines", compute="_compute_counts", store=True)
    open_count = fields.Integer("Open", compute="_compute_counts", store=True)
    failed_count = fields.Integer(
        "Failed", compute="_compute_counts", store=True, aggregator="sum"
    )
    note = fields.Text(help="Anything the next person should know about this round.")

    started_at = fields.Datetime(readonly=True, copy=False)
    signed_by_id = fields.Many2one("res.users", "Signed by", readonly=True, copy=False)
    signed_at = fields.Datetime(readonly=True, copy=False)
    missed_at = fields.Datetime(
        readonly=True,
        copy=False,
        help="Kept on record when a missed round is done later.",
    )
    is_excused = fields.Boolean("Excused", readonly=True, copy=False)
    excuse_reason = fields.Text(readonly=True, copy=False)
    excused_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    excused_at = fields.Datetime(readonly=True, copy=False)
    can_sign = fields.Boolean(compute="_compute_can_sign")

    # one round for each due time, however often the generator runs
    _schedule_due = models.Constraint(
        "UNIQUE (schedule_id, date_due)", "This round is already planned."
    )
    _due = models.Index("(company_id, date_due DESC, id DESC)")
    _due_all = models.Index("(date_due DESC, id DESC)")
    _due_site = models.Index("(site_id, date_due DESC)")
    _due_checklist = models.Index("(checklist_id, date_due DESC)")
    _due_department = models.Index("(department_id, date_due DESC)")
    _open_late = models.Index("(date_late) WHERE state IN ('planned', 'in_progress')")
    _open_user = models.Index(
        "(user_id, date_due) WHERE state IN ('planned', 'in_progress')"
    )
    _missed_due = models.Index("(company_id, date_due DESC) WHERE state = 'missed'")
    _failed_due = models.Index("(company_id, date_due DESC) WHERE failed_count > 0")
    _signed = models.Index(
        "(signed_by_id, date_due DESC) WHERE signed_by_id IS NOT NULL"
    )

    @api.depends("checklist_id.name", "date_due", "schedule_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        """The schedule's name, with the day and hour on its own clock."""
        for one in self:
            if not one.date_due:
                one.display_name = one.schedule_id.name or ""
                continue
            one.display_name = self.env._(
                "%(schedule)s, %(due)s",
                schedule=one.schedule_id.name or one.checklist_id.name or "",
                due=format_datetime(
                    self.env,
                    one.date_due,
                    str(one.schedule_id._zone()),
                    "MMM d, h:mm a",
                ),
            )

    @api.depends("line_ids.result")
    def _compute_counts(self):
        counts = {}
        for one, result, count in self.env["medical.core.round.line"]._read_group(
            [("round_id", "in", self.ids)], ["round_id", "result"], ["__count"]
        ):
            counts.setdefault(one.id, {})[result] = count
        for one in self:
            by_result = counts.get(one._origin.id, {})
            one.line_count = sum(by_result.values())
            one.open_count = by_result.get("open", 0)
            one.failed_count = by_result.get("fail", 0)

    @api.depends("state", "open_count", "line_count")
    def _compute_can_sign(self):
        for one in self:
            one.can_sign = one.state == "in_progress" and bool(one.line_count)

    # ------------------------------------------------------------------- guards

    def _birth_values(self, vals):
        return {**super()._birth_values(vals), "note": False}

    def _birth_error(self, name):
        return AccessError(
            self.env._(
                "Rounds are planned by their schedule. Create a schedule, or ask the "
                "office manager for one."
            )
        )

    def _program_error(self, name):
        if name == "state":
            return super()._program_error(name)
        return AccessError(
            self.env._(
                "A round can be changed only with its buttons and its items: start "
                "it, answer the items, sign it. Its department head or the office "
                "manager may reopen it."
            )
        )

    def _editors_message(self, name, groups):
        return self.env._(
            "A department head or the office manager decides who does a round."
        )

    def _locked_message(self, name):
        return self._closed_message()

    def _kept_message(self):
        return self.env._(
            "A round that was started, done or missed stays on record. Excuse "
            "a missed one with a reason instead."
        )

    def write(self, vals):
        result = super().write(vals)
        if "user_id" in vals and not self._is_program():
            today = fields.Date.context_today(self)
            self.env["medical.core.bar"]._check(self.user_id, today, "assign")
            # sudo: somebody chose the person, so that time off leaves the round alone
            self.sudo()._pen().write({"is_assigned_by_hand": True})
        return result

    def _closed_message(self):
        """Why nothing can be entered any more, and what to do."""
        self.ensure_one()
        if self.state == "missed":
            return self.env._(
                "“%(round)s” was not signed in time and is on record as missed since "
                "%(at)s. Ask the department head or the office manager to reopen it.",
                round=self.display_name,
                at=format_datetime(self.env, self.missed_at, dt_format="short"),
            )
        return self.env._(
            "“%(round)s” was signed by %(user)s on %(at)s and is closed. Ask the "
            "department head or the office manager to reopen it.",
            round=self.display_name,
            # sudo: the signer's name is part of the record the user is looking at
            user=self.sudo().signed_by_id.name,
            at=format_datetime(self.env, self.signed_at, dt_format="short"),
        )

    # ------------------------------------------------------------------ actions

    def action_start(self):
        """Begin the rounds: their lines are set out and can be answered.

        :raises UserError: before the time from which a round may be started
        """
        self._check_caller("core_group_staff")
        self.check_access("read")
        now = fields.Datetime.now()
        for one in self:
            if one.state not in OPEN_STATES:
                raise UserError(one._closed_message())
            if one.state == "planned" and one.date_open and one.date_open > now:
                raise UserError(
                    self.env._(
                        "“%(round)s” can be started from %(open)s.",
                        round=one.display_name,
                        open=format_datetime(
                            self.env, one.date_open, dt_format="short"
                        ),
                    )
                )
        self._start()

    def action_sign(self):
        """Sign as the current user; the rounds and their lines are closed.

        :raises UserError: open required lines, by name; a credential that is missing
        """
        self._check_caller("core_group_staff")
        self.check_access("read")
        self._sign()

    def action_reopen(self, reason):
        """Open signed or missed rounds again, for as long as their window was.

        For heads and managers, not for whoever signed; the reason goes to the chatter.
        """
        self._check_caller("core_group_head")
        self.check_access("read")
        for one in self:
            if one.state in OPEN_STATES:
                raise UserError(
                    self.env._("“%(round)s” is still open.", round=one.display_name)
                )
        self._move_to("in_progress", reason)
        self._unseal_evidence()
        now = fields.Datetime.now()
        for (
            one
        ) in self.sudo()._pen():  # sudo: the window is no field of the user's to write
            hours = one.schedule_id.window_hours
            one.date_late = max(one.date_late, now + timedelta(hours=hours))

    def action_excuse(self, reason):
        """Keep missed rounds on record as missed, with a reason why that was right.

        :raises AccessError: no head or manager, or the round fell to the user
        :raises UserError: a round that is not missed, or no reason
        """
        if not self._guard_user_in("core_group_head"):
            raise AccessError(
                self.env._(
                    "Only a department head or the office manager can excuse "
                    "missed rounds."
                )
            )
        self.check_access("write")
        reason = self._reason_given(
            reason, self.env._("Enter the reason why this round was not done.")
        )
        for one in self:
            if one.state != "missed":
                raise UserError(
                    self.env._("“%(round)s” is not missed.", round=one.display_name)
                )
            if one.user_id == self.env.user:
                raise AccessError(
                    self.env._(
                        (
                            "“%(round)s” was assigned to you: somebody else has "
                            "to excuse it."
                        ),
                        round=one.display_name,
                    )
                )
        # sudo: only this method writes these fields
        self.sudo()._pen().write(
            {
                "is_excused": True,
                "excuse_reason": reason,
                "excused_by_id": self.env.uid,
                "excused_at": fields.Datetime.now(),
            }
        )
        text = self.env._("Excused: %(reason)s", reason=reason)
        self._message_log_batch({one.id: text for one in self})

    def action_open_phone(self):
        """Open the phone screen."""
        self._check_caller("core_group_staff")
        return self.env["ir.actions.actions"]._for_xml_id(
            "medical_office.core_round_phone_action"
        )

    def action_open_lines(self):
        """Open the lines of these rounds, grouped by room, to read or to answer."""
        self.check_access("read")
        view = self.env.ref("medical_office.core_round_line_view_list_by_room")
        return {
            **self.env["ir.actions.actions"]._for_xml_id(
                "medical_office.core_round_line_action"
            ),
            "name": self.env._("Lines by room"),
            "views": [(view.id, "list"), (False, "form")],
            "domain": [("round_id", "in", self.ids)],
            "context": {},
        }

    def action_open_failed(self):
        """Open what failed on these rounds."""
        action = self.action_open_lines()
        action["name"] = self.env._("Failed")
        action["domain"] = [("round_id", "in", self.ids), ("result", "=", "fail")]
        return action

    def action_open_schedule(self):
        """Open the schedule of this round."""
        self.check_access("read")
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "medical.core.schedule",
            "res_id": self.schedule_id.id,
            "view_mode": "form",
        }

    # -------------------------------------------------------------------- steps

    def _start(self, at=None):
        """Move the planned ones of ``self`` to in progress; batch.

        :param at: when, naive UTC; by default now
        """
        planned = self.filtered(lambda r: r.state == "planned")
        if not planned:
            return
        planned._ensure_lines()
        planned._move_to("in_progress")
        # sudo: started_at is written by this method only
        planned.sudo()._pen().started_at = at or fields.Datetime.now()

    def _sign(self, at=None):
        """Move to done with the current user's signature; batch.

        In this order: what is open or unsaid is refused, the signer's credential is
        asked for, the evidence is sealed, the rounds are closed, the domains are told.

        :param at: when, naive UTC; by default now
        """
        self._check_complete()
        self._check_not_applicable()
        self._check_signer()
        self._seal_evidence()
        self._move_to("done")
        if at:
            # sudo: a history that is loaded, no user
            self.sudo()._pen().signed_at = at
        self._medical_on_signed()

    def _state_values(self, state, reason):
        values = super()._state_values(state, reason)
        now = fields.Datetime.now()
        if state == "done":
            values.update(signed_by_id=self.env.uid, signed_at=now)
        elif state == "in_progress":
            values.update(signed_by_id=False, signed_at=False)
        elif state == "missed":
            values.update(missed_at=now)
        return values

    def _log_step(self, before, state, reason):
        """The chatter tells what is out of the ordinary.

        Who started and who signed stands on the round; a line for each would be two
        hundred thousand messages a year that nobody reads.
        """
        if not reason:
            return None
        return super()._log_step(before, state, reason)

    def _check_signer(self):
        """A checklist that asks for a credential is signed by one of its holders."""
        credentials = self.env["medical.core.credential"]
        today = fields.Date.context_today(self)
        asking = self.grouped(lambda round_: round_.checklist_id.credential_type_id)
        for kind, rounds in asking.items():
            if not credentials._those_holding(self.env.user, kind, today):
                raise UserError(
                    self.env._(
                        "“%(round)s” has to be signed by somebody with the credential "
                        "“%(credential)s” in force. Ask the office manager who that is.",
                        round=rounds[0].display_name,
                        credential=kind.name,
                    )
                )

    def _check_complete(self):
        """Refuse to sign while required lines are open, naming them."""
        empty = self.filtered(lambda r: not r.line_count)
        if empty:
            raise UserError(
                self.env._(
                    "“%(round)s” has no items to sign for: start it first.",
                    round=empty[0].display_name,
                )
            )
        asked = self.line_ids.filtered("doubt")
        if asked:
            raise UserError(
                self.env._(
                    "Confirm or correct before signing:\n%s",
                    "\n".join(f"{x.display_name}: {x.doubt}" for x in asked),
                )
            )
        open_lines = self.env["medical.core.round.line"].search(
            [
                ("round_id", "in", self.ids),
                ("result", "=", "open"),
                ("required", "=", True),
            ],
            order="round_id, id",
        )
        if not open_lines:
            return
        names = shown(self.env, open_lines.mapped("display_name"), 10)
        raise UserError(
            self.env._(
                "“%(round)s” cannot be signed yet. Answer, or mark as not applicable:\n"
                "%(lines)s",
                round=open_lines[0].round_id.display_name,
                lines="\n".join(f"• {name}" for name in names),
            )
        )

    # -------------------------------------------------------------------- hooks

    def _medical_on_missed(self):
        """Hook. Called with the rounds that have just become missed."""

    def _medical_on_signed(self):
        """Hook. Called with the rounds that have just been signed."""
