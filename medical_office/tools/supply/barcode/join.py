"""Two codes of one label put together: item on one, lot and date on the other."""

from dataclasses import fields, replace

from .carton import HIBC, Carton
from .problems import Problem


def join(first: Carton, second: Carton) -> Carton:
    """One carton from the two codes of a label, in any order.

    Codes without a problem of their own, or with one half missing, are put together;
    HIBC bars only if the second is linked to the first by its check character.

    :returns: the carton, or one with the problem that keeps them apart
    """
    for one in (first, second):
        if any(not problem.partial for problem in one.problems):
            return one
    if {first.standard, second.standard} != {first.standard}:
        return _apart(first, Problem("different"))
    if not first.item:
        first, second = second, first
    if first.standard == HIBC and first.link != second.link:
        values = {"first": first.link, "second": second.link}
        return _apart(first, Problem("hibc_link", values))
    return _joined(first, second)


def _joined(first: Carton, second: Carton) -> Carton:
    found: dict[str, object] = {}
    for field in fields(Carton):
        if field.name in ("problems", "symbology", "standard", "further"):
            continue
        one, other = getattr(first, field.name), getattr(second, field.name)
        if _given(one) and _given(other) and one != other:
            return _apart(first, _contradiction(field.name, one, other))
        found[field.name] = one if _given(one) else other
    joined = replace(
        first,
        further=first.further + second.further,
        problems=(),
        **found,  # type: ignore[arg-type]  # taken from the same fields
    )
    return replace(joined, problems=_still_missing(joined, first))


def _still_missing(joined: Carton, first: Carton) -> tuple[Problem, ...]:
    if not joined.item:
        return (Problem("item_missing"),)
    if joined.quantity is None:
        return tuple(one for one in first.problems if one.code == "count_missing")
    return ()


def _given(value: object) -> bool:
    return value is not None and value is not False and value != "" and value != ()


def _contradiction(name: str, one: object, other: object) -> Problem:
    return Problem("two_bars", {"what": name, "first": str(one), "second": str(other)})


def _apart(carton: Carton, problem: Problem) -> Carton:
    return Carton(carton.standard, problems=(problem,))
