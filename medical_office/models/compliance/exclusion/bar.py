"""Whoever is excluded is not given work, ordered from, billed by or paid."""

from odoo import api, models


class CoreBar(models.AbstractModel):
    _inherit = "medical.core.bar"

    @api.model
    def _bars(self, parties, day, act):
        """Adds those with a confirmed match on an exclusion list, and for orders the
        vendors that lack what the rules ask of them."""
        found = super()._bars(parties, day, act)
        domain = self._domain_of_parties(parties)
        # sudo: whether somebody is excluded is asked, whoever orders or plans
        register = self.env["medical.compliance.exclusion.party"].sudo()
        excluded = register.with_context(active_test=False).search(
            [*domain, ("result", "=", "excluded")]
        )
        for party in excluded:
            text = self.env._(
                "%(who)s is excluded from federal health care programs (a confirmed "
                "match on an exclusion list) and may not be given work, ordered from or "
                "paid. Ask the office manager; the match is under Compliance, Exclusion "
                "Screening.",
                who=party.name,
            )
            found |= dict.fromkeys(self._records_of(party, parties), text)
        if act == "order" and parties._name == "res.partner":
            found = self._bars_by_rule(parties, day) | found
        return found

    @api.model
    def _bars_by_rule(self, partners, day):
        """{partner: sentence} of vendors that lack what the practice asks of them."""
        register = self.env["medical.compliance.exclusion.party"]
        register._enroll_vendors(partners)
        lacking = self.env["medical.compliance.vendor.rule"]._lacking(partners, day)
        found = {}
        for partner in partners if lacking else ():
            # sudo: of which firm a contact is, whatever the reader may see
            firm = partner.sudo().commercial_partner_id
            if firm in lacking:
                found[partner] = self.env._(
                    "%(who)s is missing %(what)s; the practice does not order without. "
                    "Ask the office manager: it is entered under Compliance, Business "
                    "Associates.",
                    who=firm.name,
                    what=", ".join(lacking[firm]),
                )
        return found

    @api.model
    def _domain_of_parties(self, parties):
        if parties._name == "hr.employee":
            return [("employee_id", "in", parties.ids)]
        if parties._name == "res.users":
            return [
                "|",
                ("employee_id.user_id", "in", parties.ids),
                ("partner_id.user_ids", "in", parties.ids),
            ]
        # sudo: of which firm a contact is, whatever the reader may see
        firms = parties.sudo().commercial_partner_id
        # a contact that was put under another firm stays who it is
        return [("partner_id", "in", (parties | firms.with_env(parties.env)).ids)]

    @api.model
    def _records_of(self, party, parties):
        """Those of ``parties`` that this screened party is."""
        if parties._name == "hr.employee":
            return parties & party.employee_id.with_env(parties.env)
        if parties._name == "res.users":
            users = party.employee_id.user_id | party.partner_id.user_ids
            return parties & users.with_env(parties.env)
        # sudo: as in the domain
        return parties.filtered(
            lambda one: (
                party.partner_id.id in (one.id, one.sudo().commercial_partner_id.id)
            )
        )
