"""What a month is called: one wording for screens, reports and messages."""

from datetime import date

from odoo import api
from odoo.tools.misc import format_date


def month_name(env: api.Environment, month: date) -> str:
    """“June 2026”, in the reader's language.

    :param month: any day of it
    """
    return str(format_date(env, month, date_format="MMMM yyyy"))


def short_month(env: api.Environment, month: date) -> str:
    """“Jun 2026”: within the name of something else, or in a narrow column."""
    return str(format_date(env, month, date_format="MMM yyyy"))


def month_span(env: api.Environment, first: date, last: date) -> str:
    """“Jan 2026 – Jun 2026”, or the one month that both days lie in."""
    return " – ".join(dict.fromkeys(short_month(env, day) for day in (first, last)))
