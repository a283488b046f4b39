"""Who of a department has what the work takes; hiring is asked for here."""

from odoo import api, models

from ....engine.people.readiness import GOOD
from ...core.mixins.listing import named
from ...core.mixins.open_action import list_action
from ...core.place.place import ROWS, Ask, Figure, Part, Row

GAPS = 3  # named of one person


class CorePlace(models.AbstractModel):
    _inherit = "medical.core.place"

    @api.model
    def _department_asks(self, department):
        return [
            *super()._department_asks(department),
            Ask(
                20,
                self.env._("Hire"),
                "fa-user-plus",
                "medical_office.people_requisition_action",
                {"default_department_id": department.id},
            ),
        ]

    @api.model
    def _department_parts(self, department):
        return [
            *super()._department_parts(department),
            self._readiness_part([("department_id", "=", department.id)]),
        ]

    @api.model
    def _readiness_part(self, here):
        _ = self.env._
        rows = self.env["medical.people.readiness"].search_fetch(
            here, ["employee_id", "requirement_id", "status"]
        )
        people, gaps = set(), {}
        # sudo: names of people and of what is asked, in rows that the caller reads
        for row in rows.sudo():
            people.add(row.employee_id.id)
            if row.status not in GOOD:
                gaps.setdefault(row.employee_id, []).append(row.requirement_id.name)
        ready = len(people) - len(gaps)
        worst = sorted(gaps.items(), key=lambda pair: (-len(pair[1]), pair[0].name))
        action = list_action(self.env, "people_readiness_action", _("Readiness"), here)
        return Part(
            "readiness",
            30,
            _("Readiness"),
            "fa-id-badge",
            [
                Figure(
                    _("People ready"),
                    _("%(ready)s of %(all)s", ready=ready, all=len(people)),
                    "bad" if gaps else "",
                )
            ],
            [
                Row(
                    person.name,
                    named(self.env, names, GAPS),
                    "bad",
                    action
                    | {
                        "name": person.name,
                        "domain": [*here, ("employee_id", "=", person.id)],
                    },
                )
                for person, names in worst[:ROWS]
            ],
            _("Everybody has what their work takes."),
            action,
        )
