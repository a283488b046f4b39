"""Rounds: planning a year ahead, and opening the record of years.

Planning: a year of rounds for N and 10N schedules (twice each open day), as the cron does
it. Reading: the list of rounds as the office manager opens it, with 10,000 and 100,000
rounds of ten lines each (the second is what 20 sites leave behind in a year). The rows to
read are written by SQL, so that only the reading is measured. Nothing is kept.

Run: ``make bench ONLY=rounds``
"""

import time
from contextlib import contextmanager
from datetime import timedelta

from odoo import Command, fields

SCHEDULES = (50, 500)
ROUNDS = (10_000, 100_000)
LINES = 10


def main(env):
    practice = Practice(env)
    print(f"{'planning a year':<34}{'seconds':>10}{'rounds':>10}{'queries':>10}")
    for count in SCHEDULES:
        practice.plan(count)
    rows = [practice.read(count) for count in ROUNDS]
    heads = "".join(f"{f'{count:,} rounds':>24}" for count in ROUNDS)
    print(f"\n{'reading':<34}{heads}")
    for name in rows[0]:
        cells = "".join(
            f"{f'{row[name][0] * 1000:,.0f} ms, {row[name][1]} queries':>24}"
            for row in rows
        )
        print(f"{name:<34}{cells}")


class Practice:
    """One company with a site, six rooms and a checklist of ten items."""

    def __init__(self, env):
        self.env = env
        groups = ("medical_office.core_group_manager", "base.group_user")
        self.manager = env["res.users"].create(
            {
                "name": "Manager",
                "login": "bench_manager",
                "group_ids": [Command.set([env.ref(group).id for group in groups])],
            }
        )
        self.site = env["stock.warehouse"].search(
            [("company_id", "=", env.company.id)], limit=1
        )
        self.site.medical_is_site = True
        self.rooms = env["stock.location"].create(
            [
                {
                    "name": f"Exam {number}",
                    "location_id": self.site.lot_stock_id.id,
                    "medical_room_type": "exam",
                }
                for number in range(6)
            ]
        )
        items = [Command.create({"name": f"Item {number}"}) for number in range(LINES)]
        self.checklist = env["medical.core.checklist"].create(
            {"name": "Bench", "item_ids": items}
        )
        env.flush_all()

    def schedules(self, count):
        return self.env["medical.core.schedule"].create(
            [
                {
                    "name": f"Schedule {number}",
                    "checklist_id": self.checklist.id,
                    "site_id": self.site.id,
                    "room_ids": [Command.set(self.rooms[number % 6].ids)],
                    "owner_id": self.manager.id,
                    "times": "08:00, 17:00",
                }
                for number in range(count)
            ]
        )

    @contextmanager
    def undone(self):
        """Whatever happens inside is taken back."""
        self.env.flush_all()
        with self.env.cr.savepoint() as savepoint:
            yield
            self.env.flush_all()
            savepoint.rollback()
        self.env.invalidate_all()

    def timed(self, work):
        """(result, seconds, queries) of ``work`` with empty caches."""
        self.env.flush_all()
        self.env.invalidate_all()
        queries, start = self.env.cr.sql_log_count, time.perf_counter()
        result = work()
        self.env.flush_all()
        return (
            result,
            time.perf_counter() - start,
            self.env.cr.sql_log_count - queries,
        )

    def plan(self, count):
        """Plan a year for ``count`` schedules."""
        with self.undone():
            schedules = self.schedules(count)
            today = schedules[0]._today()
            rounds, seconds, queries = self.timed(
                lambda: schedules._generate(today, today + timedelta(days=364))
            )
            name = f"{count} schedules"
            print(f"{name:<34}{seconds:>10.1f}{len(rounds):>10,}{queries:>10,}")

    def read(self, count):
        """{what is opened: (seconds, queries)} with ``count`` rounds in the database."""
        with self.undone():
            self.write_history(count)
            rounds = self.env["medical.core.round"].with_user(self.manager)
            lines = self.env["medical.core.round.line"].with_user(self.manager)
            spec = {
                name: {"fields": {"display_name": {}}}
                if rounds._fields[name].type == "many2one"
                else {}
                for name in (
                    "date_due",
                    "schedule_id",
                    "site_id",
                    "user_id",
                    "open_count",
                    "failed_count",
                    "signed_by_id",
                    "state",
                )
            }
            failed = [("failed_count", ">", 0)]
            month = [
                ("state", "=", "missed"),
                ("date_due", ">=", fields.Datetime.now() - timedelta(days=30)),
            ]
            one = rounds.search([], limit=1)
            works = {
                "first page of the list": lambda: rounds.web_search_read(
                    [], spec, limit=80, count_limit=10001
                ),
                "page 100": lambda: rounds.web_search_read(
                    [], spec, offset=8000, limit=80, count_limit=10001
                ),
                "filter: missed in 30 days": lambda: rounds.web_search_read(
                    month, spec, limit=80, count_limit=10001
                ),
                "filter: failed": lambda: rounds.web_search_read(
                    failed, spec, limit=80, count_limit=10001
                ),
                "search by the schedule's name": lambda: rounds.web_search_read(
                    [("schedule_id", "ilike", "Schedule 7")],
                    spec,
                    limit=80,
                    count_limit=10001,
                ),
                "grouped by state": lambda: rounds.web_read_group(
                    [], ["state"], ["open_count:sum", "failed_count:sum"]
                ),
                "grouped by week": lambda: rounds.web_read_group(
                    [], ["date_due:week"], ["open_count:sum", "failed_count:sum"]
                ),
                "one round with its lines": lambda: one.web_read(
                    {**spec, "line_ids": {"fields": {"name": {}, "result": {}}}}
                ),
                "findings: failed lines": lambda: lines.web_search_read(
                    [("result", "=", "fail")],
                    {"name": {}, "answer": {}, "target_name": {}, "date_due": {}},
                    limit=80,
                    count_limit=10001,
                ),
                "phone: what is due now": rounds.phone_rooms,
            }
            for work in works.values():
                work()  # the registry's own caches are warm on a running server
            return {name: self.timed(work)[1:] for name, work in works.items()}

    def write_history(self, count):
        """``count`` signed, failed and missed rounds with their lines, up to yesterday."""
        schedules = self.schedules(50)
        # a round stands for a schedule and a day: spread over two years at most
        self.env.flush_all()
        values = {
            "count": count,
            "schedules": schedules.ids,
            "checklist": self.checklist.id,
            "company": self.env.company.id,
            "site": self.site.id,
            "user": self.manager.id,
            "rooms": self.rooms.ids,
        }
        self.env.cr.execute(
            """
            INSERT INTO medical_core_round
                   (schedule_id, checklist_id, checklist_version, company_id, site_id,
                    date_due, date_open, date_late, state, user_id, signed_by_id,
                    signed_at, line_count, open_count, failed_count, create_date)
            SELECT (%(schedules)s::int[])[1 + n %% 50], %(checklist)s, 1, %(company)s,
                   %(site)s, due, due - interval '1 hour', due + interval '3 hours',
                   CASE WHEN n %% 40 = 0 THEN 'missed' ELSE 'done' END, %(user)s,
                   CASE WHEN n %% 40 <> 0 THEN %(user)s END,
                   CASE WHEN n %% 40 <> 0 THEN due END,
                   10, CASE WHEN n %% 40 = 0 THEN 10 ELSE 0 END,
                   CASE WHEN n %% 25 = 1 THEN 1 ELSE 0 END, due
              FROM generate_series(0, %(count)s - 1) AS n,
                   LATERAL (SELECT date_trunc('hour', now() AT TIME ZONE 'UTC')
                            - interval '1 day' - (n / 50) * interval '4 hours' AS due
                           ) AS moment
            """,
            values,
        )
        self.env.cr.execute(
            """
            INSERT INTO medical_core_round_line
                   (round_id, item_id, company_id, date_due, room_id, name, item_type,
                    required, severity, result, entered_at, create_date)
            SELECT r.id, i.id, r.company_id, r.date_due,
                   (%(rooms)s::int[])[1 + r.id %% 6], i.name, 'pass_fail', true,
                   'medium',
                   CASE WHEN r.state = 'missed' THEN 'open'
                        WHEN r.failed_count > 0 AND i.sequence_number = 1 THEN 'fail'
                        ELSE 'pass' END, r.date_due, r.date_due
              FROM medical_core_round AS r
              JOIN (SELECT id, name, row_number() OVER (ORDER BY id) AS sequence_number
                      FROM medical_core_checklist_item
                     WHERE checklist_id = %(checklist)s) AS i ON true
             WHERE r.checklist_id = %(checklist)s
            """,
            values,
        )
        for table in ("medical_core_round", "medical_core_round_line"):
            self.env.cr.execute(f"ANALYZE {table}")
        self.env.invalidate_all()
