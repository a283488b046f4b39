"""The screening of a month: who was compared with what, and the signed certificate."""

from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ....tools.core.digest import sha256
from ...core.mixins.done import done
from ...core.mixins.guard import ALL
from .list import KEEPERS
from .party import PARTY_KINDS, RESULTS


class ComplianceExclusionScreening(models.Model):
    """All parties of a company against the lists in force. Signed once every match is
    resolved; then it stays as it is."""

    _name = "medical.compliance.exclusion.screening"
    _description = "Exclusion Screening"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "month desc, id desc"

    _transitions = {
        ("done", "signed"): ("core_group_manager", "core_group_director"),
    }
    _locked = {"signed": ALL}
    _deletable_in = frozenset()

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    month = fields.Date(required=True, readonly=True, help="Its first day.")
    screened_at = fields.Datetime(required=True, readonly=True)
    list_ids = fields.Many2many(
        "medical.compliance.exclusion.list",
        "medical_compliance_screening_list_rel",
        "screening_id",
        "list_id",
        string="Lists",
        readonly=True,
    )
    sources = fields.Char("Compared with", readonly=True)
    party_count = fields.Integer("Parties", readonly=True, aggregator=None)
    line_ids = fields.One2many(
        "medical.compliance.exclusion.screened", "screening_id", readonly=True
    )
    open_count = fields.Integer("To resolve", compute="_compute_open_count")
    state = fields.Selection(
        [("done", "To sign"), ("signed", "Signed")],
        required=True,
        default="done",
        readonly=True,
        index=True,
    )
    signed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    signed_at = fields.Datetime(readonly=True, copy=False)
    digest = fields.Char(
        readonly=True, copy=False, help="SHA-256 hash of the certificate as signed."
    )

    _once = models.UniqueIndex(
        "(company_id, month)", "This month's screening is on record already."
    )

    @api.depends("month", "company_id.name")
    def _compute_display_name(self):
        for one in self:
            month = one.month and format_date(self.env, one.month, date_format="MMMM y")
            one.display_name = (
                self.env._("Screening of %s", month) if month else self.env._("New")
            )

    @api.depends("line_ids.party_id.match_count")
    def _compute_open_count(self):
        for one in self:
            one.open_count = sum(one.line_ids.party_id.mapped("match_count"))

    def _program_message(self, name):
        return self.env._(
            "A screening says what was compared and is not typed. Screen again, or "
            "resolve the matches."
        )

    # ------------------------------------------------------------------ the monthly look

    @api.model
    def _monthly(self):
        """The screening of this month for each practice that has none yet."""
        lists = self.env["medical.compliance.exclusion.list"]._in_force()
        if not lists:
            return
        # sudo: the program screens for every practice
        practices = self.sudo()._practices()
        for company in practices:
            month = self._month_of(company)
            done = self.sudo().search(  # sudo: as above
                [("company_id", "=", company.id), ("month", "=", month)]
            )
            if not done:
                self.env["medical.core.job.fault"]._each(
                    self.env._("monthly exclusion screening"),
                    company,
                    self._screen_company,
                )

    @api.model
    def _practices(self):
        """Companies that have a site."""
        sites = self.env["stock.warehouse"].search([("medical_is_site", "=", True)])
        return sites.company_id

    @api.model
    def _month_of(self, company):
        return company._medical_today().replace(day=1)

    @api.model
    def _screen_company(self, companies):
        """Screen everybody of these companies and note it as this month's screening.

        A month that is signed stays as it is; the matches are brought up to date.
        """
        # sudo: the program screens everybody
        register = self.env["medical.compliance.exclusion.party"].sudo()
        register._refresh()
        for company in companies:
            parties = register.search([("company_id", "in", [False, company.id])])
            if not parties._screen():
                continue
            month = self._month_of(company)
            one = self.sudo().search(  # sudo: written by the program alone
                [("company_id", "=", company.id), ("month", "=", month)]
            )
            if one.state == "signed":
                continue
            values = self._screening_values(parties)
            if one:
                one._pen().write({"line_ids": [Command.clear()]})
                one._pen().write(values)
            else:
                self.sudo()._pen().create(  # sudo: as above
                    {**values, "company_id": company.id, "month": month}
                )

    @api.model
    def _screening_values(self, parties):
        lists = self.env["medical.compliance.exclusion.list"]._in_force()
        return {
            "screened_at": fields.Datetime.now(),
            "list_ids": [Command.set(lists.ids)],
            "sources": ", ".join(lists.mapped("display_name")),
            "party_count": len(parties),
            "line_ids": [
                Command.create(
                    {
                        "party_id": party.id,
                        "name": party.name,
                        "kind": party.kind,
                        "result": party.result,
                    }
                )
                for party in parties
            ],
        }

    # ----------------------------------------------------------------------- buttons

    def action_screen_all(self):
        """Screen everybody of the company again now."""
        self._check_caller(*KEEPERS)
        self.check_access("read")
        companies = self.company_id or self.env.company
        if not self.env["medical.compliance.exclusion.list"]._in_force():
            raise UserError(
                self.env._(
                    "No exclusion list has been imported yet. Import OIG's UPDATED.csv "
                    "first."
                )
            )
        self._screen_company(companies)
        return done(
            self.env,
            self.env._(
                "Everybody of %s is screened.", ", ".join(companies.mapped("name"))
            ),
        )

    def action_sign(self):
        """Sign the certificate: everybody was screened, and every match is resolved."""
        self._check_caller("core_group_manager", "core_group_director")
        for one in self:  # each has a digest of its own
            one._move_to("signed")
        return True

    def _before_signed(self):
        for one in self:
            unnamed = one.line_ids.party_id.filtered(lambda p: p.result == "unnamed")
            if one.open_count:
                raise UserError(
                    self.env._(
                        "%(screening)s: %(count)s matches are still to be resolved. "
                        "Answer and confirm them first.",
                        screening=one.display_name,
                        count=one.open_count,
                    )
                )
            if unnamed:
                raise UserError(
                    self.env._(
                        "%(screening)s: %(who)s has no name in Latin letters and was "
                        "not screened. Enter one, then screen again.",
                        screening=one.display_name,
                        who=unnamed[0].name,
                    )
                )
        for line in self.line_ids:
            if line.party_id and line.result != line.party_id.result:
                # sudo: the result as of the signature, written by this step
                line.sudo()._pen().result = line.party_id.result

    def _state_values(self, state, reason):
        self.ensure_one()
        return {
            "signed_by_id": self.env.uid,
            "signed_at": fields.Datetime.now(),
            "digest": self._digest(),
        }

    def _digest(self):
        """SHA-256 of what the certificate says: lists, parties and results."""
        self.ensure_one()
        lists = [[one.source, one.digest, one.row_count] for one in self.list_ids]
        rows = sorted([line.name, line.kind, line.result] for line in self.line_ids)
        return sha256([self.company_id.id, self.month, sorted(lists), rows])

    def _is_unchanged(self):
        """Whether a signed certificate is still what was signed."""
        self.ensure_one()
        return self.state != "signed" or self.digest == self._digest()

    @api.model
    def _late_from(self, month):
        """The day of a month from which its screening is late."""
        return month + timedelta(days=14)


class ComplianceExclusionScreened(models.Model):
    """A party on a certificate, with the result."""

    _name = "medical.compliance.exclusion.screened"
    _description = "Party on a Screening Certificate"
    _inherit = ["medical.core.guard"]
    _order = "kind, name, id"
    _deletable_in = frozenset()

    screening_id = fields.Many2one(
        "medical.compliance.exclusion.screening",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="screening_id.company_id", store=True)
    party_id = fields.Many2one(
        "medical.compliance.exclusion.party", readonly=True, index=True
    )
    name = fields.Char(required=True, readonly=True)
    kind = fields.Selection(PARTY_KINDS, required=True, readonly=True)
    result = fields.Selection(RESULTS, required=True, readonly=True)
