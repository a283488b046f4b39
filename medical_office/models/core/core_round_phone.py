"""What the phone screen asks for and sends: rooms, their lines, answers."""

from datetime import timedelta

from dateutil.parser import isoparse
from dateutil.tz import UTC

from odoo import api, fields, models
from odoo.exceptions import AccessError, LockError, UserError
from odoo.tools import SQL

from .core_round import OPEN_STATES

# an entry names its result or a value; more has no place in it
ENTRY_KEYS = {
    "uuid",
    "line_id",
    "result",
    "number",
    "text",
    "choice_id",
    "note",
    "photo",
    "photo_name",
    "at",
}
MAX_ENTRIES = 200
MAX_ROOMS = 40
CLOCK_DRIFT = timedelta(minutes=2)


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
        room = self._phone_find_room(token_or_id)
        return self._phone_lines_of([room])[0]

    @api.model
    def phone_lines(self, room_ids):
        """The lines due in several rooms, for a walk through places without reception.

        :param room_ids: ids of rooms, at most 40; rooms that are gone are left out
        :return: [{"room": {...}, "rounds": [{..., "lines": [...]}]}], as ``phone_room``
        :raises UserError: what was sent is no such list
        """
        if (
            not isinstance(room_ids, list)
            or len(room_ids) > MAX_ROOMS
            or any(type(room_id) is not int for room_id in room_ids)
        ):
            raise UserError(
                self.env._("Ask for at most %(limit)s rooms.", limit=MAX_ROOMS)
            )
        # sudo: staff see rooms by their rounds, whatever rights they have on stock
        rooms = self.env["stock.location"].sudo().browse(room_ids).exists()
        rooms = rooms.filtered(
            lambda r: not r.company_id or r.company_id in self.env.companies
        )
        nowhere = [rooms.browse()] if 0 in room_ids else []
        return self._phone_lines_of([*rooms, *nowhere])

    @api.model
    def phone_submit(self, entries):
        """Apply entries from a phone, each for itself, none twice.

        :param entries: [{"uuid", "line_id", "result", "number", "text", "choice_id",
            "note", "photo" (base64), "photo_name", "at" (ISO 8601, UTC)}]
        :return: {uuid: {"status": "ok" | "duplicate" | "refused", "message": text}}
        :raises UserError: what was sent is no list of entries
        """
        self._check_phone_access()
        if not isinstance(entries, list) or len(entries) > MAX_ENTRIES:
            raise UserError(
                self.env._(
                    "Send a list of at most %(limit)s entries.", limit=MAX_ENTRIES
                )
            )
        self._phone_lock(entries)
        answers = {}
        for entry in entries:
            uuid = entry.get("uuid") if isinstance(entry, dict) else None
            answers[uuid if isinstance(uuid, str) else ""] = self._phone_apply(entry)
        return answers

    @api.model
    def phone_sign(self, round_id):
        """Sign a round from the phone.

        :return: {"status": "ok" | "refused", "message": text}
        """
        self._check_phone_access()
        one = self.browse(int(round_id)).exists()
        if not one:
            return self._phone_refused(self.env._("This round is no longer there."))
        try:
            with self.env.cr.savepoint():
                if one.state == "planned":
                    one.action_start()
                one.action_sign()
        except LockError:
            raise
        except (UserError, AccessError) as problem:
            return self._phone_refused(str(problem))
        return {
            "status": "ok",
            "message": self.env._("“%(round)s” is signed.", round=one.display_name),
        }

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
        if not self._user_in("core_group_staff"):
            raise AccessError(
                self.env._(
                    "Rounds are walked by staff. Ask the office manager for the role."
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
                self.env._("This room is no longer there. Choose one from the list.")
            )
        return room

    @api.model
    def _phone_room_values(self, room):
        room = room.sudo()  # names of rooms and sites only, see _phone_find_room
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

    # ------------------------------------------------------------------ writing

    @api.model
    def _phone_lock(self, entries):
        """Wait for others who write on the same rounds, in one order for all."""
        ids = {
            entry["line_id"]
            for entry in entries
            if isinstance(entry, dict) and type(entry.get("line_id")) is int
        }
        # sudo: the rows are only locked here; each entry is checked when it is applied
        lines = self.env["medical.core.round.line"].sudo().browse(ids).exists()
        if lines:
            self.env.execute_query(
                SQL(
                    "SELECT id FROM medical_core_round WHERE id IN %s "
                    "ORDER BY id FOR UPDATE",
                    tuple(lines.round_id.ids),
                )
            )

    @api.model
    def _phone_apply(self, entry):
        """Apply one entry in a savepoint of its own."""
        try:
            with self.env.cr.savepoint():
                line, values, at = self._phone_values(entry)
                if not self.env["medical.core.round.entry"]._claim(entry["uuid"], line):
                    return {"status": "duplicate", "message": ""}
                line._enter(values, at=at, uuid=entry["uuid"])
                self.env.flush_all()
        except LockError:
            raise  # not this entry's fault: the phone sends all of them again
        except (UserError, AccessError) as problem:
            return self._phone_refused(str(problem))
        return {"status": "ok", "message": ""}

    @api.model
    def _phone_refused(self, message):
        return {"status": "refused", "message": message}

    @api.model
    def _phone_values(self, entry):
        """(line, values to write, when) of an entry.

        :raises UserError: a malformed entry, a line that is gone
        """
        broken = self.env._(
            "This entry cannot be read. Open the line again and answer it anew."
        )
        if not isinstance(entry, dict) or entry.keys() - ENTRY_KEYS:
            raise UserError(broken)
        texts = ("uuid", "result", "text", "note", "photo", "photo_name", "at")
        if any(not isinstance(entry.get(name) or "", str) for name in texts):
            raise UserError(broken)
        if not 8 <= len(entry.get("uuid") or "") <= 64:
            raise UserError(broken)
        numbers = (entry.get("line_id"), entry.get("choice_id") or 0)
        if any(type(number) is not int for number in numbers):
            raise UserError(broken)
        line = self.env["medical.core.round.line"].browse(entry["line_id"]).exists()
        if not line:
            raise UserError(
                self.env._(
                    "This line is no longer there: the round was planned anew. Open "
                    "the room again."
                )
            )
        line.check_access("read")
        return line, self._phone_line_values(entry), self._phone_at(entry, line)

    @api.model
    def _phone_line_values(self, entry):
        names = {
            "result": "result",
            "number": "value_number",
            "text": "value_text",
            "choice_id": "value_choice_id",
            "note": "note",
            "photo": "photo",
            "photo_name": "photo_name",
        }
        # an empty text, note or photo takes back what was there; the others come filled
        emptied = ("number", "text", "note", "photo")
        return {
            field: entry[name] if entry[name] != "" else False
            for name, field in names.items()
            if name in entry
            and entry[name] is not None
            and entry[name] is not False
            and (entry[name] != "" or name in emptied)
        }

    @api.model
    def _phone_at(self, entry, line):
        """When the answer was given: the phone's time where it can be true, else now."""
        now = fields.Datetime.now()
        try:
            at = isoparse(entry["at"]).astimezone(UTC).replace(tzinfo=None)
        except (KeyError, TypeError, ValueError):
            return now
        earliest = line.round_id.date_open or now
        if not earliest <= at <= now + CLOCK_DRIFT:
            return now
        return min(at, now).replace(microsecond=0)


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
            "text": self.value_text or "",
            "choice_id": self.value_choice_id.id or False,
            "note": self.note or "",
            "has_photo": self.has_photo,
            "entered_by": self.entered_by_id.name or "",
        }
