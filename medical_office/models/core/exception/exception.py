"""The exception register: everything that is not as it should be, with an owner."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ..check.check import DOMAINS, SEVERITIES, SEVERITY_RANK
from ..mixins.decidable import Waiting
from ..mixins.open_action import open_action

OPEN_STATES = ("open", "requested")
# from here on a second person has to agree to look away
SECOND_PERSON_RANK = SEVERITY_RANK["high"]
LONGEST_WAIVER_DAYS = 366
MONEY_READERS = ",".join(
    f"medical_office.core_group_{role}"
    for role in ("head", "manager", "director", "accountant")
)


class CoreException(models.Model):
    """One thing that is wrong, as its check sees it.

    Only a check opens, updates and closes an exception (``core_exception_sync``). People
    take it over, pass it on, or waive it with a reason and an end. No role may create,
    write or delete one directly: the methods here check, then write as the system.
    """

    _name = "medical.core.exception"
    _description = "Exception"
    _inherit = ["mail.thread", "mail.activity.mixin", "medical.core.workflow"]
    _order = "severity_rank desc, date_due, id"
    _rec_name = "summary"
    # a comment changes nothing in the register
    _mail_post_access = "read"

    _transitions = {
        ("open", "requested"): "core_group_staff",
        ("open", "waived"): "core_group_head",
        ("requested", "waived"): "core_group_head",
        ("requested", "open"): "core_group_staff",
        ("waived", "open"): "core_group_head",
        # the checks' own steps
        ("open", "closed"): None,
        ("requested", "closed"): None,
        ("waived", "closed"): None,
        ("closed", "open"): None,
    }
    _segregated = {"waived": ("waived_by_id",)}
    _decisions = {
        "requested": Waiting(
            "action_approve_waiver", "action_refuse_waiver", to="waived"
        )
    }
    _reason_required = frozenset(
        {"requested", "waived", ("requested", "open"), ("waived", "open")}
    )
    _reason_methods = frozenset({"action_refuse_waiver", "action_end_waiver"})

    summary = fields.Char(required=True, readonly=True)
    check_id = fields.Many2one(
        "medical.core.check",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    domain = fields.Selection(DOMAINS, string="Area", required=True, readonly=True)
    res_model = fields.Char(string="Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", required=True, readonly=True
    )
    key = fields.Char(
        default="",
        readonly=True,
        help=("Distinguishes several findings about one record."),
    )
    company_id = fields.Many2one(
        "res.company",
        readonly=True,
        index=True,
        ondelete="cascade",
        help="Empty: applies to every company.",
    )
    department_id = fields.Many2one("hr.department", readonly=True, index=True)
    severity = fields.Selection(SEVERITIES, required=True, readonly=True)
    severity_rank = fields.Integer(
        compute="_compute_severity_rank", store=True, aggregator="max"
    )
    money_at_risk = fields.Monetary(readonly=True, groups=MONEY_READERS)
    currency_id = fields.Many2one(
        "res.currency", compute="_compute_currency_id", store=True
    )
    user_id = fields.Many2one("res.users", string="Owner", readonly=True, index=True)
    backup_id = fields.Many2one("res.users", readonly=True, index=True)
    assigned_by_id = fields.Many2one(
        "res.users",
        readonly=True,
        help=(
            "Who set the owner manually; the check then leaves owner and backup "
            "unchanged."
        ),
    )
    date_due = fields.Datetime(string="Due", readonly=True)
    date_opened = fields.Datetime(string="Opened", required=True, readonly=True)
    date_closed = fields.Datetime(string="Closed", readonly=True)
    reopen_count = fields.Integer(
        string="Reopened",
        readonly=True,
        aggregator="sum",
        help="How often it came back after it had been closed.",
    )
    escalation_level = fields.Integer(readonly=True, aggregator="max")
    state = fields.Selection(
        [
            ("open", "Open"),
            ("requested", "Waiver requested"),
            ("waived", "Waived"),
            ("closed", "Closed"),
        ],
        default="open",
        required=True,
        readonly=True,
    )
    is_open = fields.Boolean(
        compute="_compute_is_open",
        store=True,
        help="Open, including while a waiver is only requested.",
    )
    is_overdue = fields.Boolean(
        compute="_compute_is_overdue", search="_search_is_overdue", string="Overdue"
    )
    waive_reason = fields.Text(readonly=True)
    waive_until = fields.Date(string="Waived Until", readonly=True)
    waived_by_id = fields.Many2one(
        "res.users", readonly=True, help="Who waived it or requested the waiver."
    )
    waive_approved_by_id = fields.Many2one("res.users", readonly=True)
    can_assign = fields.Boolean(compute="_compute_can")
    can_reassign = fields.Boolean(compute="_compute_can")
    can_waive = fields.Boolean(compute="_compute_can")
    can_approve = fields.Boolean(compute="_compute_can")

    # company 0 stands for "every company": NULLs would never be equal
    _identity_unique = models.UniqueIndex(
        "(check_id, res_model, res_id, key, COALESCE(company_id, 0))",
        "This exception is in the register already.",
    )
    _open_idx = models.Index("(severity_rank DESC, date_due, id) WHERE is_open")
    _live_idx = models.Index("(check_id) WHERE state <> 'closed'")
    _record_idx = models.Index("(res_model, res_id)")
    _opened_idx = models.Index("(date_opened)")
    _closed_idx = models.Index("(date_closed) WHERE date_closed IS NOT NULL")

    @api.depends("severity")
    def _compute_severity_rank(self):
        for exception in self:
            exception.severity_rank = SEVERITY_RANK.get(exception.severity, 0)

    @api.depends("company_id")
    def _compute_currency_id(self):
        for exception in self:
            company = exception.company_id or self.env.company
            exception.currency_id = company.currency_id

    @api.depends("state")
    def _compute_is_open(self):
        for exception in self:
            exception.is_open = exception.state in OPEN_STATES

    @api.depends("state", "date_due")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for exception in self:
            due = exception.date_due
            exception.is_overdue = exception.is_open and bool(due) and due < now

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("is_open", "=", True), ("date_due", "<", fields.Datetime.now())]

    @api.depends_context("uid")
    @api.depends("state", "user_id", "severity_rank", "waived_by_id")
    def _compute_can(self):
        staff = self._guard_user_in("core_group_staff")
        head = self._guard_user_in("core_group_head")
        user = self.env.user
        for exception in self:
            exception.can_assign = (
                staff and exception.is_open and exception.user_id != user
            )
            exception.can_reassign = head and exception.is_open
            exception.can_waive = staff and exception.state == "open"
            exception.can_approve = (
                exception.state == "requested"
                and exception.waived_by_id != user
                and exception._may_decide()
            )

    # ------------------------------------------------------------------- owner

    def action_open_record(self):
        """Open the screen in which the exception is dealt with.

        :raises UserError: the record is gone, or the user may not read it
        """
        self.check_access("read")
        self.ensure_one()
        record = self._record()
        if not record.has_access("read"):
            raise UserError(
                self.env._(
                    "“%(summary)s”: your role cannot open this record. Ask %(owner)s "
                    "or the office manager.",
                    summary=self.summary,
                    # sudo: a name is no secret to somebody who reads the exception
                    owner=self.sudo().user_id.name or self.env._("its owner"),
                )
            )
        return open_action(record, self)

    def _record(self):
        self.ensure_one()
        model = self.env.get(self.res_model)
        # sudo: existence is no secret here, the exception itself names the record
        if model is None or not model.sudo().browse(self.res_id).exists():
            raise UserError(
                self.env._(
                    "“%(summary)s”: the record no longer exists. The exception closes "
                    "the next time its check runs; press Refresh to run it now.",
                    summary=self.summary,
                )
            )
        return model.browse(self.res_id)

    def action_assign_to_me(self):
        """Become the owner; the owner before becomes the backup.

        :raises AccessError: the user may not see it, or only reads (auditor)
        :raises UserError: it is not open any more
        """
        self._check_actor("core_group_staff")
        user = self.env.user
        for owner, exceptions in self.grouped("user_id").items():
            if owner != user:
                exceptions._assign(user, owner)

    def action_reassign(self, user_id, backup_id=False):
        """Give the exceptions to somebody else.

        :param user_id: id of the new owner
        :param backup_id: id of who acts in the owner's absence, or False
        :raises AccessError: the user is no head or manager, or may not see them
        :raises UserError: not open, or the new owner could not see the exception
        """
        self._check_actor("core_group_head")
        people = self.env["res.users"].browse([i for i in (user_id, backup_id) if i])
        # sudo: whether somebody works here, and in which company, a head may know
        known = people.sudo().exists()
        for person in known:
            self._check_assignable(person)
        if len(known) != len(people) or not user_id:
            raise UserError(self.env._("Choose the user who should own the exception."))
        self._assign(people[0], people[1:])

    def _check_assignable(self, person):
        outside = self.filtered(
            lambda e: e.company_id and e.company_id not in person.company_ids
        )
        if (
            outside
            or not person.active
            or not person.has_group("medical_office.core_group_staff")
        ):
            raise UserError(
                self.env._(
                    "%(user)s could not see “%(summary)s”: choose somebody active, with "
                    "a role in the medical office and access to %(company)s.",
                    user=person.name,
                    summary=(outside or self)[0].summary,
                    # sudo: its name only
                    company=(outside or self)[0].sudo().company_id.name
                    or self.env._("its company"),
                )
            )

    def _assign(self, owner, backup):
        # sudo: nobody writes the register; the caller checked role, rule and state
        self.sudo()._pen().write(
            {
                "user_id": owner.id,
                "backup_id": backup.id,
                "assigned_by_id": self.env.uid,
            }
        )
        text = self.env._(
            "Owner: %(owner)s, backup: %(backup)s",
            owner=owner.sudo().name,  # sudo: its name only
            backup=backup.sudo().name or self.env._("nobody"),  # sudo: its name only
        )
        self._message_log_batch(dict.fromkeys(self.ids, text))

    def _check_actor(self, group, states=OPEN_STATES):
        self._check_caller(group)
        self.check_access("read")
        over = self.filtered(lambda e: e.state not in states)
        if over:
            raise UserError(
                self.env._(
                    "“%(summary)s” is already %(state)s. Reload the page: a check or "
                    "somebody else changed it.",
                    summary=over[0].summary,
                    state=self._workflow_label(over[0].state).lower(),
                )
            )

    # ------------------------------------------------------------------ waiver

    def action_waive(self, reason, until):
        """Look away from the exceptions until a day, for a reason.

        Low and medium ones are waived at once by a head or the manager. High and
        critical ones, and those asked for by the staff or by a head for an own one,
        become "waiver requested": somebody else approves.

        :param reason: text
        :param until: last day of the waiver, date or ISO text
        :raises AccessError: the user may not see them, or only reads
        :raises UserError: not open, no reason, no end, an end in the past or too far
        """
        self._check_actor("core_group_staff", states=("open",))
        reason = self._check_waiver(reason, until)
        at_once = self.filtered(lambda e: e._may_waive_at_once())
        terms = {"waive_reason": reason, "waive_until": until}
        # sudo: nobody writes the register; actor, state and terms were checked above
        self.sudo()._pen().write(terms)
        at_once.sudo()._move_to("waived", reason)  # sudo: as above
        (self - at_once).sudo()._move_to("requested", reason)  # sudo: as above

    def _check_waiver(self, reason, until):
        reason = self._reason_given(
            reason, self.env._("Enter the reason for the waiver.")
        )
        day = fields.Date.to_date(until)
        today = fields.Date.context_today(self)
        last = fields.Date.add(today, days=LONGEST_WAIVER_DAYS)
        if not day or not today < day <= last:
            raise UserError(
                self.env._(
                    "A waiver must end after today and no later than %(last)s. Choose "
                    "another date.",
                    last=format_date(self.env, last),
                )
            )
        return reason

    def _may_waive_at_once(self):
        """Small things, by the owner's head or the manager; not by the owner."""
        if self.severity_rank >= SECOND_PERSON_RANK:
            return False
        if self._guard_user_in("core_group_manager"):
            return True
        return self._guard_user_in("core_group_head") and self.user_id != self.env.user

    def _may_decide(self):
        """Whether the user may approve or refuse a waiver of this severity."""
        if self.severity_rank >= SECOND_PERSON_RANK:
            return self._guard_user_in(("core_group_manager", "core_group_director"))
        return self._guard_user_in("core_group_head")

    def action_approve_waiver(self):
        """Approve the requested waivers, as somebody else than who asked.

        :raises AccessError: own request, or the role does not reach for the severity
        :raises UserError: no waiver is requested, or its end has passed meanwhile
        """
        self._check_actor("core_group_head", states=("requested",))
        self._check_may_decide()
        for exception in self:
            exception._check_waiver(exception.waive_reason, exception.waive_until)
        for reason, exceptions in self.grouped("waive_reason").items():
            # sudo: nobody writes the register; actor and state were checked above
            exceptions.sudo()._move_to("waived", reason)

    def action_refuse_waiver(self, reason):
        """Refuse, or as the one who asked withdraw, a requested waiver."""
        self._check_actor("core_group_staff", states=("requested",))
        self.filtered(lambda e: e.waived_by_id != self.env.user)._check_may_decide()
        # sudo: nobody writes the register; actor and state were checked above
        self.sudo()._move_to("open", reason)

    def action_end_waiver(self, reason):
        """Open waived exceptions again before their waiver ends."""
        self._check_actor("core_group_head", states=("waived",))
        self.sudo()._move_to("open", reason)  # sudo: as above

    def _decision_groups(self, state):
        if self.severity_rank >= SECOND_PERSON_RANK:
            return ("core_group_manager", "core_group_director")
        return super()._decision_groups(state)

    def _decision_values(self):
        # no amount: who asked sees the row, and may be nobody who sees money at risk
        return {
            **super()._decision_values(),
            "name": self.env._("Waiver: %s", self.summary),
            "domain": self.domain,
        }

    def _check_may_decide(self):
        refused = self.filtered(lambda e: not e._may_decide())
        if refused:
            raise AccessError(
                self.env._(
                    "“%(summary)s” is %(severity)s: the office manager or the director "
                    "decides on the waiver.",
                    summary=refused[0].summary,
                    severity=self.env._("high or critical"),
                )
                if refused[0].severity_rank >= SECOND_PERSON_RANK
                else self.env._(
                    "“%(summary)s”: a department head decides on the waiver.",
                    summary=refused[0].summary,
                )
            )

    def _state_values(self, state, reason):
        now = fields.Datetime.now()
        unwaived = {
            "waive_reason": False,
            "waive_until": False,
            "waived_by_id": False,
            "waive_approved_by_id": False,
        }
        if state == "requested":
            return {"waived_by_id": self.env.uid}
        if state == "waived":
            asked = self[:1].state == "requested"
            field = "waive_approved_by_id" if asked else "waived_by_id"
            return {field: self.env.uid}
        if state == "closed":
            return {"date_closed": now, **unwaived}
        return {"date_closed": False, **unwaived}

    def action_ask_waiver(self):
        """Open the dialog for a waiver of the selected exceptions."""
        self._check_actor("core_group_staff", states=("open",))
        return self._dialog("medical.core.waive.wizard", self.env._("Waive"))

    def action_ask_owner(self):
        """Open the dialog for another owner of the selected exceptions."""
        self._check_actor("core_group_head")
        return self._dialog("medical.core.assign.wizard", self.env._("Reassign"))

    def _dialog(self, model, name):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_exception_ids": [fields.Command.set(self.ids)]},
        }
