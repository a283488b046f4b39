"""What OCA payroll 19.0 leaves open, one test each."""

from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.hr.models.hr_version import HrVersion as Host

from .payroll_case import END, START, PayrollCase

PARTS = ("hr.payslip", "hr.payslip.line", "hr.payslip.worked_days")


@tagged("post_install", "-at_install")
class TestPayrollDefects(PayrollCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.users["staff"]
        cls.employees["staff"].user_id = False
        cls.env.flush_all()
        cls.ann = cls.hire("Ann Salary", 78000, user_id=cls.owner.id)
        cls.bob = cls.hire("Bob Salary", 65000)
        cls.run_ = cls.paid()
        cls.slip = cls.run_.slip_ids.filtered(lambda s: s.employee_id == cls.ann)

    def of(self, user, model):
        """The run's records of a model that a user finds."""
        slips = self.run_.slip_ids
        field = {"hr.payslip": "id", "hr.payslip.line": "slip_id"}.get(
            model, "payslip_id"
        )
        return self.as_user(user, model).search([(field, "in", slips.ids)])

    def as_user(self, user, model):
        """A model as the user sees it, in the user's own companies."""
        companies = {"allowed_company_ids": user.company_ids.ids}
        return self.env[model].with_user(user).with_context(**companies)

    def test_an_officer_who_sees_no_slips_reads_no_lines(self):
        officer = new_test_user(
            self.env,
            "oca_officer",
            groups="payroll.group_payroll_user",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        for model in PARTS:
            with self.subTest(model):
                self.assertFalse(self.of(officer, model))

    def test_a_manager_of_another_company_reads_nothing(self):
        stranger = new_test_user(
            self.env,
            "oca_stranger",
            groups="payroll.group_payroll_manager",
            company_id=self.other_company.id,
            company_ids=[Command.set(self.other_company.ids)],
        )
        for model in PARTS:
            with self.subTest(model):
                self.assertFalse(self.of(stranger, model))
        runs = self.as_user(stranger, "hr.payslip.run")
        self.assertFalse(runs.search([("id", "=", self.run_.id)]))
        items = self.as_user(self.users["outsider"], "medical.payroll.item")
        self.assertFalse(items.search([("slip_id", "in", self.run_.slip_ids.ids)]))

    def test_employees_see_their_own_slips_once_confirmed(self):
        for model in PARTS:
            self.assertFalse(self.of(self.owner, model))
        self.run_._medical_confirm()
        self.assertEqual(self.of(self.owner, "hr.payslip"), self.slip)
        lines = self.of(self.owner, "hr.payslip.line")
        self.assertEqual(lines.slip_id, self.slip)
        self.assertIn("NET", lines.mapped("code"))
        own = self.slip.with_user(self.owner)
        self.assertGreater(own.medical_net, 0)
        self.assertEqual(own.medical_item_ids.employee_id, self.ann)

    def test_several_slips_of_another_structure_are_confirmed_at_once(self):
        rule = self.env["hr.salary.rule"].create(
            {
                "name": "Stipend",
                "code": "STIPEND",
                "category_id": self.env["hr.salary.rule.category"]
                .create({"name": "Stipends", "code": "STIPENDS"})
                .id,
                "company_id": self.company.id,
                "amount_fix": 100,
            }
        )
        structure = self.env["hr.payroll.structure"].create(
            {
                "name": "Stipends",
                "code": "ST",
                "company_id": self.company.id,
                "parent_id": False,
                "rule_ids": [Command.link(rule.id)],
            }
        )
        slips = (
            self.env["hr.payslip"]
            .with_user(self.users["payroll"])
            .create(
                [
                    {
                        "employee_id": person.id,
                        "contract_id": person.version_id.id,
                        "struct_id": structure.id,
                        "company_id": self.company.id,
                        "date_from": START,
                        "date_to": END,
                    }
                    for person in (self.ann, self.bob)
                ]
            )
        )
        slips.compute_sheet()
        slips.action_payslip_done()
        self.assertEqual(slips.mapped("state"), ["done", "done"])
        self.assertEqual(slips.line_ids.mapped("total"), [100, 100])

    def test_a_confirmed_slip_is_neither_computed_nor_reset(self):
        self.run_._medical_confirm()
        before = self.slip.line_ids.ids
        for method in ("compute_sheet", "action_payslip_done", "action_payslip_draft"):
            with self.subTest(method), self.assertRaisesRegex(UserError, "confirmed"):
                getattr(self.slip, method)()
        self.assertEqual(self.slip.line_ids.ids, before)
        self.assertEqual(self.slip.state, "done")

    def test_a_raise_in_the_middle_is_prorated(self):
        """From 78,000 to 91,000 on the second Monday: half the days at each."""
        self.ann.create_version({"date_version": date(2026, 6, 15), "wage": 91000})
        self.run_.action_medical_compute()
        slip = self.run_.slip_ids.filtered(lambda s: s.employee_id == self.ann)
        self.assertEqual(self.total(slip, "REG"), 1500 + 1750)

    def test_an_exit_in_the_middle_is_prorated(self):
        self.ann.version_id.contract_date_end = date(2026, 6, 10)
        self.run_.action_medical_compute()
        slip = self.run_.slip_ids.filtered(lambda s: s.employee_id == self.ann)
        self.assertEqual(self.total(slip, "REG"), 900)  # 3 of 10 days

    def test_types_of_leave_have_codes_of_their_own(self):
        sick, holiday = self.env["hr.leave.type"].create(
            [
                {
                    "name": name,
                    "requires_allocation": False,
                    "medical_pay_bucket": bucket,
                    "company_id": self.company.id,
                    "leave_validation_type": "no_validation",
                }
                for name, bucket in (("Sick days", "sick"), ("Vacation", "pto"))
            ]
        )
        leaves = self.env["hr.leave"].create(
            [
                {
                    "name": kind.name,
                    "employee_id": self.bob.id,
                    "holiday_status_id": kind.id,
                    "request_date_from": day,
                    "request_date_to": day,
                }
                for kind, day in (
                    (sick, date(2026, 6, 9)),
                    (holiday, date(2026, 6, 11)),
                )
            ]
        )
        self.assertEqual(set(leaves.mapped("state")), {"validate"})
        self.run_.action_medical_compute()
        slip = self.run_.slip_ids.filtered(lambda s: s.employee_id == self.bob)
        self.assertEqual(self.total(slip, "SICK"), 250)
        self.assertEqual(self.total(slip, "PTO"), 250)
        self.assertEqual(self.total(slip, "GROSS"), 2500)
        oca = slip.get_worked_day_lines(slip.contract_id, START, END)
        self.assertEqual({line["code"] for line in oca}, {"SICK", "PTO", "WORK100"})

    def test_the_slip_of_a_line_is_indexed(self):
        self.env.cr.execute(
            "SELECT indexdef FROM pg_indexes WHERE tablename = 'hr_payslip_line'"
        )
        self.assertTrue(
            [1 for (text,) in self.env.cr.fetchall() if "(slip_id)" in text]
        )

    def test_a_misspelt_name_in_a_rule_is_refused(self):
        rule = self.env["hr.salary.rule"].create(
            {
                "name": "Typo",
                "code": "TYPO",
                "company_id": self.company.id,
                "amount_select": "code",
                "amount_python_compute": "result = categories.GROS",
            }
        )
        structure = self.env["hr.payroll.structure"].create(
            {
                "name": "Typo",
                "code": "T",
                "company_id": self.company.id,
                "parent_id": False,
                "rule_ids": [Command.link(rule.id)],
            }
        )
        run = self.run_of(struct_id=structure.id)
        run._medical_generate()
        with self.assertRaisesRegex(UserError, "Did you mean categories.GROSS"):
            run._medical_compute()
        with self.assertRaisesRegex(UserError, "categories.GROS is not known"):
            run.slip_ids[:1].compute_sheet()

    def test_lines_are_rounded_so_that_they_add_up(self):
        """Three thirds of ten dollars: OCA's total says 10.00, its lines 9.99."""
        category = self.env["hr.salary.rule.category"].create(
            {"name": "Thirds", "code": "THIRD"}
        )
        rules = self.env["hr.salary.rule"].create(
            [
                {
                    "name": f"Third {index}",
                    "code": f"THIRD{index}",
                    "category_id": category.id,
                    "company_id": self.company.id,
                    "sequence": index,
                    "amount_select": "code",
                    "amount_python_compute": code,
                }
                for index, code in enumerate(
                    [*["result = 10 / 3"] * 3, "result = categories.THIRD"]
                )
            ]
        )
        rules[3].category_id = False
        structure = self.env["hr.payroll.structure"].create(
            {
                "name": "Thirds",
                "code": "TH",
                "company_id": self.company.id,
                "parent_id": False,
                "rule_ids": [Command.set(rules.ids)],
            }
        )
        run = self.run_of(struct_id=structure.id)
        run._medical_generate()
        run._medical_compute()
        slip = run.slip_ids[0]
        by_engine = slip.line_ids.mapped("total")
        slip.compute_sheet()
        self.assertEqual(slip.line_ids.mapped("total"), by_engine)
        self.assertEqual(by_engine, [3.33, 3.33, 3.33, 9.99])

    def test_the_dates_of_versions_are_those_of_the_host(self):
        self.ann.create_version({"date_version": date(2026, 3, 1), "wage": 80000})
        self.ann.create_version({"date_version": date(2026, 9, 1), "wage": 82000})
        self.bob.version_id.contract_date_end = date(2026, 12, 31)
        versions = (self.ann + self.bob + self.employees["head"]).version_ids
        versions.invalidate_recordset(["date_start", "date_end"])
        ours = versions.mapped(lambda v: (v.date_start, v.date_end))
        versions.invalidate_recordset(["date_start", "date_end"])
        Host._compute_dates(versions)
        self.assertEqual(versions.mapped(lambda v: (v.date_start, v.date_end)), ours)
        self.assertGreater(len(set(ours)), 3)

    def test_a_colleague_reads_a_public_profile(self):
        """OCA's open fields on the employee stop every reader who is not HR."""
        names = ["name", "department_id"]
        plain = self.ann.with_user(self.users["accountant"])
        self.assertEqual(plain.read(names)[0]["name"], "Ann Salary")
        for name in ("slip_ids", "struct_id", "schedule_pay", "medical_wage_per"):
            with self.subTest(name), self.assertRaises(AccessError):
                plain.read([name])
