"""Money held: the ranked list, its total, the checks, the clocks and what a lapse costs."""

from datetime import date
from decimal import Decimal

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ...tools.payer.enroll.money import Pending, ranked
from .payer_case import TODAY, PayerCase


@tagged("post_install", "-at_install")
class TestPayerHeld(PayerCase):
    def rows(self, role="accountant"):
        return self.env["medical.payer.held"].with_user(self.users[role]).search([])

    def test_the_list_is_the_calculation_ranked(self):
        made = self.enroll(visits_week="10.5", payment_visit="104.37")
        made |= self.enroll(
            payer_id=self.federal.id,
            line_id=self.medicare.id,
            date_needed="2026-08-02",
            visits_week=3,
            payment_visit=88,
        )
        made |= self.enroll(
            provider_id=self.employees["head"].id, date_needed="2026-12-15"
        )
        expected = [
            (key, amount)
            for key, amount in ranked(
                [
                    Pending(
                        one.id,
                        one.date_needed,
                        Decimal(str(one.visits_week)),
                        Decimal(str(one.payment_visit)),
                    )
                    for one in made
                ],
                TODAY,
            )
            if amount
        ]
        found = [(row.enrollment_id.id, Decimal(str(row.money))) for row in self.rows()]
        self.assertEqual(found, expected)
        self.assertEqual(
            self.company._medical_money_held(TODAY)[self.company.id],
            float(sum(amount for _key, amount in expected)),
        )

    def test_money_is_released_with_the_claims(self):
        one = self.enroll()  # 29 days x 3 visits x $120
        self.assertEqual(self.rows().money, 10440)
        self.make_effective(one)
        self.assertEqual(self.rows().money, 10440)
        one.action_release_claims()
        self.assertFalse(self.rows())
        self.assertEqual(self.company._medical_money_held(TODAY)[self.company.id], 0)

    def renewal(self, terminated=None):
        """An enrollment that is in force, and the next one pending beside it."""
        old = self.make_effective(self.enroll(date_needed="2024-01-01"), "2024-01-01")
        old.action_release_claims()
        if terminated:
            old.date_terminated = terminated
            old.action_terminate("The payer ended it")
        return self.enroll()  # needed since November 1, 29 days ago

    def matrix_late(self, pending):
        self.env.invalidate_all()
        row = pending.matrix(only_pending=True)["rows"][0]
        return row["cells"][self.badger.id]["late"], row["money"]

    def test_a_recredentialing_beside_an_effective_enrollment_holds_nothing(self):
        pending = self.renewal()
        self.assertTrue(pending.is_covered)
        self.assertFalse(self.rows())
        self.assertEqual(self.company._medical_money_held(TODAY)[self.company.id], 0)
        self.assertEqual(self.matrix_late(pending), (0, 0))
        [row] = self.found("_medical_check_stalled")  # late by its plan, no money
        self.assertEqual((row.res_id, row.money_at_risk), (pending.id, 0))
        hold = [("claims", "=", "held"), ("is_covered", "=", False)]
        self.assertFalse(pending.search(hold))
        self.assertEqual(pending.search([("is_covered", "=", True)]), pending)

    def test_a_terminated_enrollment_that_is_planned_again_holds_money(self):
        pending = self.renewal("2026-10-31")
        self.assertFalse(pending.is_covered)
        self.assertEqual((self.rows().days, self.rows().money), (29, 10440))
        self.assertEqual(self.matrix_late(pending), (29, 10440))

    def test_money_is_held_from_the_day_after_it_lapses(self):
        pending = self.renewal("2026-11-30")
        old = pending.search([("state", "=", "terminated")])
        for last, days in (("2026-11-30", 0), ("2026-11-29", 0), ("2026-11-28", 1)):
            with self.subTest(last=last):
                old._pen().write({"date_terminated": last})
                self.env.invalidate_all()
                self.assertEqual(self.rows().mapped("days"), [days] if days else [])
                self.assertEqual(pending.is_covered, last == "2026-11-30")
        self.assertEqual(self.rows().money_day, 360)

    def test_another_site_line_or_provider_covers_nothing(self):
        pending = self.renewal()
        other = self.enroll(provider_id=self.employees["head"].id)
        self.assertEqual(self.rows().enrollment_id, other)
        self.assertTrue(pending.is_covered)

    def test_what_was_given_up_while_pending_never_paid(self):
        given_up = self.enroll()
        given_up.action_gather()
        given_up.action_submit()
        given_up.date_effective = "2026-11-01"
        given_up.action_terminate("Withdrawn")
        self.assertFalse(given_up.date_effective)
        self.env.flush_all()  # a call of its own, in which the next one is begun
        pending = self.enroll()
        self.assertEqual(self.rows().money, 10440)
        self.assertFalse(pending.is_covered)
        self.make_effective(pending, "2026-11-10")

    def test_the_cockpit_says_the_total_to_who_may_see_it(self):
        self.enroll()
        desk = self.env["medical.core.desk"]
        for role, told in (("manager", True), ("director", True), ("staff", False)):
            rows = desk.with_user(self.users[role])._ahead(TODAY, TODAY)
            texts = [row.text for row in rows]
            self.assertEqual(any("10,440" in text for text in texts), told, role)

    def test_many_enrollments_take_no_more_queries(self):
        counts = []
        people = self.env["hr.employee"].create(
            [
                {"name": f"Provider {number}", "company_id": self.company.id}
                for number in range(12)
            ]
        )
        for some in (people[:2], people[2:]):
            for person in some:
                self.enroll(provider_id=person.id)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.rows().read(["money", "payer_id", "provider_id"])
            report = self.env["report.medical_office.payer_matrix"]
            own = [("company_id", "=", self.company.id)]
            docs = self.env["medical.payer.enrollment"].search(own)
            report._sheets(docs, {})
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1)

    # ------------------------------------------------------------------------ checks

    def found(self, method, model="enrollment"):
        rows = getattr(self.env[f"medical.payer.{model}"], method)().rows
        return [row for row in rows if row.company_id == self.company.id]

    def test_a_stalled_enrollment_is_found_with_its_money(self):
        one = self.enroll()
        [row] = self.found("_medical_check_stalled")
        self.assertIn("should have been started by", row.summary)
        self.assertEqual(row.money_at_risk, 10440)
        self.assertEqual(row.user_id, self.users["hr"].id)
        one.action_gather()
        [row] = self.found("_medical_check_stalled")
        self.assertIn("should have been submitted by", row.summary)
        one.action_submit()
        one.next_touch = "2026-12-05"
        [row] = self.found("_medical_check_stalled")
        self.assertIn("needed since", row.summary)
        one.next_touch = "2026-11-29"
        [row] = self.found("_medical_check_stalled")
        self.assertIn("follow-up was due on 11/29/2026", row.summary)
        one.action_return("Page 3")
        [row] = self.found("_medical_check_stalled")
        self.assertIn("returned it", row.summary)
        self.make_effective(one)
        self.assertFalse(self.found("_medical_check_stalled"))

    def test_what_lies_ahead_is_not_stalled(self):
        self.enroll(date_needed="2027-10-01")
        self.assertFalse(self.found("_medical_check_stalled"))

    def test_claims_held_after_the_effective_day_are_found(self):
        one = self.make_effective(self.enroll())
        [row] = self.found("_medical_check_claims")
        self.assertIn("effective since 11/20/2026", row.summary)
        one.action_release_claims()
        self.assertFalse(self.found("_medical_check_claims"))

    # ------------------------------------------------------------------------ clocks

    def clock(self, role="hr", **values):
        clocks = self.env["medical.payer.clock"].with_user(self.users[role])
        return clocks.create(
            {
                "provider_id": self.provider.id,
                "kind": "caqh",
                "done_on": "2026-08-10",
                "company_id": self.company.id,
                "user_id": self.users["hr"].id,
                **values,
            }
        )

    def test_an_attestation_is_due_after_120_days_and_a_lapse_has_its_price(self):
        clock = self.clock()
        self.assertEqual(clock.date_due, date(2026, 12, 8))
        self.assertTrue(clock.is_checked)
        self.make_effective(self.enroll())
        self.env.invalidate_all()
        self.assertEqual((clock.lapse_day, clock.lapse_cost), (360, 10800))
        [row] = self.found("_medical_check_attestation", "clock")
        self.assertIn("due on 12/08/2026", row.summary)
        self.assertIn("360", row.summary)
        self.clock(done_on="2026-11-30")
        self.assertFalse(self.found("_medical_check_attestation", "clock"))
        self.env.invalidate_all()
        self.assertFalse(clock.is_latest)

    def test_the_notice_goes_before_the_table(self):
        clock = self.clock(
            kind="medicare", payer_id=self.federal.id, done_on="2022-03-01"
        )
        self.assertEqual(clock.date_due, date(2027, 3, 1))
        [row] = self.found("_medical_check_revalidation", "clock")
        self.assertIn("03/01/2027", row.summary)
        clock.date_given = "2027-08-31"
        self.assertEqual(clock.date_due, date(2027, 8, 31))
        self.assertFalse(self.found("_medical_check_revalidation", "clock"))

    def test_an_unchecked_interval_says_so(self):
        clock = self.clock(
            kind="medicaid", payer_id=self.federal.id, done_on="2021-12-15"
        )
        self.assertFalse(clock.is_checked)
        [row] = self.found("_medical_check_revalidation", "clock")
        self.assertIn("not checked at its source", row.summary)

    def test_medicaid_runs_by_the_state_of_its_program(self):
        wisconsin = self.env.ref("base.state_us_50")
        self.federal.state_id = wisconsin
        clock = self.clock(
            kind="medicaid", payer_id=self.federal.id, done_on="2023-12-15"
        )
        self.assertEqual(clock.date_due, date(2026, 12, 15))
        self.assertTrue(clock.is_checked)
        self.assertIn("ForwardHealth", clock.source)
        self.federal.state_id = False
        self.assertEqual(clock.date_due, date(2028, 12, 15))

    def test_a_clock_is_not_rewritten_and_has_its_payer(self):
        with self.assertRaisesRegex(ValidationError, "choose the payer"):
            self.clock(kind="medicare")
        with self.assertRaisesRegex(ValidationError, "one for all payers"):
            self.clock(payer_id=self.federal.id)
        clock = self.clock()
        with self.assertRaises(AccessError):
            clock.done_on = "2026-11-01"
        with self.assertRaises(AccessError):
            self.clock("director")
