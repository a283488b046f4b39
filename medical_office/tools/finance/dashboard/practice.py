"""The dashboard of the practice measures: each with its last figure, trend and formula."""

from collections.abc import Iterable
from decimal import Decimal

from ..measure.measures import MEASURES, Measure
from .workbook import (
    HEADING,
    NUMBER,
    TEXT,
    TITLE,
    Json,
    Sheet,
    cell_chart,
    pivot,
    scorecard,
    sheets,
    text,
    workbook,
)

MODEL = "medical.finance.measure"
MENU = "medical_office.finance_measure_menu"
NUMBERS_MENU = "medical_office.finance_month_menu"
SINCE = ["month", ">=", "=1d -25m"]
MONTHS = 25  # two years and the month they are compared with
FIRST = 30  # the row of the sheet "Data" where the months begin
ACROSS, WIDTH, GAP, TOP = 3, 325, 12, 90
CARD, CHART = 105, 190
NAME = "Practice Measures"
COLUMNS = [235, 95, 105, 85, 300, 180]
SIGN = {"percent": "%", "dollars": "$", "days": "days", "ratio": ""}
# a made-up practice, shown until the first numbers are entered
EXAMPLE = {
    "overhead": "61.5",
    "staff_share": "27.0",
    "supply_per_visit": "9.40",
    "cost_per_visit": "148.00",
    "revenue_per_visit": "214.00",
    "collections_per_physician": "61500.00",
    "days_in_ar": "34.0",
    "days_in_ar_adjusted": "46.0",
    "gross_collection": "58.0",
    "net_collection": "95.5",
    "ar_over_120": "9.0",
    "days_cash": "38.0",
    "new_share": "11.0",
}
# how the example moves from month to month, in thousandths of its last figure
WAVE = (30, -20, 10, 40, -10, 25, 0, -30, 15, -5, 20, -15, 0)


