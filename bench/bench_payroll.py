"""A pay run: this addon's engine against OCA payroll's own path and against COPY.

Each size makes that many people on one schedule, with 25 salary rules, and without or
with 25 earlier pay periods in the year. "ours" generates, computes and confirms the run
as a set. "OCA" runs the wizard "Generate Payslips" and confirms, slip by slip, with its
own methods; it reads lines through our index and writes them without the rule's text, so
the ratio is cautious. "floor" is the same figures worked out in plain Python and the same
rows (lines, items, worked days, slips) written with COPY. "CPU" are the seconds that this
process and its database process worked; "of floor" and "ratio" compare those, so that
other work on the machine does not count. "peak MB" is what the process grew by.

PAYROLL_BENCH_SIZES=100,1000,10000 sets the sizes, PAYROLL_BENCH_OCA=1000 the largest size
that OCA runs (20 minutes and more), PAYROLL_BENCH_EARLIER=0,25 the earlier periods. By
default 100 and 1,000, OCA at 100.
"""

import os
from datetime import date, timedelta

from register import measured, peak_memory, table

from odoo.addons.medical_office.engine.payroll.bulk import copy_rows, reserve
from odoo.addons.medical_office.engine.payroll.facts_reader import FactsReader
from odoo.addons.medical_office.tools.payroll.slip.grosstonet import work_out
from odoo.addons.payroll.models.hr_payslip import HrPayslip as Oca
from odoo.addons.payroll.wizard.hr_payroll_payslips_by_employees import (
    HrPayslipEmployees as OcaWizard,
)

SIZES = [int(n) for n in os.environ.get("PAYROLL_BENCH_SIZES", "100,1000").split(",")]
OCA_UP_TO = int(os.environ.get("PAYROLL_BENCH_OCA", "100"))
FIRST = date(2026, 1, 4)  # a Sunday
EARLIER = 25
YEARS = [int(n) for n in os.environ.get("PAYROLL_BENCH_EARLIER", "0,25").split(",")]
GENERIC = 25


def main(env):
    rows = []
    practice = setup(env)
    for size in SIZES:
        people = hire(env, practice, size)
        for structure in ("25 rules", "US"):
            for earlier in YEARS:
                if earlier:
                    history(env, practice, people, structure)
                tidy(env)
                rows.append(one(env, practice, people, structure, earlier))
        people.version_ids.write({"medical_schedule_id": False})
        env["hr.payslip"].search([]).payslip_run_id.write(
            {"medical_schedule_id": False}
        )
    table(
        [
            "structure, people, earlier periods",
            "ours s",
            "CPU s",
            "ms/slip",
            "queries",
            "peak MB",
            "floor s",
            "CPU s",
            "of floor",
            "OCA s",
            "OCA queries",
            "ratio",
        ],
        rows,
    )


def setup(env):
    """A company, a schedule and two structures: 25 OCA rules, and ours."""
    company = env.company
    wisconsin = env.ref("base.state_us_49")
    company.write({"state_id": wisconsin.id, "currency_id": env.ref("base.USD").id})
    env["medical.payroll.state.account"].create(
        {
            "state_id": wisconsin.id,
            "year": 2026,
            "suta_percent": 3.05,
            "suta_base": 14000,
        }
    )
    calendar = env["resource.calendar"].create(
        {"name": "Office", "tz": "America/Chicago"}
    )
    schedule = env["medical.payroll.schedule"].create(
        {"name": "Bench", "frequency": "biweekly", "date_anchor": FIRST}
    )
    return {
        "calendar": calendar,
        "schedule": schedule,
        "US": env.ref("medical_office.payroll_structure_us"),
        "25 rules": generic(env),
    }


