"""Who may be put on a duty: only people whose credentials for it are in force."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import format_date

WHOLE_PRACTICE = ("core_group_hr", "core_group_manager")
KEEPERS = (*WHOLE_PRACTICE, "core_group_head")


class PeopleAssignment(models.Model):
    """A person who does a duty, as the first choice or as cover, from day to day."""

    _name = "medical.people.assignment"
    _description = "Duty Assignment"
    _inherit = ["medical.core.guard"]
    _order = "duty_id, role, id"

    _editors = {"*": KEEPERS}
    _born_fields = frozenset({"duty_id", "employee_id"})

    duty_id = fields.Many2one(
        "medical.people.duty", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="duty_id.company_id", store=True, index=True)
    employee_id = fields.Many2one("hr.employee", required=True, index=True)
    department_id = fields.Many2one(related="duty_id.department_id", store=True)
    role = fields.Selection(
        [("first", "Does it"), ("cover", "Cover")], required=True, default="first"
    )
    date_from = fields.Date("From", required=True, default=fields.Date.context_today)
    date_to = fields.Date("Until")

    _dates = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "An assignment ends before it begins: correct “Until”.",
    )
    _once = models.UniqueIndex(
        "(duty_id, employee_id, date_from)",
        "This person is on this duty from that day already.",
    )

    @api.depends("duty_id.name", "employee_id.name")
    def _compute_display_name(self):
        for assignment in self:
            assignment.display_name = self.env._(
                "%(who)s: %(what)s",
                who=assignment.employee_id.name or self.env._("Nobody"),
                what=assignment.duty_id.name or self.env._("duty"),
            )

    def _locked_message(self, name):
        return self.env._(
            "%s: end it and enter another one for another person or duty.",
            self.display_name,
        )

    @api.constrains("duty_id", "employee_id")
    def _check_own_people(self):
        """A head plans the own people; others are lent by who plans the whole practice.

        :raises AccessError: naming the person
        """
        if self._is_program() or self._guard_user_in(WHOLE_PRACTICE):
            return
        headed = self.env.user.medical_headed_department_ids
        # sudo: the department of whoever is named is asked, nothing of them is shown
        for employee in self.sudo().employee_id:
            if employee.department_id not in headed:
                raise AccessError(
                    self.env._(
                        "%s is not of a department that you head. Ask HR or the office "
                        "manager, who plan across departments, to put them on the duty.",
                        employee.name,
                    )
                )

    @api.constrains("duty_id", "employee_id", "date_from")
    def _check_qualified(self):
        """Nobody is put on a duty without what it takes on the first day.

        :raises ValidationError: naming the person, the credential and the day
        """
        today = fields.Date.context_today(self)
        by_day = self.grouped(lambda a: (a.duty_id, max(a.date_from, today)))
        for (duty, day), assignments in by_day.items():
            missing = duty._missing_for(assignments.employee_id, day)
            for employee, names in missing.items():
                raise ValidationError(
                    self.env._(
                        "%(who)s cannot be put on “%(duty)s”: %(what)s is not in force on "
                        "%(day)s. Enter and verify it first, or choose somebody else.",
                        who=employee.name,
                        duty=duty.name,
                        what=", ".join(names),
                        day=format_date(self.env, day),
                    )
                )
