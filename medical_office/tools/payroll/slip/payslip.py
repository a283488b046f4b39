"""A payslip in the making: what the steps from gross to net hand on to each other."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from ...money import ZERO
from ..deduct.deductions import Election, Taken
from ..law.deductionkinds import Base
from ..law.working import Worked
from ..tax.accumulated import TAXED, SoFar
from .slipfacts import NOTHING, Chosen, Facts, Item, Totals

OWED = frozenset({"ER_SS", "ER_MED", "FUTA", "SUTA"})  # by the employer, not withheld


@dataclass
class Pay:
    """A payslip in the making: the items so far and the figures between the steps."""

    facts: Facts
    items: list[Item] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    gross: Decimal = ZERO
    bonus: Decimal = ZERO
    elections: tuple[Election, ...] = ()
    taken: tuple[Taken, ...] = ()
    bases: Mapping[Base, Decimal] = field(default_factory=dict)

    def total(self, *codes: str) -> Decimal:
        """The items of some codes, added up."""
        return sum((i.amount for i in self.items if i.code in codes), ZERO)

    def before(self, code: str, key: str = "") -> Totals:
        """The year to date of one code and key."""
        return self.facts.year.get((code, key), NOTHING)

    def so_far(self, code: str, key: str = "", wages_of: str = "") -> SoFar:
        """The year to date of one tax: its wages, what was taxed, and the tax.

        :param wages_of: the code whose items carry all wages, where those of ``code``
            exist only once there is something to tax
        """
        own = self.before(code, key)
        wages = self.before(wages_of, key).wages if wages_of else own.wages
        sign = 1 if code in OWED else -1
        # what was left uncollected is not collected later, as if by rounding
        open_tax = self.before("UNC", code).amount if not key else ZERO
        return SoFar(wages, own.taxed, sign * own.amount + open_tax)

    def of_year(self, code: str) -> Decimal:
        """The year to date of one code, whatever its keys."""
        return sum(
            (
                sums.amount
                for (own, _key), sums in self.facts.year.items()
                if own == code
            ),
            ZERO,
        )

    def parts(self) -> Iterator[tuple[Chosen, Taken]]:
        """Each decided election with the choice that it came from."""
        chosen = {
            id(election): one
            for election, one in zip(self.elections, self.facts.chosen, strict=True)
        }
        for item in self.taken:
            yield chosen[id(item.election)], item

    def tax(
        self,
        code: str,
        name: str,
        worked: Worked,
        base: Decimal,
        *,
        key: str = "",
        sign: int = -1,
        taxed: Decimal | None = None,
    ) -> None:
        """Add a tax, unless there is neither a tax nor a wage to report."""
        if taxed is None:
            taxed = taxed_of(worked, base)
        if not worked.amount and not base and not taxed:
            return
        amount = sign * worked.amount + ZERO  # no cents are not minus no cents
        self.items.append(
            Item(code, name, amount, key, base, taxed, steps=worked.steps)
        )


def taxed_of(worked: Worked, base: Decimal) -> Decimal:
    """The part of the wages within the wage base, as the worksheet has it."""
    for step in worked.steps:
        if step.label == TAXED:
            return step.amount
    return base
