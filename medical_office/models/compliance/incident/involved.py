"""Somebody who has a part in an incident, seen only by whom it concerns."""

from odoo import fields, models

from .incident import OFFICERS

KEEPERS = (*OFFICERS, "core_group_hr")


class ComplianceIncidentPerson(models.Model):
    """Record rules: oneself where hurt or witness, those who look into it, HR."""

    _name = "medical.compliance.incident.person"
    _description = "Person Involved in an Incident"
    _inherit = ["medical.core.guard"]
    _order = "incident_id, id"
    _rec_name = "employee_id"

    _locked_by = ("incident_id",)
    _born_fields = frozenset({"incident_id"})
    _editors = {"*": KEEPERS}

    incident_id = fields.Many2one(
        "medical.compliance.incident", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="incident_id.company_id", store=True)
    employee_id = fields.Many2one("hr.employee", "Person", required=True, index=True)
    part = fields.Selection(
        [("hurt", "Hurt or ill"), ("witness", "Witness"), ("named", "Named")],
        required=True,
        default="hurt",
    )
    note = fields.Char()

    _once = models.UniqueIndex(
        "(incident_id, employee_id)", "This person is on the incident already."
    )
