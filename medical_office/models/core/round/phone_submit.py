"""What the phone sends: answers, each applied once and for itself, and signatures."""

import logging
from datetime import timedelta

from dateutil.parser import isoparse
from dateutil.tz import UTC
from psycopg2 import DataError

from odoo import api, fields, models
from odoo.exceptions import AccessError, LockError, UserError
from odoo.tools import SQL

from ....engine.core.turn import take_turn
from ....tools.plaintext import storable

_logger = logging.getLogger(__name__)

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
    "confirmed",
}
MAX_ENTRIES = 200
LARGEST_ID = 2**31  # an id is an integer of four bytes
CLOCK_DRIFT = timedelta(minutes=2)


class CoreRound(models.Model):
    _inherit = "medical.core.round"

    @api.model
    def phone_submit(self, entries, user_id=None):
        """Apply entries from a phone, each for itself, none twice.

        :param entries: [{"uuid", "line_id", "result", "number", "text", "choice_id",
            "note", "photo" (base64), "photo_name", "at" (ISO 8601, UTC), "confirmed"
            (True: a temperature that the phone asked about)}]
        :param user_id: who entered them, as the phone knows it
        :return: {uuid: {"status": "ok" | "duplicate" | "refused", "message": text}}
        :raises UserError: what was sent is no list of entries
        """
        self._check_phone_access()
        self._check_phone_user(user_id)
        if not isinstance(entries, list) or len(entries) > MAX_ENTRIES:
            raise UserError(
                self.env._(
                    "Send a list of at most %(limit)s entries.", limit=MAX_ENTRIES
                )
            )
        self._phone_turn(entries)
        lines = self._phone_lock(entries)
        answers = {}
        for entry in entries:
            answers[self._phone_uuid(entry)] = self._phone_apply(entry, lines)
        return answers

    @api.model
    def _phone_uuid(self, entry):
        """By which name an entry is answered; "" for one that no answer can hold."""
        uuid = entry.get("uuid") if isinstance(entry, dict) else None
        return uuid if isinstance(uuid, str) and storable(uuid) == uuid else ""

    @api.model
    def phone_sign(self, round_id, user_id=None):
        """Sign a round from the phone.

        :param user_id: whose signature the phone announced
        :return: {"status": "ok" | "refused", "message": text}
        """
        self._check_phone_access()
        self._check_phone_user(user_id)
        known = type(round_id) is int and 0 < round_id < LARGEST_ID
        one = self.browse(round_id if known else []).exists()
        if not one:
            return self._phone_refused(self.env._("This round no longer exists."))
        take_turn(self.env.cr, [f"medical.core.round:{one.id}"])
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

    @api.model
    def _check_phone_user(self, user_id):
        """Refuse what somebody else entered before the login on the device changed."""
        if user_id and user_id != self.env.uid:
            raise AccessError(
                self.env._(
                    "You are now logged in as %(user)s, but the entries waiting on "
                    "this device were made with another login. Reload the page; they "
                    "are sent when that person logs in here.",
                    user=self.env.user.name,
                )
            )

    @api.model
    def _phone_ids(self, entries):
        """Ids of the lines that entries name, as far as a database knows such ids."""
        return {
            entry["line_id"]
            for entry in entries
            if isinstance(entry, dict)
            and type(entry.get("line_id")) is int
            and 0 < entry["line_id"] < LARGEST_ID
        }

    @api.model
    def _phone_turn(self, entries):
        """Phones on the same rounds are served one after the other."""
        # sudo: only which rounds are concerned is read; each entry is checked later
        lines = self.env["medical.core.round.line"].sudo()
        rounds = lines.browse(self._phone_ids(entries)).exists().round_id
        take_turn(
            self.env.cr, [f"medical.core.round:{number}" for number in rounds.ids]
        )

    @api.model
    def _phone_lock(self, entries):
        """Wait for others who write on the same rounds, in one order for all.

        :return: the lines of the entries which are there and the user may read
        """
        # sudo: the rows are only locked here; each entry is checked when it is applied
        lines = self.env["medical.core.round.line"].sudo()
        lines = lines.browse(self._phone_ids(entries)).exists()
        if lines:
            self.env.execute_query(
                SQL(
                    "SELECT id FROM medical_core_round WHERE id IN %s "
                    "ORDER BY id FOR UPDATE",
                    tuple(lines.round_id.ids),
                )
            )
        return lines.with_env(self.env)._filtered_access("read")

    @api.model
    def _phone_apply(self, entry, lines):
        """Apply one entry in a savepoint of its own.

        :param lines: those among which its line has to be
        """
        try:
            with self.env.cr.savepoint():
                line, values, at = self._phone_values(entry, lines)
                if not self.env["medical.core.round.entry"]._claim(entry["uuid"], line):
                    return {"status": "duplicate", "message": ""}
                if line._is_newer_than(at):
                    line._keep_older(values, at)
                else:
                    line._enter(
                        values,
                        at=at,
                        uuid=entry["uuid"],
                        confirmed=entry.get("confirmed") is True,
                    )
                self.env.flush_all()
        except LockError:
            raise  # not this entry's fault: the phone sends all of them again
        except (UserError, AccessError) as problem:
            return self._phone_refused(str(problem))
        except (ValueError, TypeError, OverflowError, DataError) as problem:
            # no person types it, yet it must not cost the entries beside it
            _logger.info("An entry of a round cannot be stored: %s", problem)
            return self._phone_refused(self._phone_broken())
        return {"status": "ok", "message": ""}

    @api.model
    def _phone_broken(self):
        return self.env._(
            "This entry cannot be read. Open the item and answer it again."
        )

    @api.model
    def _phone_refused(self, message):
        return {"status": "refused", "message": message}

    @api.model
    def _phone_values(self, entry, lines):
        """(line, values to write, when) of an entry.

        :raises UserError: a malformed entry, a line that is gone
        """
        broken = self._phone_broken()
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
        line = lines.browse(entry["line_id"]).with_prefetch(lines.ids)
        if line not in lines:
            raise UserError(
                self.env._(
                    "This item no longer exists: the round was planned again. Reopen "
                    "the room."
                )
            )
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
