"""Schedules: which checklist is walked where, how often, and by whom."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# a change of these changes when rounds are due (the fields: core_schedule_rule.py)
RULE_FIELDS = {
    "frequency",
    "every",
    *WEEKDAYS,
    "month_by",
    "month_day",
    "month_week",
    "month_weekday",
    "times",
    "skip_closed",
    "date_start",
    "date_end",
    "site_id",
}
# a change of these changes the planned rounds as they stand
ROUTING_FIELDS = {
    "checklist_id",
    "department_id",
    "window_hours",
    "lead_hours",
    "owner_id",
    "backup_id",
}


class CoreSchedule(models.Model):
    """Checklist, targets, calendar and people. Its rounds are generated ahead."""

    _name = "medical.core.schedule"
    _description = "Round Schedule"
    _inherit = ["medical.core.used", "mail.thread", "medical.core.guard"]
    _order = "site_id, name, id"
    _check_company_auto = True
    # what is looked at; a domain adds what it has of its own
    _target_fields = ("room_ids", "equipment_ids")

    name = fields.Char(compute="_compute_name", store=True, readonly=False)
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    checklist_id = fields.Many2one(
        "medical.core.checklist",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    kind = fields.Selection(related="checklist_id.kind", store=True)
    site_id = fields.Many2one(
        "stock.warehouse",
        compute="_compute_site_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        check_company=True,
        help="Its opening hours and time zone determine when rounds are due.",
    )
    department_id = fields.Many2one(
        "hr.department",
        index="btree_not_null",
        check_company=True,
        help="Its head can view, reopen and excuse the rounds.",
    )
    room_ids = fields.Many2many(
        "stock.location",
        string="Rooms",
        check_company=True,
        domain="[('medical_room_type', '!=', False), "
        "('company_id', 'in', [company_id, False])]",
    )
    equipment_ids = fields.Many2many("maintenance.equipment", check_company=True)
    owner_id = fields.Many2one(
        "res.users",
        required=True,
        index=True,
        tracking=True,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    backup_id = fields.Many2one(
        "res.users",
        index="btree_not_null",
        tracking=True,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Does the rounds on days when the owner has approved time off.",
    )

    window_hours = fields.Float(
        "Done within (hours)",
        default=4.0,
        required=True,
        help="A round not signed within this time after it was due is missed.",
    )
    lead_hours = fields.Float(
        "May start before (hours)",
        default=12.0,
        required=True,
        help="How long before it is due a round can be started.",
    )
    horizon_days = fields.Integer(
        "Planned ahead (days)",
        default=14,
        required=True,
        help="How far ahead the rounds of this schedule are planned.",
    )
    generated_until = fields.Date(readonly=True, copy=False)
    round_ids = fields.One2many("medical.core.round", "schedule_id")
    round_count = fields.Integer(compute="_compute_round_counts")
    missed_count = fields.Integer(compute="_compute_round_counts")

    _window = models.Constraint(
        "CHECK (window_hours > 0 AND lead_hours >= 0)",
        "“Done within” must be more than 0 hours, and “May start before” 0 or more.",
    )
    _horizon = models.Constraint(
        "CHECK (horizon_days BETWEEN 1 AND 400)",
        "Plan rounds 1 to 400 days ahead.",
    )

    @api.depends("checklist_id.name", "site_id.name")
    def _compute_name(self):
        for schedule in self:
            parts = [schedule.checklist_id.name, schedule.site_id.name]
            schedule.name = " – ".join(part for part in parts if part)

    @api.depends(
        "room_ids.medical_site_id", "equipment_ids.location_id.medical_site_id"
    )
    def _compute_site_id(self):
        for schedule in self:
            rooms = schedule._target_rooms()
            schedule.site_id = schedule.site_id or rooms.medical_site_id[:1]

    def _compute_round_counts(self):
        counts = {}
        for schedule, state, count in self.env["medical.core.round"]._read_group(
            [("schedule_id", "in", self.ids)], ["schedule_id", "state"], ["__count"]
        ):
            counts.setdefault(schedule.id, {})[state] = count
        for schedule in self:
            by_state = counts.get(schedule.id, {})
            schedule.round_count = sum(by_state.values())
            schedule.missed_count = by_state.get("missed", 0)

    # checklist_id is always given: so a schedule made without targets is seen as well
    @api.constrains("checklist_id", "room_ids", "equipment_ids")
    def _check_targets(self):
        for schedule in self:
            if not any(schedule[name] for name in self._target_fields):
                raise ValidationError(
                    self.env._(
                        "“%(schedule)s” has no rooms or equipment: add at least one.",
                        schedule=schedule.name or schedule.checklist_id.name,
                    )
                )

    @api.constrains("checklist_id")
    def _check_items(self):
        for schedule in self:
            if not schedule.checklist_id.item_ids:
                raise ValidationError(
                    self.env._(
                        "The checklist “%(checklist)s” has no items yet: add some "
                        "before scheduling it.",
                        checklist=schedule.checklist_id.name,
                    )
                )

    @api.constrains("owner_id", "backup_id")
    def _check_backup(self):
        for schedule in self:
            if schedule.owner_id == schedule.backup_id:
                raise ValidationError(
                    self.env._(
                        "“%(schedule)s”: %(user)s cannot be both owner and backup.",
                        schedule=schedule.name,
                        user=schedule.owner_id.name,
                    )
                )
        today = fields.Date.context_today(self)
        people = self.owner_id | self.backup_id
        self.env["medical.core.bar"]._check(people, today, "assign")

    def write(self, vals):
        """Bring the planned rounds along with what changes."""
        if vals.keys() & {"owner_id", "backup_id"}:
            by_hand = self._planned_rounds().filtered("is_assigned_by_hand")
            by_hand._pen().is_assigned_by_hand = False
        result = super().write(vals)
        if "active" in vals:
            self._replan_active(vals["active"])
        if vals.keys() & {"checklist_id", *self._target_fields}:
            self._planned_rounds()._drop_lines()
        if vals.keys() & ROUTING_FIELDS:
            self._planned_rounds()._follow_schedule()
        if vals.keys() & RULE_FIELDS:
            self._replan()
        return result

    @api.constrains("company_id")
    def _check_company_kept(self):
        # sudo: rounds of every department count
        rounds = self.env["medical.core.round"].sudo()
        for schedule, company in rounds._read_group(
            [("schedule_id", "in", self.ids)], ["schedule_id", "company_id"]
        ):
            if company != schedule.company_id:
                raise ValidationError(
                    self.env._(
                        "“%(schedule)s” has rounds in %(company)s. Create a new "
                        "schedule in the other company and archive this one.",
                        schedule=schedule.name,
                        company=company.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_walked(self):
        """Planned rounds go with their schedule; what happened stays."""
        # sudo: rounds of other departments count even if the user does not see them
        rounds = self.env["medical.core.round"].sudo()
        walked = rounds.search(
            [("schedule_id", "in", self.ids), ("state", "!=", "planned")], limit=1
        )
        if walked:
            raise UserError(
                self.env._(
                    "“%(schedule)s” has rounds on record. Archive it instead: no new "
                    "rounds will be planned and the record is kept.",
                    schedule=walked.schedule_id.name,
                )
            )
        self._planned_rounds().unlink()

    def copy_data(self, default=None):
        return [
            dict(vals, name=self.env._("%(name)s (copy)", name=schedule.name))
            for schedule, vals in zip(self, super().copy_data(default), strict=True)
        ]

    def action_open_rounds(self):
        """Open the rounds of these schedules."""
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "medical_office.core_round_action"
        )
        action["domain"] = [("schedule_id", "in", self.ids)]
        action["context"] = {}
        return action

    def action_open_missed(self):
        """Open the missed rounds of these schedules."""
        action = self.action_open_rounds()
        action["domain"] = [("schedule_id", "in", self.ids), ("state", "=", "missed")]
        return action

    def action_generate(self):
        """Plan the rounds of these schedules now instead of waiting for the cron.

        The same rounds come of it as in the night, so it asks for the role alone: the
        director, who keeps no schedule, may ask for them, too.
        """
        self._check_caller("core_group_head")
        rounds = self._generate()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if rounds else "info",
                "message": self.env._("Rounds planned: %(count)s.", count=len(rounds)),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _planned_rounds(self):
        """The rounds nobody has started and whose window is not over, as superuser.

        Planned rounds follow their schedule whoever edits it; the right to edit the
        schedule was checked where this is called from.
        """
        rounds = self.env["medical.core.round"].sudo()  # sudo: see above
        return rounds.search(
            [
                ("schedule_id", "in", self.ids),
                ("state", "=", "planned"),
                ("date_late", ">", fields.Datetime.now()),
            ]
        )

    def _targets(self):
        """What is looked at in walking order, as (room, thing in it) pairs; the thing is
        empty where the room itself is looked at."""
        self.ensure_one()
        return sorted(
            self._target_pairs(),
            key=lambda pair: (
                pair[0].medical_sequence,
                pair[0].complete_name or "",
                pair[1].name or "",
                pair[1].id,
            ),
        )

    def _target_pairs(self):
        empty = self.env["maintenance.equipment"]
        pairs = [(room, empty) for room in self.room_ids]
        return pairs + [(item.location_id, item) for item in self.equipment_ids]

    def _target_rooms(self):
        """The rooms the rounds of these schedules lead to."""
        return self.room_ids | self.equipment_ids.location_id

    def _paused_targets(self):
        """{model name: paused targets of these schedules}."""
        return {
            self[name]._name: self._medical_is_paused(self[name])
            for name in self._target_fields
        }

    @api.model
    def _medical_is_paused(self, targets):
        """Hook. The targets which are not to be looked at now (tagged out, closed).

        :param targets: records of one of the models of ``_target_fields``
        :return: the paused ones among them; the core pauses none
        """
        return targets.browse()
