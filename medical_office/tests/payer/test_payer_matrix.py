"""The enrollment matrix: one cell for a provider and a payer, in words, for who may."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .payer_case import PayerCase


@tagged("post_install", "-at_install")
class TestPayerMatrix(PayerCase):
    def matrix(self, role="hr", **filters):
        enrollments = self.env["medical.payer.enrollment"]
        return enrollments.with_user(self.users[role]).matrix(**filters)

    def cell(self, data, payer=None, provider=None):
        rows = {row["id"]: row for row in data["rows"]}
        return rows[(provider or self.provider).id]["cells"][(payer or self.badger).id]

    def test_a_cell_says_how_far_it_is_and_how_late(self):
        one = self.enroll()  # needed November 1, today is November 30
        data = self.matrix()
        self.assertEqual(
            self.cell(data),
            {
                "status": "planned",
                "label": "Planned",
                "detail": "needed Nov 1, 2026",
                "late": 29,
                "count": 1,
                "enrollment": one.id,
            },
        )
        self.assertEqual(data["rows"][0]["money"], 29 * 3 * 120)
        self.make_effective(one)
        cell = self.cell(self.matrix())
        self.assertEqual(
            (cell["label"], cell["detail"], cell["late"]),
            ("Effective", "since Nov 20, 2026", 0),
        )

    def test_several_enrollments_are_called_by_what_is_furthest_behind(self):
        other = self.env["stock.warehouse"].create(
            {"name": "North", "code": "NX", "company_id": self.company.id}
        )
        self.make_effective(self.enroll())
        behind = self.enroll(site_id=other.id)
        cell = self.cell(self.matrix())
        self.assertEqual((cell["status"], cell["count"]), ("planned", 2))
        self.assertFalse(cell["enrollment"], "a list is opened, not one of them")
        cell = self.cell(self.matrix(site_id=other.id))
        self.assertEqual(cell["enrollment"], behind.id)

    def test_what_was_terminated_counts_only_where_nothing_else_is(self):
        old = self.enroll()
        old.action_terminate("Left the plan")
        self.assertEqual(self.cell(self.matrix())["status"], "terminated")
        new = self.make_effective(self.enroll())
        cell = self.cell(self.matrix())
        self.assertEqual((cell["status"], cell["enrollment"]), ("effective", new.id))

    def test_filters_leave_out_providers_and_payers(self):
        self.make_effective(self.enroll())
        self.enroll(
            provider_id=self.employees["head"].id,
            payer_id=self.federal.id,
            line_id=self.medicare.id,
        )
        pending = self.matrix(only_pending=True)
        self.assertEqual(
            [row["id"] for row in pending["rows"]], [self.employees["head"].id]
        )
        self.assertEqual(
            [payer["id"] for payer in pending["payers"]], [self.federal.id]
        )
        found = self.matrix(text=self.provider.name.upper()[:6])
        self.assertEqual([row["id"] for row in found["rows"]], [self.provider.id])
        self.assertEqual(found["total"], 1)
        lines = self.matrix(line_id=self.medicare.id)
        self.assertEqual([payer["id"] for payer in lines["payers"]], [self.federal.id])
        self.assertEqual(self.matrix(text="nobody of this name")["rows"], [])

    def test_who_may_plan_is_told(self):
        self.enroll()
        self.assertTrue(self.matrix("hr")["may_plan"])
        self.assertTrue(self.matrix("manager")["may_plan"])
        for role in ("accountant", "director", "auditor"):
            self.assertFalse(self.matrix(role)["may_plan"], role)

    def test_staff_heads_and_payroll_see_no_matrix(self):
        for role in ("staff", "head", "payroll"):
            with self.assertRaises(AccessError):
                self.matrix(role)
            with self.assertRaises(AccessError):
                self.env["medical.payer.enrollment"].with_user(
                    self.users[role]
                ).print_matrix()

    def test_the_number_of_queries_does_not_grow(self):
        def asked():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.matrix()
            return self.env.cr.sql_log_count - before

        self.enroll()
        asked()  # warms up
        few = asked()
        people = self.env["hr.employee"].create(
            [{"name": f"Provider {n}", "company_id": self.company.id} for n in range(9)]
        )
        for person in people:
            self.enroll(provider_id=person.id)
            self.enroll(
                provider_id=person.id,
                payer_id=self.federal.id,
                line_id=self.medicare.id,
            )
        self.assertLessEqual(asked(), few + 1)

    def test_it_is_printed_as_it_is_filtered(self):
        one = self.enroll()
        self.enroll(payer_id=self.federal.id, line_id=self.medicare.id)
        enrollments = self.env["medical.payer.enrollment"].with_user(self.users["hr"])
        for form, kind in (("pdf", "qweb-pdf"), ("xlsx", "xlsx")):
            action = enrollments.print_matrix(form, line_id=self.commercial.id)
            self.assertEqual(action["report_type"], kind)
            self.assertEqual(action["context"]["active_ids"], one.ids)
        name = one.provider_name
        for text, count in ((name[:3], 2), (f"{name}x", 0)):
            action = enrollments.print_matrix(text=text)
            self.assertEqual(len(action["context"].get("active_ids", ())), count)

    def test_odd_choices_are_refused_in_words(self):
        self.enroll()
        for odd in ("x", [], {}, -1, 2**40, 1.5, [1], "\0"):
            for key in ("site_id", "line_id", "more"):
                if not odd:
                    continue
                with self.assertRaisesRegex(UserError, "no such choice"):
                    self.matrix(**{key: odd})
        for text in ("\0", {"a": 1}, ["x"], 5, None):
            self.assertEqual(self.matrix(text=text)["total"], 1)
