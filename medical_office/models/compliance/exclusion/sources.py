"""Where parties come from: whoever is hired, applies or sells is screened by itself."""

from odoo import api, fields, models
from odoo.tools import SQL

SOURCE_FIELDS = {
    "hr.employee": "employee_id",
    "hr.applicant": "applicant_id",
    "res.partner": "partner_id",
}
KINDS = {
    "hr.employee": "employee",
    "hr.applicant": "applicant",
    "res.partner": "vendor",
}
FOLLOWED = {
    "hr.employee": {"name", "legal_name", "birthday", "private_state_id", "active"},
    "hr.applicant": {"partner_name", "active"},
    "res.partner": {"name", "state_id", "active", "is_company", "supplier_rank"},
}


class ComplianceExclusionParty(models.Model):
    _inherit = "medical.compliance.exclusion.party"

    @api.model
    def _enroll(self, records):
        """Make the party of each record, or bring it up to date; a changed one is
        screened soon.

        :param records: employees, applicants or vendors
        :return: their parties
        """
        name = SOURCE_FIELDS[records._name]
        # sudo: whoever hires or orders need not see who is screened
        register = self.sudo().with_context(active_test=False)
        domain = [(name, "in", records.ids)]
        if records._name == "res.partner":
            domain.append(("kind", "=", "vendor"))
        parties = register.search(domain)
        known = {party[name].id: party for party in parties}
        fresh, has_changed = [], False
        for record in records.sudo():  # sudo: as above
            values = self._source_values(record)
            party = known.get(record.id)
            if not party:
                kind = KINDS[records._name]
                fresh.append({"kind": kind, name: record.id, **values})
                continue
            changed = {
                key: value
                for key, value in values.items()
                if (value or key in ("active", "is_business"))
                and party._fields[key].convert_to_write(party[key], party) != value
            }
            if changed:
                party._pen().write(changed)
                has_changed = True
        made = register._pen().with_context(tracking_disable=True).create(fresh)
        if made or has_changed:
            self._screen_soon()
        return (parties | made).with_env(self.env)

    @api.model
    def _enroll_vendors(self, partners):
        """Vendors that are ordered from for the first time become parties.

        :return: whether there was a new one
        """
        # sudo: whoever orders need not see who is screened
        firms = partners.sudo().commercial_partner_id
        # sudo: as above
        known = self.sudo().with_context(active_test=False)
        parties = known.search(
            [("kind", "=", "vendor"), ("partner_id", "in", firms.ids)]
        )
        fresh = (firms - parties.partner_id).filtered("name")
        self._enroll(fresh)
        return bool(fresh)

    @api.model
    def _screen_soon(self):
        """Have the job look at who is new or has changed."""
        cron = self.env.ref(
            "medical_office.compliance_exclusion_cron", raise_if_not_found=False
        )
        if cron:
            cron._trigger()

    @api.model
    def _source_values(self, record):
        """What is compared of an employee, an applicant or a vendor."""
        if record._name == "hr.employee":
            return {
                "name": record.legal_name or record.name or "?",
                "birth_date": record.birthday,
                "state_id": record.private_state_id.id,
                "company_id": record.company_id.id,
                "active": record.active,
            }
        if record._name == "hr.applicant":
            return {
                "name": record.partner_name or record.partner_id.name or "?",
                "company_id": record.company_id.id,
                "active": record.active,
            }
        return {
            "name": record.name or "?",
            "is_business": record.is_company,
            "state_id": record.state_id.id,
            "company_id": record.company_id.id,
            "active": record.active,
        }

    @api.model
    def _enroll_missing(self):
        """Parties of whoever has none yet: three queries, whatever there is."""
        # sudo: the program looks at everybody
        env = self.sudo().env
        # sudo: as above
        taken = self.sudo().with_context(active_test=False)
        for model in ("hr.employee", "hr.applicant"):
            known = taken.search([(SOURCE_FIELDS[model], "!=", False)])
            ids = known[SOURCE_FIELDS[model]].ids
            self._enroll(env[model].search([("id", "not in", ids)]))
        rows = env.execute_query(
            SQL(
                """SELECT DISTINCT vendor.id
                     FROM res_partner vendor
                     JOIN res_partner contact
                       ON contact.commercial_partner_id = vendor.id
                    WHERE vendor.active AND vendor.name IS NOT NULL
                      AND (contact.supplier_rank > 0
                           OR EXISTS (SELECT FROM product_supplierinfo terms
                                       WHERE terms.partner_id = contact.id)
                           OR EXISTS (SELECT FROM purchase_order bought
                                       WHERE bought.partner_id = contact.id))
                      AND NOT EXISTS (
                          SELECT FROM medical_compliance_exclusion_party party
                           WHERE party.partner_id = vendor.id
                             AND party.kind = 'vendor')"""
            )
        )
        self._enroll(env["res.partner"].browse([row[0] for row in rows]))

    @api.model
    def _refresh(self):
        """All parties as their records are now, and whoever is missing."""
        self._enroll_missing()
        # sudo: the program looks at everybody
        parties = self.sudo().with_context(active_test=False).search([])
        for model, name in SOURCE_FIELDS.items():
            own = parties.filtered_domain([("kind", "=", KINDS[model])])
            self._enroll(own[name])

    @api.model
    def _cron_new(self):
        """Enroll whoever is missing and screen who was never, or has changed since."""
        self._enroll_missing()
        waiting = self.search([]).filtered(
            lambda party: (
                party.result != "unnamed"
                and (not party.screened_at or party.fingerprint != party._fingerprint())
            )
        )
        self.env["medical.core.job.fault"]._each(
            self.env._("screen new parties"), waiting, lambda some: some._screen()
        )
        self.env["medical.compliance.exclusion.screening"]._monthly()


