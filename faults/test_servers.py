"""A server that dies again and again while people work: pay is computed and paid once,
shelves are counted once, every number adds up."""

import itertools
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from conftest import Refused

SEED = 20261129
RUN = "hr.payslip.run"
COUNT = "medical.supply.count"
PERIOD = 300  # seconds after which somebody would ask what is wrong
NAME = "A run whose server dies"

NEW_RUN = f"""
from datetime import timedelta
user = env["res.users"].search([("login", "=", "payroll")])
runs = env["hr.payslip.run"].with_user(user)
last = runs.search([("medical_kind", "=", "regular")], order="date_end desc", limit=1)
schedule = last.medical_schedule_id
span = schedule._period_on(last.date_end + timedelta(days=1))
run = runs.create({{
    "name": {NAME!r}, "company_id": last.company_id.id,
    "medical_schedule_id": schedule.id, "date_start": span.start, "date_end": span.end,
    "medical_date_pay": schedule._pay_date(span.end),
}})
env.cr.commit()
print("run", run.id)
"""
# two to a row, so that a slip or a line that came twice shows
FIGURES = """
SELECT count(*), count(DISTINCT slip.employee_id), count(DISTINCT slip.number),
       sum(line.lines), sum(line.codes), sum(line.total)
  FROM hr_payslip slip
  LEFT JOIN LATERAL (SELECT count(*) AS lines, count(DISTINCT code) AS codes,
                            sum(total) AS total
                       FROM hr_payslip_line WHERE slip_id = slip.id) line ON TRUE
 WHERE slip.payslip_run_id = %s
"""


def killed(server, kills, work, longest=1.0):
    """Kill the server at odd moments while ``work`` goes on, until both are done.

    :param work: called as ``work(more)``; begins anew while ``more()`` says so
    :param longest: seconds that the server lives after it answers
    """
    chance, over = random.Random(SEED), threading.Event()
    with ThreadPoolExecutor(1) as pool:
        worker = pool.submit(work, lambda: not over.is_set())
        try:
            for _kill in range(kills):
                time.sleep(chance.uniform(0.05, longest))
                server.kill()
                server.start()
        finally:
            over.set()
        worker.result(PERIOD)


def persist(act, done):
    """Do ``act`` again, as a person does who looks first, until ``done()``."""
    until, refused = time.monotonic() + PERIOD, []
    while time.monotonic() < until:
        try:
            act()
        except requests.RequestException:
            time.sleep(0.3)
        except Refused as error:
            refused.append(str(error))
            time.sleep(0.3)
        if done():
            return
    raise AssertionError(f"never done: {refused[-3:]}")


def number_of(told, word):
    line = next(line for line in told.splitlines() if line.startswith(f"{word} "))
    return int(line.split()[1])


@pytest.fixture
def intact(shell):
    """What was sealed is as it was sealed, once the test is over."""
    yield
    told = shell(
        'found = env["medical.core.seal.verification"]._verify()\n'
        'print("differences", found.difference_count)\n'
        'print(found.difference_ids.mapped("display_name")[:5])\n'
    )
    assert number_of(told, "differences") == 0, told


def test_pay_is_computed_once_though_the_server_dies_8_times(
    client, server, shell, books
):
    run = number_of(shell(NEW_RUN), "run")
    payroll = client("payroll")

    def compute(restart):
        """The dialog: chunk by chunk; after a fault it is opened again and goes on."""
        finished, restart = [], [restart]

        def step():
            told = payroll.call(RUN, "medical_compute_step", [run], restart=restart[0])
            restart[0] = False
            finished.extend([1] * told["finished"])

        persist(step, lambda: finished)

    def work(more):
        for begin in itertools.chain([True], iter(lambda: more(), False)):
            compute(begin)

    killed(server, 8, work, longest=2.0)
    disturbed = books.rows(FIGURES, run)
    compute(True)
    undisturbed = books.rows(FIGURES, run)
    slips, people, numbers, lines, codes, _total = disturbed[0]
    assert slips == people == numbers > 10
    assert lines == codes > slips
    assert disturbed == undisturbed
    states = books.rows(
        "SELECT DISTINCT state FROM hr_payslip WHERE payslip_run_id = %s", run
    )
    assert states == [("verify",)]


