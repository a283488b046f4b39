"""How the lines of each return follow from confirmed pay."""

from collections import defaultdict
from dataclasses import replace
from datetime import date

from odoo import models
from odoo.fields import Domain
from odoo.tools import format_date

from ....tools.dates import quarter, quarter_span
from ....tools.money import ZERO, cents
from ....tools.payroll.books.opening import ACQUIRED, Origin
from ....tools.payroll.books.posting import EXPENSES
from ....tools.payroll.law.limits import LimitMissing
from ....tools.payroll.returns.deposits import Schedule
from ....tools.payroll.returns.form940 import Paid, States, form940
from ....tools.payroll.returns.form941 import Other, PayDay, form941
from ....tools.payroll.slip.workstates import apportion
from ....tools.payroll.tax.sutawages import unknown

# wording of the forms, for the line numbers that the tools fill
LABELS_941 = {
    "1": "Employees paid in the pay period that includes the 12th of the last month",
    "2": "Wages, tips, and other compensation",
    "3": "Federal income tax withheld",
    "5a": "Taxable social security wages",
    "5a2": "Social security tax (5a, column 2)",
    "5b": "Taxable social security tips",
    "5b2": "Social security tax on tips (5b, column 2)",
    "5c": "Taxable Medicare wages and tips",
    "5c2": "Medicare tax (5c, column 2)",
    "5d": "Wages subject to Additional Medicare Tax",
    "5d2": "Additional Medicare Tax (5d, column 2)",
    "5e": "Total social security and Medicare taxes",
    "5f": "Section 3121(q) Notice and Demand",
    "6": "Total taxes before adjustments",
    "7": "Adjustment for fractions of cents",
    "8": "Adjustment for sick pay",
    "9": "Adjustments for tips and group-term life insurance",
    "10": "Total taxes after adjustments",
    "11": "Small business payroll tax credit for research",
    "12": "Total taxes after adjustments and credits",
    "13": "Total deposits for this quarter",
    "14": "Balance due",
    "15": "Overpayment",
}
LABELS_940 = {
    "3": "Total payments to all employees",
    "4": "Payments exempt from FUTA tax",
    "5": "Payments to each employee over the wage base",
    "6": "Lines 4 and 5",
    "7": "Total taxable FUTA wages",
    "8": "FUTA tax before adjustments",
    "9": "All wages excluded from state unemployment tax",
    "10": "Some wages excluded, or state tax paid late",
    "11": "Credit reduction (Schedule A)",
    "12": "Total FUTA tax after adjustments",
    "13": "FUTA tax deposited",
    "14": "Balance due",
    "15": "Overpayment",
    "16a": "Liability of the first quarter",
    "16b": "Liability of the second quarter",
    "16c": "Liability of the third quarter",
    "16d": "Liability of the fourth quarter",
    "17": "Total liability for the year",
}


ELSEWHERE = [origin.value for origin in ACQUIRED]
SICK = Origin.SICK.value
# items of payments and opening balances
NO_VOID = ["|", ("slip_id", "=", False), ("slip_id.medical_voids_id", "=", False)]


def _belongs(slip, day):
    """The day of the payment that an item is about: of a void, the voided one's."""
    return slip.medical_voids_id.medical_date_pay or day


