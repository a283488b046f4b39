"""Vendors that may work in the building: what for, licensed and insured until when."""

from odoo import api, fields, models
from odoo.tools import format_date


class FacilityVendorApproval(models.Model):
    """An approval of a vendor: without it, or after its end, no work is given."""

    _name = "medical.facility.vendor.approval"
    _description = "Approved Vendor"
    _inherit = ["mail.thread", "mail.activity.mixin", "medical.core.guard"]
    _order = "insurance_until, id"
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner", "Vendor", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    kind_ids = fields.Many2many(
        "medical.facility.kind", string="For", help="Empty: for every asset type."
    )
    credential_type_ids = fields.Many2many(
        "medical.core.credential.type",
        "medical_facility_vendor_credential_rel",
        "approval_id",
        "type_id",
        string="Licensed for",
        help="What its people are licensed for, as approved.",
    )
    license = fields.Char("License number")
    license_until = fields.Date("License expires", tracking=True)
    insurance_until = fields.Date(
        required=True,
        index=True,
        tracking=True,
        help="Last day of the certificate of insurance.",
    )
    certificate = fields.Binary("Certificate of insurance", attachment=True)
    certificate_name = fields.Char()
    user_id = fields.Many2one(
        "res.users", "Responsible", default=lambda self: self.env.user, index=True
    )
    phone = fields.Char(related="partner_id.phone")
    active = fields.Boolean(default=True)

    _vendor = models.UniqueIndex(
        "(partner_id, company_id) WHERE active", "This vendor already has an approval."
    )

    @api.depends("partner_id")
    def _compute_display_name(self):
        for approval in self:
            approval.display_name = approval.partner_id.display_name

    def _problem(self, kind, credential_type, day):
        """Why this vendor may not do the work on ``day``, in words, or False.

        :param kind: the asset's kind, or an empty recordset
        :param credential_type: what the work asks for, or an empty recordset
        """
        self.ensure_one()
        _ = self.env._
        name = self.partner_id.display_name
        if self.insurance_until < day:
            return _(
                "The certificate of insurance of %(vendor)s expired on %(day)s.",
                vendor=name,
                day=format_date(self.env, self.insurance_until),
            )
        if self.license_until and self.license_until < day:
            return _(
                "The license of %(vendor)s expired on %(day)s.",
                vendor=name,
                day=format_date(self.env, self.license_until),
            )
        if self.kind_ids and kind and kind not in self.kind_ids:
            return _(
                "%(vendor)s is not approved for “%(kind)s”.",
                vendor=name,
                kind=kind.name,
            )
        if credential_type and credential_type not in self.credential_type_ids:
            return _(
                "%(vendor)s is approved, but not licensed for “%(credential)s”.",
                vendor=name,
                credential=credential_type.name,
            )
        return False
