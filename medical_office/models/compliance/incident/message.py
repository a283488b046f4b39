"""The conversation with somebody who reported without a name."""

from odoo import fields, models
from odoo.exceptions import UserError

from .incident import OFFICERS


class ComplianceIncidentMessage(models.Model):
    """One word, by the reporter or by the practice; the day alone is known."""

    _name = "medical.compliance.incident.message"
    _description = "Word on an Incident"
    _inherit = ["medical.core.guard"]
    _order = "incident_id, id"
    _rec_name = "text"

    _born_fields = frozenset({"incident_id", "text"})
    _deletable_in = frozenset()
    _editors = {"*": OFFICERS}

    incident_id = fields.Many2one(
        "medical.compliance.incident", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="incident_id.company_id", store=True)
    text = fields.Text("Message", required=True)
    # the default shows it to whoever answers: a form without it cannot be saved
    day = fields.Date(readonly=True, required=True, default=fields.Date.context_today)
    is_from_reporter = fields.Boolean("From the reporter", readonly=True)

    def _birth_values(self, vals):
        incident = self.env["medical.compliance.incident"].browse(
            vals.get("incident_id")
        )
        if not incident.is_anonymous and not self._is_program():
            raise UserError(
                self.env._(
                    "%s has a named reporter: write in its messages instead.",
                    incident.display_name,
                )
            )
        return {"day": fields.Date.context_today(self)}
