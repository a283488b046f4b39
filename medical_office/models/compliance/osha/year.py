"""The yearly summary (Form 300A) of one establishment, certified and uploaded."""

import base64
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....engine.core.sealreader import covers
from ....tools.compliance import itafile
from ....tools.compliance.osha import exemption
from ...core.mixins.decidable import Waiting
from ...core.mixins.done import done
from ...core.mixins.guard import AllBut
from ..incident.incident import OFFICERS

# our field: column of the upload file
TOTALS = {
    "deaths": "total_deaths",
    "away_cases": "total_dafw_cases",
    "restricted_cases": "total_djtr_cases",
    "other_cases": "total_other_cases",
    "days_away": "total_dafw_days",
    "days_restricted": "total_djtr_days",
    "injuries": "total_injuries",
    "skin_disorders": "total_skin_disorders",
    "respiratory_conditions": "total_respiratory_conditions",
    "poisonings": "total_poisonings",
    "hearing_losses": "total_hearing_loss",
    "other_illnesses": "total_other_illnesses",
}
OUTCOME_FIELDS = {
    "death": "deaths",
    "away": "away_cases",
    "restricted": "restricted_cases",
    "other": "other_cases",
}
ILLNESS_FIELDS = {
    "injury": "injuries",
    "skin": "skin_disorders",
    "respiratory": "respiratory_conditions",
    "poisoning": "poisonings",
    "hearing": "hearing_losses",
    "other": "other_illnesses",
}
FIXED = AllBut({"change_reason"})


