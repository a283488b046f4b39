"""The department's page on paper and as a spreadsheet."""

from odoo import models
from odoo.tools.misc import format_date


class FinancePageReport(models.AbstractModel):
    _name = "report.medical_office.finance_page_report"
    _inherit = "report.medical_office.finance_pack_report"
    _description = "Department Page, Printed"

    def _title(self, docs, _data):
        return ", ".join(docs.mapped("display_name")) or super()._title(docs, _data)

    def _period(self, docs, _data):
        return ", ".join({format_date(self.env, page.made_at) for page in docs})

    def _facts(self, pack):
        return []


class FinancePageXlsx(models.AbstractModel):
    _name = "report.medical_office.finance_page_report_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Department Page as a Spreadsheet"

    _source = "report.medical_office.finance_page_report"
