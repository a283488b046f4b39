"""From an incident to its breach assessment."""

from odoo import fields, models

from ..incident.incident import OFFICERS


class ComplianceIncident(models.Model):
    _inherit = "medical.compliance.incident"

    breach_ids = fields.One2many("medical.compliance.breach", "incident_id")
    breach_count = fields.Integer(
        "Assessments", compute="_compute_breach_count", compute_sudo=True
    )

    def _compute_breach_count(self):
        for incident in self:
            incident.breach_count = len(incident.breach_ids)

    def action_breach(self):
        """Open the breach assessment of this incident; begin it where there is none."""
        self.ensure_one()
        self._check_caller(*OFFICERS)
        breach = self.breach_ids[:1] or self.env["medical.compliance.breach"].create(
            {
                "incident_id": self.id,
                "company_id": self.company_id.id,
                "name": self.display_name,
                "happened_on": self.happened_on,
                # known to the workforce from the report on
                "discovered_on": self.reported_on,
            }
        )
        return breach.get_formview_action()
