"""Declared transitions, tried on rounds and exceptions, which are made of them."""

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .round_case import RoundCase


@tagged("post_install", "-at_install")
class TestCoreWorkflow(RoundCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.check = cls.env.ref("medical_office.core_check_round_missed")
        cls.exceptions = cls.new_exceptions(3)

    @classmethod
    def new_exceptions(cls, count, **values):
        return cls.env["medical.core.exception"].create(
            [
                {
                    "summary": f"Number {number}",
                    "check_id": cls.check.id,
                    "domain": "core",
                    "res_model": "stock.location",
                    "res_id": cls.exam_1.id,
                    "key": f"{count} {number}",
                    "company_id": cls.company.id,
                    "department_id": cls.nursing.id,
                    "severity": "high",
                    "date_opened": "2026-11-24 12:00:00",
                    **values,
                }
                for number in range(count)
            ]
        )

    def test_each_step_is_told_once(self):
        """The workflow keeps the trace, with its reason: a tracked state told it again."""
        workflow = self.env.registry["medical.core.workflow"]
        twice = [
            name
            for name in sorted(self.env.registry)
            if isinstance(self.env[name], workflow)
            and getattr(self.env[name]._fields.get("state"), "tracking", None)
        ]
        self.assertFalse(twice)

    # ----------------------------------------------------------------- past the steps

    def test_a_record_is_born_in_its_first_state(self):
        with self.assertRaisesRegex(UserError, "starts as “Open”"):
            self.new_exceptions(1, state="closed")
        born = self.new_exceptions(1, state="open")
        self.assertEqual(born.state, "open")

    def test_a_state_is_not_written_and_nothing_else_with_it(self):
        with self.assertRaisesRegex(UserError, "is changed with its buttons"):
            self.exceptions.write({"state": "closed", "summary": "Gone"})
        self.assertEqual(set(self.exceptions.mapped("state")), {"open"})
        self.assertEqual(self.exceptions[0].summary, "Number 0")

    def test_a_step_that_is_not_declared(self):
        self.exceptions._move_to("closed")
        with self.assertRaisesRegex(
            UserError, "cannot go from “Closed” to “Waived”.*Reload"
        ):
            self.exceptions._move_to("waived", "Because")

    def test_a_step_on_a_round_that_somebody_else_moved_meanwhile(self):
        self.assertEqual(self.exceptions[0].state, "open")  # now in the cache
        self.env.cr.execute(
            "UPDATE medical_core_exception SET state = 'closed' WHERE id = %s",
            [self.exceptions[0].id],
        )
        with self.assertRaisesRegex(UserError, "cannot go from “Closed”"):
            self.exceptions[0]._move_to("requested", "Because")

    def test_one_that_cannot_go_keeps_all_where_they_are(self):
        self.exceptions[2]._move_to("closed")
        with self.assertRaises(UserError):
            self.exceptions._move_to("requested", "Because")
        self.assertEqual(self.exceptions.mapped("state"), ["open", "open", "closed"])

    def test_a_step_of_the_program_is_taken_by_no_button(self):
        """Whoever moves, lent rights or not: the method of the program names the step."""
        # sudo: what buttons of the register lend themselves
        lent = self.exceptions.with_user(self.users["manager"]).sudo()
        with self.assertRaisesRegex(UserError, "Open.*Closed.*nobody moves it"):
            lent._move_to("closed")
        self.assertEqual(set(self.exceptions.mapped("state")), {"open"})
        lent._program_step("closed")
        self.assertEqual(set(self.exceptions.mapped("state")), {"closed"})

    def test_nothing_to_move(self):
        self.assertIsNone(self.exceptions.browse()._move_to("no such state"))

    # ---------------------------------------------------------------------- the roles

    def test_a_step_takes_its_role_and_says_which(self):
        missed = self.missed_round()
        with self.assertRaisesRegex(AccessError, "Required role: Department Head"):
            missed.with_user(self.owner)._move_to("in_progress", "Network was down")
        missed.with_user(self.users["head"])._move_to("in_progress", "It was down")
        self.assertEqual(missed.state, "in_progress")

    def test_who_may_not_write_moves_nothing(self):
        with self.assertRaises(AccessError):
            self.exceptions.with_user(self.users["manager"])._move_to("closed")

    def test_who_asked_does_not_approve(self):
        one = self.exceptions[0]
        one.with_user(self.users["manager"]).action_waive("Spare", "2026-12-01")
        self.assertEqual(one.state, "requested")
        self.assertEqual(one.waived_by_id, self.users["manager"])
        with self.assertRaisesRegex(AccessError, "somebody else"):
            one.with_user(self.users["manager"]).action_approve_waiver()
        one.with_user(self.users["director"]).action_approve_waiver()
        self.assertEqual(one.state, "waived")
        self.assertEqual(one.waive_approved_by_id, self.users["director"])

    def test_one_own_record_among_many_is_refused_with_them(self):
        one, *_others = self.exceptions
        one.with_user(self.users["manager"]).action_waive("Spare", "2026-12-01")
        others = self.exceptions - one
        others.with_user(self.users["head"]).action_waive("Spare", "2026-12-01")
        with self.assertRaisesRegex(AccessError, "Number 0: somebody else"):
            self.exceptions.with_user(self.users["manager"]).action_approve_waiver()
        self.assertEqual(set(self.exceptions.mapped("state")), {"requested"})

    # --------------------------------------------------------------------- the reason

    def test_a_step_that_needs_a_reason(self):
        missed = self.missed_round().with_user(self.users["head"])
        for reason in (None, "", "  \n", 5, ["x"]):
            with self.subTest(reason), self.assertRaisesRegex(UserError, "reason"):
                missed._move_to("in_progress", reason)
        # a pair needs it, the same state from elsewhere does not
        self.new_round().with_user(self.owner)._move_to("in_progress")

    def test_the_dialog_hands_the_reason_on(self):
        missed = self.missed_round()
        head = self.users["head"]
        action = (
            missed.with_user(head)
            .with_context(medical_reason_method="action_reopen")
            .action_ask_reason()
        )
        wizard = (
            self.env[action["res_model"]]
            .with_user(head)
            .with_context(**action["context"])
            .create({"reason": "The network was down"})
        )
        wizard.action_confirm()
        self.assertEqual(missed.state, "in_progress")
        self.assertIn("The network was down", missed.message_ids[0].body)
        with self.assertRaisesRegex(UserError, "nothing but blanks"):
            wizard.copy({"reason": " "})

    def test_the_chatter_says_who_moved_it_and_why(self):
        self.exceptions.with_user(self.users["head"]).action_waive(
            "A new one is ordered", "2026-12-01"
        )
        for one in self.exceptions:
            message = one.message_ids[0]
            self.assertIn("Open → Waiver requested: A new one is", message.body)
            self.assertEqual(message.author_id, self.users["head"].partner_id)

    # --------------------------------------------------------------- hooks, and speed

    def test_hooks_see_all_records_before_and_after(self):
        seen = []
        model = type(self.exceptions)

        def hook(name):
            def note(records):
                seen.append((name, records, set(records.mapped("state"))))

            return patch.object(model, name, note, create=True)

        with hook("_before_closed"), hook("_after_closed"):
            self.exceptions._move_to("closed")
        self.assertEqual(
            seen,
            [
                ("_before_closed", self.exceptions, {"open"}),
                ("_after_closed", self.exceptions, {"closed"}),
            ],
        )

    def test_the_queries_do_not_grow_with_the_records(self):
        def queries(count):
            records = self.new_exceptions(count)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records._move_to("closed", "The cause is gone")
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        queries(1)  # what is looked up once
        few, many = queries(5), queries(50)
        self.assertLessEqual(many, few)
