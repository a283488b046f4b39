"""What the phone screen shows: rooms with what is due, and their lines."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .round import OPEN_STATES

MAX_ROOMS = 40


class CoreRound(models.Model):
    _inherit = "medical.core.round"

    @api.model
    def phone_rooms(self):
        """The rooms where something is due now, and the rounds that can be walked.

        :return: {"user", "rooms": [...], "rounds": [...]}; a room with id 0 holds the
            lines of equipment that stands in no room
        """
        rounds = self._phone_rounds()
        lines = self.env["medical.core.round.line"]
        groups = lines._read_group(
            [("round_id", "in", rounds.ids)],
            ["room_id", "round_id", "result", "required"],
            ["__count"],
        )
        now = fields.Datetime.now()
        rooms = {}
        for room, one, result, required, count in groups:
            entry = rooms.setdefault(room.id, {**self._phone_room_values(room)})
            if result == "open":
                entry["due"] += count
                entry["needed"] += count if required else 0
                entry["late"] = entry["late"] or one.date_due < now
                entry["mine"] = entry["mine"] or one.user_id == self.env.user
            else:
                entry["answered"] += count
                entry["failed"] += count if result == "fail" else 0
        order = ("site", "sequence", "name")
        needed = rounds._phone_needed()
        return {
            "user": {"id": self.env.uid, "name": self.env.user.name},
            "rooms": sorted(
                rooms.values(), key=lambda room: [room[name] for name in order]
            ),
            "rounds": [one._phone_round_values(needed) for one in rounds],
        }

    @api.model
    def phone_room(self, token_or_id):
        """The lines due in one room.

        :param token_or_id: the token of the room's QR label, or the room's id; 0 for
            equipment that stands in no room
        :return: {"room": {...}, "rounds": [{..., "lines": [...]}]}
        :raises UserError: a stale label, or a room that is not there
        """
        self._check_phone_access()
        room = self._phone_find_room(token_or_id)
        return self._phone_lines_of([room])[0]

    @api.model
    def phone_lines(self, room_ids):
        """The lines due in several rooms, for a walk through places without reception.

        :param room_ids: ids of rooms, at most 40; rooms that are gone are left out
        :return: [{"room": {...}, "rounds": [{..., "lines": [...]}]}], as ``phone_room``
        :raises UserError: what was sent is no such list
        """
        self._check_phone_access()
        if (
            not isinstance(room_ids, list)
            or len(room_ids) > MAX_ROOMS
            or any(type(room_id) is not int for room_id in room_ids)
        ):
            raise UserError(
                self.env._(
                    "Request no more than %(limit)s rooms at once.", limit=MAX_ROOMS
                )
            )
        # sudo: staff see rooms by their rounds, whatever rights they have on stock
        rooms = self.env["stock.location"].sudo().browse(room_ids).exists()
        rooms = rooms.filtered(
            lambda r: not r.company_id or r.company_id in self.env.companies
        )
        nowhere = [rooms.browse()] if 0 in room_ids else []
        return self._phone_lines_of([*rooms, *nowhere])

    # ------------------------------------------------------------------ reading

    @api.model
    def _phone_lines_of(self, rooms):
        """As ``phone_lines``, for a list of rooms; an empty record stands for no room."""
        rounds = self._phone_rounds()
        lines = self.env["medical.core.round.line"].search(
            [
                ("round_id", "in", rounds.ids),
                ("room_id", "in", [room.id for room in rooms]),
            ],
            order="round_id, id",
        )
        # sudo: choices and help are part of the line; archived choices stay readable
        lines.sudo().item_id.choice_ids.fetch(["name", "is_failure", "item_id"])
        needed = rounds._phone_needed()
        found = {}
        for line in lines:
            by_round = found.setdefault(line.room_id.id, {})
            by_round.setdefault(line.round_id, []).append(line._phone_values())
        answer = []
        for room in rooms:
            by_round = found.get(room.id, {})
            shown = [
                {**one._phone_round_values(needed), "lines": by_round[one]}
                for one in rounds
                if one in by_round
            ]
            answer.append({"room": self._phone_room_values(room), "rounds": shown})
        return answer

    def _phone_needed(self):
        """{round id: number of lines that still have to be answered before signing}."""
        groups = self.env["medical.core.round.line"]._read_group(
            [
                ("round_id", "in", self.ids),
                ("result", "=", "open"),
                ("required", "=", True),
            ],
            ["round_id"],
            ["__count"],
        )
        return {one.id: count for one, count in groups}

    @api.model
    def _check_phone_access(self):
        if not self._guard_user_in("core_group_staff"):
            raise AccessError(
                self.env._(
                    "Rounds are done by staff. Ask the office manager for the role."
                )
            )

    @api.model
    def _phone_rounds(self):
        """The rounds that can be walked now, with their lines, the next due first."""
        self._check_phone_access()
        rounds = self.search(
            [
                ("state", "in", OPEN_STATES),
                ("company_id", "in", self.env.companies.ids),
                ("date_open", "<=", fields.Datetime.now()),
            ],
            order="date_due, id",
        )
        rounds._ensure_lines()
        return rounds

    @api.model
    def _phone_find_room(self, token_or_id):
        rooms = self.env["stock.location"]
        if isinstance(token_or_id, str) and not token_or_id.isdigit():
            return rooms._medical_room_from_token(token_or_id)
        room_id = int(token_or_id or 0)
        if not room_id:
            return rooms
        # sudo: staff see rooms by their rounds, whatever rights they have on stock
        room = rooms.sudo().browse(room_id).exists()
        foreign = room.company_id and room.company_id not in self.env.companies
        if not room or foreign:
            raise UserError(
                self.env._("This room no longer exists. Choose one from the list.")
            )
        return room

    @api.model
    def _phone_room_values(self, room):
        room = room.sudo()  # sudo: names of rooms and sites only, see _phone_find_room
        return {
            "id": room.id or 0,
            "name": room.name or self.env._("Without a room"),
            "site": room.medical_site_id.name or "",
            "floor": room.medical_floor or "",
            "type": room.medical_room_type or "",
            "sequence": room.medical_sequence or 0,
            "due": 0,
            "needed": 0,
            "answered": 0,
            "failed": 0,
            "late": False,
            "mine": False,
        }

    def _phone_round_values(self, needed):
        self.ensure_one()
        now = fields.Datetime.now()
        return {
            "id": self.id,
            "name": self.schedule_id.name,
            "kind": self.kind,
            "description": self.checklist_id.description or "",
            "site": self.sudo().site_id.name or "",  # sudo: its name only
            "date_due": fields.Datetime.to_string(self.date_due),
            "date_late": fields.Datetime.to_string(self.date_late),
            "late": self.date_due < now,
            "state": self.state,
            "lines_total": self.line_count,
            "lines_open": self.open_count,
            "lines_needed": needed.get(self.id, 0),
            "lines_failed": self.failed_count,
            "mine": self.user_id == self.env.user,
            "user": self.user_id.name or "",
        }


class CoreRoundLine(models.Model):
    _inherit = "medical.core.round.line"

    def _phone_values(self):
        """What the phone shows of one line."""
        self.ensure_one()
        hard = self._range_text(self.hard_min, self.hard_max)
        # sudo: see phone_room
        item = self.sudo().item_id
        return {
            "id": self.id,
            "name": self.name,
            "equipment": self._thing_name(),
            "help": item.help_text or "",
            "type": self.item_type,
            "required": self.required,
            "severity": self.severity,
            "citation": self.citation or "",
            "uom": self.uom or "",
            "limits": self.limits_text or "",
            "possible": hard or "",
            "limit_min": self.limit_min,
            "limit_max": self.limit_max,
            "hard_min": self.hard_min,
            "hard_max": self.hard_max,
            "choices": [
                {"id": choice.id, "name": choice.name, "fails": choice.is_failure}
                for choice in item.choice_ids
            ]
            if self.item_type == "choice"
            else [],
            "round_id": self.round_id.id,
            "room_id": self.room_id.id or 0,
            "result": self.result,
            "number": self.value_number,
            "doubt": self.doubt or "",
            "text": self.value_text or "",
            "choice_id": self.value_choice_id.id or False,
            "note": self.note or "",
            "has_photo": self.has_photo,
            "entered_by": self.entered_by_id.name or "",
        }