def test_pay_is_posted_and_paid_once_though_the_server_dies_at_each_step(
    client, server, books, intact
):
    run, state = books.rows(
        "SELECT id, state FROM hr_payslip_run WHERE state IN ('submitted', 'approved') "
        "ORDER BY id LIMIT 1"
    )[0]
    slips = books.rows("SELECT count(*) FROM hr_payslip WHERE payslip_run_id = %s", run)
    steps = [
        ("director", "action_medical_approve", "state = 'approved'"),
        ("payroll", "action_medical_post", "state = 'posted'"),
        (
            "payroll",
            "action_medical_bank_file",
            "EXISTS (SELECT FROM medical_payroll_bank_file file WHERE file.run_id = r.id)",
        ),
        ("payroll", "action_medical_pay", "state = 'paid'"),
    ]
    for login, method, reached in steps[state == "approved" :]:
        who = client(login)

        def there(reached=reached):
            return books.rows(
                f"SELECT 1 FROM hr_payslip_run r WHERE id = %s AND {reached}", run
            )

        def work(_more, who=who, method=method, there=there):
            persist(lambda: there() or who.button(RUN, method, run), there)

        killed(server, 1, work, longest=0.4)
    done = books.rows(
        "SELECT count(*) FROM hr_payslip WHERE payslip_run_id = %s AND state = 'done'",
        run,
    )
    assert done == slips
    entries = books.rows(
        """SELECT count(*), count(DISTINCT move.id) FROM hr_payslip_run r
             JOIN account_move move ON move.state = 'posted'
              AND move.id IN (r.medical_move_id, r.medical_payment_move_id)
            WHERE r.id = %s""",
        run,
    )
    assert entries == [(2, 2)]
    files = books.rows(
        "SELECT count(*) FROM medical_payroll_bank_file WHERE run_id = %s", run
    )
    assert files == [(1,)]
    payments = books.rows(
        "SELECT count(*) - count(DISTINCT (slip_id, account_id, method)) "
        "FROM medical_payroll_payment WHERE run_id = %s",
        run,
    )
    assert payments == [(0,)]


def test_a_shelf_is_counted_once_though_the_server_dies_4_times(
    client, server, books, intact
):
    manager = client("manager")
    rooms = books.rows(
        "SELECT quant.location_id FROM stock_quant quant JOIN stock_location place "
        "ON place.id = quant.location_id WHERE medical_room_type IS NOT NULL "
        "AND quantity > 4 GROUP BY 1 ORDER BY count(*) LIMIT 12"
    )
    counts = []

    def count(room):
        def step():
            screen = manager.call(COUNT, "phone_open", room, True)
            here[0] = screen["id"]
            lines = [
                {"line_id": line, "quantity": max(there - 1, 0), "sure": True}
                for line, there in books.rows(
                    """SELECT line.id, coalesce((SELECT sum(quantity) FROM stock_quant q
                               WHERE q.location_id = %s AND q.product_id = line.product_id
                                 AND q.lot_id IS NOT DISTINCT FROM line.lot_id), 0)::float
                         FROM medical_supply_count_line line WHERE count_id = %s""",
                    room,
                    here[0],
                )
            ]
            manager.call(COUNT, "phone_enter", here[0], lines)
            manager.call(COUNT, "phone_submit", here[0])

        here = [0]
        persist(step, lambda: state_of(here[0]) in ("posted", "recount", "review"))
        counts.append(here[0])

    def state_of(one):
        rows = books.rows("SELECT state FROM medical_supply_count WHERE id = %s", one)
        return rows[0][0] if rows else None

    def work(more):
        for (room,) in rooms:
            count(room)
            if not more():
                break

    killed(server, 4, work, longest=1.5)
    posted = [one for one in counts if state_of(one) == "posted"]
    assert len(counts) == len(set(counts))
    assert posted, [state_of(one) for one in counts]
    wrong = books.rows(
        """SELECT line.id, line.book, line.final, sum(move.quantity)
             FROM medical_supply_count_line line
             JOIN medical_supply_count done ON done.id = line.count_id
             LEFT JOIN stock_move move ON move.medical_count_id = done.id
              AND move.product_id = line.product_id AND move.state = 'done'
            WHERE done.id = ANY(%s) AND line.lot_id IS NULL
            GROUP BY line.id
           HAVING coalesce(sum(move.quantity), 0) <> abs(line.book - line.final)""",
        posted,
    )
    assert not wrong
