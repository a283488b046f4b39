"""What payroll owes, by payee and by how long it is overdue."""

from odoo import fields, models

from ...engine.core.labels import labels_of
from ...tools.core.sheet import Column, Sheet
from ...tools.money import cents
from ...tools.payroll.books.ageing import EDGES, Liability, ageing


class PayrollAgeingReport(models.AbstractModel):
    _name = "report.medical_office.payroll_ageing_report"
    _inherit = "medical.core.report"
    _description = "Payroll Liabilities by Age, Printed"

    def _currency(self, docs, _data):
        return docs.company_id.currency_id[:1] or self.env.company.currency_id

    def _period(self, _docs, _data):
        return str(fields.Date.context_today(self))

    def _sheets(self, docs, _data):
        """One row a payee: not due, then by days overdue. Paid deposits stand for nothing."""
        _ = self.env._
        owed = [
            Liability(
                self._payee(deposit),
                deposit.date_due,
                cents(deposit.amount),
                cents(deposit.amount) if deposit.state == "paid" else cents(0),
            )
            for deposit in docs
        ]
        names = [f"{first}–{last}" for first, last in self._spans()]
        columns = [
            Column("payee", _("Owed to"), width=44),
            Column("next", _("Next due"), "day"),
            Column("not_due", _("Not due"), "money", total=True),
            *(
                Column(f"late{n}", _("%s days late", name), "money", total=True)
                for n, name in enumerate([*names, f">{EDGES[-1]}"])
            ),
            Column("total", _("Open"), "money", total=True),
        ]
        rows = [
            {
                "payee": age.payee,
                "next": age.next_due,
                "not_due": age.not_due or None,
                **{f"late{n}": part or None for n, part in enumerate(age.overdue)},
                "total": age.total,
            }
            for age in ageing(owed, fields.Date.context_today(self))
        ]
        return [Sheet(_("Liabilities"), columns, rows, empty=_("Nothing is owed."))]

    def _spans(self):
        return zip((1, *(edge + 1 for edge in EDGES[:-1])), EDGES, strict=True)

    def _payee(self, deposit):
        labels = labels_of(deposit, "kind")
        what = " ".join(filter(None, [labels[deposit.kind], deposit.key]))
        return " · ".join(filter(None, [what, deposit.partner_id.name]))


class PayrollAgeingXlsx(models.AbstractModel):
    _name = "report.medical_office.payroll_ageing_report_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Payroll Liabilities by Age as a Spreadsheet"

    _source = "report.medical_office.payroll_ageing_report"
