"""What a raise or an offer does to what was granted for the department's pay."""

from odoo import api, fields, models

from ....engine.core.months import short_month
from ....tools.money import ZERO, cents, money


def tell_effect(records, day_of, cost_of):
    """Set ``budget_effect`` and ``budget_short``; the budgets are asked for once a day.

    :param records: each with a department
    :param day_of: record -> the day from which it counts
    :param cost_of: record -> dollars a year with the employer's taxes
    """
    today = fields.Date.context_today(records)
    for day, those in records.grouped(day_of).items():
        budgets = those.department_id._origin._medical_pay_budget(max(day, today))
        for record in those:
            department = record.department_id._origin
            text, left = department._medical_pay_effect(
                cost_of(record), budgets[department.id]
            )
            record.budget_effect = text
            record.budget_short = left is not None and left < ZERO


class HrDepartment(models.Model):
    _inherit = "hr.department"

    def _medical_pay_effect(self, year_change, budget):
        """Sentences about one department, and what is left.

        :param year_change: dollars a year with the employer's taxes
        :param budget: PayBudget, or None where nothing is granted for pay
        :return: (text, dollars left after the change, or None)
        """
        self.ensure_one()
        if budget is None:
            return self.env._(
                "%s: nothing is granted for pay from that month on.", self.name
            ), None
        currency = (self.company_id or self.env.company).currency_id
        left = budget.after(year_change)
        text = self.env._(
            "%(department)s, %(first)s to %(last)s: %(granted)s granted for pay; the people "
            "there are cost %(needed)s, this adds %(added)s; %(left)s left.",
            department=self.name,
            first=short_month(self.env, budget.first),
            last=short_month(self.env, budget.last),
            granted=currency.format(float(budget.granted)),
            needed=currency.format(float(budget.needed)),
            added=currency.format(float(budget.added(year_change))),
            left=currency.format(float(left)),
        )
        return text, left


class PeoplePayChange(models.Model):
    _inherit = "medical.people.pay.change"

    budget_effect = fields.Text(
        "Effect on the Budget",
        compute="_compute_budget",
        compute_sudo=True,
        help="What was granted for the department's pay in the months from this change on, "
        "what its people cost with the employer's taxes and benefits, and what is left.",
    )
    budget_short = fields.Boolean(compute="_compute_budget", compute_sudo=True)

    def _year_cost(self):
        """{change: dollars a year with the employer's taxes}; one call of the hook a day."""
        found = {}
        today = fields.Date.context_today(self)
        shares = self.employee_id._origin._medical_tax_share(today)
        for change in self:
            share = shares.get(change.employee_id._origin.id, ZERO)
            found[change] = cents(change.year_change) * (1 + share)
        return found

    @api.depends("year_change", "date_from", "department_id", "employee_id", "state")
    def _compute_budget(self):
        costs = self._year_cost()
        self.budget_effect, self.budget_short = False, False
        today = fields.Date.context_today(self)
        # in force it is among what people cost: nothing is added any more
        open_ones = self.filtered(lambda c: c.state != "done" and c.department_id)
        tell_effect(open_ones, lambda c: c.date_from or today, costs.get)


class PeoplePayReview(models.Model):
    _inherit = "medical.people.pay.review"

    budget_effect = fields.Text(
        "Effect on Budgets",
        compute="_compute_budget",
        compute_sudo=True,
        help="By department, all lines of the worksheet together.",
    )
    budget_short = fields.Boolean(compute="_compute_budget", compute_sudo=True)

    @api.depends("date_from", "state", "line_ids.year_change", "line_ids.department_id")
    def _compute_budget(self):
        today = fields.Date.context_today(self)
        self.budget_effect, self.budget_short = False, False
        for review in self.filtered(lambda one: one.state != "done" and one.date_from):
            lines = review.line_ids
            costs = lines._year_cost()
            departments = lines.department_id._origin
            budgets = departments._medical_pay_budget(max(review.date_from, today))
            texts = []
            for department, own in lines.grouped("department_id").items():
                if not department:
                    continue
                text, left = department._origin._medical_pay_effect(
                    sum((costs[line] for line in own), ZERO),
                    budgets[department._origin.id],
                )
                texts.append(text)
                if left is not None and left < ZERO:
                    review.budget_short = True
            review.budget_effect = "\n".join(texts) or False


class PeopleOffer(models.Model):
    _inherit = "medical.people.offer"

    budget_effect = fields.Text(
        "Effect on the Budget",
        compute="_compute_pay_budget",
        compute_sudo=True,
        help="What was granted for the department's pay in the months from the first day "
        "on, what its people cost, and what is left with this offer.",
    )
    budget_short = fields.Boolean(compute="_compute_pay_budget", compute_sudo=True)

    @api.depends("department_id", "date_start", "year_cost")
    def _compute_pay_budget(self):
        self.budget_effect, self.budget_short = False, False
        ready = self.filtered(lambda offer: offer.department_id and offer.date_start)
        tell_effect(ready, lambda o: o.date_start, lambda o: money(o.year_cost or 0))
