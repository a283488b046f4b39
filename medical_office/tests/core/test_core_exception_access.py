"""Who sees which exception, and that nobody writes the register, through RPC neither."""

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged

from .check_case import CheckCase

# what is found: (area, department, owner)
FINDINGS = {
    "own": ("supply", "front_desk", "staff"),
    "nursing": ("supply", "nursing", None),
    "desk": ("supply", "front_desk", None),
    "nobody's": ("supply", None, None),
    "people": ("people", None, None),
    "payroll": ("payroll", None, None),
    "finance": ("finance", None, None),
}
ALL = set(FINDINGS)
SEEN = {
    "staff": {"own"},
    "head": {"nursing"},
    "hr": {"people"},
    "payroll": {"payroll"},
    "accountant": {"finance", "payroll"},
    "manager": ALL,
    "director": ALL,
    "auditor": ALL,
    "outsider": set(),
}


@tagged("post_install", "-at_install")
class TestExceptionAccess(CheckCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.exceptions = {}
        departments = {"nursing": cls.nursing, "front_desk": cls.front_desk}
        for name, (area, department, owner) in FINDINGS.items():
            check = cls.new_check(f"access_{name.strip(chr(39))}", domain=area)
            cls.exceptions[name] = cls.found(
                cls.row(
                    summary=name,
                    money_at_risk=10,
                    department_id=department and departments[department].id,
                    user_id=owner and cls.users[owner].id,
                ),
                check=check,
            )
        cls.ids = [exception.id for exception in cls.exceptions.values()]

    def register_of(self, role):
        return self.as_role(self.env["medical.core.exception"], role)

    def test_what_each_role_sees(self):
        for role, expected in SEEN.items():
            with self.subTest(role):
                found = self.register_of(role).search([("id", "in", self.ids)])
                self.assertEqual(set(found.mapped("summary")), expected)

    def test_the_diary_is_seen_as_the_register_is(self):
        for role, expected in SEEN.items():
            with self.subTest(role):
                days = self.as_role(self.env["medical.core.exception.day"], role)
                counted = sum(
                    days.search([("company_id", "=", self.company.id)]).mapped(
                        "open_count"
                    )
                )
                self.assertEqual(counted, len(expected))

    def test_users_without_a_role_are_refused(self):
        for model in ("exception", "exception.day", "check", "escalation", "look"):
            with self.subTest(model), self.assertRaises(AccessError):
                self.as_role(self.env[f"medical.core.{model}"], "plain").search([])

    def test_what_concerns_all_companies_is_seen_in_each(self):
        exception = self.found(self.row(company_id=False, department_id=False))
        for role in ("manager", "outsider"):
            self.assertTrue(self.as_role(exception, role).has_access("read"))

    def test_the_head_of_a_department_above_sees_what_is_below(self):
        clinic = self.env["hr.department"].create(
            {"name": "Clinic", "company_id": self.company.id}
        )
        self.nursing.parent_id = clinic
        clinic.manager_id = self.employees["staff"]
        self.staff.group_ids += self.env.ref("medical_office.core_group_head")
        found = self.register_of("staff").search([("id", "in", self.ids)])
        self.assertEqual(set(found.mapped("summary")), {"own", "nursing"})

    def test_money_is_not_for_staff(self):
        own = self.as_role(self.exceptions["own"], "staff")
        with self.assertRaises(AccessError):
            own.money_at_risk
        self.assertEqual(
            self.as_role(self.exceptions["finance"], "accountant").money_at_risk, 10
        )

    def test_nobody_writes_the_register(self):
        for role in (*SEEN, "plain"):
            exceptions = self.register_of(role)
            for operation in ("create", "write", "unlink"):
                with self.subTest(role=role, operation=operation):
                    self.assertFalse(exceptions.has_access(operation))

    def test_rpc_does_not_write_the_register(self):
        register = self.register_of("manager")
        own = self.exceptions["own"].id
        for method, arguments in (
            ("create", [{"summary": "Mine"}]),
            ("write", [[own], {"severity": "low"}]),
            ("unlink", [[own]]),
        ):
            with self.subTest(method), self.assertRaises(AccessError):
                call_kw(register, method, arguments, {})
        with self.assertRaisesRegex(UserError, "with its buttons"):
            call_kw(register, "write", [[own], {"state": "closed"}], {})
        self.assertEqual(self.exceptions["own"].state, "open")
        self.assertEqual(self.exceptions["own"].severity, "medium")

    def test_rpc_does_not_reach_what_the_checks_do(self):
        own = self.exceptions["own"].id
        for method, arguments in (
            ("_sync", [[own], self.check.id, []]),
            ("_move_to", [[own], "closed"]),
            ("_reopen", [[own]]),
            ("_assign", [[own], self.staff.id, False]),
            ("_expire_waivers", []),
            ("_escalate", []),
        ):
            with self.subTest(method), self.assertRaises(AccessError):
                call_kw(self.register_of("manager"), method, arguments, {})
        self.assertEqual(self.exceptions["own"].state, "open")

    def test_rpc_refuses_what_the_role_does_not_see(self):
        nursing = self.exceptions["nursing"].id
        for role in ("staff", "hr", "outsider", "plain"):
            for method, arguments in (
                ("read", [[nursing], ["summary"]]),
                ("action_assign_to_me", [[nursing]]),
                ("action_waive", [[nursing], "Why not.", "2026-12-01"]),
                ("action_open_record", [[nursing]]),
            ):
                with (
                    self.subTest(role=role, method=method),
                    self.assertRaises(AccessError),
                ):
                    call_kw(self.register_of(role), method, arguments, {})

    def test_the_manager_tunes_a_check_and_names_no_method(self):
        # checks are shared: whoever works for all companies tunes them
        self.let_work_for_all("manager")
        check = self.as_role(self.check, "manager")
        check.write({"severity": "high", "sla_days": 1})
        self.assertEqual(self.check.severity, "high")
        with self.assertRaisesRegex(AccessError, "not method"):
            check.method = "_unlink"
        with self.assertRaises(AccessError):
            check.unlink()
        for role in ("staff", "head", "hr", "director", "auditor"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.as_role(self.check, role).severity = "low"

    def test_why_a_check_failed_is_for_those_who_see_everything(self):
        self.failed(ValueError("Maria Kowalski has no license"))
        for role in ("manager", "director", "auditor"):
            self.assertIn("Kowalski", self.as_role(self.check, role).error)
        for role in ("staff", "head", "hr"):
            check = self.as_role(self.check, role)
            self.assertEqual(check.status, "error")
            with self.assertRaises(AccessError):
                check.error
