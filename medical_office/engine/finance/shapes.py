"""Columns and rows that the pack and a department's page have in common."""

from datetime import date, datetime, time, timezone
from typing import Any

from ...tools.core.recurrence import to_utc
from ...tools.finance.close.pack import column, number
from ..core.labels import labels_of


def against_columns(env: Any) -> list[dict[str, str]]:
    """What came, what was expected, by what, and how far apart they are."""
    _ = env._
    return [
        column("actual", _("Actual"), "money"),
        column("base", _("Expected"), "money"),
        column("kind", _("Compared with")),
        column("difference", _("Difference"), "money"),
        column("outlook", _("For the Practice")),
    ]


def base_kinds(env: Any) -> dict[str, str]:
    """{kind: by what a figure is expected}."""
    return labels_of(env["medical.finance.variance"], "base_kind")


def against(
    env: Any, gap: Any, kind: str, difference: object, favorable: bool
) -> dict[str, Any]:
    """The values of :func:`against_columns`.

    :param gap: has ``actual`` and ``base``
    :param kind: in words
    :param favorable: less cost is, and more revenue
    """
    _ = env._
    outlook = _("Favorable") if favorable else _("Unfavorable")
    return {
        "actual": number(gap.actual),
        "base": number(gap.base),
        "kind": kind,
        "difference": number(difference),
        "outlook": outlook if number(difference) else "",
        "favorable": bool(favorable),
    }


def open_register(env: Any, company: Any, domain: list[Any], order: str) -> Any:
    """What the exception register holds of a company, and of all."""
    return env["medical.core.exception"].search(
        [("company_id", "in", (False, company.id)), *domain],
        order=f"severity_rank desc, {order}, id",
    )


def day_at(company: Any, moment: datetime | None) -> str:
    """The day of a moment of the database at the practice, as JSON keeps it."""
    if not moment:
        return ""
    return str(
        moment.replace(tzinfo=timezone.utc).astimezone(company._medical_zone()).date()
    )


def day_begins(company: Any, day: date) -> datetime:
    """The moment of the database at which a day begins at the practice."""
    return to_utc(day, time(), company._medical_zone()).replace(tzinfo=None)
