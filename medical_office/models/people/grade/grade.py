"""Pay grades: what a job is worth, by place and day."""

from itertools import pairwise

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ....tools.money import money
from ....tools.people.pay.position import Range

PER = [("hour", "Hour"), ("year", "Year")]


class PeopleGrade(models.Model):
    """Minimum, midpoint and maximum of a job, from a day on."""

    _name = "medical.people.grade"
    _description = "Pay Grade"
    _inherit = ["mail.thread", "medical.core.guard"]
    _order = "job_id, work_location_id, date_from desc"

    name = fields.Char(required=True, help="Such as MA-2.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    job_id = fields.Many2one(
        "hr.job", required=True, index=True, ondelete="restrict", check_company=True
    )
    work_location_id = fields.Many2one(
        "hr.work.location",
        index="btree_not_null",
        check_company=True,
        help="Empty: everywhere without a grade of its own.",
    )
    per = fields.Selection(PER, "Pay is per", required=True, default="hour")
    minimum = fields.Monetary(required=True, tracking=True, aggregator=None)
    midpoint = fields.Monetary(required=True, tracking=True, aggregator=None)
    maximum = fields.Monetary(required=True, tracking=True, aggregator=None)
    date_from = fields.Date("From", required=True, default=fields.Date.context_today)
    date_to = fields.Date("Until")
    note = fields.Text()

    _range = models.Constraint(
        "CHECK (minimum > 0 AND minimum <= midpoint AND midpoint <= maximum "
        "AND (date_to IS NULL OR date_to >= date_from))",
        "Minimum, midpoint and maximum of a pay grade rise from above zero, and it does "
        "not end before it starts.",
    )

    @api.constrains(
        "job_id", "work_location_id", "company_id", "date_from", "date_to", "active"
    )
    def _check_overlap(self):
        """One grade for a job at a place on a day."""
        every = self.search(
            [
                ("company_id", "in", self.company_id.ids),
                ("job_id", "in", self.job_id.ids),
            ]
        )
        places = every.grouped(lambda g: (g.company_id, g.job_id, g.work_location_id))
        for grades in places.values():
            for before, after in pairwise(grades.sorted("date_from")):
                if not before.date_to or before.date_to >= after.date_from:
                    raise ValidationError(
                        self.env._(
                            "%(first)s and %(second)s overlap: set “Until” of the first "
                            "to the day before %(day)s.",
                            first=before.name,
                            second=after.name,
                            day=format_date(self.env, after.date_from),
                        )
                    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        """What people's pay was compared with stays on record."""
        today = fields.Date.context_today(self)
        for grade in self.filtered(lambda one: one.date_from <= today):
            raise UserError(
                self.env._(
                    "%(grade)s has been in force since %(day)s and stays on record. Set "
                    "“Until”, or archive it.",
                    grade=grade.name,
                    day=format_date(self.env, grade.date_from),
                )
            )

    @api.model
    def _in_force(self, company, day):
        """{(job id, location id or False): grade} of a company on a day, one query."""
        grades = self.search(
            [
                ("company_id", "=", company.id),
                ("date_from", "<=", day),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", day),
            ]
        )
        return {(grade.job_id.id, grade.work_location_id.id): grade for grade in grades}

    @api.model
    def _of_job(self, job, location, company, day):
        """The grade of a job at a place on a day: the place's own, else the general one."""
        found = self._in_force(company, day)
        own = found.get((job.id, location.id))
        return own or found.get((job.id, False)) or self.browse()

    def _pay_range(self):
        """For the calculator, in the grade's own unit."""
        self.ensure_one()
        return Range(money(self.minimum), money(self.midpoint), money(self.maximum))
