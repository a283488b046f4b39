"""Kinds of licenses and certificates."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CoreCredentialType(models.Model):
    """What is asked for by name: a license, a certificate, an immunization."""

    _name = "medical.core.credential.type"
    _description = "Credential Type"
    _inherit = ["medical.core.used", "medical.core.shared", "medical.core.guard"]
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True, index=True, help="Permanent code, such as “electrical”."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    holder_kind = fields.Selection(
        [("person", "Person"), ("vendor", "Vendor"), ("practice", "Practice")],
        "Held by",
        required=True,
        default="person",
    )
    lead_days = fields.Integer(
        "Remind days ahead",
        default=60,
        aggregator=None,
        help="How many days before expiration a renewal should be started.",
    )
    must_verify = fields.Boolean(
        "Verified at the source",
        help="It counts once a second person has verified it with the issuer.",
    )
    citation = fields.Char(help="The rule that requires it.")

    _code_unique = models.UniqueIndex("(code)", "A type with this code already exists.")

    def _medical_used_by(self):
        return [
            *super()._medical_used_by(),
            (
                "medical.core.checklist",
                "credential_type_id",
                [],
                self.env._(
                    "checklists that are signed with it: %(names)s; change them first."
                ),
            ),
        ]

    @api.constrains("lead_days")
    def _check_lead_days(self):
        for kind in self:
            if kind.lead_days < 0:
                raise ValidationError(
                    self.env._("%s: the days ahead cannot be negative.", kind.name)
                )
