"""The W-2s of a year, tied to the Forms 941, and their file for the SSA."""

import base64
from collections import defaultdict
from datetime import date

from odoo import models

from ....tools.money import ZERO, cents
from ....tools.payroll.books.opening import Origin
from ....tools.payroll.law.deductionkinds import kind, state_effect
from ....tools.payroll.law.limits import LimitMissing
from ....tools.payroll.returns.efw2 import (
    Address,
    Efw2Refused,
    Employee,
    Employer,
    write,
)
from ....tools.payroll.returns.w2 import (
    StateBoxes,
    YearTotals,
    known_codes,
    qualified_overtime,
    w2,
    w3,
)
from ....tools.payroll.returns.w2check import problems as w2_problems
from ....tools.payroll.returns.w2check import reconcile
from .filing import NO_FILE

HEALTH = frozenset({"health_125", "health_employer"})  # box 12, code DD
RETIREMENT = frozenset({"RET", "ROTH"})
BOXES = {
    "1": "Wages, tips, other compensation",
    "2": "Federal income tax withheld",
    "3": "Social security wages",
    "4": "Social security tax withheld",
    "5": "Medicare wages and tips",
    "6": "Medicare tax withheld",
    "7": "Social security tips",
    "8": "Allocated tips",
    "10": "Dependent care benefits",
    "11": "Nonqualified plans",
}


