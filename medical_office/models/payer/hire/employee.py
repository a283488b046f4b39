"""A new provider is planned with every payer as soon as an offer is accepted."""

from odoo import api, fields, models

NPI = "npi"


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _medical_are_providers(self):
        """Those whose job takes an NPI, or who hold one; two queries.

        :return: recordset
        """
        # sudo: whether a job takes an NPI is asked, whoever plans
        asked = (
            self.env["medical.people.requirement"]
            .sudo()
            .search([("type_ids.code", "=", NPI), ("job_ids", "!=", False)])
        )
        # sudo: as above
        people = self.sudo()
        holders = people.env["medical.core.credential"].search(
            [
                ("type_id.code", "=", NPI),
                ("user_id", "in", people.user_id.ids),
                ("state", "!=", "void"),
            ]
        )
        found = people.filtered(
            lambda one: one.job_id in asked.job_ids or one.user_id in holders.user_id
        )
        return found.with_env(self.env)

    def _medical_hire_steps(self):
        """A new provider is planned with every payer."""
        return [*super()._medical_hire_steps(), "_medical_plan_enrollments"]

    def _medical_plan_enrollments(self):
        """Planned enrollments of new providers with all payers, at their first site.

        Nothing is planned twice.

        :return: what was made
        """
        # sudo: planned by the program for whoever keeps enrollments
        enrollments = self.env["medical.payer.enrollment"].sudo()._pen()
        made = enrollments
        for person in self._medical_are_providers():
            company = person.company_id
            sites = enrollments._sites_of(company)
            made |= enrollments._plan(
                person,
                self.env["medical.payer.payer"]
                .sudo()
                .search(  # sudo: as above
                    [("company_id", "=", company.id)]
                ),
                sites[:1],
                person.sudo().contract_date_start  # sudo: as above
                or fields.Date.context_today(self),
            )
        return made

    def action_medical_enrollments(self):
        """The enrollments of this provider."""
        self.ensure_one()
        self.check_access("read")
        self.env["medical.payer.enrollment"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.payer_enrollment_action"
        )
        return action | {
            "domain": [("provider_id", "=", self.id)],
            "context": {"default_provider_id": self.id},
            "path": False,
        }


class PayerEnrollment(models.Model):
    _inherit = "medical.payer.enrollment"

    @api.model
    def _sites_of(self, company):
        """Sites of a company, in their order."""
        # sudo: sites are no secret to whoever plans
        return (
            self.env["stock.warehouse"]
            .sudo()
            .search([("company_id", "=", company.id), ("medical_is_site", "=", True)])
        )

    @api.model
    def _missing(self, provider, payers, sites):
        """(payer, site, line) for which a provider has no enrollment in force or pending.

        :return: list, in the order of payers and sites; one query
        """
        there = {
            (one.payer_id.id, one.site_id.id, one.line_id.id)
            for one in self.search(
                [("provider_id", "=", provider.id), ("state", "!=", "terminated")]
            )
        }
        return [
            (payer, site, line)
            for payer in payers
            for site in sites
            for line in payer.line_ids
            if (payer.id, site.id, line.id) not in there
        ]

    @api.model
    def _plan(self, provider, payers, sites, needed):
        """Plan what a provider does not have yet; everything in one create.

        :param needed: the day from which visits are to be billed
        :return: the planned enrollments
        """
        return self.create(
            [
                {
                    "provider_id": provider.id,
                    "payer_id": payer.id,
                    "site_id": site.id,
                    "line_id": line.id,
                    "date_needed": needed,
                    "user_id": payer.user_id.id,
                    "visits_week": payer.visits_week,
                    "payment_visit": payer.payment_visit,
                }
                for payer, site, line in self._missing(provider, payers, sites)
            ]
        )
