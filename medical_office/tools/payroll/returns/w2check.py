"""What the Social Security Administration rejects, and what does not tie to Form 941."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from ...money import ZERO
from ..law.limits import settled
from .w2 import W2, known_codes

DEFERRALS = ("D", "E", "F", "H", "AA", "BB")
# A year of checks, each rounded by itself, may differ from the rate by this much.
ROUNDING = Decimal("1.00")


def problems(form: W2) -> tuple[str, ...]:
    """Sentences about one W-2 that would be rejected, or that cannot be right.

    :raises LimitMissing: the year's figures are not shipped
    """
    return (*_rejected(form), *_unlikely(form))


def _box(form: W2, key: str) -> Decimal:
    return form.money.get(key, ZERO)


def _rejected(form: W2) -> Iterator[str]:
    """General Instructions for Forms W-2 and W-3 (2025), "SSA rejects"."""
    ss = _box(form, "3") + _box(form, "7")
    if _box(form, "5") < ss:
        yield f"Box 5 ({_box(form, '5')}) is less than boxes 3 and 7 ({ss})."
    if _box(form, "4") > 0 and not ss:
        yield f"Box 4 has {_box(form, '4')}, but boxes 3 and 7 are empty."
    if _box(form, "6") > 0 and not _box(form, "5"):
        yield f"Box 6 has {_box(form, '6')}, but box 5 is empty."
    amounts = {**form.money, **{f"12{code}": a for code, a in form.codes.items()}}
    for key, amount in amounts.items():
        if amount < 0:
            yield f"Box {key} is negative ({amount}): correct the year's payslips."
    for code in form.codes:
        if code not in known_codes(form.year):
            yield f"Box 12 has the code {code}, which {form.year} does not know."


def _unlikely(form: W2) -> Iterator[str]:
    year = form.year
    ss = _box(form, "3") + _box(form, "7")
    base = settled("social_security_wage_base", year).value
    if ss > base:
        yield f"Boxes 3 and 7 ({ss}) exceed the wage base of {base}."
    rate = settled("social_security_rate_employee", year).value / 100
    open_ss = form.codes.get("A", ZERO) + form.codes.get("M", ZERO)
    open_medicare = form.codes.get("B", ZERO) + form.codes.get("N", ZERO)
    if abs(_box(form, "4") + open_ss - ss * rate) > ROUNDING:
        yield f"Box 4 ({_box(form, '4')}) is not {rate:%} of boxes 3 and 7 ({ss})."
    medicare = _box(form, "5") * settled("medicare_rate_employee", year).value / 100
    threshold = settled("additional_medicare_withholding_threshold", year).value
    over = max(ZERO, _box(form, "5") - threshold)
    medicare += over * settled("additional_medicare_rate", year).value / 100
    if abs(_box(form, "6") + open_medicare - medicare) > ROUNDING:
        yield f"Box 6 ({_box(form, '6')}) should be near {medicare:.2f}."
    deferred = sum((form.codes.get(code, ZERO) for code in DEFERRALS), ZERO)
    most = (
        settled("401k_elective_deferral", year).value
        + settled("401k_catchup_60_63", year).value
    )
    if deferred > most:
        yield f"Deferrals in box 12 ({deferred}) exceed the highest limit of {most}."
    if form.codes.get("TT", ZERO) > _box(form, "5"):
        yield "Qualified overtime (12TT) exceeds the wages of box 5."


def reconcile(
    total: W2,
    returns: Sequence[Mapping[str, Decimal]],
    elsewhere: Mapping[str, Decimal] | None = None,
) -> tuple[str, ...]:
    """Compare Form W-3 with the lines of the year's Forms 941 (Pub. 15, section 12).

    :param returns: ``lines`` of the quarters' :class:`form941.Form941`
    :param elsewhere: by box, what another employer's Forms 941 hold of it: of a
        predecessor (Schedule D), or income tax that an insurer withheld from sick pay
    :return: a sentence per difference; taxes may differ by fractions of cents
    """
    found = []
    other = elsewhere or {}
    pairs = (
        ("Federal income tax withheld", "2", ("3",)),
        ("Social security wages", "3", ("5a",)),
        ("Social security tips", "7", ("5b",)),
        ("Medicare wages", "5", ("5c",)),
    )
    for label, box, keys in pairs:
        filed = sum((r.get(key, ZERO) for r in returns for key in keys), ZERO)
        filed += other.get(box, ZERO)
        if filed != _box(total, box):
            found.append(
                f"{label}: Forms W-2 say {_box(total, box)}, Forms 941 say {filed}."
            )
    taxes = _box(total, "4") + _box(total, "6")
    filed = sum((_employee_half(lines) for lines in returns), ZERO)
    filed += other.get("4", ZERO) + other.get("6", ZERO)
    if abs(filed - taxes) > ROUNDING:
        found.append(
            f"Social security and Medicare tax: Forms W-2 say {taxes}, half of Forms "
            f"941 is {filed}."
        )
    return tuple(found)


def _employee_half(lines: Mapping[str, Decimal]) -> Decimal:
    both = sum((lines.get(key, ZERO) for key in ("5a2", "5b2", "5c2")), ZERO)
    adjusted = lines.get("7", ZERO) + lines.get("9", ZERO)
    return both / 2 + lines.get("5d2", ZERO) + adjusted
