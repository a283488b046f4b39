"""My Department and the Director's Place: one's own department, and nobody else's."""

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import PracticeCase, RpcClient
from .round_case import RoundCase


@tagged("post_install", "-at_install")
class TestCorePlace(PracticeCase, RpcClient):
    def department(self, role="head", department_id=False):
        place = self.env["medical.core.place"].with_user(self.users[role])
        return place.department(department_id)

    def parts(self, data):
        return {part["key"]: part for part in data["parts"]}

    def exception(self, department, key="x", severity="high"):
        check = self.env["medical.core.check"].search([], limit=1)
        # sudo: as its check would
        return (
            self.env["medical.core.exception"]
            .sudo()
            ._pen()
            .create(
                {
                    "summary": f"The eyewash of {department.name} was not tested",
                    "check_id": check.id,
                    "domain": "core",
                    "res_model": "res.company",
                    "res_id": self.company.id,
                    "company_id": self.company.id,
                    "department_id": department.id,
                    "severity": severity,
                    "key": key,
                    "date_opened": fields.Datetime.now(),
                    "date_due": fields.Datetime.subtract(fields.Datetime.now(), days=1),
                }
            )
        )

    def test_a_head_sees_the_own_department_alone(self):
        own = self.exception(self.nursing)
        self.exception(self.front_desk, key="y")
        data = self.department()
        self.assertEqual([one["id"] for one in data["choices"]], self.nursing.ids)
        self.assertEqual(data["department"], self.nursing.id)
        part = self.parts(data)["exceptions"]
        self.assertEqual([row["text"] for row in part["rows"]], [own.summary])
        self.assertEqual(
            {figure["label"]: figure["value"] for figure in part["figures"]},
            {"Open": "1", "Severe": "1", "Overdue": "1"},
        )
        with self.assertRaisesRegex(AccessError, "do not head"):
            self.department(department_id=self.front_desk.id)

    def test_the_departments_below_are_the_heads_too(self):
        below = self.env["hr.department"].create(
            {
                "name": "Night Shift",
                "company_id": self.company.id,
                "parent_id": self.nursing.id,
            }
        )
        data = self.department(department_id=below.id)
        self.assertEqual(data["department"], below.id)
        self.assertEqual(len(data["choices"]), 2)

    def test_manager_and_director_choose_any_of_the_company(self):
        for role in ("manager", "director"):
            data = self.department(role, self.front_desk.id)
            self.assertEqual(data["department"], self.front_desk.id)
            other = self.env["hr.department"].create(
                {"name": "Elsewhere", "company_id": self.other_company.id}
            )
            with self.assertRaises(AccessError):
                self.department(role, other.id)

    def test_there_is_everything_that_a_head_asks_for_and_answers_for(self):
        data = self.department()
        self.assertEqual(
            [ask["label"] for ask in data["asks"]],
            [
                "Money for a budget",
                "Spend beyond the budget",
                "Hire",
                "Repair",
                "Supplies",
                "Time off",
            ],
        )
        self.assertEqual(
            list(self.parts(data)),
            [
                "budget",
                "requests",
                "readiness",
                "rounds",
                "exceptions",
                "repairs",
                "supplies",
                "away",
            ],
        )

    def test_each_list_behind_it_opens_for_the_head(self):
        for part in self.department()["parts"]:
            if not part["action"]:
                continue
            action = part["action"]
            model = self.env[action["res_model"]].with_user(self.users["head"])
            with self.subTest(part["key"]):
                model.search(action["domain"] or [], limit=1)

    def test_who_waits_for_the_heads_decision_comes_first(self):
        leave_type = self.env["hr.leave.type"].create(
            {
                "name": "Vacation",
                "requires_allocation": False,
                "leave_validation_type": "manager",
                "company_id": self.company.id,
            }
        )
        self.employees["staff"].leave_manager_id = self.users["head"]
        leave = self.env["hr.leave"].create(
            {
                "employee_id": self.employees["staff"].id,
                "holiday_status_id": leave_type.id,
                "request_date_from": "2027-03-01",
                "request_date_to": "2027-03-02",
            }
        )
        self.assertEqual(leave.state, "confirm")
        part = self.parts(self.department())["requests"]
        self.assertEqual(part["figures"][0]["value"], "1")
        self.assertIn("for you to decide", part["rows"][0]["detail"])

    def test_who_is_away_is_said_of_the_own_company_alone(self):
        shared = self.env["hr.department"].create(
            {
                "name": "Shared",
                "company_id": False,
                "manager_id": self.employees["head"].id,
            }
        )
        today = fields.Date.context_today(self.env.user)
        for name, company in (("Ann", self.company), ("Bea", self.other_company)):
            person = self.env["hr.employee"].create(
                {
                    "name": name,
                    "company_id": company.id,
                    "department_id": shared.id,
                }
            )
            kind = self.env["hr.leave.type"].create(
                {
                    "name": "Away",
                    "requires_allocation": False,
                    "leave_validation_type": "no_validation",
                    "company_id": company.id,
                }
            )
            leave = self.env["hr.leave"].create(
                {
                    "employee_id": person.id,
                    "holiday_status_id": kind.id,
                    "request_date_from": fields.Date.add(today, days=-3),
                    "request_date_to": fields.Date.add(today, days=3),
                }
            )
            self.assertEqual(leave.state, "validate")
        part = self.parts(self.department(department_id=shared.id))["away"]
        self.assertEqual(part["figures"][0]["value"], "Ann")

    def test_the_directors_place_holds_decisions_pack_and_risk(self):
        self.exception(self.front_desk)
        place = self.env["medical.core.place"]
        data = place.with_user(self.users["director"]).director()
        parts = self.parts(data)
        self.assertEqual(
            list(parts), ["budget", "requests", "pack", "risk", "held", "exceptions"]
        )
        self.assertEqual(parts["exceptions"]["figures"][1]["value"], "1")
        for role in ("staff", "head", "hr", "payroll", "accountant", "manager"):
            with self.assertRaises(AccessError):
                place.with_user(self.users[role]).director()

    def test_others_have_no_department(self):
        for role in ("staff", "hr", "payroll", "accountant", "auditor", "plain"):
            with self.assertRaises(AccessError):
                self.department(role)
        self.sign_in("staff")
        self.call_refused("medical.core.place", "department", self.nursing.id)

    def test_odd_departments_are_refused(self):
        self.sign_in("head")
        for odd in (0.5, "x", -1, [1], {"a": 1}, self.front_desk.id):
            self.call_refused("medical.core.place", "department", odd)

    def test_the_number_of_queries_does_not_grow(self):
        def asked():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.department()
            return self.env.cr.sql_log_count - before

        self.exception(self.nursing)
        asked()  # warms up
        few = asked()
        for number in range(12):
            self.exception(self.nursing, key=str(number))
        self.assertLessEqual(asked(), few + 2)

    def test_decisions_are_counted_not_read(self):
        """Hundreds that wait: the figures count all of them, five are read."""
        register = self.env["medical.core.decision"]
        values = {
            "name": "Chair",
            "domain": "core",
            "res_model": "res.partner",
            "waiting_state": "draft",
            "state": "open",
            "company_id": self.company.id,
            "department_id": self.nursing.id,
            "since": fields.Datetime.now(),
            "date_due": fields.Datetime.subtract(fields.Datetime.now(), days=1),
            "group_ids": [(6, 0, self.env.ref("medical_office.core_group_head").ids)],
        }
        # sudo: as the records that wait would
        register.sudo()._pen().create(
            [{**values, "res_id": number + 1} for number in range(12)]
        )
        part = self.parts(self.department())["requests"]
        self.assertEqual(
            [figure["value"] for figure in part["figures"]], ["12", "12", "12"]
        )
        self.assertEqual(len(part["rows"]), 5)


@tagged("post_install", "-at_install")
class TestCorePlaceRounds(RoundCase):
    def rounds(self):
        place = self.env["medical.core.place"].with_user(self.users["head"])
        parts = place.department(self.nursing.id)["parts"]
        return next(part for part in parts if part["key"] == "rounds")

    def test_an_excused_round_is_neither_due_nor_missed(self):
        missed = self.missed_round()
        part = self.rounds()
        self.assertIn(missed.display_name, [row["text"] for row in part["rows"]])
        before = [figure["value"] for figure in part["figures"]]
        missed.with_user(self.users["manager"]).action_excuse("Storm")
        part = self.rounds()
        after = [figure["value"] for figure in part["figures"]]
        self.assertNotIn(missed.display_name, [row["text"] for row in part["rows"]])
        self.assertEqual(int(after[1]), int(before[1]) - 1)
        self.assertEqual(
            int(after[0].split()[-1]), int(before[0].split()[-1]) - 1, after[0]
        )
