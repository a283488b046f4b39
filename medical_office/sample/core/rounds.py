"""The sample practice's year of rounds: done day by day, a few missed, a few failed."""

from datetime import timedelta
from random import Random

from odoo import fields, models
from odoo.tools import SQL

FAILURES = (
    "Found out of place; corrected.",
    "Reported to the front desk lead.",
    "Not working; needs to be checked.",
    "Worn; needs to be replaced soon.",
)
MISSED_SHARE = 0.02
FAILED_SHARE = 0.04
# a miss older than this was looked into and excused
SETTLED_DAYS = 14
EXCUSE = "Short-staffed that day; the next round found everything in order."
# site, checklist, rooms, times, window in hours, who walks, who steps in
SCHEDULES = (
    ("lm", "opening", ("reception",), "07:15", 2, "murphy", "garcia"),
    ("ln", "opening", ("reception",), "07:15", 2, "walker", "ito"),
    ("lm", "closing", ("reception",), "17:00", 3, "garcia", "murphy"),
    ("ln", "closing", ("reception",), "17:00", 3, "ito", "walker"),
)
WEEKLY = (
    ("Exam rooms, weekly – Lakeside Main", "lm", "exam", tuple(f"exam_{n}" for n in range(1, 7)),
     "torres", "bailey"),
    ("Exam rooms, weekly – Lakeside North", "ln", "exam", tuple(f"exam_{n}" for n in range(1, 4)),
     "olsen", "davis"),
    ("Waiting room, weekly – Lakeside Main", "lm", "waiting", ("waiting_room",),
     "garcia", "murphy"),
)  # fmt: skip


