"""No step of a run asks the database once for each person."""

from datetime import date, datetime, time, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .run_case import NOW, RunCase

MANY = 30


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestPayrollRunQueries(RunCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls.nurse.union(
            *(
                cls.hire(f"Person {number}", 40000 + 700 * number)
                for number in range(MANY - 1)
            )
        )
        cls.env["medical.payroll.account"].create(
            [
                {
                    "employee_id": person.id,
                    "name": "Credit Union",
                    "routing": "111000025",
                    "new_number": str(7000000 + person.id),
                }
                for person in cls.people[1:]
            ]
        ).date_changed = False

    def counted(self, counts, name, block):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        block()
        self.env.flush_all()
        counts[name] = self.env.cr.sql_log_count - before

    def walk(self, people, start):
        """{step: queries} of a run from preflight to paid."""
        end, counts = start + timedelta(days=13), {}
        run = (
            self.env["hr.payslip.run"]
            .with_user(self.users["payroll"])
            .create(
                {
                    "name": f"Pay from {start}",
                    "company_id": self.company.id,
                    "date_start": start,
                    "date_end": end,
                    "medical_schedule_id": self.schedule.id,
                    "medical_date_pay": end + timedelta(days=6),
                }
            )
        )
        director = self.as_role(run, "director")
        accountant = self.as_role(run, "accountant")
        register = self.env["report.medical_office.payroll_register_report"]
        run._medical_generate(people)
        run._medical_compute()
        written = datetime.combine(end, time(9))
        for name, block in (
            ("preflight", run._medical_preflight),
            ("submit", run.action_medical_submit),
            ("approve", director.action_medical_approve),
            ("changes", lambda: run.slip_ids.mapped("medical_change_text")),
            ("register", lambda: register._sheets(run, {})),
            ("post", accountant.action_medical_post),
            ("bank file", lambda: run._make_bank_file(written)),
            ("tie-out", run._tie_out),
            ("paid", accountant.action_medical_pay),
        ):
            self.counted(counts, name, block)
        self.assertEqual(run.state, "paid")
        self.assertEqual(len(run.slip_ids), len(people))
        self.counted(
            counts, "void", lambda: run.slip_ids.action_medical_void("Paid twice")
        )
        return counts

    def returned(self, kind, quarter=False):
        """Queries of working a return out."""
        returns = self.env["medical.payroll.tax.return"].with_user(
            self.users["payroll"]
        )
        filing = returns.search([("kind", "=", kind), ("quarter", "=", quarter)])
        if not filing:
            filing = returns.create({"kind": kind, "year": 2026, "quarter": quarter})
        counts = {}
        self.counted(counts, kind, filing.action_compute)
        self.assertTrue(filing.line_ids)
        return counts[kind]

    def test_three_people_or_thirty(self):
        few, everyone = self.people[:3], self.people
        self.walk(few, date(2026, 2, 8))  # the run before, and warm caches
        one = self.walk(few, date(2026, 2, 22))
        self.returned("w2")  # made here, worked out anew below
        one["941"], one["w2"] = self.returned("941", "1"), self.returned("w2")
        self.walk(everyone, date(2026, 4, 5))
        ten = self.walk(everyone, date(2026, 4, 19))
        ten["941"], ten["w2"] = self.returned("941", "2"), self.returned("w2")
        for step, queries in one.items():
            with self.subTest(step=step):
                # thirty people owe a federal unemployment deposit, three do not yet;
                # the host writes the lines of a void in hundreds
                more = 30 if step in ("post", "void") else 6
                self.assertLessEqual(ten[step], queries + more, step)
