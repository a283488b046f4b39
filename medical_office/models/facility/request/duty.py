"""Who looks after what: team, technician, backup and vendor by kind and site."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....engine.core.labels import labels_of
from ....tools.facility import route
from ..kind.kind import FAMILIES


class FacilityDuty(models.Model):
    """The most special one that fits a request proposes who does the work."""

    _name = "medical.facility.duty"
    _description = "Repair Assignment"
    _inherit = ["medical.core.guard"]
    _order = "sequence, id"
    _check_company_auto = True

    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    kind_id = fields.Many2one("medical.facility.kind", index="btree_not_null")
    family = fields.Selection(FAMILIES)
    site_id = fields.Many2one(
        "stock.warehouse", index="btree_not_null", check_company=True
    )
    is_electrical = fields.Boolean(
        "Electrical connections",
        help=(
            "For work on outlets, circuits and panels: requires the credential below."
        ),
    )
    team_id = fields.Many2one(
        "maintenance.team", required=True, index=True, check_company=True
    )
    user_id = fields.Many2one(
        "res.users",
        "Technician",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    backup_id = fields.Many2one(
        "res.users", domain="[('share', '=', False), ('company_ids', 'in', company_id)]"
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Vendor",
        help="Proposed if nobody at the practice may or can do it.",
    )
    credential_type_id = fields.Many2one(
        "medical.core.credential.type",
        "Credential",
        ondelete="restrict",
        domain="[('holder_kind', '=', 'person')]",
        help="Required instead of the credential set on the asset type.",
    )

    @api.depends("kind_id", "family", "site_id", "is_electrical", "team_id")
    def _compute_display_name(self):
        families = labels_of(self, "family")
        for duty in self:
            what = [
                duty.is_electrical and self.env._("Electrical connections"),
                duty.kind_id.name or families.get(duty.family),
                duty.site_id.name,
            ]
            scope = ", ".join(part for part in what if part) or self.env._("Anything")
            team = duty.team_id.name
            duty.display_name = f"{scope} → {team}" if team else scope

    @api.constrains("user_id", "backup_id")
    def _check_backup(self):
        for duty in self:
            if duty.user_id and duty.user_id == duty.backup_id:
                raise ValidationError(
                    self.env._(
                        "“%(duty)s”: %(user)s cannot be both technician and backup.",
                        duty=duty.display_name,
                        user=duty.user_id.name,
                    )
                )

    @api.constrains("user_id", "backup_id", "partner_id")
    def _check_not_barred(self):
        today = fields.Date.context_today(self)
        bar = self.env["medical.core.bar"]
        bar._check(self.user_id | self.backup_id, today, "assign")
        bar._check(self.partner_id, today, "assign")

    @api.model
    def _for_company(self, company):
        """{duty id: duty} of a company, as superuser."""
        # sudo: who is responsible is no secret; who reports need not read the table
        rules = self.sudo().search([("company_id", "=", company.id)])
        return {duty.id: duty for duty in rules}

    def _as_route(self):
        self.ensure_one()
        return route.Rule(
            key=self.id,
            sequence=self.sequence,
            kind=self.kind_id.id or 0,
            family=self.family or "",
            site=self.site_id.id or 0,
            electrical=self.is_electrical,
        )
