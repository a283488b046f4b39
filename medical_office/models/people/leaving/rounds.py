"""Onboarding and leaving lists: a checklist about a person, done as one round."""

from odoo import fields, models
from odoo.exceptions import UserError

KINDS = ("onboarding", "leaving")


class CoreChecklist(models.Model):
    _inherit = "medical.core.checklist"

    kind = fields.Selection(
        selection_add=[("onboarding", "Onboarding"), ("leaving", "Leaving")],
        ondelete=dict.fromkeys(KINDS, "set default"),
    )


class CoreSchedule(models.Model):
    _inherit = "medical.core.schedule"

    employee_id = fields.Many2one(
        "hr.employee",
        "About",
        index="btree_not_null",
        readonly=True,
        help="Whose first or last days the list is about.",
    )


class CoreRoundLine(models.Model):
    _inherit = "medical.core.round.line"

    def _medical_on_fail(self):
        """What is not done about a person is no fault of a room: no repair is opened."""
        about_things = self.filtered(lambda line: line.round_id.kind not in KINDS)
        return super(CoreRoundLine, about_things)._medical_on_fail()


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _medical_list(self, kind, day, days):
        """Begin the onboarding or leaving list of one person; an open one is kept.

        :param kind: "onboarding" or "leaving"
        :param day: date on which it is due
        :param days: until how many days later it may be signed
        :return: the round
        :raises UserError: there is no such checklist, or no room to look at
        """
        self.ensure_one()
        # sudo: lists are begun by the program for whoever may begin them
        schedules = self.env["medical.core.schedule"].sudo()
        known = schedules.search(
            [("employee_id", "=", self.id), ("checklist_id.kind", "=", kind)], limit=1
        )
        if known.round_ids:
            return known.round_ids[:1]
        checklist = schedules.checklist_id.search(
            [("kind", "=", kind), ("company_id", "in", [False, self.company_id.id])],
            order="company_id, id",
            limit=1,
        )
        if not checklist:
            raise UserError(
                self.env._("There is no checklist of this type: make one first.")
            )
        rooms = self.env["stock.location"].sudo()  # sudo: as above
        domain = [
            ("company_id", "=", self.company_id.id),
            ("medical_room_type", "!=", False),
        ]
        room = rooms.search(
            [*domain, ("medical_room_type", "=", "office")], limit=1
        ) or rooms.search(domain, limit=1)
        if not room:
            raise UserError(
                self.env._("Enter a room of the practice first: lists are done there.")
            )
        keeper = self.env["medical.people.document"]._medical_keeper(self.company_id)
        schedule = schedules._pen().create(
            {
                "name": f"{checklist.name}: {self.name}",
                "checklist_id": checklist.id,
                "company_id": self.company_id.id,
                "department_id": self.department_id.id,
                "room_ids": [(6, 0, room.ids)],
                "employee_id": self.id,
                "owner_id": (keeper or self.env.user).id,
                "frequency": "once",
                "date_start": day,
                "times": "09:00",
                "skip_closed": "keep",
                "lead_hours": 24 * 30,
                "window_hours": 24 * days,
            }
        )
        return schedule._generate(date_from=day, date_to=day)
