"""Nothing is born with proof: no approval, no payment, no filing that never happened."""

from datetime import date

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import RpcClient
from .guard_case import GuardCase
from .payroll_case import END, PAYDAY, START
from .run_case import NOW

MOMENT = "2026-06-22 10:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestBornWithProof(GuardCase):
    def test_a_returned_deposit_is_not_born_approved_and_paid(self):
        """With an account of the payroll officer's choice, approved by the director."""
        run = self.paid_out()
        payment = run.medical_payment_ids.filtered(
            lambda p: p.employee_id == self.nurse
        )
        director = self.users["director"].id
        item = self.not_born(
            "medical.payroll.deposit.return",
            "payroll",
            {
                "state": "approved",
                "proposed_by_id": director,
                "approved_by_id": director,
                "approved_at": MOMENT,
                "trace": "121042880000009",
                "new_stored": "666000666",
            },
            company_id=self.company.id,
            payment_id=payment.id,
            code="R18",
            date=date(2026, 6, 30),
            again_method="deposit",
            again_account_id=self.accounts[0].id,
        )
        self.assertEqual(item.state, "draft")
        self.refused(item.action_file, UserError, "not an approved deposit")
        self.refused(item.action_pay, UserError, "cannot go from")

    def test_a_pay_run_is_not_born_approved_or_posted(self):
        director = self.users["director"].id
        for state in ("approved", "posted"):
            run = self.not_born(
                "hr.payslip.run",
                "payroll",
                {
                    "state": state,
                    "medical_hash": "0" * 64,
                    "medical_submitted_by_id": self.users["manager"].id,
                    "medical_approved_by_id": director,
                    "medical_approved_at": MOMENT,
                    "medical_checked_at": MOMENT,
                },
                name="Forged",
                company_id=self.company.id,
                date_start=START,
                date_end=END,
                medical_schedule_id=self.schedule.id,
                medical_date_pay=PAYDAY,
            )
            self.refused(run.action_medical_pay, UserError, "cannot go from")
            self.env["ir.default"].sudo().search(
                [("user_id", "=", self.users["payroll"].id)]
            ).unlink()

    def test_a_return_to_the_agency_is_not_born_filed(self):
        filing = self.not_born(
            "medical.payroll.tax.return",
            "accountant",
            {
                "state": "filed",
                "deposits": 1000.0,
                "computed_at": MOMENT,
                "problems": "none at all",
                "file_name": "forged.txt",
            },
            company_id=self.company.id,
            kind="941",
            year=2026,
            quarter="2",
        )
        self.assertEqual(filing.state, "draft")
        self.assertFalse(filing.line_ids)

    def test_a_payslip_is_not_born_done(self):
        for state in ("verify", "done"):
            slip = self.not_born(
                "hr.payslip",
                "payroll",
                {
                    "state": state,
                    "number": "SLIP/FORGED",
                    "paid": True,
                    "medical_date_pay": "2026-06-01",
                    "medical_kind": "bonus",
                    "medical_problem": "none",
                },
                employee_id=self.nurse.id,
                contract_id=self.nurse.version_id.id,
                struct_id=self.structure.id,
                company_id=self.company.id,
                date_from=START,
                date_to=END,
            )
            self.assertEqual(slip.state, "draft")
            self.env["ir.default"].sudo().search(
                [("user_id", "=", self.users["payroll"].id)]
            ).unlink()

    def test_a_payslip_is_not_born_with_lines(self):
        slips = self.env["hr.payslip"].with_user(self.users["payroll"])
        line = {"name": "Net", "code": "NET", "amount": 5000}
        values = {
            "employee_id": self.nurse.id,
            "contract_id": self.nurse.version_id.id,
            "struct_id": self.structure.id,
            "company_id": self.company.id,
        }
        self.refused(
            lambda: slips.create({**values, "line_ids": [Command.create(line)]})
        )
        asked = slips.with_context(default_line_ids=[Command.create(line)])
        self.assertFalse(asked.create(values).line_ids)

    def test_a_copy_of_a_payslip_is_a_draft_without_proof(self):
        slip = self.posted().slip_ids[0].with_user(self.users["payroll"])
        self.refused(lambda: slip.copy({"state": "done"}))
        self.refused(lambda: slip.copy({"number": "SLIP/FORGED"}))
        copy = slip.copy()
        self.assertEqual((copy.state, copy.number), ("draft", False))
        self.assertFalse(copy.payslip_run_id)
        self.assertFalse(copy.medical_item_ids)
        approved = slip.payslip_run_id
        self.refused(
            lambda: slip.copy({"payslip_run_id": approved.id}), UserError, "locked"
        )

    def test_opening_balances_are_not_born_posted(self):
        opening = self.not_born(
            "medical.payroll.opening.balance",
            "payroll",
            {
                "state": "approved",
                "submitted_by_id": self.users["manager"].id,
                "approved_by_id": self.users["director"].id,
                "approved_at": MOMENT,
            },
            company_id=self.company.id,
            date_start=date(2026, 6, 26),
            source="Old payroll",
        )
        self.assertEqual(opening.state, "draft")
        self.assertFalse(opening.item_ids)

    def test_an_account_is_not_born_checked_or_prenoted_by_hr(self):
        account = self.not_born(
            "medical.payroll.account",
            "hr",
            {
                "date_changed": "2020-01-01 00:00:00",
                "changed_by_id": self.users["payroll"].id,
                "prenote_clears": "2026-01-01",
                "number": "666000666",
            },
            employee_id=self.nurse.id,
            name="Savings",
            routing="111000025",
            share="percent",
            value=10,
        )
        self.assertFalse(account.sudo().number)
        self.refused(lambda: account.write({"prenote_state": "done"}), told="Payroll")
        self.as_role(account, "payroll").prenote_state = "done"


@tagged("post_install", "-at_install")
class TestBornByRpc(GuardCase, RpcClient):
    """The same through the web's door; no frozen clock, which a session does not bear."""

    def test_defaults_in_the_context_give_no_state(self):
        self.sign_in("payroll")
        values = {
            "company_id": self.company.id,
            "date_start": "2026-06-26",
            "source": "Old payroll",
        }
        forged = {"state": "approved", "approved_by_id": self.users["director"].id}
        for name, value in forged.items():
            self.call_refused(
                "medical.payroll.opening.balance", "create", [{**values, name: value}]
            )
        context = {f"default_{name}": value for name, value in forged.items()}
        [number] = self.call(
            "medical.payroll.opening.balance", "create", [values], context=context
        )
        opening = self.env["medical.payroll.opening.balance"].browse(number)
        self.assertEqual((opening.state, opening.approved_by_id.id), ("draft", False))

    def test_a_pen_in_the_context_is_none(self):
        """A client's context carries text and numbers, never the program's object."""
        self.sign_in("payroll")
        for pen in (True, 1, "medical_pen", {"pen": 1}):
            self.call_refused(
                "hr.payslip.run",
                "create",
                [
                    {
                        "name": "Forged",
                        "state": "approved",
                        "company_id": self.company.id,
                    }
                ],
                context={"medical_pen": pen},
            )
