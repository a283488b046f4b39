"""Audit libraries as files: the shipped ones are complete, a bad one is named by cell."""

import re
from datetime import date

import pytest
from tools.compliance.libraryfile import (
    TEXTS,
    compare,
    read_library,
    shipped,
    shipped_file,
)

HEAD = "Code,Section,Question,Citation,Requirement,Weight,Severity,Answer,Evidence\n"

# Appendix A to Subpart C of 45 CFR Part 164, and sections 164.314 and 164.316: every
# standard with its implementation specifications; R required, A addressable
SECURITY = {
    "164.308(a)(1)(i)": "R", "164.308(a)(1)(ii)(A)": "R", "164.308(a)(1)(ii)(B)": "R",
    "164.308(a)(1)(ii)(C)": "R", "164.308(a)(1)(ii)(D)": "R", "164.308(a)(2)": "R",
    "164.308(a)(3)(i)": "R", "164.308(a)(3)(ii)(A)": "A", "164.308(a)(3)(ii)(B)": "A",
    "164.308(a)(3)(ii)(C)": "A", "164.308(a)(4)(i)": "R", "164.308(a)(4)(ii)(A)": "R",
    "164.308(a)(4)(ii)(B)": "A", "164.308(a)(4)(ii)(C)": "A", "164.308(a)(5)(i)": "R",
    "164.308(a)(5)(ii)(A)": "A", "164.308(a)(5)(ii)(B)": "A",
    "164.308(a)(5)(ii)(C)": "A", "164.308(a)(5)(ii)(D)": "A", "164.308(a)(6)(i)": "R",
    "164.308(a)(6)(ii)": "R", "164.308(a)(7)(i)": "R", "164.308(a)(7)(ii)(A)": "R",
    "164.308(a)(7)(ii)(B)": "R", "164.308(a)(7)(ii)(C)": "R",
    "164.308(a)(7)(ii)(D)": "A", "164.308(a)(7)(ii)(E)": "A", "164.308(a)(8)": "R",
    "164.308(b)(1)": "R", "164.308(b)(3)": "R",
    "164.310(a)(1)": "R", "164.310(a)(2)(i)": "A", "164.310(a)(2)(ii)": "A",
    "164.310(a)(2)(iii)": "A", "164.310(a)(2)(iv)": "A", "164.310(b)": "R",
    "164.310(c)": "R", "164.310(d)(1)": "R", "164.310(d)(2)(i)": "R",
    "164.310(d)(2)(ii)": "R", "164.310(d)(2)(iii)": "A", "164.310(d)(2)(iv)": "A",
    "164.312(a)(1)": "R", "164.312(a)(2)(i)": "R", "164.312(a)(2)(ii)": "R",
    "164.312(a)(2)(iii)": "A", "164.312(a)(2)(iv)": "A", "164.312(b)": "R",
    "164.312(c)(1)": "R", "164.312(c)(2)": "A", "164.312(d)": "R",
    "164.312(e)(1)": "R", "164.312(e)(2)(i)": "A", "164.312(e)(2)(ii)": "A",
    "164.314(a)(1)": "R", "164.314(a)(2)(i)(A)": "R", "164.314(a)(2)(ii)": "R",
    "164.314(a)(2)(iii)": "R", "164.314(b)(1)": "R", "164.314(b)(2)(i)": "R",
    "164.314(b)(2)(ii)": "R", "164.314(b)(2)(iii)": "R", "164.314(b)(2)(iv)": "R",
    "164.316(a)": "R", "164.316(b)(1)(i)": "R", "164.316(b)(1)(ii)": "R",
    "164.316(b)(2)(i)": "R", "164.316(b)(2)(ii)": "R", "164.316(b)(2)(iii)": "R",
}  # fmt: skip
CODES = [one["code"] for one in shipped()]


def measures_named():
    """Every measure that a shipped item names; the addon's test knows which there are."""
    return {
        cell
        for library in CODES
        for cell in re.findall(
            r",(\w+),\d+,(?:yes|no)\r?\n", shipped_file(library).decode()
        )
    }


@pytest.mark.parametrize("library", CODES)
def test_a_shipped_library_reads_without_a_problem(library):
    items, problems, table = read_library(
        shipped_file(library), sorted(measures_named())
    )
    assert not problems, [one.english() for one in problems]
    assert len(items) >= 10
    assert not table.ignored
    for item in items:
        assert item.question.endswith("?"), item.code
        assert item.citation, item.code


@pytest.mark.parametrize("library", shipped(), ids=lambda one: one["code"])
def test_a_shipped_library_is_dated_and_cited(library):
    assert date.fromisoformat(library["valid_from"]) < date(2026, 11, 30)
    assert date.fromisoformat(library["checked_on"]) <= date(2026, 11, 29)
    assert all(library[name] for name in ("name", "program", "citation", "source"))


def test_the_security_rule_is_complete():
    items, _problems, _table = read_library(
        shipped_file("hipaa_security"), sorted(measures_named())
    )
    found = {}
    for item in items:
        first = item.citation.removeprefix("45 CFR ").split(",")[0]
        found[first] = {"required": "R", "addressable": "A"}[item.requirement]
    assert found == SECURITY


def test_codes_differ_over_all_libraries():
    codes = [
        item.code
        for library in CODES
        for item in read_library(shipped_file(library), sorted(measures_named()))[0]
    ]
    assert len(codes) == len(set(codes)) > 230


def read(text, measures=("eyewash",)):
    return read_library((HEAD + text).encode(), measures)


def test_a_good_file_with_defaults():
    items, problems, _table = read(
        "A-1,Desk,Is it so?,Practice,practice,,,,\n"
        "A-2,Desk,And this?,45 CFR 1,,2.5,high,text,eyewash\n"
    )
    assert not problems
    assert (items[0].weight, items[0].severity, items[0].answer) == (
        1.0,
        "medium",
        "pass_fail",
    )
    assert (items[1].weight, items[1].requirement) == (2.5, "required")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("A-1,Desk,,Practice,practice,,,,", "Row 2, Question"),
        ("A-1,Desk,Is it?,Practice,maybe,,,,", "Use one of: required"),
        ("A-1,Desk,Is it?,Practice,practice,-1,,,", "0 or more"),
        ("A-1,Desk,Is it?,,required,,,,", "has no citation"),
        ("A-1,Desk,Is it?,Practice,practice,,,,spores", "Use one of: eyewash"),
        ("A 1,Desk,Is it?,Practice,practice,,,,", "without spaces"),
    ],
)
def test_a_bad_cell_is_named_with_its_remedy(row, said):
    items, problems, _table = read(row + "\n")
    assert not items
    assert said in problems[0].english(TEXTS)


def test_a_code_twice_names_both_rows():
    _items, [problem], _table = read(
        "A-1,Desk,Is it?,P,practice,,,,\na-1,Desk,Again?,P,practice,,,,\n"
    )
    assert problem.english(TEXTS).startswith("Row 3, Code: Row 2 has the code")


def test_what_a_file_would_change():
    first, _problems, _table = read(
        "A-1,Desk,Is it?,P,practice,,,,\nA-2,Desk,Old?,P,practice,,,,\n"
    )
    second, _problems, _table = read(
        "A-1,Desk,Is it?,P,practice,3,,,\nA-3,Desk,New?,P,practice,,,,\n"
    )
    found = compare({item.code: item for item in first}, second)
    assert (found.new, found.changed, found.removed, found.same) == (
        ("A-3",),
        ("A-1",),
        ("A-2",),
        (),
    )
    assert not found.is_nothing
    assert compare({item.code: item for item in first}, first).is_nothing
