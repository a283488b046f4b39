"""The hours of a pay period by department, and what was typed in it, with the reasons."""

from odoo import models
from odoo.tools.misc import format_date

from ...tools.core.sheet import GROUP, Column, Sheet


class PayrollHoursReport(models.AbstractModel):
    _name = "report.medical_office.payroll_hours_report"
    _inherit = "medical.core.report"
    _description = "Hours by Department, Printed"
    _on_practice_clock = True

    def _period(self, docs, _data):
        if not docs:
            return ""
        return self.env._(
            "%(start)s to %(end)s",
            start=format_date(self.env, min(docs.mapped("date_start"))),
            end=format_date(self.env, max(docs.mapped("date_end"))),
        )

    def _sheets(self, docs, _data):
        docs = docs.sorted(
            lambda s: (
                s.department_id.display_name or "",
                s.employee_id.name,
                s.date_start,
            )
        )
        return [
            self._hours_sheet(docs),
            self._department_sheet(docs),
            self._typed(docs),
        ]

    def _department_name(self, department):
        return department.display_name or self.env._("No department")

    def _hours_sheet(self, docs):
        _ = self.env._
        rows = []
        for department, sheets in docs.grouped("department_id").items():
            rows.append({GROUP: self._department_name(department)})
            rows += [
                {
                    "who": sheet.employee_id.name,
                    "start": sheet.date_start,
                    "end": sheet.date_end,
                    "clocked": sheet.clocked,
                    "hours": sheet.hours,
                    "typed": sheet.typed_count or None,
                    "open": sheet.open_count or None,
                    "state": sheet._workflow_label(sheet.state),
                    # sudo: a colleague's name is no secret to who reads the hours
                    "by": sheet.sudo().approved_by_id.name or "",
                }
                for sheet in sheets
            ]
        columns = [
            Column("who", _("Employee"), width=26),
            Column("start", _("From"), "day"),
            Column("end", _("To"), "day"),
            Column("clocked", _("Clock hours"), "number", total=True),
            Column("hours", _("Hours"), "number", total=True),
            Column("typed", _("Days typed"), "whole"),
            Column("open", _("No check-out"), "whole"),
            Column("state", _("Status"), width=18),
            Column("by", _("Approved by"), width=22),
        ]
        return Sheet(_("Hours"), columns, rows, empty=_("There is no timesheet."))

    def _department_sheet(self, docs):
        _ = self.env._
        rows = [
            {
                "what": self._department_name(department),
                "people": len(sheets.employee_id),
                "clocked": sum(sheets.mapped("clocked")),
                "hours": sum(sheets.mapped("hours")),
                "waiting": len(
                    sheets.filtered(lambda s: s.state in ("draft", "submitted"))
                )
                or None,
            }
            for department, sheets in docs.grouped("department_id").items()
        ]
        columns = [
            Column("what", _("Department"), width=30),
            Column("people", _("Employees"), "whole"),
            Column("clocked", _("Clock hours"), "number", total=True),
            Column("hours", _("Hours"), "number", total=True),
            Column("waiting", _("Not approved"), "whole"),
        ]
        return Sheet(_("By department"), columns, rows)

    def _typed(self, docs):
        """Each day that somebody typed or remarked on."""
        _ = self.env._
        lines = docs.line_ids.filtered(lambda line: line.is_typed or line.reason)
        rows = [
            {
                "who": line.employee_id.name,
                "day": line.date,
                "clocked": line.clocked,
                "hours": line.hours,
                "why": line.reason or "",
                # sudo: as above
                "by": line.sudo().changed_by_id.name or "",
                "at": line.changed_at or None,
            }
            for line in lines.sorted(lambda line: (line.employee_id.name, line.date))
        ]
        columns = [
            Column("who", _("Employee"), width=26),
            Column("day", _("Day"), "day"),
            Column("clocked", _("Clock hours"), "number"),
            Column("hours", _("Hours"), "number"),
            Column("why", _("Reason"), width=40),
            Column("by", _("Typed by"), width=22),
            Column("at", _("Typed at"), "moment"),
        ]
        return Sheet(_("Typed"), columns, rows, empty=_("No hours were typed."))


class PayrollHoursXlsx(models.AbstractModel):
    _name = "report.medical_office.payroll_hours_report_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Hours by Department as a Spreadsheet"

    _source = "report.medical_office.payroll_hours_report"
