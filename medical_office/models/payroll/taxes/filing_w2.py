"""The W-2s of a year, tied to the Forms 941, and their file for the SSA."""

import base64
from collections import defaultdict

from odoo import models

from ....tools.money import ZERO, cents
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
                        "words, enter the parts of the name on the employee, under Pay.",
                        who=employee.name,
                        last=name.last,
                    )
                )
        if not forms:
            return [], [self.env._("Nobody was paid in %s.", self.year)], {}
        total = w3(forms.values())
        lines += self._w2_lines(total)
        try:
            returns = [self._form_941(number).lines for number in (1, 2, 3, 4)]
            problems += reconcile(total, returns)
        except LimitMissing as error:
            problems.append(str(error))
        content, marks = self._efw2(forms)
        return lines, [*problems, *marks], content

    def _w2_lines(self, form, employee=None):
        """Rows of one form; of Form W-3 without a person."""
        codes = known_codes(form.year)
        rows = [(f"{box}", BOXES[box], amount) for box, amount in form.money.items()]
        rows += [
            (f"12{code}", codes.get(code, code), amount)
            for code, amount in form.codes.items()
        ]
        rows += [("14", label, amount) for label, amount in form.other.items()]
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
            self._paid_items(),
            ["employee_id", "code", "key"],
            ["amount:sum", "wages:sum", "taxed_wages:sum"],
        ):
            sums[employee][code, key] = tuple(map(cents, amounts))
        kinds = {
            f"election:{election.id}": election.plan_id.kind
            for election in self.env["medical.people.enrollment"]
            .with_context(active_test=False)
            .search([("company_id", "=", self.company_id.id)])
        }
        numbers = {
            account.state_id.code: account.withholding_number or ""
            for account in self.env["medical.payroll.state.account"].search(
                [("company_id", "=", self.company_id.id), ("year", "=", self.year)]
            )
        }
        people = sorted(sums, key=lambda e: (e.name, e.id))
        return {
            employee: w2(self.year, _totals(sums[employee], kinds, numbers))
            for employee in people
        }

    def _efw2(self, forms):
        """(values with the file, sentences) of the W-2s; no file while one is refused."""
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
            file = write(employer, people)
        except (Efw2Refused, ValueError) as error:
            told = getattr(error, "problems", (str(error),))
            return {"content": False, "file_name": False}, [
                self.env._("The SSA file is not created:"),
                *told,
            ]
        return {
            "content": base64.b64encode(file.text.encode("ascii")),
            "file_name": f"W2REPORT-{self.year}.txt",
        }, list(file.marks)


def _totals(sums, kinds, numbers):
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
