"""Total compensation: what a person was paid and given in twelve months."""

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.tools.misc import format_date

from ...tools.core.sheet import GROUP, Column, Sheet


class PeopleCompensationReport(models.AbstractModel):
    _name = "report.medical_office.people_compensation_report"
    _inherit = "medical.core.report"
    _description = "Total Compensation, Printed"

    def _span(self):
        last = fields.Date.context_today(self)
        return last - relativedelta(years=1, days=-1), last

    def _period(self, _docs, _data):
        first, last = self._span()
        return f"{format_date(self.env, first)} – {format_date(self.env, last)}"

    def _sheets(self, docs, _data):
        """One table: for each person pay, what the practice adds, and the sum. Printed,
        each person has a page of their own: it is handed out.

        Benefits count by what the practice pays a month, in the months covered.
        """
        _ = self.env._
        first, last = self._span()
        # sudo: HR and the director print it of whom they may read; sums alone are shown
        people = docs.sudo()
        paid = people._medical_pay_of_year(first, last)
        enrolled = self._enrollments(people, first, last)
        columns = [
            Column("what", _("What"), width=48),
            Column("amount", _("Dollars in 12 months"), "money"),
        ]
        rows = []
        for person in people:
            own = paid[person]
            parts = [
                (_("Pay"), own["pay"]),
                (_("Social Security, Medicare and unemployment"), own["taxes"]),
                (_("Match and contributions"), own["benefits"]),
            ]
            for one in enrolled.get(person, []):
                months = self._months(one, first, last)
                name = f"{one.plan_id.name} ({months})"
                parts.append((name, one.employer_month * months))
            rows.append({GROUP: person.name})
            rows += [
                {"what": what, "amount": amount} for what, amount in parts if amount
            ]
            total = sum(amount for _what, amount in parts)
            rows.append({"what": _("Total compensation"), "amount": total})
        return [
            Sheet(
                _("Total compensation"),
                columns,
                rows,
                note=_("Benefits: what the practice pays, by months of coverage."),
                empty=_("Nobody was chosen."),
                page_by_group=True,
            )
        ]

    def _enrollments(self, people, first, last):
        """{employee: enrollments with a cost for the practice in the span}."""
        found = people.env["medical.people.enrollment"]._of(people, first, last)
        return found.filtered("employer_month").grouped("employee_id")

    def _months(self, one, first, last):
        """Calendar months in which the person was covered on some day."""
        start = max(one.date_from, first)
        end = min(one.date_to or last, last)
        return (end.year - start.year) * 12 + end.month - start.month + 1


class PeopleCompensationXlsx(models.AbstractModel):
    _name = "report.medical_office.people_compensation_report_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Total Compensation as a Spreadsheet"

    _source = "report.medical_office.people_compensation_report"
