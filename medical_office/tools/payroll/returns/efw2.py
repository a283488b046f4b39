"""Writes the electronic W-2 file for the Social Security Administration (EFW2).

The layout is that of tax year 2021, unchanged in the specifications for 2023 and 2025. Of
2026 two public readers confirm the positions of boxes 1 to 7, the totals and the counts;
the positions of the codes that came in 2026 (TT qualified overtime, TP, TA) nobody names:
their amounts are not in the file, and its ``marks`` say so. Compare the layout with SSA
Publication 42-007 of the tax year, and test the file with AccuWage, before filing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ...money import ZERO
from ...ssn import digits
from ..law.lawtable import rows
from .efw2layout import LAYOUT_YEAR, Value, fields, record
from .taxids import ein_problem, ssn_problem
from .w2 import W2, StateBoxes
from .w2check import problems as w2_problems

LINE_END = "\r\n"
BOXES = {
    "1": "wages",
    "2": "income_tax",
    "3": "ss_wages",
    "4": "ss_tax",
    "5": "medicare_wages",
    "6": "medicare_tax",
    "7": "ss_tips",
    "10": "dependent_care",
    "11": "nonqualified",
}


class Efw2Refused(ValueError):
    """A file that would be rejected; ``problems`` has a sentence for each reason."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Address:
    """A US address; ``location`` is the suite or attention line."""

    street: str
    city: str
    state: str
    zip: str
    location: str = ""

    def values(self, prefix: str = "") -> dict[str, Value]:
        """The fields of an address in a record."""
        code, _dash, extension = self.zip.partition("-")
        return {
            f"{prefix}location": self.location,
            f"{prefix}address": self.street,
            f"{prefix}city": self.city,
            f"{prefix}state": self.state,
            f"{prefix}zip": code,
            f"{prefix}zip4": extension,
        }


@dataclass(frozen=True, slots=True)
class Employer:
    """The employer, who also submits the file, and the person to ask.

    ``user_id`` is the eight-character user identification of SSA Business Services
    Online. ``kind``: N none of the others, T tax-exempt, S state or local, F federal.
    """

    ein: str
    name: str
    address: Address
    user_id: str
    contact: str
    phone: str
    email: str
    kind: str = "N"


@dataclass(frozen=True, slots=True)
class Employee:
    """A person and the W-2 for the year."""

    ssn: str
    first: str
    last: str
    address: Address
    form: W2
    middle: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Efw2:
    """The file, and what the user has to know before filing it."""

    text: str
    marks: tuple[str, ...]


def write(
    employer: Employer,
    people: Sequence[Employee],
    *,
    states: bool = True,
    sick_tax: Decimal = ZERO,
) -> Efw2:
    """Return the file for one employer: RA, RE, RW, RO, RS, RT, RU and RF records.

    :param states: add a state record (RS) per person and state; the SSA skips them
    :param sick_tax: income tax that payers of third-party sick pay withheld, dollars
    :raises Efw2Refused: with a sentence per person and reason
    """
    wrong = list(_problems(employer, people))
    if wrong:
        raise Efw2Refused(wrong)
    year = people[0].form.year
    lines = [_submitter(employer), _employer(employer, year)]
    wage_rows: list[dict[str, Decimal]] = []
    other_rows: list[dict[str, Decimal]] = []
    for person in people:
        wage, other = _amounts(person.form)
        lines.append(_wage(person, wage))
        wage_rows.append(wage)
        if other:
            lines.append(record("RO", {"record": "RO", **other}))
            other_rows.append(other)
        if states:
            lines += [_state(person, row) for row in person.form.states]
    lines.append(_total("RT", [*wage_rows, {"sick_pay_tax": sick_tax}], len(people)))
    if other_rows:
        lines.append(_total("RU", other_rows, len(other_rows)))
    lines.append(record("RF", {"record": "RF", "count": len(people)}))
    return Efw2("".join(line + LINE_END for line in lines), tuple(_marks(people)))


def _problems(employer: Employer, people: Sequence[Employee]) -> Iterator[str]:
    if text := ein_problem(employer.ein):
        yield f"{employer.name}: {text}"
    if len(employer.user_id) != 8:
        yield "The SSA user identification needs eight characters."
    if "@" not in employer.email or not digits(employer.phone).isdigit():
        yield "The contact needs an email address and a telephone number."
    if not people:
        yield "There is no Form W-2 to file."
    if len({person.form.year for person in people}) > 1:
        yield "A file holds the Forms W-2 of one year."
    yield from _people_problems(people)


