"""Work requests: where the fault is, how urgent, from report to closed repair."""

import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...core.mixins.decidable import Waiting
from ...core.mixins.open_action import open_action

SOURCES = [
    ("manual", "Reported manually"),
    ("round", "Failed on a round"),
    ("qr", "Reported by QR code"),
    ("plan", "Maintenance plan"),
]
# born from something that has to be settled: not everybody closes or cancels these
SETTLED_BY_HEAD = ("round", "qr", "plan")
OPEN = [("stage_id.done", "=", False), ("archive", "=", False)]


class MaintenanceRequest(models.Model):
    _name = "maintenance.request"
    _inherit = [
        "medical.core.guard",
        "medical.core.pictured",
        "medical.core.decidable",
        "maintenance.request",
    ]
    _photo_fields = ("medical_photo",)

    # a second person looks at a repair and closes it
    _decisions = {
        "check": Waiting(
            "action_medical_close",
            groups=("core_group_head",),
            barred=("medical_repaired_by_id",),
            days=2,
        )
    }
    _decision_domain = "facility"

    _scope_fields = frozenset({"company_id"})
    _lock_state = "medical_lock"
    _standing_field = "stage_id"
    # what a closed repair was, how urgent, by whom and what it cost
    _locked = {
        "closed": frozenset(
            {
                "company_id",
                "equipment_id",
                "maintenance_type",
                "medical_cost_ids",
                "medical_outlet_id",
                "medical_panel_id",
                "medical_photo",
                "medical_room_id",
                "medical_vendor_id",
                "priority",
                "request_date",
                "user_id",
            }
        )
    }
    _deletable_in = frozenset({"free"})

    medical_lock = fields.Selection(
        [("free", "Manual"), ("fault", "Record of a fault"), ("closed", "Closed")],
        "Kept as",
        compute="_compute_medical_lock",
        search="_search_medical_lock",
        help=(
            "A closed request cannot be changed, and the record of a fault cannot "
            "be deleted."
        ),
    )
    medical_source = fields.Selection(
        SOURCES, "Source", default="manual", required=True, readonly=True
    )
    medical_room_id = fields.Many2one(
        "stock.location",
        "Room",
        compute="_compute_medical_room_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        check_company=True,
        domain="[('medical_room_type', '!=', False)]",
        tracking=True,
    )
    medical_site_id = fields.Many2one(
        related="medical_room_id.warehouse_id", string="Site", store=True, index=True
    )
    medical_department_id = fields.Many2one(
        related="medical_room_id.medical_department_id",
        string="Department",
        store=True,
        index="btree_not_null",
    )
    medical_kind_id = fields.Many2one(
        related="equipment_id.medical_kind_id", string="Asset Type", store=True
    )
    medical_outlet_id = fields.Many2one(
        "medical.facility.outlet",
        "Outlet",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
    medical_panel_id = fields.Many2one(
        "medical.facility.panel",
        "Panel",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
    medical_item_id = fields.Many2one(
        "medical.core.checklist.item",
        "Failed check",
        readonly=True,
        index="btree_not_null",
        copy=False,
    )
    medical_photo = fields.Binary("Photo", attachment=True, copy=False)
    medical_reported_at = fields.Datetime(
        "Reported", default=fields.Datetime.now, readonly=True, copy=False, index=True
    )
    medical_started_at = fields.Datetime("In progress since", readonly=True, copy=False)
    medical_repaired_at = fields.Datetime("Repaired", readonly=True, copy=False)
    medical_repaired_by_id = fields.Many2one(
        "res.users", "Repaired by", readonly=True, copy=False
    )
    medical_closed_at = fields.Datetime("Closed", readonly=True, copy=False)
    medical_due = fields.Datetime(
        "Due", compute="_compute_medical_due", store=True, index=True, tracking=True
    )
    medical_is_late = fields.Boolean(
        "Late", compute="_compute_medical_age", search="_search_medical_is_late"
    )
    medical_age_days = fields.Float("Age (days)", compute="_compute_medical_age")
    medical_may_work = fields.Boolean(
        "May Work on It", compute="_compute_medical_may_work"
    )
    medical_step = fields.Selection(related="stage_id.medical_step", string="Step")
    medical_status_token = fields.Char(
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups="medical_office.core_group_head",
        string="Token of the Status Page",
    )

    _medical_open = models.Index("(company_id, medical_due) WHERE archive IS NOT TRUE")
    _medical_equipment_reported = models.Index("(equipment_id, medical_reported_at)")

    @api.depends("equipment_id", "medical_outlet_id", "medical_panel_id")
    def _compute_medical_room_id(self):
        # sudo: who reports a fault may not read every asset; its room is no secret
        for request in self.sudo():
            request.medical_room_id = (
                request.equipment_id.location_id
                or request.medical_outlet_id.room_id
                or request.medical_panel_id.room_id
                or request.medical_room_id
            )

    @api.depends("stage_id.done", "medical_source")
    def _compute_medical_lock(self):
        for request in self:
            if request.done:
                request.medical_lock = "closed"
            else:
                settled = request.medical_source in SETTLED_BY_HEAD
                request.medical_lock = "fault" if settled else "free"

    def _search_medical_lock(self, operator, value):
        if operator != "in":
            return NotImplemented
        settled = fields.Domain("medical_source", "in", SETTLED_BY_HEAD)
        is_open = fields.Domain("stage_id.done", "=", False)
        domains = {
            "closed": ~is_open,
            "fault": is_open & settled,
            "free": is_open & ~settled,
        }
        return fields.Domain.OR(domains[key] for key in value if key in domains)

    @api.depends("priority", "medical_reported_at", "company_id")
    def _compute_medical_due(self):
        level_of = self.env["medical.facility.sla"]._in_force()
        for request in self:
            start = request.medical_reported_at
            level = start and level_of(
                request.priority,
                request.company_id.id,
                request.company_id._medical_day(start),
            )
            request.medical_due = level and start + timedelta(hours=level.hours)

    @api.depends_context("uid")
    def _compute_medical_may_work(self):
        """Whether who looks may change the request: director and auditor only read it."""
        may = self._filtered_access("write")
        for request in self:
            request.medical_may_work = request in may or not request.id

    @api.depends("medical_due", "medical_reported_at", "medical_closed_at", "stage_id")
    def _compute_medical_age(self):
        now = fields.Datetime.now()
        for request in self:
            start = request.medical_reported_at or now
            end = (request.medical_closed_at or now) if request.done else now
            request.medical_age_days = max((end - start).total_seconds(), 0) / 86400
            request.medical_is_late = bool(
                not request.done
                and not request.archive
                and request.medical_due
                and request.medical_due < now
            )

    def _search_medical_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = fields.Domain([*OPEN, ("medical_due", "<", fields.Datetime.now())])
        return late if True in value else ~late

    # ------------------------------------------------------------------- guards

    def _birth_values(self, vals):
        """A request begins open, whatever its maker's own defaults say."""
        stage = self.env["maintenance.stage"].browse(vals.get("stage_id"))
        return {
            **super()._birth_values(vals),
            "stage_id": stage.id
            if stage and not stage.done
            else self._default_stage().id,
            "archive": False,
            "close_date": False,
            "kanban_state": vals.get("kanban_state") or "normal",
        }

    @api.model
    def _medical_new_token(self):
        return secrets.token_urlsafe(24)

    @api.model_create_multi
    def create(self, vals_list):
        """Choose the team by the rule where none is given; refuse unfit people."""
        open_team = self._medical_fill_team(vals_list)
        requests = super().create(vals_list)
        # a field with a default is not computed: the rule has its say now
        requests.browse(
            [requests[i].id for i in open_team]
        )._compute_maintenance_team_id()
        chosen = [i for i, vals in enumerate(vals_list) if vals.get("user_id")]
        requests.browse([requests[i].id for i in chosen])._medical_check_people()
        return requests

    def write(self, vals):
        """A step has its moment, an assignee has to fit, the reporter hears of it."""
        told = self._medical_told_states(vals)
        result = super().write(vals)
        stage = self.env["maintenance.stage"].browse(vals.get("stage_id"))
        if stage:
            self._medical_note_stage(stage)
        if vals.get("user_id") or vals.get("medical_vendor_id"):
            self._medical_check_people()
        self._medical_tell_reporters(told)
        if not vals.keys().isdisjoint(("stage_id", "archive")):
            self._medical_sync_decisions()
        return result

    def _medical_sync_decisions(self):
        """What waits to be closed, and what is tagged out and waits for its return."""
        self._decision_sync()
        # sudo: whoever closes a repair need not see the tag that waited for it
        tags = self.env["medical.facility.tagout"].sudo()
        tags.search(
            [("request_id", "in", self.ids), ("state", "=", "out")]
        )._decision_sync()

    def _decision_state(self):
        """Repaired, and what failed has passed again: it waits to be closed."""
        self.ensure_one()
        if self.archive or not self.medical_step:
            return "done" if self.archive or self.done else "work"
        if self.medical_step == "check" and self.medical_retest_state == "waiting":
            return "retest"
        return self.medical_step

    def _decision_label(self):
        if self.archive:
            return self.env._("Canceled")
        if self._decision_state() == "retest":
            return self.env._("Must pass again")
        return self.stage_id.name

    def _decision_department(self):
        return self.medical_department_id

    def _check_editors(self, vals):
        """Refuse the auditor, who as an internal user might report and edit."""
        super()._check_editors(vals)
        if self.env.user._is_medical_auditor():
            raise AccessError(
                self.env._(
                    "Auditors can view requests only. Ask the office to report it."
                )
            )

    def _check_locks(self, vals):
        """Refuse what a stage does not allow yet, beside what a closed request keeps."""
        super()._check_locks(vals)
        stage = self.env["maintenance.stage"].browse(vals.get("stage_id"))
        if stage.done:
            self._medical_check_closable(stage)
        if vals.get("archive"):
            self._medical_check_cancel()

    def _program_message(self, name):
        return self.env._(
            "%(field)s of a request is set with its buttons and cannot be edited.",
            field=self._guard_label(name),
        )

    def _locked_message(self, name):
        if name == "medical_cost_ids":
            return self.env._(
                "“%(request)s” is closed. Reopen it to enter or change its costs.",
                request=self.name,
            )
        return self.env._(
            "“%(request)s” is closed, so “%(field)s” cannot be changed. Reopen it to "
            "change it.",
            request=self.name,
            field=self._guard_label(name),
        )

    def _kept_message(self):
        if self.medical_source in SETTLED_BY_HEAD:
            return self.env._(
                "“%(request)s” is the record of a fault. Cancel it instead of "
                "deleting it.",
                request=self.name,
            )
        return self.env._(
            "“%(request)s” is closed and stays on record.", request=self.name
        )

    def _medical_note_stage(self, stage):
        """When the request was taken in hand and when it was closed."""
        now = fields.Datetime.now()
        # sudo: whoever moves a request need not see what follows from its stage
        own = self.sudo()._pen()
        if stage.done:
            own.filtered(lambda r: not r.medical_closed_at).medical_closed_at = now
        else:
            own.filtered("medical_closed_at").medical_closed_at = False
            if stage.medical_step in ("work", "check"):
                waiting = own.filtered(lambda r: not r.medical_started_at)
                waiting.medical_started_at = now

    def _medical_check_closable(self, stage):
        """Refuse to close what is not settled, naming the request and what is missing.

        The program itself is not asked.

        :param stage: the done stage it goes to
        """
        self._medical_check_settler()
        if stage.medical_step != "scrap":
            self._medical_check_retest()
            self._medical_check_preventive()

    def _medical_check_settler(self):
        """Whoever repaired it does not close it; a fault is closed by a head."""
        may_settle = self._medical_may_settle()
        for request in self.filtered(lambda r: not r.done):
            if request.medical_source in SETTLED_BY_HEAD and not may_settle:
                raise AccessError(
                    self.env._(
                        "“%(request)s”: press “Repaired”. A department head or the "
                        "office manager then checks it and closes it.",
                        request=request.name,
                    )
                )
            if request.medical_repaired_by_id == self.env.user:
                raise AccessError(
                    self.env._(
                        "“%(request)s”: you repaired it, so somebody else has to "
                        "check it and close it.",
                        request=request.name,
                    )
                )

    @api.model
    def _medical_may_settle(self):
        return self.env.user.has_groups(
            "medical_office.core_group_head,maintenance.group_equipment_manager"
        )

    def _medical_check_cancel(self):
        settled = self.filtered(lambda r: r.medical_source in SETTLED_BY_HEAD)
        if settled and not self._medical_may_settle():
            raise AccessError(
                self.env._(
                    "“%(request)s” comes from a round, a report or a maintenance "
                    "plan. Only a department head or the office manager can cancel "
                    "it.",
                    request=settled[0].name,
                )
            )

    # ------------------------------------------------------------------ actions

    def action_medical_start(self):
        """Take requests in hand: they are in work, and mine where nobody had them.

        :raises AccessError: no role in the practice, or not one's own to work on
        """
        self._check_caller("core_group_staff")
        self.check_access("write")
        self._medical_check_open()
        stage = self.env["maintenance.stage"]._medical_stage("work")
        free = self.filtered(lambda r: not r.user_id)
        free.write({"user_id": self.env.uid})
        self.write({"stage_id": stage.id})

    def action_medical_repaired(self):
        """Say that the work is done: somebody else looks at it, then it is closed.

        :raises AccessError: no role in the practice, or not one's own to work on
        """
        self._check_caller("core_group_staff")
        self.check_access("write")
        self._medical_check_open()
        for request in self:
            problem = request._medical_assignee_problem(self.env.user)
            if problem:
                raise UserError(problem)
        stage = self.env["maintenance.stage"]._medical_stage("check")
        # sudo: who works on a request need not have the right to each of its fields
        self.sudo()._pen().write(
            {
                "medical_repaired_at": fields.Datetime.now(),
                "medical_repaired_by_id": self.env.uid,
            }
        )
        self.write({"stage_id": stage.id, "kanban_state": "done"})
        self.sudo()._medical_plan_retest()  # sudo: rounds are made by the program

    def action_medical_close(self):
        """Close requests that were looked at after the repair.

        :raises AccessError: no role in the practice, or who repaired it
        """
        self._check_caller("core_group_staff")
        self.check_access("write")
        self._medical_check_open()
        stage = self.env["maintenance.stage"]._medical_stage("done")
        self.write({"stage_id": stage.id})

    def _medical_check_open(self):
        closed = self.filtered(lambda r: r.done or r.archive)
        if closed:
            raise UserError(
                self.env._(
                    "“%(request)s” is closed already. Reload the page.",
                    request=closed[0].name,
                )
            )

    def action_medical_open_equipment(self):
        """Open the asset of the request."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "maintenance.equipment",
            "res_id": self.equipment_id.id,
            "view_mode": "form",
        }

    def action_medical_open_room(self):
        """Open the room of the request."""
        self.ensure_one()
        self._check_caller("core_group_staff", "core_group_auditor")
        return open_action(self.medical_room_id)
