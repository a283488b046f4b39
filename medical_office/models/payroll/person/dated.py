"""What a confirmed slip was worked out from: such a fact can only be ended."""

from odoo import models


class PeopleDated(models.AbstractModel):
    """Pay answers when a dated fact of a person was last used."""

    _inherit = "medical.people.dated"

    def _latest_use(self):
        """{id: last pay date of a confirmed slip in the span of the fact}."""
        if not self.ids:
            return {}
        # sudo: whether a slip exists is asked for the person; no figure of it is shown
        slips = self.env["hr.payslip"].sudo()
        groups = slips._read_group(
            [
                ("employee_id", "in", self.employee_id.ids),
                ("state", "=", "done"),
                ("medical_date_pay", "!=", False),
                ("medical_date_pay", ">=", min(self.mapped("date_from"))),
            ],
            ["employee_id", "medical_date_pay:day"],
        )
        latest = {}
        for fact in self:
            for employee, day in groups:
                if employee.id == fact.employee_id.id and fact._covers(day):
                    latest[fact.id] = max(day, latest.get(fact.id, day))
        return latest