class PayrollFiling(models.Model):
    _inherit = "medical.payroll.tax.return"

    def _paid_items(self, first=None, last=None, elsewhere=ELSEWHERE):
        """Domain of the confirmed items of the return's span.

        A void is of the quarter of the payment that it takes back, whenever it came.

        :param elsewhere: origins of opening balances that are on another employer's
            return: a predecessor's
        """
        start, end = self._span()
        first, last = first or start, last or end
        voided = "slip_id.medical_voids_id.medical_date_pay"
        return [
            ("company_id", "=", self.company_id.id),
            ("confirmed", "=", True),
            "|",
            ("opening_id", "=", False),
            ("opening_id.origin", "not in", elsewhere),
            *("|", "&", "&"),
            *NO_VOID,
            ("date_pay", ">=", first),
            ("date_pay", "<=", last),
            "&",
            (voided, ">=", first),
            (voided, "<=", last),
        ]

    def _deposited(self, kind, first, last):
        """What was paid to the agency for paydays of a span."""
        [[total]] = self.env["medical.payroll.liability"]._read_group(
            [
                ("company_id", "=", self.company_id.id),
                ("kind", "=", kind),
                ("state", "=", "paid"),
                ("date_pay", ">=", first),
                ("date_pay", "<=", last),
            ],
            [],
            ["amount:sum"],
        )
        field = {"federal": "federal_deposits", "futa": "futa_deposits"}[kind]
        earlier = sum(self._opened(first, last).mapped(field))
        return cents(total) + cents(earlier)

    def _opened(self, first, last):
        """Quarters of a span that were paid elsewhere, wholly or in part."""
        numbers = {str(number) for number in range(quarter(first), quarter(last) + 1)}
        return (
            self.env["medical.payroll.opening.balance"]
            ._quarters(self.company_id, first.year)
            .filtered(lambda row: row.quarter in numbers)
        )

    # ------------------------------------------------------------------- Form 941

    def _lines_941(self):
        first, last = self._span()
        paid = self._deposited("federal", first, last)
        form = self._form_941(int(self.quarter), paid)
        lines = [
            {"key": key, "name": LABELS_941.get(key, key), "amount": float(amount)}
            for key, amount in form.lines.items()
        ]
        lines += [
            {
                "key": f"16.{number}",
                "name": self.env._("Tax liability of month %s", number),
                "amount": float(amount),
            }
            for number, amount in enumerate(form.months, 1)
        ]
        if self.company_id.medical_deposit_schedule == "semiweekly":
            lines += [
                {
                    "key": f"B {day:%m-%d}",
                    "name": self.env._(
                        "Schedule B, liability of %s", format_date(self.env, day)
                    ),
                    "amount": float(amount),
                }
                for day, amount in form.by_day.items()
            ]
        return lines, form.problems, {"deposits": float(paid)}

    def _form_941(self, number, paid=ZERO):
        """The form of one quarter of the return's year."""
        first, last = quarter_span(self.year, number)
        twelfth = date(self.year, number * 3, 12)
        insured = self._paydays(first, last, sick=True)
        # what the insurer withheld and paid is not our tax: line 8, and not line 3
        sick = [
            replace(
                one,
                income_tax=ZERO,
                employee_ss=ZERO,
                employee_medicare=ZERO,
                employee_additional=ZERO,
            )
            for one in insured
        ]
        return form941(
            self.year,
            number,
            [*self._paydays(first, last), *sick],
            Other(
                employees=self._heads(twelfth),
                deposits=paid,
                sick_pay=-sum((one.employee_tax for one in insured), ZERO),
                tips_and_life=-self._uncollected(first, last),
            ),
            Schedule(self.company_id.medical_deposit_schedule or "monthly"),
        )

    def _uncollected(self, first, last):
        """Taxes on the life insurance of former employees that nobody withheld."""
        [[total]] = self.env["medical.payroll.item"]._read_group(
            [*self._paid_items(first, last), ("code", "=", "UNC")], [], ["amount:sum"]
        )
        return cents(total)

    def _heads(self, day):
        """People paid for the pay period in which ``day`` lies, here or before."""
        slips = self.env["hr.payslip"]._read_group(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "=", "done"),
                ("medical_kind", "in", ["regular", "final"]),
                ("medical_voided", "=", False),
                ("date_from", "<=", day),
                ("date_to", ">=", day),
            ],
            ["employee_id"],
        )
        return len(slips) + sum(self._opened(day, day).mapped("heads"))

    def _paydays(self, first, last, *, sick=False):
        """Totals by pay date, as Form 941 wants them, in a fixed number of queries.

        :param sick: of the sick pay of insurers, else of all other pay
        """
        insured = Domain("opening_id.origin", "=", SICK)
        domain = Domain(self._paid_items(first, last))
        domain &= insured if sick else Domain("opening_id", "=", False) | ~insured
        sums = defaultdict(lambda: defaultdict(lambda: (ZERO, ZERO, ZERO)))
        items = self.env["medical.payroll.item"]
        measures = ["amount:sum", "wages:sum", "taxed_wages:sum"]
        paid = Domain(domain) & Domain(NO_VOID)
        for day, code, *amounts in items._read_group(
            paid, ["date_pay:day", "code"], measures
        ):
            sums[day][code] = tuple(map(cents, amounts))
        for slip, code, *amounts in items._read_group(
            Domain(domain) & ~Domain(NO_VOID), ["slip_id", "code"], measures
        ):
            day = _belongs(slip, None)
            sums[day][code] = tuple(
                have + cents(amount)
                for have, amount in zip(sums[day][code], amounts, strict=True)
            )
        slips = defaultdict(
            int,
            items._read_group(
                paid,
                ["date_pay:day"],
                ["employee_id:count_distinct" if sick else "slip_id:count_distinct"],
            ),
        )
        # their number bounds the rounding of the quarter, on whichever day it stands
        before = 0 if sick else sum(self._opened(first, last).mapped("checks"))
        found = []
        for day, own in sorted(sums.items()):
            found.append(
                PayDay(
                    day=day,
                    checks=slips[day] + (0 if found else before),
                    wages=own["FIT"][2],
                    income_tax=-own["FIT"][0],
                    ss_wages=own["SS"][2],
                    medicare_wages=own["MED"][1],
                    employee_ss=-own["SS"][0],
                    employee_medicare=-own["MED"][0],
                    employer_ss=own["ER_SS"][0],
                    employer_medicare=own["ER_MED"][0],
                    additional_wages=own["ADDMED"][2],
                    employee_additional=-own["ADDMED"][0],
                )
            )
        return found

    # ------------------------------------------------------------------- Form 940

    def _lines_940(self):
        first, last = self._span()
        paid = self._deposited("futa", first, last)
        people, wages = self._paid_by_quarter()
        problems = []
        try:
            form = form940(self.year, people, States(wages), paid)
        except LimitMissing as error:
            problems.append(str(error))
            zero = dict.fromkeys(wages, ZERO)
            form = form940(self.year, people, States(wages, reductions=zero), paid)
        lines = [
            {"key": key, "name": LABELS_940.get(key, key), "amount": float(amount)}
            for key, amount in form.lines.items()
        ]
        lines += [
            {
                "key": f"A {state}",
                "name": self.env._("Schedule A, FUTA wages of %s", state),
                "amount": float(amount),
            }
            for state, (amount, _points, _reduction) in form.schedule_a.items()
        ]
        return lines, [*problems, *form.problems], {"deposits": float(paid)}

    def _paid_by_quarter(self):
        """Payments by person and quarter, and FUTA wages by state of work."""
        payments = defaultdict(lambda: [ZERO] * 4)
        futa = defaultdict(lambda: [ZERO] * 4)
        # of a slip, or of a person's opening balances of a day
        by_slip = defaultdict(lambda: ZERO)
        by_state = defaultdict(lambda: defaultdict(lambda: ZERO))
        for slip, employee, day, code, key, amount, wages, taxed in self.env[
            "medical.payroll.item"
        ]._read_group(
            self._paid_items(),
            ["slip_id", "employee_id", "date_pay:day", "code", "key"],
            ["amount:sum", "wages:sum", "taxed_wages:sum"],
        ):
            index = quarter(_belongs(slip, day)) - 1
            pay = (slip.id, employee.id, day)
            if EXPENSES.get(code) == "wages" or code == "IMP":
                payments[employee.id][index] += cents(amount)
            elif code == "FUTA":
                futa[employee.id][index] += cents(wages)
                by_slip[pay] += cents(taxed)
            elif code == "SUTA":
                by_state[pay][key.partition(":")[2]] += abs(cents(wages))
        before = defaultdict(lambda: ZERO)
        for employee, wages in self.env["medical.payroll.item"]._read_group(
            [
                *self._paid_items(elsewhere=[]),
                ("opening_id.origin", "in", ELSEWHERE),
                ("code", "=", "FUTA"),
            ],
            ["employee_id"],
            ["wages:sum"],
        ):
            before[employee.id] = cents(wages)
        people = [
            Paid(
                tuple(own),
                tuple(
                    paid - wages for paid, wages in zip(own, futa[person], strict=True)
                ),
                before[person],
            )
            for person, own in payments.items()
        ]
        states = defaultdict(lambda: ZERO)
        for pay, wages in by_slip.items():
            # of somebody who works in several states, by the wages of each
            shares = {state: part for state, part in by_state[pay].items() if part}
            parts = apportion(wages, list(shares.values())) if shares else ()
            for state, part in zip(shares, parts, strict=True):
                states[state] += part
        return people, dict(states)

    # -------------------------------------------------- state unemployment wages

    def _lines_suta(self):
        """A row for each person: wages of the quarter, taxable wages, contribution."""
        rows = self.env["medical.payroll.item"]._read_group(
            [
                *self._paid_items(),
                ("code", "=", "SUTA"),
                ("key", "=", f"state:{self.state_id.code}"),
            ],
            ["employee_id"],
            ["wages:sum", "taxed_wages:sum", "amount:sum"],
        )
        lines, problems = [], []
        for employee, *sums in rows:
            if not employee.ssnid:
                problems.append(
                    self.env._("%s has no Social Security number.", employee.name)
                )
            for (key, name), amount in zip(self._suta_keys(), sums, strict=True):
                lines.append(
                    {
                        "employee_id": employee.id,
                        "key": key,
                        "name": name,
                        "amount": float(cents(amount)),
                    }
                )
        account = self._state_account()
        problems += (
            account._suta_remarks(self._groups_still_open(account)) if account else []
        )
        if not account.unemployment_number:
            problems.append(
                self.env._(
                    "The unemployment account for %s is missing: enter it under State "
                    "Accounts.",
                    self.state_id.name,
                )
            )
        return lines, problems, {}

    def _groups_still_open(self, account):
        """Groups of deductions that were taken in the quarter, and that nobody has
        checked for the state."""
        codes = {"S125": "section_125", "RET": "retirement"}
        taken = self.env["medical.payroll.item"]._read_group(
            [*self._paid_items(), ("code", "in", list(codes))], ["code"]
        )
        used = [codes[code] for (code,) in taken]
        return unknown(
            account.state_id.code, self._span()[1], account._suta_taxed(), used
        )

    def _suta_keys(self):
        return (
            ("wages", self.env._("Total wages")),
            ("taxable", self.env._("Taxable wages")),
            ("tax", self.env._("Contribution")),
        )

    def _state_account(self, code=None):
        """The practice's account with a state in the return's year."""
        return self.env["medical.payroll.state.account"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("state_id.code", "=", code or self.state_id.code),
                ("year", "=", self.year),
            ],
            limit=1,
        )
