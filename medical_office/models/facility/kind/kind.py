"""Kinds of assets: what a thing is decides who looks after it and how often."""

from odoo import fields, models

FAMILIES = [
    ("furniture", "Furniture"),
    ("appliance", "Appliance"),
    ("medical_device", "Medical device"),
    ("it", "IT"),
    ("life_safety", "Life safety"),
    ("building", "Building"),
]


class FacilityKind(models.Model):
    """A kind of asset ("fire extinguisher"), of one company or of all of them."""

    _name = "medical.facility.kind"
    _description = "Asset Type"
    _inherit = ["medical.core.used", "medical.core.shared", "medical.core.guard"]
    _order = "family, sequence, name, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: all companies."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    family = fields.Selection(FAMILIES, required=True)
    is_critical = fields.Boolean(
        help=(
            "If it fails, care stops or people are in danger: it is tagged out "
            "immediately."
        )
    )
    needs_emergency_power = fields.Boolean()
    own_battery = fields.Boolean(
        help="It keeps running without its outlet for as long as needed."
    )
    vaccine_storage = fields.Boolean()
    life_years = fields.Integer("Expected life (years)", aggregator=None)
    credential_type_id = fields.Many2one(
        "medical.core.credential.type",
        "Credential to repair",
        ondelete="restrict",
        domain="[('holder_kind', '=', 'person')]",
        help="The license or certificate required to repair it.",
    )
    note = fields.Text("What to know", translate=True)
    rule_ids = fields.One2many("medical.facility.rule", "kind_id", "Required checks")
    equipment_ids = fields.One2many("maintenance.equipment", "medical_kind_id")
    equipment_count = fields.Integer(compute="_compute_equipment_count")

    _code_company_unique = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))",
        "Another asset type already has this code.",
    )
    _life = models.Constraint(
        "CHECK (life_years >= 0)", "The expected life must be 0 years or more."
    )

    def _compute_equipment_count(self):
        counted = dict(
            self.env["maintenance.equipment"]._read_group(
                [("medical_kind_id", "in", self.ids)], ["medical_kind_id"], ["__count"]
            )
        )
        for kind in self:
            kind.equipment_count = counted.get(kind, 0)

    def action_open_equipment(self):
        """Open the assets of this kind."""
        self.ensure_one()
        self._check_caller("core_group_staff", "core_group_auditor")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.facility_equipment_action"
        )
        return {**action, "domain": [("medical_kind_id", "=", self.id)], "context": {}}
