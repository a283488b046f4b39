"""Many rooms at once: so many of each type, or a list from a spreadsheet."""

import base64

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...engine.core.sentences import problem_sentences
from ...models.core.room.location import ROOM_TYPES
from ...tools.core.rooms import MOST_ROOMS, NewRoom, columns, next_names
from ...tools.csvsafe import read_table

STEP = 10  # between the walking orders of two rooms, so that one fits in between


class CoreRoomWizard(models.TransientModel):
    """First a dry run that shows what would be made and what is wrong, then the rooms."""

    _name = "medical.core.room.wizard"
    _inherit = "medical.core.file.wizard"
    _description = "Add Rooms"

    site_id = fields.Many2one(
        "stock.warehouse",
        required=True,
        domain="[('medical_is_site', '=', True)]",
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="site_id.company_id")
    source = fields.Selection(
        [("count", "A number of each type"), ("file", "From a list (CSV)")],
        default="count",
        required=True,
    )
    line_ids = fields.One2many(
        "medical.core.room.wizard.line",
        "wizard_id",
        string="Rooms",
        default=lambda self: self._default_lines(),
    )
    manager_id = fields.Many2one(
        "res.users",
        string="Room Manager",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="For rooms without a manager in the list.",
    )
    file = fields.Binary(string="List")
    problems = fields.Text(readonly=True)
    preview = fields.Text(readonly=True)
    room_count = fields.Integer(readonly=True)

    @api.model
    def _default_lines(self):
        usual = (
            ("reception", 1),
            ("waiting", 1),
            ("exam", 4),
            ("lab", 1),
            ("store", 1),
        )
        return [
            Command.create({"room_type": room_type, "count": count, "floor": "1"})
            for room_type, count in usual
        ]

    # ---------------------------------------------------------------------- buttons

    @api.model
    def _check_manager(self):
        self.env["medical.core.guard"]._check_caller("core_group_manager")

    def action_check(self):
        """Dry run: show what would be made and what is wrong; nothing is changed."""
        self._check_manager()
        self.ensure_one()
        rooms, problems = self._planned_rooms()
        types = dict(ROOM_TYPES)
        self.write(
            {
                "problems": self._listed(problems),
                "room_count": 0 if problems else len(rooms),
                "preview": "\n".join(
                    " · ".join(filter(None, [r.name, types[r.room_type], r.floor]))
                    for r in rooms
                ),
            }
        )
        return self._again(self.env._("Add Rooms"))

    def action_create_rooms(self):
        """Make the rooms, all or none.

        :raises UserError: something is wrong; the message lists everything
        """
        self._check_manager()
        self.ensure_one()
        rooms, problems = self._planned_rooms()
        if problems:
            raise UserError(self._listed(problems))
        users, departments = self._people(rooms)
        created = self.env["stock.location"].create(
            [self._room_values(room, users, departments) for room in rooms]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.stock_location_room_action"
        )
        return action | {
            "domain": [("id", "in", created.ids)],
            "context": {"search_default_group_floor": 1},
        }

    def action_template(self):
        """Download an empty list with the columns that are understood."""
        self._check_manager()
        example = ["Exam 1", "Exam room", "1", 10, "", ""]
        return self._download("rooms.csv", columns(dict(ROOM_TYPES)), [example])

    # -------------------------------------------------------------------- the plan

    def _planned_rooms(self):
        """What would be made, and all that is wrong with it.

        :return: (list of ``NewRoom``, list of sentences)
        """
        rooms, problems = (
            self._rooms_from_file() if self.source == "file" else self._rooms_by_count()
        )
        if not problems and not rooms:
            problems = [
                self.env._("Enter how many rooms of each type, or choose a list.")
            ]
        if len(rooms) > MOST_ROOMS:
            problems.append(
                self.env._(
                    "%(count)s rooms is too many; at most %(limit)s can be created at "
                    "once.",
                    count=len(rooms),
                    limit=MOST_ROOMS,
                )
            )
        return rooms, problems + self._clashes(rooms) + self._unknown_people(rooms)

    def _taken_names(self):
        rooms = self.env["stock.location"].with_context(active_test=False)
        found = rooms.search_fetch(
            [("medical_site_id", "=", self.site_id.id)], ["name"]
        )
        return found.mapped("name")

    def _last_order(self):
        return max(self.site_id.medical_room_ids.mapped("medical_sequence"), default=0)

    def _rooms_by_count(self):
        taken = self._taken_names()
        order = self._last_order()
        rooms = []
        for line in self.line_ids:
            if not 0 <= line.count <= MOST_ROOMS:
                return [], [
                    self.env._(
                        "%(type)s: enter a number between 0 and %(limit)s.",
                        type=dict(ROOM_TYPES)[line.room_type],
                        limit=MOST_ROOMS,
                    )
                ]
            for name in next_names(line._stem(), line.count, taken):
                order += STEP
                taken.append(name)
                rooms.append(
                    NewRoom(
                        name, line.room_type, floor=line.floor or "", sequence=order
                    )
                )
        return rooms, []

    def _rooms_from_file(self):
        content = base64.b64decode(self.file or b"")
        table = read_table(content, columns(dict(ROOM_TYPES)), max_rows=MOST_ROOMS)
        order = self._last_order()
        rooms = []
        for number, row in enumerate(table.rows, start=1):
            values = dict(row.values)
            if values["sequence"] is None:
                values["sequence"] = order + number * STEP
            rooms.append(NewRoom(**values, row=row.number))
        return rooms, problem_sentences(self.env, table.errors)

    def _clashes(self, rooms):
        """Names that the site has already, or that stand in the list twice."""
        seen = {name.casefold(): "" for name in self._taken_names()}
        problems = []
        for room in rooms:
            if room.name.casefold() in seen:
                problems.append(
                    self.env._(
                        "%(place)s: %(site)s would have two rooms named “%(room)s”. "
                        "Give one of them another name.",
                        place=self._place(room),
                        site=self.site_id.name,
                        room=room.name,
                    )
                )
            seen[room.name.casefold()] = room.row
        return problems

    def _place(self, room):
        return self.env._("Row %(row)s", row=room.row) if room.row else room.name

    def _people(self, rooms):
        """Users by login or address, departments by name, that the list names."""
        logins = {r.manager.casefold() for r in rooms if r.manager}
        names = {r.department.casefold() for r in rooms if r.department}
        users, departments = {}, {}
        if logins:
            for user in self.env["res.users"].search(
                [("share", "=", False), ("company_ids", "in", self.company_id.ids)]
            ):
                users |= {
                    key.casefold(): user
                    for key in (user.login, user.email, user.name)
                    if key
                }
        if names:
            for department in self.env["hr.department"].search(
                [("company_id", "in", [False, self.company_id.id])]
            ):
                departments[department.name.casefold()] = department
        return users, departments

    def _unknown_people(self, rooms):
        users, departments = self._people(rooms)
        problems = []
        for room in rooms:
            if room.manager and room.manager.casefold() not in users:
                problems.append(
                    self.env._(
                        "%(place)s, Manager: no user of %(company)s is called "
                        "“%(name)s”. Enter the login, the email address or the full "
                        "name.",
                        place=self._place(room),
                        company=self.company_id.name,
                        name=room.manager,
                    )
                )
            if room.department and room.department.casefold() not in departments:
                problems.append(
                    self.env._(
                        "%(place)s, Department: there is no department “%(name)s”. "
                        "Create it first or leave the cell empty.",
                        place=self._place(room),
                        name=room.department,
                    )
                )
        return problems

    def _room_values(self, room, users, departments):
        manager = users.get(room.manager.casefold()) or self.manager_id
        department = departments.get(room.department.casefold())
        return {
            "name": room.name,
            "usage": "internal",
            "company_id": self.company_id.id,
            "medical_site_id": self.site_id.id,
            "medical_room_type": room.room_type,
            "medical_floor": room.floor or False,
            "medical_sequence": room.sequence,
            "medical_manager_id": manager.id,
            "medical_department_id": department.id if department else False,
        }


class CoreRoomWizardLine(models.TransientModel):
    _name = "medical.core.room.wizard.line"
    _description = "Rooms of One Type"
    _inherit = ["medical.core.wizard"]

    wizard_id = fields.Many2one(
        "medical.core.room.wizard", required=True, ondelete="cascade", index=True
    )
    room_type = fields.Selection(ROOM_TYPES, required=True, default="exam")
    count = fields.Integer(string="How Many", default=1)
    floor = fields.Char()
    stem = fields.Char(
        string="Named",
        help="The rooms are numbered: Exam 1, Exam 2. Empty: same as the type.",
    )

    def _stem(self):
        usual = {
            "exam": self.env._("Exam"),
            "procedure": self.env._("Procedure"),
            "lab": self.env._("Lab"),
            "reception": self.env._("Reception"),
            "waiting": self.env._("Waiting"),
            "store": self.env._("Store"),
            "office": self.env._("Office"),
            "restroom": self.env._("Restroom"),
            "utility": self.env._("Utility"),
        }
        return (self.stem or "").strip() or usual[self.room_type]
