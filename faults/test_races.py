"""Two who do the same at once: one does it, the other reads what happened."""

import threading
from concurrent.futures import ThreadPoolExecutor

from conftest import Refused

# what tells nobody anything
INSIDE = ("Cannot grab", "duplicate key", "unique", "constraint", "psycopg2", "_key")


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


def plain(sentences):
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
    assert not plain(refused)


def test_a_round_is_started_by_one(client, shell, books):
    told = shell(
        """
owner = env["res.users"].search([("login", "=", "manager")])
planned = [("state", "=", "planned"), ("is_audit", "=", False)]
one = env["medical.core.round"].search(planned, limit=1)
from datetime import timedelta
from odoo import fields
due = fields.Datetime.now() + timedelta(hours=2)
now = fields.Datetime.now()
one._pen().write({"owner_id": owner.id, "date_due": due, "date_open": now})
one._ensure_lines()
env.cr.commit()
print("round", one.id)
"""
    )
    number = int(
        next(x for x in told.splitlines() if x.startswith("round ")).split()[1]
    )
    people = [client("manager") for _one in range(4)]
    _done, refused = at_once(
        *(
            lambda who=who: who.button("medical.core.round", "action_start", number)
            for who in people
        )
    )
    states = books.rows("SELECT state FROM medical_core_round WHERE id = %s", number)
    assert states == [("in_progress",)], refused
    assert not plain(refused)


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
