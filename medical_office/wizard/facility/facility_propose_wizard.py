"""Proposes schedules from the register: what is required and nobody has planned."""

from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...models.core.mixins.listing import named
from ...models.core.schedule.rule import WEEKDAY_NAMES
from ...models.core.schedule.schedule import WEEKDAYS
from ...models.facility.required.required import MODELS, TARGETS

SOON = timedelta(days=7)  # until the first check that is not daily or weekly


class FacilityProposeWizard(models.TransientModel):
    """One line for each required check of a site that no schedule plans."""

    _name = "medical.facility.propose.wizard"
    _description = "Propose Schedules"
    _inherit = ["medical.core.wizard"]

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    looked_at = fields.Integer(
        compute="_compute_looked_at",
        help="Assets, rooms, outlets and panels that required checks may be about.",
    )
    line_ids = fields.One2many(
        "medical.facility.propose.line",
        "wizard_id",
        default=lambda self: self._default_lines(),
    )
    owner_id = fields.Many2one(
        "res.users",
        "Owner for all",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    backup_id = fields.Many2one(
        "res.users",
        "Backup for all",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )

    @api.depends("company_id")
    def _compute_looked_at(self):
        for wizard in self:
            wizard.looked_at = self.env["medical.facility.rule"]._looked_at(
                wizard.company_id
            )

    @api.model
    def _default_lines(self):
        company = self.env.company
        lines = []
        for rule, targets in (
            self.env["medical.facility.rule"]._missing(company).items()
        ):
            for site, some in rule._sites_of(targets).items():
                lines.append(Command.create(self._line_values(rule, site, some)))
        return lines

    @api.model
    def _line_values(self, rule, site, targets):
        today = fields.Date.context_today(self)
        soon = rule.frequency in ("once", "daily", "weekly")
        return {
            "rule_id": rule.id,
            "site_id": site.id,
            "target_count": len(targets),
            "summary": self._summary(rule, targets),
            "schedule_id": rule._schedule_to_extend(site).id,
            "frequency": rule.frequency,
            "every": rule.every,
            "weekday": rule.weekday,
            "times": rule.times,
            "window_hours": rule.window_hours,
            "date_start": today if soon else today + SOON,
            "owner_id": site.medical_manager_id.id,
        }

    @api.model
    def _summary(self, rule, targets):
        return self.env._(
            "%(count)s × %(what)s: %(names)s",
            count=len(targets),
            what=rule.target_name,
            names=named(self.env, targets.mapped("name"), 3),
        )

    @api.onchange("owner_id")
    def _onchange_owner_id(self):
        if self.owner_id:
            self.line_ids.owner_id = self.owner_id

    @api.onchange("backup_id")
    def _onchange_backup_id(self):
        if self.backup_id:
            self.line_ids.backup_id = self.backup_id

    def action_create_schedules(self):
        """Make the schedules of the chosen lines, or add to those that exist.

        :raises AccessError: the user is not the office manager
        :raises UserError: nothing chosen, a line without an owner, the same person twice
        """
        self.ensure_one()
        self.env["medical.core.guard"]._check_caller("core_group_manager")
        schedules = self._make_schedules()
        # planned now, so that nobody is told on the first day that nothing is planned
        # sudo: rounds are made by the program, whoever made the schedule
        schedules.sudo()._generate()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "medical_office.core_schedule_action"
            ),
            "domain": [("id", "in", schedules.ids)],
            "context": {},
        }

    def _make_schedules(self):
        """The schedules of the chosen lines, new ones and those added to."""
        lines = self.line_ids.filtered("include")
        if not lines:
            raise UserError(self.env._("Check at least one line."))
        lines._check_people()
        extended = lines.filtered("schedule_id")
        for line in extended:
            line.schedule_id.write(line._targets_value())
        schedules = self.env["medical.core.schedule"].create(
            [line._schedule_values() for line in lines - extended]
        )
        return schedules | extended.schedule_id


class FacilityProposeLine(models.TransientModel):
    _name = "medical.facility.propose.line"
    _description = "Proposed Schedule"
    _inherit = ["medical.core.wizard"]

    wizard_id = fields.Many2one(
        "medical.facility.propose.wizard", required=True, ondelete="cascade", index=True
    )
    include = fields.Boolean(default=True)
    company_id = fields.Many2one(related="wizard_id.company_id")
    rule_id = fields.Many2one(
        "medical.facility.rule", required=True, ondelete="cascade"
    )
    checklist_id = fields.Many2one(related="rule_id.checklist_id", string="Check")
    basis = fields.Selection(related="rule_id.basis")
    citation = fields.Char(related="rule_id.citation")
    site_id = fields.Many2one("stock.warehouse", ondelete="cascade")
    target_count = fields.Integer(readonly=True)
    summary = fields.Char("Without a schedule", readonly=True)
    schedule_id = fields.Many2one(
        "medical.core.schedule",
        "Add to",
        ondelete="cascade",
        domain="[('checklist_id', '=', checklist_id), ('company_id', '=', company_id)]",
        help="An existing schedule for this check. Empty: a new schedule.",
    )
    frequency = fields.Selection(
        selection=lambda self: self.env["medical.facility.rule"]._selection_frequency(),
        required=True,
    )
    every = fields.Integer(default=1, required=True)
    weekday = fields.Selection(WEEKDAY_NAMES, "On")
    times = fields.Char("At", required=True)
    window_hours = fields.Float(required=True)
    date_start = fields.Date("From", required=True)
    owner_id = fields.Many2one(
        "res.users",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    backup_id = fields.Many2one(
        "res.users",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )

    def _check_people(self):
        fresh = self.filtered(lambda line: not line.schedule_id)
        nobody = fresh.filtered(lambda line: not line.owner_id)
        if nobody:
            raise UserError(
                self.env._(
                    "Choose an owner for these checks, or uncheck them:\n%(lines)s",
                    lines="\n".join(
                        f"• {line.checklist_id.name}: {line.summary}" for line in nobody
                    ),
                )
            )
        twice = fresh.filtered(lambda line: line.owner_id == line.backup_id)
        if twice:
            raise UserError(
                self.env._(
                    "%(check)s: %(user)s cannot be both owner and backup.",
                    check=twice[0].checklist_id.name,
                    user=twice[0].owner_id.name,
                )
            )

    def _targets(self):
        """What the line is about, as the register is now."""
        self.ensure_one()
        missing = self.rule_id._missing(self.company_id)
        targets = missing.get(self.rule_id, self.env[MODELS[self.rule_id.applies_to]])
        return self.rule_id._sites_of(targets).get(self.site_id, targets.browse())

    def _targets_value(self):
        targets = self._targets()
        field = TARGETS[targets._name][0]
        return {field: [Command.link(one.id) for one in targets]}

    def _schedule_values(self):
        self.ensure_one()
        values = {
            "checklist_id": self.checklist_id.id,
            "company_id": self.company_id.id,
            "site_id": self.site_id.id,
            "owner_id": self.owner_id.id,
            "backup_id": self.backup_id.id,
            "frequency": self.frequency,
            "every": self.every,
            "times": self.times,
            "window_hours": self.window_hours,
            # what may be done within days may be done as many days before
            "lead_hours": max(self.window_hours / 2, 1.0),
            "skip_closed": "skip" if self.frequency == "daily" else "next",
            "date_start": self.date_start,
            "month_day": min(self.date_start.day, 28),
            **self._targets_value(),
        }
        if self.frequency == "weekly":
            values |= {
                day: number == int(self.weekday or 0)
                for number, day in enumerate(WEEKDAYS)
            }
        return values