class PayrollFiling(models.Model):
    _inherit = "medical.payroll.tax.return"

    def _lines_w2(self):
        """Boxes of everyone, their totals, what is wrong with them, and the file."""
        forms = self._forms_w2()
        lines, problems = [], []
        for employee, form in forms.items():
            lines += self._w2_lines(form, employee)
            problems += [f"{employee.name}: {text}" for text in w2_problems(form)]
            name = employee._w2_name()
            if name.doubt:
                problems.append(
                    self.env._(
                        "%(who)s: the surname on the W-2 is “%(last)s”. If it has more "
                        "words, enter the parts of the name under “Names”.",
                        who=employee.name,
                        last=name.last,
                    )
                )
        if not forms:
            return [], [self.env._("Nobody was paid in %s.", self.year)], NO_FILE
        total = w3(forms.values())
        lines += self._w2_lines(total)
        acquired = self._w2_elsewhere(Origin.ALTERNATE)
        insured = self._w2_elsewhere(Origin.SICK)
        lines += self._schedule_d(acquired)
        if insured:
            lines.append(
                {
                    "key": "W-3 14",
                    "name": self.env._(
                        "W-3: Income tax withheld by payers of third-party sick pay"
                    ),
                    "amount": float(insured["2"]),
                }
            )
        elsewhere = {
            box: acquired.get(box, ZERO) + insured.get(box, ZERO)
            for box in {*acquired, *insured}
        }
        try:
            returns = [self._form_941(number).lines for number in (1, 2, 3, 4)]
            problems += reconcile(total, returns, elsewhere)
        except LimitMissing as error:
            problems.append(str(error))
        content, refused = self._efw2(forms, insured.get("2", ZERO))
        return lines, [*problems, *refused], content

    def _w2_lines(self, form, employee=None):
        """Rows of one form; of Form W-3 without a person."""
        codes = known_codes(form.year)
        rows = [(f"{box}", BOXES[box], amount) for box, amount in form.money.items()]
        rows += [
            (f"12{code}", codes.get(code, code), amount)
            for code, amount in form.codes.items()
        ]
        rows += [("14", label, amount) for label, amount in form.other.items()]
        if employee and form.sick_pay:
            rows.append(("13 sick", self.env._("Box 13: third-party sick pay"), 1))
        for state in form.states:
            rows.append((f"16 {state.state}", self.env._("State wages"), state.wages))
            rows.append(
                (f"17 {state.state}", self.env._("State income tax"), state.tax)
            )
            if state.local_tax:
                rows.append(
                    (
                        f"18 {state.locality}",
                        self.env._("Local wages"),
                        state.local_wages,
                    )
                )
                rows.append(
                    (f"19 {state.locality}", self.env._("Local tax"), state.local_tax)
                )
        return [
            {
                "employee_id": employee.id if employee else False,
                "key": key,
                "name": name if employee else self.env._("W-3: %s", name),
                "amount": float(amount),
            }
            for key, name, amount in rows
        ]

    def _forms_w2(self):
        """{employee: W2} of everyone paid in the year, in one query of pay."""
        sums = defaultdict(dict)
        for employee, code, key, *amounts in self.env[
            "medical.payroll.item"
        ]._read_group(
            self._paid_items(elsewhere=[Origin.STANDARD.value]),
            ["employee_id", "code", "key"],
            ["amount:sum", "wages:sum", "taxed_wages:sum"],
        ):
            sums[employee][code, key] = tuple(map(cents, amounts))
        elections = (
            self.env["medical.people.enrollment"]
            .with_context(active_test=False)
            .search([("company_id", "=", self.company_id.id)])
        )
        kinds = {f"election:{e.id}": e.plan_id.kind for e in elections}
        separate = {f"election:{e.id}" for e in elections if e.separate}
        numbers = {
            account.state_id.code: account.withholding_number or ""
            for account in self.env["medical.payroll.state.account"].search(
                [("company_id", "=", self.company_id.id), ("year", "=", self.year)]
            )
        }
        people = sorted(sums, key=lambda e: (e.name, e.id))
        sick = {
            employee
            for (employee,) in self.env["medical.payroll.item"]._read_group(
                [*self._paid_items(), ("opening_id.origin", "=", Origin.SICK.value)],
                ["employee_id"],
            )
        }
        return {
            employee: w2(
                self.year,
                _totals(
                    sums[employee] | _rest(sums[employee], kinds, separate, self.year),
                    kinds,
                    numbers,
                    employee in sick,
                ),
            )
            for employee in people
        }

    def _w2_elsewhere(self, origin):
        """{box: dollars} of the W-2s that another employer's Forms 941 hold."""
        found = defaultdict(lambda: ZERO)
        places = {
            "FIT": (("2", -1, 0),),
            "SS": (("3", 1, 2), ("4", -1, 0)),
            "MED": (("5", 1, 1), ("6", -1, 0)),
            "ADDMED": (("6", -1, 0),),
        }
        if origin == Origin.SICK:  # only the income tax: lines 2 and 5 are ours
            places = {"FIT": places["FIT"]}
        for code, *amounts in self.env["medical.payroll.item"]._read_group(
            [
                *self._paid_items(elsewhere=[]),
                ("opening_id.origin", "=", origin.value),
                ("code", "in", list(places)),
            ],
            ["code"],
            ["amount:sum", "wages:sum", "taxed_wages:sum"],
        ):
            for box, sign, place in places[code]:
                found[box] += sign * cents(amounts[place])
        return {box: amount for box, amount in found.items() if amount}

    def _schedule_d(self, acquired):
        """Rows of Schedule D (Form 941): what the predecessor's Forms 941 hold of the
        W-2s filed here (Rev. Proc. 2004-53, alternate procedure)."""
        return [
            {
                "key": f"D {box}",
                "name": self.env._(
                    "Schedule D (Form 941), on the predecessor's: %s", BOXES[box]
                ),
                "amount": float(acquired[box]),
            }
            for box in ("3", "5", "7", "2")
            if acquired.get(box)
        ]

    def _efw2(self, forms, sick_tax=ZERO):
        """(values with the file, why there is none) of the W-2s.

        What the file lacks stands apart from what is wrong with the forms: people get
        theirs by the end of January, whatever is unproven of a layout.
        """
        company = self.company_id
        employer = Employer(
            ein=company.vat or "",
            name=company.name,
            address=_address(company.partner_id, ""),
            user_id=company.medical_ssa_user_id or "",
            contact=self.env.user.name,
            phone="".join(filter(str.isdigit, company.phone or "")),
            email=company.email or "",
        )
        people = [
            Employee(
                employee.ssnid or "",
                name.first,
                name.last,
                _address(employee, "private_"),
                form,
                name.middle,
                name.suffix,
            )
            for employee, form in forms.items()
            for name in [employee._w2_name()]
        ]
        try:
            file = write(employer, people, sick_tax=sick_tax)
        except (Efw2Refused, ValueError) as error:
            told = getattr(error, "problems", (str(error),))
            return NO_FILE, [self.env._("The SSA file is not created:"), *told]
        return {
            "content": base64.b64encode(file.text.encode("ascii")),
            "file_name": f"W2REPORT-{self.year}.txt",
            "file_notes": "\n".join(file.marks) or False,
        }, []


