"""What rounds tell supplies: temperatures of vaccine units, the numbers of seals."""

from odoo import models

DEGREES = ("°F", "°C")


class CoreRoundLine(models.Model):
    _inherit = "medical.core.round.line"

    def _follow_up(self, before):
        """Keep each temperature of a vaccine unit, and work out its excursions."""
        super()._follow_up(before)
        # sudo: whoever reads the display need not see every asset
        lines = self.sudo()._medical_temperatures()
        if lines:
            lines._medical_keep_seen()

    def _medical_on_pass(self):
        """The number of a lock was entered."""
        super()._medical_on_pass()
        self.sudo()._medical_note_seals()  # sudo: as above

    def _medical_note_seals(self):
        """The number of a crash cart's lock is compared with the kit's seal."""
        lock = self.env.ref(
            "medical_office.facility_checklist_crash_cart_lock",
            raise_if_not_found=False,
        )
        lines = self.filtered(lambda line: lock and line.item_id == lock)
        if lines:
            kits = self.env["medical.supply.kit"].search(
                [("equipment_id", "in", lines.equipment_id.ids)]
            )
            kits._note_check(lines)

    def _medical_temperatures(self):
        """Those that are a temperature of a vaccine unit, answered and not in doubt."""
        return self.filtered(
            lambda line: (
                line.item_type == "number"
                and line.uom in DEGREES
                and line.result in ("pass", "fail")
                and line.value_number is not False
                and not line.doubt
                and line.equipment_id.medical_vaccine_storage
            )
        )

    def _medical_keep_seen(self):
        """Put what was read from displays on record, beside what loggers wrote.

        A further look at the same second replaces the one before; the same number once
        more (a note was added) is none.
        """
        board = self.env["medical.supply.reading"]
        latest = {}
        for one in board.search([("round_line_id", "in", self.ids)], order="at, id"):
            latest[one.round_line_id] = one
        fresh = self.filtered(
            lambda line: (
                line not in latest
                or round(latest[line].celsius, 2) != line._medical_celsius()
                or latest[line].is_void
            )
        )
        if not fresh:
            return
        for line in fresh.filtered(lambda line: line in latest):
            if latest[line].at == line.entered_at:
                latest[line]._pen().unlink()
        board._pen().create([line._medical_seen_values() for line in fresh])
        for unit, lines in fresh.grouped("equipment_id").items():
            moments = lines.mapped("entered_at")
            self.env["medical.supply.excursion"]._rework(
                unit,
                min(moments),
                max(moments),
                lines=lines.filtered(lambda line: line.result == "fail"),
            )

    def _medical_seen_values(self):
        self.ensure_one()
        seen = "inside"
        if self.result == "fail":
            over = self.limit_max is not False and self.value_number > self.limit_max
            seen = "warm" if over else "cold"
        return {
            "equipment_id": self.equipment_id.id,
            "company_id": self.company_id.id,
            "at": self.entered_at,
            "celsius": self._medical_celsius(),
            "is_outside": seen != "inside",
            "round_line_id": self.id,
            "seen_as": seen,
        }

    def _medical_celsius(self):
        """What was read, in degrees Celsius."""
        self.ensure_one()
        value = self.value_number
        return round(value if self.uom == "°C" else (value - 32) * 5 / 9, 2)