class ComplianceOshaYear(models.Model):
    """Prepared from the log, certified by an executive, posted February 1 to April 30."""

    _name = "medical.compliance.osha.year"
    _description = "Injury Log Year"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "year desc, site_id"

    _transitions = {
        ("draft", "submitted"): OFFICERS,
        ("submitted", "draft"): OFFICERS,
        ("submitted", "certified"): "core_group_director",
        ("certified", "draft"): "core_group_director",
    }
    # 1904.32(b)(3): a company executive certifies what somebody else prepared
    _segregated = {"certified": ("submitted_by_id",)}
    _reason_required = frozenset({("submitted", "draft"), ("certified", "draft")})
    _reason_methods = frozenset({"action_send_back"})
    _decisions = {
        "submitted": Waiting(
            "action_certify", "action_send_back", to="certified", days=14
        )
    }
    _decision_domain = "compliance"
    _locked = {"submitted": FIXED, "certified": FIXED}
    _born_fields = frozenset({"site_id", "year"})
    _deletable_in = frozenset({"draft"})
    _seal_states = frozenset({"certified"})
    _seal_schemes = (
        covers(
            "site_id year naics average_employees peak_employees hours deaths "
            "away_cases restricted_cases other_cases days_away days_restricted "
            "injuries skin_disorders respiratory_conditions poisonings hearing_losses "
            "other_illnesses certified_by_id certified_at certified_title state"
        ),
    )

    site_id = fields.Many2one(
        "stock.warehouse",
        "Establishment",
        required=True,
        index=True,
        domain="[('medical_is_site', '=', True)]",
    )
    company_id = fields.Many2one(related="site_id.company_id", store=True, index=True)
    year = fields.Integer(
        required=True,
        aggregator=None,
        default=lambda self: fields.Date.context_today(self).year,
    )
    naics = fields.Char("NAICS", required=True, default="621111", size=6)
    industry = fields.Char(default="Offices of Physicians")
    average_employees = fields.Integer(
        "Average employees",
        aggregator="sum",
        help="Employees paid in each pay period, added up and divided by the number of "
        "pay periods, rounded up (29 CFR 1904.32(b)(2)).",
    )
    peak_employees = fields.Integer(
        "Most employees at one time", aggregator=None, help="Of the whole practice."
    )
    hours = fields.Integer(
        "Hours worked",
        aggregator="sum",
        help="By all employees of the establishment, without vacation, sick leave and "
        "holidays.",
    )
    keep_text = fields.Text("Must the log be kept?", compute="_compute_keep_text")
    is_exempt = fields.Boolean(compute="_compute_keep_text")
    deaths = fields.Integer(readonly=True, aggregator="sum")
    away_cases = fields.Integer("Cases with days away", readonly=True, aggregator="sum")
    restricted_cases = fields.Integer(
        "Cases with transfer or restriction", readonly=True, aggregator="sum"
    )
    other_cases = fields.Integer("Other cases", readonly=True, aggregator="sum")
    days_away = fields.Integer(readonly=True, aggregator="sum")
    days_restricted = fields.Integer(readonly=True, aggregator="sum")
    injuries = fields.Integer(readonly=True, aggregator="sum")
    skin_disorders = fields.Integer(readonly=True, aggregator="sum")
    respiratory_conditions = fields.Integer(readonly=True, aggregator="sum")
    poisonings = fields.Integer(readonly=True, aggregator="sum")
    hearing_losses = fields.Integer(readonly=True, aggregator="sum")
    other_illnesses = fields.Integer(readonly=True, aggregator="sum")
    submitted_by_id = fields.Many2one("res.users", "Prepared by", readonly=True)
    certified_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    certified_title = fields.Char(
        "Title of the executive", help="As it stands below the signature."
    )
    certified_at = fields.Datetime(readonly=True, copy=False)
    change_reason = fields.Char(help="Where figures that were uploaded are corrected.")
    upload = fields.Binary("Upload file", compute="_compute_upload")
    upload_name = fields.Char(compute="_compute_upload")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "To Certify"),
            ("certified", "Certified"),
        ],
        required=True,
        default="draft",
        readonly=True,
        index=True,
    )

    _one = models.UniqueIndex(
        "(site_id, year)", "This establishment has a summary of this year already."
    )
    _positive = models.Constraint(
        "CHECK (average_employees >= 0 AND peak_employees >= 0 AND hours >= 0)",
        "Employees and hours are not below zero.",
    )
    _year = models.Constraint(
        "CHECK (year BETWEEN 2002 AND 2100)", "Enter a year such as 2026."
    )

    @api.depends("site_id", "year")
    def _compute_display_name(self):
        for one in self:
            one.display_name = self.env._(
                "%(year)s, %(site)s", year=one.year, site=one.site_id.name or ""
            )

    @api.depends("naics", "peak_employees", "year")
    def _compute_keep_text(self):
        for one in self:
            last = min(max(one.year or 2002, 2002), 2100)
            reasons = exemption(
                one.naics or "", one.peak_employees or None, date(last, 12, 31)
            )
            one.is_exempt = bool(reasons)
            one.keep_text = (
                self.env._(
                    "No, unless OSHA, the BLS or a state asks for it in writing: %s. "
                    "Keeping it is good practice. Deaths, hospital admissions, "
                    "amputations and the loss of an eye are reported in any case. "
                    "States with a plan of their own may differ.",
                    "; ".join(reasons),
                )
                if reasons
                else self.env._(
                    "Yes: neither the industry nor ten or fewer employees exempt it."
                )
            )

    def _compute_upload(self):
        for one in self:
            ready = one.state == "certified"
            content = itafile.write([one._upload_row()]) if ready else b""
            one.upload = ready and base64.b64encode(content)
            one.upload_name = f"300A-{one.year}-{one.site_id.code or one.id}.csv"

    # ------------------------------------------------------------------------ steps

    def _cases(self):
        """The logged cases of this establishment and year."""
        self.ensure_one()
        # sudo: the log counts all of them, whoever prints it
        return (
            self.env["medical.compliance.osha.case"]
            .sudo()
            .search(
                [
                    ("site_id", "=", self.site_id.id),
                    ("year", "=", self.year),
                    ("state", "=", "logged"),
                ],
                order="number",
            )
        )

    def _live_totals(self):
        """{field: figure} as the log stands now."""
        totals = dict.fromkeys(TOTALS, 0)
        for case in self._cases():
            totals[OUTCOME_FIELDS[case.outcome]] += 1
            totals[ILLNESS_FIELDS[case.illness]] += 1
            totals["days_away"] += case.days_away
            totals["days_restricted"] += case.days_restricted
        return totals

    def action_fill(self):
        """Take the figures from the log."""
        self._check_caller(*OFFICERS)
        self.check_access("write")
        for one in self:
            if one.state != "draft":
                raise UserError(self.env._("Only a draft is filled."))
            one._pen().write(one._live_totals())
        return done(self.env, self.env._("The figures are those of the log today."))

    def action_submit(self):
        """Fill it from the log and ask the director to certify it.

        :raises UserError: naming what is missing or does not add up
        """
        self._check_caller(*OFFICERS)
        self.action_fill()
        for one in self:
            one._check_row()
        self._move_to("submitted")

    def action_certify(self):
        """Certify that it is correct and complete to the best of one's knowledge.

        :raises UserError: the log has changed since it was submitted
        """
        self._check_caller("core_group_director")
        self._move_to("certified")

    def action_send_back(self, reason):
        """Back to draft: to correct it, or because the log has changed."""
        self._check_caller(*OFFICERS)
        self._move_to("draft", reason)

    def _before_certified(self):
        # 29 CFR 1904.32(a): at the end of the calendar year
        this_year = fields.Date.context_today(self).year
        for one in self:
            if one.year >= this_year:
                raise UserError(
                    self.env._(
                        "%(summary)s: the year is not over, and cases may come. Certify "
                        "it from January 1 on.",
                        summary=one.display_name,
                    )
                )
            if one._differs():
                raise UserError(
                    self.env._(
                        "%s: the log has changed since this was submitted. Send it "
                        "back, so that it is filled again.",
                        one.display_name,
                    )
                )

    def _differs(self):
        """Whether the figures are no longer those of the log."""
        self.ensure_one()
        return any(self[name] != value for name, value in self._live_totals().items())

    def _state_values(self, state, reason):
        if state == "submitted":
            return {"submitted_by_id": self.env.uid}
        if state == "certified":
            return {
                "certified_by_id": self.env.uid,
                "certified_at": fields.Datetime.now(),
            }
        return {"certified_by_id": False, "certified_at": False}

    # ------------------------------------------------------------------- the upload

    def _upload_row(self):
        """{column of the upload file: value}."""
        self.ensure_one()
        # sudo: address and tax number of the practice, which stand on the form
        company = self.sudo().company_id
        home = self.sudo().site_id.partner_id or company.partner_id  # sudo: as above
        row = {column: self[name] for name, column in TOTALS.items()}
        cases = sum(row[name] for name in itafile.CASES)
        street = ", ".join(filter(None, [home.street, home.street2]))
        return row | {
            "establishment_name": self.site_id.name,
            "ein": "".join(filter(str.isdigit, company.vat or "")),
            "company_name": company.name,
            "street_address": street,
            "city": home.city,
            "state": home.state_id.code,
            "zip": "".join(filter(str.isdigit, home.zip or "")),
            "naics_code": self.naics,
            "industry_description": self.industry,
            "size": itafile.size_code(self.peak_employees or self.average_employees),
            "establishment_type": itafile.PRIVATE,
            "year_filing_for": self.year,
            "annual_average_employees": self.average_employees,
            "total_hours_worked": self.hours,
            "no_injuries_illnesses": 1 if cases else 2,
            "change_reason": self.change_reason,
        }

    def _check_row(self):
        """:raises UserError: naming fields and remedy"""
        self.ensure_one()
        found = itafile.problems(self._upload_row())
        if not found:
            return
        names = {
            "establishment_name": self.env._("name of the site"),
            "company_name": self.env._("name of the practice"),
            "street_address": self.env._("street of the site's address"),
            "city": self.env._("city of the site's address"),
            "state": self.env._("state of the site's address"),
            "zip": self.env._("ZIP code of the site's address"),
            "naics_code": self.env._("NAICS"),
            "ein": self.env._("tax number of the practice"),
            "annual_average_employees": self.env._("average employees"),
            "total_hours_worked": self.env._("hours worked"),
            "total_injuries": self.env._("injuries and illnesses"),
        }
        words = {
            "missing": self.env._("is missing"),
            "long": self.env._("has more than 100 characters"),
            "digits": self.env._("has not the digits it needs"),
            "sums": self.env._("do not add up to the cases"),
            "hours": self.env._("are more than that many people can work in a year"),
        }
        raise UserError(
            self.env._(
                "%(record)s cannot be submitted: %(problems)s. Correct this first.",
                record=self.display_name,
                problems="; ".join(
                    f"{names[name]} {words[what]}" for name, what in found
                ),
            )
        )
