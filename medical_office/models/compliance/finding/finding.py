"""Audit findings: what was found wrong, why, how bad, who corrects it until when."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....engine.core.sealreader import covers
from ....tools.compliance.audit import IMPACT, due_day, risk, risk_level
from ...core.check.answerable import Answerable
from ...core.check.check import SEVERITIES
from ...core.mixins.guard import AllBut
from ..library.checklist import PROGRAMS

RATED = [
    (1, "1 Very unlikely"),
    (2, "2 Unlikely"),
    (3, "3 Possible"),
    (4, "4 Likely"),
    (5, "5 Almost certain"),
]
SCALE = "From 1 (lowest) to 5 (highest)."
IN_REGISTER = ("hipaa_security", "hipaa_privacy", "hipaa_breach")
KEEPERS = ("core_group_manager", "core_group_director")
# what the owner works on; the rest is the manager's
OWNER_FIELDS = (
    "detail", "cause", "cause_kind", "likelihood", "impact", "treatment", "asset",
    "threat", "residual_likelihood", "residual_impact", "action_ids", "effect",
    "effect_file", "effect_name", "proof_note",
)  # fmt: skip


class ComplianceAuditFinding(models.Model):
    """From its audit to the look whether the correction worked; a risk of the register."""

    _name = "medical.compliance.audit.finding"
    _description = "Audit Finding"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "risk desc, date_due, id desc"

    _transitions = {
        ("open", "action"): "core_group_staff",
        ("action", "look"): "core_group_staff",
        ("look", "closed"): "core_group_head",
        ("look", "action"): "core_group_head",
        ("closed", "action"): KEEPERS,
        ("open", "accepted"): "core_group_director",
        ("action", "accepted"): "core_group_director",
        ("accepted", "action"): KEEPERS,
        ("open", "withdrawn"): "core_group_director",
    }
    # whoever did the work does not say that it worked
    _segregated = {"closed": ("doer_ids",)}
    _reason_required = {
        ("look", "action"),
        ("closed", "action"),
        ("accepted", "action"),
        "accepted",
        "withdrawn",
    }
    _reason_methods = frozenset(
        {"action_not_effective", "action_reopen", "action_accept", "action_withdraw"}
    )
    _editors = {"*": KEEPERS, **dict.fromkeys(OWNER_FIELDS, "core_group_staff")}
    _born_fields = frozenset({"source"})
    _past_fields = frozenset({"date_found"})
    _locked = {
        "look": AllBut(
            {
                "effect", "effect_file", "effect_name", "proof_note",
                "residual_likelihood", "residual_impact", "user_id", "checker_id",
            }
        ),
        "closed": AllBut(set()),
        "accepted": AllBut({"user_id"}),
        "withdrawn": AllBut(set()),
    }  # fmt: skip
    _deletable_in = frozenset()
    _seal_states = frozenset({"closed", "accepted"})
    _seal_schemes = (
        covers(
            "name summary detail source round_id line_id program citation severity cause "
            "likelihood impact treatment user_id date_found date_due earlier_id effect "
            "proof_note residual_likelihood residual_impact checked_by_id closed_at state "
            "effect_file",
            action_ids="name user_id date_due state done_by_id done_at proof proof_file",
        ),
    )
    _scope_fields = frozenset({"company_id"})

    name = fields.Char("Number", readonly=True, copy=False, default="/")
    summary = fields.Char("Finding", required=True, tracking=True)
    detail = fields.Text("What was seen")
    source = fields.Selection(
        [
            ("audit", "Audit"),
            ("survey", "Survey or inspection"),
            ("incident", "Incident"),
            ("risk", "Risk analysis"),
            ("other", "Other"),
        ],
        required=True,
        default="other",
    )
    round_id = fields.Many2one(
        "medical.core.round", "Audit", readonly=True, index=True, ondelete="restrict"
    )
    line_id = fields.Many2one(
        "medical.core.round.line",
        "Audit item",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    item_id = fields.Many2one(
        "medical.core.checklist.item",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    program = fields.Selection(PROGRAMS, "Audit program", required=True, index=True)
    section = fields.Char()
    citation = fields.Char()
    severity = fields.Selection(SEVERITIES, required=True, default="medium")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    site_id = fields.Many2one("stock.warehouse", index="btree_not_null")
    department_id = fields.Many2one("hr.department", index="btree_not_null")

    cause = fields.Text(help="Why it came to this, not only what was seen.")
    cause_kind = fields.Selection(
        [
            ("procedure", "No procedure, or an unclear one"),
            ("training", "Not known or not trained"),
            ("followed", "Known and not followed"),
            ("equipment", "Equipment or system"),
            ("vendor", "Vendor"),
            ("other", "Other"),
        ],
        "Type of cause",
    )
    likelihood = fields.Integer(default=3, required=True, aggregator=None, help=SCALE)
    impact = fields.Integer(default=3, required=True, aggregator=None, help=SCALE)
    risk = fields.Integer(
        compute="_compute_risk",
        store=True,
        aggregator="max",
        help="Likelihood × impact.",
    )
    risk_level = fields.Selection(SEVERITIES, compute="_compute_risk", store=True)
    treatment = fields.Selection(
        [
            ("reduce", "Reduce"),
            ("avoid", "Avoid"),
            ("share", "Share (insurance, vendor)"),
            ("accept", "Accept"),
        ],
        default="reduce",
        required=True,
    )
    is_risk = fields.Boolean(
        "In the risk register",
        compute="_compute_is_risk",
        store=True,
        readonly=False,
        precompute=True,
        help="On by itself for the HIPAA programs.",
    )
    asset = fields.Char("System or place", help="Where the information is.")
    threat = fields.Char(help="What could happen, by whom or what.")
    residual_likelihood = fields.Integer(
        "Likelihood afterwards", aggregator=None, help=SCALE
    )
    residual_impact = fields.Integer("Impact afterwards", aggregator=None, help=SCALE)
    residual = fields.Integer(
        "Risk afterwards", compute="_compute_risk", store=True, aggregator="max"
    )

    user_id = fields.Many2one(
        "res.users",
        "Owner",
        required=True,
        index=True,
        tracking=True,
        default=lambda self: self.env.user,
    )
    date_found = fields.Date(
        "Found on", required=True, default=fields.Date.context_today
    )
    date_due = fields.Date("Correct by", required=True, index=True, tracking=True)
    earlier_id = fields.Many2one(
        "medical.compliance.audit.finding",
        "Repeat of",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    repeat_count = fields.Integer(
        "Times before", readonly=True, aggregator=None, help="How often it was found."
    )
    action_ids = fields.One2many(
        "medical.compliance.audit.action", "finding_id", "Corrective actions"
    )
    action_count = fields.Integer(
        "Actions open", compute="_compute_action_count", compute_sudo=True
    )
    doer_ids = fields.Many2many(
        "res.users",
        string="Corrected by",
        compute="_compute_doer_ids",
        compute_sudo=True,
    )
    look_days = fields.Integer(
        "Look after (days)",
        default=30,
        aggregator=None,
        help="How long the correction has to stand before somebody else looks at it.",
    )
    look_due = fields.Date("Effectiveness check due", readonly=True, copy=False)
    checker_id = fields.Many2one(
        "res.users", "Checked by (planned)", help="Nobody of those who correct it."
    )
    returned_at = fields.Datetime(readonly=True, copy=False)
    effect = fields.Text(
        "What the check showed", help="What was looked at, and that it works."
    )
    proof_note = fields.Char(
        "Proof on file", help="Where the proof is, if it is not attached here."
    )
    effect_file = fields.Binary("Proof of the check", attachment=True, copy=False)
    effect_name = fields.Char(copy=False)
    checked_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    closed_at = fields.Datetime("Closed", readonly=True, copy=False)
    state = fields.Selection(
        [
            ("open", "Open"),
            ("action", "In action"),
            ("look", "Effectiveness check"),
            ("closed", "Closed"),
            ("accepted", "Risk accepted"),
            ("withdrawn", "Withdrawn"),
        ],
        "Status",
        required=True,
        default="open",
        readonly=True,
        index=True,
        copy=False,
    )

    _scale = models.Constraint(
        "CHECK (likelihood BETWEEN 1 AND 5 AND impact BETWEEN 1 AND 5)",
        "Likelihood and impact are rated from 1 to 5.",
    )
    _residual_scale = models.Constraint(
        "CHECK (COALESCE(residual_likelihood, 0) BETWEEN 0 AND 5 "
        "AND COALESCE(residual_impact, 0) BETWEEN 0 AND 5)",
        "Likelihood and impact afterwards are rated from 1 to 5; 0 means not rated.",
    )
    _look = models.Constraint(
        "CHECK (look_days >= 0)", "The days until the check cannot be negative."
    )

    @api.depends("name", "summary")
    def _compute_display_name(self):
        for one in self:
            known = one.name not in (False, "/")
            one.display_name = (
                f"{one.name}: {one.summary}" if known else one.summary or ""
            )

    @api.depends("likelihood", "impact", "residual_likelihood", "residual_impact")
    def _compute_risk(self):
        for one in self:
            rated = 1 <= one.likelihood <= 5 and 1 <= one.impact <= 5
            one.risk = risk(one.likelihood, one.impact) if rated else 0
            one.risk_level = risk_level(one.risk) if rated else False
            one.residual = one.residual_likelihood * one.residual_impact

    @api.depends("program")
    def _compute_is_risk(self):
        for one in self:
            one.is_risk = one.is_risk or one.program in IN_REGISTER

    @api.depends("action_ids.state")
    def _compute_action_count(self):
        for one in self:
            one.action_count = len(
                one.action_ids.filtered(lambda action: action.state == "todo")
            )

    @api.depends("action_ids.user_id", "action_ids.done_by_id", "action_ids.state")
    def _compute_doer_ids(self):
        for one in self:
            finished = one.action_ids.filtered(lambda action: action.state == "done")
            one.doer_ids = finished.user_id | finished.done_by_id

    @api.constrains("date_found", "date_due")
    def _check_days(self):
        for one in self:
            if one.date_due < one.date_found:
                raise ValidationError(
                    self.env._(
                        "“%s” is to be corrected before it was found: correct the dates.",
                        one.summary,
                    )
                )

    @api.onchange("severity", "date_found")
    def _onchange_severity(self):
        """Propose the day and the impact that go with the severity."""
        if self.severity and self.date_found:
            self.date_due = due_day(self.date_found, self.severity)
            self.impact = IMPACT[self.severity]

    # ---------------------------------------------------------------------- birth

    @api.model_create_multi
    def create(self, vals_list):
        numbers = self.env["ir.sequence"]
        findings = super().create([self._with_due_day(vals) for vals in vals_list])
        # sudo: the number and the earlier finding are the program's
        written = findings.sudo()._pen()
        for one in written:
            # sudo: a number is taken whoever reports
            one.name = numbers.sudo().next_by_code("medical.compliance.audit.finding")
        written._link_earlier()
        return findings

    @api.model
    def _with_due_day(self, vals):
        if vals.get("date_due"):
            return vals
        found = fields.Date.to_date(
            vals.get("date_found")
        ) or fields.Date.context_today(self)
        severity = vals.get("severity") or "medium"
        return {**vals, "date_due": due_day(found, severity)}

    def _link_earlier(self):
        """Link each to the latest earlier finding of the same item, else of the same
        citation, at the same place; one query."""
        items, citations = self.item_id, [one.citation for one in self if one.citation]
        before = self.search(
            [
                ("company_id", "in", self.company_id.ids),
                ("state", "!=", "withdrawn"),
                "|",
                ("item_id", "in", items.ids),
                ("citation", "in", citations),
            ],
            order="id",
        )
        known = {}
        for one in before:
            place = (one.company_id, one.site_id)
            keys = [(place, one.item_id)] if one.item_id else []
            if one.citation:
                keys.append((place, one.program, one.citation))
            if one in self:
                earlier = next((known[key] for key in keys if key in known), None)
                if earlier:
                    one.write(
                        {
                            "earlier_id": earlier.id,
                            "repeat_count": earlier.repeat_count + 1,
                        }
                    )
            known.update(dict.fromkeys(keys, one))

    @api.model
    def _raise_from(self, audits):
        """A finding for each failed line of signed audits that has none yet."""
        failed = audits.line_ids.filtered(
            lambda line: line.result == "fail" and not line.finding_id
        )
        if not failed:
            return self
        findings = self._pen().create([self._values_from(line) for line in failed])
        now = fields.Datetime.now()
        for line, one in zip(failed, findings, strict=True):
            line._pen().write(
                {
                    "finding_id": one.id,
                    "resolved_at": now,
                    "resolved_by_id": self.env.uid,
                    "resolution": self.env._("Followed up as %s", one.name),
                }
            )
        return findings

    @api.model
    def _values_from(self, line):
        audit = line.round_id
        day = fields.Date.context_today(audit, audit.signed_at)
        return {
            "summary": line.name,
            "detail": line.note or line._value_text() or False,
            "source": "audit",
            "round_id": audit.id,
            "line_id": line.id,
            "item_id": line.item_id.id,
            "program": audit.program or "other",
            "section": line.section,
            "citation": line.citation,
            "severity": line.severity,
            "impact": IMPACT[line.severity],
            "company_id": audit.company_id.id,
            "site_id": audit.site_id.id,
            "department_id": audit.department_id.id,
            "user_id": audit.schedule_id.owner_id.id,
            "date_found": day,
            "date_due": due_day(day, line.severity),
        }

    # ------------------------------------------------------------------- sentences

    def _editors_message(self, name, groups):
        return self.env._(
            "“%s” of an audit finding is set by the office manager or the director. Its "
            "owner enters cause, rating, actions and proof.",
            self._guard_label(name),
        )

    def _medical_answerable(self):
        return Answerable(
            user_id=self.user_id.id,
            backup_id=self.round_id.schedule_id.backup_id.id,
            department_id=self.department_id.id,
            company_id=self.company_id.id,
        )
