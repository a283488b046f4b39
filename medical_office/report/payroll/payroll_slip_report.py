"""The payslip on paper: this pay and the year to date, and how the tax came about."""

from odoo import models
from odoo.tools.misc import format_date

from ...tools.money import money
from ...tools.payroll.books.posting import EMPLOYER, EXPENSES

DEDUCTIONS = ("S125", "RET", "GARN", "ROTH", "POST", "ADV")
PLACES = 4  # of a figure of the worksheet
# pay for time: one row each, whatever weeks or rates it is made of
BY_TIME = frozenset({"REG", "OTP", "OTS", "PTO", "HOL", "SICK"})
TAX = ("FIT", "SS", "MED", "ADDMED", "SIT", "SOTH", "LIT")


class PayrollSlipReport(models.AbstractModel):
    """Reads with the rights of who prints: staff see their own confirmed slips only."""

    _name = "report.medical_office.payroll_slip_report"
    _description = "Payslip, Printed"
    _print_batch = 50

    def _get_report_values(self, docids, data=None):
        slips = self.env["hr.payslip"].browse(docids)
        slips.check_access("read")
        years = slips._medical_year()
        # sudo: which account gets what: masked, and of these slips only
        payments = self.env["medical.payroll.payment"].sudo()
        paid = payments.search([("slip_id", "in", slips.ids)]).grouped("slip_id")
        return {
            "doc_ids": slips.ids,
            "doc_model": "hr.payslip",
            "docs": slips,
            "format_date": format_date,
            "papers": {
                slip.id: self._paper(slip, years[slip.id], paid.get(slip, []))
                for slip in slips
            },
        }

    def _paper(self, slip, year, payments):
        """What the template prints of one slip, and the accounts its net pay goes to."""
        items = slip.medical_item_ids
        # sudo: a person's own address and department are no secret on the own payslip
        own = slip.sudo()
        person, version = own.employee_id, own.contract_id
        address = ", ".join(
            filter(
                None,
                [
                    person.private_street,
                    person.private_city,
                    " ".join(
                        filter(None, [person.private_state_id.code, person.private_zip])
                    ),
                ],
            )
        )
        return {
            "person": person,
            "address": address,
            "department": version.department_id.name,
            "job": version.job_id.name or person.job_title,
            "ssn": person.medical_ssn_masked,
            "pay": self._rows(items, year, lambda c: EXPENSES.get(c) == "wages"),
            "repaid": self._rows(items, year, lambda c: c == "REIMB"),
            "imputed": self._rows(items, year, lambda c: c == "IMP"),
            "taxes": self._rows(items, year, lambda c: c in TAX),
            "deductions": self._rows(items, year, lambda c: c in DEDUCTIONS),
            "employer": self._rows(items, year, lambda c: c in EMPLOYER),
            "payments": payments,
            "gross": slip.medical_gross,
            "net": slip.medical_net,
            "worksheets": [
                (item.name, [_short(step) for step in item.steps], item.law)
                for item in items
                if item.code == "FIT" and item.steps
            ],
            "attribution": slip.medical_attribution,
            "law": slip.medical_law,
            "provisional": slip._medical_provisional(),
        }

    def _rows(self, items, year, wanted):
        """Rows of one block: name, hours, rate, amount, year to date; with its total.

        A line of the year that is not in this pay stands there with its year to date.
        """
        names = self.env["hr.payslip"]._code_names()
        rows = {}

        def row_of(code, key, name):
            by_time = code in BY_TIME
            place = (code, "") if by_time else (code, key)
            blank = {"hours": 0, "rate": 0, "amount": 0, "year": 0}
            name = names[code] if by_time else name
            return rows.setdefault(place, {"name": name, **blank})

        for item in items:
            if wanted(item.code):
                row = row_of(item.code, item.key, item.name)
                same = not row["hours"] or row["rate"] == item.rate
                row["rate"] = item.rate if same else 0  # two rates are none
                row["hours"] += item.hours
                row["amount"] += item.amount
        for (code, key), (amount, name) in year.items():
            if wanted(code) and amount:
                row_of(code, key, name)["year"] += amount
        found = list(rows.values())
        total = {
            "amount": sum(row["amount"] for row in found),
            "year": sum(row["year"] for row in found),
        }
        return {"rows": found, "total": total}


def _short(step):
    """A step of the worksheet with its amount to four places at most."""
    label, amount, source = step
    value = money(amount)
    if -value.as_tuple().exponent > PLACES:
        value = round(value, PLACES).normalize()
    return label, f"{value:,f}", source
