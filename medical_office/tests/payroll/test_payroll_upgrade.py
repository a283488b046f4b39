"""The upgrade from 19.0.1.0.0: who looked at which number is still known."""

import importlib.util
from pathlib import Path

from odoo.tests import tagged

from .payroll_case import PayrollCase

SCRIPT = (
    Path(__file__).parents[2] / "migrations" / "19.0.2.0.0" / "post-payroll.py"
)  # not importable by its name


@tagged("post_install", "-at_install")
class TestPayrollUpgrade(PayrollCase):
    def migrate(self):
        spec = importlib.util.spec_from_file_location("post_payroll", SCRIPT)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.migrate(self.env.cr, "19.0.1.0.0")

    def test_shown_numbers_move_once_to_the_access_log(self):
        ann, user = self.hire("Ann", 50000), self.users["payroll"]
        self.env.flush_all()
        self.env.cr.execute("DROP TABLE IF EXISTS medical_payroll_unmask")
        self.env.cr.execute(
            """CREATE TABLE medical_payroll_unmask (
                   id serial, user_id integer, employee_id integer, company_id integer,
                   what varchar, detail varchar, create_uid integer,
                   create_date timestamp, write_uid integer, write_date timestamp)"""
        )
        self.env.cr.executemany(
            """INSERT INTO medical_payroll_unmask
                   (user_id, employee_id, company_id, what, detail, create_date)
               VALUES (%s, %s, %s, %s, %s, %s)""",
            [
                (
                    user.id,
                    ann.id,
                    self.company.id,
                    what,
                    detail,
                    f"2026-05-0{day} 10:00",
                )
                for day, what, detail in (
                    (1, "ssn", "•••-••-6789"),
                    (2, "account", "••••8901"),
                    (3, "account", None),
                )
            ],
        )
        opened = self.env["medical.core.opened"]
        before = opened.search([])
        self.migrate()
        moved = opened.search([("id", "not in", before.ids)], order="at")
        self.assertEqual(
            [(str(row.at), row.what, row.detail) for row in moved],
            [
                ("2026-05-01 10:00:00", "Social Security number", "•••-••-6789"),
                ("2026-05-02 10:00:00", "Account number", "••••8901"),
                ("2026-05-03 10:00:00", "Account number", False),
            ],
        )
        self.assertEqual(moved.employee_id, ann)
        self.assertEqual((moved.user_id, moved.company_id), (user, self.company))
        self.migrate()
        self.assertEqual(opened.search([]), before | moved)

    def test_a_run_that_waits_gets_its_row(self):
        self.hire("Ann", 50000)
        run = self.paid()
        run._pen().write({"state": "submitted"})
        own = [("res_model", "=", run._name), ("res_id", "=", run.id)]
        register = self.env["medical.core.decision"]
        self.assertEqual(register.search_count(own), 0)
        self.migrate()
        self.migrate()
        self.assertEqual(register.search_count(own), 1)
