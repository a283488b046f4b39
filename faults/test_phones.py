"""Phones on a round: fifty at once, a server that dies, a database that lets go."""

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
TRIES = 40


@pytest.fixture
def lines(shell):
    """The lines of pass or fail of an open round, one that no test before had."""
    told = shell(
        """
from datetime import timedelta
from odoo import fields
owner = env["res.users"].search([("login", "=", "manager")])
planned = [("state", "=", "planned"), ("is_audit", "=", False)]
one = env["medical.core.round"].search(planned, limit=1)
due = fields.Datetime.now() + timedelta(hours=2)
now = fields.Datetime.now()
one._pen().write({"owner_id": owner.id, "date_due": due, "date_open": now})
one._ensure_lines()
one.with_user(owner).action_start()
env.cr.commit()
print("lines", one.line_ids.filtered(lambda x: x.item_type == "pass_fail").ids)
"""
    )
    text = next(line for line in told.splitlines() if line.startswith("lines "))
    return [int(part) for part in text[7:-1].split(",")]


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


def test_a_server_that_is_killed_takes_each_answer_once(client, lines, books, server):
    phone = client("manager")
    entries = [entry(line) for line in lines for _time in range(3)]
    states = []

    def walk():
        for one in entries:
            states.append(send_until_taken(phone, one))

    walker = threading.Thread(target=walk)
    walker.start()
    for _kill in range(2):
        while len(states) < len(entries) // 4 * (_kill + 1):
            time.sleep(0.02)
        server.kill()
        server.start()
    walker.join(180)
    assert set(states) <= {"ok", "duplicate"}
    assert len(states) == len(entries)
    assert taken(books, entries) == {one["uuid"]: 1 for one in entries}


def test_a_database_that_lets_go_loses_nothing(client, lines, books):
    phone = client("manager")
    entries = [entry(line) for line in lines for _time in range(4)]
    ended, over = [], threading.Event()

    def cut():
        while not over.wait(0.4):
            ended.append(books.end_sessions())

    cutter = threading.Thread(target=cut)
    cutter.start()
    try:
        with ThreadPoolExecutor(4) as pool:
            states = list(pool.map(lambda one: send_until_taken(phone, one), entries))
    finally:
        over.set()
        cutter.join(10)
    assert sum(ended) > 3, "nothing was cut"
    assert set(states) <= {"ok", "duplicate"}
    assert taken(books, entries) == {one["uuid"]: 1 for one in entries}
