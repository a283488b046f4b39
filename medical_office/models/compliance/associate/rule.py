"""What a vendor must have before anything is ordered from it: a dated setting."""

from odoo import api, fields, models
from odoo.tools import format_date

from ....engine.core.labels import labels_of

VENDOR_KINDS = [
    ("associate", "Business associates"),
    ("onsite", "Vendors that work in the building"),
    ("any", "All vendors"),
]


class ComplianceVendorRule(models.Model):
    """From a day on, until the next rule for the same vendors. Set by the director."""

    _name = "medical.compliance.vendor.rule"
    _description = "Vendor Rule"
    _inherit = ["mail.thread", "medical.core.guard"]
    _order = "vendor_kind, date_from desc, id desc"
    _editors = {"*": "core_group_director"}

    vendor_kind = fields.Selection(
        VENDOR_KINDS, "Applies to", required=True, default="associate", tracking=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    date_from = fields.Date(
        "In force from",
        required=True,
        default=fields.Date.context_today,
        tracking=True,
    )
    needs_agreement = fields.Boolean(
        "Business associate agreement",
        tracking=True,
        help="45 CFR 164.502(e): required of whoever handles health information for "
        "the practice.",
    )
    needs_insurance = fields.Boolean("Certificate of insurance", tracking=True)
    needs_screening = fields.Boolean(
        "Screened, no match to resolve",
        tracking=True,
        help="Screened against the exclusion lists, with every match resolved.",
    )

    _once = models.UniqueIndex(
        "(company_id, vendor_kind, date_from)",
        "There is a rule for these vendors from that day already.",
    )

    @api.depends("vendor_kind", "date_from")
    def _compute_display_name(self):
        kinds = labels_of(self, "vendor_kind")
        for rule in self:
            rule.display_name = self.env._(
                "%(vendors)s, from %(day)s",
                vendors=kinds.get(rule.vendor_kind, ""),
                day=format_date(self.env, rule.date_from),
            )

    @api.model
    def _in_force(self, company, day):
        """{vendor kind: the rule in force}, one query."""
        # sudo: what is asked of vendors binds whoever orders
        rules = self.sudo().search(
            [("company_id", "=", company.id), ("date_from", "<=", day)],
            order="date_from",
        )
        return {rule.vendor_kind: rule for rule in rules}

    @api.model
    def _lacking(self, partners, day):
        """What vendors lack by the rules in force.

        The number of queries does not depend on the number of vendors.

        :param partners: vendors or their contacts
        :return: {firm: list of what it lacks, in words}
        """
        company = self.env.company
        rules = self._in_force(company, day)
        # sudo: what a vendor has on file is asked, whoever orders
        firms = partners.sudo().commercial_partner_id
        if not rules or not firms:
            return {}
        needed = self._needed(rules, firms, company)
        has = self._has(firms, company, day)
        words = {
            "needs_agreement": self.env._("a business associate agreement in force"),
            "needs_insurance": self.env._("a certificate of insurance in force"),
            "needs_screening": self.env._(
                "an exclusion screening without a match to resolve"
            ),
        }
        found = {}
        for firm, needs in needed.items():
            lacks = [words[need] for need in words if need in needs - has[firm]]
            if lacks:
                found[firm] = lacks
        return found

    @api.model
    def _needed(self, rules, firms, company):
        """{firm: set of the needs that the rules name for it}"""
        domain = [("company_id", "=", company.id), ("partner_id", "in", firms.ids)]
        # sudo: as in _lacking
        associates = self.env["medical.compliance.associate"].sudo().search(domain)
        # sudo: as in _lacking
        approvals = self.env["medical.facility.vendor.approval"].sudo()
        onsite = approvals.search(domain)
        members = {
            "associate": associates.partner_id,
            "onsite": onsite.partner_id,
            "any": firms,
        }
        needed = {firm: set() for firm in firms}
        for kind, rule in rules.items():
            needs = {
                name
                for name in ("needs_agreement", "needs_insurance", "needs_screening")
                if rule[name]
            }
            for firm in firms & members[kind]:
                needed[firm] |= needs
        return needed

    @api.model
    def _has(self, firms, company, day):
        """{firm: set of the needs that it meets on a day}"""
        agreement, insurance = self._credential_types()
        credentials = self.env["medical.core.credential"].with_company(company)
        holders = credentials._holders(agreement | insurance, day, among=firms)
        # sudo: as in _lacking
        approvals = self.env["medical.facility.vendor.approval"].sudo()
        insured = approvals.search(
            [
                ("company_id", "=", company.id),
                ("partner_id", "in", firms.ids),
                ("insurance_until", ">=", day),
            ]
        ).partner_id
        return {
            firm: {
                name
                for name, meets in (
                    ("needs_agreement", firm in holders[agreement]),
                    ("needs_insurance", firm in holders[insurance] | insured),
                    ("needs_screening", firm.medical_exclusion == "clear"),
                )
                if meets
            }
            for firm in firms
        }

    @api.model
    def _credential_types(self):
        """(the agreement's credential type, the insurance certificate's)."""
        return tuple(
            self.env.ref(f"medical_office.compliance_credential_type_{name}")
            for name in ("agreement", "insurance")
        )
