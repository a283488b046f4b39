"""The steps of a pay run after it is computed: preflight to paid, reports and returns.

People have one direct deposit each, one in ten hands over to the cashier as well; the
run before it is paid. "per person" is CPU in milliseconds: a step that is linear shows
the same figure at every size. PAYROLL_BENCH_SIZES=100,1000,10000 sets the sizes.
"""

import os
from contextlib import contextmanager
from datetime import datetime, time

from bench_payroll import hire, new_run, setup, tidy
from register import measured, peak_memory, person, table

SIZES = [int(n) for n in os.environ.get("PAYROLL_BENCH_SIZES", "100,1000").split(",")]


def main(env):
    practice = setup(env)
    books(env)
    users = {
        role: person(env, role, f"core_group_{role}")
        for role in ("payroll", "director", "accountant")
    }
    found = {}
    for period, size in enumerate(SIZES):
        people = hire(env, practice, size)
        deposits(env, people)
        walk(env, practice, users, people, 2 * period, lambda _name, block: block())
        tidy(env)
        steps = {}

        def step(name, block, steps=steps):
            with meter(env, steps, name):
                block()

        walk(env, practice, users, people, 2 * period + 1, step)
        found[size] = steps
        people.version_ids.write({"medical_schedule_id": False})
        practice["schedule"] = practice["schedule"].copy({"name": f"After {size}"})
    rows = [
        [name, *(cell for size in SIZES for cell in cells(found[size][name], size))]
        for name in found[SIZES[0]]
    ]
    heads = [
        f"{size:,} {what}"
        for size in SIZES
        for what in ("s", "CPU s", "per person", "queries", "peak MB")
    ]
    table(["step", *heads], rows)


@contextmanager
def meter(env, steps, name):
    with peak_memory() as memory, measured(env) as cost:
        yield
    steps[name] = {**cost, **memory}


def cells(cost, size):
    return [
        cost["seconds"],
        cost["cpu"],
        1000 * cost["cpu"] / size,
        cost["queries"],
        cost["megabytes"],
    ]


def books(env):
    """Accounts, journal and bank of the practice."""
    env["medical.payroll.posting"]._set_up(env.company)
    account = env["account.account"].create(
        {"name": "Operating", "code": "101990", "account_type": "asset_cash"}
    )
    journal = env["account.journal"].create(
        {
            "name": "Bench Bank",
            "code": "BNCH",
            "type": "bank",
            "default_account_id": account.id,
        }
    )
    env["medical.payroll.bank"].create(
        {
            "name": "Lake Bank",
            "destination": "121042882",
            "origin": "1391234567",
            "company_ident": "1391234567",
            "company_label": "BENCH",
            "journal_id": journal.id,
        }
    )


def deposits(env, people):
    """An account of each person, one in ten with a part on a second one."""
    rows = [
        {
            "employee_id": employee.id,
            "name": "Credit Union",
            "routing": "111000025",
            "new_number": str(10_000_000 + employee.id),
            "prenote_state": "done",
        }
        for employee in people
    ]
    rows += [
        {
            **row,
            "name": "Savings",
            "share": "fixed",
            "value": 100,
            "sequence": 5,
            "new_number": f"9{row['new_number']}",
        }
        for row in rows[::10]
    ]
    accounts = env["medical.payroll.account"].create(rows)
    accounts.write({"date_changed": False, "prenote_state": "done"})
    env.cr.commit()


def walk(env, practice, users, people, period, step):
    """A run from compute to paid, each step by who takes it."""
    run = new_run(env, practice, "US", period).with_user(users["payroll"])
    director = run.with_user(users["director"])
    accountant = run.with_user(users["accountant"])
    run._medical_generate(people, commit=True)
    run._medical_compute(commit=True)
    step("preflight", run._medical_preflight)
    waive(run)
    step("submit", run.action_medical_submit)
    step("approve", director.action_medical_approve)
    step("open the form", lambda: run.read(RUN_FIELDS))
    step("people, first page", lambda: run.slip_ids[:40].read(SLIP_FIELDS))
    register = "report.medical_office.payroll_register_report"
    step("register, lines", lambda: env[register]._sheets(run, {}))
    xlsx = env.ref("medical_office.payroll_register_report_xlsx_action")
    step(
        "register, XLSX",
        lambda: env["ir.actions.report"]._render(xlsx, run.ids, data={}),
    )
    step("post", accountant.action_medical_post)
    written = datetime.combine(run.date_end, time(9))  # before the pay date, any year
    step("bank file", lambda: run._make_bank_file(written))
    step("tie-out", run._tie_out)
    step("paid", accountant.action_medical_pay)
    env.cr.commit()
    for form in ("941", "w2"):
        step(f"return {form}", lambda form=form: filing(env, users, form))
    env.cr.commit()


SLIP_FIELDS = [
    "employee_id",
    "medical_gross",
    "medical_net",
    "medical_previous_net",
    "medical_change",
    "medical_change_text",
]


RUN_FIELDS = [
    "medical_progress",
    "medical_net",
    "medical_cost",
    "medical_previous_net",
    "medical_change_text",
    "medical_blocker_count",
    "medical_tie_out",
]


def waive(run):
    """Whatever blocks is not what is measured."""
    blockers = run.medical_finding_ids.filtered(lambda f: f.level == "blocker")
    if blockers:
        blockers.action_waive("Measured only")


def filing(env, users, form):
    """Work the return out, W-2s with their file."""
    made = env["medical.payroll.tax.return"].with_user(users["payroll"])
    values = {"kind": form, "year": 2026}
    if form == "941":
        values["quarter"] = "1"
    found = made.search([(name, "=", value) for name, value in values.items()])
    (found or made.create(values)).action_compute()
