"""From an accepted offer to an employee, without retyping."""

from odoo import SUPERUSER_ID, fields, models


class PeopleOffer(models.Model):
    _inherit = "medical.people.offer"

    employee_id = fields.Many2one(
        "hr.employee",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    def _after_accepted(self):
        for offer in self:
            offer._hire()

    def _hire(self):
        """The employee of an accepted offer; made once, however often it is asked.

        Employee, version with pay and contract date, enrollments; then what every hire
        begins.
        """
        self.ensure_one()
        if self.employee_id:
            return self.employee_id
        # sudo: the candidate accepted, the program hires on the approved terms
        employees = self.env["hr.employee"].sudo().with_company(self.company_id)
        maker = employees.with_user(SUPERUSER_ID)
        employee = maker.create(self._employee_values()).with_env(employees.env)
        self._pen().write({"employee_id": employee.id})
        self._enroll(employee)
        others = (self._family() - self).filtered(
            lambda offer: offer.state in ("draft", "submitted", "approved", "sent")
        )
        reason = self.env._("%s was accepted", self.display_name)
        others._move_to("withdrawn", reason)
        # what lacks a checklist or a room does not undo an acceptance: it is a finding
        employee._medical_begin_hire()
        return employee

    def _employee_values(self):
        """What the new employee and the first version are made of. Upper domains add."""
        self.ensure_one()
        values = {
            "name": self.name,
            "company_id": self.company_id.id,
            "private_email": self.email,
            "parent_id": self.manager_id.id,
            "work_location_id": self.work_location_id.id,
            **self._version_values(),
        }
        if self.resource_calendar_id:
            values["resource_calendar_id"] = self.resource_calendar_id.id
        return values

    def _of_pay(self):
        """Of what the employee is made of: names that only who may write pay gives."""
        return frozenset({"wage"})

    def _medical_check_floor(self):
        """Hook: refuse pay below what the law asks."""

    def _version_values(self):
        """The version's part: day, job, department, wage."""
        self.ensure_one()
        return {
            "date_version": self.date_start,
            "contract_date_start": self.date_start,
            "job_id": self.job_id.id,
            "department_id": self.department_id.id,
            "wage": self.wage,
        }

    def _enroll(self, employee):
        """The offer's benefits become enrollments, each from its first day on."""
        # sudo: as the hiring itself
        enrollments = self.env["medical.people.enrollment"].sudo()
        enrollments._pen().create(
            [
                {
                    "employee_id": employee.id,
                    "plan_id": line.plan_id.id,
                    "tier_id": line.tier_id.id,
                    "event": "hire",
                    "amount": line.amount,
                    "percent": line.percent,
                    "coverage": line.coverage,
                    "employer_month": line.employer_month,
                    "date_from": line.date_coverage or fields.Date.context_today(self),
                }
                for line in self.line_ids
            ]
        )
