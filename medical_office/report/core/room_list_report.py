"""The rooms of the practice as a list: who answers for what, and what is wrong where."""

from odoo import models

from ...engine.core.labels import labels_of
from ...tools.core.sheet import GROUP, Column, Sheet


class RoomListReport(models.AbstractModel):
    _name = "report.medical_office.room_list"
    _inherit = "medical.core.report"
    _description = "Room List"

    def _sheets(self, docs, data):
        rooms = docs.filtered("medical_room_type").sorted(
            lambda r: (r.medical_site_id.name or "", r.medical_sequence, r.name, r.id)
        )
        types = labels_of(rooms, "medical_room_type")
        rows = []
        for site, here in rooms.grouped("medical_site_id").items():
            rows.append({GROUP: site.name})
            rows += [
                {
                    "room": room.name,
                    "floor": room.medical_floor,
                    "type": types[room.medical_room_type],
                    "manager": room.medical_manager_id.name
                    or site.medical_manager_id.name,
                    "department": room.medical_department_id.name,
                    "assets": room.equipment_count,
                    "products": room.medical_stock_count,
                    "next": room.medical_next_due,
                    "problems": room.medical_problem_count,
                }
                for room in here
            ]
        return [
            Sheet(
                name=self.env._("Rooms"),
                empty=self.env._("No rooms were chosen."),
                rows=rows,
                columns=[
                    Column("room", self.env._("Room")),
                    Column("floor", self.env._("Floor"), width=8),
                    Column("type", self.env._("Type"), width=16),
                    Column("manager", self.env._("Manager")),
                    Column("department", self.env._("Department")),
                    Column("assets", self.env._("Assets"), "whole", total=True),
                    Column("products", self.env._("Items"), "whole"),
                    Column("next", self.env._("Next round"), "moment"),
                    Column("problems", self.env._("Problems"), "whole", total=True),
                ],
            )
        ]


class RoomListXlsx(models.AbstractModel):
    _name = "report.medical_office.room_list_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Room List as a Spreadsheet"
    _source = "report.medical_office.room_list"
