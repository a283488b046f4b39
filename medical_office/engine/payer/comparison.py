"""Prices of all schedules on the practice's codes, in one join; and single prices."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from odoo.tools import SQL

# Which schedule holds: of each contract, and of Medicare, the latest that has begun; every
# active proposal. A price rises by the contract's escalator on each anniversary.
_SCHEDULES = """
    SELECT schedule.id, schedule.kind, schedule.payer_id, schedule.company_id,
           GREATEST(%(day)s::date, schedule.date_from) AS day,
           CASE WHEN schedule.kind = 'contract' THEN
               power(1 + COALESCE(contract.escalator_percent, 0)::numeric / 100,
                     GREATEST(0, extract(year FROM age(%(day)s::date,
                                                       schedule.date_from))))
           ELSE 1 END AS factor
      FROM (SELECT *, row_number() OVER (
                       PARTITION BY company_id, kind, contract_id
                       ORDER BY (date_from <= %(day)s) DESC, date_from DESC, id DESC
                   ) AS place
              FROM medical_payer_schedule
             WHERE active AND fee_count > 0
           ) schedule
      LEFT JOIN medical_payer_contract contract ON contract.id = schedule.contract_id
     WHERE schedule.kind = 'proposed'
        OR (schedule.place = 1 AND schedule.date_from <= %(day)s
            AND (schedule.kind = 'medicare' OR contract.state = 'in_force'))
"""
_VOLUME = """
    SELECT company_id, code, modifier, place, sum(units) AS units
      FROM medical_payer_volume
     WHERE month >= date_trunc('month', %(day)s::date) - interval '12 months'
     GROUP BY company_id, code, modifier, place
"""
# a price of the place itself goes before one of every place ('' sorts first)
_PRICES = """
    SELECT volume.company_id, volume.code, volume.modifier, volume.place, volume.units,
           schedule.id AS schedule_id, schedule.kind, schedule.payer_id,
           round((array_agg(fee.amount ORDER BY fee.place DESC))[1]
                 * schedule.factor, 2) AS price
      FROM volume
      JOIN schedule ON schedule.company_id = volume.company_id
      JOIN medical_payer_fee fee
        ON fee.schedule_id = schedule.id
       AND fee.code = volume.code
       AND fee.modifier = volume.modifier
       AND (fee.place = volume.place OR fee.place = '')
       AND fee.date_from <= schedule.day
       AND (fee.date_to IS NULL OR fee.date_to >= schedule.day)
     GROUP BY volume.company_id, volume.code, volume.modifier, volume.place,
              volume.units, schedule.id, schedule.kind, schedule.payer_id,
              schedule.factor
"""
_MEDICARE = """max(price) FILTER (WHERE kind = 'medicare') OVER (
                   PARTITION BY company_id, code, modifier, place)"""


def _priced(day: date) -> SQL:
    return SQL(
        "WITH schedule AS MATERIALIZED (%s), volume AS MATERIALIZED (%s) %s",
        SQL(_SCHEDULES, day=day),
        SQL(_VOLUME, day=day),
        SQL(_PRICES),
    )


def comparison_query(day: date) -> SQL:
    """Rows of each code of the last twelve months at each schedule in force."""
    return SQL(
        """
        SELECT row_number() OVER (ORDER BY units DESC, code, modifier, place,
                                           schedule_id) AS id,
               priced.*, %s AS medicare,
               round(100 * price / NULLIF(%s, 0), 1) AS percent,
               round(price * units, 2) AS money
          FROM (%s) priced
        """,
        SQL(_MEDICARE),
        SQL(_MEDICARE),
        _priced(day),
    )


def year_rows(env: Any, day: date, schedule_ids: Sequence[int]) -> list[dict[str, Any]]:
    """For each schedule: a year's money, codes, effect against the schedule in force with
    the same payer, percent of Medicare; only codes that both name count in those two."""
    env.cr.execute(
        SQL(
            """
            WITH rows AS (
                SELECT priced.*, %s AS medicare,
                       max(price) FILTER (WHERE kind = 'contract') OVER (
                           PARTITION BY company_id, payer_id, code, modifier, place
                       ) AS current
                  FROM (%s) priced
            )
            SELECT schedule_id, round(sum(price * units), 2) AS money,
                   count(*) AS codes,
                   round(COALESCE(sum((price - current) * units), 0), 2) AS effect,
                   round(100 * sum(price * units) FILTER (WHERE medicare > 0)
                         / NULLIF(sum(medicare * units), 0), 1) AS percent
              FROM rows
             WHERE schedule_id = ANY(%s)
             GROUP BY schedule_id
            """,
            SQL(_MEDICARE),
            _priced(day),
            list(schedule_ids),
        )
    )
    return list(env.cr.dictfetchall())


def prices_of(
    env: Any, lines: Sequence[tuple[int, int, date, str, str, str]]
) -> dict[int, Decimal]:
    """What the contracts in force say for single lines, on each line's own day.

    Where several contracts of a payer name the code, the lowest price is taken, so that
    nothing is claimed that the payer does not owe.

    :param lines: (row, payer id, day, code, modifier, place)
    :return: {row: price of one unit}; a line that no contract prices is left out
    """
    if not lines:
        return {}
    rows, payers, days, codes, modifiers, places = map(list, zip(*lines, strict=True))
    env.cr.execute(
        SQL(
            """
            SELECT DISTINCT ON (line.row) line.row, own.price
              FROM unnest(%s::int[], %s::int[], %s::date[], %s::text[], %s::text[],
                          %s::text[])
                   AS line(row, payer_id, day, code, modifier, place)
              JOIN LATERAL (
                SELECT contract.id,
                       round((array_agg(fee.amount
                                        ORDER BY fee.place DESC,
                                                 schedule.date_from DESC))[1]
                             * power(1 + COALESCE(contract.escalator_percent, 0)::numeric
                                         / 100,
                                     GREATEST(0, extract(year FROM age(
                                         line.day, max(schedule.date_from))))), 2)
                           AS price
                  FROM medical_payer_contract contract
                  JOIN medical_payer_schedule schedule
                    ON schedule.contract_id = contract.id
                   AND schedule.active
                   AND schedule.date_from = (
                       SELECT max(latest.date_from)
                         FROM medical_payer_schedule latest
                        WHERE latest.contract_id = contract.id AND latest.active
                          AND latest.fee_count > 0 AND latest.date_from <= line.day)
                  JOIN medical_payer_fee fee
                    ON fee.schedule_id = schedule.id
                   AND fee.code = line.code
                   AND fee.modifier = line.modifier
                   AND (fee.place = line.place OR fee.place = '')
                   AND fee.date_from <= line.day
                   AND (fee.date_to IS NULL OR fee.date_to >= line.day)
                 WHERE contract.payer_id = line.payer_id
                   AND contract.state IN ('in_force', 'ended')
                   AND contract.date_from <= line.day
                 GROUP BY contract.id
              ) own ON TRUE
             ORDER BY line.row, own.price
            """,
            rows,
            payers,
            days,
            codes,
            modifiers,
            places,
        )
    )
    # the host's cursor reads numeric as a float: its shortest text is the price
    return {row: Decimal(str(price)) for row, price in env.cr.fetchall()}
