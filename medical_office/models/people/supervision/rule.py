"""Who must be supervised by whom, and by how many at most."""

from odoo import fields, models

KEEPERS = ("core_group_hr", "core_group_manager")


class PeopleSupervisionRule(models.Model):
    """A rule of a state or of the practice, from day to day; the practice enters it."""

    _name = "medical.people.supervision.rule"
    _description = "Supervision Rule"
    _inherit = ["medical.core.guard"]
    _order = "name, id"

    _editors = {"*": KEEPERS}

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    job_ids = fields.Many2many(
        "hr.job",
        "medical_people_supervision_rule_job_rel",
        "rule_id",
        "job_id",
        "Who is supervised",
        required=True,
    )
    supervisor_job_ids = fields.Many2many(
        "hr.job",
        "medical_people_supervision_rule_over_rel",
        "rule_id",
        "job_id",
        "By",
        required=True,
    )
    credential_type_ids = fields.Many2many(
        "medical.core.credential.type",
        "medical_people_supervision_rule_type_rel",
        "rule_id",
        "type_id",
        "Supervisor holds one of",
        domain="[('holder_kind', '=', 'person')]",
    )
    most = fields.Integer(
        "At most", aggregator=None, help="People for each supervisor; 0: no limit."
    )
    state_id = fields.Many2one(
        "res.country.state", domain="[('country_id.code', '=', 'US')]"
    )
    date_from = fields.Date("From", required=True, default="2000-01-01")
    date_to = fields.Date("Until")
    citation = fields.Char()
    is_checked = fields.Boolean("Checked at its source")

    _most = models.Constraint("CHECK (most >= 0)", "A ratio cannot be negative.")