def _people_problems(people: Sequence[Employee]) -> Iterator[str]:
    seen: set[str] = set()
    for person in people:
        name = f"{person.first} {person.last}".strip()
        if not person.first.strip() or not person.last.strip():
            yield f"{name or 'A person'}: first and last name are needed."
        if text := ssn_problem(person.ssn):
            yield f"{name}: {text}"
        elif digits(person.ssn) in seen:
            yield f"{name}: another person has the same social security number."
        seen.add(digits(person.ssn))
        for text in w2_problems(person.form):
            yield f"{name}: {text}"
        for row in person.form.states:
            if row.state not in _state_codes():
                yield f"{name}: {row.state!r} is not a state."


def _submitter(employer: Employer) -> str:
    address = employer.address
    return record(
        "RA",
        {
            "record": "RA",
            "ein": digits(employer.ein),
            "user_id": employer.user_id,
            "resub": "0",
            "software": "98",  # in-house program
            "company_name": employer.name[:57],
            **address.values("company_"),
            "name": employer.name[:57],
            **address.values(),
            "contact": employer.contact[:27],
            "phone": digits(employer.phone),
            "email": employer.email,
            "preparer": "L",  # self-prepared
        },
    )


def _employer(employer: Employer, year: int) -> str:
    return record(
        "RE",
        {
            "record": "RE",
            "year": year,
            "ein": digits(employer.ein),
            "terminating": "0",
            "name": employer.name[:57],
            **employer.address.values(),
            "kind": employer.kind,
            "employment": "R",  # regular, Form 941
            "sick_pay": 0,
            "contact": employer.contact[:27],
            "phone": digits(employer.phone),
            "email": employer.email,
        },
    )


def _person(person: Employee) -> dict[str, Value]:
    return {
        "ssn": digits(person.ssn),
        "first": person.first[:15],
        "middle": person.middle[:15],
        "last": person.last[:20],
        "suffix": person.suffix[:4],
        **person.address.values(),
    }


def _wage(person: Employee, amounts: Mapping[str, Decimal]) -> str:
    return record(
        "RW",
        {
            "record": "RW",
            **_person(person),
            **amounts,
            "statutory": int(person.form.statutory),
            "retirement": int(person.form.retirement_plan),
            "sick_pay": int(person.form.sick_pay),
        },
    )


def _amounts(form: W2) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """Amounts by field of the RW and of the RO record; the latter may be empty."""
    wage = {BOXES[box]: amount for box, amount in form.money.items() if box in BOXES}
    other = {}
    if "8" in form.money:
        other["allocated_tips"] = form.money["8"]
    for row in rows("w2_codes"):
        amount = form.codes.get(row["code"], ZERO)
        if amount and row["record"]:
            target = wage if row["record"] == "RW" else other
            target[row["field"]] = target.get(row["field"], ZERO) + amount
    return wage, other


def _total(kind: str, table: Sequence[Mapping[str, Decimal]], count: int) -> str:
    keys = {key for key, _width, _form in fields(kind)}
    sums: dict[str, Value] = {"record": kind, "count": count}
    for key in keys - {"record", "count", ""}:
        sums[key] = sum((row.get(key, ZERO) for row in table), ZERO)
    return record(kind, sums)


def _state(person: Employee, row: StateBoxes) -> str:
    code = _state_codes()[row.state]
    values: dict[str, Value] = {
        "record": "RS",
        "state_code": code,
        **_person(person),
        "account": row.employer_id[:20],
        "state_code_tax": code,
        "state_wages": row.wages,
        "state_tax": row.tax,
    }
    if row.locality:
        values["tax_type"] = "F"  # other locality
        values["entity"] = row.locality[:5]
        values["local_wages"] = row.local_wages
        values["local_tax"] = row.local_tax
    return record("RS", values)


def _state_codes() -> dict[str, str]:
    return {row["state"]: row["code"] for row in rows("efw2_states")}


def _marks(people: Iterable[Employee]) -> Iterator[str]:
    forms = [person.form for person in people]
    year = forms[0].year
    if year > LAYOUT_YEAR:
        yield (
            f"The layout was last checked for tax year {LAYOUT_YEAR}: compare it with "
            f"SSA Publication 42-007 for {year} and test the file with AccuWage."
        )
    for row in rows("w2_codes"):
        if not row["record"]:
            amounts = [f.codes[row["code"]] for f in forms if row["code"] in f.codes]
            if amounts:
                yield (
                    f"Box 12 code {row['code']} is not in the file: {len(amounts)} "
                    f"people, {sum(amounts, ZERO)} dollars ({row['note']})."
                )
