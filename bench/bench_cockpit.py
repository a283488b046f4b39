"""The cockpit's one call over 1,000 and 10,000 open exceptions, as three roles see it.

Eight areas, two years of the register's diary behind the trend. Also the time in which
the register itself follows its check: all findings new, all known, all gone and back.
"""

import random

from register import measured, person, table

from odoo import fields

from odoo.addons.medical_office.models.core.check.check import DOMAINS, CheckRow

SIZES = (1_000, 10_000)
TURNS = 5


def main(env):
    company = env.company
    people = {
        "manager": person(env, "bench_manager", "core_group_manager"),
        "head": person(env, "bench_head", "core_group_head"),
        "staff": person(env, "bench_staff", "core_group_staff"),
    }
    employee = env["hr.employee"].create(
        {"name": "Head", "user_id": people["head"].id, "company_id": company.id}
    )
    departments = env["hr.department"].create(
        [
            {"name": f"Department {number}", "company_id": company.id}
            for number in range(8)
        ]
    )
    departments[0].manager_id = employee
    checks = env["medical.core.check"].create(
        [
            {
                "name": f"Bench {domain}",
                "code": f"bench_{domain}",
                "domain": domain,
                "model_name": "medical.core.check",
                "method": "_medical_check_failed",
            }
            for domain, _label in DOMAINS
        ]
    )
    diary(env, company, people["staff"], departments)
    rows = []
    for size in SIZES:
        rows += register(env, checks, findings(size, company, people, departments))
        rows += cockpit(env, people)
    half = len(rows) // 2
    head = ["what"]
    for size in SIZES:
        head += [f"{size:,}: ms", "queries"]
    table(
        head,
        [
            [one[0], *one[1:], *two[1:]]
            for one, two in zip(rows[:half], rows[half:], strict=True)
        ],
    )


def findings(size, company, people, departments):
    """``size`` findings, the same at each run."""
    chance = random.Random(7)
    now = fields.Datetime.now()
    owners = [people["staff"].id, people["head"].id, people["manager"].id, False]
    return [
        CheckRow(
            "medical.core.check",
            number,
            f"Thing {number} is not as it should be",
            severity=chance.choice(("low", "low", "medium", "medium", "high")),
            money_at_risk=chance.choice((0, 0, 120.5, 980)),
            user_id=chance.choice(owners),
            date_due=fields.Datetime.add(now, hours=chance.randint(-200, 900)),
            company_id=company.id,
            department_id=chance.choice(departments.ids),
        )
        for number in range(1, size + 1)
    ]


def diary(env, company, owner, departments):
    """Two years of days, by area and department."""
    env.cr.execute(
        """
        INSERT INTO medical_core_exception_day (
            day, company_id, domain, department_id, user_id, open_count, opened, closed
        )
        SELECT CURRENT_DATE - d, %s, domain, department, %s, 5 + d %% 7, 1, 1
          FROM generate_series(1, 730) d, unnest(%s) domain, unnest(%s) department
        """,
        (company.id, owner.id, [code for code, _label in DOMAINS], departments.ids),
    )
    env.cr.execute("ANALYZE medical_core_exception_day")


def register(env, checks, rows):
    """Sync the findings, an eighth for each area."""
    exceptions = env["medical.core.check"]._as_system().env["medical.core.exception"]
    checks = checks.with_env(exceptions.env)
    parts = list(zip(checks, [rows[i::8] for i in range(8)], strict=True))
    results = []
    for name, found in (
        ("register: all new", True),
        ("register: all known", True),
        ("register: all closed", False),
        ("register: all back", True),
    ):
        with measured(exceptions.env) as result:
            for check, part in parts:
                exceptions._sync(check, part if found else [])
        results.append([name, result["seconds"] * 1000, result["queries"]])
    exceptions.env["medical.core.exception.day"]._snapshot()
    env.cr.execute("ANALYZE medical_core_exception")
    return results


def cockpit(env, people):
    """The best of a few calls, for each role."""
    results = []
    for role, user in people.items():
        screen = env["medical.core.cockpit"].with_user(user)
        screen.data()  # notes the look, fills the caches of rights
        best = None
        for _turn in range(TURNS):
            with measured(screen.env) as result:
                screen.data()
            if best is None or result["seconds"] < best["seconds"]:
                best = result
        results.append([f"cockpit: {role}", best["seconds"] * 1000, best["queries"]])
    return results