def _rest(sums, kinds, separate, year):
    """State wages of a person of one state, where a void left room below the state's
    own limit of a deduction and no payment followed that fills it."""
    (where, *others) = [key for code, key in sums if code == "SIT"] or [""]
    if not where or others:
        return {}
    amount, wages, taxed = sums["SIT", where]
    state, day = where.partition(":")[2], date(year, 12, 31)
    taken = defaultdict(lambda: [ZERO, ZERO])
    for (code, key), (dollars, _wages, above) in sums.items():
        if code == "S125" and key in kinds and not kind(kinds[key], day).is_monthly:
            taken[kinds[key]][0] -= dollars
            taken[kinds[key]][1] += above
    alone = bool(separate & {key for _code, key in sums})
    for which, (before, above) in taken.items():
        wages += state_effect(
            kind(which, day), state, day, ZERO, before, above, separate=alone
        )
    return {("SIT", where): (amount, wages, taxed)}


def _totals(sums, kinds, numbers, sick=False):
    """Year totals of one person. ``sums``: {(code, key): (amount, wages, taxed)}."""

    def total(place, *codes):
        return sum(
            (row[place] for (code, _k), row in sums.items() if code in codes), ZERO
        )

    by_kind, health = defaultdict(lambda: ZERO), ZERO
    for (code, key), (amount, _wages, _taxed) in sums.items():
        if key in kinds:
            money = amount if code in ("IMP", "ER_BEN") else -amount
            by_kind[kinds[key]] += money
            health += money if kinds[key] in HEALTH else ZERO
    return YearTotals(
        wages=total(2, "FIT"),
        income_tax=-total(0, "FIT"),
        ss_wages=total(2, "SS"),
        ss_tax=-total(0, "SS"),
        medicare_wages=total(1, "MED"),
        medicare_tax=-total(0, "MED", "ADDMED"),
        by_kind=by_kind,
        health_cost=health,
        qualified_overtime=qualified_overtime(
            (code, key, row[0]) for (code, key), row in sums.items()
        ),
        retirement_plan=any(
            row[0] for (code, _k), row in sums.items() if code in RETIREMENT
        ),
        sick_pay=sick,
        sick_not_taxed=total(0, "SICKX"),
        uncollected_ss=sums.get(("UNC", "SS"), (ZERO,))[0],
        uncollected_medicare=sums.get(("UNC", "MED"), (ZERO,))[0],
        states=tuple(_states(sums, numbers)),
    )


def _states(sums, numbers):
    """Boxes 15 to 20: a state each, the local taxes in the rows of the first state."""
    rows = {
        key.partition(":")[2]: (wages, -amount)
        for (code, key), (amount, wages, _taxed) in sums.items()
        if code == "SIT"
    }
    local = [
        (key.partition(":")[2], wages, -amount)
        for (code, key), (amount, wages, _taxed) in sums.items()
        if code == "LIT"
    ]
    for number, (state, (wages, tax)) in enumerate(sorted(rows.items())):
        first = local[0] if local and not number else ("", ZERO, ZERO)
        yield StateBoxes(state, numbers.get(state, ""), wages, tax, *first)
        if not number:
            for name, local_wages, local_tax in local[1:]:
                yield StateBoxes(
                    state,
                    numbers.get(state, ""),
                    ZERO,
                    ZERO,
                    name,
                    local_wages,
                    local_tax,
                )


def _address(record, prefix):
    return Address(
        record[f"{prefix}street"] or "",
        record[f"{prefix}city"] or "",
        record[f"{prefix}state_id"].code or "",
        record[f"{prefix}zip"] or "",
        record[f"{prefix}street2"] or "",
    )
