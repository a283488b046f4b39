"""The yearly risk analysis: the register as it stands, written up and signed.

45 CFR 164.308(a)(1)(ii)(A): an accurate and thorough assessment of the risks to the
confidentiality, integrity and availability of electronic health information.
"""

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ....engine.core.labels import labels_of
from ....engine.core.sealreader import covers
from ...core.check.check import SEVERITIES
from ...core.mixins.decidable import Waiting
from ...core.mixins.done import done
from ...core.mixins.guard import AllBut

KEEPERS = ("core_group_manager",)
TEXTS = ("scope", "systems", "method", "conclusion")


class ComplianceRiskAnalysis(models.Model):
    """Prepared by the manager, signed by the director; its lines are copies."""

    _name = "medical.compliance.risk.analysis"
    _description = "Risk Analysis"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "date desc, id desc"

    _transitions = {
        ("draft", "submitted"): KEEPERS,
        ("submitted", "draft"): ("core_group_manager", "core_group_director"),
        ("submitted", "signed"): "core_group_director",
    }
    _segregated = {"signed": ("prepared_by_id", "written_by_ids")}
    _written_by = "written_by_ids"
    _reason_required = {("submitted", "draft")}
    _reason_methods = frozenset({"action_return"})
    _decisions = {
        "submitted": Waiting("action_sign", "action_return", to="signed", days=14)
    }
    _decision_domain = "compliance"
    _editors = {"*": KEEPERS}
    _locked = {"submitted": AllBut(set()), "signed": AllBut(set())}
    _deletable_in = frozenset({"draft"})
    _seal_states = frozenset({"signed"})
    _seal_schemes = (
        covers(
            "date company_id scope systems method conclusion prepared_by_id signed_by_id "
            "signed_at state",
            line_ids="finding_id number summary asset threat likelihood impact risk "
            "risk_level treatment residual status owner date_due",
        ),
    )

    date = fields.Date("As of", required=True, default=fields.Date.context_today)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    scope = fields.Text(
        required=True,
        default=lambda self: self.env._(
            "All electronic health information that the practice creates, receives, "
            "keeps or sends, at all sites, with business associates."
        ),
    )
    systems = fields.Text(
        "Where the information is",
        help="Systems, devices, places and vendors, one on each line.",
    )
    method = fields.Text(
        required=True,
        default=lambda self: self.env._(
            "Threats and weaknesses were gathered from audits, incidents and interviews. "
            "Each risk is rated by likelihood and impact from 1 to 5; their product says "
            "how urgent it is (to 4 low, to 9 medium, to 15 high, above critical)."
        ),
    )
    conclusion = fields.Text(help="What follows: what is done first, what is accepted.")
    line_ids = fields.One2many(
        "medical.compliance.risk.line", "analysis_id", "Risks", readonly=True
    )
    line_count = fields.Integer("Number of risks", compute="_compute_line_count")
    written_by_ids = fields.Many2many(
        "res.users",
        "medical_compliance_risk_analysis_writer_rel",
        "analysis_id",
        "user_id",
        string="Written by",
        readonly=True,
        copy=False,
    )
    prepared_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    signed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    signed_at = fields.Datetime(readonly=True, copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("submitted", "To sign"), ("signed", "Signed")],
        "Status",
        required=True,
        default="draft",
        readonly=True,
        index=True,
        copy=False,
    )

    @api.depends("date", "company_id.name")
    def _compute_display_name(self):
        for one in self:
            one.display_name = self.env._(
                "Risk analysis of %(company)s, %(day)s",
                company=one.company_id.name or "",
                day=format_date(self.env, one.date),
            )

    @api.depends("line_ids")
    def _compute_line_count(self):
        for one in self:
            one.line_count = len(one.line_ids)

    # ---------------------------------------------------------------------- buttons

    def action_fill(self):
        """Copy the risk register as it stands today into drafts."""
        self._check_caller(*KEEPERS)
        self.check_access("write")
        for one in self:
            if one.state != "draft":
                raise UserError(
                    self.env._("%s is not a draft anymore.", one.display_name)
                )
        # sudo: lines are the program's copies
        for one in self.sudo()._pen():
            one.line_ids = [
                Command.clear(),
                *(Command.create(vals) for vals in one._register_values()),
            ]
        return done(
            self.env,
            self.env._("Risks copied from the register: %s.", len(self.line_ids)),
        )

    def action_submit(self):
        """Hand in for the director's signature."""
        self._check_caller(*KEEPERS)
        self._move_to("submitted")
        return True

    def action_return(self, reason):
        """Send back to whoever prepared it."""
        self._check_caller("core_group_manager", "core_group_director")
        self._move_to("draft", reason)

    def action_sign(self):
        """Sign: the analysis is fixed and sealed."""
        self._check_caller("core_group_director")
        self._move_to("signed")
        return True

    # -------------------------------------------------------------------- the steps

    def _before_submitted(self):
        for one in self:
            if not one.line_ids:
                raise UserError(
                    self.env._(
                        "%s has no risks: copy them from the register first.",
                        one.display_name,
                    )
                )
            if not (one.systems or "").strip():
                raise UserError(
                    self.env._(
                        "%s: enter where the information is (systems, devices, vendors).",
                        one.display_name,
                    )
                )
            if not (one.conclusion or "").strip():
                raise UserError(
                    self.env._("%s: enter the conclusion.", one.display_name)
                )

    def _state_values(self, state, reason):
        if state == "submitted":
            return {"prepared_by_id": self.env.uid}
        if state == "signed":
            return {"signed_by_id": self.env.uid, "signed_at": fields.Datetime.now()}
        return {"prepared_by_id": False}

    def _register_values(self):
        """One line for each risk of the register that is open, or closed in the year."""
        self.ensure_one()
        since = fields.Datetime.subtract(fields.Datetime.now(), years=1)
        risks = self.env["medical.compliance.audit.finding"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("is_risk", "=", True),
                ("state", "!=", "withdrawn"),
                "|",
                ("closed_at", "=", False),
                ("closed_at", ">=", since),
            ]
        )
        states = labels_of(risks, "state")
        return [
            {
                "finding_id": risk.id,
                "number": risk.name,
                "summary": risk.summary,
                "asset": risk.asset,
                "threat": risk.threat,
                "likelihood": risk.likelihood,
                "impact": risk.impact,
                "risk": risk.risk,
                "risk_level": risk.risk_level,
                "treatment": risk.treatment,
                "residual": risk.residual,
                "status": states[risk.state],
                "owner": risk.user_id.name,
                "date_due": risk.date_due,
            }
            for risk in risks
        ]


