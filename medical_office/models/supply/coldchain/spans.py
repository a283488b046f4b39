"""Excursions from readings: one for each span outside the limits, from all readings."""

from datetime import timedelta
from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL

from ....tools.supply.coldchain.reading import Reading
from ....tools.supply.coldchain.spans import Rule, spans
from .excursion import CLOSED

# Three of the intervals that the CDC asks of a logger ("at least every 30 minutes",
# Vaccine Storage and Handling Toolkit, March 2024): a longer time without a reading
# ends an excursion, its end unknown.
GAP = timedelta(minutes=90)


class SupplyExcursion(models.Model):
    _inherit = "medical.supply.excursion"

    @api.model
    def _from_readings(self, unit, first, last, limits, interval=None):
        """Open, lengthen or end the excursions that readings of a unit show.

        All stored readings around the new ones are judged, so that it does not matter in
        which order files arrive: a span reaches from one reading inside to the next.

        :param first: time of the first new reading, UTC; ``last``: of the last
        :param limits: (lowest, highest) allowed, degrees Celsius
        :param interval: between two readings of the logger, if it is known
        :return: the excursions that were opened or changed
        """
        # sudo: the program keeps the record, whoever read the logger
        board = self.sudo()
        rule = Rule(max(GAP, interval * 3) if interval else GAP)
        found = spans(board._readings_around(unit, first, last, limits), *limits, rule)
        touched = [one for one in found if one.start <= last and first <= _until(one)]
        return board._from_spans(unit, touched).with_env(self.env)

    @api.model
    def _from_spans(self, unit, spans):
        """Open, lengthen or end the excursions that spans outside the limits are.

        :param spans: in order of start, of readings or of summaries of days
        :return: the excursions that were opened or changed
        """
        # sudo: as in _from_readings
        board = self.sudo()
        known = board.search([("equipment_id", "=", unit.id)], order="started_at")
        changed, fresh = board.browse(), []
        for span in spans:
            here = known.filtered(lambda one, span=span: one._is_of(span))
            known -= here
            same = here[:1]
            if not same:
                fresh.append(board._span_values(unit, span))
            elif same.state not in CLOSED and same._take(span):
                changed |= same
            here[1:]._note_part_of(same)
        changed |= board._pen().create(fresh).with_env(board.env)
        changed._quarantine_contents()
        return changed

    def _readings_around(self, unit, first, last, limits):
        """What matters of the stored readings from the last one inside before ``first``
        to the first one inside after ``last``: what lies beyond them is another span.

        Of the readings inside only those beside one outside are read: the others change
        nothing, and there are hundreds of thousands of them.
        """
        self.env["medical.supply.reading"].flush_model()
        low, high = limits
        rows = self.env.execute_query(
            SQL(
                """
                WITH mine AS (
                    SELECT at, celsius,
                           celsius < %(low)s OR celsius > %(high)s AS is_out
                      FROM medical_supply_reading WHERE equipment_id = %(unit)s
                ), beside AS (
                    SELECT at, celsius, is_out,
                           lag(is_out) OVER (ORDER BY at) AS was_out,
                           lead(is_out) OVER (ORDER BY at) AS will_be_out
                      FROM mine
                     WHERE at >= coalesce((SELECT max(at) FROM mine
                                            WHERE at < %(first)s AND NOT is_out),
                                          '-infinity')
                       AND at <= coalesce((SELECT min(at) FROM mine
                                            WHERE at > %(last)s AND NOT is_out),
                                          'infinity')
                )
                SELECT at, celsius FROM beside
                 WHERE is_out OR was_out OR will_be_out
                 ORDER BY at
                """,
                low=low,
                high=high,
                unit=unit.id,
                first=first,
                last=last,
            )
        )
        return [Reading(at, Decimal(str(celsius))) for at, celsius in rows]

    def _is_of(self, span):
        """Whether this excursion and a span are the same time out of range.

        It is if one begins within the other; with an end that is unknown, if the
        readings begin outside not long after somebody saw it.
        """
        if self.kind != span.kind:
            return False
        if (span.before or span.start) <= self.started_at <= _until(span):
            return self.state not in CLOSED or span.last <= (self.ended_at or span.last)
        if self.ended_at:
            return self.started_at < span.start < self.ended_at
        since = span.start - self.started_at
        return span.before is None and timedelta() <= since <= GAP

    def _take(self, span):
        """Start, end and worst of the span; a release is off if it is longer or worse.

        :return: whether anything changed
        """
        worse = max if self.kind == "warm" else min
        worst = worse(self.worst, float(span.worst))
        start = min(self.started_at, span.start)
        values = {
            name: value
            for name, value in (
                ("worst", worst),
                ("started_at", start),
                ("ended_at", span.end or False),
            )
            if self[name] != value
        }
        if not values:
            return False
        self._pen().write(values)
        if self.state == "signed" and values.keys() - {"ended_at"}:
            self.action_send_back(
                self.env._("The data logger shows more of this excursion.")
            )
        return True

    def _note_part_of(self, other):
        """A reading that came later shows that the two were one; both stay on record."""
        for one in self.filtered(lambda one: one.state not in CLOSED):
            said = self.env._("Part of the excursion of %s.", other.display_name)
            if said not in (one.note or ""):
                one.note = "\n".join(filter(None, [one.note, said]))

    @api.model
    def _span_values(self, unit, span):
        return {
            "equipment_id": unit.id,
            "kind": span.kind,
            "worst": float(span.worst),
            "started_at": span.start,
            "ended_at": span.end or False,
            "reported_by_id": self.env.uid,
        }


def _until(span):
    """The latest time to which a span may have lasted, as far as readings tell."""
    return span.end or span.after or span.last
