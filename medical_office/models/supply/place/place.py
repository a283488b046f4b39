"""What a department has asked for from the store room or the vendors."""

from odoo import api, models

from ....engine.core.labels import labels_of
from ...core.mixins.open_action import list_action
from ...core.place.place import ROWS, Ask, Figure, Part, Row, details

OPEN = ("draft", "approved")


class CorePlace(models.AbstractModel):
    _inherit = "medical.core.place"

    @api.model
    def _department_asks(self, department):
        return [
            *super()._department_asks(department),
            Ask(
                40,
                self.env._("Supplies"),
                "fa-shopping-basket",
                "medical_office.supply_request_action",
            ),
        ]

    @api.model
    def _department_parts(self, department):
        return [*super()._department_parts(department), self._supplies_part(department)]

    @api.model
    def _supplies_part(self, department):
        """Requests that are neither ordered nor rejected."""
        _ = self.env._
        proposals = self.env["medical.supply.proposal"]
        domain = [
            ("department_id", "=", department.id),
            ("source", "=", "request"),
            ("state", "in", OPEN),
        ]
        found = proposals.search(domain, order="id desc")
        labels = labels_of(proposals, "state")
        return Part(
            "supplies",
            57,
            _("Supplies Asked For"),
            "fa-shopping-basket",
            [Figure(_("Not ordered yet"), str(len(found)))],
            [
                Row(
                    one.product_id.display_name,
                    details(
                        labels[one.state],
                        one.sudo().requested_by_id.name,  # sudo: who asked is named
                    ),
                    "",
                    self._open(one),
                )
                for one in found[:ROWS]
            ],
            _("Nothing is asked for."),
            list_action(
                self.env, "supply_proposal_action", _("Supplies Asked For"), domain
            ),
        )
