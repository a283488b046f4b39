"""Who is screened: employees, applicants, vendors, owners, contractors."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....engine.core.labels import labels_of
from ....tools.compliance.letters import fold
from ....tools.compliance.partyfile import Party
from ....tools.core.digest import sha256
from ....tools.npi import npi_is_valid
from ...core.mixins.done import done
from .list import KEEPERS

PARTY_KINDS = [
    ("employee", "Employee"),
    ("applicant", "Applicant"),
    ("vendor", "Vendor"),
    ("owner", "Owner"),
    ("contractor", "Contractor"),
]
RESULTS = [
    ("unnamed", "Cannot be screened"),
    ("never", "Not screened yet"),
    ("clear", "No match"),
    ("open", "Match to resolve"),
    ("excluded", "Excluded"),
]


class ComplianceExclusionParty(models.Model):
    """Employees, applicants and vendors come by themselves; owners and contractors are
    entered. What is compared follows the record it comes from."""

    _name = "medical.compliance.exclusion.party"
    _description = "Screened Party"
    _inherit = ["mail.thread", "medical.core.shared", "medical.core.guard"]
    _order = "name, id"
    _editors = {"*": KEEPERS}
    _born_fields = frozenset({"kind", "employee_id", "applicant_id", "partner_id"})
    _deletable_in = frozenset()

    kind = fields.Selection(PARTY_KINDS, required=True, default="owner", index=True)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self.env.company,
        help="Empty: all companies.",
    )
    employee_id = fields.Many2one(
        "hr.employee", index="btree_not_null", ondelete="cascade"
    )
    applicant_id = fields.Many2one(
        "hr.applicant", index="btree_not_null", ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner", "Contact", index="btree_not_null", ondelete="cascade"
    )
    subject_id = fields.Many2one(
        "res.users", "User", compute="_compute_subject_id", compute_sudo=True
    )
    name = fields.Char(required=True, tracking=True)
    is_business = fields.Boolean("Business")
    last_name = fields.Char(help="Fill in where the order of the name is not plain.")
    first_name = fields.Char()
    middle_name = fields.Char()
    npi = fields.Char("NPI", tracking=True, help="National Provider Identifier.")
    birth_date = fields.Date(
        tracking=True, help="What tells two people of one name apart."
    )
    state_id = fields.Many2one(
        "res.country.state", domain="[('country_id.code', '=', 'US')]"
    )
    name_ids = fields.One2many(
        "medical.compliance.exclusion.name", "party_id", "Other names"
    )
    match_ids = fields.One2many(
        "medical.compliance.exclusion.match", "party_id", "Matches", readonly=True
    )
    match_count = fields.Integer("Open matches", compute="_compute_result", store=True)
    result = fields.Selection(RESULTS, compute="_compute_result", store=True)
    screened_at = fields.Datetime("Last screened", readonly=True)
    fingerprint = fields.Char(
        readonly=True, help="SHA-256 hash of what was compared the last time."
    )
    active = fields.Boolean(default=True)

    _employee_once = models.UniqueIndex(
        "(employee_id) WHERE employee_id IS NOT NULL", "This employee is screened."
    )
    _applicant_once = models.UniqueIndex(
        "(applicant_id) WHERE applicant_id IS NOT NULL", "This applicant is screened."
    )
    _vendor_once = models.UniqueIndex(
        "(partner_id) WHERE kind = 'vendor'", "This vendor is screened."
    )

    @api.depends("employee_id.user_id", "partner_id")
    def _compute_subject_id(self):
        people = self.partner_id.user_ids.grouped("partner_id")
        for party in self:
            of_partner = people.get(party.partner_id, self.env["res.users"])
            party.subject_id = party.employee_id.user_id or of_partner[:1]

    @api.depends("match_ids.state", "screened_at", "name")
    def _compute_result(self):
        for party in self:
            states = party.match_ids.mapped("state")
            waiting = sum(state in ("open", "answered") for state in states)
            party.match_count = waiting
            if "confirmed" in states:
                party.result = "excluded"
            elif not fold(party.name or ""):
                party.result = "unnamed"
            elif waiting:
                party.result = "open"
            else:
                party.result = "clear" if party.screened_at else "never"

    @api.constrains("name", "npi", "last_name", "first_name")
    def _check_facts(self):
        for party in self:
            if not fold(party.name or "") and not party._is_program():
                raise ValidationError(
                    self.env._(
                        "“%s” has no letter of the Latin alphabet, so it cannot be "
                        "screened. Write the name as in the passport's "
                        "machine-readable lines.",
                        party.name or "",
                    )
                )
            if party.npi and not npi_is_valid(party.npi):
                raise ValidationError(
                    self.env._(
                        "%(who)s: %(npi)s is no National Provider Identifier (ten "
                        "digits with a check digit). Correct the NPI or leave it empty.",
                        who=party.name,
                        npi=party.npi,
                    )
                )

    # ------------------------------------------------------------------ what is compared

    def _rows(self):
        """For the engine: one for each name of each party that has a name.

        :return: list of ``tools.compliance.partyfile.Party``, the id as text
        """
        return [row for party in self for row in party._own_rows()]

    def _own_rows(self):
        self.ensure_one()
        facts = (
            self.npi or "",
            self.birth_date.strftime("%Y%m%d") if self.birth_date else "",
            self.state_id.code or "",
        )
        rows = []
        if fold(self.name or ""):
            rows.append(self._row(self.name, self.is_business, facts))
        if self.last_name and self.first_name and not self.is_business:
            names = (self.last_name, self.first_name, self.middle_name or "", "")
            rows.append(Party(str(self.id), "person", *names, *facts))
        employee = self.employee_id
        if employee.name and employee.name != self.name and fold(employee.name):
            rows.append(self._row(employee.name, False, facts))
        rows += [
            self._row(other.name, other.kind == "trade", facts)
            for other in self.name_ids
        ]
        return rows

    def _row(self, name, is_business, facts):
        if is_business:
            return Party(str(self.id), "business", "", "", "", name, *facts)
        return Party(str(self.id), "person", name, "", "", "", *facts)

    def _fingerprint(self):
        """SHA-256 of what is compared: a decision holds as long as it stays."""
        return sha256([sorted(row[1:]) for row in self._own_rows()])

    # --------------------------------------------------------------------- buttons

    def action_screen(self):
        """Screen these parties now."""
        self._check_caller(*KEEPERS)
        self.check_access("read")
        # sudo: matches are written by the program, whoever asks for the look
        self.sudo()._screen()
        labels = labels_of(self, "result")
        results = ", ".join(dict.fromkeys(labels[party.result] for party in self))
        return done(
            self.env,
            self.env._(
                "Screened: %(count)s. %(results)s.", count=len(self), results=results
            ),
        )

    def action_matches(self):
        """The matches of these parties."""
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Matches"),
            "res_model": "medical.compliance.exclusion.match",
            "views": [(False, "list"), (False, "form")],
            "domain": [("party_id", "in", self.ids)],
        }
