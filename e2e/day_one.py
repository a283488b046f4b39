"""What the people of a new practice bring on the first day: lists, names, figures."""

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from clock import practice_day

DOMAIN = "riverbend.example"
ROLES = {
    "manager": "Office Manager",
    "director": "Director",
    "accountant": "Accountant",
    "hr": "HR Officer",
    "payroll": "Payroll Officer",
}
TEAM = {
    "manager": "Maria Alvarez",
    "director": "Dora Whitfield",
    "accountant": "Abel Stone",
    "hr": "Hana Reyes",
    "payroll": "Paul Kim",
}
# key, name, job, department, first day, yearly pay
PEOPLE = (
    ("manager", "Maria Alvarez", "Office Manager", "Administration", "2020-01-06", 78000),
    ("director", "Dora Whitfield", "Medical Director", "Administration", "2019-01-07", 182000),
    ("accountant", "Abel Stone", "Accountant", "Administration", "2021-03-01", 65000),
    ("hr", "Hana Reyes", "HR Officer", "Administration", "2021-03-01", 62400),
    ("payroll", "Paul Kim", "Payroll Officer", "Administration", "2021-03-01", 62400),
    ("nora", "Nora Field", "Registered Nurse", "Nursing", "2022-05-02", 83200),
    ("sam", "Sam Hill", "Medical Assistant", "Nursing", "2023-08-14", 62400),
)  # fmt: skip
HEADS = {"Administration": "Maria Alvarez", "Nursing": "Nora Field"}
ROOMS = "Room,Type,Floor\nProcedure,Procedure room,1\nStaff Restroom,Restroom,1\n"
STAFF = "Work email,Name,Job,Department,First day\n" + "".join(
    f"{key}@{DOMAIN},{name},{job},{department},{first}\n"
    for key, name, job, department, first, _pay in PEOPLE
)
ASSETS = """\
Name,Kind,Room
Vaccine refrigerator,Vaccine refrigerator,Lab
Fire extinguisher,Fire extinguisher,Reception
Exam table 1,Exam table,Exam 1
"""
PERIODS = 26
NO_CAP = Decimal("1e9")
# figure, state, percent of the wages, and their base of the year
YEAR = (
    ("FIT", "", Decimal("9.5"), NO_CAP),
    ("SS", "", Decimal("6.2"), Decimal(184500)),
    ("MED", "", Decimal("1.45"), NO_CAP),
    ("ER_SS", "", Decimal("6.2"), Decimal(184500)),
    ("ER_MED", "", Decimal("1.45"), NO_CAP),
    ("FUTA", "", Decimal("0.6"), Decimal(7000)),
    ("SIT", "WI", Decimal("4.6"), NO_CAP),
    ("SUTA", "WI", Decimal("1.55"), Decimal(14000)),
)
# days between the end of a period and its pay date, as a new schedule proposes
PAID_AFTER = 5


def pay_day():
    """The first weekday in two days or later."""
    day = practice_day() + timedelta(days=2)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def period(back=0):
    """First and last day of the pay period paid on ``pay_day``, or ``back`` before it."""
    last = pay_day() - timedelta(days=PAID_AFTER + 14 * back)
    return last - timedelta(days=13), last


def old_period():
    """The last period that the old provider paid."""
    return period(1)


def pay():
    head = (
        "Work email,Wage,Per,Exempt,SSN,Birthday,W-4 filing status,Bank,Routing number,"
        "Account number\n"
    )
    return head + "".join(
        f"{key}@{DOMAIN},{wage},year,yes,401-23-456{number},198{number}-02-01,"
        f"{'married' if number % 2 else 'single'},Credit Union,111000025,"
        f"100200300{number}\n"
        for number, (key, *_words, wage) in enumerate(PEOPLE)
    )


def begins_the_year():
    """Whether nothing was paid elsewhere in the year of the first pay date here."""
    return (pay_day() - timedelta(days=14)).year != pay_day().year


def gross(yearly):
    return cents(Decimal(yearly) / PERIODS)


def cents(amount):
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def opening():
    """The year so far as the old provider's report has it, a line for each figure."""
    paid = pay_day() - timedelta(days=14)  # the last pay date there
    count = (paid - paid.replace(month=1, day=1)).days // 14 + 1
    rows = ["Employee,Pay date,What,Of,Amount,Wages,Taxable wages"]
    for _key, name, *_words, yearly in PEOPLE:
        wages = gross(yearly) * count
        rows.append(f"{name},{paid},Regular pay,,{wages},,")
        for what, of, percent, cap in YEAR:
            taxed = min(wages, cap)
            amount = cents(taxed * percent / 100)
            rows.append(f"{name},{paid},{what},{of},{amount},{wages},{taxed}")
    return "\n".join(rows)


def old_figures(lines):
    """What the old provider paid for one period; Sam's state tax was 35 cents less.

    :param lines: our own, of which the income taxes are taken; the rest is worked out
    """
    rows = [
        "Work email,Gross,Federal income tax,Social Security,Medicare,State income tax,"
        "Net pay"
    ]
    for key, name, *_words, yearly in PEOPLE:
        line = next(one for one in lines if one["employee_id"][1].startswith(name))
        pay, federal = gross(yearly), Decimal(str(line["federal_ours"]))
        state = Decimal(str(line["state_ours"]))
        if key == "sam":
            state -= Decimal("0.35")
        security, medicare = cents(pay * 62 / 1000), cents(pay * 145 / 10000)
        net = pay - federal - security - medicare - state
        rows.append(
            f"{key}@{DOMAIN},{pay},{federal},{security},{medicare},{state},{net}"
        )
    return "\n".join(rows)


def exclusions():
    """The list as the OIG publishes it; its names are invented."""
    folder = Path(__file__).parent.parent / "medical_office/data/scenarios/compliance"
    return (folder / "exclusions.csv").read_text(encoding="utf-8")
