"""The year to date of payslips."""

from collections import defaultdict
from datetime import date

from odoo import models


class HrPayslip(models.Model):
    _inherit = "hr.payslip"

    def _medical_year(self):
        """{slip id: {(code, key): (dollars, name)}} of the year up to and with each slip.

        Confirmed pay of the slip's company counts, and the slip itself. Read with the
        user's rights, in one query whatever the number of slips.
        """
        found = {slip.id: defaultdict(lambda: (0.0, "")) for slip in self}
        dated = self.filtered("medical_date_pay")
        if not dated:
            return found
        first = date(min(dated.mapped("medical_date_pay")).year, 1, 1)
        items = self.env["medical.payroll.item"].search_fetch(
            [
                ("employee_id", "in", dated.employee_id.ids),
                ("date_pay", ">=", first),
                ("date_pay", "<=", max(dated.mapped("medical_date_pay"))),
                "|",
                ("confirmed", "=", True),
                ("slip_id", "in", dated.ids),
            ],
            [
                "employee_id",
                "company_id",
                "slip_id",
                "date_pay",
                "code",
                "key",
                "amount",
                "name",
            ],
            order="date_pay, slip_id, id",
        )
        by_person = items.grouped(lambda item: (item.employee_id, item.company_id))
        for slip in dated:
            own, day = found[slip.id], slip.medical_date_pay
            who = (slip.employee_id, slip.company_id)
            for item in by_person.get(who, items.browse()):
                earlier = (item.date_pay, item.slip_id.id) <= (day, slip.id)
                same_year = item.date_pay.year == day.year
                if same_year and earlier and (item.confirmed or item.slip_id == slip):
                    amount = own[item.code, item.key][0] + item.amount
                    own[item.code, item.key] = (amount, item.name)
        return found
