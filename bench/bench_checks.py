"""All checks of the core over 10,000 and 100,000 rounds (100,000 and a million lines).

The rounds are written by SQL: a year (or its last weeks) of 20 rooms, one line in 200 failed and
passed since, one item fails everywhere since yesterday; one round in 100 was missed (nine
of ten of them excused). Each check runs with the register behind it: once when its
findings are new, once when they are known.
"""

from register import measured, person, table

SIZES = (10_000, 100_000)
ITEMS = 10
ROOMS = 20

ROUNDS = """
    INSERT INTO medical_core_round (
        schedule_id, checklist_id, company_id, site_id, user_id, state, is_excused,
        date_due, date_open, date_late, line_count, open_count, failed_count
    )
    SELECT %(schedule)s, %(checklist)s, %(company)s, %(site)s, %(user)s,
           CASE WHEN n %% 100 = 7 THEN 'missed' ELSE 'done' END,
           n %% 1000 <> 7,
           due, due - interval '1 hour', due + interval '4 hours', %(items)s,
           CASE WHEN n %% 100 = 7 THEN %(items)s ELSE 0 END,
           0
      FROM (
          SELECT n, date_trunc('minute', now() at time zone 'UTC')
                    - n * interval '365 days' / %(most)s - interval '5 hours' AS due
            FROM generate_series(%(first)s, %(last)s) n
      ) numbered
 RETURNING id
"""
LINES = """
    INSERT INTO medical_core_round_line (
        round_id, item_id, company_id, room_id, name, item_type, severity, result,
        date_due, entered_at
    )
    SELECT round.id, item.id, round.company_id, room.id, item.name, item.item_type,
           item.severity,
           CASE WHEN round.state = 'missed' THEN 'open'
                WHEN (round.id * 31 + item.id) %% 200 = 0 THEN 'fail'
                WHEN item.id %% %(items)s = 0
                     AND round.date_due > now() at time zone 'UTC' - interval '1 day'
                THEN 'fail'
                ELSE 'pass' END,
           round.date_due, round.date_due
      FROM medical_core_round round
      JOIN medical_core_checklist_item item ON item.checklist_id = round.checklist_id
      JOIN (
          SELECT id, row_number() OVER (ORDER BY id) - 1 AS place
            FROM stock_location WHERE id = ANY(%(rooms)s)
      ) room ON room.place = round.id %% %(number)s
     WHERE round.id = ANY(%(rounds)s)
"""


def main(env):
    practice = setup(env)
    checks = env["medical.core.check"].search([("domain", "=", "core")])
    results, done = {}, 0
    for size in SIZES:
        fill(env, practice, done, size)
        done = size
        for check in checks:
            for turn in ("first", "again"):
                with measured(env) as result:
                    check._run(check)
                if check.error:
                    raise SystemExit(f"{check.code}: {check.error}")
                results[check.code, size, turn] = result
            results[check.code, size, "counts"] = check.looked_at, check.found
    show(checks, results)


def setup(env):
    company = env.company
    owner = person(env, "walker", "core_group_staff")
    site = env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
    site.medical_is_site = True
    rooms = env["stock.location"].create(
        [
            {
                "name": f"Exam {number}",
                "usage": "internal",
                "location_id": site.lot_stock_id.id,
                "medical_room_type": "exam",
            }
            for number in range(ROOMS)
        ]
    )
    checklist = env["medical.core.checklist"].create(
        {
            "name": "Exam room",
            "item_ids": [(0, 0, {"name": f"Item {number}"}) for number in range(ITEMS)],
        }
    )
    schedule = env["medical.core.schedule"].create(
        {
            "name": "Exam rooms",
            "checklist_id": checklist.id,
            "site_id": site.id,
            "room_ids": [(6, 0, rooms.ids)],
            "owner_id": owner.id,
        }
    )
    env.flush_all()
    return {
        "schedule": schedule.id,
        "checklist": checklist.id,
        "company": company.id,
        "site": site.id,
        "user": owner.id,
        "items": ITEMS,
        "rooms": rooms.ids,
        "number": ROOMS,
    }


def fill(env, practice, done, size):
    """Bring the practice to ``size`` rounds."""
    numbers = {"most": max(SIZES), "first": done + 1, "last": size}
    env.cr.execute(ROUNDS, {**practice, **numbers})
    rounds = [number for (number,) in env.cr.fetchall()]
    env.cr.execute(LINES, {**practice, "rounds": rounds})
    env.cr.execute("ANALYZE medical_core_round")
    env.cr.execute("ANALYZE medical_core_round_line")
    env.invalidate_all()


def show(checks, results):
    head = ["check"]
    for size in SIZES:
        head += [f"{size:,}: looked at", "found", "first s", "queries", "again s", "q."]
    rows = []
    for check in checks:
        row = [check.code]
        for size in SIZES:
            row += results[check.code, size, "counts"]
            for turn in ("first", "again"):
                result = results[check.code, size, turn]
                row += [result["seconds"], result["queries"]]
        rows.append(row)
    total = ["all"]
    for size in SIZES:
        total += [""] * 2
        for turn in ("first", "again"):
            some = [results[check.code, size, turn] for check in checks]
            total += [sum(r["seconds"] for r in some), sum(r["queries"] for r in some)]
    table(head, [*rows, total])