def generic(env):
    """25 rules of OCA's kinds: basic, percentages of it, fixed amounts, sums."""
    names = ("BASIC", "ALW", "DED", "TOTAL")
    category = {
        name: env["hr.salary.rule.category"].create({"name": name, "code": f"B{name}"})
        for name in names
    }
    specs = [
        ("BBAS", "BASIC", "code", {"amount_python_compute": "result = contract.wage"})
    ]
    for index in range(GENERIC - 3):
        kind = "ALW" if index % 2 else "DED"
        sign = 1 if index % 2 else -1
        if index % 3 == 0:
            values = {"amount_fix": sign * (10 + index)}
            specs.append((f"BR{index}", kind, "fix", values))
        elif index % 3 == 1:
            values = {
                "amount_percentage": sign * (1 + index / 10),
                "amount_percentage_base": "categories.BBASIC",
                "condition_select": "range",
                "condition_range": "contract.wage",
                "condition_range_max": 1_000_000,
            }
            specs.append((f"BR{index}", kind, "percentage", values))
        else:
            code = f"result = {sign} * categories.BBASIC * 0.00{index + 1}"
            specs.append((f"BR{index}", kind, "code", {"amount_python_compute": code}))
    gross = "result = categories.BBASIC + categories.BALW"
    net = "result = categories.BBASIC + categories.BALW + categories.BDED"
    specs.append(("BGROSS", "TOTAL", "code", {"amount_python_compute": gross}))
    specs.append(("BNET", "TOTAL", "code", {"amount_python_compute": net}))
    rules = env["hr.salary.rule"].create(
        [
            {
                "name": code,
                "code": code,
                "sequence": number,
                "category_id": category[kind].id,
                "amount_select": select,
                **values,
            }
            for number, (code, kind, select, values) in enumerate(specs)
        ]
    )
    return env["hr.payroll.structure"].create(
        {"name": "Bench", "parent_id": False, "rule_ids": [(6, 0, rules.ids)]}
    )


def hire(env, practice, size):
    """``size`` salaried people with a Form W-4."""
    people = env["hr.employee"].create(
        [
            {
                "name": f"Person {number}",
                "date_version": "2025-01-06",
                "contract_date_start": "2025-01-06",
                "wage": 36000 + 37 * number % 90000,
                "medical_wage_per": "year",
                "medical_flsa_exempt": True,
                "medical_schedule_id": practice["schedule"].id,
                "resource_calendar_id": practice["calendar"].id,
                "struct_id": practice["US"].id,
                "tz": "America/Chicago",
            }
            for number in range(size)
        ]
    )
    env["medical.payroll.w4"].create(
        [{"employee_id": person.id, "date_from": "2025-01-06"} for person in people]
    )
    return people


def new_run(env, practice, structure, period):
    start = FIRST + timedelta(days=14 * period)
    end = start + timedelta(days=13)
    return env["hr.payslip.run"].create(
        {
            "name": f"{structure} {start}",
            "date_start": start,
            "date_end": end,
            "struct_id": practice[structure].id,
            "medical_schedule_id": practice["schedule"].id,
            "medical_date_pay": min(end + timedelta(days=5), date(2026, 12, 31)),
        }
    )


def history(env, practice, people, structure):
    """25 confirmed runs of the year, by the engine, each committed as in life."""
    for period in range(EARLIER):
        run = new_run(env, practice, structure, period)
        run._medical_generate(people, commit=True)
        run._medical_compute(commit=True)
        run._medical_confirm()


def tidy(env):
    """What the database does by itself between two pay days."""
    env.cr.commit()
    env.cr._cnx.autocommit = True  # VACUUM runs outside a transaction
    env.cr.execute("VACUUM ANALYZE")
    env.cr._cnx.autocommit = False


def one(env, practice, people, structure, earlier):
    """A row of the table: the 26th run of the year by ours, floor and OCA."""
    run = new_run(env, practice, structure, EARLIER)
    with peak_memory() as memory, measured(env) as ours:
        run._medical_generate(people, commit=True)
        run._medical_compute(commit=True)
        run._medical_confirm()
    slips = run.slip_ids
    wrong = slips.filtered("medical_problem")
    if wrong:
        raise SystemExit(wrong[0].medical_problem)
    totals = figures(env, slips)
    floor = floor_of(env, slips, structure)
    drop(env, run)
    oca, ratio = {"seconds": None, "queries": None}, None
    if len(people) <= OCA_UP_TO:
        env.cr.execute("SAVEPOINT oca")
        run = new_run(env, practice, structure, EARLIER)
        oca = by_oca(env, run, people)
        if figures(env, run.slip_ids) != totals:
            raise SystemExit(f"{structure}: the figures of both paths differ")
        env.cr.execute("ROLLBACK TO SAVEPOINT oca")
        env.invalidate_all()
        ratio = f"{oca['cpu'] / ours['cpu']:.0f} x"
    return [
        f"{structure}, {len(people):,}, {earlier}",
        ours["seconds"],
        ours["cpu"],
        1000 * ours["seconds"] / len(people),
        ours["queries"],
        memory["megabytes"],
        floor["seconds"],
        floor["cpu"],
        f"{ours['cpu'] / floor['cpu']:.2f}",
        oca["seconds"],
        oca["queries"],
        ratio,
    ]


