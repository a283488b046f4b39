"""Taking back what was wrong: a logger's file, or a temperature that was mistyped.

Nothing that was held is let go by this: each lot is answered "Was not exposed" with the
reason, and two persons sign, as after any excursion. The excursion stays on record.
"""

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_datetime

from .equipment import KEEPERS
from .excursion import CLOSED


class SupplyReading(models.Model):
    _inherit = "medical.supply.reading"

    _reason_methods = frozenset({"action_withdraw"})

    def action_ask_reason(self):
        """Open the dialog that asks why the file is withdrawn."""
        self._check_caller(*KEEPERS)
        wizard = self.env["medical.core.reason.wizard"]
        return wizard._asking(self, "action_withdraw", self.env._("Withdraw the File"))

    def action_withdraw(self, reason):
        """Take back the whole files that these readings were imported with.

        What only they showed is taken back with them: see ``_take_back``. What was
        decided meanwhile is named on the unit's page. The same file can be imported
        again, with another unit of degrees or for another unit.

        :raises UserError: no reason
        """
        self._check_caller(*KEEPERS)
        self.check_access("read")
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the file is withdrawn."))
        files = {
            (one.equipment_id, one.source, one.create_date)
            for one in self.sudo()  # sudo: readings are the program's to take back
        }
        for unit, source, imported in files:
            self.env["medical.supply.excursion"]._withdraw(
                unit, source, self._forget(unit, source, imported), reason
            )

    def _forget(self, unit, source, imported):
        """Delete the readings of one import; a file has hundreds of thousands.

        :return: (how many, time of the first, time of the last)
        """
        self.flush_model()
        [row] = self.env.execute_query(
            SQL(
                """
                WITH gone AS (
                    DELETE FROM medical_supply_reading
                     WHERE equipment_id = %(unit)s AND create_date = %(imported)s
                       AND source IS NOT DISTINCT FROM %(source)s
                    RETURNING at
                )
                SELECT count(*), min(at), max(at) FROM gone
                """,
                unit=unit.id,
                imported=imported,
                source=source or None,
            )
        )
        self.invalidate_model()
        return row


class SupplyExcursion(models.Model):
    _inherit = "medical.supply.excursion"

    def _withdraw(self, unit, source, gone, reason):
        """What follows from a file that is withdrawn, told on the unit's page.

        :param gone: (readings, first, last) that were deleted
        """
        count, first, last = gone
        # sudo: the program keeps the record, whoever withdraws the file
        unit, board = unit.sudo(), self.sudo()
        touched = board.search(
            [
                ("equipment_id", "=", unit.id),
                ("started_at", "<=", last),
                "|",
                ("ended_at", "=", False),
                ("ended_at", ">=", first),
            ]
        ).filtered(lambda one: one.started_at >= first or not one.round_line_id)
        decided = touched.filtered(lambda one: one.state in CLOSED)
        alone = (touched - decided).filtered(lambda one: not one._is_shown())
        why = self.env._(
            "The file %(file)s was withdrawn: %(reason)s",
            file=source or "",
            reason=reason,
        )
        alone._take_back(why)
        for one in touched - decided - alone:
            one._message_log(
                body=self.env._("%s Part of what this shows may come from it.", why)
            )
        said = [
            why,
            self.env._(
                "%(count)s readings from %(first)s to %(last)s were taken back.",
                count=count,
                first=format_datetime(self.env, first, dt_format="short"),
                last=format_datetime(self.env, last, dt_format="short"),
            ),
        ]
        for text, some in (
            (self.env._("Lots to let out, with two signatures:"), alone),
            (self.env._("Shown by other readings, too:"), touched - decided - alone),
            (self.env._("Already decided, look at these again:"), decided),
        ):
            if some:
                said.append(f"{text} {', '.join(some.mapped('display_name'))}")
        unit._message_log(body="\n".join(said))

    def _is_shown(self):
        """Whether a round or a stored reading shows the unit out of range then."""
        self.ensure_one()
        return bool(self.round_line_id) or self._is_logged()

    def _is_logged(self):
        """Whether a stored reading shows the unit out of range then."""
        domain = [
            ("equipment_id", "=", self.equipment_id.id),
            ("is_outside", "=", True),
            ("at", ">=", self.started_at),
        ]
        if self.ended_at:
            domain.append(("at", "<=", self.ended_at))
        return bool(self.env["medical.supply.reading"].search_count(domain, limit=1))

    def action_mistaken(self, reason):
        """The temperature was mistyped: each lot was not exposed, and two persons sign.

        :raises UserError: a logger shows it, too, or it is decided
        """
        if not (reason or "").strip():
            raise UserError(self.env._("Say what was meant."))
        for one in self:
            one._check_mistaken()
            one._take_back(self.env._("Typing error: %s", reason))

    def _check_mistaken(self):
        self.check_access("write")
        self._check_caller("core_group_staff")
        if self.state not in ("open", "quarantined"):
            raise UserError(
                self.env._("The answers are signed: send the excursion back first.")
            )
        # sudo: readings of the unit, whoever mistyped
        if self.sudo()._is_logged():
            raise UserError(
                self.env._(
                    "The data logger shows it, too: it is no typing error. If the "
                    "logger's file is wrong, have it withdrawn."
                )
            )

    def _take_back(self, why):
        """Answer for all lots that they were not exposed, so that two persons can let
        them out; an excursion that was signed is signed anew."""
        for one in self:
            board = one.sudo()  # sudo: the caller was checked, lots are not theirs
            if board.state == "signed":
                board.action_send_back(why)
            elif board.state == "open":
                board._move_to("quarantined")
            board.line_ids.write({"answer": "unaffected", "note": why})
            board.release_shelf_id = board.release_shelf_id or board.shelf_id
            board.note = "\n".join(filter(None, [board.note, why]))
            board._message_log(body=why)
