"""Preventive plans: by date, by completion, by a usage counter.

A plan runs on the round engine: it keeps one schedule and sets the day of its next round.
So each occurrence is a round that is signed line by line or becomes missed and stays on
record. The host's own recurrence copies a request when it is closed, so it stops with the
first one that is not; OCA's ``maintenance_plan`` keeps no misses and no counters.
"""

import logging
from decimal import Decimal

from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ....tools.facility import upkeep
from .rounds import OPEN_ROUND

_logger = logging.getLogger(__name__)

STOPPED = "facility_maintenance_plan_stopped"
# what the schedule takes from its plan
SHARED = {
    "checklist_id",
    "owner_id",
    "backup_id",
    "window_days",
    "equipment_id",
    "name",
}
TIME = "09:00"


class FacilityPlan(models.Model):
    _name = "medical.facility.maintenance.plan"
    _description = "Maintenance Plan"
    _inherit = ["mail.thread", "medical.core.guard"]
    _order = "date_next, name, id"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name", store=True, readonly=False)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    equipment_id = fields.Many2one(
        "maintenance.equipment",
        "Asset",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    checklist_id = fields.Many2one(
        "medical.core.checklist",
        required=True,
        check_company=True,
        ondelete="restrict",
        default=lambda self: self.env.ref(
            "medical_office.facility_checklist_preventive", raise_if_not_found=False
        ),
    )
    basis = fields.Selection(
        [
            ("date", "From the due date"),
            ("completion", "From the day of the work"),
            ("counter", "By a usage counter"),
        ],
        required=True,
        default="completion",
        tracking=True,
        help="From the due date: the interval stays fixed. From the day of the work: "
        "the interval restarts when the work is done. By a usage counter: after "
        "a number of cycles, hours or miles.",
    )
    every = fields.Integer(default=1, required=True, tracking=True)
    unit = fields.Selection(
        [("day", "days"), ("week", "weeks"), ("month", "months"), ("year", "years")],
        default="year",
        required=True,
        tracking=True,
    )
    counter_every = fields.Float("Every (counter units)", digits=(12, 1), tracking=True)
    counter_unit = fields.Char(default=lambda self: self.env._("cycles"))
    counter_done = fields.Float(
        "Counter at the last work", digits=(12, 1), copy=False, tracking=True
    )
    counter_now = fields.Float(
        "Counter now", digits=(12, 1), compute="_compute_counter_now"
    )
    window_days = fields.Integer(
        "Done within (days)",
        default=14,
        required=True,
        help="Work not signed within this time after it was due is missed. It stays "
        "on record and becomes due again.",
    )
    owner_id = fields.Many2one(
        "res.users",
        "Responsible",
        required=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    backup_id = fields.Many2one(
        "res.users",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    makes_request = fields.Boolean(
        "Open a request",
        help="Each occurrence also opens a preventive request, for a vendor visit or "
        "for hours and parts. It can be closed after the round is signed.",
    )
    date_next = fields.Date(
        "Next due",
        copy=False,
        index=True,
        tracking=True,
        help="Choose the first date; later ones follow from the maintenance plan. "
        "Empty while a usage counter has not been reached.",
    )
    month_day = fields.Integer(
        "Day of the month",
        readonly=True,
        copy=False,
        help="The original day: after a shorter month, the plan returns to it.",
    )
    schedule_id = fields.Many2one(
        "medical.core.schedule", readonly=True, copy=False, index=True
    )
    problem = fields.Char(
        "Stopped by",
        readonly=True,
        copy=False,
        help="Why the next round could not be planned. It resumes automatically when "
        "this is corrected.",
    )
    round_count = fields.Integer(compute="_compute_round_counts")
    missed_count = fields.Integer("Missed", compute="_compute_round_counts")

    _every = models.Constraint(
        "CHECK (every >= 1 AND window_days >= 1)",
        "Intervals and windows must be 1 or more.",
    )
    _schedule = models.UniqueIndex(
        "(schedule_id) WHERE schedule_id IS NOT NULL",
        ("A schedule can have only one maintenance plan."),
    )

    @api.depends("equipment_id.name", "checklist_id.name")
    def _compute_name(self):
        for plan in self:
            parts = [plan.equipment_id.name, plan.checklist_id.name]
            plan.name = " – ".join(part for part in parts if part)

    @api.depends("equipment_id")
    def _compute_counter_now(self):
        latest = dict(
            self.env["medical.facility.usage"]._read_group(
                [("equipment_id", "in", self.equipment_id.ids)],
                ["equipment_id"],
                ["value:max"],
            )
        )
        for plan in self:
            plan.counter_now = latest.get(plan.equipment_id, 0.0)

    def _compute_round_counts(self):
        counts = {}
        for schedule, state, count in self.env["medical.core.round"]._read_group(
            [
                ("schedule_id", "in", self.schedule_id.ids),
                ("medical_request_id", "=", False),
            ],
            ["schedule_id", "state"],
            ["__count"],
        ):
            counts.setdefault(schedule.id, {})[state] = count
        for plan in self:
            by_state = counts.get(plan.schedule_id.id, {})
            plan.round_count = sum(by_state.values())
            plan.missed_count = by_state.get("missed", 0)

    @api.constrains("basis", "counter_every", "date_next")
    def _check_basis(self):
        for plan in self:
            if plan.basis == "counter" and plan.counter_every <= 0:
                raise ValidationError(
                    self.env._(
                        "“%s”: enter after how many counter units it is due.",
                        plan.name,
                    )
                )
            if plan.basis != "counter" and not plan.date_next and not plan.schedule_id:
                raise ValidationError(
                    self.env._("“%s”: enter the first due date.", plan.name)
                )

    # --------------------------------------------------------------- the engine

    @api.model_create_multi
    def create(self, vals_list):
        plans = super().create(vals_list)
        plans._begin_rhythm()
        plans.filtered("date_next")._put_on_schedule()
        plans.filtered(lambda plan: plan.basis == "counter")._plan_by_counter()
        return plans

    def write(self, vals):
        """Bring the schedule along with what changes."""
        result = super().write(vals)
        if "date_next" in vals and not self._holds_pen():  # chosen, not moved on
            self._begin_rhythm()
        if "active" in vals:
            # sudo: the schedule is the plan's own; the right to the plan was checked
            self.schedule_id.sudo().with_context(active_test=False).active = vals[
                "active"
            ]
        if "date_next" in vals or SHARED & vals.keys():
            self.filtered("date_next")._put_on_schedule()
        if {"basis", "counter_every", "counter_done"} & vals.keys():
            self.filtered(lambda plan: plan.basis == "counter")._plan_by_counter()
        return result

    def _begin_rhythm(self):
        for plan in self.filtered("date_next"):
            plan._pen().month_day = plan.date_next.day

    def _schedule_values(self):
        self.ensure_one()
        return {
            "name": self.name,
            "company_id": self.company_id.id,
            "checklist_id": self.checklist_id.id,
            "equipment_ids": [Command.set(self.equipment_id.ids)],
            "site_id": self.equipment_id.medical_site_id.id,
            "department_id": self.equipment_id.location_id.medical_department_id.id,
            "owner_id": self.owner_id.id,
            "backup_id": self.backup_id.id,
            "frequency": "once",
            "times": TIME,
            "skip_closed": "keep",
            "window_hours": 24.0 * self.window_days,
            # the work may be done up to a window before it is due
            "lead_hours": 24.0 * self.window_days,
            "horizon_days": max(14, self.window_days),
            "date_start": self.date_next,
        }

    def _put_on_schedule(self):
        """Plan the round of the next due day; rounds of the past stay as they are."""
        # sudo: the schedule is the plan's own; the right to the plan was checked
        schedules = self.env["medical.core.schedule"].sudo()._pen()
        for plan in self:
            values = plan._schedule_values()
            if plan.schedule_id:
                plan.sudo().schedule_id.write(values)  # sudo: as above
            else:
                # sudo: as above
                plan.sudo()._pen().schedule_id = schedules.create(values)
        active = self.sudo().schedule_id.filtered("active")  # sudo: as above
        # work that became due this morning counts, too
        active._pen().generated_until = False
        active._generate()
        self.sudo().filtered("problem")._pen().problem = False  # sudo: as above

    def _move_on(self, one):
        """Set the next due day after a round of this plan was signed or missed."""
        self.ensure_one()
        zone_day = self.schedule_id._today()
        done = one.state == "done"
        closed = (one.signed_at if done else one.date_late) or fields.Datetime.now()
        following = upkeep.after(
            self.basis,
            self.schedule_id._day_of(one.date_due),
            self.schedule_id._day_of(closed),
            zone_day,
            self.every,
            self.unit,
            done=done,
            month_day=self.month_day,
        )
        values = {"date_next": following}
        if self.basis == "counter" and done:
            values["counter_done"] = self.counter_now
        self._pen().write(values)

    def _by_itself(self, work):
        """Do ``work`` for one plan; what goes wrong stays with it and is told.

        A plan that cannot go on, such as one whose asset was archived, must stop neither
        the job that runs over all rounds nor the signature of a round.

        :param work: function without arguments
        :return: whether it was done
        """
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                work()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise  # the whole transaction starts anew, that is no fault of the plan
        except Exception as error:
            _logger.warning("Maintenance plan %s stopped", self.id, exc_info=True)
            # sudo: why it stopped is written whoever signed its round
            self.sudo()._pen().problem = str(error)[:500] or type(error).__name__
            return False
        return True

    def _resume(self):
        """Go on after the last round that was signed or missed."""
        closed = self.schedule_id.round_ids.filtered(
            lambda one: one.state not in OPEN_ROUND and not one.medical_request_id
        )
        if closed:
            self._move_on(closed.sorted("date_due")[-1])
        else:
            self._put_on_schedule()

    def _tell_stopped(self):
        """Have the register look at once at the plans that stopped."""
        if self:
            # sudo: the register is kept by the program
            self.env["medical.core.check"].sudo()._cron_run_codes([STOPPED])

    def _request_values(self, one):
        """The values of the request that goes with an occurrence."""
        self.ensure_one()
        return {
            "name": self.name,
            "company_id": one.company_id.id,
            "equipment_id": self.equipment_id.id,
            "medical_round_id": one.id,
            "medical_source": "plan",
            "maintenance_type": "preventive",
            "priority": "1",
            "schedule_date": one.date_due,
            "employee_id": False,
            "owner_user_id": self.owner_id.id,
        }

    # --------------------------------------------------------------- the counter

    @api.model
    def _cron_plan(self):
        """Foresee when counters will be reached; try anew what had stopped."""
        stopped = self.search([("problem", "!=", False)])
        for plan in stopped:
            plan._by_itself(plan._resume)
        stopped._tell_stopped()
        self.search(
            [("basis", "=", "counter"), ("date_next", "=", False)]
        )._plan_by_counter()

    def _plan_by_counter(self):
        """Set the day on which each counter is reached, where it can be told."""
        waiting = self.filtered(lambda plan: plan.active and not plan.date_next)
        if not waiting:
            return
        readings = {}
        for reading in self.env["medical.facility.usage"].search(
            [("equipment_id", "in", waiting.equipment_id.ids)], order="date, id"
        ):
            readings.setdefault(reading.equipment_id, []).append(
                upkeep.Reading(reading.date, Decimal(str(reading.value)))
            )
        for plan in waiting:
            day = upkeep.counter_due(
                readings.get(plan.equipment_id, []),
                Decimal(str(plan.counter_done)),
                Decimal(str(plan.counter_every)),
                plan.window_days,
            )
            if day:
                # work that became due in the past is due now
                due = max(day, fields.Date.context_today(plan))
                plan._by_itself(lambda p=plan, d=due: p.write({"date_next": d}))

    # ------------------------------------------------------------- smart buttons

    def action_open_rounds(self):
        """Open the occurrences of this plan, missed ones among them."""
        self.ensure_one()
        self._check_caller("core_group_staff", "core_group_auditor")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "medical_office.core_round_action"
        )
        domain = [("schedule_id", "=", self.schedule_id.id)]
        return {**action, "domain": domain, "context": {}}

    def action_open_usage(self):
        """Open the readings of the asset's counter."""
        self.ensure_one()
        self._check_caller("core_group_staff", "core_group_auditor")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Usage readings"),
            "res_model": "medical.facility.usage",
            "view_mode": "list,form",
            "domain": [("equipment_id", "=", self.equipment_id.id)],
            "context": {"default_equipment_id": self.equipment_id.id},
        }
