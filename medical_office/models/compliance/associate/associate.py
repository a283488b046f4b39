"""Business associates: who handles health information for the practice, under what."""

from odoo import api, fields, models
from odoo.tools import format_date

from ...core.check.answerable import finding
from ...core.check.check import CheckResult

KEEPERS = ("core_group_hr", "core_group_manager")
SOON_DAYS = 60


class ComplianceAssociate(models.Model):
    """A vendor to whom the rules for business associates apply; its agreement and its
    insurance are credentials of the vendor, entered by one and verified by another."""

    _name = "medical.compliance.associate"
    _description = "Business Associate"
    _inherit = ["mail.thread", "medical.core.guard"]
    _order = "partner_id, id"
    _editors = {"*": KEEPERS}
    _deletable_in = frozenset()

    partner_id = fields.Many2one(
        "res.partner",
        "Vendor",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    services = fields.Char(
        "What it does with health information",
        required=True,
        tracking=True,
        help="Shreds paper charts; hosts the phone system; bills for us.",
    )
    user_id = fields.Many2one(
        "res.users", "Responsible", default=lambda self: self.env.user, index=True
    )
    active = fields.Boolean(default=True)
    agreement_id = fields.Many2one("medical.core.credential", compute="_compute_papers")
    agreement_until = fields.Date("Agreement ends", compute="_compute_papers")
    agreement_status = fields.Selection(
        [
            ("in_force", "In force"),
            ("ending", "Ends soon"),
            ("unverified", "To verify"),
            ("missing", "Missing"),
        ],
        "Agreement status",
        compute="_compute_papers",
    )
    insurance_until = fields.Date("Insured until", compute="_compute_papers")
    exclusion = fields.Selection(related="partner_id.medical_exclusion")

    _once = models.UniqueIndex(
        "(partner_id, company_id) WHERE active",
        "This vendor is a business associate already.",
    )

    @api.depends("partner_id")
    def _compute_display_name(self):
        for associate in self:
            associate.display_name = associate.partner_id.display_name or ""

    def _compute_papers(self):
        """From the vendors' credentials, in one query."""
        rules = self.env["medical.compliance.vendor.rule"]
        agreement, insurance = rules._credential_types()
        today = fields.Date.context_today(self)
        # sudo: what is on file of a vendor, shown with the associate
        papers = self.env["medical.core.credential"].sudo()
        found = papers.search(
            [
                ("type_id", "in", (agreement | insurance).ids),
                ("partner_id", "in", self.partner_id.ids),
                ("company_id", "in", self.company_id.ids),
                ("state", "!=", "void"),
                ("date_from", "<=", today),
            ],
            order="date_to, id",  # without an end last: it holds longest
        )
        latest = {
            (one.type_id, one.partner_id, one.company_id, one.state): one
            for one in found
            if not one.date_to or one.date_to >= today
        }
        soon = fields.Date.add(today, days=SOON_DAYS)
        for associate in self:
            key = (associate.partner_id, associate.company_id)
            holds = latest.get((agreement, *key, "verified"))
            entered = latest.get((agreement, *key, "entered"))
            if not holds and not agreement.must_verify:
                holds = entered
            associate.agreement_id = holds or entered
            associate.agreement_until = holds and holds.date_to
            if not holds:
                associate.agreement_status = "unverified" if entered else "missing"
            else:
                ends = holds.date_to and holds.date_to <= soon
                associate.agreement_status = "ending" if ends else "in_force"
            insured = latest.get((insurance, *key, "verified")) or latest.get(
                (insurance, *key, "entered")
            )
            associate.insurance_until = insured and insured.date_to

    # ---------------------------------------------------------------------- buttons

    def action_enter_agreement(self):
        """Enter an agreement of this vendor; a second person verifies it."""
        return self._enter(0, self.env._("Business Associate Agreement"))

    def action_enter_insurance(self):
        """Enter a certificate of insurance of this vendor."""
        return self._enter(1, self.env._("Certificate of Insurance"))

    def _enter(self, place, title):
        self.env["medical.core.guard"]._check_caller(*KEEPERS)
        self.ensure_one()
        kind = self.env["medical.compliance.vendor.rule"]._credential_types()[place]
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "medical.core.credential",
            "views": [(False, "form")],
            "context": {
                "default_type_id": kind.id,
                "default_partner_id": self.partner_id.id,
                "default_company_id": self.company_id.id,
            },
        }

    # -------------------------------------------------------------------- the check

    @api.model
    def _medical_check_agreements(self):
        """Business associates without an agreement in force, or with one that ends."""
        associates = self.search([])
        rows = []
        for one in associates:
            if one.agreement_status == "in_force":
                continue
            words = {
                "who": one.partner_id.display_name,
                "day": format_date(self.env, one.agreement_until),
            }
            text = {
                "ending": self.env._(
                    "The business associate agreement with %(who)s ends on %(day)s. "
                    "Renew it.",
                    **words,
                ),
                "unverified": self.env._(
                    "The business associate agreement with %(who)s is not verified. "
                    "Somebody else verifies it.",
                    **words,
                ),
                "missing": self.env._(
                    "There is no business associate agreement in force with %(who)s. "
                    "Enter it, or end the relation.",
                    **words,
                ),
            }[one.agreement_status]
            severity = "high" if one.agreement_status == "missing" else "medium"
            rows.append(finding(one, text, severity=severity, user_id=one.user_id.id))
        return CheckResult(len(associates), rows)
