"""A pay run whose process is killed in the middle: it goes on, and nothing is doubled.

Each process is an Odoo of its own on the practice's database, as a server that dies.
E2E_ODOO is the command that opens its shell; ``make test-e2e`` sets it.
"""

import json
import os
import shlex
import signal
import subprocess

import pytest

SHELL = os.environ.get("E2E_ODOO")
KILLED_AT = 8

BEGIN = """
import json
from datetime import timedelta
from odoo.addons.medical_office.models.payroll.run import run as engine
engine.CHUNK = 4
user = env["res.users"].search([("login", "=", "payroll")])
runs = env["hr.payslip.run"].with_user(user)

def compute(run, restart):
    step = run.medical_compute_step(restart=restart)
    env.cr.commit()  # as each request of the dialog is
    print("step", step["done"], step["all"], flush=True)
    while not step["finished"]:
        step = run.medical_compute_step()
        env.cr.commit()
        print("step", step["done"], step["all"], flush=True)
"""
COMPUTE = """
last = runs.search([("medical_kind", "=", "regular")], order="date_end desc", limit=1)
schedule = last.medical_schedule_id
span = schedule._period_on(last.date_end + timedelta(days=1))
run = runs.create({
    "name": "A run that is killed", "company_id": last.company_id.id,
    "medical_schedule_id": schedule.id, "date_start": span.start, "date_end": span.end,
    "medical_date_pay": schedule._pay_date(span.end),
})
compute(run, True)
"""
RESUME = """
run = runs.search([("name", "=", "A run that is killed")])

def figures():
    slips = run.slip_ids.sorted("employee_id")
    return {
        "people": slips.employee_id.ids,
        "slips": len(slips),
        "states": sorted(slips.mapped("state")),
        "problems": [
            f"{slip.employee_id.name}: {slip.medical_problem}"
            for slip in slips if slip.medical_problem
        ],
        "numbers": len(set(slips.mapped("number")) - {False}),
        "lines": sorted(
            [line.slip_id.employee_id.id, line.code, line.total]
            for line in slips.line_ids
        ),
        "items": sorted(
            [item.employee_id.id, item.code, item.key, item.amount, item.wages]
            for item in slips.medical_item_ids
        ),
        "days": sorted(
            [days.payslip_id.employee_id.id, days.code, days.number_of_hours]
            for days in slips.worked_days_line_ids
        ),
        "net": run.medical_net,
    }

killed = figures()
compute(run, False)
resumed = figures()
compute(run, True)
undisturbed = figures()
run.unlink()
env.cr.commit()
print("figures", json.dumps([killed, resumed, undisturbed]), flush=True)
"""


def shell(script):
    """A process that runs ``script``; its lines come as it prints them."""
    process = subprocess.Popen(
        shlex.split(SHELL),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    process.stdin.write(BEGIN + script)
    process.stdin.close()
    return process


@pytest.mark.skipif(not SHELL, reason="E2E_ODOO does not say how to open a shell")
def test_a_killed_run_resumes_with_nothing_doubled():
    process = shell(COMPUTE)
    for line in process.stdout:
        if line.startswith("step ") and int(line.split()[1]) >= KILLED_AT:
            break
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait(30) == -signal.SIGKILL

    process = shell(RESUME)
    lines = process.stdout.read().splitlines()
    assert process.wait(60) == 0
    steps = [line.split() for line in lines if line.startswith("step ")]
    told = next(line for line in lines if line.startswith("figures "))
    killed, resumed, undisturbed = json.loads(told.removeprefix("figures "))

    computed = killed["states"].count("verify")
    assert KILLED_AT <= computed < killed["slips"]
    assert int(steps[0][1]) > computed  # it went on, it did not begin anew
    assert not resumed["problems"]
    assert set(resumed["states"]) == {"verify"}
    assert resumed["slips"] == len(set(resumed["people"])) == resumed["numbers"]
    assert resumed["items"]
    assert resumed == undisturbed
