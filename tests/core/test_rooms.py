"""Names of new rooms, and what a list of rooms may hold."""

import pytest
from tools.core.rooms import MOST_ROOMS, columns, next_names
from tools.csvread import read_table

TYPES = {"exam": "Exam room", "lab": "Laboratory"}


@pytest.mark.parametrize(
    ("stem", "count", "taken", "names"),
    [
        ("Lab", 1, [], ["Lab"]),
        ("Lab", 2, [], ["Lab 1", "Lab 2"]),
        ("Lab", 1, ["lab"], ["Lab 2"]),
        ("Lab", 2, ["Lab", "Lab 2"], ["Lab 3", "Lab 4"]),
        ("Exam", 2, ["Exam 1", "exam 7", "Lab"], ["Exam 8", "Exam 9"]),
        ("Exam", 1, ["Exam 3"], ["Exam 4"]),
        ("Exam", 1, ["Examination 3"], ["Exam"]),
        ("Exam (new)", 1, ["Exam (new) 2"], ["Exam (new) 3"]),
        ("Exam", 0, ["Exam 3"], []),
    ],
)
def test_names_go_on_after_the_highest_number(stem, count, taken, names):
    assert next_names(stem, count, taken) == names


def read(text):
    return read_table(text.encode(), columns(TYPES), max_rows=MOST_ROOMS)


def test_a_list_with_types_by_key_and_by_label():
    table = read("Room,Type,Floor\nExam 1,exam,1\nLab,laboratory,\n")
    assert not table.errors
    assert [row.values["room_type"] for row in table.rows] == ["exam", "lab"]
    assert [row.values["floor"] for row in table.rows] == ["1", ""]
    assert [row.values["sequence"] for row in table.rows] == [None, None]


def test_each_mistake_names_its_row():
    table = read("Room,Type,Order\nExam 1,ballroom,\n,exam,\nExam 2,exam,first\n")
    assert len(table.errors) == 3
    for problem, row in zip(table.errors, (2, 3, 4), strict=True):
        assert f"ow {row}" in problem.english()
