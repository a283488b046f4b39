"""Binder, compliance rate and open work over 10,000 and 100,000 rounds of ten lines.

That is 100,000 and a million round lines, a year of a large practice and ten of it,
written by SQL as in ``bench_checks``. The binder is that of one standard among four and
one quarter, the rate that of the whole year. Open work: 200 and 2,000 open requests.
"""

from datetime import timedelta

import bench_checks
from register import measured, table

from odoo import fields

SIZES = bench_checks.SIZES
REQUESTS = {SIZES[0]: 200, SIZES[1]: 2_000}
STANDARDS = ("NFPA 10", "CDC toolkit", "ANSI Z358.1", "Practice")

OPEN_REQUESTS = """
    INSERT INTO maintenance_request (
        name, company_id, stage_id, maintenance_team_id, priority, maintenance_type,
        kanban_state, request_date, medical_reported_at, medical_due, medical_room_id,
        medical_source, medical_escalation
    )
    SELECT 'Fault ' || n, %(company)s, %(stage)s, %(team)s, (n %% 4)::text, 'corrective',
           'normal', now()::date - n %% 90,
           now() at time zone 'UTC' - (n %% 90) * interval '1 day',
           now() at time zone 'UTC' - (n %% 90 - 2) * interval '1 day',
           (%(rooms)s)[1 + n %% %(number)s], 'manual', '0'
      FROM generate_series(1, %(more)s) n
"""


def main(env):
    practice = bench_checks.setup(env)
    env["medical.core.checklist"].browse(practice["checklist"]).item_ids[
        0
    ].citation = STANDARDS[0]
    lists = other_standards(env, practice)
    results, done = {}, 0
    for size in SIZES:
        fill(env, practice, lists, done, size)
        done = size
        today = fields.Date.today()
        quarter = binder(env, STANDARDS[0], today - timedelta(days=90), today)
        year = binder(env, "", today - timedelta(days=365), today)
        jobs = {
            "binder of a quarter": lambda b=quarter: sheets(env, "facility_binder", b),
            "rate of a year": lambda b=year: sheets(env, "facility_compliance", b),
            "open work": lambda: sheets(env, "facility_open_work", waiting(env)),
            "open work, first page": lambda: first_page(env),
        }
        for job, run in jobs.items():
            run()  # caches of views and translations
            with measured(env) as result:
                rows = run()
            results[job, size] = (rows, result["seconds"], result["queries"])
    head = ["job"]
    for size in SIZES:
        head += [f"{size * bench_checks.ITEMS:,} lines: rows", "s", "queries"]
    table(
        head,
        [
            [job, *(figure for size in SIZES for figure in results[job, size])]
            for job in jobs
        ],
    )


def other_standards(env, practice):
    """Three more checklists with their schedules, so that one standard is one of four."""
    lists = [practice]
    for standard in STANDARDS[1:]:
        checklist = env["medical.core.checklist"].create(
            {
                "name": f"Round by {standard}",
                "citation": standard,
                "item_ids": [
                    (0, 0, {"name": f"Item {number}"})
                    for number in range(bench_checks.ITEMS)
                ],
            }
        )
        schedule = env["medical.core.schedule"].create(
            {
                "name": f"Round by {standard}",
                "checklist_id": checklist.id,
                "site_id": practice["site"],
                "room_ids": [(6, 0, practice["rooms"])],
                "owner_id": practice["user"],
            }
        )
        lists.append({**practice, "checklist": checklist.id, "schedule": schedule.id})
    return lists


def fill(env, practice, lists, done, size):
    for one in lists:
        bench_checks.fill(env, one, done // len(lists), size // len(lists))
    team = env["maintenance.request"]._medical_company_team(env.company)
    env.cr.execute(
        OPEN_REQUESTS,
        {
            **practice,
            "stage": env["maintenance.stage"]._medical_stage("new").id,
            "team": team.id,
            "more": REQUESTS[size] - REQUESTS.get(done, 0),
        },
    )
    env.cr.execute("ANALYZE maintenance_request")
    env.invalidate_all()


def binder(env, standard, low, high):
    return env["medical.facility.binder"].create(
        {"standard": standard, "date_from": low, "date_to": high}
    )


def sheets(env, name, docs):
    """Compute a report's sheets; the number of rows of the longest."""
    report = env[f"report.medical_office.{name}"].with_context(medical_all_rows=True)
    return max(len(sheet.rows) for sheet in report._sheets(docs, {}))


def waiting(env):
    return env["maintenance.request"].search(
        [("stage_id.done", "=", False), ("archive", "=", False)]
    )


def first_page(env):
    """What the list "Open Work by Age" reads for its first page."""
    names = [
        "name",
        "equipment_id",
        "medical_room_id",
        "user_id",
        "medical_age_days",
        "medical_due",
        "medical_cost",
        "stage_id",
        "medical_failure_count",
    ]
    page = env["maintenance.request"].web_search_read(
        [("stage_id.done", "=", False), ("archive", "=", False)],
        {name: {} for name in names},
        limit=80,
        order="medical_reported_at, id",
    )
    return len(page["records"])
