"""Coverage of the days ahead: who is in for each duty, where nobody is."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

from ....engine.people.coverage import coverage_query
from ....models.core.check.answerable import finding
from ....models.core.check.check import CheckResult

AHEAD = 14  # days shown and looked at


class PeopleCoverage(models.Model):
    """Worked out each time it is read, by one statement (engine.people.coverage)."""

    _name = "medical.people.coverage"
    _description = "Duty Coverage"
    _auto = False
    _order = "day, duty_id"
    _depends = {
        "hr.employee": ["active", "user_id", "company_id"],
        "hr.leave": ["state", "employee_id", "request_date_from", "request_date_to"],
        "medical.core.credential": [
            "type_id", "user_id", "company_id", "state", "date_from", "date_to",
        ],
        "medical.people.assignment": ["duty_id", "employee_id", "date_from", "date_to"],
        "medical.people.duty": ["active", "needed", "on_days", "department_id"],
        "medical.people.requirement": [
            "active", "basis", "duty_id", "type_ids", "date_from", "date_to",
        ],
        "resource.calendar.leaves": ["date_from", "date_to", "resource_id"],
    }  # fmt: skip

    duty_id = fields.Many2one("medical.people.duty", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    day = fields.Date(readonly=True)
    needed = fields.Integer(readonly=True, aggregator=None)
    able_count = fields.Integer("Qualified", readonly=True, aggregator=None)
    in_count = fields.Integer("In", readonly=True, aggregator=None)
    names = fields.Char("Who is in", compute="_compute_names")
    status = fields.Selection(
        [
            ("covered", "Covered"),
            ("single", "Nobody could step in"),
            ("uncovered", "Uncovered"),
        ],
        readonly=True,
    )

    @property
    def _table_query(self):
        today = fields.Date.context_today(self)
        return coverage_query(today, today + timedelta(days=AHEAD - 1))

    @api.depends("duty_id", "day")
    def _compute_display_name(self):
        for row in self:
            row.display_name = self.env._(
                "%(what)s, %(day)s",
                what=row.duty_id.name or "",
                day=format_date(self.env, row.day),
            )

    @api.depends("duty_id", "day")
    def _compute_names(self):
        """Names of who is in; everybody of the practice may know who does what."""
        found = {}
        self.env.flush_all()
        self.env.cr.execute(self._table_query)
        for row in self.env.cr.dictfetchall():
            found[row["id"]] = row["in_ids"]
        # sudo: names of colleagues, in one read
        people = (
            self.env["hr.employee"]
            .sudo()
            .browse({one for ids in found.values() for one in ids})
        )
        names = {person.id: person.name for person in people}
        for row in self:
            row.names = ", ".join(sorted(names[one] for one in found.get(row.id, ())))

    @api.model
    def _medical_check_uncovered(self):
        """Duties with fewer qualified people in than they need, in the days ahead."""
        rows = self.search([("status", "=", "uncovered")])
        found = []
        for duty, own in rows.grouped("duty_id").items():
            days = sorted(own.mapped("day"))
            head = duty.department_id.manager_id.user_id
            found.append(
                finding(
                    duty,
                    self.env._(
                        "“%(duty)s” is not covered on %(days)s",
                        duty=duty.name,
                        days=", ".join(
                            format_date(self.env, day, date_format="MMM d")
                            for day in days[:5]
                        )
                        + ("…" if len(days) > 5 else ""),
                    ),
                    user_id=head.id,
                    date_due=days[0],
                    department_id=duty.department_id.id,
                    company_id=duty.company_id.id,
                )
            )
        return CheckResult(self.search_count([]), found)
