"""What a run and its payslips say stays as it was computed, submitted and approved."""

from datetime import date
from pathlib import Path

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.modules.module import load_script
from odoo.tests import tagged

from ..common import RpcClient
from .guard_case import GuardCase
from .payroll_case import END, PAYDAY, START
from .run_case import NOW

PARTS = ("hr.payslip.line", "hr.payslip.worked_days", "hr.payslip.input")


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestLockedSlips(GuardCase):
    def parts(self, slip):
        """{field: (record or nothing, values to write, values of another)} of a slip."""
        contract = {"contract_id": slip.contract_id.id}
        extra = {"name": "More", "code": "MORE", **contract}
        line = slip.line_ids.filtered(lambda line: line.code == "NET")
        rule = line.salary_rule_id
        return {
            "line_ids": (
                line,
                {"amount": 9999},
                {
                    **extra,
                    "amount": 9999,
                    "employee_id": slip.employee_id.id,
                    "salary_rule_id": rule.id,
                    "category_id": rule.category_id.id,
                },
            ),
            "worked_days_line_ids": (
                slip.worked_days_line_ids[:1],
                {"number_of_hours": 999},
                {**extra, "number_of_hours": 999},
            ),
            "input_line_ids": (
                slip.input_line_ids[:1],
                {"amount": 999},
                {**extra, "amount": 999},
            ),
        }

    def assert_fixed(self, slip):
        """No part of the slip is written, added or deleted, by itself or through it."""
        for field, (part, values, more) in self.parts(slip).items():
            inverse = slip._fields[field].inverse_name
            with self.subTest(field):
                self.assertTrue(part)
                self.refused(lambda p=part, v=values: p.write(v), UserError)
                self.refused(part.unlink, UserError)
                self.refused(
                    lambda p=part, i=inverse, m=more: p.create({**m, i: slip.id}),
                    UserError,
                )
                for command in (
                    Command.create(more),
                    Command.update(part.id, values),
                    Command.delete(part.id),
                    Command.clear(),
                ):
                    self.refused(
                        lambda f=field, c=command: slip.write({f: [c]}), UserError
                    )

    def run_with_input(self):
        """A submitted run whose slips have lines, worked days and an input."""
        run = self.prepared()
        for slip in run.slip_ids:
            self.env["hr.payslip.input"].create(
                {
                    "payslip_id": slip.id,
                    "contract_id": slip.contract_id.id,
                    "name": "Extra",
                    "code": "EXTRA",
                    "amount": 1,
                }
            )
        run.action_medical_submit()
        return run

    def test_the_parts_of_a_slip_are_fixed_from_submission_to_payment(self):
        run = self.run_with_input()
        slip = run.slip_ids[0].with_user(self.users["payroll"])
        self.assert_fixed(slip)
        self.as_role(run, "director").action_medical_approve()
        self.assert_fixed(slip)
        run.action_medical_post()
        self.assertEqual(slip.state, "done")
        self.assert_fixed(slip)
        run.action_medical_bank_file()
        run.action_medical_pay()
        self.assert_fixed(slip)

    def test_a_part_does_not_move_to_a_fixed_slip_nor_away_from_it(self):
        fixed = self.run_with_input().slip_ids[0].with_user(self.users["payroll"])
        other = fixed.create(
            {
                "employee_id": fixed.employee_id.id,
                "contract_id": fixed.contract_id.id,
                "struct_id": self.structure.id,
                "company_id": self.company.id,
                "input_line_ids": [
                    Command.create(
                        {
                            "name": "More",
                            "code": "MORE",
                            "contract_id": fixed.contract_id.id,
                        }
                    )
                ],
            }
        )
        own = other.input_line_ids
        self.refused(lambda: own.write({"payslip_id": fixed.id}), UserError)
        moved = fixed.input_line_ids
        self.refused(lambda: moved.write({"payslip_id": other.id}), UserError)
        self.assertEqual(moved.payslip_id, fixed)

    def test_lines_are_the_calculations_in_a_draft_too(self):
        slip = self.prepared().slip_ids[0].with_user(self.users["payroll"])
        line = slip.line_ids.filtered(lambda line: line.code == "NET")
        told = "calculation only"
        self.refused(lambda: line.write({"amount": 9999}), UserError, told)
        self.refused(line.unlink, UserError, told)
        self.refused(lambda: slip.write({"line_ids": [Command.clear()]}))

    def test_a_computed_slip_is_not_made_another_persons(self):
        slip = self.prepared().slip_ids[0].with_user(self.users["payroll"])
        for values in (
            {"employee_id": self.clerk.id},
            {"struct_id": False},
            {"date_to": date(2026, 6, 21)},
            {"medical_date_pay": "2026-06-01"},
            {"medical_kind": "void"},
        ):
            self.refused(lambda v=values: slip.write(v), UserError)

    def test_a_slip_neither_joins_an_approved_run_nor_leaves_it(self):
        approved = self.submitted()
        self.as_role(approved, "director").action_medical_approve()
        values = {
            "employee_id": self.nurse.id,
            "contract_id": self.nurse.version_id.id,
            "struct_id": self.structure.id,
            "company_id": self.company.id,
            "date_from": START,
            "date_to": END,
        }
        slips = self.env["hr.payslip"].with_user(self.users["payroll"])
        joined = {"payslip_run_id": approved.id}
        self.refused(lambda: slips.create({**values, **joined}), UserError, "locked")
        asked = slips.with_context(default_payslip_run_id=approved.id)
        self.refused(lambda: asked.create(values), UserError, "locked")
        outside = slips.create(values)
        self.refused(lambda: outside.write(joined), UserError, "locked")
        mine = approved.with_user(self.users["payroll"])
        self.refused(
            lambda: mine.write({"slip_ids": [Command.link(outside.id)]}),
            UserError,
            "locked",
        )
        inside = approved.slip_ids[0].with_user(self.users["payroll"])
        self.refused(lambda: inside.write({"payslip_run_id": False}), UserError)

    def test_messages_on_a_fixed_slip_stay_possible(self):
        slip = self.posted().slip_ids[0].with_user(self.users["payroll"])
        attachments = self.env["ir.attachment"].with_user(self.users["payroll"])
        file = attachments.create(
            {"name": "letter.pdf", "raw": b"%PDF-1.4", "mimetype": "application/pdf"}
        )
        message = slip.message_post(body="As asked", attachment_ids=file.ids)
        self.assertIn(message, slip.message_ids)
        slip.hide_child_lines = True


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestNoDirectorNoPay(GuardCase):
    def test_a_client_does_not_say_that_a_run_is_no_us_run(self):
        run = self.prepared()
        self.assertTrue(run.medical_is_us)
        self.refused(lambda: run.write({"medical_is_us": False}), told="by its steps")
        made = run.with_context(default_medical_is_us=False).create(
            {
                "name": "Another",
                "company_id": self.company.id,
                "medical_schedule_id": self.schedule.id,
            }
        )
        self.assertTrue(made.medical_is_us)

    def test_a_run_without_its_schedule_confirms_no_us_slip(self):
        run = self.prepared()
        run.write({"medical_schedule_id": False})
        self.assertFalse(run.medical_is_us)
        for slip in run.slip_ids:
            self.refused(
                slip.action_payslip_done, UserError, "confirmed with its pay run"
            )
        self.refused(run.close_payslip_run, UserError, "US pay run")
        self.assertNotIn("done", run.slip_ids.mapped("state"))

    def test_a_us_slip_outside_any_run_is_not_confirmed_by_payroll(self):
        slip = (
            self.env["hr.payslip"]
            .with_user(self.users["payroll"])
            .create(
                {
                    "employee_id": self.nurse.id,
                    "contract_id": self.nurse.version_id.id,
                    "struct_id": self.structure.id,
                    "company_id": self.company.id,
                    "date_from": START,
                    "date_to": END,
                }
            )
        )
        slip.compute_sheet()
        self.assertEqual(slip.state, "verify")
        self.refused(slip.action_payslip_done, UserError, "the director approves")
        asked = slip.with_context(without_compute_sheet=True)
        self.refused(asked.action_payslip_done, UserError, "the director approves")
        self.refused(slip.refund_sheet, UserError, "void it")
        slip.action_payslip_draft()
        slip.struct_id = self.env["hr.payroll.structure"].create(
            {"name": "Other", "code": "OTHER", "company_id": self.company.id}
        )
        # what the calculator has worked out stays US pay under another structure
        self.refused(asked.action_payslip_done, UserError, "the director approves")
        wizard = self.env["hr.payslip.change.state"].with_user(self.users["payroll"])
        confirm = wizard.with_context(active_ids=slip.ids).create({"state": "done"})
        self.refused(confirm.change_state_confirm, UserError, "the director approves")

    def test_the_fingerprint_is_keyed(self):
        run = self.submitted()
        self.assertEqual(len(run._digest()), 64)
        self.assertNotEqual(run.medical_hash, run._digest())
        settings = self.env["ir.config_parameter"]
        for role in self.users:
            own = settings.with_user(self.users[role])
            self.refused(lambda own=own: own.get_param("database.secret"))
        before = run._fingerprint()
        settings.sudo().set_param("database.secret", "another one")
        self.assertNotEqual(run._fingerprint(), before)

    def test_an_upgrade_keys_the_fingerprints_of_runs_under_way(self):
        path = Path(__file__).parents[2] / "migrations/19.0.2.0.0"
        script = load_script(str(path / "post-key_fingerprints.py"), "key_fingerprints")
        same = self.submitted()
        changed = self.submitted(
            start=date(2026, 6, 21), end=date(2026, 7, 4), day=date(2026, 7, 10)
        )
        for run in (same, changed):
            run._pen().medical_hash = run._digest()
        changed.sudo()._pen().slip_ids[0].line_ids[-1].amount += 100
        old = changed.medical_hash
        script.migrate(self.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.assertEqual(same.medical_hash, same._fingerprint())
        self.as_role(same, "director").action_medical_approve()
        self.assertEqual(changed.medical_hash, old)
        self.refused(
            self.as_role(changed, "director").action_medical_approve,
            UserError,
            "have changed since it was submitted",
        )


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestProgramRows(GuardCase):
    def test_a_deposit_is_the_programs_also_when_paid(self):
        run = self.posted()
        deposit = run.sudo().medical_liability_ids.deposit_id[:1]
        forged = (
            {"amount": 1},
            {"date_due": "2027-01-01"},
            {"partner_id": self.court.id},
            {"kind": "futa"},
            {"move_id": run.sudo().medical_move_id.id},
            {"rule": "never"},
            {"liability_ids": [Command.clear()]},
        )
        for state in ("due", "paid"):
            self.assertEqual(deposit.state, state)
            for role in ("payroll", "accountant", "manager"):
                own = self.as_role(deposit, role).with_env(
                    self.env(user=self.users[role])
                )
                for values in forged:
                    self.refused(lambda o=own, v=values: o.write(v))
                self.refused(lambda o=own: o.write({"state": "paid"}), UserError)
                self.refused(own.unlink)
            if state == "due":
                own = self.as_role(deposit, "accountant").with_env(
                    self.env(user=self.users["accountant"])
                )
                own.write({"reference": "EFT1", "date_paid": "2026-06-24"})
                own.action_pay()
        for values in ({"reference": "EFT2"}, {"date_paid": "2026-01-01"}):
            self.refused(lambda v=values: own.write(v), UserError, "is paid")

    def test_a_return_to_the_agency_is_worked_out_not_written(self):
        self.posted()
        filing = (
            self.env["medical.payroll.tax.return"]
            .with_user(self.users["payroll"])
            .create(
                {
                    "company_id": self.company.id,
                    "kind": "941",
                    "year": 2026,
                    "quarter": "2",
                }
            )
        )
        filing.action_compute()
        self.assertTrue(filing.line_ids)
        for values in (
            {"deposits": 1},
            {"problems": "none"},
            {"computed_at": NOW},
            {"content": b"MTIz"},
            {"file_name": "x"},
            {"date_due": "2027-01-01"},
            {"line_ids": [Command.clear()]},
        ):
            self.refused(lambda v=values: filing.write(v))
        for name in ("amount", "key", "name", "employee_id", "filing_id"):
            self.refused(lambda n=name: filing.line_ids[0].write({n: False}))
        filing.write({"reference": "MeF 1"})
        with freeze_time("2026-07-01 15:00:00"):  # the quarter is over
            filing.action_file()
        for values in ({"reference": "MeF 2"}, {"kind": "940"}, {"year": 2025}):
            self.refused(
                lambda v=values: filing.write(v),
                UserError,
                "filed and cannot be changed",
            )
        self.refused(filing.unlink, UserError, "cannot be deleted")

    def test_what_a_run_owes_and_pays_is_the_programs(self):
        run = self.posted()
        payment = run.medical_payment_ids[0]
        for values in (
            {"amount": 1},
            {"account_id": self.accounts[1].id},
            {"method": "check"},
            {"trace": "1"},
        ):
            self.refused(
                lambda v=values: payment.write(v), told="only a check has a number"
            )
        payment.write({"number": "1001"})
        with self.assertRaises(AccessError):
            run.write({"medical_payment_ids": [Command.clear()]})


@tagged("post_install", "-at_install")
class TestSlipsByRpc(GuardCase, RpcClient):
    """The same through the web's door; no frozen clock, which a session does not bear."""

    def test_lines_worked_days_and_states_are_refused(self):
        with freeze_time(NOW):
            run = self.submitted()
        slip = run.slip_ids[0]
        self.env.flush_all()
        self.sign_in("payroll")
        for model in PARTS[:2]:
            field = "slip_id" if model == PARTS[0] else "payslip_id"
            part = self.env[model].search([(field, "=", slip.id)], limit=1)
            self.call_refused(model, "write", part.ids, {"name": "Forged"})
            self.call_refused(model, "unlink", part.ids)
        self.call_refused("hr.payslip", "write", slip.ids, {"state": "done"})
        self.call_refused("hr.payslip.run", "write", run.ids, {"medical_is_us": False})
        self.call_refused("hr.payslip", "action_payslip_done", slip.ids)
        self.call_refused(
            "hr.payslip.run",
            "write",
            run.ids,
            {"medical_date_pay": str(PAYDAY.replace(day=25))},
        )
