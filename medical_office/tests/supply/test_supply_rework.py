"""Excursions depend on what is on record, not on the order in which it came."""

from datetime import date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from .logger_case import LoggerCase

START = datetime(2026, 11, 18, 6)
STEP = timedelta(minutes=30)
PLACES = 14
CELSIUS = st.sampled_from(["5", "5", "9", "11", "1", "-0.5"])

# a file: {place: degrees}, and whether it is withdrawn in the end
FILE = st.tuples(
    st.dictionaries(st.integers(0, PLACES), CELSIUS, min_size=1, max_size=8),
    st.booleans(),
)
# a look at the display: place (15 minutes after a reading), degrees Fahrenheit
LOOK = st.tuples(st.integers(0, PLACES), st.sampled_from([41.0, 41.0, 50.0, 34.0]))


@tagged("post_install", "-at_install")
class TestSupplyRework(LoggerCase):
    def play(self, unit, steps):
        """Import, look and withdraw in this order; what stands in the end."""
        files = {}
        for kind, what, number in steps:
            if kind == "file":
                rows = "".join(
                    f"{START + place * STEP:%Y-%m-%d %H:%M},{what[place]}\n"
                    for place in sorted(what)
                )
                before = self.files(unit)
                self.wizard(rows, unit=unit, clock="fixed").action_import()
                files[number] = self.files(unit) - before
            elif kind == "look":
                place, degrees = what
                self.look(unit, START + place * STEP + STEP / 2, degrees)
            elif files.get(number):
                files[number].with_user(self.users["manager"]).action_withdraw("Wrong")
        return sorted(
            (one.kind, one.started_at, one.ended_at, round(one.worst, 2))
            for one in self.excursions(unit)
            if not one.part_of_id and not one.is_unfounded
        )

    def look(self, unit, at, degrees):
        line = self.line_of(unit)
        line.with_user(self.users["staff"])._enter(
            {"value_number": degrees}, at=at, confirmed=True
        )

    def line_of(self, unit):
        schedule = self.env["medical.core.schedule"].create(
            {
                "checklist_id": self.env.ref(
                    "medical_office.facility_checklist_vaccine_refrigerator"
                ).id,
                "equipment_ids": [(6, 0, unit.ids)],
                "company_id": self.company.id,
                "owner_id": self.users["staff"].id,
                "backup_id": self.users["head"].id,
                "frequency": "daily",
                "times": "12:00",
                "window_hours": 4,
                "date_start": "2026-11-24",
            }
        )
        day = date(2026, 11, 24)
        schedule._generate(day, day)
        one = self.env["medical.core.round"].search(
            [("schedule_id", "=", schedule.id)], limit=1
        )
        one.with_user(self.users["staff"]).action_start()
        item = self.env.ref(
            "medical_office.facility_checklist_vaccine_refrigerator_now"
        )
        return one.line_ids.filtered(lambda line: line.item_id == item)

    @settings(
        max_examples=12,
        deadline=None,
        suppress_health_check=[
            HealthCheck.too_slow,
            HealthCheck.function_scoped_fixture,
        ],
    )
    @given(
        files=st.lists(FILE, min_size=1, max_size=3),
        looks=st.lists(LOOK, max_size=2, unique_by=lambda one: one[0]),
        data=st.data(),
    )
    def test_the_result_does_not_depend_on_order_splits_or_what_was_withdrawn(
        self, files, looks, data
    ):
        # what counts in the end, in order of time: whole files, nothing withdrawn
        plain = [
            ("file", rows, number)
            for number, (rows, gone) in enumerate(files)
            if not gone
        ]
        seen = [("look", look, None) for look in sorted(looks)]
        # the same in another order, split, with what is withdrawn on the way
        pieces = []
        for number, (rows, gone) in enumerate(files):
            cut = data.draw(st.integers(0, len(rows)), label="cut")
            places = sorted(rows)
            parts = (
                [places]
                if gone or cut in (0, len(rows))
                else [places[:cut], places[cut:]]
            )
            pieces += [
                ("file", {place: rows[place] for place in part}, (number, at))
                for at, part in enumerate(parts)
            ]
        steps = data.draw(st.permutations(pieces + seen), label="order")
        for number, (_rows, gone) in enumerate(files):
            if gone:
                at = next(i for i, s in enumerate(steps) if s[2] == (number, 0))
                place = data.draw(st.integers(at + 1, len(steps)), label="withdrawn")
                steps.insert(place, ("withdraw", None, (number, 0)))
        with self.cr.savepoint() as savepoint:
            expected = self.play(self.fridge_named("Plain"), plain + seen)
            found = self.play(self.fridge_named("Other"), steps)
            savepoint.rollback()
            self.env.invalidate_all()
        self.assertEqual(found, expected)
