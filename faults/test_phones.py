"""Phones on a round: fifty at once, a server that dies, a database that lets go."""

import itertools
import random
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from conftest import Refused

PHONES = 50
PATIENCE = 45  # seconds after which a phone gives a call up and makes it again
ROUND = "medical.core.round"
TRIES = 120
SEED = 20261129
KILLS = 16
ENDED = 15


@pytest.fixture
def lines(client, rounds):
    """The lines of pass or fail of an open round, one that no test before had."""
    number, lines = rounds.pop()
    client("manager").button(ROUND, "action_start", number)
    return lines


def entry(line, result="pass"):
    return {"uuid": uuid.uuid4().hex, "line_id": line, "result": result}


def taken(books, entries):
    """How often each of these entries was applied."""
    rows = books.rows(
        "SELECT uuid, count(*) FROM medical_core_round_entry WHERE uuid = ANY(%s) "
        "GROUP BY uuid",
        [one["uuid"] for one in entries],
    )
    return dict(rows)


def test_fifty_phones_on_one_round_see_no_error(client, lines, books):
    phone = client("manager")
    phone.call(ROUND, "phone_rooms")
    entries = [entry(lines[number % len(lines)]) for number in range(PHONES)]
    began, at_once = time.monotonic(), threading.Barrier(PHONES)

    def send(one):
        at_once.wait()
        return phone.call(ROUND, "phone_submit", [one])[one["uuid"]]["status"]

    with ThreadPoolExecutor(PHONES) as pool:
        states = list(pool.map(send, entries))
    assert time.monotonic() - began < PATIENCE, "a person would have given up"
    assert states == ["ok"] * PHONES
    assert taken(books, entries) == {one["uuid"]: 1 for one in entries}


def send_until_taken(phone, one):
    """As the phone does: again and again, the same entry, until an answer comes."""
    for _try in range(TRIES):
        try:
            return phone.call(ROUND, "phone_submit", [one])[one["uuid"]]["status"]
        except (requests.RequestException, Refused):
            time.sleep(0.5)
    raise AssertionError("never taken")


BAD = [
    ("text", "a\0b"),
    ("note", "half \ud83d"),
    ("number", 1e308),
    ("number", 10**400),
    ("number", "many"),
    ("choice_id", 2**63),
    ("line_id", 2**40),
    ("line_id", -1),
    ("at", "9999-12-31T23:59:59Z"),
    ("at", "-0001-99-99"),
    ("at", "0001-01-01T00:00:00+23:59"),
    ("result", "\0"),
    ("result", "x" * 100_000),
    ("photo", "\0" * 100),
    ("uuid", "\ud83d" * 10),
    ("note", {"a": ["b"]}),
]


def test_one_bad_entry_never_costs_the_others(client, lines, books):
    phone = client("manager")
    for number, (name, value) in enumerate(BAD):
        good = [entry(line) for line in lines[:2]]
        answers = phone.call(
            ROUND, "phone_submit", [good[0], {**entry(lines[2]), name: value}, good[1]]
        )
        states = [answers[one["uuid"]]["status"] for one in good]
        assert states == ["ok", "ok"], (number, name)
        assert taken(books, good) == {one["uuid"]: 1 for one in good}, (number, name)
        assert len(answers) == 3, (number, name)


def wait_for_an_answer(states):
    """However slow the machine is, the server that was started is at work again."""
    known, until = len(states), time.monotonic() + PATIENCE
    while len(states) == known and time.monotonic() < until:
        time.sleep(0.01)


def test_a_server_that_dies_16_times_takes_each_answer_once(
    client, lines, books, server
):
    phone = client("manager")
    chance, over = random.Random(SEED), threading.Event()
    sent, states = [], []

    def walk():
        for line in itertools.cycle(lines):
            if over.is_set():
                return
            sent.append(entry(line))
            states.append(send_until_taken(phone, sent[-1]))

    with ThreadPoolExecutor(1) as pool:
        walker = pool.submit(walk)
        try:
            for _kill in range(KILLS):
                wait_for_an_answer(states)
                time.sleep(chance.uniform(0.05, 1))
                server.kill()
                server.start()
        finally:
            over.set()
        walker.result(180)
    assert len(sent) >= KILLS, "nobody was at work"
    assert set(states) <= {"ok", "duplicate"}
    assert len(states) == len(sent)
    assert taken(books, sent) == {one["uuid"]: 1 for one in sent}


def test_a_database_that_lets_go_15_times_loses_nothing(client, lines, books):
    phone = client("manager")
    over = threading.Event()
    sent, states = [], []

    def walk(line):
        while not over.is_set():
            one = entry(line)
            sent.append(one)
            states.append(send_until_taken(phone, one))

    with ThreadPoolExecutor(4) as pool:
        walkers = [pool.submit(walk, line) for line in lines[:4]]
        try:
            ended = [books.end_a_working_session() for _cut in range(ENDED)]
        finally:
            over.set()
        for walker in walkers:
            walker.result(180)
    assert len(ended) == ENDED
    assert set(states) <= {"ok", "duplicate"}
    assert len(states) == len(sent)
    assert taken(books, sent) == {one["uuid"]: 1 for one in sent}
