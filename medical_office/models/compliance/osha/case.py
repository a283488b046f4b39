"""A case under 29 CFR 1904: asked about, put on the log or not, told to OSHA in time."""

from datetime import datetime, time, timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ....engine.core.labels import labels_of
from ....tools.compliance.osha import (
    ENTER_DAYS,
    clocks,
    days_counted,
    is_privacy,
    must_be_told,
    questions,
    recordability,
    severe_due,
)
from ...core.mixins.guard import AllBut
from ..incident.incident import OFFICERS

# what is kept up to date while the case stands on the log
LIVE = AllBut(
    {"span_ids", "told_osha_at", "told_osha_number", "severe", "severe_at", "note"}
)
# what a severe event of the list in 29 CFR 1904.39 is on a form
SEVERE = [(code, clock.event) for code, clock in clocks().items()]


class ComplianceOshaCase(models.Model):
    """One line of the Form 300 with what the Form 301 asks beside it."""

    _name = "medical.compliance.osha.case"
    _description = "Injury and Illness Case"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "year desc, number desc, id desc"

    _transitions = {
        ("review", "logged"): OFFICERS,
        ("review", "off"): OFFICERS,
        ("logged", "review"): OFFICERS,
        ("off", "review"): OFFICERS,
    }
    _reason_required = frozenset({("logged", "review"), ("off", "review")})
    _reason_methods = frozenset({"action_reopen"})
    _born_fields = frozenset({"incident_id"})
    _past_fields = frozenset({"happened_on", "learned_at", "severe_at", "told_osha_at"})
    _locked = {"logged": LIVE, "off": LIVE}
    _deletable_in = frozenset()
    _free_fields = frozenset({"note"})

    incident_id = fields.Many2one(
        "medical.compliance.incident", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="incident_id.company_id", store=True, index=True
    )
    site_id = fields.Many2one(
        "stock.warehouse",
        "Establishment",
        required=True,
        domain="[('medical_is_site', '=', True)]",
    )
    employee_id = fields.Many2one("hr.employee", "Person", required=True, index=True)
    job_title = fields.Char("Job", required=True)
    happened_on = fields.Date("Happened on", required=True)
    year = fields.Integer(
        compute="_compute_year", store=True, aggregator=None, readonly=True
    )
    event_time = fields.Char("Time of the event", help="Such as 10:40 AM.")
    began_time = fields.Char("Time the person began work")
    learned_at = fields.Datetime(
        "Learned of it",
        required=True,
        default=fields.Datetime.now,
        help="When somebody of the practice first knew. Clocks start here.",
    )
    place = fields.Char("Where it happened", help="Column E of the log.")
    description = fields.Char(
        "Injury, body part, object",
        help="Column F: such as needle-stick, left index finger, suture needle.",
    )
    before = fields.Text("What the person was doing", help="Form 301, item 14.")
    what = fields.Text("What happened", help="Form 301, item 15.")
    object = fields.Char("Object or substance", help="Form 301, item 17.")
    physician = fields.Char("Treated by")
    facility = fields.Char("Treated at")
    emergency_room = fields.Boolean("In an emergency room")
    overnight = fields.Boolean("In a hospital overnight")
    illness = fields.Selection(
        [
            ("injury", "Injury"),
            ("skin", "Skin disorder"),
            ("respiratory", "Respiratory condition"),
            ("poisoning", "Poisoning"),
            ("hearing", "Hearing loss"),
            ("other", "All other illnesses"),
        ],
        "Injury or illness",
        required=True,
        default="injury",
    )
    privacy = fields.Selection(
        [
            ("intimate", "Intimate body part or reproductive system"),
            ("assault", "Sexual assault"),
            ("mental", "Mental illness"),
            ("hiv", "HIV, hepatitis or tuberculosis"),
            ("asked", "Other illness, and the person asked for it"),
        ],
        "Privacy case",
        help="29 CFR 1904.29(b)(7): the log says “privacy case” instead of the name. A "
        "sharps injury with another person's blood is one by itself.",
    )
    is_privacy = fields.Boolean(
        "Name kept off the log", compute="_compute_verdict", store=True, readonly=True
    )
    answer_ids = fields.One2many("medical.compliance.osha.answer", "case_id")
    span_ids = fields.One2many("medical.compliance.osha.span", "case_id", "Days")
    verdict = fields.Selection(
        [("open", "Questions open"), ("yes", "Recordable"), ("no", "Not recordable")],
        compute="_compute_verdict",
        store=True,
        readonly=True,
    )
    outcome = fields.Selection(
        [
            ("death", "Death"),
            ("away", "Days away from work"),
            ("restricted", "Job transfer or restriction"),
            ("other", "Other recordable case"),
        ],
        "Classification",
        compute="_compute_verdict",
        store=True,
        readonly=True,
    )
    verdict_text = fields.Char("Why", compute="_compute_verdict_text")
    days_away = fields.Integer(compute="_compute_days", aggregator="sum")
    days_restricted = fields.Integer(compute="_compute_days", aggregator="sum")
    number = fields.Integer("Case No.", readonly=True, copy=False, aggregator=None)
    enter_by = fields.Date("Enter by", compute="_compute_enter_by")
    severe = fields.Selection(SEVERE, "Severe event", help="29 CFR 1904.39")
    severe_at = fields.Datetime(
        "It came about at",
        help="A death more than 30 days after the incident, and the rest more than 24 "
        "hours after it, are not told (29 CFR 1904.39(b)(6)).",
    )
    tell_osha_by = fields.Datetime("Tell OSHA by", compute="_compute_tell_osha_by")
    severe_citation = fields.Char(compute="_compute_tell_osha_by")
    told_osha_at = fields.Datetime("OSHA was told at")
    told_osha_number = fields.Char("OSHA's number or person")
    note = fields.Char()
    state = fields.Selection(
        [
            ("review", "Under Review"),
            ("logged", "On the Log"),
            ("off", "Not on the Log"),
        ],
        required=True,
        default="review",
        readonly=True,
        index=True,
    )

    _once = models.UniqueIndex(
        "(incident_id, employee_id)", "This person has a case of this incident already."
    )
    _numbered = models.UniqueIndex(
        "(site_id, year, number) WHERE number > 0", "This case number is taken."
    )

    # --------------------------------------------------------------------- computed

    @api.depends("number", "year", "incident_id")
    def _compute_display_name(self):
        for case in self:
            if case.number:
                case.display_name = self.env._(
                    "Case %(number)s of %(year)s",
                    number=case.number,
                    year=case.year,
                )
            else:
                case.display_name = self.env._(
                    "Case of incident %s", case.incident_id.id or self.env._("new")
                )

    @api.depends("happened_on")
    def _compute_year(self):
        for case in self:
            case.year = case.happened_on.year if case.happened_on else 0

    def _verdict(self):
        self.ensure_one()
        given = {"yes": True, "no": False}
        return recordability(
            {line.code: given.get(line.answer) for line in self.answer_ids}
        )

    @api.depends("answer_ids.answer", "privacy")
    def _compute_verdict(self):
        words = {True: "yes", False: "no", None: "open"}
        for case in self:
            verdict = case._verdict()
            case.verdict = words[verdict.is_recordable]
            case.outcome = verdict.outcome or False
            case.is_privacy = is_privacy(case.privacy or "", "sharp" in verdict.reasons)

    @api.depends("answer_ids.answer")
    def _compute_verdict_text(self):
        citations = {question.code: question.citation for question in questions()}
        for case in self:
            verdict = case._verdict()
            if verdict.open:
                case.verdict_text = self.env._(
                    "To be answered: %s",
                    ", ".join(citations[code] for code in verdict.open),
                )
            elif verdict.reasons == ("none",):
                case.verdict_text = self.env._("First aid only: 29 CFR 1904.7(a)")
            else:
                case.verdict_text = ", ".join(
                    citations[code] for code in verdict.reasons
                )

    @api.depends(
        "happened_on", "span_ids.kind", "span_ids.date_from", "span_ids.date_to"
    )
    def _compute_days(self):
        today = fields.Date.context_today(self)
        for case in self:
            counted = days_counted(
                case.happened_on or today,
                [
                    (one.kind, one.date_from, one.date_to or None)
                    for one in case.span_ids
                    if one.date_from
                ],
                today,
            )
            case.days_away = counted.away
            case.days_restricted = counted.restricted

    @api.depends("learned_at")
    def _compute_enter_by(self):
        for case in self:
            day = case.learned_at and fields.Datetime.context_timestamp(
                case.with_context(tz=str(case.company_id._medical_zone())),
                case.learned_at,
            )
            case.enter_by = day and day.date() + timedelta(days=ENTER_DAYS)

    @api.depends("severe", "severe_at", "happened_on", "learned_at")
    def _compute_tell_osha_by(self):
        for case in self:
            severe = bool(case.severe and case.learned_at)
            if severe and case.severe_at and case.happened_on:
                # the hour of the incident is not a field: the end of its day, anywhere
                latest = datetime.combine(case.happened_on, time.max) + timedelta(
                    days=1
                )
                severe = must_be_told(case.severe, latest, case.severe_at)
            case.tell_osha_by = severe and severe_due(case.severe, case.learned_at)
            case.severe_citation = severe and clocks()[case.severe].citation

    # -------------------------------------------------------------------- the steps

    @api.model_create_multi
    def create(self, vals_list):
        cases = super().create(vals_list)
        cases._ask()
        return cases

    def _ask(self):
        """Lay the questions that hold on the day of each case before it."""
        for case in self:
            # sudo: the questions are the program's
            case.sudo()._pen().answer_ids = [
                Command.create(
                    {
                        "sequence": index,
                        "code": question.code,
                        "question": question.text,
                        "citation": question.citation,
                        "is_checked": question.is_checked,
                    }
                )
                for index, question in enumerate(questions(), 1)
                if question.date_from <= case.happened_on
            ]

    def action_log(self):
        """Put it on the log under the next number of its year and establishment.

        :raises UserError: a question is open, or it is not recordable
        """
        self._check_caller(*OFFICERS)
        for case in self:  # each takes the number after the one before
            case._move_to("logged")

    def action_leave_off(self):
        """Keep it off the log, with the answers that say why.

        :raises UserError: a question is open, or it is recordable
        """
        self._check_caller(*OFFICERS)
        self._move_to("off")

    def action_reopen(self, reason):
        """Look at it again; a case that was on the log keeps its number."""
        self._check_caller(*OFFICERS)
        self._move_to("review", reason)

    def _before_logged(self):
        self._check_verdict("yes")

    def _before_off(self):
        self._check_verdict("no")

    def _check_verdict(self, wanted):
        for case in self.filtered(lambda one: one.verdict != wanted):
            raise UserError(
                self.env._(
                    "%(case)s is “%(verdict)s” (%(why)s). Answer the questions first.",
                    case=case.display_name,
                    verdict=labels_of(self, "verdict")[case.verdict],
                    why=case.verdict_text or "",
                )
            )

    def _state_values(self, state, reason):
        if state != "logged" or self.number:
            return {}
        self.env.cr.execute(
            SQL(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
                f"osha-{self.site_id.id}-{self.year}",
            )
        )
        # sudo: the next number counts all cases of the establishment
        last = self.sudo()._read_group(
            [("site_id", "=", self.site_id.id), ("year", "=", self.year)],
            aggregates=["number:max"],
        )[0][0]
        return {"number": (last or 0) + 1}

    def _tell_words(self):
        """Until when OSHA is told, in words of the practice's clock."""
        self.ensure_one()
        return self.company_id._medical_clock(self.tell_osha_by)
