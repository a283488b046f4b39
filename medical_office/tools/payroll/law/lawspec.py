"""What each table of law looks like: its columns, what a row is known by, how it is dated.

A package may hold any of these tables. Rows that belong together (all brackets of one
schedule) are a *group* and are replaced as one; groups of one *series* follow each other
in time (the minimum wages of one state).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

STATUSES = ("published", "memory", "potential")


class Dated(Enum):
    """By what a table says when a row counts."""

    YEAR = "year"  # a column of calendar years
    SPAN = "span"  # valid_from and valid_to, both included
    PARENT = "parent"  # by the dated row of another table that it belongs to
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Spec:
    """One table.

    ``group``: columns by which rows are replaced together; ``key``: those by which a row
    is the only one. ``rises``: the column that has to rise within a group, from
    ``starts`` where that is not empty. ``numbers`` and ``optional``: columns that hold
    numbers, and those of them that may be empty; ``signed``: those that may be negative.
    ``meets``: nothing may lie between two groups of one series. ``nationwide``: a row may
    be that of the United States (US). ``sourced``: the column
    that says where the row comes from; empty where the parent's row says it. ``ladder``:
    the columns of the low and the high end of a step and how far the next one begins
    above it, within ``ladder_of``.
    """

    columns: tuple[str, ...]
    group: tuple[str, ...]
    key: tuple[str, ...]
    dated: Dated
    numbers: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rises: str = ""
    starts: str = ""
    meets: bool = False
    nationwide: bool = False
    sourced: str = "source"
    parent: str = ""
    ladder: tuple[str, str, int] | None = None
    ladder_of: tuple[str, ...] = ()

    @property
    def series(self) -> tuple[str, ...]:
        """The columns that name the series of a group: the group without its day."""
        return tuple(name for name in self.group if name not in ("valid_from", "year"))


def _c(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_STATUS = {"status": STATUSES}
_PROOF = {"proof": ("proven", "partly", "unproven")}
_YES = ("yes", "no")
_FLAG = ("0", "1")

SPECS: Mapping[str, Spec] = {
    "federal_parameters": Spec(
        _c("year line_1g_married line_1g_other allowance source verified_by"),
        _c("year"),
        _c("year"),
        Dated.YEAR,
        _c("line_1g_married line_1g_other allowance"),
    ),
    "federal_schedules": Spec(
        _c(
            "year schedule filing_status at_least less_than base_amount rate_percent "
            "source"
        ),
        _c("year schedule filing_status"),
        _c("year schedule filing_status at_least"),
        Dated.YEAR,
        _c("at_least less_than base_amount rate_percent"),
        _c("less_than"),
        choices={
            "schedule": ("standard", "step2_checkbox"),
            "filing_status": ("single_mfs", "married_joint", "head_of_household"),
        },
        rises="at_least",
        starts="0",
        ladder=("at_least", "less_than", 0),
        ladder_of=_c("year schedule filing_status"),
    ),
    "federal_nonresident": Spec(
        _c("year form pay_period amount source"),
        _c("year form pay_period"),
        _c("year form pay_period"),
        Dated.YEAR,
        _c("amount"),
        choices={"form": ("2020+", "pre2020")},
    ),
    "federal_contributions": Spec(
        _c(
            "year social_security_percent social_security_base medicare_percent "
            "additional_medicare_percent additional_medicare_threshold futa_percent "
            "futa_credit_percent futa_base supplemental_percent "
            "supplemental_mandatory_percent supplemental_threshold source verified_by"
        ),
        _c("year"),
        _c("year"),
        Dated.YEAR,
        _c(
            "social_security_percent social_security_base medicare_percent "
            "additional_medicare_percent additional_medicare_threshold futa_percent "
            "futa_credit_percent futa_base supplemental_percent "
            "supplemental_mandatory_percent supplemental_threshold"
        ),
    ),
    "limits_annual": Spec(
        _c("item year value unit status note source"),
        _c("item year"),
        _c("item year"),
        Dated.YEAR,
        _c("value"),
        choices=_STATUS,
    ),
    "suta_wage_bases": Spec(
        _c("state year wage_base status note source"),
        _c("state year"),
        _c("state year"),
        Dated.YEAR,
        _c("wage_base"),
        choices=_STATUS,
    ),
    "garnishment_levy": Spec(
        _c("year filing_status standard_deduction per_dependent status source"),
        _c("year filing_status"),
        _c("year filing_status"),
        Dated.YEAR,
        _c("standard_deduction per_dependent"),
        choices=_STATUS,
    ),
    "state_guides": Spec(
        _c(
            "state valid_from valid_to dated_by method proof rounds_to wage_base "
            "citation url mark"
        ),
        _c("state valid_from"),
        _c("state valid_from"),
        Dated.SPAN,
        choices=_PROOF,
        meets=True,
        sourced="citation",
    ),
    "state_parameters": Spec(
        _c("state valid_from name column value"),
        _c("state valid_from"),
        _c("state valid_from name column"),
        Dated.PARENT,
        numbers=_c("value"),
        sourced="",
        parent="state_guides",
    ),
    "state_brackets": Spec(
        _c("state valid_from schedule column floor base_tax rate_percent"),
        _c("state valid_from schedule column"),
        _c("state valid_from schedule column floor"),
        Dated.PARENT,
        numbers=_c("floor base_tax rate_percent"),
        signed=_c("base_tax"),
        rises="floor",
        starts="0",
        sourced="",
        parent="state_guides",
    ),
    "state_steps": Spec(
        _c("state valid_from name column edge amount"),
        _c("state valid_from name column"),
        _c("state valid_from name column edge"),
        Dated.PARENT,
        numbers=_c("edge amount"),
        rises="edge",
        sourced="",
        parent="state_guides",
    ),
    "state_counties": Spec(
        _c("state valid_from code county banding column edge rate_percent"),
        _c("state valid_from code"),
        _c("state valid_from code column edge"),
        Dated.PARENT,
        numbers=_c("edge rate_percent"),
        choices={"banding": ("whole", "slices")},
        sourced="",
        parent="state_guides",
    ),
    "state_other": Spec(
        _c(
            "code state program valid_from valid_to kind percent amount "
            "annual_wage_cap annual_max weekly_max elective min_employees "
            "max_employees wage_base rounding proof mark citation url"
        ),
        _c("code min_employees valid_from"),
        _c("code min_employees valid_from"),
        Dated.SPAN,
        _c("percent amount annual_wage_cap annual_max weekly_max"),
        _c("percent amount annual_wage_cap annual_max weekly_max"),
        choices={"elective": _YES, "kind": ("percent", "per_quarter"), **_PROOF},
        sourced="citation",
    ),
    "state_minimum_wages": Spec(
        _c("state valid_from valid_to amount checked law source note"),
        _c("state valid_from"),
        _c("state valid_from"),
        Dated.SPAN,
        _c("amount"),
        choices={"checked": _YES},
        meets=True,
    ),
    "state_daily_overtime": Spec(
        _c(
            "state valid_from valid_to half_after double_after seventh_day "
            "below_minimums salary_hours bonus_by_straight_hours workday checked law "
            "source note"
        ),
        _c("state valid_from"),
        _c("state valid_from"),
        Dated.SPAN,
        _c("half_after double_after below_minimums salary_hours"),
        _c("double_after below_minimums salary_hours"),
        choices={"seventh_day": _YES, "bonus_by_straight_hours": _YES, "checked": _YES},
    ),
    "exempt_salaries": Spec(
        _c("state valid_from valid_to week checked law source note"),
        _c("state valid_from"),
        _c("state valid_from"),
        Dated.SPAN,
        _c("week"),
        choices={"checked": _YES},
        meets=True,
        nationwide=True,
    ),
    "suta_wages": Spec(
        _c("state group taxed valid_from valid_to source"),
        _c("state group valid_from"),
        _c("state group valid_from"),
        Dated.SPAN,
        choices={"taxed": _FLAG},
    ),
    "limits_deduction_kinds": Spec(
        _c(
            "kind label phase fit fica futa state box1 w2 limit valid_from valid_to "
            "note source"
        ),
        _c("kind valid_from"),
        _c("kind valid_from"),
        Dated.SPAN,
        choices=dict.fromkeys(("fit", "fica", "futa", "state", "box1"), _FLAG)
        | {"phase": ("pretax", "posttax", "imputed", "employer")},
    ),
    "limits_deduction_states": Spec(
        _c("state kind rule limit limit_separate valid_from valid_to source"),
        _c("state kind valid_from"),
        _c("state kind valid_from"),
        Dated.SPAN,
        _c("limit limit_separate"),
        _c("limit limit_separate"),
        choices={"rule": ("federal", "taxed", "limited", "left_out")},
    ),
    "limits_group_term_life": Spec(
        _c("age_from age_to cost_per_1000_month valid_from valid_to source"),
        _c("age_from valid_from"),
        _c("age_from valid_from"),
        Dated.SPAN,
        _c("age_from age_to cost_per_1000_month"),
        _c("age_to"),
        meets=True,
        ladder=("age_from", "age_to", 1),
        ladder_of=_c("valid_from"),
    ),
    "garnishment_limits": Spec(
        _c("key value unit valid_from valid_to note source"),
        _c("key valid_from"),
        _c("key valid_from"),
        Dated.SPAN,
        _c("value"),
        meets=True,
    ),
    "garnishment_states": Spec(
        _c(
            "state percent gross_percent multiple excess_percent support_percent "
            "valid_from valid_to note source"
        ),
        _c("state valid_from"),
        _c("state valid_from"),
        Dated.SPAN,
        _c("percent gross_percent multiple excess_percent support_percent"),
    ),
    "support_states": Spec(
        _c(
            "state percent several_family_percent several_alone_percent "
            "valid_from valid_to note source"
        ),
        _c("state valid_from"),
        _c("state valid_from"),
        Dated.SPAN,
        _c("percent several_family_percent several_alone_percent"),
    ),
    "deposit_rules": Spec(
        _c("key value unit valid_from valid_to source"),
        _c("key valid_from"),
        _c("key valid_from"),
        Dated.SPAN,
        _c("value"),
        meets=True,
    ),
    "deposit_penalties": Spec(
        _c("days_from days_to percent valid_from valid_to source"),
        _c("days_from valid_from"),
        _c("days_from valid_from"),
        Dated.SPAN,
        _c("days_from days_to percent"),
        _c("days_to"),
        meets=True,
        ladder=("days_from", "days_to", 1),
        ladder_of=_c("valid_from"),
    ),
    "w2_codes": Spec(
        _c("code label first_year record field note source"),
        _c("code"),
        _c("code"),
        Dated.NONE,
        _c("first_year"),
        _c("first_year"),
    ),
    "efw2_layout": Spec(
        _c("record first last key format field note source"),
        _c("record"),
        _c("record first"),
        Dated.NONE,
        _c("first last"),
        rises="first",
        starts="1",
        ladder=("first", "last", 1),
        ladder_of=_c("record"),
    ),
}
