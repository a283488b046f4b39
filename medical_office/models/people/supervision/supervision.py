"""The supervision map: who supervises whom, and where somebody is missing."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....models.core.check.answerable import finding
from ....models.core.check.check import CheckResult

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

    @api.constrains("supervisor_id", "employee_id", "date_from", "date_to")
    def _check_ratio(self):
        """No supervisor has more people than a rule allows.

        :raises ValidationError: naming the supervisor, the rule and its limit
        """
        today = fields.Date.context_today(self)
        for rule, sentence in self._rules_broken(today, self.supervisor_id):
            raise ValidationError(f"{rule.name}: {sentence}")

    @api.model
    def _current(self, day):
        return [
            ("date_from", "<=", day),
            "|",
            ("date_to", "=", False),
            ("date_to", ">=", day),
        ]

    @api.model
    def _rules_broken(self, day, supervisors=None):
        """(rule, sentence) for each supervisor with more people than a rule allows."""
        rules = self.env["medical.people.supervision.rule"].search(
            [("most", ">", 0), *self._current(day)]
        )
        domain = [("role", "=", "clinical"), *self._current(day)]
        if supervisors is not None:
            domain.append(("supervisor_id", "in", supervisors.ids))
        current = self.search(domain)
        for rule in rules:
            own = current.filtered(
                lambda one, r=rule: (
                    one.employee_id.job_id in r.job_ids
                    and one.company_id == r.company_id
                )
            )
            for supervisor, under in own.grouped("supervisor_id").items():
                if len(under.employee_id) > rule.most:
                    yield (
                        rule,
                        self.env._(
                            "%(who)s supervises %(count)s people, %(most)s are allowed",
                            who=supervisor.name,
                            count=len(under.employee_id),
                            most=rule.most,
                        ),
                    )

    @api.model
    def _medical_check_gaps(self):
        """People who must be supervised and are not, by somebody who may."""
        today = fields.Date.context_today(self)
        rules = self.env["medical.people.supervision.rule"].search(self._current(today))
        current = self.search([("role", "=", "clinical"), *self._current(today)])
        kinds = rules.credential_type_ids
        holders = self.env["medical.core.credential"]._holders(
            kinds, today, among=current.supervisor_id.user_id
        )
        people = self.env["hr.employee"].search([("job_id", "in", rules.job_ids.ids)])
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
                lambda p, r=rule: p.job_id in r.job_ids and p.company_id == r.company_id
            )
            rows += [
                finding(
                    person,
                    self.env._(
                        "%(who)s has no supervisor as “%(rule)s” asks",
                        who=person.name,
                        rule=rule.name,
                    ),
                    user_id=(
                        person.parent_id.user_id
                        or person.department_id.manager_id.user_id
                    ).id,
                    department_id=person.department_id.id,
                    company_id=person.company_id.id,
                    key=f"supervision-{rule.id}",
                )
                for person in under - good
            ]
        rows += [
            finding(rule, sentence, company_id=rule.company_id.id, key=sentence[:40])
            for rule, sentence in self._rules_broken(today)
        ]
        return CheckResult(len(people), rows)
