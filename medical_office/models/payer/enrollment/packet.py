"""What goes to the payer with an application, and what stops it."""

from odoo import fields, models
from odoo.tools import format_date


class PayerEnrollment(models.Model):
    _inherit = "medical.payer.enrollment"

    def _packet_credentials(self):
        """The latest credential of each type of the provider, void ones left out.

        :return: recordset, as superuser: what the payer is shown
        """
        self.ensure_one()
        # sudo: the provider's papers go to the payer, whoever prepares the packet
        person = self.sudo().provider_id
        # sudo: as above
        credentials = self.env["medical.core.credential"].sudo()
        if not person.user_id:
            return credentials
        found = credentials.search(
            [
                ("user_id", "=", person.user_id.id),
                ("company_id", "in", [self.company_id.id, False]),
                ("state", "!=", "void"),
            ],
            order="date_from, id",
        )
        latest = {credential.type_id: credential for credential in found}
        return credentials.union(*latest.values()).sorted(
            lambda credential: (credential.type_id.sequence, credential.id)
        )

    def _packet_problems(self):
        """Why the packet cannot go to the payer, one sentence for each reason.

        :return: list, empty where nothing stands in its way
        """
        self.ensure_one()
        today = fields.Date.context_today(self)
        # sudo: a provider is named
        who = self.sudo().provider_id.name
        problems = []
        if not self.npi:
            problems.append(
                self.env._(
                    "%s has no NPI. Enter it on the enrollment or among the credentials.",
                    who,
                )
            )
        for credential in self._packet_credentials():
            if credential.date_to and credential.date_to < today:
                problems.append(
                    self.env._(
                        "“%(what)s” of %(who)s expired on %(day)s. Enter the renewed "
                        "one, then go on.",
                        what=credential.type_id.name,
                        who=who,
                        day=format_date(self.env, credential.date_to),
                    )
                )
        return problems