class Enrolled(models.AbstractModel):
    """Mixin of the host's models whose records are screened."""

    _name = "medical.compliance.exclusion.source"
    _description = "Screened by Itself"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._medical_screened()._medical_enroll()
        return records

    def write(self, vals):
        result = super().write(vals)
        if not FOLLOWED[self._name].isdisjoint(vals):
            self._medical_screened()._medical_enroll()
        return result

    def _medical_screened(self):
        """Those of these records that are screened."""
        return self

    def _medical_enroll(self):
        if self:
            self.env["medical.compliance.exclusion.party"]._enroll(self)


class HrEmployee(models.Model):
    _name = "hr.employee"
    _inherit = ["hr.employee", "medical.compliance.exclusion.source"]


class HrApplicant(models.Model):
    _name = "hr.applicant"
    _inherit = ["hr.applicant", "medical.compliance.exclusion.source"]

    def _medical_screened(self):
        """Nobody is screened without a name; the job asks again when it is there."""
        return self.filtered(lambda one: one.partner_name or one.partner_id.name)


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "medical.compliance.exclusion.source"]

    medical_exclusion = fields.Selection(
        selection=lambda self: (
            self.env["medical.compliance.exclusion.party"]
            ._fields["result"]
            ._description_selection(self.env)
        ),
        string="Exclusion Screening",
        compute="_compute_medical_exclusion",
        compute_sudo=True,  # that a vendor is barred is no secret to who orders
    )

    def _compute_medical_exclusion(self):
        parties = self.env["medical.compliance.exclusion.party"].search(
            [
                ("kind", "=", "vendor"),
                ("partner_id", "in", self.commercial_partner_id.ids),
            ]
        )
        results = {party.partner_id: party.result for party in parties}
        for partner in self:
            partner.medical_exclusion = results.get(partner.commercial_partner_id)

    def _medical_screened(self):
        return self.commercial_partner_id.filtered(
            lambda vendor: vendor.supplier_rank > 0 and vendor.name
        )
