"""A practice whose runs can be posted and paid: accounts, bank, an hourly and a salaried
person, an order of court, and helpers that walk a run through its steps."""

from datetime import date

from freezegun import freeze_time

from odoo import Command

from .payroll_case import END, PAYDAY, START, PayrollCase

NOW = "2026-06-23 15:00:00"


@freeze_time(NOW)
class RunCase(PayrollCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["medical.payroll.posting"]._set_up(cls.company)
        cls.bank_account = cls.env["account.account"].create(
            {
                "name": "Operating account",
                "code": "101000",
                "account_type": "asset_cash",
                "company_ids": [Command.set(cls.company.ids)],
            }
        )
        cls.journal = cls.env["account.journal"].create(
            {
                "name": "Bank",
                "code": "BNKX",
                "type": "bank",
                "company_id": cls.company.id,
                "default_account_id": cls.bank_account.id,
            }
        )
        cls.bank = cls.env["medical.payroll.bank"].create(
            {
                "company_id": cls.company.id,
                "name": "Lake Bank",
                "destination": "121042882",
                "origin": "1391234567",
                "company_ident": "1391234567",
                "company_label": "TEST PRACTICE",
                "journal_id": cls.journal.id,
            }
        )
        cls.nurse = cls.hire("Nora Salary", 78000, ssnid="401-23-4567")
        cls.clerk = cls.hire(
            "Hal Hourly",
            20,
            "hour",
            ssnid="402-23-4567",
            department_id=cls.front_desk.id,
        )
        cls.work(cls.clerk, 8, cls.days(START, 10))
        cls.accounts = cls.env["medical.payroll.account"].create(
            [
                {
                    "employee_id": person.id,
                    "name": "Credit Union",
                    "routing": "111000025",
                    "new_number": number,
                }
                for person, number in (
                    (cls.nurse, "1002003001"),
                    (cls.clerk, "1002003002"),
                )
            ]
        )
        cls.accounts.date_changed = False
        cls.court = cls.partner("County Court")
        cls.env["medical.payroll.garnishment"].create(
            {
                "employee_id": cls.clerk.id,
                "name": "24-CV-17",
                "claim": "creditor",
                "payee_id": cls.court.id,
                "date_from": date(2026, 1, 1),
                "date_received": date(2026, 1, 1),
                "amount": 50,
            }
        )

    def as_role(self, records, role):
        return records.with_user(self.users[role])

    def prepared(self, start=START, end=END, day=PAYDAY, **values):
        """A computed run, made by the payroll officer."""
        run = (
            self.env["hr.payslip.run"]
            .with_user(self.users["payroll"])
            .create(
                {
                    "name": f"Pay of {day}",
                    "company_id": self.company.id,
                    "date_start": start,
                    "date_end": end,
                    "medical_schedule_id": self.schedule.id,
                    "medical_date_pay": day,
                    **values,
                }
            )
        )
        run.action_medical_compute()
        return run

    def submitted(self, **values):
        """A run that waits for the director; who had no hours in it did not work."""
        run = self.prepared(**values)
        idle = run.medical_finding_ids.filtered(lambda f: f.code == "no_hours")
        if idle:
            idle.action_waive("Did not work in this period")
        run.action_medical_submit()
        return run

    def posted(self, **values):
        run = self.submitted(**values)
        self.as_role(run, "director").action_medical_approve()
        run.action_medical_post()
        return run

    def paid_out(self, **values):
        run = self.posted(**values)
        if run.medical_kind != "void":
            run.action_medical_bank_file()
        run.action_medical_pay()
        return run
