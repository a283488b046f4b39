"""The sample practice's screening: a small invented list, one near and one true match."""

import base64

from odoo import Command, models
from odoo.tools import file_open

LIST = "medical_office/data/scenarios/compliance/exclusions.csv"
VENDOR = "Larkspur Linen Service LLC"  # stands on the invented list
LINEN = 412.60


class CoreSample(models.AbstractModel):
    _inherit = "medical.core.sample"

    def _parts(self):
        return [*super()._parts(), "exclusions", "incidents", "audits"]

    def _doers(self):
        own = {"exclusions": "cole", "incidents": "cole", "audits": "alvarez"}
        return super()._doers() | own

    def _load_exclusions(self, practice):
        """An owner, a vendor with a bill to post, and the list, imported by HR.

        Two matches wait: the vendor, who is on the list, and a nurse whose name is
        spelled like one on it.
        """
        env = practice.env
        manager = practice.acting("alvarez").env  # who enters vendors
        vendor = manager["res.partner"].create(
            {
                "name": VENDOR,
                "is_company": True,
                "company_id": practice.company.id,
                "state_id": env.ref("base.state_us_50").id,
                "supplier_rank": 1,
            }
        )
        env["medical.compliance.exclusion.party"].with_user(
            practice.user("cole")
        ).create(
            [
                {"kind": "owner", "name": "Lakeside Physicians Holding LLC"}
                | {"is_business": True, "company_id": practice.company.id},
                {"kind": "owner", "name": "Whitfield, Eleanor"}
                | {"company_id": practice.company.id},
            ]
        )
        practice.keep({"vendor_linen": vendor})
        self._sample_linen_bill(practice.acting("schwartz"), vendor)
        with file_open(LIST, "rb") as handle:
            content = base64.b64encode(handle.read())
        env["medical.compliance.exclusion.wizard"].with_user(
            practice.user("cole")
        ).create(
            {
                "file": content,
                "file_name": "UPDATED.csv",
                "date_list": practice.today.replace(day=1),
            }
        ).action_import()

    def _sample_linen_bill(self, practice, vendor):
        """A bill that has come in and is not posted yet."""
        journal = practice.env["account.journal"].search(
            [("type", "=", "purchase"), ("company_id", "=", practice.company.id)],
            limit=1,
        )
        if not journal:
            return
        practice.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "journal_id": journal.id,
                "company_id": practice.company.id,
                "partner_id": vendor.id,
                "ref": "LL-2207",
                "invoice_date": practice.today,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Linen, weekly",
                            "quantity": 1,
                            "price_unit": LINEN,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
            }
        )
