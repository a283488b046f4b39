"""Breach assessment: four factors, signed by one, approved by another, clocks that run."""

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ....engine.core.sealreader import covers
from ....tools.compliance.breach import FACTORS, notices, outcome
from ...core.mixins.decidable import Waiting
from ...core.mixins.guard import AllBut
from ..incident.incident import OFFICERS

RATINGS = [("low", "Low"), ("high", "Not low")]


class ComplianceBreach(models.Model):
    """A breach is presumed unless all four factors say low (45 CFR 164.402(2))."""

    _name = "medical.compliance.breach"
    _description = "Breach Assessment"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "discovered_on desc, id desc"
    _past_fields = frozenset({"discovered_on", "happened_on"})

    _transitions = {
        ("draft", "signed"): OFFICERS,
        ("signed", "draft"): OFFICERS,
        ("signed", "approved"): OFFICERS,
        ("approved", "closed"): OFFICERS,
    }
    _segregated = {"approved": ("signed_by_id",)}
    _reason_required = frozenset({("signed", "draft")})
    _reason_methods = frozenset({"action_send_back"})
    _decisions = {
        "signed": Waiting("action_approve", "action_send_back", to="approved", days=5)
    }
    _decision_domain = "compliance"
    _locked = dict.fromkeys(
        ("signed", "approved", "closed"), AllBut({"notice_ids", "note"})
    )
    _free_fields = frozenset({"note"})
    _deletable_in = frozenset({"draft"})
    _seal_states = frozenset({"approved", "closed"})
    _seal_schemes = (
        covers(
            "name discovered_on is_secured exception rate_nature rate_who rate_acquired "
            "rate_mitigated why_nature why_who why_acquired why_mitigated outcome "
            "signed_by_id signed_at approved_by_id approved_at state",
            people_ids="state_id people",
        ),
    )

    name = fields.Char(
        "What it is about", required=True, help="No names of patients and no numbers."
    )
    incident_id = fields.Many2one(
        "medical.compliance.incident", index="btree_not_null", ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    happened_on = fields.Date("Happened on")
    discovered_on = fields.Date(
        "Discovered on",
        required=True,
        default=fields.Date.context_today,
        help="The first day it was known to anybody of the practice, or would have been "
        "with reasonable diligence (45 CFR 164.404(a)(2)). Clocks start here.",
    )
    is_secured = fields.Boolean(
        "Encrypted or destroyed",
        help="Secured as HHS's guidance says: then it is not unsecured information, and "
        "nobody has to be told (45 CFR 164.402).",
    )
    exception = fields.Selection(
        [
            ("good_faith", "Unintentional, by workforce, in good faith"),
            ("inadvertent", "Between two persons authorized at the practice"),
            ("not_retained", "The other person could not have kept it"),
        ],
        help="45 CFR 164.402(1)(i)-(iii): not a breach, if nothing more came of it.",
    )
    why_nature = fields.Text("Which information", help="164.402(2)(i)")
    rate_nature = fields.Selection(RATINGS, "Risk from the information")
    why_who = fields.Text("Who received it", help="164.402(2)(ii)")
    rate_who = fields.Selection(RATINGS, "Risk from the recipient")
    why_acquired = fields.Text("Whether it was seen or taken", help="164.402(2)(iii)")
    rate_acquired = fields.Selection(RATINGS, "Risk that it was seen or taken")
    why_mitigated = fields.Text("What was done against it", help="164.402(2)(iv)")
    rate_mitigated = fields.Selection(RATINGS, "Risk that remains")
    outcome = fields.Selection(
        [
            ("low", "Low probability: not a breach"),
            ("exempt", "Not a breach: secured or an exception"),
            ("breach", "Breach"),
        ],
        compute="_compute_outcome",
        store=True,
        readonly=True,
    )
    people_ids = fields.One2many("medical.compliance.breach.people", "breach_id")
    people_count = fields.Integer(
        "People affected", compute="_compute_people_count", aggregator="sum"
    )
    notice_ids = fields.One2many("medical.compliance.breach.notice", "breach_id")
    due_first = fields.Date("First due", compute="_compute_due_first")
    signed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    signed_at = fields.Datetime(readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_at = fields.Datetime(readonly=True, copy=False)
    note = fields.Text()
    state = fields.Selection(
        [
            ("draft", "Assessing"),
            ("signed", "To Approve"),
            ("approved", "Approved"),
            ("closed", "Closed"),
        ],
        required=True,
        default="draft",
        readonly=True,
        index=True,
    )

    @api.depends(
        "is_secured", "exception", "rate_nature", "rate_who", "rate_acquired",
        "rate_mitigated",
    )  # fmt: skip
    def _compute_outcome(self):
        for breach in self:
            if breach.is_secured or breach.exception:
                breach.outcome = "exempt"
            else:
                rated = {name: breach[f"rate_{name}"] or "" for name in FACTORS}
                breach.outcome = outcome(rated) or False

    @api.depends("people_ids.people")
    def _compute_people_count(self):
        for breach in self:
            breach.people_count = sum(breach.people_ids.mapped("people"))

    def _compute_due_first(self):
        for breach in self:
            if breach.outcome in ("low", "exempt"):
                breach.due_first = False
                continue
            owed = breach._owed()
            days = [
                one.due
                for one in owed
                if one.due and (one.code, one.state) not in breach._told()
            ]
            breach.due_first = min(days, default=False)

    @api.constrains("discovered_on", "happened_on")
    def _check_days(self):
        today = fields.Date.context_today(self)
        for breach in self:
            if breach.discovered_on > today:
                raise UserError(self.env._("“Discovered on” is a day to come."))
            if breach.happened_on and breach.happened_on > breach.discovered_on:
                raise UserError(
                    self.env._("It was discovered before it happened: correct a day.")
                )

    # ------------------------------------------------------------------- the clocks

    def _told(self):
        """{(code, state): day} of the notices that were given."""
        return {
            (line.code, line.state_id.code or ""): line.done_on
            for line in self.notice_ids
            if line.done_on
        }

    def _owed(self):
        """The notices that are owed as far as is known; one person until counted."""
        self.ensure_one()
        by_state = {
            line.state_id.code or "": line.people for line in self.people_ids
        } or {"": 1}
        done = {code: day for (code, _state), day in self._told().items()}
        return notices(self.discovered_on, by_state, done)

    def _renew_notices(self):
        """Lay the notices that are owed as lines; those that were given stay."""
        states = {
            state.code: state.id
            for state in self.env["res.country.state"].search(
                [("country_id.code", "=", "US")]
            )
        }
        for breach in self.filtered(lambda one: one.outcome == "breach"):
            lines = {
                (line.code, line.state_id.code or ""): line
                for line in breach.notice_ids
            }
            commands = []
            for one in breach._owed():
                values = {
                    "told": one.told,
                    "due": one.due,
                    "citation": one.citation,
                    "is_checked": one.is_checked,
                    "is_known": one.is_known,
                    "rule_note": one.note,
                    "waits_for": one.waits_for,
                }
                line = lines.get((one.code, one.state))
                if line:
                    commands.append(Command.update(line.id, values))
                else:
                    key = {"code": one.code, "state_id": states.get(one.state, False)}
                    commands.append(Command.create(values | key))
            breach._pen().notice_ids = commands

    # -------------------------------------------------------------------- the steps

    def action_sign(self):
        """Sign the assessment.

        :raises UserError: a factor is not rated or not told, or nobody is counted
        """
        self._check_caller(*OFFICERS)
        self._move_to("signed")

    def action_approve(self):
        """Approve it, as somebody who did not sign it; the notices are laid out."""
        self._check_caller(*OFFICERS)
        self._move_to("approved")

    def action_send_back(self, reason):
        """Back to who signed it."""
        self._check_caller(*OFFICERS)
        self._move_to("draft", reason)

    def action_close(self):
        """Close it when everybody was told.

        :raises UserError: a notice is open
        """
        self._check_caller(*OFFICERS)
        self._move_to("closed")

    def _before_signed(self):
        for breach in self:
            if not breach.outcome:
                raise UserError(
                    self.env._("%s: rate all four factors.", breach.display_name)
                )
            if breach.outcome == "exempt":
                told = ["why_nature"]
            else:
                told = [f"why_{name}" for name in FACTORS]
            missing = [
                self._guard_label(name)
                for name in told
                if not (breach[name] or "").strip()
            ]
            if missing:
                raise UserError(
                    self.env._(
                        "%(breach)s: write down %(fields)s. A rating without its reason "
                        "proves nothing.",
                        breach=breach.display_name,
                        fields=", ".join(f"“{name}”" for name in missing),
                    )
                )
            if breach.outcome == "breach" and not breach.people_ids:
                raise UserError(
                    self.env._(
                        "%s: enter how many people it concerns, by the state they live "
                        "in.",
                        breach.display_name,
                    )
                )

    def _after_approved(self):
        self._renew_notices()

    def _before_closed(self):
        for breach in self:
            waiting = breach.notice_ids.filtered(lambda line: not line.done_on)
            if waiting:
                raise UserError(
                    self.env._(
                        "%(breach)s: %(notice)s is not done. Enter the day and how.",
                        breach=breach.display_name,
                        notice=waiting[0].display_name,
                    )
                )

    def _state_values(self, state, reason):
        now = fields.Datetime.now()
        if state == "signed":
            return {"signed_by_id": self.env.uid, "signed_at": now}
        if state == "approved":
            return {"approved_by_id": self.env.uid, "approved_at": now}
        if state == "draft":
            return {"signed_by_id": False, "signed_at": False}
        return {}
