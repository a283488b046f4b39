"""Deliveries of the coming days, and the shelf to count, for the cockpit."""

from datetime import UTC, datetime, time

from odoo import api, models

from ...core.desk.desk import Ahead, Start
from .delivery import AWAITED


class CoreDesk(models.AbstractModel):
    _inherit = "medical.core.desk"

    @api.model
    def _ahead(self, today, until):
        """Deliveries that are due, a line a day."""
        found = super()._ahead(today, until)
        pickings = self.env["stock.picking"]
        if not pickings.has_access("read"):
            return found
        zone = self.env.company._medical_zone()
        start = datetime.combine(today, time(), zone).astimezone(UTC)
        end = self.env.company._medical_last_moment(until)
        due = pickings.search_fetch(
            [
                ("picking_type_code", "=", "incoming"),
                ("state", "in", AWAITED),
                ("company_id", "=", self.env.company.id),
                ("scheduled_date", ">=", start.replace(tzinfo=None)),
                ("scheduled_date", "<=", end),
            ],
            ["scheduled_date", "partner_id"],
        )

        def day_of(picking):
            moment = picking.scheduled_date.replace(tzinfo=UTC)
            return moment.astimezone(zone).date()

        for day, here in due.grouped(day_of).items():
            # sudo: the vendor's name is on the delivery
            vendors = here.sudo().partner_id.mapped("name")
            names = ", ".join(vendors[:3]) + (", …" if len(vendors) > 3 else "")
            found.append(
                Ahead(
                    day,
                    self.env._("Deliveries: %(count)s (%(vendors)s)",
                               count=len(here), vendors=names or "-"),
                    "fa-truck",
                    "medical_office.supply_delivery_action",
                    {"search_default_awaited": 1},
                )
            )  # fmt: skip
        return found

    @api.model
    def _starts(self):
        return [
            *super()._starts(),
            Start(
                self.env._("Count a Shelf"),
                "fa-barcode",
                "medical_office.supply_count_phone_action",
            ),
            Start(
                self.env._("Request an Item"),
                "fa-shopping-basket",
                "medical_office.supply_request_action",
                form=True,
            ),
        ]
