"""Pay is for payroll and the person; numbers are masked, and looking leaves a trace."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .payroll_case import PAYDAY, PayrollCase

FACTS = (
    "medical.payroll.w4",
    "medical.people.enrollment",
    "medical.payroll.garnishment",
    "medical.payroll.account",
)
NUMBER = "0012345678901"


@tagged("post_install", "-at_install")
class TestPayrollAccess(PayrollCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employees["staff"].user_id = False
        cls.env.flush_all()
        cls.ann = cls.hire(
            "Ann Salary", 78000, user_id=cls.users["staff"].id, ssnid="123-45-6789"
        )
        cls.bob = cls.hire("Bob Salary", 65000)
        plan = cls.env["medical.people.benefit.plan"].create(
            {"name": "Health", "kind": "health_125", "company_id": cls.company.id}
        )
        for person in (cls.ann, cls.bob):
            cls.env["medical.people.enrollment"].create(
                {
                    "employee_id": person.id,
                    "plan_id": plan.id,
                    "amount": 100,
                    "date_from": "2026-01-01",
                }
            )
            cls.env["medical.payroll.garnishment"].create(
                {
                    "employee_id": person.id,
                    "name": f"Case {person.id}",
                    "claim": "support",
                    "amount": 50,
                    "payee_id": cls.partner("County").id,
                    "date_from": "2026-01-01",
                }
            )
            cls.env["medical.payroll.account"].create(
                {
                    "employee_id": person.id,
                    "name": "First Bank",
                    "routing": "021000021",
                    "new_number": NUMBER,
                }
            )
        cls.account = cls.ann.medical_account_ids

    def found(self, role, model):
        people = (self.ann + self.bob).ids
        user = self.users[role]
        companies = {"allowed_company_ids": user.company_ids.ids}
        records = self.env[model].with_user(user).with_context(**companies)
        return records.search([("employee_id", "in", people)]).employee_id

    def test_a_person_sees_the_own_facts_and_nobody_elses(self):
        for model in FACTS:
            with self.subTest(model):
                self.assertEqual(self.found("staff", model).ids, self.ann.ids)
                self.assertFalse(self.found("head", model))
                self.assertFalse(self.found("accountant", model))
                self.assertFalse(self.found("outsider", model))
                self.assertEqual(len(self.found("payroll", model)), 2)

    def test_a_person_changes_nothing_by_rpc(self):
        for model in FACTS:
            record = self.env[model].with_user(self.users["staff"]).search([], limit=1)
            with self.subTest(model), self.assertRaises(AccessError):
                record.write(
                    {"name": "x"} if model.endswith("account") else {"note": "x"}
                )

    def test_hr_sees_no_garnishments_and_no_wage(self):
        self.assertFalse(self.found("hr", "medical.payroll.garnishment"))
        self.assertEqual(len(self.found("hr", "medical.payroll.w4")), 2)
        with self.assertRaises(AccessError):
            self.ann.with_user(self.users["hr"]).read(["wage"])
        with self.assertRaises(AccessError):
            self.ann.with_user(self.users["hr"]).read(["medical_wage_per"])

    def test_no_role_reads_an_account_number(self):
        for role in ("payroll", "hr", "staff"):
            account = self.account.with_user(self.users[role])
            self.assertEqual(account.masked, "••••8901")
            with self.subTest(role), self.assertRaises(AccessError):
                account.read(["number"])
        self.assertFalse(self.account.new_number)

    def test_looking_at_a_number_leaves_a_trace(self):
        trace = self.env["medical.core.opened"]
        shown = self.account.with_user(self.users["payroll"]).action_unmask()
        self.assertEqual(shown["params"]["message"], NUMBER)
        shown = self.ann.with_user(self.users["hr"]).action_medical_show_ssn()
        self.assertEqual(shown["params"]["message"], "123-45-6789")
        self.assertEqual(self.ann.medical_ssn_masked, "•••-••-6789")
        kept = trace.search([("employee_id", "=", self.ann.id)])
        self.assertEqual(
            set(kept.mapped("what")), {"Account number", "Social Security number"}
        )
        self.assertEqual(kept.user_id, self.users["payroll"] + self.users["hr"])
        with self.assertRaises(AccessError):
            kept.with_user(self.users["payroll"]).unlink()
        with self.assertRaises(AccessError):
            self.account.with_user(self.users["staff"]).action_unmask()

    def test_nobody_reads_or_finds_the_ssn_unlogged(self):
        """As a client of the web API would try, in the roles that work with it."""
        self.ann.invalidate_recordset()
        for role in ("director", "accountant", "staff", "auditor"):
            with self.assertRaises(AccessError):
                self.ann.with_user(self.users[role]).read(["ssnid"])
        exporter = self.env.ref("base.group_allow_export")
        for role in ("payroll", "hr", "manager"):
            self.users[role].group_ids += exporter
            env = self.env(user=self.users[role])
            people, versions = env["hr.employee"], env["hr.version"]
            forms = env["medical.payroll.w4"]
            ann = people.browse(self.ann.id)
            attempts = {
                "read": lambda ann=ann: ann.read(["ssnid"]),
                "export": lambda ann=ann: ann.export_data(["name", "ssnid"]),
                "write": lambda ann=ann: ann.write({"ssnid": "111-22-3333"}),
                "find": lambda p=people: p.search([("ssnid", "like", "123-45")]),
                "sort": lambda p=people: p.search([], order="ssnid"),
                "list": lambda p=people: p.search_read([], ["ssnid"]),
                "group": lambda p=people: p._read_group([], ["ssnid"]),
                "version": lambda v=versions: v.search([("ssnid", "!=", False)]),
                "versions": lambda v=versions: v.search_read([], ["ssnid"]),
                "path": lambda f=forms: f.search([("employee_id.ssnid", "like", "1")]),
            }
            for name, attempt in attempts.items():
                with self.assertRaises(AccessError, msg=f"{role}: {name}"):
                    attempt()
            self.assertNotIn("ssnid", ann.fields_get())
        self.assertFalse(self.env["medical.core.opened"].search([]))

    def test_hr_does_not_learn_a_wage_by_grouping_or_sorting(self):
        people = self.env["hr.employee"].with_user(self.users["hr"])
        with self.assertRaises(AccessError):
            people._read_group([], ["wage"])
        with self.assertRaises(AccessError):
            people.search([], order="wage")

    def test_hr_sets_the_ssn_without_reading_it(self):
        ann = self.ann.with_user(self.users["hr"])
        with self.assertRaisesRegex(ValidationError, "nine digits"):
            ann.medical_ssn_new = "12-34"
        ann.medical_ssn_new = "401 55 7788"
        self.assertEqual(self.ann.ssnid, "401-55-7788")
        self.assertEqual(ann.medical_ssn_masked, "•••-••-7788")
        ann.invalidate_recordset()
        self.assertFalse(ann.medical_ssn_new)
        with self.assertRaises(AccessError):
            self.ann.with_user(self.users["head"]).medical_ssn_new = "401-55-7789"

    def test_a_raise_keeps_the_ssn(self):
        ann = self.ann.with_user(self.users["payroll"])
        version = ann.create_version({"date_version": "2026-07-01", "wage": 80000})
        self.assertEqual(version.sudo().ssnid, "123-45-6789")

    def test_a_new_ssn_is_in_no_message(self):
        self.ann.with_context(tracking_disable=False).ssnid = "987-65-4321"
        self.env.flush_all()
        messages = self.ann.message_ids
        values = messages.sudo().tracking_value_ids
        text = " ".join(
            [*messages.mapped("body"), *map(str, values.mapped("new_value_char"))]
        )
        self.assertIn("Social Security number was changed", text)
        self.assertNotIn("4321", text)

    def test_a_bank_change_is_logged_and_recent(self):
        payroll = self.account.with_user(self.users["payroll"])
        payroll.prenote_state = "done"
        payroll.new_number = "998877665"
        self.assertEqual(payroll.masked, "••••7665")
        self.assertEqual(payroll.prenote_state, "none")
        self.assertTrue(payroll.is_recent)
        self.assertEqual(payroll.changed_by_id, self.users["payroll"])
        text = " ".join(payroll.message_ids.mapped("body"))
        self.assertIn("••••8901", text)
        self.assertIn("••••7665", text)
        self.assertNotIn("998877665", text)
        self.assertEqual(
            self.account._numbers(), {self.account.id: ("021000021", "998877665")}
        )

    def test_a_wrong_routing_number_or_two_rests_are_refused(self):
        with (
            self.assertRaisesRegex(ValidationError, "check digit"),
            self.env.cr.savepoint(),
        ):
            self.account.routing = "021000022"
        self.account.invalidate_recordset()
        with self.assertRaisesRegex(ValidationError, "Only one account"):
            self.account.copy({"name": "Second"})

    def test_items_are_written_by_nobody(self):
        item = self.paid().slip_ids[:1].medical_item_ids[:1]
        with self.assertRaises(AccessError):
            item.with_user(self.users["payroll"]).amount = 1

    def test_what_a_confirmed_slip_used_can_only_end(self):
        run = self.paid()
        run._medical_confirm()
        w4 = self.ann.medical_w4_ids.with_user(self.users["payroll"])
        with self.assertRaisesRegex(UserError, "was used for the pay"):
            w4.step4c = 10
        with self.assertRaisesRegex(UserError, "was used for the pay"):
            w4.unlink()
        with self.assertRaisesRegex(UserError, "cannot end before"):
            w4.date_to = PAYDAY.replace(day=1)
        w4.date_to = PAYDAY
        w4.note = "Replaced by a new form"

    def test_the_payroll_officer_runs_the_pay(self):
        run = self.run_of().with_user(self.users["payroll"])
        run.action_medical_compute()
        self.assertEqual(len(run.slip_ids), 2)
        self.assertFalse(run.slip_ids.filtered("medical_problem"))
        for role in ("hr", "staff", "accountant", "director"):
            with self.subTest(role), self.assertRaises(AccessError):
                run.with_user(self.users[role]).action_medical_compute()
