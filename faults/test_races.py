"""Two who do the same at once: one does it, the other reads what happened."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from conftest import Refused

ROUND = "medical.core.round"
# what waits for a decision in the sample practice, the button that decides, two of those
# who may press it, and the reason where one is asked for
WAITING = [
    ("maintenance.request", "action_medical_close", "manager", "director"),
    ("medical.payroll.timesheet", "action_approve", "manager", "director"),
    ("account.move", "action_medical_release", "manager", "director", "Price agreed"),
    # a candidate of the sample is still to be interviewed: nobody is approved yet
    ("medical.people.hiring", "action_reject", "director", "director", "Too early"),
    ("medical.people.offer", "action_approve", "manager", "director"),
    ("medical.finance.transfer", "action_approve", "manager", "director"),
    ("medical.finance.request", "action_review", "manager", "manager"),
    ("medical.supply.review", "action_close", "manager", "director"),
    ("hr.payslip.run", "action_medical_approve", "director", "director"),
]

# what tells nobody anything
INSIDE = (
    "Cannot grab",
    "duplicate key",
    "unique",
    "constraint",
    "psycopg2",
    "could not serialize",
    "concurrent update",
    "deadlock",
    "lock timeout",
    "_key",
)


def at_once(*acts):
    """Do all acts at the same moment.

    :return: (answers, sentences of those that were refused)
    """
    gate = threading.Barrier(len(acts))

    def do(act):
        gate.wait()
        try:
            return act(), None
        except Refused as error:
            return None, str(error)

    with ThreadPoolExecutor(len(acts)) as pool:
        told = list(pool.map(do, acts))
    return [one for one, error in told if error is None], [e for _o, e in told if e]


def of_inside(sentences):
    return [
        sentence
        for sentence in sentences
        if any(word.casefold() in sentence.casefold() for word in INSIDE)
    ]


def test_a_step_is_skipped_once(client, books):
    one, other = client("manager"), client("director")
    one.call("medical.core.setup", "action_reopen")
    code = next(
        step["code"]
        for part in one.call("medical.core.setup", "data")["parts"]
        for step in part["steps"]
        if step["state"] == "open"
    )
    _done, refused = at_once(
        *(
            lambda who=who: who.call("medical.core.setup", "action_skip", code, "Later")
            for who in (one, other)
        )
    )
    rows = books.rows(
        "SELECT count(*) FROM medical_core_setup_skip WHERE code = %s", code
    )
    assert rows == [(1,)]
    assert len(refused) == 1
    assert not of_inside(refused)


@pytest.mark.parametrize("case", WAITING, ids=lambda case: case[0])
def test_a_decision_is_taken_once(client, books, case):
    model, button, one, other, *reason = case
    number, waits = books.rows(
        "SELECT res_id, waiting_state FROM medical_core_decision "
        "WHERE res_model = %s AND state = 'open' ORDER BY id LIMIT 1",
        model,
    )[0]
    people = [client(one), client(other)]
    done, refused = at_once(
        *(lambda who=who: who.call(model, button, [number], *reason) for who in people)
    )
    assert not of_inside(refused)
    assert done, refused
    rows = books.rows(
        "SELECT state, count(*) FROM medical_core_decision WHERE res_model = %s "
        "AND res_id = %s AND waiting_state = %s GROUP BY state",
        model,
        number,
        waits,
    )
    assert rows == [("decided", 1)], refused


def test_a_round_is_started_by_one(client, rounds, books):
    number, _lines = rounds.pop()
    people = [client("manager") for _one in range(4)]
    _done, refused = at_once(
        *(
            lambda who=who: who.button("medical.core.round", "action_start", number)
            for who in people
        )
    )
    states = books.rows("SELECT state FROM medical_core_round WHERE id = %s", number)
    assert states == [("in_progress",)], refused
    assert not of_inside(refused)


def test_an_answer_that_is_sent_twice_counts_once_and_is_signed_once(
    client, rounds, books
):
    number, _lines = rounds.pop()
    people = [client("manager"), client("manager")]
    people[0].button(ROUND, "action_start", number)
    lines = books.rows(
        "SELECT id FROM medical_core_round_line WHERE round_id = %s", number
    )
    # what was answered is not asked: "not applicable" fits each kind of item
    entries = [
        {"uuid": uuid.uuid4().hex, "line_id": line, "result": "na", "note": "None here"}
        for (line,) in lines
    ]
    told, refused = at_once(
        *(lambda who=who: who.call(ROUND, "phone_submit", entries) for who in people)
    )
    assert not refused
    for entry in entries:
        states = sorted(answer[entry["uuid"]]["status"] for answer in told)
        assert states == ["duplicate", "ok"], told
    told, refused = at_once(
        *(lambda who=who: who.call(ROUND, "phone_sign", number) for who in people)
    )
    assert not of_inside(refused + [answer["message"] for answer in told])
    assert sorted(answer["status"] for answer in told) == ["ok", "refused"], told
    seals = books.rows(
        "SELECT count(*) FROM medical_core_seal WHERE res_model = %s AND res_id = %s",
        ROUND,
        number,
    )
    assert seals == [(1,)]


def test_a_hit_counts_though_all_else_is_taken_back(shell, books):
    shell(
        """
hits = env["medical.core.hit"]
for _one in range(3):
    hits._count_lasting("guess", "203.0.113.77")
env.cr.rollback()
print("done")
"""
    )
    rows = books.rows(
        "SELECT count(*) FROM medical_core_hit GROUP BY digest ORDER BY 1 DESC LIMIT 1"
    )
    assert rows == [(3,)]
