"""Who must be supervised by whom, and by how many at most."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

KEEPERS = ("core_group_hr", "core_group_manager")


class PeopleSupervisionRule(models.Model):
    """A rule of the practice, or what a state's law limits; from day to day.

    By job it also asks for a supervisor; by license it only limits how many there are.
    The states' limits that are shipped were read in the text named on them; exceptions
    of a statute stand in the note, so they are told of and refuse nothing.
    """

    _name = "medical.people.supervision.rule"
    _description = "Supervision Rule"
    _inherit = [
        "medical.core.asked",
        "medical.people.sourced",
        "medical.core.shared",
        "medical.core.guard",
    ]
    _shared_birth = True
    _order = "state_id, name, id"

    _editors = {"*": KEEPERS}
    _number_bounds = {"most": (0, 1000)}

    name = fields.Char(required=True)
    company_id = fields.Many2one(default=lambda self: self.env.company)
    job_ids = fields.Many2many(
        "hr.job",
        "medical_people_supervision_rule_job_rel",
        "rule_id",
        "job_id",
        "Jobs Supervised",
    )
    supervised_type_ids = fields.Many2many(
        "medical.core.credential.type",
        "medical_people_supervision_rule_under_rel",
        "rule_id",
        "type_id",
        "Licenses Supervised",
        domain="[('holder_kind', '=', 'person')]",
        help="Who holds one of them, or has a job that asks for it, counts.",
    )
    supervisor_job_ids = fields.Many2many(
        "hr.job",
        "medical_people_supervision_rule_over_rel",
        "rule_id",
        "job_id",
        "By",
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
        "res.country.state",
        domain="[('country_id.code', '=', 'US')]",
        help="Of who works there: by the work address, else by the practice's.",
    )
    note = fields.Text("Exceptions", help="Where the limit does not apply.")

    _most = models.Constraint("CHECK (most >= 0)", "A ratio cannot be negative.")

    @api.constrains("job_ids", "supervised_type_ids", "supervisor_job_ids", "most")
    def _check_whole(self):
        """:raises ValidationError: it is about nobody, or asks for nothing"""
        for rule in self:
            if not rule.job_ids and not rule.supervised_type_ids:
                raise ValidationError(
                    self.env._(
                        "%s: name the jobs or the licenses that are supervised.",
                        rule.name,
                    )
                )
            if not rule.supervisor_job_ids and not rule.most:
                raise ValidationError(
                    self.env._(
                        "%s: enter by which jobs they are supervised, or how many people a "
                        "supervisor may have at most.",
                        rule.name,
                    )
                )
