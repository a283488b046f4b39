"""Form I-9: two sections with their dates, receipts and reverification."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools.misc import format_date

from ....models.core.check.answerable import Answerable, finding
from ....models.core.check.check import CheckResult
from ....tools.people.clock.i9 import (
    i9_keep_until,
    receipt_allowed,
    receipt_due,
    section_2_due,
)
from ....tools.plaintext import said
from ...core.mixins.guard import ALL

KEEPERS = ("people_group_i9",)
REVERIFY_LEAD = 90
ATTESTED = [
    ("citizen", "Citizen of the United States"),
    ("national", "Noncitizen national of the United States"),
    ("resident", "Lawful permanent resident"),
    ("authorized", "Noncitizen authorized to work"),
]


class PeopleI9(models.Model):
    """Kept apart from the general file; only its keepers open it."""

    _name = "medical.people.i9"
    _description = "Form I-9"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "section_2_due desc, id desc"

    _transitions = {
        # by the person's own signature, or a keeper who holds the paper they signed
        ("open", "section_1"): None,
        ("section_1", "complete"): KEEPERS,
        ("complete", "void"): KEEPERS,
        ("section_1", "void"): KEEPERS,
        ("open", "void"): KEEPERS,
    }
    # nobody examines the documents of their own
    _segregated = {"complete": ("user_id",)}
    _reason_required = frozenset({"void"})
    _reason_methods = frozenset({"action_void"})
    _born_fields = frozenset({"employee_id"})
    _past_fields = frozenset({"receipt_settled_on"})
    _locked = {
        "section_1": frozenset(
            {"first_day", "attestation", "section_1_on", "section_1_paper"}
        ),
        "complete": frozenset(
            {
                "first_day", "planned_days", "attestation", "section_1_on",
                "section_1_paper",
                "documents_from", "document_a", "document_b", "document_c",
                "is_remote", "is_receipt",
            }
        ),
        "void": ALL,
    }  # fmt: skip
    _deletable_in = frozenset({"open"})

    employee_id = fields.Many2one("hr.employee", required=True, index=True)
    user_id = fields.Many2one(related="employee_id.user_id", string="Login")
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True
    )
    first_day = fields.Date(
        "First day of work for pay", required=True, help="Day 0 of the clock."
    )
    planned_days = fields.Integer(
        "Planned working days",
        aggregator=None,
        help="Only for a job planned for fewer than three: section 2 is due on day one.",
    )
    attestation = fields.Selection(ATTESTED, "Section 1: attested as")
    authorized_until = fields.Date(
        "Work authorization ends",
        help="Automatic extensions move it: keep it current.",
    )
    section_1_on = fields.Date("Section 1 signed on")
    section_1_paper = fields.Char(
        "Signed paper kept in",
        help="Only where the person completed and signed section 1 on paper: you enter "
        "what it says, and where the paper is kept.",
    )
    section_ids = fields.One2many(
        "medical.people.i9.section", "i9_id", "Section 1 by the person", readonly=True
    )
    late_reason = fields.Char(
        "Why a section was late",
        help="A memorandum for the file: what happened and how it was made good.",
    )
    section_2_due = fields.Date(compute="_compute_dues", store=True, readonly=True)
    section_2_on = fields.Date("Section 2 signed on", readonly=True)
    section_2_by_id = fields.Many2one("res.users", "Examined by", readonly=True)
    documents_from = fields.Selection(
        [("a", "List A"), ("bc", "Lists B and C")], "Documents shown from"
    )
    document_a = fields.Char("List A document")
    document_b = fields.Char("List B document")
    document_c = fields.Char("List C document")
    is_receipt = fields.Boolean(
        "Receipt shown", help="For a lost, stolen or damaged document: 90 days."
    )
    receipt_due = fields.Date(compute="_compute_dues", store=True, readonly=True)
    receipt_settled_on = fields.Date("Document itself shown on")
    is_remote = fields.Boolean(
        "Examined by live video",
        help="Only in good standing in E-Verify for that hiring site (88 FR 47990).",
    )
    everify_case = fields.Char("E-Verify case")
    reverification_ids = fields.One2many(
        "medical.people.i9.reverification", "i9_id", "Supplement B"
    )
    reverify_due = fields.Date(
        compute="_compute_reverify_due", store=True, readonly=True
    )
    keep_until = fields.Date(compute="_compute_keep_until")
    state = fields.Selection(
        [
            ("open", "Open"),
            ("section_1", "Section 1 signed"),
            ("complete", "Complete"),
            ("void", "Void"),
        ],
        required=True,
        default="open",
        readonly=True,
        index=True,
    )

    _one = models.UniqueIndex(
        "(employee_id) WHERE state != 'void'",
        "This person has a Form I-9 already: complete it, or void it first.",
    )

    @api.depends("employee_id.name")
    def _compute_display_name(self):
        for form in self:
            form.display_name = self.env._("I-9 of %s", form.employee_id.name or "")

    @api.depends("first_day", "planned_days", "is_receipt", "company_id")
    def _compute_dues(self):
        for form in self:
            closed = form.company_id._medical_closed_days(form.first_day)
            form.section_2_due = form.first_day and section_2_due(
                form.first_day, closed, form.planned_days or None
            )
            form.receipt_due = (
                form.is_receipt and form.first_day and receipt_due(form.first_day)
            )

    @api.depends(
        "attestation", "authorized_until", "reverification_ids.authorized_until"
    )
    def _compute_reverify_due(self):
        """Citizens, nationals and residents are never reverified (M-274)."""
        for form in self:
            if form.attestation != "authorized":
                form.reverify_due = False
                continue
            last = form.reverification_ids.sorted("date")[-1:]
            form.reverify_due = last.authorized_until if last else form.authorized_until

    def _compute_keep_until(self):
        # sudo: hire and end of the person, for the keepers of the form
        for form in self.sudo():
            person = form.employee_id
            hired, left = person._medical_span_of_work() if person else (None, None)
            form.keep_until = i9_keep_until(form.first_day or hired, left)

    @api.constrains("is_receipt", "planned_days")
    def _check_receipt(self):
        for form in self:
            if form.is_receipt and not receipt_allowed(form.planned_days or None):
                raise ValidationError(
                    self.env._(
                        "%s: no receipt is accepted for a job of fewer than three "
                        "working days.",
                        form.display_name,
                    )
                )

    def _check_locks(self, vals):
        """Nobody moves the end of their own authorization on a complete form."""
        super()._check_locks(vals)
        if "authorized_until" in vals and any(
            form.state == "complete" and form.user_id == self.env.user for form in self
        ):
            raise AccessError(self.env._("Another keeper has to change your own form."))

    # ---------------------------------------------------------------------- buttons

    def action_section_1(self):
        """The person has signed section 1 on paper; nobody else completes it for them.

        :raises UserError: the attestation, the day or the paper is not entered, or it is a
            day to come; or the authorization ends before work begins
        """
        self._check_caller(*KEEPERS)
        self.check_access("write")
        today = fields.Date.context_today(self)
        for form in self:
            if not said(form.section_1_paper):
                raise UserError(
                    self.env._(
                        "%s: section 1 is the person's own. Mail them the link, or let "
                        "them sign in and open My Form I-9. If they signed on paper, say "
                        "where that paper is kept.",
                        form.display_name,
                    )
                )
            if not form.attestation or not form.section_1_on:
                raise UserError(
                    self.env._(
                        "%s: enter what was attested and when section 1 was signed.",
                        form.display_name,
                    )
                )
            if form.section_1_on > today:
                raise UserError(
                    self.env._(
                        "%(form)s: section 1 is said to be signed on %(day)s, which is "
                        "still to come. Press this once it is signed.",
                        form=form.display_name,
                        day=format_date(self.env, form.section_1_on),
                    )
                )
            if form.attestation != "authorized":
                continue
            if not form.authorized_until:
                raise UserError(
                    self.env._(
                        "%s: enter when the work authorization ends.", form.display_name
                    )
                )
            if form.authorized_until < form.first_day:
                raise UserError(
                    self.env._(
                        "%(form)s: the work authorization ends on %(day)s, before the "
                        "first day of work. Correct the day, or the first day.",
                        form=form.display_name,
                        day=format_date(self.env, form.authorized_until),
                    )
                )
        self._program_step("section_1")

    def action_send_link(self):
        """Mail the person a link to complete section 1 without signing in."""
        self._check_caller(*KEEPERS)
        self.check_access("write")
        link, _token = self.env["medical.people.i9.link"]._send(self)
        return link._mailed()

    def action_complete(self):
        """The documents were examined; whoever presses this signs section 2.

        :raises UserError: no document is named
        """
        self._check_caller(*KEEPERS)
        for form in self:
            named = {
                "a": form.document_a,
                "bc": form.document_b and form.document_c,
            }.get(form.documents_from)
            if not named:
                raise UserError(
                    self.env._(
                        "%s: name the documents shown, one of list A, or one of list B "
                        "and one of list C.",
                        form.display_name,
                    )
                )
        self._move_to("complete")

    def action_void(self, reason):
        """Take the form back; a new one may be begun."""
        self._check_caller(*KEEPERS)
        self._move_to("void", reason)

    def action_open(self):
        """Show the form; that it was opened is on record."""
        self.ensure_one()
        self._check_caller(*KEEPERS)
        self.check_access("read")
        self.env["medical.core.opened"]._log(self, self.env._("Form I-9"))
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def _state_values(self, state, reason):
        if state == "complete":
            return {
                "section_2_on": fields.Date.context_today(self),
                "section_2_by_id": self.env.uid,
            }
        return {}

    def _after_void(self):
        """What the person signed goes with the form; links to it end."""
        # sudo: the sections are the person's, the links the program's
        forms = self.sudo()
        sections = forms.section_ids
        sections.filtered(lambda one: one.state == "draft")._pen().unlink()
        sections.exists()._step_out()
        links = forms.env["medical.people.i9.link"]
        links.search([("i9_id", "in", self.ids)])._end()

    @api.model
    def _medical_standing_of(self, person):
        """The form of a person that is not void, or none."""
        standing = [("employee_id", "in", person.ids), ("state", "!=", "void")]
        return self.search(standing, limit=1)

    def _after_complete(self):
        """The file counts it as there, without saying more."""
        self.employee_id._medical_follow_papers()

    # ------------------------------------------------------------------------ check

    def _medical_answerable(self):
        # sudo: who keeps the forms is asked, to name somebody
        group = self.env.ref("medical_office.people_group_i9").sudo()
        keepers = group.all_user_ids.filtered(
            lambda user: self.company_id in user.company_ids
        ).sorted("id")
        officer = self.env["medical.people.document"]._medical_keeper(self.company_id)
        return Answerable(
            user_id=(keepers[:1] or officer).id,
            backup_id=keepers[1:2].id,
            department_id=False,
            company_id=self.company_id.id,
        )

    @api.model
    def _medical_check_late(self):
        """Sections, receipts and reverifications that are late or near."""
        today = fields.Date.context_today(self)
        forms = self.search(
            [("state", "!=", "void"), ("employee_id.active", "=", True)]
        )
        rows = [
            finding(form, sentence, date_due=due, severity=severity, key=sentence[-24:])
            for form in forms
            for sentence, due, severity in form._late(today)
        ]
        return CheckResult(len(forms), rows)

    def _late(self, today):
        """(sentence, due day, severity) of what is late or near on one form."""
        _ = self.env._
        name = self.employee_id.name
        if self.state == "open" and self.first_day <= today:
            yield (
                _("I-9 of %s: section 1 is due on the first day of work", name),
                self.first_day,
                "high",
            )
        if self.state in ("open", "section_1") and self.first_day <= today:
            late = self.section_2_due < today
            yield (
                _("I-9 of %s: section 2 is overdue", name)
                if late
                else _("I-9 of %s: section 2 is due", name),
                self.section_2_due,
                "critical" if late else "medium",
            )
        if self.receipt_due and not self.receipt_settled_on:
            if self.receipt_due - timedelta(days=14) <= today:
                yield (
                    _(
                        "I-9 of %s: the document behind the receipt is to be shown",
                        name,
                    ),
                    self.receipt_due,
                    "high",
                )
        if any(section.state == "signed" for section in self.section_ids):
            yield (
                _("I-9 of %s: a correction of section 1 is to be looked at", name),
                today,
                "high",
            )
        if (
            self.reverify_due
            and self.reverify_due - timedelta(days=REVERIFY_LEAD) <= today
        ):
            yield (
                _("I-9 of %s: work authorization ends, reverify", name),
                self.reverify_due,
                "critical" if self.reverify_due < today else "high",
            )
        if not self.late_reason:
            yield from self._signed_late(name)

    def _signed_late(self, name):
        """The same of sections that were signed after their day, without a word why."""
        _ = self.env._
        signed_1 = self.state != "open" and self.section_1_on
        if signed_1 and signed_1 > self.first_day:
            yield (
                _("I-9 of %s: section 1 was signed late, write down why", name),
                signed_1,
                "medium",
            )
        if self.state == "complete" and self.section_2_on > self.section_2_due:
            yield (
                _("I-9 of %s: section 2 was signed late, write down why", name),
                self.section_2_on,
                "medium",
            )
