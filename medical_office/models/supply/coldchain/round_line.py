"""What rounds tell supplies: temperatures out of range, the numbers of seals."""

from odoo import models

DEGREES = ("°F", "°C")


class CoreRoundLine(models.Model):
    _inherit = "medical.core.round.line"

    def _medical_on_fail(self):
        """Open an excursion for each vaccine unit whose temperature has just failed."""
        super()._medical_on_fail()
        # sudo: whoever reads the display need not see every asset
        failed = self.sudo()._medical_temperatures()
        if failed:
            self.env["medical.supply.excursion"]._from_lines(failed)

    def _medical_on_pass(self):
        """Back inside: note when."""
        super()._medical_on_pass()
        # sudo: whoever reads the display or the lock need not see every asset
        passed = self.sudo()._medical_temperatures()
        if passed:
            self.env["medical.supply.excursion"]._back_inside(passed)
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
        return self.filtered(
            lambda line: (
                line.item_type == "number"
                and line.uom in DEGREES
                and line.equipment_id.medical_vaccine_storage
            )
        )

    def _medical_celsius(self):
        """What was read, in degrees Celsius."""
        self.ensure_one()
        value = self.value_number
        return value if self.uom == "°C" else round((value - 32) * 5 / 9, 2)
