"""The checks of controlled items: witnesses and explanations missing, inventory due."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from ..core.core_check import CheckResult, CheckRow

INVENTORY_MONTHS = 24  # 21 CFR 1304.11(c): at least every two years
WARNING_DAYS = 30


class SupplyControlledLog(models.Model):
    _inherit = "medical.supply.controlled.log"

    @api.model
    def _medical_check_witness(self):
        """Wastage and counts that no second person has signed."""
        waiting = self.search([("state", "=", "waiting")])
        rows = [
            CheckRow(
                self._name,
                entry.id,
                self.env._(
                    "%(entry)s in %(place)s waits for its witness",
                    entry=entry.display_name,
                    place=entry.location_id.name,
                ),
                **entry._check_people(),
            )
            for entry in waiting
        ]
        return CheckResult(self.search_count([]), rows)

    def _check_people(self):
        room = self.location_id
        site = room.medical_site_id
        return {
            "user_id": (room.medical_manager_id or site.medical_manager_id).id,
            "backup_id": site.medical_manager_id.id,
            "company_id": self.company_id.id,
            "department_id": room.medical_department_id.id,
        }

    @api.model
    def _medical_check_inventory(self):
        """Places with controlled items that were not inventoried in two years."""
        stock = self.env["stock.quant"]._read_group(
            [
                ("product_id.medical_kind", "=", "controlled"),
                ("quantity", ">", 0),
                ("location_id.usage", "=", "internal"),
                ("location_id.warehouse_id.medical_is_site", "=", True),
                ("medical_is_quarantined", "=", False),
            ],
            ["location_id"],
            ["product_id:recordset"],
        )
        done = {
            (place, product): last
            for place, product, last in self._read_group(
                [("is_inventory", "=", True), ("state", "=", "final")],
                ["location_id", "product_id"],
                ["at:max"],
            )
        }
        limit = (
            fields.Datetime.now()
            - relativedelta(months=INVENTORY_MONTHS)
            + relativedelta(days=WARNING_DAYS)
        )
        rows = []
        for room, products in stock:
            late = products.filtered(
                lambda product, room=room: (
                    not done.get((room, product)) or done[room, product] < limit
                )
            )
            if late:
                rows.append(
                    room._medical_supply_row(
                        self.env._(
                            "%(room)s: the inventory of %(count)s controlled items is "
                            "due (%(names)s)",
                            room=room.name,
                            count=len(late),
                            names=room._medical_named(late),
                        )
                    )
                )
        return CheckResult(sum(len(products) for _room, products in stock), rows)


class SupplyDiscrepancy(models.Model):
    _inherit = "medical.supply.discrepancy"

    @api.model
    def _medical_check_discrepancy(self):
        """Differences of controlled items that two persons have not closed."""
        waiting = self.search([("state", "!=", "closed")])
        rows = [
            CheckRow(
                self._name,
                one.id,
                self.env._(
                    "%(item)s in %(place)s: %(difference)+g against the books",
                    item=one.product_id.name,
                    place=one.location_id.name,
                    difference=one.difference,
                ),
                severity="high" if one.state == "explained" else "critical",
                money_at_risk=abs(one.difference) * one.product_id.standard_price,
                **one.log_id._check_people(),
            )
            for one in waiting
        ]
        return CheckResult(self.search_count([]), rows)