class ComplianceRiskLine(models.Model):
    """A risk as it stood when the analysis was made."""

    _name = "medical.compliance.risk.line"
    _description = "Risk of an Analysis"
    _inherit = ["medical.core.guard"]
    _order = "risk desc, id"
    _rec_name = "summary"
    _locked_by = ("analysis_id",)

    analysis_id = fields.Many2one(
        "medical.compliance.risk.analysis",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="analysis_id.company_id", store=True, index=True
    )
    finding_id = fields.Many2one(
        "medical.compliance.audit.finding", readonly=True, ondelete="restrict"
    )
    number = fields.Char(readonly=True)
    summary = fields.Char("Risk or finding", readonly=True, required=True)
    asset = fields.Char("System or place", readonly=True)
    threat = fields.Char(readonly=True)
    likelihood = fields.Integer(readonly=True, aggregator=None)
    impact = fields.Integer(readonly=True, aggregator=None)
    risk = fields.Integer("Points", readonly=True, aggregator="max")
    risk_level = fields.Selection(SEVERITIES, "Level", readonly=True)
    treatment = fields.Selection(
        [
            ("reduce", "Reduce"),
            ("avoid", "Avoid"),
            ("share", "Share (insurance, vendor)"),
            ("accept", "Accept"),
        ],
        readonly=True,
    )
    residual = fields.Integer("Points afterwards", readonly=True, aggregator="max")
    status = fields.Char(readonly=True)
    owner = fields.Char(readonly=True)
    date_due = fields.Date("Correct by", readonly=True)
