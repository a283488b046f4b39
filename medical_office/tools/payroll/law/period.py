"""How often people are paid, with the number of periods the tax tables count on."""

from enum import Enum


class PayPeriod(Enum):
    """A payroll period of IRS Pub. 15-T, Worksheet 1A, Table 3.

    The value is the number of periods in a year by which wages are annualised;
    a calendar year with 27 biweekly pay days still counts 26.
    """

    WEEKLY = 52
    BIWEEKLY = 26
    SEMIMONTHLY = 24
    MONTHLY = 12
    QUARTERLY = 4
    SEMIANNUAL = 2
    ANNUAL = 1
    DAILY = 260

    @property
    def per_year(self) -> int:
        """Number of such periods in a year (Pub. 15-T, Worksheet 1A, Table 3)."""
        return self.value

    @classmethod
    def parse(cls, name: str | int) -> "PayPeriod":
        """Return the period called ``name`` ("biweekly") or counted by it (26, "26").

        :raises ValueError: neither a known name nor a known number of periods
        """
        text = str(name).strip().lower().replace("-", "").replace("_", "")
        for period in cls:
            if text in (period.name.lower(), str(period.value)):
                return period
        known = ", ".join(f"{p.name.lower()} ({p.value})" for p in cls)
        raise ValueError(f"{name!r} is not a pay period; use one of {known}")
