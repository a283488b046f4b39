"""What is broken in a department; a repair is asked for here."""

from odoo import api, models

from ...core.mixins.open_action import list_action
from ...core.place.place import ROWS, Ask, Figure, Part, Row, details


class CorePlace(models.AbstractModel):
    _inherit = "medical.core.place"

    @api.model
    def _department_asks(self, department):
        return [
            *super()._department_asks(department),
            Ask(
                30,
                self.env._("Repair"),
                "fa-wrench",
                "medical_office.facility_request_action",
            ),
        ]

    @api.model
    def _department_parts(self, department):
        return [*super()._department_parts(department), self._repairs_part(department)]

    @api.model
    def _repairs_part(self, department):
        _ = self.env._
        domain = [
            ("medical_department_id", "=", department.id),
            ("stage_id.done", "=", False),
            ("archive", "=", False),
        ]
        requests = self.env["maintenance.request"].search(
            domain, order="medical_due, id"
        )
        late = requests.filtered("medical_is_late")
        return Part(
            "repairs",
            55,
            _("Repairs"),
            "fa-wrench",
            [
                Figure(_("Open"), str(len(requests))),
                Figure(_("Late"), str(len(late)), "bad" if late else ""),
            ],
            [
                Row(
                    one.name,
                    details(
                        # sudo: the room and the step of a request the caller reads
                        one.sudo().medical_room_id.display_name,
                        one.sudo().stage_id.name,  # sudo: as above
                    ),
                    "bad" if one in late else "",
                    self._open(one),
                )
                for one in requests[:ROWS]
            ],
            _("Nothing is broken."),
            list_action(self.env, "facility_request_action", _("Repairs"), domain),
        )
