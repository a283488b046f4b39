"""Taking back what was wrong: a temperature that was mistyped, what nothing shows.

Nothing that was held is let go by this: each lot is answered "Was not exposed" with the
reason, and two persons sign, as after any excursion. The excursion stays on record.
"""

from odoo import models
from odoo.exceptions import UserError


class SupplyExcursion(models.Model):
    _inherit = "medical.supply.excursion"

    def _evidence(self):
        """What is on record of the unit out of range at that time."""
        return [
            ("equipment_id", "=", self.equipment_id.id),
            ("is_outside", "=", True),
            ("is_void", "!=", True),
            ("at", ">=", self.started_at),
            ("at", "<=", self.ended_at or self._until()),
        ]

    def action_mistaken(self, reason):
        """The temperature was mistyped: each lot was not exposed, and two persons sign.

        :raises UserError: a logger shows it, too, or it is decided
        """
        if not (reason or "").strip():
            raise UserError(self.env._("Say what was meant."))
        for one in self:
            one._check_mistaken()
            # sudo: what was mistyped counts no more, the caller was checked
            seen = self.env["medical.supply.reading"].sudo()
            seen.search(one._evidence())._pen().is_void = True
            one._take_back(self.env._("Typing error: %s", reason))

    def _check_mistaken(self):
        self.check_access("write")
        self._check_caller("core_group_staff")
        if self.state not in ("open", "quarantined"):
            raise UserError(
                self.env._("The answers are signed: send the excursion back first.")
            )
        # sudo: readings of the unit, whoever mistyped
        readings = self.env["medical.supply.reading"].sudo()
        logged = [*self._evidence(), ("file_id", "!=", False)]
        days = self.equipment_id._medical_files()._day_spans()
        if readings.search_count(logged, limit=1) or any(map(self._is_of, days)):
            raise UserError(
                self.env._(
                    "The data logger shows it, too: it is no typing error. If the "
                    "logger's file is wrong, have it withdrawn."
                )
            )

    def _take_back(self, why):
        """Nothing shows it any more: its lots were not exposed, and two persons can let
        them out; an excursion that was signed is signed anew.

        While another excursion of the unit waits, the lots go over to that one: they may
        have lain in the unit then, and were held already when it was opened.
        """
        for one in self:
            board = one.sudo()  # sudo: the caller was checked, lots are not theirs
            if board.state == "signed":
                board.action_send_back(why)
            elif board.state == "open":
                board._move_to("quarantined")
            other = board.search(
                [
                    ("equipment_id", "=", board.equipment_id.id),
                    ("state", "in", ("quarantined", "signed")),
                    ("is_unfounded", "=", False),
                    ("part_of_id", "=", False),
                    ("id", "not in", self.ids),
                ],
                order="started_at, id",
                limit=1,
            )
            note = "\n".join(filter(None, [board.note, why]))
            board._pen().write(
                {"is_unfounded": True, "part_of_id": False, "note": note}
            )
            if other and board.line_ids:
                if other.state == "signed":
                    other.action_send_back(why)
                board.line_ids._pen().write({"excursion_id": other.id})
                other._message_log(
                    body=self.env._(
                        "Lots of %(one)s were taken over. %(why)s",
                        one=board.display_name,
                        why=why,
                    )
                )
            board.line_ids._pen().write({"answer": "unaffected", "note": why})
            board.release_shelf_id = board.release_shelf_id or board.shelf_id
            board._message_log(body=why)
