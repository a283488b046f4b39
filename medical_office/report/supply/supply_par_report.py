"""The par sheet of a room: count sheet and pick list in one, along the shelf."""

from odoo import models

from ...tools.core.sheet import Column, Sheet


class SupplyParReport(models.AbstractModel):
    _name = "report.medical_office.supply_par"
    _inherit = "medical.core.report"
    _description = "Par Sheet"

    def _sheets(self, docs, data):
        """A sheet per room; a room whose count is blind does not show the books."""
        rooms = docs.filtered("medical_room_type").sorted(
            lambda room: (room.medical_site_id.id, room.medical_sequence, room.id)
        )
        pars = self.env["stock.warehouse.orderpoint"].search(
            [("location_id", "in", rooms.ids)]
        )
        figures = pars._medical_now()
        by_room = pars._medical_shelf_order().grouped("location_id")
        return [
            self._sheet(room, by_room.get(room, pars.browse()), figures)
            for room in rooms
        ]

    def _sheet(self, room, pars, figures):
        blind = room.medical_count_blind
        columns = [
            Column("shelf", self.env._("Shelf"), width=8),
            Column("item", self.env._("Item"), width=34),
            Column("code", self.env._("Code"), width=10),
            Column("unit", self.env._("Unit"), width=8),
            Column("low", self.env._("Reorder below"), "number"),
            Column("par", self.env._("Par"), "number"),
        ]
        if not blind:
            columns += [
                Column("on_hand", self.env._("On hand"), "number"),
                Column("pick", self.env._("To fill"), "number"),
            ]
        columns.append(Column("counted", self.env._("Counted"), width=12))
        rows = []
        for par in pars:
            here = figures[par.id]
            row = {
                "shelf": par.medical_shelf,
                "item": par.product_id.name,
                "code": par.product_id.default_code,
                "unit": par.product_uom.name,
                "low": par.product_min_qty,
                "par": par.product_max_qty,
                "counted": "________",
            }
            if not blind:
                # by the unit from the store, not by the vendor's pack
                low, high = par.product_min_qty, par.product_max_qty
                pick = high - here.forecast if here.forecast < low else None
                row |= {"on_hand": here.on_hand, "pick": pick}
            rows.append(row)
        manager = room.medical_manager_id or room.medical_site_id.medical_manager_id
        note = self.env._(
            "Manager: %(manager)s. Counted every %(days)s working days.",
            manager=manager.sudo().name or "-",  # sudo: the name of whom to ask
            days=room.medical_count_days,
        )
        return Sheet(
            # the room first: a tab has no place for a long site name before it
            name=f"{room.name} · {room.medical_site_id.name}",
            columns=columns,
            rows=rows,
            note=note,
            empty=self.env._("This room has no par levels yet."),
        )


class SupplyParXlsx(models.AbstractModel):
    _name = "report.medical_office.supply_par_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Par Sheet as a Spreadsheet"
    _source = "report.medical_office.supply_par"
