"""What the practice asks for: which credential a job, duty or device takes, from when."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

KEEPERS = ("core_group_hr", "core_group_manager")


class PeopleRequirement(models.Model):
    """One row is met by any one of its credentials, such as MD or DO."""

    _name = "medical.people.requirement"
    _description = "Credential Requirement"
    _inherit = ["medical.core.asked", "medical.core.shared", "medical.core.guard"]
    _shared_birth = True
    _order = "sequence, id"

    _editors = {"*": KEEPERS}

    name = fields.Char(compute="_compute_name", store=True, readonly=True)
    sequence = fields.Integer(default=10)
    basis = fields.Selection(
        [
            ("everyone", "Everybody"),
            ("job", "Jobs"),
            ("duty", "A duty"),
            ("equipment", "Whoever has a device of a category"),
            ("practice", "The practice itself"),
        ],
        "Asked of",
        required=True,
        default="job",
    )
    type_ids = fields.Many2many(
        "medical.core.credential.type",
        "medical_people_requirement_type_rel",
        "requirement_id",
        "type_id",
        string="One of these credentials",
        required=True,
    )
    types_key = fields.Char(
        compute="_compute_types_key",
        store=True,
        readonly=True,
        help="Requirements with the same key ask for the same and are counted once.",
    )
    job_ids = fields.Many2many(
        "hr.job",
        "medical_people_requirement_job_rel",
        "requirement_id",
        "job_id",
        string="Jobs",
    )
    duty_id = fields.Many2one(
        "medical.people.duty", index="btree_not_null", ondelete="cascade"
    )
    equipment_category_id = fields.Many2one(
        "maintenance.equipment.category", "Device category", index="btree_not_null"
    )
    state_id = fields.Many2one(
        "res.country.state",
        "Only in",
        domain="[('country_id.code', '=', 'US')]",
        help="By the state of the person's work address, else of the practice.",
    )
    is_health = fields.Boolean(compute="_compute_is_health", store=True, readonly=True)

    _dates = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "A requirement ends before it begins: correct “Until”.",
    )

    @api.depends("type_ids.name")
    def _compute_name(self):
        for requirement in self:
            names = requirement.type_ids.sorted("sequence").mapped("name")
            requirement.name = self.env._(" or ").join(names) or self.env._(
                "Credential"
            )

    @api.depends("type_ids")
    def _compute_types_key(self):
        for requirement in self:
            requirement.types_key = ",".join(map(str, sorted(requirement.type_ids.ids)))

    @api.depends("type_ids.is_health")
    def _compute_is_health(self):
        for requirement in self:
            requirement.is_health = any(requirement.type_ids.mapped("is_health"))

    @api.constrains("basis", "type_ids", "job_ids", "duty_id", "equipment_category_id")
    def _check_whole(self):
        needed = {
            "job": "job_ids",
            "duty": "duty_id",
            "equipment": "equipment_category_id",
        }
        for requirement in self:
            field = needed.get(requirement.basis)
            if field and not requirement[field]:
                raise ValidationError(
                    self.env._(
                        "%(name)s: say of which %(field)s it is asked.",
                        name=requirement.name,
                        field=self._fields[field]._description_string(self.env).lower(),
                    )
                )
            holders = set(requirement.type_ids.mapped("holder_kind"))
            asked = "practice" if requirement.basis == "practice" else "person"
            if holders != {asked}:
                raise ValidationError(
                    self.env._(
                        "%s: a person is asked for credentials that people hold, the "
                        "practice for those of the practice.",
                        requirement.name,
                    )
                )
