"""Mail to the alias becomes a notice; one from a stranger is kept and asked about."""

from odoo import api, models
from odoo.tools import email_normalize


class PayerNotice(models.Model):
    _inherit = "medical.payer.notice"

    @api.model
    @api.private
    def message_new(self, msg_dict, custom_values=None):
        """A mail came in: whose it is follows from the sender's address.

        Without a known payer the notice has none, and the check asks for it. Whoever the
        sender is here, nothing is lost: the program keeps the mail.

        :return: the notice, as superuser: the gateway writes the mail into its chatter
        """
        sender = msg_dict.get("email_from") or msg_dict.get("from") or ""
        payer = self._payer_of(email_normalize(sender) or "")
        values = {
            "name": msg_dict.get("subject") or self.env._("Without a subject"),
            "sender": sender,
            **(custom_values or {}),
        }
        if payer:
            values |= {
                "payer_id": payer.id,
                "company_id": payer.company_id.id,
                "user_id": payer.user_id.id,
            }
        # sudo: kept by the program, whoever wrote the mail
        program = self.sudo()._pen()
        notice = super(PayerNotice, program).message_new(msg_dict, custom_values=values)
        return notice._lay_down_pen()

    @api.model
    def _payer_of(self, address):
        """The payer with this address in one of the companies, if only one has it."""
        # sudo: addresses of all companies, since a mail names none
        payers = self.env["medical.payer.payer"].sudo()
        # sudo: as above
        companies = self.env["res.company"].sudo().search([])
        found = payers.browse()
        for company in companies:  # as many queries as companies; one mail at a time
            found |= payers._of_sender(address, company)
        return found if len(found) == 1 else found.browse()
