"""The salary below which nobody is exempt from overtime: federal and the states'."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..law.lawtable import rows_on

TABLE = "exempt_salaries"


@dataclass(frozen=True, slots=True)
class ExemptSalary:
    """Dollars a week; ``checked``: a public source for the figure was read."""

    place: str
    amount: Decimal
    law: str
    checked: bool
    note: str = ""


def exempt_salary(state: str, day: date) -> ExemptSalary | None:
    """The higher of the federal threshold and the state's on ``day``.

    Where a state has several figures (regions, sizes), the lowest of them counts here:
    what is below it is too little everywhere in the state; the note tells of the rest.

    :param state: postal code
    :return: None where no figure of that day is shipped
    """
    by_place: dict[str, ExemptSalary] = {}
    for row in rows_on(TABLE, day):
        if row["state"] not in ("US", state):
            continue
        one = ExemptSalary(
            row["state"],
            Decimal(row["week"]),
            row["law"],
            row["checked"] == "yes",
            row["note"],
        )
        known = by_place.get(one.place)
        if known is None or one.amount < known.amount:
            by_place[one.place] = one
    return max(by_place.values(), key=lambda one: one.amount, default=None)
