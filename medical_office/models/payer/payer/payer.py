"""Insurers and programs that pay the practice: who they are, how they are reached, terms."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

KEEPERS = ("core_group_hr", "core_group_manager", "core_group_accountant")


class PayerPayer(models.Model):
    """A partner with a payer record; one for each partner and company."""

    _name = "medical.payer.payer"
    _description = "Payer"
    _inherit = ["mail.thread", "medical.core.guard"]
    _order = "name, id"
    _editors = {"*": KEEPERS}
    _deletable_in = frozenset()

    partner_id = fields.Many2one(
        "res.partner",
        "Payer",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    name = fields.Char(related="partner_id.name", store=True, index=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    active = fields.Boolean(default=True)
    payer_ref = fields.Char(
        "Payer ID",
        tracking=True,
        help="The number under which claims go to this payer electronically.",
    )
    line_ids = fields.Many2many("medical.payer.line", string="Lines of business")
    state_id = fields.Many2one(
        "res.country.state",
        domain="[('country_id.code', '=', 'US')]",
        help="The state of a state program, such as Medicaid.",
    )
    portal_url = fields.Char("Portal", help="Where enrollments are followed up.")
    representative_id = fields.Many2one(
        "res.partner", "Provider representative", ondelete="set null", tracking=True
    )
    notice_senders = fields.Char(
        "Notices come from",
        help="Email addresses or domains, separated by commas: notices@badger.example, "
        "badger.example.",
    )
    user_id = fields.Many2one(
        "res.users", "Responsible", default=lambda self: self.env.user, index=True
    )
    timely_filing_days = fields.Integer(
        "Timely filing (days)",
        aggregator=None,
        tracking=True,
        help="Days from the visit in which a claim is accepted. 0: not entered.",
    )
    appeal_days = fields.Integer(
        "Appeal (days)",
        aggregator=None,
        tracking=True,
        help="Days from the denial in which an appeal is accepted. 0: not entered.",
    )
    remittance_terms = fields.Char(
        "Remittance terms", help="How and when it pays: EFT, weekly, 30 days."
    )
    gather_days = fields.Integer(
        "Days to gather",
        default=14,
        aggregator=None,
        help="Calendar days to collect papers and signatures for an application.",
    )
    review_days = fields.Integer(
        "Days to review",
        default=90,
        aggregator=None,
        help="Calendar days from submission until this payer's enrollment is effective, "
        "as the practice has seen them.",
    )
    relies_on_caqh = fields.Boolean(
        "Relies on CAQH",
        default=True,
        help="The plan reads the CAQH profile: a lapsed attestation stops it.",
    )
    visits_week = fields.Float(
        "Visits per week of a new provider",
        digits=(8, 2),
        aggregator=None,
        help="With this payer's patients. Proposed for new enrollments.",
    )
    payment_visit = fields.Monetary(
        "Payment per visit",
        aggregator=None,
        help="What this payer pays on average for a visit. Proposed for new enrollments.",
    )
    enrollment_ids = fields.One2many("medical.payer.enrollment", "payer_id")
    enrollment_count = fields.Integer(compute="_compute_enrollment_count")

    _once = models.UniqueIndex(
        "(partner_id, company_id)", "This partner has a payer record already."
    )
    _days = models.Constraint(
        "CHECK (timely_filing_days BETWEEN 0 AND 3650 AND appeal_days BETWEEN 0 AND 3650 "
        "AND gather_days BETWEEN 0 AND 3650 AND review_days BETWEEN 0 AND 3650)",
        "Days are between 0 and 3,650, which is ten years.",
    )
    _expected = models.Constraint(
        "CHECK (visits_week BETWEEN 0 AND 10000 AND payment_visit BETWEEN 0 AND 1000000)",
        "Visits per week are between 0 and 10,000, and a payment per visit is between 0 and "
        "1,000,000. Check the comma.",
    )

    @api.depends("name")
    def _compute_display_name(self):
        for payer in self:
            payer.display_name = payer.name or ""

    def _compute_enrollment_count(self):
        groups = self.env["medical.payer.enrollment"]._read_group(
            [("payer_id", "in", self.ids), ("state", "!=", "terminated")],
            ["payer_id"],
            ["__count"],
        )
        counts = {payer.id: count for payer, count in groups}
        for payer in self:
            payer.enrollment_count = counts.get(payer.id, 0)

    @api.constrains("portal_url")
    def _check_portal_url(self):
        """A link that a browser opens, and nothing that it runs."""
        for payer in self.filtered("portal_url"):
            if not payer.portal_url.lower().startswith(("https://", "http://")):
                raise ValidationError(
                    self.env._(
                        "%s, Portal: enter an address that begins with https://.",
                        payer.name,
                    )
                )

    @api.model
    def _named(self, texts):
        """Payers of the company by what a file calls them: name or payer ID.

        :param texts: names or payer IDs, in any case
        :return: {text in lower case: payer}; one query
        """
        wanted = {text.casefold() for text in texts}
        found = {}
        for payer in self.search([("company_id", "=", self.env.company.id)]):
            for text in (payer.name, payer.payer_ref):
                if text and text.casefold() in wanted:
                    found.setdefault(text.casefold(), payer)
        return found

    @api.model
    def _of_sender(self, address, company=None):
        """The payer a mail comes from, by the address or domain named on the payer.

        :param address: email address, normalized
        :return: payer, empty where none or several fit
        """
        if not address or "@" not in address:
            return self.browse()
        address = address.casefold()
        domain = address.rpartition("@")[2]
        company = company or self.env.company
        exact, wide = self.browse(), self.browse()
        for payer in self.search([("company_id", "=", company.id)]):
            senders = {
                part.strip().casefold().removeprefix("@")
                for part in (payer.notice_senders or "").split(",")
            } - {""}
            if payer.partner_id.email_normalized:
                senders.add(payer.partner_id.email_normalized)
            if payer.representative_id.email_normalized:
                senders.add(payer.representative_id.email_normalized)
            if address in senders:
                exact |= payer
            elif domain in senders:
                wide |= payer
        found = exact or wide
        return found if len(found) == 1 else self.browse()

    def action_enrollments(self):
        """The enrollments with this payer."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.payer_enrollment_action"
        )
        return action | {
            "domain": [("payer_id", "=", self.id)],
            "context": {"default_payer_id": self.id},
            "path": False,
        }

    def action_meetings(self):
        """Meetings with this payer and its people, and a new one with it."""
        self.ensure_one()
        self.check_access("read")
        people = self.partner_id | self.representative_id
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.core_meeting_action"
        )
        return action | {
            "domain": [("outsider_id", "child_of", people.ids)],
            "context": {
                "default_kind": "payer",
                "default_outsider_id": (self.representative_id or self.partner_id).id,
            },
            "path": False,
        }