def _boxes(count: int, top: int) -> list[tuple[int, int]]:
    """Left and top of each of the measures' places, row by row."""
    tall = CARD + CHART + 2 * GAP
    return [
        ((at % ACROSS) * (WIDTH + GAP), top + (at // ACROSS) * tall)
        for at in range(count)
    ]


def _titled(measure: Measure) -> str:
    sign = SIGN[measure.unit]
    return f"{measure.name}, {sign}" if sign else measure.name


def measures_workbook() -> Json:
    """What the manager, the accountant, the director and the auditor look at."""
    page, data = sheets(NAME, NAME, COLUMNS, 230)
    page.put(
        "A2", '="Month shown: "&IFERROR(TEXT(Data!B1,"mmmm yyyy"),"none yet")', TEXT
    )
    page.put(
        "A3",
        f"[Numbers that are still missing are entered here](odoo://ir_menu_xml_id/{NUMBERS_MENU})",
    )
    data.put("A1", text("Month"))
    data.put("B1", '=PIVOT.HEADER(1,"#month:month",1)', kind="month")
    for at, measure in enumerate(MEASURES, 2):
        where = f'"code","{measure.code}","#month:month",1'
        data.put(f"A{at}", text(measure.name))
        data.put(
            f"B{at}",
            f'=IFERROR(PIVOT.VALUE(1,"value:avg",{where}),"")',
            kind=measure.unit,
        )
        data.put(
            f"C{at}",
            f'=IFERROR(IF(PIVOT.VALUE(1,"before:avg",{where})=0,"",'
            f'PIVOT.VALUE(1,"before:avg",{where})),"")',
            kind=measure.unit,
        )
    for back in range(MONTHS):
        # the pivot begins with the last month, the chart ends with it
        line, place = FIRST + MONTHS - 1 - back, f'"#month:month",{back + 1}'
        data.put(f"A{line}", f'=IFERROR(PIVOT.HEADER(1,{place}),"")', kind="month")
        for at, measure in enumerate(MEASURES):
            where = f'"code","{measure.code}",{place}'
            data.put(
                f"{_column(at)}{line}",
                f'=IFERROR(PIVOT.VALUE(1,"value:avg",{where}),"")',
            )
    _draw(page, _trends(MONTHS))
    _explain(page, TOP + _height() + 40)
    return workbook(
        [page, data],
        {
            "1": pivot(
                "1",
                "Measures by month",
                MODEL,
                [SINCE],
                [("value", "avg", "Value"), ("before", "avg", "A year before")],
                rows=[{"fieldName": "code"}],
                columns=[
                    {"fieldName": "month", "granularity": "month", "order": "desc"}
                ],
            )
        },
        menus={figure["id"]: MENU for figure in page.figures},
    )


def measures_example() -> Json:
    """What is shown before the first month is entered: an example, and what to do."""
    page, data = sheets(NAME, f"{NAME}: an example, no figures of yours", COLUMNS, 230)
    page.put(
        "A2",
        text(
            "Enter or import ten numbers a month from the billing system; costs come from "
            "the posted entries. The measures follow by themselves."
        ),
        HEADING,
    )
    page.put("A3", f"[Enter the first month](odoo://ir_menu_xml_id/{NUMBERS_MENU})")
    for at in range(len(WAVE)):
        data.put(f"A{at + FIRST}", text(f"Month {at + 1}"))
    for at, measure in enumerate(MEASURES):
        last, column = Decimal(EXAMPLE[measure.code]), _column(at)
        series = [last + last * step / 1000 for step in WAVE]
        data.put(f"B{at + 2}", f"{series[-1]:.2f}", kind=measure.unit)
        data.put(f"C{at + 2}", f"{series[0]:.2f}", kind=measure.unit)
        for step, value in enumerate(series):
            data.put(f"{column}{step + FIRST}", f"{value:.2f}")
    # the phone shows no cells
    page.figure(
        "teach",
        (0, TOP - 4, 3 * WIDTH + 2 * GAP, CARD),
        scorecard("No numbers yet", "Data!A1", below="Enter Monthly Numbers"),
    )
    data.put("A1", text("Example"))
    _draw(page, _trends(len(WAVE)), TOP + CARD + GAP)
    _explain(page, TOP + CARD + GAP + _height() + 40)
    return workbook([page, data])


def _column(at: int) -> str:
    """The column of a measure's months in the sheet "Data"."""
    return chr(ord("B") + at)


def _trends(months: int) -> dict[str, Json]:
    """{code: chart} over the months of the sheet "Data"."""
    last = FIRST + months - 1
    return {
        measure.code: cell_chart(
            "line",
            _titled(measure),
            [f"Data!{_column(at)}{FIRST}:{_column(at)}{last}"],
            f"Data!A{FIRST}:A{last}",
            legend=False,
        )
        for at, measure in enumerate(MEASURES)
    }


def _height() -> int:
    rows = -(-len(MEASURES) // ACROSS)
    return rows * (CARD + CHART + 2 * GAP)


def _draw(page: Sheet, charts: dict[str, Json], top: int = TOP) -> None:
    places = zip(MEASURES, _boxes(len(MEASURES), top), strict=True)
    for at, (measure, (left, here)) in enumerate(places, 2):
        page.figure(
            f"card_{measure.code}",
            (left, here, WIDTH, CARD),
            scorecard(
                measure.name,
                f"Data!B{at}",
                f"Data!C{at}",
                "on a year before",
                measure.better == "up",
            ),
        )
        page.figure(
            f"trend_{measure.code}",
            (left, here + CARD + GAP // 2, WIDTH, CHART),
            charts[measure.code],
        )


def _explain(page: Sheet, below: int) -> None:
    """The table under the figures: what each measure is and where its formula is from."""
    first = below // 23 + 2  # a row is 23 pixels high
    page.put(f"A{first}", text("How each is figured"), TITLE)
    heads = ("Measure", "Last", "A year before", "Better", "Formula", "Source")
    _row(page, first + 1, map(text, heads), HEADING)
    for at, measure in enumerate(MEASURES, 2):
        line = first + at
        page.rows[line] = 40
        cells = (
            text(measure.name),
            f"=Data!B{at}",
            f"=Data!C{at}",
            text("higher" if measure.better == "up" else "lower"),
            text(measure.formula),
            text(measure.source),
        )
        _row(page, line, cells, TEXT)
        for column in "BC":
            page.put(
                f"{column}{line}", page.cells[f"{column}{line}"], NUMBER, measure.unit
            )


def _row(page: Sheet, line: int, cells: Iterable[str], style: int) -> None:
    for column, content in zip("ABCDEF", cells, strict=True):
        page.put(f"{column}{line}", content, style)
