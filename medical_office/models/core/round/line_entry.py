"""Answering lines: what is accepted, what it is worth, what follows from it."""

import base64
import binascii
from collections import defaultdict

from odoo import fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_datetime

from ....engine.core.labels import labels_of
from ....tools.core import answers, photo
from .round import OPEN_STATES

ENTRY_FIELDS = {
    "result",
    "value_number",
    "value_text",
    "value_choice_id",
    "photo",
    "photo_name",
    "note",
}
VALUES = ("value_number", "value_text", "value_choice_id")
RESULTS = ("open", "pass", "fail", "na")


class CoreRoundLine(models.Model):
    _inherit = "medical.core.round.line"

    def write(self, vals):
        """Answer lines; everything else of a line is frozen.

        The result follows from the value where there is one: a number outside its
        limits fails, one outside the hard limits is refused.

        :raises UserError: the round is closed, or the answer does not fit the item
        """
        # before the pen is taken for who answered, and when
        self._check_program_fields(vals)
        if not ENTRY_FIELDS & vals.keys():
            return super().write(vals)
        self._check_round_open()
        entry = {name: vals[name] for name in ENTRY_FIELDS & vals.keys()}
        rest = {name: value for name, value in vals.items() if name not in entry}
        # from what was only asked about nothing has followed yet
        before = {line.id: "open" if line.doubt else line.result for line in self}
        for values, lines in self._answers(entry):
            super(CoreRoundLine, lines._pen()).write({**values, **rest})
        self._follow_up(before)
        return True

    def _enter(self, values, at=None, uuid=None, confirmed=False):
        """Answer lines at a time in the past (a phone without a connection, a history).

        :param values: as for ``write``
        :param at: when it was seen, naive UTC; by default now
        :param confirmed: the question of ``doubt`` was asked, and answered
        """
        # first why it is closed: a rule would only say that writing is not allowed
        self._check_not_closed()
        self.check_access("write")
        # sudo: who, when and which entry are set here and nowhere else
        self.sudo()._pen().write(
            {
                **values,
                "entered_by_id": self.env.uid,
                "entered_at": at or fields.Datetime.now(),
                "client_uuid": uuid,
            }
        )
        if confirmed:
            self._accept_number()

    def action_confirm_number(self):
        """The display does show the temperature that was asked about.

        :raises UserError: the round is closed
        """
        self._check_caller("core_group_staff")
        self._check_not_closed()
        self.check_access("write")
        self._accept_number()

    def _accept_number(self):
        """What follows from a failure follows now."""
        asked = self.filtered("doubt")
        # sudo: the question and the round's record are the program's
        for line in asked.sudo():
            line.round_id._message_log(
                body=self.env._(
                    "%(line)s: confirmed %(value)s.",
                    line=line.display_name,
                    value=line._number_text(line.value_number),
                )
            )
        asked.sudo()._pen().doubt = False  # sudo: as above
        asked._follow_up(dict.fromkeys(asked.ids, "open"))

    def _is_newer_than(self, moment):
        """Whether the line holds an answer given after ``moment`` (naive UTC)."""
        self.ensure_one()
        return self.result != "open" and bool(
            self.entered_at and self.entered_at > moment
        )

    def _keep_older(self, values, at):
        """Keep on the round's record what was answered earlier and arrived later.

        A phone without a connection may send this morning's pass after somebody else
        found the failure: the later answer stands, the earlier one is not lost.
        """
        self.check_access("write")
        choice = self.env["medical.core.checklist.choice"].browse(
            values.get("value_choice_id") or []
        )
        labels = labels_of(self, "result")
        said = (
            labels.get(values.get("result")),
            values.get("value_number"),
            values.get("value_text"),
            choice.exists().name,
            values.get("note"),
        )
        # sudo: the round's record is the program's
        self.round_id.sudo()._message_log(
            body=self.env._(
                "%(line)s: %(user)s answered “%(answer)s” at %(moment)s. It arrived "
                "after the later answer of %(other)s, which stands.",
                line=self.display_name,
                user=self.env.user.name,
                answer=", ".join(
                    str(one) for one in said if one not in (None, False, "")
                ),
                moment=format_datetime(self.env, at, dt_format="short"),
                other=self.entered_by_id.name or "",
            )
        )

    def _check_not_closed(self):
        for one in self.round_id:
            if one.state not in OPEN_STATES:
                raise UserError(one._closed_message())

    def _check_round_open(self):
        self._check_not_closed()
        planned = self.round_id.filtered(lambda r: r.state == "planned")
        if planned:
            planned.action_start()

    def _answers(self, entry):
        """[(values, lines)]: what to write for ``entry``, lines with the same together."""
        stamp = {
            "entered_by_id": self.env.uid,
            "entered_at": fields.Datetime.now(),
        }
        picture = self._picture(entry) if "photo" in entry else {}
        groups = defaultdict(self.browse)
        for line in self:
            values = line._answer({**entry, **picture})
            groups[tuple(sorted(values.items(), key=lambda pair: pair[0]))] |= line
        return [({**stamp, **dict(key)}, lines) for key, lines in groups.items()]

    def _answer(self, entry):
        """The values to write on this line for ``entry``.

        :raises ValidationError: naming the item, the value and what would fit
        """
        self.ensure_one()
        result = entry.get("result")
        if result is not None and result not in RESULTS:
            raise ValidationError(
                self.env._(
                    "“%(line)s”: “%(result)s” is not a valid answer. Choose pass, "
                    "fail or not applicable.",
                    line=self.display_name,
                    result=result,
                )
            )
        values = {k: v for k, v in entry.items() if k not in ("result", *VALUES)}
        if result in ("open", "na"):
            nothing = dict.fromkeys((*VALUES, "doubt"), False)
            return {**values, "result": result, **nothing}
        return {**values, **getattr(self, f"_answer_{self.item_type}")(entry, result)}

    def _answer_pass_fail(self, entry, result):
        return {"result": result} if result else {}

    def _answer_number(self, entry, result):
        if "value_number" not in entry:
            if entry.get("value_text"):
                self._refuse_number(entry["value_text"])
            if result == "pass" and self.value_number is False:
                self._refuse_number(False)
            return {"result": self._worst(result)} if result else {}
        reading = answers.read_number(entry["value_number"], self._limits())
        if reading.problem == "no_number" and result != "pass":
            # the gauge cannot be read: failed without a number; or the field is emptied
            return {"value_number": False, "result": result or "open", "doubt": False}
        if reading.problem == "outside_hard":
            raise ValidationError(
                self.env._(
                    "“%(line)s”: %(value)s cannot be right: the possible range is "
                    "%(range)s. Check again and enter what you see.",
                    line=self.display_name,
                    value=self._number_text(reading.value),
                    range=self._range_text(self.hard_min, self.hard_max),
                )
            )
        if reading.problem:
            self._refuse_number(entry["value_number"])
        verdict = "fail" if "fail" in (result, reading.result) else reading.result
        doubt = self._doubt_of(reading.value)
        return {"value_number": reading.value, "result": verdict, "doubt": doubt}

    def _doubt_of(self, value):
        """The question about a temperature, or False; what was confirmed is not asked
        about again."""
        if value == self.value_number and self.result == "fail" and not self.doubt:
            return False
        meant = answers.meant_in_other_unit(value, self.uom, self._limits())
        if meant is None:
            return False
        return self.env._(
            "%(value)s is out of range, but it would be right in %(other)s (%(meant)s). "
            "Is %(value)s really what the display shows?",
            value=self._number_text(value),
            other="°C" if self.uom == "°F" else "°F",
            meant=self._number_text(round(meant, 1)),
        )

    def _worst(self, result):
        """A number outside its limits stays failed whatever is ticked."""
        if self.value_number is False or self._limits().passes(self.value_number):
            return result
        return "fail"

    def _refuse_number(self, raw):
        if raw in (None, False, ""):
            message = self.env._(
                "“%(line)s” needs a number: enter it, or mark the item as failed or "
                "not applicable.",
                line=self.display_name,
            )
        else:
            message = self.env._(
                "“%(line)s” needs a number; “%(value)s” is not a number. Enter it "
                "with a decimal point, such as 38.5.",
                line=self.display_name,
                value=raw,
            )
        raise ValidationError(message)

    def _answer_choice(self, entry, result):
        if not entry.get("value_choice_id"):
            if "value_choice_id" in entry and not result:
                return {"value_choice_id": False, "value_text": False, "result": "open"}
            if result == "pass" and not self.value_choice_id:
                raise ValidationError(
                    self.env._(
                        "“%(line)s” needs a choice: choose one of %(choices)s.",
                        line=self.display_name,
                        choices=", ".join(self.item_id.choice_ids.mapped("name")),
                    )
                )
            if result == "pass" and self.value_choice_id.is_failure:
                result = "fail"
            return {"result": result} if result else {}
        choice = self.item_id.choice_ids.filtered(
            lambda one: one.id == entry["value_choice_id"]
        )
        if not choice:
            raise ValidationError(
                self.env._(
                    "“%(line)s”: this choice does not belong to it. Choose one of "
                    "%(choices)s.",
                    line=self.display_name,
                    choices=", ".join(self.item_id.choice_ids.mapped("name")),
                )
            )
        failed = choice.is_failure or result == "fail"
        return {
            "value_choice_id": choice.id,
            "value_text": choice.name,  # the words stay when the choice is renamed
            "result": "fail" if failed else "pass",
        }

    def _answer_text(self, entry, result):
        if "value_text" not in entry:
            if result == "pass" and not self.value_text:
                raise ValidationError(
                    self.env._(
                        "“%(line)s” needs a text answer.", line=self.display_name
                    )
                )
            return {"result": result} if result else {}
        text = (entry["value_text"] or "").strip()
        return {"value_text": text, "result": result or ("pass" if text else "open")}

    def _answer_photo(self, entry, result):
        pictured = entry.get("has_photo", self.has_photo)
        if result == "pass" and not pictured:
            raise ValidationError(
                self.env._("“%(line)s” needs a photo.", line=self.display_name)
            )
        if "has_photo" in entry and not result:
            return {"result": "pass" if pictured else "open"}
        return {"result": result} if result else {}

    def _answer_signature(self, entry, result):
        if result == "pass":
            return {"result": "pass", "value_text": self.env.user.name}
        return {"result": result, "value_text": False} if result else {}

    def _picture(self, entry):
        """The photo, decoded and written again; also the flag that there is one."""
        if not entry["photo"]:
            return {"has_photo": False, "photo_name": False}
        try:
            data = base64.b64decode(entry["photo"], validate=True)
        except (binascii.Error, ValueError, TypeError):
            data = b""
        try:
            clean = photo.clean_photo(data)
        except photo.PhotoError as error:
            message = self.env["medical.core.pictured"]._photo_message(
                error.code, data, entry.get("photo_name")
            )
            raise ValidationError(
                self.env._(
                    "“%(line)s”: %(why)s",
                    line=self[:1].display_name,
                    why=message,
                )
            ) from error
        return {"has_photo": True, "photo": base64.b64encode(clean)}

    def _follow_up(self, before):
        """Tell the domains which lines have newly failed or passed."""
        # the hooks run with the rights of whoever entered the answer
        lines = self.sudo(False)._lay_down_pen()
        failed = lines.filtered(
            lambda line: line.result == "fail" != before[line.id] and not line.doubt
        )
        passed = lines.filtered(lambda line: line.result == "pass" != before[line.id])
        if failed:
            failed._medical_on_fail()
        if passed:
            passed._medical_on_pass()

    # -------------------------------------------------------------------- hooks

    def _medical_on_fail(self):
        """Hook. Called with the lines that have just failed; their check looks soon."""
        self._medical_ask_check()

    def _medical_on_pass(self):
        """Hook. Called with the lines that have just passed; their check looks soon."""
        self._medical_ask_check()
