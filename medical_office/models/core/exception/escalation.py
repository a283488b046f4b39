"""Escalation: what stays open too long becomes somebody else's business."""

from odoo import api, fields, models

from ....engine.core.labels import labels_of
from ..check.check import SEVERITIES

ACTIVITY = "medical_office.core_escalation_activity_type"
# role -> the group whose members are asked
ROLE_GROUPS = {
    "manager": "medical_office.core_group_manager",
    "director": "medical_office.core_group_director",
}


class CoreEscalation(models.Model):
    """One step of the ladder: after so many days, who is told."""

    _name = "medical.core.escalation"
    _description = "Escalation Step"
    _inherit = ["medical.core.shared", "medical.core.guard"]
    _shared_birth = True
    _order = "severity_rank desc, level"

    severity = fields.Selection(SEVERITIES, required=True)
    severity_rank = fields.Integer(compute="_compute_severity_rank", store=True)
    level = fields.Integer(
        required=True,
        default=1,
        help="1 is the first step; each step is taken once.",
        aggregator=None,
    )
    after_days = fields.Float(
        required=True,
        default=1.0,
        help="Days since the exception was opened; 0.5 is half a day.",
        aggregator=None,
    )
    role = fields.Selection(
        [
            ("backup", "Backup"),
            ("head", "Department Head"),
            ("manager", "Office Manager"),
            ("director", "Director"),
        ],
        required=True,
        help="Who is notified. If there is no backup or head, the office manager is.",
    )
    reassign = fields.Boolean(
        help="Makes this person the owner, and the owner the backup."
    )
    active = fields.Boolean(default=True)

    _level_unique = models.UniqueIndex(
        "(severity, level) WHERE active", "This escalation step already exists."
    )
    _numbers_positive = models.Constraint(
        "check (level > 0 and after_days >= 0)",
        "A step's level starts at 1, and its days may not be negative.",
    )

    @api.depends("severity")
    def _compute_severity_rank(self):
        ranks = {code: rank for rank, (code, _label) in enumerate(SEVERITIES, 1)}
        for step in self:
            step.severity_rank = ranks.get(step.severity, 0)

    @api.depends("severity", "level")
    def _compute_display_name(self):
        labels = labels_of(self, "severity")
        for step in self:
            severity = labels.get(step.severity)
            step.display_name = severity and f"{severity} {step.level}"


class CoreException(models.Model):
    _inherit = "medical.core.exception"

    @api.model
    def _escalate(self):
        """Take for each open exception the highest step that its age has reached."""
        steps = self.env["medical.core.escalation"].search([])
        now = fields.Datetime.now()
        reached = {
            step: fields.Datetime.subtract(now, hours=step.after_days * 24)
            for step in steps
        }
        due = fields.Domain.OR(
            fields.Domain("severity", "=", step.severity)
            & fields.Domain("escalation_level", "<", step.level)
            & fields.Domain("date_opened", "<=", moment)
            for step, moment in reached.items()
        )
        exceptions = self.search(fields.Domain("is_open", "=", True) & due)
        taken = {}
        for exception in exceptions:
            step = max(
                (
                    step
                    for step, moment in reached.items()
                    if step.severity == exception.severity
                    and exception.date_opened <= moment
                ),
                key=lambda step: step.level,
            )
            taken.setdefault(step, []).append(exception.id)
        for step, ids in taken.items():  # as many as there are steps
            self.browse(ids)._take_step(step)

    def _take_step(self, step):
        self._pen().write({"escalation_level": step.level})
        told = {}
        for exception, person in self._escalation_targets(step.role).items():
            if person and person != exception.user_id:
                told.setdefault(person, self.browse())
                told[person] |= exception
        self._plan_escalations(step, told)
        bodies = {}
        for person, exceptions in told.items():  # as many as there are people told
            if step.reassign:
                for owner, own in exceptions.grouped("user_id").items():
                    own._pen().write({"user_id": person.id, "backup_id": owner.id})
                exceptions._pen().write({"assigned_by_id": self.env.uid})
            text = self.env._(
                "Escalated to %(person)s after %(days)g days (step %(level)s).",
                person=person.name,
                days=step.after_days,
                level=step.level,
            )
            bodies.update(dict.fromkeys(exceptions.ids, text))
        self.browse(bodies)._message_log_batch(bodies)

    def _escalation_targets(self, role):
        """exception -> the user of this role for it; the manager where there is none."""
        managers = self._role_holders("manager")
        holders = self._role_holders(role) if role in ROLE_GROUPS else {}
        targets = {}
        for exception in self:
            if role == "backup":
                person = exception.backup_id
            elif role == "head":
                person = exception.department_id.manager_id.user_id
            else:
                person = holders.get(exception.company_id) or holders.get(None)
            manager = managers.get(exception.company_id) or managers.get(None)
            targets[exception] = person if person and person.active else manager
        return targets

    def _role_holders(self, role):
        """company -> the user who holds a role there; None -> in any company.

        Where several do, the one with the longest standing who is no system
        administrator: an administrator holds every role for the sake of set-up.
        """
        system = self.env.ref("base.group_system")
        users = self.env["res.users"].search(
            [("all_group_ids", "in", self.env.ref(ROLE_GROUPS[role]).ids)], order="id"
        )
        users = users.sorted(lambda user: (system in user.all_group_ids, user.id))
        holders = {}
        for user in users:
            for company in (None, *user.company_ids):
                holders.setdefault(company, user)
        return holders

    def _plan_escalations(self, step, told):
        activity_type = self.env.ref(ACTIVITY)
        today = fields.Date.context_today(self)
        model_id = self.env["ir.model"]._get_id(self._name)
        # quick: the list in the morning mail tells them, not one mail each
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
            [
                {
                    "res_model_id": model_id,
                    "res_id": exception.id,
                    "activity_type_id": activity_type.id,
                    "summary": exception.summary,
                    "date_deadline": today,
                    "user_id": person.id,
                    "automated": True,
                }
                for person, exceptions in told.items()
                for exception in exceptions
            ]
        )

    def _drop_escalations(self):
        """Nobody has to act on what is closed or waived."""
        self.env["mail.activity"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("activity_type_id", "=", self.env.ref(ACTIVITY).id),
            ]
        ).unlink()
