"""Columns and rows that the pack and a department's page have in common."""

from typing import Any

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
    ]


def base_kinds(env: Any) -> dict[str, str]:
    """{kind: by what a figure is expected}."""
    return labels_of(env["medical.finance.variance"], "base_kind")


def against(
    actual: object, base: object, kind: str, difference: object
) -> dict[str, Any]:
    """The values of :func:`against_columns`; ``kind`` in words."""
    return {
        "actual": number(actual),
        "base": number(base),
        "kind": kind,
        "difference": number(difference),
    }


def open_register(env: Any, company: Any, domain: list[Any], order: str) -> Any:
    """What the exception register holds of a company, and of all."""
    return env["medical.core.exception"].search(
        [("company_id", "in", (False, company.id)), *domain],
        order=f"severity_rank desc, {order}, id",
    )
