"""The supervision map: who supervises whom, and where somebody is missing."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....engine.people.ratio import people_counted
from ....models.core.check.answerable import finding
from ....models.core.check.check import CheckResult
from ....models.core.mixins.open_action import list_action

KEEPERS = ("core_group_hr", "core_group_manager")


class PeopleSupervision(models.Model):
    """One person under one supervisor, from day to day."""

    _name = "medical.people.supervision"
    _description = "Supervision"
    _inherit = ["medical.core.guard"]
    _order = "supervisor_id, employee_id, date_from"

    _editors = {"*": KEEPERS}

    supervisor_id = fields.Many2one("hr.employee", required=True, index=True)
    employee_id = fields.Many2one(
        "hr.employee", "Supervised", required=True, index=True
    )
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True
    )
    job_id = fields.Many2one(related="employee_id.job_id")
    role = fields.Selection(
        [("clinical", "Clinical"), ("manager", "As manager")],
        "As",
        required=True,
        default="clinical",
    )
    date_from = fields.Date("From", required=True, default=fields.Date.context_today)
    date_to = fields.Date("Until")
    agreement = fields.Char(
        help="Number or date of the written agreement, if one is needed."
    )

    load = fields.Char(
        "People of Those Allowed",
        compute="_compute_load",
        help="How many the supervisor has of those a rule counts, and how many it allows.",
    )
    is_over = fields.Boolean("Above the Limit", compute="_compute_load")

    _dates = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "A supervision ends before it begins: correct “Until”.",
    )
    _others = models.Constraint(
        "CHECK (supervisor_id <> employee_id)", "Nobody supervises themselves."
    )

    @api.depends("supervisor_id.name", "employee_id.name")
    def _compute_display_name(self):
        for one in self:
            one.display_name = self.env._(
                "%(over)s over %(who)s",
                over=one.supervisor_id.name or "",
                who=one.employee_id.name or "",
            )

    # ------------------------------------------------------------------------ ratio

    @api.constrains("supervisor_id", "employee_id", "role", "date_from", "date_to")
    def _check_ratio(self):
        """No supervisor has more people than the practice's own rule allows.

        A state's limit, which has exceptions, is told of by the map and by a check.

        :raises ValidationError: naming the supervisor, the rule and its limit
        """
        today = fields.Date.context_today(self)
        for rule, supervisor, people in self._loads(today, self.supervisor_id):
            if len(people) > rule.most and rule.status == "own":
                raise ValidationError(
                    f"{rule.name}: {self._over_words(rule, supervisor, people)}"
                )

    @api.model
    def _loads(self, day, supervisors=None):
        """[(rule, supervisor, ids of the people who count)] of rules with a limit."""
        ids = supervisors and supervisors._origin.ids
        # sudo: how many a supervisor has is counted over all their people
        counted = people_counted(self.sudo().env, day, ids)
        rules = self.env["medical.people.supervision.rule"]
        people = self.env["hr.employee"].browse({over for _rule, over in counted})
        names = {person.id: person for person in people}
        found = rules.browse({rule for rule, _over in counted})
        by_id = {rule.id: rule for rule in found}
        return [
            (by_id[rule], names[over], under)
            for (rule, over), under in sorted(counted.items())
        ]

    def _over_words(self, rule, supervisor, people):
        return self.env._(
            "%(who)s supervises %(count)s people, %(most)s are allowed",
            who=supervisor.name,
            count=len(people),
            most=rule.most,
        )

    def _compute_load(self):
        """“3 of 7 (Texas: PAs and APRNs)” for each limit that counts the person."""
        today = fields.Date.context_today(self)
        loads = self._loads(today, self.supervisor_id)
        for one in self:
            counting = [
                (rule, len(people))
                for rule, over, people in loads
                if over == one.supervisor_id and one.employee_id.id in people
            ]
            one.load = "; ".join(
                self.env._(
                    "%(count)s of %(most)s (%(rule)s)",
                    count=count,
                    most=rule.most,
                    rule=rule.name,
                )
                for rule, count in counting
            )
            one.is_over = any(count > rule.most for rule, count in counting)

    @api.model
    def _current(self, day):
        return [
            ("date_from", "<=", day),
            "|",
            ("date_to", "=", False),
            ("date_to", ">=", day),
        ]

    @api.model
    def _medical_check_gaps(self):
        """People who must be supervised and are not, by somebody who may."""
        today = fields.Date.context_today(self)
        rules = self.env["medical.people.supervision.rule"].search(
            [("job_ids", "!=", False), ("supervisor_job_ids", "!=", False)]
            + self._current(today)
        )
        current = self.search([("role", "=", "clinical"), *self._current(today)])
        kinds = rules.credential_type_ids
        holders = self.env["medical.core.credential"]._holders(
            kinds, today, among=current.supervisor_id.user_id
        )
        people = self.env["hr.employee"].search([("job_id", "in", rules.job_ids.ids)])
        answers = people._medical_answerables()
        rows = []
        for rule in rules:
            able = self.env["res.users"].union(
                *(holders[kind] for kind in rule.credential_type_ids)
            )
            good = current.filtered(
                lambda one, r=rule, a=able: (
                    one.supervisor_id.active
                    and one.supervisor_id.job_id in r.supervisor_job_ids
                    and (not r.credential_type_ids or one.supervisor_id.user_id in a)
                )
            ).employee_id
            under = people.filtered(
                lambda p, r=rule: (
                    p.job_id in r.job_ids
                    and r.company_id in (p.company_id, r.company_id.browse())
                )
            )
            rows += [
                finding(
                    person,
                    self.env._(
                        "%(who)s has no supervisor as “%(rule)s” asks",
                        who=person.name,
                        rule=rule.name,
                    ),
                    answers[person],
                    user_id=answers[person].backup_id,
                    key=f"supervision-{rule.id}",
                )
                for person in under - good
            ]
        return CheckResult(len(people), rows)

    @api.model
    def _medical_check_ratio(self):
        """Supervisors with more people than a state's law or the practice allows."""
        today = fields.Date.context_today(self)
        loads = self._loads(today)
        over = [load for load in loads if len(load[2]) > load[0].most]
        latest = {}
        supervisors = self.env["hr.employee"].union(*(load[1] for load in over))
        domain = [("supervisor_id", "in", supervisors.ids), *self._current(today)]
        for one in self.search(domain, order="date_from, id"):
            latest[one.supervisor_id] = one
        keepers = self.env["medical.people.document"]._medical_keepers(
            supervisors.company_id
        )
        rows = [
            finding(
                latest[supervisor],
                self.env._(
                    "%(rule)s: %(words)s. %(citation)s",
                    rule=rule.name,
                    words=self._over_words(rule, supervisor, people),
                    citation=rule.citation or "",
                ).strip(),
                user_id=keepers[supervisor.company_id].id,
                company_id=supervisor.company_id.id,
                key=f"ratio-{rule.id}",
            )
            for rule, supervisor, people in over
        ]
        return CheckResult(len(loads), rows)

    def _medical_open_action(self, finding=None):
        """All whom the same person supervises."""
        self.ensure_one()
        domain = [("supervisor_id", "=", self.supervisor_id.id)]
        title = finding.summary if finding else self.display_name
        return list_action(self.env, "people_supervision_action", title, domain)
