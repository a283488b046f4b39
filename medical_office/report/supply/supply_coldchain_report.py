"""The temperature log of a vaccine unit: a month of rounds, readings and excursions."""

from collections import defaultdict
from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL
from odoo.tools.misc import format_date

from ...engine.core.labels import labels_of
from ...tools.core.sheet import Column, Sheet

DAYS = 31


class SupplyColdchainReport(models.AbstractModel):
    _name = "report.medical_office.supply_coldchain"
    _inherit = "medical.core.report"
    _description = "Temperature Log"
    _on_practice_clock = True

    def _since(self):
        return fields.Datetime.now() - timedelta(days=DAYS)

    def _period(self, _docs, _data):
        now = fields.Datetime.now()
        return self.env._(
            "%(first)s to %(last)s",
            first=format_date(self.env, self._since()),
            last=format_date(self.env, now),
        )

    def _sheets(self, docs, _data):
        units = docs.filtered("medical_vaccine_storage")
        lines = self._lines(units)
        logged = self._logged(units)
        excursions = (
            self.env["medical.supply.excursion"]
            .search([("equipment_id", "in", units.ids)], order="started_at")
            .filtered(lambda one: one.started_at >= self._since())
            .grouped("equipment_id")
        )
        sheets = []
        for unit in units:
            sheets.append(self._log(unit, lines.get(unit, []), logged.get(unit.id)))
            if unit in excursions:
                sheets.append(self._excursions(unit, excursions[unit]))
        return sheets

    def _lines(self, units):
        """{unit: its answered lines of the period, in order of time}."""
        found = self.env["medical.core.round.line"].search(
            [
                ("equipment_id", "in", units.ids),
                ("date_due", ">=", self._since()),
                ("item_type", "in", ("number", "pass_fail")),
            ],
            order="date_due, id",
        )
        return found.grouped("equipment_id")

    def _logged(self, units):
        """{unit id: (readings, lowest, highest, mean)} of the loggers, Celsius."""
        self.env["medical.supply.reading"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT equipment_id, count(*), min(celsius), max(celsius), avg(celsius)
                  FROM medical_supply_reading
                 WHERE equipment_id = ANY(%s) AND at >= %s
                   AND file_id IS NOT NULL
                 GROUP BY 1
                """,
                units.ids,
                self._since(),
            )
        )
        return {unit: figures for unit, *figures in rows}

    def _log(self, unit, lines, logged):
        """One row a round: its numbers side by side, who read them."""
        items = {}
        rounds = defaultdict(dict)
        for line in lines:
            items.setdefault(line.item_id, line.name)
            rounds[line.round_id][line.item_id] = line
        columns = [
            Column("due", self.env._("Due"), "moment", width=17),
            *(
                Column(f"item_{item.id}", name, width=16)
                for item, name in items.items()
            ),
            Column("by", self.env._("By"), width=16),
            Column("at", self.env._("At"), "moment", width=17),
            Column("note", self.env._("Note"), width=24),
        ]
        rows = [self._row(one, answers) for one, answers in rounds.items()]
        return Sheet(
            name=unit.name,
            columns=columns,
            rows=rows,
            note=self._note(unit, logged),
            empty=self.env._("No rounds for this unit were due."),
        )

    def _row(self, one, answers):
        done = [line for line in answers.values() if line.entered_at]
        first = min(done, key=lambda line: line.entered_at, default=None)
        row = {
            "due": one.date_due,
            # sudo: the signer's name belongs to the record
            "by": first and first.entered_by_id.sudo().name,
            "at": first and first.entered_at,
            "note": "; ".join(line.note for line in answers.values() if line.note)
            or (one.state == "missed" and self.env._("Missed"))
            or None,
        }
        for item, line in answers.items():
            text = line.answer or ""
            if line.result == "fail" and text:
                text = self.env._("%s OUT", text)
            row[f"item_{item.id}"] = text or None
        return row

    def _note(self, unit, logged):
        room = unit.location_id.display_name or ""
        parts = [
            self.env._(
                "%(room)s. Serial number %(serial)s. Allowed: %(range)s.",
                room=room,
                serial=unit.serial_no or "-",
                range=unit.medical_range_text or "-",
            )
        ]
        if logged:
            count, low, high, mean = logged
            parts.append(
                self.env._(
                    "Data logger: readings: %(count)s, %(low).1f to %(high).1f °C, mean "
                    "%(mean).1f °C.",
                    count=count,
                    low=low,
                    high=high,
                    mean=mean,
                )
            )
        return " ".join(parts)

    def _excursions(self, unit, excursions):
        states = labels_of(excursions, "state")
        return Sheet(
            name=self.env._("%s: excursions", unit.name),
            columns=[
                Column("start", self.env._("From"), "moment"),
                Column("end", self.env._("Back in range"), "moment"),
                Column("worst", self.env._("Worst"), width=20),
                Column("lots", self.env._("Lots"), "whole"),
                Column("lost", self.env._("Lost"), "money", total=True),
                Column("state", self.env._("Status"), width=16),
                Column("first", self.env._("First signature"), width=18),
                Column("second", self.env._("Second signature"), width=18),
            ],
            rows=[
                {
                    "start": one.started_at,
                    "end": one.ended_at,
                    "worst": one.worst_text,
                    "lots": len(one.line_ids),
                    "lost": one.value_lost,
                    "state": states[one.state],
                    # sudo: the signers' names belong to the record
                    "first": one.sudo().first_signed_by_id.name,
                    "second": one.sudo().second_signed_by_id.name,
                }
                for one in excursions
            ],
        )


class SupplyColdchainXlsx(models.AbstractModel):
    _name = "report.medical_office.supply_coldchain_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Temperature Log as a Spreadsheet"
    _source = "report.medical_office.supply_coldchain"
