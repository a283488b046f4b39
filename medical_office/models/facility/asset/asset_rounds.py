"""Assets and their rounds: what is due next, what failed, which schedule is missing."""

from odoo import fields, models


class MaintenanceEquipment(models.Model):
    _inherit = "maintenance.equipment"

    # the schedules choose their assets: who may write an asset may not take it out of
    # its rounds
    medical_schedule_ids = fields.Many2many(
        "medical.core.schedule", string="Schedules", readonly=True
    )
    medical_next_due = fields.Datetime("Next check", compute="_compute_medical_rounds")
    medical_next_check = fields.Char(
        compute="_compute_medical_rounds", string="Next Check"
    )
    medical_line_count = fields.Integer("Checks", compute="_compute_medical_rounds")
    medical_missing_check = fields.Text(
        compute="_compute_medical_missing_check", string="Missing Check"
    )

    def _compute_medical_rounds(self):
        """The next round of each asset by its schedules, and how many answers it has."""
        schedules = self.medical_schedule_ids
        nexts = dict(
            self.env["medical.core.round"]._read_group(
                [
                    ("schedule_id", "in", schedules.ids),
                    ("state", "in", ("planned", "in_progress")),
                ],
                ["schedule_id"],
                ["date_due:min"],
            )
        )
        counts = dict(
            self.env["medical.core.round.line"]._read_group(
                [("equipment_id", "in", self.ids), ("result", "!=", "open")],
                ["equipment_id"],
                ["__count"],
            )
        )
        for asset in self:
            due = [(nexts[s], s) for s in asset.medical_schedule_ids if s in nexts]
            first = min(due, key=lambda pair: pair[0], default=None)
            asset.medical_next_due = first and first[0]
            asset.medical_next_check = first and first[1].checklist_id.name
            asset.medical_line_count = counts.get(asset._origin, 0)

    def _compute_medical_missing_check(self):
        rules = self.env["medical.facility.rule"]
        companies = self.company_id or self.env.company
        missing = rules._missing(companies, self._origin) if self._origin else {}
        names = {}
        for rule, assets in missing.items():
            for asset in assets:
                names.setdefault(asset.id, []).append(rule.display_name)
        for asset in self:
            asset.medical_missing_check = "\n".join(names.get(asset._origin.id, ()))

    def action_medical_open_lines(self):
        """Open what was found at this asset."""
        self.ensure_one()
        self._check_caller("core_group_staff", "core_group_auditor")
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "medical_office.core_round_line_action"
            ),
            "domain": [("equipment_id", "=", self.id)],
            "context": {},
        }

    def action_medical_open_power(self):
        """Show where this asset gets its current."""
        self.ensure_one()
        self._check_caller("core_group_staff", "core_group_auditor")
        return {
            **self.env["ir.actions.client"]._for_xml_id(
                "medical_office.facility_power_action"
            ),
            "context": {"equipment_id": self.id},
        }
