"""An amount of money as every message says it; a date is said by the host's
``format_date``, a month by ``engine.core.months``."""

from decimal import Decimal
from typing import Any


def amount_text(env: Any, amount: Decimal | float, currency: Any = None) -> str:
    """“$ 1,234.50”, in the reader's language.

    :param currency: of the amount; the company's unless given
    """
    return str((currency or env.company.currency_id).format(float(amount)))


def change_text(env: Any, amount: Decimal | float) -> str:
    """“+$ 25.00” or “-$ 25.00”: by how much something became more or less."""
    sign, size = ("-", -amount) if amount < 0 else ("+", amount)
    return f"{sign}{amount_text(env, size)}"
