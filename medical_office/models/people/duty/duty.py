"""Duties: what has to be covered on a working day, and what it takes."""

from odoo import api, fields, models

KEEPERS = ("core_group_hr", "core_group_manager")


class PeopleDuty(models.Model):
    """Something somebody has to be there for: phlebotomy, X-ray, triage, opening."""

    _name = "medical.people.duty"
    _description = "Duty"
    _inherit = ["medical.core.guard"]
    _order = "sequence, name, id"

    _editors = {"*": KEEPERS}
    _number_bounds = {"needed": (0, 1000)}

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    department_id = fields.Many2one("hr.department", index=True)
    needed = fields.Integer(
        "People needed",
        required=True,
        default=1,
        aggregator=None,
        help="How many must be in on a working day.",
    )
    on_days = fields.Char(
        "Days",
        default="12345",
        required=True,
        help="Monday is 1, Sunday 7: 12345 is Monday to Friday.",
    )
    requirement_ids = fields.One2many(
        "medical.people.requirement", "duty_id", "Credentials needed"
    )
    assignment_ids = fields.One2many("medical.people.assignment", "duty_id", "People")

    _name_unique = models.UniqueIndex(
        "(company_id, name) WHERE active", "A duty with this name already exists."
    )
    _needed = models.Constraint(
        "CHECK (needed >= 1)", "A duty needs at least one person."
    )
    _days = models.Constraint(
        "CHECK (on_days ~ '^[1-7]{1,7}$')",
        "Days of a duty are figures from 1 (Monday) to 7 (Sunday), such as 12345.",
    )

    @api.model
    def _in_force(self, day):
        return [
            ("date_from", "<=", day),
            "|",
            ("date_to", "=", False),
            ("date_to", ">=", day),
        ]

    def _missing_for(self, employees, day):
        """What people do not hold of what a duty takes.

        :param employees: who would do it
        :param day: date of the work
        :return: {employee: [names of requirements not met]}; people who may are absent.
            Queries by the number of requirements, not of people
        """
        self.ensure_one()
        asked = self.requirement_ids.filtered_domain(self._in_force(day))
        credentials = self.env["medical.core.credential"]
        kinds = asked.type_ids
        holders = credentials._holders(kinds, day, among=employees.user_id)
        missing = {}
        for employee in employees:
            lacking = [
                requirement.name
                for requirement in asked
                if not any(
                    employee.user_id in holders[kind] for kind in requirement.type_ids
                )
            ]
            if lacking:
                missing[employee] = lacking
        return missing
