"""Evaluations: written by the reviewer, shared, acknowledged by the person."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_date

from ....models.core.check.answerable import finding
from ....models.core.check.check import CheckResult
from ...core.mixins.listing import named

WRITERS = ("core_group_head", "core_group_hr", "core_group_director")
PROBATION_LEAD = 14
SHOWN = 4  # names in one sentence
YEAR = 365


class PeopleEvaluation(models.Model):
    """The person reads it from the day it is shared, never before."""

    _name = "medical.people.evaluation"
    _description = "Evaluation"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "date desc, id desc"

    _transitions = {
        ("draft", "shared"): WRITERS,
        ("shared", "draft"): WRITERS,
        ("shared", "acknowledged"): "core_group_staff",
    }
    # nobody evaluates themselves
    _segregated = {"shared": ("user_id",)}
    _reason_required = frozenset({("shared", "draft")})
    _reason_methods = frozenset({"action_take_back", "action_acknowledge"})
    _born_fields = frozenset({"employee_id"})
    _editors = {"*": WRITERS}
    _locked = {
        "shared": frozenset(
            {"kind", "date", "date_from", "rating", "strengths", "goals"}
        ),
        "acknowledged": frozenset(
            {"kind", "date", "date_from", "rating", "strengths", "goals"}
        ),
    }
    _deletable_in = frozenset({"draft"})

    employee_id = fields.Many2one("hr.employee", required=True, index=True)
    user_id = fields.Many2one(related="employee_id.user_id", string="Login", store=True)
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True
    )
    department_id = fields.Many2one(related="employee_id.department_id", store=True)
    reviewer_id = fields.Many2one(
        "res.users", readonly=True, default=lambda self: self.env.user
    )
    kind = fields.Selection(
        [("probation", "End of probation"), ("yearly", "Yearly"), ("other", "Other")],
        "Type",
        required=True,
        default="yearly",
    )
    date_from = fields.Date("Period from")
    date = fields.Date(required=True, default=fields.Date.context_today)
    rating = fields.Selection(
        [
            ("1", "1 Does not meet"),
            ("2", "2 Meets in part"),
            ("3", "3 Meets"),
            ("4", "4 Exceeds"),
            ("5", "5 Far exceeds"),
        ]
    )
    strengths = fields.Text()
    goals = fields.Text()
    comment = fields.Text("The person's comment", readonly=True, copy=False)
    acknowledged_at = fields.Datetime(readonly=True, copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("shared", "Shared"), ("acknowledged", "Acknowledged")],
        required=True,
        default="draft",
        readonly=True,
    )

    @api.depends("employee_id.name", "date")
    def _compute_display_name(self):
        for one in self:
            one.display_name = self.env._(
                "Evaluation of %(who)s, %(day)s",
                who=one.employee_id.name or "",
                day=format_date(self.env, one.date),
            )

    def _check_locks(self, names):
        """What somebody is said to have written is written by nobody else."""
        super()._check_locks(names)
        self._check_reviewer()

    def _check_reviewer(self):
        for one in self:
            if one.reviewer_id != self.env.user:
                raise AccessError(
                    self.env._(
                        "%(evaluation)s is written by %(reviewer)s. Enter one of your "
                        "own.",
                        evaluation=one.display_name,
                        reviewer=one.reviewer_id.name,
                    )
                )

    def action_share(self):
        """Show it to the person."""
        self._check_caller(*WRITERS)
        self._check_reviewer()
        self._move_to("shared")

    def action_take_back(self, reason):
        """Write on, saying why it was taken back."""
        self._check_caller(*WRITERS)
        self._move_to("draft", reason)

    def action_acknowledge(self, comment=""):
        """The person has read it; agreeing is another matter.

        :param comment: what the person says to it, or nothing
        :raises AccessError: somebody else presses the button
        """
        self._check_caller("core_group_staff")
        for one in self:
            if one.user_id != self.env.user:
                raise AccessError(
                    self.env._(
                        "Only %s acknowledges this evaluation.", one.employee_id.name
                    )
                )
        # sudo: the person reads the evaluation and writes only this step
        self.sudo()._move_to("acknowledged", comment)

    def _state_values(self, state, reason):
        if state == "acknowledged":
            return {
                "acknowledged_at": fields.Datetime.now(),
                "comment": (reason or "").strip() or False,
            }
        return {}

    @api.model
    def _medical_check_due(self):
        """Probations that end, and people without an evaluation for a year."""
        today = fields.Date.context_today(self)
        people = self.env["hr.employee"].search([("user_id", "!=", False)])
        latest, probation = {}, set()
        for one in self.search([("state", "!=", "draft")], order="date"):
            latest[one.employee_id] = one.date
            if one.kind == "probation":
                probation.add(one.employee_id)
        rows, late = [], {}
        keepers = self.env["medical.people.document"]._medical_keepers(
            people.company_id
        )
        answers = people._medical_answerables()
        for person in people:
            end = person.version_id.trial_date_end
            first = latest.get(person) or person._medical_span_of_work()[0] or today
            due = first + timedelta(days=YEAR)
            told = answers[person]
            manager_id = told.backup_id
            if not manager_id or manager_id == told.user_id:  # nobody is above
                manager_id = keepers[person.company_id].id
            values = {
                "user_id": manager_id,
                # where who manages somebody has no role as a head
                "backup_id": keepers[person.company_id].id,
                "begins": self._name,
                "department_id": told.department_id,
                "company_id": told.company_id,
            }
            if (
                end
                and person not in probation
                and end - timedelta(PROBATION_LEAD) <= today
            ):
                rows.append(
                    finding(
                        person._medical_public(),
                        self.env._("Probation of %s ends: evaluate", person.name),
                        date_due=end,
                        key="probation",
                        **values,
                    )
                )
            elif due < today:
                late.setdefault(tuple(values.items()), []).append((due, person))
        rows += [
            self._late_finding(dict(values), found) for values, found in late.items()
        ]
        return CheckResult(len(people), rows)

    def _late_finding(self, values, found):
        """One row for all who wait for the same manager's evaluation.

        :param found: [(day since which it is due, person)]
        """
        found = sorted(found, key=lambda pair: (pair[0], pair[1].name))
        names = [person.name for _due, person in found]
        text = self.env._("No evaluation for a year: %s", named(self.env, names, SHOWN))
        due, person = found[0]
        return finding(
            person._medical_public(),
            text,
            date_due=due,
            severity="low",
            key="evaluation",
            **values,
        )
