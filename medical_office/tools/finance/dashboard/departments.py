"""The dashboard of the departments' budgets: granted, used, on order and left.

The host reads the rows as the user who looks, so that a department head sees the own
departments there, and everybody else what the record rules leave.
"""

from typing import Any

from .workbook import (
    HEADING,
    TEXT,
    TITLE,
    Json,
    Sheet,
    cell_chart,
    model_chart,
    pivot,
    scorecard,
    sheets,
    text,
    workbook,
)

MODEL = "medical.finance.budget"
MENU = "medical_office.finance_budget_menu"
REQUEST_MENU = "medical_office.finance_request_menu"
COSTS: list[Any] = [["category_id.section", "in", ["staff", "operating", "provider"]]]
NOW: list[Any] = ["&", ["month", "=", "=1d"], *COSTS]
YEAR: list[Any] = [
    "&", ["month", ">=", "=1d -11m"], "&", ["month", "<=", "=1d"], *COSTS,
]  # fmt: skip
MEASURES = [
    ("granted", "sum", "Granted"),
    ("actual", "sum", "Used"),
    ("committed", "sum", "On order"),
    ("requested", "sum", "Asked for"),
    ("left_over", "sum", "Left"),
]
MONTHS = 12
WIDTH, GAP, CARD, CHART, TOP = 243, 12, 105, 300, 90
NAME = "Department Budgets"
COLUMNS = [300, 140, 140, 140, 140, 140]


def departments_workbook() -> Json:
    page, data = sheets(NAME, NAME, COLUMNS, 160)
    page.put(
        "A2", '="Costs of "&TEXT(TODAY(),"mmmm yyyy")&", and the last 12 months"', TEXT
    )
    page.put("A3", f"[Ask for a budget](odoo://ir_menu_xml_id/{REQUEST_MENU})")
    for at, (name, way, label) in enumerate(MEASURES, 2):
        data.put(f"A{at}", text(label))
        data.put(f"B{at}", f'=IFERROR(PIVOT.VALUE(1,"{name}:{way}"),0)', kind="money")
    for column, label in zip("ABC", ("Month", "Granted", "Used"), strict=True):
        data.put(f"{column}20", text(label))
    for at in range(1, MONTHS + 1):
        where = f'"#month:month",{at}'
        line = 20 + at
        data.put(f"A{line}", f'=IFERROR(PIVOT.HEADER(2,{where}),"")', kind="month")
        data.put(f"B{line}", f'=IFERROR(PIVOT.VALUE(2,"granted:sum",{where}),"")')
        data.put(f"C{line}", f'=IFERROR(PIVOT.VALUE(2,"actual:sum",{where}),"")')
    _cards(page)
    _charts(
        page,
        cell_chart(
            "bar",
            "Granted and used by month",
            [f"Data!B20:B{20 + MONTHS}", f"Data!C20:C{20 + MONTHS}"],
            f"Data!A20:A{20 + MONTHS}",
            legend=True,
        ),
        model_chart(
            "bar", "Left this month by department", MODEL, NOW, "left_over",
            ["department_id"],
        ),
        model_chart(
            "bar", "Left this month by category", MODEL, NOW, "left_over", ["category_id"]
        ),
    )  # fmt: skip
    below = (TOP + CARD + 2 * CHART + 3 * GAP) // 23 + 3
    page.put(f"A{below}", text("This month by department and category"), TITLE)
    page.put(f"A{below + 1}", "=PIVOT(3)")
    by_month = [{"fieldName": "month", "granularity": "month", "order": "asc"}]
    by_place = [
        {"fieldName": "department_id", "order": "asc"},
        {"fieldName": "category_id", "order": "asc"},
    ]
    return workbook(
        [page, data],
        {
            "1": pivot("1", "This month", MODEL, NOW, MEASURES),
            "2": pivot("2", "By month", MODEL, YEAR, MEASURES[:2], rows=by_month),
            "3": pivot("3", "This month", MODEL, NOW, MEASURES, rows=by_place),
        },
        menus={figure["id"]: MENU for figure in page.figures},
    )


def departments_example() -> Json:
    """Before anything is granted or booked: an example, and what to do first."""
    page, data = sheets(NAME, f"{NAME}: an example, no figures of yours", COLUMNS, 160)
    page.put(
        "A2",
        text(
            "A department head asks for the coming month, the director grants; orders and "
            "bills are held against it."
        ),
        HEADING,
    )
    page.put("A3", f"[Ask for the first budget](odoo://ir_menu_xml_id/{REQUEST_MENU})")
    data.put("A1", text("Example"))
    for at, amount in enumerate((42000, 31500, 4200, 800, 5500), 2):
        data.put(f"B{at}", str(amount), kind="money")
    for column, label in zip("ABC", ("Month", "Granted", "Used"), strict=True):
        data.put(f"{column}20", text(label))
    for at in range(1, MONTHS + 1):
        data.put(f"A{20 + at}", text(f"Month {at}"))
        data.put(f"B{20 + at}", str(40000 + 250 * at))
        data.put(f"C{20 + at}", str(36000 + 1900 * (at % 4)))
    page.figure(
        "teach",
        (0, TOP - 4, 4 * WIDTH + 3 * GAP, CARD),
        scorecard("No budget yet", "Data!A1", below="Ask for a budget"),
    )
    _cards(page, TOP + CARD + GAP)
    ranges = [f"Data!B20:B{20 + MONTHS}", f"Data!C20:C{20 + MONTHS}"]
    page.figure(
        "by_month",
        (0, TOP + 2 * (CARD + GAP), 4 * WIDTH + 3 * GAP, CHART),
        cell_chart(
            "bar",
            "Granted and used by month",
            ranges,
            f"Data!A20:A{20 + MONTHS}",
            legend=True,
        ),
    )
    return workbook([page, data])


def _cards(page: Sheet, top: int = TOP) -> None:
    """Granted, used, on order and left, this month."""
    for at, row in enumerate((2, 3, 4, 6)):
        name, _way, label = MEASURES[row - 2]
        page.figure(
            f"card_{name}",
            (at * (WIDTH + GAP), top, WIDTH, CARD),
            scorecard(label, f"Data!B{row}", below="this month"),
        )


def _charts(
    page: Sheet, by_month: Json, by_department: Json, by_category: Json
) -> None:
    top, half = TOP + CARD + GAP, 2 * WIDTH + GAP
    page.figure("by_month", (0, top, 2 * half + GAP, CHART), by_month)
    below = top + CHART + GAP
    page.figure("by_department", (0, below, half, CHART), by_department)
    page.figure("by_category", (half + GAP, below, half, CHART), by_category)
