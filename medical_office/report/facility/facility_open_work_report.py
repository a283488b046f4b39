"""Open repairs on paper and as a spreadsheet, the oldest first."""

from odoo import models

from ...engine.core.labels import labels_of
from ...tools.core.sheet import GROUP, Column, Sheet

# days, words: each request falls under the first heading whose limit it is below
AGES = ((2, "0 to 2 days"), (7, "2 to 7 days"), (30, "7 to 30 days"))


class FacilityOpenWorkReport(models.AbstractModel):
    _name = "report.medical_office.facility_open_work"
    _inherit = "medical.core.report"
    _description = "Open Work by Age, Printed"

    def _currency(self, docs, _data):
        return docs.currency_id[:1] or self.env.company.currency_id

    def _sheets(self, docs, _data):
        _ = self.env._
        waiting = docs.filtered(lambda r: not r.done and not r.archive)
        return [
            Sheet(
                _("Open work"),
                self._columns(docs),
                self._rows(waiting),
                empty=_("No work is open."),
            )
        ]

    def _with_money(self, docs):
        return docs._has_field_access(docs._fields["medical_cost"], "read")

    def _columns(self, docs):
        _ = self.env._
        columns = [
            Column("age", _("Days"), "number", width=8),
            Column("name", _("Request"), width=42),
            Column("asset", _("Asset"), width=24),
            Column("room", _("Room"), width=18),
            Column("priority", _("Priority"), width=10),
            Column("who", _("Assigned to"), width=22),
            Column("stage", _("Stage"), width=14),
            Column("due", _("Due"), "moment"),
            Column("late", _("Late"), "flag"),
        ]
        if self._with_money(docs):
            total = len(docs.currency_id) == 1
            columns.append(Column("cost", _("Cost so far"), "money", total=total))
        return columns

    def _rows(self, requests):
        priorities = labels_of(requests, "priority")
        with_money = self._with_money(requests)
        groups = {}
        for request in requests.sorted(lambda r: -r.medical_age_days):
            groups.setdefault(self._age(request.medical_age_days), []).append(request)
        rows = []
        for heading, members in groups.items():
            rows.append({GROUP: f"{heading} ({len(members)})"})
            for request in members:
                row = {
                    "age": round(request.medical_age_days, 1),
                    "name": request.name,
                    "asset": request.equipment_id.name or "",
                    "room": request.medical_room_id.name or "",
                    "priority": priorities.get(request.priority or "0"),
                    # sudo: a colleague's or a vendor's name
                    "who": request.sudo().user_id.name
                    # sudo: as above
                    or request.sudo().medical_vendor_id.name
                    or self.env._("nobody"),
                    "stage": request.stage_id.name,
                    "due": request.medical_due or None,
                    "late": request.medical_is_late,
                }
                if with_money:
                    row["cost"] = request.medical_cost or None
                rows.append(row)
        return rows

    def _age(self, days):
        words = {
            AGES[0][1]: self.env._("0 to 2 days"),
            AGES[1][1]: self.env._("2 to 7 days"),
            AGES[2][1]: self.env._("7 to 30 days"),
        }
        for limit, text in AGES:
            if days < limit:
                return words[text]
        return self.env._("Over 30 days")


class FacilityOpenWorkXlsx(models.AbstractModel):
    _name = "report.medical_office.facility_open_work_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Open Work by Age as a Spreadsheet"

    _source = "report.medical_office.facility_open_work"
