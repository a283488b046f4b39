"""What many people were paid before: the year to date, the month, all time."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from odoo.tools import SQL

from ...tools.money import ZERO
from ...tools.payroll.slip.slipfacts import Totals


class YearReader:
    """Confirmed pay of ``employees`` up to ``pay_date``, opening balances included.

    ``totals`` and ``month`` are {(company id, employee id): {(code, key): Totals}} of the
    year and of the calendar month: wage bases begin anew with another employer. What few
    slips ask for is read once somebody asks.
    """

    def __init__(self, env, employees, pay_date, slips, *, again=False):
        self.env, self.pay_date, self.slips = env, pay_date, slips
        # slips that are worked out again are no part of the year before themselves
        self.without = SQL(
            "AND (slip_id IS NULL OR slip_id NOT IN %s)", tuple(slips.ids) or (0,)
        )
        if not again:  # a draft counts nowhere, and the index answers alone
            self.without = SQL()
        self.people = tuple(employees.ids) or (0,)
        # the queries read the table itself: pending writes of it go there first
        env["medical.payroll.item"].flush_model()
        self.totals: dict[Any, dict[tuple[str, str], Totals]] = defaultdict(dict)
        self.month: dict[Any, dict[tuple[str, str], Totals]] = defaultdict(dict)
        self._read()
        self._read_months_taken_back()
        self.companies = {company for company, _person in self.totals}

    def _read(self):
        this = self.pay_date.replace(day=1)
        for row in self.env.execute_query(
            SQL(
                """SELECT company_id, employee_id, code, key, sum(amount),
                          sum(wages), sum(taxed_wages),
                          sum(amount) FILTER (WHERE date_pay >= %(this)s),
                          sum(taxed_wages) FILTER (WHERE date_pay >= %(this)s)
                     FROM medical_payroll_item
                    WHERE employee_id IN %(people)s AND confirmed
                      AND date_pay BETWEEN %(first)s AND %(day)s %(without)s
                 GROUP BY company_id, employee_id, code, key""",
                people=self.people,
                first=date(self.pay_date.year, 1, 1),
                this=this,
                day=self.pay_date,
                without=self.without,
            )
        ):
            company, person, code, key, amount, wages, taxed, *in_month = row
            self.totals[company, person][code, key] = Totals(
                _exact(amount), _exact(wages), _exact(taxed)
            )
            if in_month[0] is not None:
                amount, taxed = map(_exact, in_month)
                self.month[company, person][code, key] = Totals(amount, taxed=taxed)

    def _read_months_taken_back(self):
        """The months of people of whom a payment was taken back, figured anew.

        What the law limits by the month (26 USC 132(f)(2), a tax of so much a month)
        goes by the month that was paid: a void counts in the month of the payment it
        takes back, and so does the later pay of the same days, which comes in its place.
        """
        days: dict[int, date] = {}
        people = set()
        for slip, of, person, day in self._read_taken_back():
            people.add(person)
            days.setdefault(slip, days.get(of, day))
        if not people:
            return
        asked = {
            person: days.get(slip.id, self.pay_date).replace(day=1)
            for slip in self.slips
            if (person := slip.employee_id.id) in people
        }
        for who in [who for who in self.month if who[1] in asked]:
            del self.month[who]
        for (
            company,
            person,
            code,
            key,
            slip,
            paid,
            amount,
            taxed,
        ) in self.env.execute_query(
            SQL(
                """SELECT company_id, employee_id, code, key, slip_id, date_pay,
                              sum(amount), sum(taxed_wages)
                         FROM medical_payroll_item
                        WHERE employee_id IN %s AND confirmed
                          AND date_pay BETWEEN %s AND %s %s
                     GROUP BY company_id, employee_id, code, key, slip_id, date_pay""",
                tuple(asked) or (0,),
                date(self.pay_date.year, 1, 1),
                self.pay_date,
                self.without,
            )
        ):
            if days.get(slip, paid).replace(day=1) == asked[person]:
                own = self.month[company, person]
                before = own.get((code, key), Totals())
                own[code, key] = Totals(
                    before.amount + _exact(amount), taxed=before.taxed + _exact(taxed)
                )

    def _read_taken_back(self):
        """(slip, the slip it takes back or comes in place of, employee, day on which that
        was paid), the oldest first."""
        again = SQL(
            """paid.employee_id = slip.employee_id AND paid.company_id = slip.company_id
               AND paid.date_from = slip.date_from AND paid.date_to = slip.date_to
               AND paid.id < slip.id AND slip.medical_kind NOT IN ('void', 'bonus')
               AND slip.state != 'cancel'"""
        )
        return self.env.execute_query(
            SQL(
                """WITH paid AS (
                       SELECT void.id AS void, one.*
                         FROM hr_payslip void
                         JOIN hr_payslip one ON one.id = void.medical_voids_id
                        WHERE void.state = 'done' AND one.employee_id IN %s
                   )
                   SELECT void, id, employee_id, medical_date_pay FROM paid
                    UNION ALL
                   SELECT slip.id, paid.id, paid.employee_id, paid.medical_date_pay
                     FROM paid JOIN hr_payslip slip ON %s
                    ORDER BY 2""",
                self.people,
                again,
            )
        )

    def taken(self, person, key, *, monthly):
        """Dollars of a key in the year or month, at all companies: limits are a person's;
        and what a state taxed of them."""
        source = self.month if monthly else self.totals
        found = [
            sums
            for company in self.companies
            for (_code, own), sums in source.get((company, person), {}).items()
            if own == key
        ]
        amount = sum((sums.amount for sums in found), ZERO)
        return amount, sum((sums.taxed for sums in found), ZERO)

    @cached_property
    def ever(self):
        """{employee id: {key: dollars}} taken for orders and elections, all time."""
        found: dict[int, dict[str, Any]] = defaultdict(dict)
        for person, key, amount in self.env.execute_query(
            SQL(
                """SELECT employee_id, key, sum(amount) FROM medical_payroll_item
                    WHERE employee_id IN %s AND confirmed
                      AND (key LIKE 'order:%%' OR key LIKE 'election:%%')
                 GROUP BY employee_id, key""",
                self.people,
            )
        ):
            found[person][key] = -_exact(amount)
        return found

    @cached_property
    def owing(self):
        """{employee id: {key: dollars}} that people owe of advances and plans."""
        found: dict[int, dict[str, Any]] = defaultdict(dict)
        for person, key, amount in self.env.execute_query(
            SQL(
                """SELECT employee_id, key, sum(amount) FROM medical_payroll_item
                    WHERE employee_id IN %s AND confirmed AND key LIKE 'owe:%%'
                      AND date_pay <= %s %s
                 GROUP BY employee_id, key""",
                self.people,
                self.pay_date,
                self.without,
            )
        ):
            found[person][key] = max(ZERO, _exact(amount))
        return found

    @cached_property
    def prior(self):
        """{(company id, employee id): Social Security wages of last year}."""
        year = self.pay_date.year - 1
        rows = self.env.execute_query(
            SQL(
                """SELECT company_id, employee_id, sum(taxed_wages)
                     FROM medical_payroll_item
                    WHERE employee_id IN %s AND confirmed AND code = 'SS'
                      AND date_pay BETWEEN %s AND %s
                 GROUP BY company_id, employee_id""",
                self.people,
                date(year, 1, 1),
                date(year, 12, 31),
            )
        )
        return {(company, person): _exact(wages) for company, person, wages in rows}

    @cached_property
    def taxed_last_year(self):
        """{(company id, employee id)} from whose regular pay income tax was withheld."""
        year = self.pay_date.year - 1
        rows = self.env.execute_query(
            SQL(
                """SELECT company_id, employee_id FROM medical_payroll_item
                    WHERE employee_id IN %s AND confirmed AND code = 'FIT' AND key = ''
                      AND date_pay BETWEEN %s AND %s
                 GROUP BY company_id, employee_id HAVING sum(amount) < 0""",
                self.people,
                date(year, 1, 1),
                date(year, 12, 31),
            )
        )
        return set(rows)

    @cached_property
    def paid_once(self):
        """{employee id: keys of single earnings that another slip pays}."""
        found = defaultdict(set)
        for person, key in self.env.execute_query(
            SQL(
                """SELECT item.employee_id, item.key
                     FROM medical_payroll_item item
                     JOIN hr_payslip slip ON slip.id = item.slip_id
                    WHERE item.employee_id IN %s AND item.key LIKE 'earning:%%'
                      AND slip.state != 'cancel' AND slip.id NOT IN %s
                 GROUP BY item.employee_id, item.key
                   HAVING sum(item.amount) != 0""",
                self.people,
                tuple(self.slips.ids) or (0,),
            )
        ):
            found[person].add(key)
        return found

    @cached_property
    def latest(self):
        """{(company id, employee id): income tax wages of the last regular pay}."""
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT ON (company_id, employee_id)
                          company_id, employee_id, wages
                     FROM medical_payroll_item
                    WHERE employee_id IN %s AND confirmed AND code = 'FIT'
                      AND slip_id IS NOT NULL AND key = '' AND wages > 0
                      AND date_pay <= %s AND date_pay > %s
                 ORDER BY company_id, employee_id, date_pay DESC""",
                self.people,
                self.pay_date,
                date(self.pay_date.year - 1, 1, 1),
            )
        )
        return {(company, person): _exact(wages) for company, person, wages in rows}


def _exact(value):
    """A sum of the database, which the driver gives as a float, as Decimal."""
    return Decimal(repr(value)) if value else ZERO
