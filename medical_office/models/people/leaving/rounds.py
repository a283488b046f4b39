"""Onboarding and leaving lists: a checklist about a person, done as one round."""

from odoo import api, fields, models
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
        checklist, room, keeper = self._medical_list_parts(kind, self.company_id)
        problem = self._medical_list_problem(checklist, room, keeper)
        if problem:
            raise UserError(problem)
        schedule = schedules._pen().create(
            {
                "name": f"{checklist.name}: {self.name}",
                "checklist_id": checklist.id,
                "company_id": self.company_id.id,
                "department_id": self.department_id.id,
                "room_ids": [(6, 0, room.ids)],
                "employee_id": self.id,
                "owner_id": keeper.id,
                "frequency": "once",
                "date_start": day,
                "times": "09:00",
                "skip_closed": "keep",
                "lead_hours": 24 * 30,
                "window_hours": 24 * days,
            }
        )
        return schedule._generate(date_from=day, date_to=day)

    @api.model
    def _medical_list_parts(self, kind, company):
        """What a list about a person is made of: (checklist, room, who sees to it)."""
        # sudo: whether the practice has them is asked, for whoever begins a list
        env = self.sudo().env
        checklist = env["medical.core.checklist"].search(
            [("kind", "=", kind), ("company_id", "in", [False, company.id])],
            order="company_id, id",
            limit=1,
        )
        rooms = env["stock.location"]
        domain = [("company_id", "=", company.id), ("medical_room_type", "!=", False)]
        room = rooms.search(
            [*domain, ("medical_room_type", "=", "office")], limit=1
        ) or rooms.search(domain, limit=1)
        keeper = env["medical.people.document"]._medical_keeper(company)
        if not keeper and self.env.user._is_internal():
            keeper = self.env.user
        return checklist, room, keeper

    @api.model
    def _medical_list_problem(self, checklist, room, keeper):
        """Why a list cannot be begun, with the remedy; False if it can."""
        _ = self.env._
        if not checklist:
            return _("There is no checklist of this type: make one first.")
        if not room:
            return _("Enter a room of the practice first: lists are done there.")
        if not keeper:
            return _("Give somebody the role HR officer first: they see to the list.")
        return False
