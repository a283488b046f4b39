"""Excursions worked out from everything that is on record of a unit.

Loggers' files that count, what people read from the display on rounds, and what was
reported: all of it together makes the spans, one excursion each. The result does not
depend on the order in which it came, on how files were cut, or on what was withdrawn.
"""

from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL

from ....tools.supply.coldchain.days import with_days
from ....tools.supply.coldchain.spans import (
    Moment,
    Rule,
    overlapping_joined,
    spans_of_moments,
)
from .excursion import CLOSED

# Three of the intervals that the CDC asks of a logger ("at least every 30 minutes",
# Vaccine Storage and Handling Toolkit, March 2024): a longer time without a reading
# ends an excursion, its end unknown.
GAP = timedelta(minutes=90)
ENOUGH = 12  # readings of a file that tell its usual interval


class Reworked(NamedTuple):
    """What working out anew did: excursions opened, changed, no longer shown by
    anything, and those of the time that were decided already."""

    opened: models.Model
    changed: models.Model
    unfounded: models.Model
    decided: models.Model

    def _told(self, first=None, last=None):
        """Sentences for people.

        :param first: of the time concerned, to name only what was decided within it
        """
        env = self.opened.env
        decided = self.decided.filtered(
            lambda one: (
                not first
                or (
                    one.started_at <= last and (one.ended_at or one.started_at) >= first
                )
            )
        )
        return [
            f"{text} {', '.join(some.mapped('display_name'))}"
            for text, some in (
                (env._("Opened:"), self.opened),
                (env._("Changed:"), self.changed),
                (env._("Lots to let out, with two signatures:"), self.unfounded),
                (env._("Already decided, look at these again:"), decided),
            )
            if some
        ]


