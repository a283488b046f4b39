"""Vendor bills for repairs: each line knows its request."""

from odoo import api, fields, models
from odoo.tools import format_date

BILLS = ("in_invoice", "in_refund", "in_receipt")
CHECK = "facility_bill_covered"


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    medical_request_id = fields.Many2one(
        "maintenance.request",
        "Repair",
        index="btree_not_null",
        check_company=True,
        copy=False,
        help="The request this bill line is for: its cost counts toward the asset.",
    )


class AccountMove(models.Model):
    _inherit = "account.move"

    medical_covered_note = fields.Char(
        compute="_compute_medical_covered_note", compute_sudo=True, string="Covered By"
    )

    @api.depends("line_ids.medical_request_id", "invoice_date", "payment_state")
    def _compute_medical_covered_note(self):
        covered = self._medical_covered()
        for move in self:
            requests = covered.get(move, {})
            move.medical_covered_note = (
                "; ".join(
                    self.env._(
                        "%(request)s: %(cover)s", request=request.name, cover=cover
                    )
                    for request, cover in requests.items()
                )
                or False
            )

    def _medical_covered(self):
        """{bill: {request: what covers it}} for repairs that should cost nothing."""
        requests = self.line_ids.medical_request_id
        covers = requests._medical_covers()
        found = {}
        for move in self.filtered(lambda m: m.move_type in BILLS):
            hit = {
                r: covers[r] for r in move.line_ids.medical_request_id if r in covers
            }
            if hit:
                found[move] = hit
        return found

    def _post(self, soft=True):
        """A posted repair bill is looked at now, not at the next hour: before it is paid."""
        posted = super()._post(soft)
        # sudo: the register is kept by the program
        if posted.sudo().filtered(lambda m: m.move_type in BILLS)._medical_covered():
            # sudo: as above
            self.env["medical.core.check"].sudo()._cron_run_codes([CHECK])
        return posted


class MaintenanceRequest(models.Model):
    _inherit = "maintenance.request"

    def _medical_covers(self):
        """{request: words} for those whose asset was under warranty or contract then."""
        covers = {}
        for request in self:
            asset = request.equipment_id
            day = request.request_date or request.company_id._medical_day(
                request.medical_reported_at
            )
            if not asset:
                continue
            if asset.warranty_date and asset.warranty_date >= day:
                covers[request] = self.env._(
                    "%(asset)s is under warranty until %(day)s",
                    asset=asset.name,
                    day=format_date(self.env, asset.warranty_date),
                )
                continue
            agreement = asset.medical_agreement_ids._covers(day)[:1]
            if agreement:
                covers[request] = self.env._(
                    "%(asset)s is covered by “%(agreement)s” with %(partner)s until "
                    "%(day)s",
                    asset=asset.name,
                    agreement=agreement.name,
                    partner=agreement.partner_id.display_name,
                    day=format_date(self.env, agreement.date_end),
                )
        return covers