class CoreSample(models.AbstractModel):
    _inherit = "medical.core.sample"

    def _load_rounds(self, practice):
        """Opening and closing every working day, rooms every week, for a year."""
        schedules = practice.env["medical.core.schedule"].create(
            self._schedule_values(practice)
        )
        practice.keep(
            {f"schedule_{index}": schedule for index, schedule in enumerate(schedules)}
        )
        # sudo: rounds are made by the program, whoever made the schedule
        history = schedules.sudo()._generate(
            practice.today - timedelta(days=365), practice.today - timedelta(days=1)
        )
        self._walk_history(practice, history)
        schedules._pen().generated_until = False
        schedules.sudo()._generate()  # sudo: as above

    def _schedule_values(self, practice):
        def values(site, checklist, rooms, owner, backup):
            rooms = [practice.get(f"room_{site}_{room}") for room in rooms]
            return {
                "checklist_id": self.env.ref(
                    f"medical_office.core_checklist_{checklist}"
                ).id,
                "company_id": practice.company.id,
                "site_id": practice.get(f"site_{site}").id,
                "department_id": rooms[0].medical_department_id.id,
                "room_ids": [fields.Command.set([room.id for room in rooms])],
                "owner_id": practice.user(owner).id,
                "backup_id": practice.user(backup).id,
                "date_start": practice.today - timedelta(days=365),
            }

        daily = [
            {**values(site, checklist, rooms, owner, backup), "times": times,
             "window_hours": window, "frequency": "daily"}
            for site, checklist, rooms, times, window, owner, backup in SCHEDULES
        ]  # fmt: skip
        weekly = [
            {**values(site, checklist, rooms, owner, backup), "times": "12:00",
             "window_hours": 30, "frequency": "weekly", "skip_closed": "next",
             "mon": False, "wed": False, "thu": False, "fri": False, "name": name}
            for name, site, checklist, rooms, owner, backup in WEEKLY
        ]  # fmt: skip
        return daily + weekly

    def _walk_history(self, practice, rounds):
        """Answer, sign or miss the rounds of the past, each in its own time.

        The rules of the phone screen hold for today, not for a made-up past: the answers
        are written past them, and no hook is called for a failure of last spring.
        """
        rounds = rounds.sudo()._pen()  # sudo: nobody signs in the name of others
        rounds._ensure_lines()
        chance = Random("Lakeside")
        latest = self._latest_opening(practice, rounds)
        missed = latest | rounds.filtered(lambda _one: chance.random() < MISSED_SHARE)
        done = rounds - missed
        self._answer_lines(done, chance)
        missed.write({"state": "missed"})
        done.write({"state": "done"})
        settled = practice.today - timedelta(days=SETTLED_DAYS)
        missed.filtered(
            lambda one: practice.company._medical_day(one.date_due) < settled
        ).write(
            {
                "is_excused": True,
                "excuse_reason": EXCUSE,
                "excused_by_id": practice.user("alvarez").id,
            }
        )
        self.env.flush_all()
        self._date_history(rounds)
        self.env.invalidate_all()

    def _latest_opening(self, practice, rounds):
        """The last opening round at the main site: missed, for the story of the docs."""
        schedule = practice.get("schedule_0")
        return rounds.filtered(lambda one: one.schedule_id == schedule).sorted(
            "date_due", reverse=True
        )[:1]

    def _answer_lines(self, rounds, chance):
        failed = {}
        latest = {one.schedule_id: one for one in rounds.sorted("date_due")}
        unsettled = set(list(latest.values())[1:4])  # something to do today
        for one in rounds:
            if chance.random() < FAILED_SHARE or one in unsettled:
                checks = one.line_ids.filtered(lambda x: x.item_type == "pass_fail")
                if checks:
                    line = chance.choice(checks)
                    failed[line.id] = chance.choice(FAILURES)
        by_values = {}
        for line in rounds.line_ids:
            values = self._past_answer(line, failed, chance)
            by_values.setdefault(tuple(values.items()), []).append(line.id)
        lines = rounds.line_ids.browse()
        for values, ids in by_values.items():
            # past the entry of answers, which asks for an open round; not past the guard,
            # whose pen these records hold
            models.BaseModel.write(lines.browse(ids), dict(values))

    def _past_answer(self, line, failed, chance):
        if line.id in failed:
            return {"result": "fail", "note": failed[line.id]}
        if line.item_type == "number":
            number = _good_number(line.limit_min, line.limit_max, chance)
            return {"result": "pass", "value_number": number}
        if line.item_type == "choice":
            good = line.item_id.choice_ids.filtered(lambda c: not c.is_failure)[:1]
            return {"result": "pass", "value_choice_id": good.id}
        if line.item_type == "photo":
            return {"result": "na"}
        return {"result": "pass"}

    def _date_history(self, rounds):
        """Who did it and when, as the day's course would have it."""
        # sql: who did it and when is the program's to say, here of a made-up past
        self.env.cr.execute(
            SQL(
                """
                UPDATE medical_core_round r
                   SET started_at = CASE state WHEN 'done' THEN date_due END,
                       signed_at = CASE state
                           WHEN 'done' THEN date_due + interval '25 minutes' END,
                       signed_by_id = CASE state WHEN 'done' THEN user_id END,
                       missed_at = CASE state WHEN 'missed' THEN date_late END,
                       excused_at = CASE WHEN is_excused
                           THEN date_late + interval '1 day' END
                 WHERE id = ANY(%s)
                """,
                rounds.ids,
            )
        )
        # sql: as above
        self.env.cr.execute(
            SQL(
                """
                UPDATE medical_core_round_line l
                   SET entered_at = r.started_at + interval '10 minutes',
                       entered_by_id = r.user_id
                  FROM medical_core_round r
                 WHERE r.id = l.round_id AND r.state = 'done' AND r.id = ANY(%s)
                """,
                rounds.ids,
            )
        )


def _good_number(low, high, chance):
    """A reading that passes: near the middle of two limits, else a little within one."""
    step = chance.randint(-1, 1)
    if low is not False and high is not False:
        return round((low + high) / 2 + step * min(1.0, (high - low) / 8), 2)
    if low is not False:
        return round(low * 1.2 + 1 + step / 2, 2)
    return round(high * (0.5 + step / 5), 2) if high is not False else 2.0 + step