def by_oca(env, run, people):
    """Cost of OCA's own wizard and confirmation, slip by slip."""
    with measured(env) as result:
        wizard = env["hr.payslip.employees"].create(
            {"employee_ids": [(6, 0, people.ids)]}
        )
        OcaWizard.compute_sheet(wizard.with_context(active_id=run.id))
        for slip in run.slip_ids:
            Oca.action_payslip_done(slip)
    return result


def figures(env, slips):
    """{(person, code): total} of a run."""
    env.flush_all()
    env.cr.execute(
        "SELECT employee_id, code, total FROM hr_payslip_line WHERE slip_id = ANY(%s)",
        [slips.ids],
    )
    return {row[:2]: row[2] for row in env.cr.fetchall()}


def floor_of(env, slips, structure):
    """Cost of the same figures in plain Python and of the same rows by COPY."""
    tables = ("hr_payslip", "hr_payslip_line", "hr_payslip_worked_days")
    rows = {
        name: stored(env, name, slips) for name in (*tables, "medical_payroll_item")
    }
    plain = (
        plain_facts(slips) if structure == "US" else [s.contract_id.wage for s in slips]
    )
    env.cr.execute("SAVEPOINT floor")
    with measured(env) as result:
        for fact in plain:
            work_out(fact) if structure == "US" else twenty_five(fact)
        ids = {}
        for name, (columns, found) in rows.items():
            copies = renumbered(env, name, columns, found, ids)
            copy_rows(env, name, columns, copies)
    env.cr.execute("ROLLBACK TO SAVEPOINT floor")
    return result


def renumbered(env, name, columns, found, ids):
    """Rows of a table under new ids, the slip and the line they belong to as well."""
    place = columns.index("id")
    fresh = reserve(env, name, len(found))
    ids[name] = dict(zip((row[place] for row in found), fresh, strict=True))
    keys = [
        (columns.index(key), ids[other])
        for key, other in (
            ("slip_id", "hr_payslip"),
            ("payslip_id", "hr_payslip"),
            ("line_id", "hr_payslip_line"),
        )
        if key in columns
    ]
    copies = []
    for row, number in zip(found, fresh, strict=True):
        copy = list(row)
        copy[place] = number
        for at, known in keys:
            copy[at] = known.get(copy[at])
        copies.append(copy)
    return copies


def plain_facts(slips):
    """The facts of the slips, read beforehand."""
    slip = slips[0]
    reader = FactsReader(
        slips.sudo(), slip.date_from, slip.date_to, slip.medical_date_pay
    )
    return [reader.facts(slip)[0] for slip in reader.slips]


def twenty_five(wage):
    """The 25 rules as a programmer would write them."""
    lines, alw, ded = [wage], 0.0, 0.0
    for index in range(GENERIC - 3):
        sign = 1 if index % 2 else -1
        if index % 3 == 0:
            amount = sign * (10 + index)
        elif index % 3 == 1:
            amount = sign * (1 + index / 10) * wage / 100
        else:
            amount = sign * wage * (index + 1) / 1000
        amount = round(amount, 2)
        lines.append(amount)
        if index % 2:
            alw += amount
        else:
            ded += amount
    return [*lines, wage + alw, wage + alw + ded]


def stored(env, name, slips):
    """(columns, rows) of a table that belong to ``slips``."""
    key = {"hr_payslip": "id", "hr_payslip_worked_days": "payslip_id"}.get(
        name, "slip_id"
    )
    env.cr.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s "
        "ORDER BY ordinal_position",
        [name],
    )
    columns = [row[0] for row in env.cr.fetchall()]
    fields = ", ".join(f'"{column}"' for column in columns)
    env.cr.execute(
        f"SELECT {fields} FROM {name} WHERE {key} = ANY(%s) ORDER BY id",
        [slips.ids],
    )
    return columns, env.cr.fetchall()


def drop(env, run):
    """Take the measured run away, so that the next one finds the same year."""
    env.cr.execute("DELETE FROM hr_payslip WHERE payslip_run_id = %s", [run.id])
    env.invalidate_all()
