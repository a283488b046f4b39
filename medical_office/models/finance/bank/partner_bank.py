"""Bank accounts that vendors are paid to and the practice pays from: sealed from their
entry on, and anew with each change that a person makes."""

from odoo import api, models

from ....engine.core.sealreader import covers


class PartnerBank(models.Model):
    _name = "res.partner.bank"
    _inherit = ["res.partner.bank", "medical.core.sealed.always"]

    _seal_schemes = (
        covers(
            "partner_id acc_number acc_holder_name clearing_number bank_id bank_id.bic "
            "allow_out_payment active"
        ),
    )


class Bank(models.Model):
    """The bank's code is sealed with the accounts that are with it."""

    _inherit = "res.bank"

    def _medical_accounts(self):
        # sudo: every account of the bank, whoever may see it
        accounts = self.env["res.partner.bank"].sudo()
        return accounts.with_context(active_test=False).search(
            [("bank_id", "in", self.ids)]
        )

    def write(self, vals):
        result = super().write(vals)
        if "bic" in vals:
            self._medical_accounts()._seal()
        return result

    def unlink(self):
        accounts = self._medical_accounts()
        result = super().unlink()
        accounts.invalidate_recordset(["bank_id"])
        accounts._seal()
        return result


class Partner(models.Model):
    _inherit = "res.partner"

    def unlink(self):
        """The database deletes the accounts together with whose they are."""
        # sudo: every account, whoever may see it
        accounts = self.with_context(active_test=False).sudo().bank_ids
        self.env["medical.core.seal"]._make(accounts, "opened")
        return super().unlink()


class PartnerMerge(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _merge_bank_accounts(self, src_partners, dst_partner):
        """Archived accounts, too, move by the program: by SQL they would be a change."""
        everything = {"active_test": False}
        return super()._merge_bank_accounts(
            src_partners.with_context(**everything),
            dst_partner.with_context(**everything),
        )
