"""Every method that a client may call, on a record in the state for it, by every role."""

import base64
from datetime import date
from pathlib import Path

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..access_matrix import ROLES
from ..method_matrix import read_methods
from .guard_case import GuardCase
from .payroll_case import START
from .run_case import NOW
from .test_payroll_law import archive, of_2027


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMethods(GuardCase):
    """Who is not named in the table is refused for the role, not for the state."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        tests = Path(__file__).parent.parent
        cls.matrix = read_methods(tests)
        own = (Path(__file__).parent / "method_matrix.csv").read_text("utf-8")
        cls.listed = {
            tuple(line.split(",")[:2]) for line in own.splitlines()[1:] if line
        }
        cls.tried = set()

    def only(self, record, *methods, reason=(), **context):
        """Every role that the table does not name is refused each of ``methods``."""
        for method in methods:
            self.tried.add((record._name, method))
            roles = self.matrix[record._name, method]
            for role in set(ROLES) - roles:
                own = record.with_user(self.users[role]).with_context(**context)
                with self.subTest(f"{role}: {record._name}.{method}"):
                    self.refused(lambda o=own, m=method: getattr(o, m)(*reason))

    def no_step_without_a_reason(self, record, method, role):
        """Whoever may take the step has to say why: a client need not use our dialog."""
        own = record.with_user(self.users[role])
        for blank in (" ", "", False):
            with self.subTest(f"{record._name}.{method} without a reason"):
                self.refused(
                    lambda b=blank: getattr(own, method)(b), UserError, "eason"
                )

    def refused(self, attempt, error=AccessError, told=""):
        super().refused(attempt, error, told)
        self.env.invalidate_all()

    def test_each_method_is_refused_to_who_is_not_named(self):
        self.walk_the_run()
        self.walk_the_return()
        self.walk_the_openings()
        self.walk_the_hours()
        self.walk_the_law()
        self.walk_the_trial()
        self.walk_the_rest()
        mixed_in = {key for key in self.listed if key[1] == "action_ask_reason"}
        self.assertEqual(self.listed - mixed_in, self.tried)

    def walk_the_run(self):
        run, why = self.prepared(), ("a good reason",)
        self.only(run, "action_medical_compute", "action_medical_continue")
        self.only(run, "medical_compute_step", "action_medical_preflight")
        self.only(run, "action_medical_submit", "close_payslip_run")
        slip = run.slip_ids[0]
        self.only(slip, "compute_sheet", "action_payslip_done", "action_payslip_draft")
        self.only(slip, "action_payslip_cancel", "get_lines_dict", "refund_sheet")
        wizard = (
            self.env["hr.payslip.employees"]
            .with_user(self.users["payroll"])
            .create({"employee_ids": [Command.set(self.nurse.ids)]})
        )
        self.only(wizard, "compute_sheet", active_id=run.id)
        finding = self.env["medical.payroll.finding"].create(
            {
                "run_id": run.id,
                "code": "test",
                "level": "warning",
                "summary": "Look",
                "can_waive": True,
                "res_model": "hr.payslip",
            }
        )
        self.only(finding, "action_fix", "action_ask_waive")
        self.only(finding, "action_waive", reason=why)
        self.no_step_without_a_reason(finding, "action_waive", "payroll")
        run.action_medical_submit()
        self.only(run, "action_medical_approve", "draft_payslip_run")
        self.only(run, "action_medical_return", reason=why)
        self.as_role(run, "director").action_medical_approve()
        self.only(run, "action_medical_post")
        run.action_medical_post()
        self.only(slip, "action_medical_ask_void")
        self.only(run, "action_medical_ask_void", "action_medical_open_voids")
        self.only(slip, "action_medical_void", reason=why)
        self.no_step_without_a_reason(slip, "action_medical_void", "payroll")
        self.only(run, "action_medical_bank_file")
        run.action_medical_bank_file()
        file = run.medical_bank_file_id
        self.only(file, "action_download", "action_ask_void")
        self.only(file, "action_void", reason=why)
        self.no_step_without_a_reason(file, "action_void", "director")
        self.only(run, "action_medical_pay")
        run.action_medical_pay()
        deposit = run.sudo().medical_liability_ids.deposit_id[:1].sudo(False)
        deposit.sudo().reference = "EFT1"
        self.only(deposit, "action_pay")
        self.run = run

    def walk_the_return(self):
        payment = self.run.medical_payment_ids[0]
        self.only(payment, "action_returned")
        item = (
            self.env["medical.payroll.deposit.return"]
            .with_user(self.users["payroll"])
            .create(
                {
                    "company_id": self.company.id,
                    "payment_id": payment.id,
                    "code": "R18",
                    "date": date(2026, 6, 30),
                }
            )
        )
        self.only(item, "action_book", "action_close")
        item.action_book()
        self.only(item, "action_propose")
        item.write({"again_method": "check"})
        item.action_propose()
        self.only(item, "action_approve")
        self.only(item, "action_back", reason=("another account",))
        self.as_role(item, "director").action_approve()
        self.only(item, "action_file", "action_pay")

    def walk_the_openings(self):
        opening = (
            self.env["medical.payroll.opening.balance"]
            .with_user(self.users["payroll"])
            .create(
                {
                    "company_id": self.company.id,
                    "date_start": date(2026, 6, 26),
                    "source": "Old payroll",
                    "line_ids": [
                        Command.create(
                            {
                                "employee_id": self.employees["staff"].id,
                                "date_pay": date(2026, 3, 31),
                                "what": "REG",
                                "amount": 1000,
                            }
                        )
                    ],
                }
            )
        )
        self.only(opening, "action_submit")
        file = {"file": base64.b64encode(b"x")}
        wizards = self.env["medical.payroll.opening.balance.wizard"]
        wizard = wizards.with_user(self.users["payroll"]).create(
            {**file, "opening_id": opening.id}
        )
        self.only(wizard, "action_check", "action_import", "action_template")
        opening.action_submit()
        self.only(opening, "action_approve")
        self.only(opening, "action_return", reason=("look again",))
        self.as_role(opening, "director").action_approve()
        self.only(opening, "action_correct", "action_items")

    def walk_the_hours(self):
        sheets = self.env["medical.payroll.timesheet"]
        period = self.schedule._period_on(START)
        sheet = sheets._ensure(self.clerk, self.schedule, period)
        self.only(sheet, "action_submit")
        self.only(sheet, "action_return", "action_correct", reason=("why",))
        self.only(sheets, "action_open_mine", "action_open_kiosk", "hours_grid")
        self.only(sheets, "clock_state")
        self.only(sheets, "clock_tap", "clock_left", reason=("17:30",))
        self.as_role(sheet, "manager").action_submit()
        self.only(sheet, "action_approve")

    def walk_the_law(self):
        as_payroll = self.users["payroll"]
        # the law is one for all companies: who works for all of them imports it
        self.let_work_for_all(*self.users)
        package = (
            self.env["medical.payroll.law.package"]
            .with_user(as_payroll)
            .create({"file": archive(of_2027())})
        )
        self.only(package, "action_try", "try_step", "action_submit")
        package.action_submit()
        self.only(package, "action_release")
        self.only(package, "action_return", reason=("look again",))
        provision = (
            self.env["medical.payroll.law.provision"]
            .with_user(as_payroll)
            .create({"company_id": self.company.id, "year": 2027, "note": "Late"})
        )
        self.only(provision, "action_submit")
        provision.action_submit()
        self.only(provision, "action_agree")
        self.only(provision, "action_return", reason=("look again",))
        self.as_role(provision, "director").action_agree()
        self.only(provision, "action_end")
        self.as_role(package, "director").action_release()
        self.only(package, "action_withdraw", reason=("a figure is wrong",))

    def walk_the_trial(self):
        as_payroll = self.users["payroll"]
        trial = (
            self.env["medical.payroll.trial"]
            .with_user(as_payroll)
            .create({"schedule_id": self.schedule.id, "source": "Old payroll"})
        )
        self.only(trial, "action_calculate", "action_import", "action_accept")
        self.only(trial, "action_reopen", reason=("a figure is wrong",))
        file = {"file": base64.b64encode(b"x")}
        wizards = self.env["medical.payroll.trial.wizard"].with_user(as_payroll)
        wizard = wizards.create({**file, "trial_id": trial.id})
        self.only(wizard, "action_import", "action_template")
        wizards = self.env["medical.payroll.pay.wizard"].with_user(as_payroll)
        wizard = wizards.create({**file, "schedule_id": self.schedule.id})
        self.only(wizard, "action_check", "action_import", "action_template")

    def walk_the_rest(self):
        self.only(self.nursing, "action_employee_from_department")  # the host asks
        filing = (
            self.env["medical.payroll.tax.return"]
            .with_user(self.users["payroll"])
            .create(
                {
                    "company_id": self.company.id,
                    "kind": "941",
                    "year": 2026,
                    "quarter": "2",
                    "reference": "MeF 1",
                }
            )
        )
        filing.action_compute()
        self.only(filing, "action_compute", "action_file", "action_download")
        with freeze_time("2026-07-01 15:00:00"):  # the quarter is over
            filing.action_file()
        self.only(filing, "action_correct", "action_give_w2", "action_open_w2")
        self.only(filing, "action_w2_names")
        self.only(self.accounts[0], "action_unmask", "action_checked")
        self.only(self.bank, "action_prenotes")
        self.only(self.env["medical.payroll.posting"], "action_set_up")
        self.only(self.nurse, "action_medical_show_ssn", "action_medical_slips")
        wizard = (
            self.env["medical.payroll.deposit.return.wizard"]
            .with_user(self.users["payroll"])
            .create(
                {"company_id": self.company.id, "file": base64.b64encode(b"x")},
            )
        )
        self.only(wizard, "action_check", "action_import")
