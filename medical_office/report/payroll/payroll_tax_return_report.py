"""A return's lines on paper and as a spreadsheet; people's in a table of one row each."""

from odoo import models

from ...tools.core.sheet import Column, Sheet

PEOPLE = ("w2", "suta")
PAYROLL = "medical_office.core_group_payroll"


class PayrollFilingReport(models.AbstractModel):
    _name = "report.medical_office.payroll_tax_return_report"
    _inherit = "medical.core.report"
    _description = "Tax Return, Printed"

    def _title(self, docs, _data):
        return ", ".join(docs.mapped("display_name")) or super()._title(docs, _data)

    def _sheets(self, docs, _data):
        sheets = []
        for filing in docs:
            if filing.corrects_id:
                sheets.append(self._corrections(filing))
            elif filing.kind in PEOPLE:
                sheets += self._people(filing)
            else:
                sheets.append(self._lines(filing, filing.line_ids))
        return sheets

    def _lines(self, filing, lines):
        _ = self.env._
        columns = [
            Column("key", _("Line"), width=10),
            Column("name", _("Description"), width=60),
            Column("amount", _("Amount"), "number"),
        ]
        rows = [{"key": x.key, "name": x.name, "amount": x.amount} for x in lines]
        return Sheet(
            filing.display_name,
            columns,
            rows,
            note=filing.problems or "",
            empty=_("The tax return has not been calculated yet."),
        )

    def _corrections(self, filing):
        """Reported, correct and difference of each line or box, as the forms ask."""
        _ = self.env._
        columns = [
            Column("who", _("Employee"), width=24),
            Column("key", _("Line"), width=10),
            Column("name", _("Description"), width=44),
            Column("reported", _("Reported before"), "number"),
            Column("correct", _("Correct"), "number"),
            Column("difference", _("Difference"), "number"),
        ]
        rows = [
            {
                "who": line.employee_id.name or "",
                "key": line.key,
                "name": line.name,
                "reported": line.reported,
                "correct": line.amount,
                "difference": line.difference,
            }
            for line in filing.line_ids
        ]
        note = "\n".join(filter(None, [filing.explanation, filing.problems]))
        return Sheet(
            filing.display_name,
            columns if filing.kind in PEOPLE else columns[1:],
            rows,
            note=note,
            empty=_("Nothing differs from what was reported."),
        )

    def _people(self, filing):
        """One row a person, one column a box; then the totals of Form W-3."""
        _ = self.env._
        own = filing.line_ids.filtered("employee_id")
        keys = list(dict.fromkeys(line.key for line in own))
        columns = [
            Column("who", _("Employee"), width=26),
            Column("ssn", _("SSN"), width=13),
            *(Column(key, key, "money", total=True) for key in keys),
        ]
        rows = []
        # the agency asks for the whole number; who prints it is kept, and others than
        # payroll get the last digits
        whole = self.env.user.has_group(PAYROLL)
        if whole:
            self.env["medical.core.opened"]._log(
                own.employee_id, _("Social Security number"), filing.display_name
            )
        for employee, lines in own.grouped("employee_id").items():
            row = {line.key: line.amount for line in lines}
            person = employee.sudo()  # sudo: numbers and addresses, logged above
            number = person.ssnid if whole else person.medical_ssn_masked
            rows.append({"who": employee.name, "ssn": number or "", **row})
        sheets = [
            Sheet(
                filing.display_name,
                columns,
                rows,
                note=filing.problems or "",
                empty=_("The tax return has not been calculated yet."),
            )
        ]
        totals = filing.line_ids - own
        if totals:
            sheets.append(self._lines(filing, totals))
        return sheets


class PayrollFilingXlsx(models.AbstractModel):
    _name = "report.medical_office.payroll_tax_return_report_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Tax Return as a Spreadsheet"

    _source = "report.medical_office.payroll_tax_return_report"