class SupplyExcursion(models.Model):
    _inherit = "medical.supply.excursion"

    last_at = fields.Datetime("Last Out of Range", readonly=True, copy=False)
    over_by = fields.Datetime(
        readonly=True,
        copy=False,
        help="Where the end is not known: the next reading, or the end of the day.",
    )
    part_of_id = fields.Many2one(
        "medical.supply.excursion",
        "Part of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="A reading that came later shows that the two were one.",
    )
    by_hand = fields.Boolean("Reported by Hand", readonly=True, copy=False)
    is_unfounded = fields.Boolean("No Longer Shown", readonly=True, copy=False)

    def _is_live(self):
        """Whether it is not decided yet."""
        return self.state not in CLOSED

    @api.model
    def _rework(self, unit, first=None, last=None, why=None, lines=None):
        """Open, lengthen, end, join or take back the excursions of a unit.

        :param first: time of the first of what is new, UTC; ``last``: of the last. The
            spans around them are worked out; None: all of the unit, and what nothing
            shows any more is taken back
        :param why: what is said of those
        :param lines: failed lines of a round, among what is new
        :return: Reworked
        """
        # sudo: the program keeps the record, whoever measured
        board = self.sudo()
        files = unit._medical_files()
        if any(one.kind == "days" for one in files):
            first = last = None
        spans = board._spans(unit, files, first, last)
        known = board.search([("equipment_id", "=", unit.id)], order="id")
        live = known.filtered(lambda one: one._is_live())
        decided = (known - live).filtered(lambda one: not one.is_unfounded)
        changed, fresh = board.browse(), []
        for span in spans:
            if any(one._covers(span) for one in decided):
                continue
            here = live.filtered(lambda one, span=span: one._is_of(span))
            live -= here
            if not here:
                fresh.append(board._span_values(unit, span, lines))
                continue
            main = here[0]
            if main._take(span):
                changed |= main
            here[1:]._note_part_of(main)
        opened = board._pen().create(fresh).with_env(board.env)
        (opened | changed)._quarantine_contents()
        gone = board.browse()
        if not first:
            gone = live.filtered(lambda one: not (one.by_hand or one.is_unfounded))
            gone._take_back(why or self.env._("Nothing shows it anymore."))
        return Reworked(
            *(some.with_env(self.env) for some in (opened, changed, gone, decided))
        )

    def _spans(self, unit, files, first, last):
        """The spans that all of the record proves, around some time or all of them.

        :param files: the unit's, as ``_medical_files`` says
        """
        moments = self._moments(unit, first, last)
        found = spans_of_moments(moments, files._rule())
        days = overlapping_joined(files._day_spans())
        if days:
            found = with_days(found, days)
        return found

    def _moments(self, unit, first, last):
        """What matters of the record from the last moment inside before ``first`` to the
        first one inside after ``last``: what lies beyond them is another span.

        Of the moments inside only those beside one outside are read: the others change
        nothing, and there are hundreds of thousands of them.
        """
        self.env["medical.supply.reading"].flush_model()
        low, high = unit._medical_limits() or (
            Decimal("-Infinity"),
            Decimal("Infinity"),
        )
        bounds = SQL(
            "AND at >= coalesce((%s), '-infinity') AND at <= coalesce((%s), 'infinity')",
            self._bound(unit, low, high, SQL("at < %s", first), SQL("DESC")),
            self._bound(unit, low, high, SQL("at > %s", last), SQL("ASC")),
        )
        rows = self.env.execute_query(
            SQL(
                """
                WITH mine AS (
                    SELECT at, min(celsius) AS lowest, max(celsius) AS highest,
                           bool_or(coalesce(seen_as = 'warm', celsius > %(high)s)) AS warm,
                           bool_or(coalesce(seen_as = 'cold', celsius < %(low)s)) AS cold,
                           bool_or(seen_as IS NOT NULL) AS seen
                      FROM medical_supply_reading
                     WHERE equipment_id = %(unit)s AND is_void IS NOT TRUE %(bounds)s
                     GROUP BY at
                ), beside AS (
                    SELECT *, lag(warm OR cold) OVER by_time AS was_out,
                           lead(warm OR cold) OVER by_time AS will_be_out
                      FROM mine
                    WINDOW by_time AS (ORDER BY at)
                )
                SELECT at, lowest, highest, warm, cold, seen FROM beside
                 WHERE warm OR cold OR was_out OR will_be_out
                 ORDER BY at
                """,
                low=low,
                high=high,
                unit=unit.id,
                bounds=bounds if first else SQL(),
            )
        )
        return [
            Moment(at, Decimal(str(lowest)), Decimal(str(highest)), *rest)
            for at, lowest, highest, *rest in rows
        ]

    def _bound(self, unit, low, high, where, direction):
        """The nearest moment at which nothing on record is outside."""
        outside = SQL(
            "coalesce(%(table)s.seen_as != 'inside', "
            "%(table)s.celsius < %(low)s OR %(table)s.celsius > %(high)s)",
            table=SQL.identifier("other"),
            low=low,
            high=high,
        )
        return SQL(
            """
            SELECT at FROM medical_supply_reading calm
             WHERE equipment_id = %(unit)s AND is_void IS NOT TRUE AND %(where)s
               AND NOT EXISTS (
                    SELECT FROM medical_supply_reading other
                     WHERE other.equipment_id = calm.equipment_id
                       AND other.at = calm.at AND other.is_void IS NOT TRUE
                       AND %(outside)s)
             ORDER BY at %(direction)s LIMIT 1
            """,
            unit=unit.id,
            where=where,
            outside=outside,
            direction=direction,
        )

    # --------------------------------------------------------- one excursion and a span

    def _until(self):
        return self.last_at or self.ended_at or self.started_at

    def _is_of(self, span):
        """Whether both tell of the same time out of range: they overlap."""
        return (
            self.kind == span.kind
            and self.started_at <= span.last
            and span.start <= self._until()
        )

    def _covers(self, span):
        """Whether what was decided was decided for all of this."""
        worse = max if self.kind == "warm" else min
        return (
            self._is_of(span)
            and (self.started_at <= span.start)
            and span.last <= (self.ended_at or self._until())
            and worse(self.worst, float(span.worst)) == self.worst
        )

    def _take(self, span):
        """Start, end and worst of the span; a release is off if they change.

        :return: whether anything changed
        """
        wanted = {
            "worst": float(span.worst),
            "started_at": span.start,
            "last_at": span.last,
            "ended_at": span.end or False,
            "over_by": span.after or False,
            "part_of_id": False,
            "is_unfounded": False,
        }
        values = {
            name: value
            for name, value in wanted.items()
            if (self[name].id if name == "part_of_id" else self[name]) != value
        }
        if not values:
            return False
        again = self.is_unfounded
        self._pen().write(values)
        if self.state == "signed" and values.keys() - {
            "ended_at",
            "over_by",
            "part_of_id",
        }:
            self.action_send_back(
                self.env._("What is on record shows more of this excursion.")
            )
        if again:
            # what was answered was that nothing had happened
            self.line_ids._pen().write({"answer": False})
        return True

    def _note_part_of(self, other):
        """The two were one; both stay on record, each with its lots."""
        for one in self.filtered(lambda one: one.part_of_id != other):
            said = self.env._("Part of the excursion of %s.", other.display_name)
            note = "\n".join(filter(None, [one.note, said]))
            one._pen().write({"part_of_id": other.id, "note": note})

    @api.model
    def _span_values(self, unit, span, lines):
        line = (lines or self.env["medical.core.round.line"]).filtered(
            lambda one: (
                one.equipment_id == unit and span.start <= one.entered_at <= span.last
            )
        )[:1]
        return {
            "equipment_id": unit.id,
            "kind": span.kind,
            "worst": float(span.worst),
            "started_at": span.start,
            "last_at": span.last,
            "ended_at": span.end or False,
            "over_by": span.after or False,
            "round_line_id": line.id,
            "reported_by_id": line.entered_by_id.id or self.env.uid,
        }


class SupplyLoggerFile(models.Model):
    _inherit = "medical.supply.logger.file"

    def _rule(self):
        """What ends a span by these files that count: three of their usual intervals."""
        seconds = max((one.interval for one in self if one.count >= ENOUGH), default=0)
        return Rule(max(GAP, timedelta(seconds=3 * seconds)))

    def _work_out(self, rule):
        """What follows from this file that was just imported.

        :param rule: by which spans ended before
        """
        board, unit = self.env["medical.supply.excursion"], self.equipment_id
        if self.kind == "days" or unit._medical_files()._rule() != rule:
            return board._rework(unit)
        return board._rework(unit, self.first_at, self.last_at)
