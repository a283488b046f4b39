"""After the run: deposits, returns, void, off-cycle pay, paper, the register of checks."""

import base64
from datetime import date
from io import BytesIO

from freezegun import freeze_time
from psycopg2 import IntegrityError
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...engine.core.amounts import amount_text
from ...tools.money import money
from .run_case import NOW, RunCase

SLIP_REPORT = "medical_office.payroll_slip_report"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPayrollOutputs(RunCase):
    # ------------------------------------------------------------------- deposits

    def test_posting_dates_what_is_owed(self):
        run = self.posted()
        due = {
            (d.kind, d.key or ""): d.date_due
            for d in run.medical_liability_ids.deposit_id
        }
        # monthly depositor: the 15th of the month after the payday of 26 June
        self.assertEqual(due["federal", ""], date(2026, 7, 15))
        # below 500 dollars: carried, at the latest to Form 940 (31 January is a Sunday)
        self.assertEqual(due["futa", ""], date(2027, 2, 1))
        # 7 business days after 26 June, 3 July being the legal holiday
        self.assertEqual(due["order", ""], date(2026, 7, 8))

    def test_federal_unemployment_tax_is_carried_until_it_exceeds_500(self):
        run = self.posted()
        # as if the quarter's tax were that of a larger practice
        liability = run.medical_liability_ids.filtered(lambda x: x.kind == "futa")
        liability.sudo()._pen().amount = 500
        deposits = self.env["medical.payroll.deposit"].sudo()._pen()
        deposits._lay_futa(liability.sudo()._pen())
        self.assertEqual(liability.deposit_id.date_due, date(2027, 2, 1))
        liability.sudo()._pen().amount = 500.01
        deposits._lay_futa(liability.sudo()._pen())
        self.assertEqual(liability.deposit_id.date_due, date(2026, 7, 31))
        self.assertEqual(liability.deposit_id.rule, "over 500")
        kept = deposits.search([("kind", "=", "futa"), ("state", "=", "due")])
        self.assertEqual(kept, liability.deposit_id)

    def test_a_semiweekly_depositor_pays_on_wednesday(self):
        self.company.medical_deposit_schedule = "semiweekly"
        run = self.posted()
        federal = run.medical_liability_ids.deposit_id.filtered(
            lambda d: d.kind == "federal"
        )
        self.assertEqual(federal.date_due, date(2026, 7, 1))

    def test_a_deposit_is_paid_with_its_reference_and_entry(self):
        run = self.posted()
        federal = run.medical_liability_ids.deposit_id.filtered(
            lambda d: d.kind == "federal"
        )
        with self.assertRaisesRegex(UserError, "confirmation number"):
            federal.action_pay()
        federal.reference = "  "
        with self.assertRaisesRegex(UserError, "confirmation number"):
            federal.action_pay()
        with self.assertRaises(AccessError):
            self.as_role(federal, "director").action_pay()
        federal.reference = "27012345"
        self.as_role(federal, "accountant").action_pay()
        self.assertEqual(federal.state, "paid")
        move = federal.sudo().move_id
        self.assertEqual(move.state, "posted")
        self.assertEqual(sum(move.line_ids.mapped("debit")), federal.amount)
        with self.assertRaisesRegex(UserError, "cannot be changed"):
            federal.reference = "other"

    def test_a_deposit_is_paid_on_a_day_that_can_be(self):
        """Scheduled ahead up to the due day; not before the run was approved."""
        deposit = self.posted().medical_liability_ids.deposit_id.filtered(
            lambda d: d.kind == "federal"
        )
        deposit = self.as_role(deposit, "accountant")
        deposit.reference = "EFT 1"
        for day in ("1990-01-01", "2026-06-22", "2026-07-16", "2035-01-01"):
            deposit.date_paid = day
            with self.assertRaisesRegex(UserError, "from 06/23/2026 to 07/15/2026"):
                deposit.action_pay()
        deposit.date_paid = "2026-07-15"
        deposit.action_pay()
        self.assertEqual(deposit.state, "paid")

    def test_late_deposits_stand_in_the_register_with_the_penalty(self):
        run = self.posted()
        federal = run.medical_liability_ids.deposit_id.filtered(
            lambda d: d.kind == "federal"
        )
        with freeze_time("2026-07-20 15:00:00"):
            federal.invalidate_recordset()
            self.assertEqual(federal.days_late, 5)
            # 2 percent, one to five days late (26 USC 6656)
            self.assertAlmostEqual(federal.penalty, federal.amount * 0.02, 2)
            result = self.env["medical.payroll.deposit"]._medical_check_due()
            row = next(row for row in result.rows if row.res_id == federal.id)
            self.assertEqual(row.severity, "critical")
            self.assertEqual(row.money_at_risk, federal.penalty)
            # who prepares pay sees to it
            self.assertEqual(row.user_id, run.medical_submitted_by_id.id)

    def test_liabilities_by_age(self):
        run = self.posted()
        deposits = run.medical_liability_ids.deposit_id
        report = self.env["report.medical_office.payroll_ageing_report"]
        with freeze_time("2026-07-20 15:00:00"):
            [sheet] = report.with_user(self.users["accountant"])._sheets(deposits, {})
        rows = {row["payee"]: row for row in sheet.rows}
        federal = deposits.filtered(lambda d: d.kind == "federal")
        row = rows["Federal payroll taxes payable"]
        self.assertEqual(row["late0"], money(f"{federal.amount:.2f}"))
        self.assertIsNone(row["not_due"])
        futa = rows["Federal unemployment tax payable"]
        self.assertEqual(futa["next"], date(2027, 2, 1))
        total = sum(money(f"{d.amount:.2f}") for d in deposits)
        self.assertEqual(sheet.totals()["total"], total)

    # ----------------------------------------------------------------------- void

    def test_a_void_takes_every_figure_back(self):
        run = self.paid_out()
        slip = run.slip_ids.filtered(lambda s: s.employee_id == self.clerk)
        action = slip.action_medical_void("Paid for a week that was not worked")
        void_run = run.browse(action["res_id"])
        void = void_run.slip_ids
        self.assertEqual(void.medical_voids_id, slip)
        self.assertEqual(void.medical_net, -slip.medical_net)
        self.assertTrue(slip.medical_voided)
        with self.assertRaisesRegex(UserError, "already voided"):
            slip.action_medical_void("again")

        void_run.action_medical_submit()
        self.as_role(void_run, "director").action_medical_approve()
        void_run.action_medical_post()
        year = void._medical_year()[void.id]
        self.assertEqual({round(a, 2) for a, _name in year.values()}, {0})
        self.assertEqual(void_run._tie_out(), ())
        federal = self.env["medical.payroll.liability"].search(
            [("kind", "=", "federal"), ("company_id", "=", self.company.id)]
        )
        nurse = run.slip_ids - slip
        own = sum(
            abs(item.amount)
            for item in nurse.medical_item_ids
            if item.code in ("FIT", "SS", "MED", "ER_SS", "ER_MED")
        )
        self.assertAlmostEqual(sum(federal.mapped("amount")), own, 2)

    def test_a_whole_run_is_voided_at_once_with_its_preview(self):
        run = self.paid_out()
        action = run.action_medical_ask_void()
        about = action["context"]["default_about"]
        self.assertIn("Payslips taken back: 2, paid on 06/26/2026", about)
        self.assertIn(f"Gross {amount_text(self.env, run.medical_gross)}", about)
        self.assertIn(f"net {amount_text(self.env, run.medical_net)}", about)
        self.assertIn("2026 Q2", about)
        self.assertFalse(run.slip_ids.filtered("medical_voided"))  # only shown yet
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.users["payroll"])
            .with_context(action["context"])
            .create({"reason": "Paid twice"})
        )
        void_run = run.browse(wizard.action_confirm()["res_id"])
        self.assertEqual(len(void_run.slip_ids), 2)
        self.assertEqual(void_run.slip_ids.medical_voids_id, run.slip_ids)
        self.assertEqual(
            round(sum(void_run.slip_ids.mapped("medical_net")), 2),
            -round(run.medical_net, 2),
        )
        self.assertEqual(run.medical_void_run_ids, void_run)
        self.assertTrue(run.medical_whole_void)  # the run says so, and has no button
        self.assertEqual(run.action_medical_open_voids()["res_id"], void_run.id)
        with self.assertRaisesRegex(UserError, "no confirmed payslip"):
            run.action_medical_ask_void()
        with (  # somebody else at the same moment, who saw no void yet
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(IntegrityError, "voided_once"),
            self.cr.savepoint(),
        ):
            run.slip_ids[0]._make_voids(void_run)
        with self.assertRaisesRegex(UserError, "no confirmed payslip"):
            void_run.action_medical_ask_void()
        with self.assertRaises(AccessError):
            self.as_role(run, "director").action_medical_ask_void()

    def test_a_void_of_some_is_said_on_the_run_and_is_not_all_of_it(self):
        run = self.paid_out()
        slip = run.slip_ids[0]
        self.assertFalse(run.medical_void_run_ids)
        void_run = run.browse(slip.action_medical_void("wrong week")["res_id"])
        self.assertEqual(run.medical_void_run_ids, void_run)
        self.assertFalse(run.medical_whole_void)

    def test_the_preview_names_only_returns_that_can_hold_the_pay(self):
        run = self.paid_out()  # paid in the second quarter
        returns = self.env["medical.payroll.tax.return"].sudo()._pen()
        for kind, quarter in (("941", "1"), ("941", "2"), ("940", False)):
            returns.create(
                {
                    "company_id": self.company.id,
                    "kind": kind,
                    "year": 2026,
                    "quarter": quarter,
                    "state": "filed",
                }
            )
        about = run.slip_ids._void_preview()
        [line] = [row for row in about.splitlines() if row.startswith("Filed already")]
        self.assertIn("Q2 2026", line)
        self.assertIn("940", line)
        self.assertNotIn("Q1", line)

    def test_what_comes_after_posting_is_said_as_it_is(self):
        run = self.submitted()
        self.as_role(run, "director").action_medical_approve()
        told = run.action_medical_post()["params"]["message"]
        self.assertIn("Create the bank file next", told)
        run.action_medical_bank_file()
        void = run.browse(run.slip_ids.action_medical_void("twice")["res_id"])
        void.action_medical_submit()
        self.as_role(void, "director").action_medical_approve()
        told = void.action_medical_post()["params"]["message"]
        self.assertIn("Nothing is paid out", told)
        self.assertNotIn("bank file", void.action_medical_pay()["params"]["message"])

    def test_pay_of_last_year_is_voided_only_where_nobody_had_the_money(self):
        run = self.paid_out()
        self.assertNotIn("never received", run.slip_ids._void_preview())
        with freeze_time("2027-01-15 18:00:00"):
            self.assertIn("This is pay of 2026", run.slip_ids._void_preview())

    def test_only_a_confirmed_slip_is_voided_and_by_payroll(self):
        run = self.prepared()
        with self.assertRaisesRegex(UserError, "only a confirmed payslip"):
            run.slip_ids[0].action_medical_void("no")
        with self.assertRaises(AccessError):
            self.as_role(run.slip_ids[0], "director").action_medical_void("no")

    # ------------------------------------------------------------------ off-cycle

    def test_nobody_enters_the_own_additional_earnings(self):
        self.clerk.user_id = self.users["payroll"]
        earnings = self.env["medical.payroll.earning"].with_user(self.users["payroll"])
        values = {"name": "On call", "amount": 100, "date_from": "2026-06-01"}
        with self.assertRaisesRegex(AccessError, "Somebody else"):
            earnings.create({**values, "employee_id": self.clerk.id})
        other = earnings.create({**values, "employee_id": self.nurse.id})
        with self.assertRaisesRegex(AccessError, "Somebody else"):
            other.employee_id = self.clerk

    def test_a_bonus_run_pays_the_chosen_people_the_bonus_alone(self):
        self.env["medical.payroll.earning"].create(
            {
                "employee_id": self.nurse.id,
                "name": "Flu clinic",
                "kind": "bonus",
                "amount": 500,
                "once": True,
                "date_from": date(2026, 6, 1),
            }
        )
        with self.assertRaisesRegex(UserError, "Choose who is paid"):
            self.prepared(medical_kind="bonus")
        bonus = self.prepared(
            medical_kind="bonus",
            medical_employee_ids=[(6, 0, self.nurse.ids)],
        )
        self.assertEqual(bonus.slip_ids.employee_id, self.nurse)
        self.assertEqual(bonus.medical_gross, 500)

    # --------------------------------------------------------------- tax returns

    def filing(self, role="payroll", **values):
        filing = (
            self.env["medical.payroll.tax.return"]
            .with_user(self.users[role])
            .create({"company_id": self.company.id, "year": 2026, **values})
        )
        filing.action_compute()
        return filing

    def amounts(self, filing):
        return {line.key: line.amount for line in filing.line_ids}

    def test_form_941_adds_up_the_payslips(self):
        self.paid_out()
        filing = self.filing("accountant", kind="941", quarter="2")
        lines = self.amounts(filing)
        self.assertEqual(lines["1"], 2)
        self.assertEqual(lines["2"], 4600)
        self.assertEqual(lines["5a"], 4600)
        self.assertEqual(lines["5a2"], 570.40)
        self.assertEqual(lines["5c2"], 133.40)
        self.assertEqual(lines["12"], lines["16.3"])
        self.assertEqual(filing.date_due, date(2026, 7, 31))
        self.assertFalse(filing.problems)

    def test_form_940_and_the_state_report(self):
        self.paid_out()
        lines = self.amounts(self.filing(kind="940"))
        self.assertEqual(lines["7"], 4600)
        self.assertEqual(lines["8"], 27.60)
        state = self.company.state_id
        self.env["medical.payroll.state.account"].search(
            [("state_id", "=", state.id)]
        ).unemployment_number = "U-1"
        report = self.filing(kind="suta", quarter="2", state_id=state.id)
        self.assertEqual(
            {(x.employee_id.name, x.key): x.amount for x in report.line_ids},
            {
                ("Nora Salary", "wages"): 3000,
                ("Nora Salary", "taxable"): 3000,
                ("Nora Salary", "tax"): 91.50,
                ("Hal Hourly", "wages"): 1600,
                ("Hal Hourly", "taxable"): 1600,
                ("Hal Hourly", "tax"): 48.80,
            },
        )

    def test_w2_boxes_and_their_file(self):
        self.paid_out()
        self.company.write(
            {
                "vat": "39-1234567",
                "medical_ssa_user_id": "TEST2026",
                "phone": "608-555-0100",
                "email": "pay@test.example",
                "street": "1 Lake Road",
                "city": "Madison",
                "zip": "53703",
            }
        )
        filing = self.filing(kind="w2")
        nurse = filing.line_ids.filtered(lambda x: x.employee_id == self.nurse)
        boxes = {line.key: line.amount for line in nurse}
        self.assertEqual(boxes["1"], 3000)
        self.assertEqual(boxes["4"], 186)
        self.assertEqual(boxes["6"], 43.5)
        text = base64.b64decode(
            filing.sudo().with_context(bin_size=False).content
        ).decode()
        records = text.split("\r\n")[:-1]
        self.assertEqual({len(record) for record in records}, {512})
        total = next(record for record in records if record.startswith("RT"))
        self.assertEqual(int(total[2:9]), 2)
        self.assertEqual(money(int(total[9:24])) / 100, 4600)

    def test_each_person_gets_the_own_w2(self):
        self.paid_out()
        self.company.write(
            {
                "vat": "39-1234567",
                "medical_ssa_user_id": "TEST2026",
                "phone": "608-555-0100",
                "email": "pay@test.example",
                "street": "1 Lake Road",
                "city": "Madison",
                "zip": "53703",
            }
        )
        filing = self.filing(kind="w2")
        with self.assertRaisesRegex(UserError, "once the year is over"):
            filing.action_give_w2()
        self.employees["staff"].user_id = False
        self.nurse.user_id = self.users["staff"]
        with freeze_time("2027-01-15 15:00:00"):
            # a layout that nobody has proven keeps no form from the people
            self.assertIn("AccuWage", filing.file_notes)
            self.assertFalse(filing.problems)
            filing.sudo()._pen().problems = "Something is wrong."
            with self.assertRaisesRegex(UserError, "settle first"):
                filing.action_give_w2()
            filing.sudo()._pen().problems = False
            with self.assertRaises(AccessError):
                self.as_role(filing, "accountant").action_give_w2()
            said = filing.action_give_w2()
            filing.action_give_w2()  # again, after it was calculated anew
        self.assertIn("2", said["params"]["message"])
        forms = self.env["medical.payroll.w2"]
        own = self.as_role(forms, "staff").search([])
        self.assertEqual(own.employee_id.ids, self.nurse.ids)
        self.assertEqual((own.year, own.wages), (2026, 3000))
        self.assertEqual({box["key"]: box["amount"] for box in own.boxes}["4"], 186)
        self.assertFalse(self.as_role(forms, "hr").search([]))
        html, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.users["staff"])
            ._render_qweb_html("medical_office.payroll_w2_report", own.ids)
        )
        text = html.decode()
        self.assertIn("Copy B", text)
        self.assertIn("Copy C", text)
        self.assertIn("39-1234567", text)
        with self.assertRaises(AccessError):
            own.wages = 1
        others = forms.search([("filing_id", "=", filing.id)]) - own
        with self.assertRaises(AccessError):
            self.as_role(others, "staff").read(["wages"])

    def test_a_filed_return_stays(self):
        self.paid_out()
        filing = self.filing(kind="941", quarter="2")
        with self.assertRaisesRegex(UserError, "acknowledgment"):
            filing.action_file()
        filing.reference = "MeF 123"
        with self.assertRaisesRegex(UserError, "once its quarter is over"):
            filing.action_file()
        with (
            freeze_time("2026-06-30 15:00:00"),
            self.assertRaisesRegex(UserError, "after 06/30/2026"),
        ):
            filing.action_file()
        with freeze_time("2026-07-01 15:00:00"):
            filing.action_file()
        for change in (
            lambda: filing.write({"reference": "x"}),
            filing.action_compute,
            filing.unlink,
        ):
            with self.assertRaises(UserError):
                change()

    def test_no_return_is_filed_while_its_time_runs(self):
        self.paid_out()
        wi = self.env.ref("base.state_us_50")
        for values, last in (
            ({"kind": "suta", "quarter": "2", "state_id": wi.id}, "2026-06-30"),
            ({"kind": "940"}, "2026-12-31"),
            ({"kind": "w2"}, "2026-12-31"),
        ):
            filing = self.filing(**values)
            filing.write({"reference": "ACK", "date_filed": last})
            with self.assertRaisesRegex(UserError, "is over, after"):
                filing.action_file()
            with (
                freeze_time("2027-01-20 15:00:00"),
                self.assertRaisesRegex(UserError, "is over, after"),
            ):
                filing.action_file()  # dated into the time that it covers
            with freeze_time("2027-01-20 15:00:00"):
                filing.date_filed = "2027-01-21"
                with self.assertRaisesRegex(UserError, "still to come"):
                    filing.action_file()
                filing.date_filed = "2027-01-20"
                filing.action_file()
            self.assertEqual(filing.state, "filed")

    def test_the_accountant_sees_no_return_with_peoples_pay(self):
        self.paid_out()
        filing = self.filing(kind="w2")
        with self.assertRaises(AccessError):
            self.as_role(filing, "accountant").read(["year"])
        with self.assertRaises(AccessError):
            self.as_role(filing.line_ids, "accountant").read(["amount"])
        with self.assertRaises(AccessError):
            self.filing("accountant", kind="w2", year=2025)

    # ---------------------------------------------------------------------- paper

    def test_a_person_prints_the_own_slip_alone(self):
        run = self.paid_out()
        self.employees["staff"].user_id = False
        self.env.flush_all()
        self.employees["staff"].user_id = False
        self.nurse.user_id = self.users["staff"]
        own = run.slip_ids.filtered(lambda s: s.employee_id == self.nurse)
        report = self.env["ir.actions.report"].with_user(self.users["staff"])
        html = report._render_qweb_html(SLIP_REPORT, own.ids)[0]
        text = html.decode()
        self.assertIn("Nora Salary", text)
        self.assertIn("How the", text)
        self.assertNotIn("401-23-4567", text)
        with self.assertRaises(AccessError):
            report._render_qweb_html(SLIP_REPORT, (run.slip_ids - own).ids)
        with self.assertRaises(AccessError):
            report._render_qweb_html("medical_office.payroll_register_report", run.ids)

    def test_many_slips_are_printed_in_batches_and_say_the_same(self):
        slips = self.paid_out().slip_ids
        self.assertGreater(len(slips), 1)
        reports = self.env["ir.actions.report"].with_context(
            force_report_rendering=True
        )

        def pages():
            content, _kind = reports._render_qweb_pdf(SLIP_REPORT, slips.ids)
            return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]

        at_once = pages()
        sizes = []
        values = type(self.env[f"report.{SLIP_REPORT}"])._get_report_values

        def counted(report, docids, data=None):
            sizes.append(len(docids))
            return values(report, docids, data=data)

        model = self.env.registry[f"report.{SLIP_REPORT}"]
        self.patch(model, "_print_batch", 1)
        self.patch(model, "_get_report_values", counted)
        self.assertEqual(pages(), at_once)
        self.assertEqual(sizes, [1] * len(slips))

    def test_year_to_date_adds_up_the_pays(self):
        self.paid_out()
        with freeze_time("2026-07-07 15:00:00"):
            second = self.prepared(
                start=date(2026, 6, 21), end=date(2026, 7, 4), day=date(2026, 7, 10)
            )
        slip = second.slip_ids.filtered(lambda s: s.employee_id == self.nurse)
        year = slip._medical_year()[slip.id]
        self.assertEqual(year["REG", ""][0], 6000)
        self.assertEqual(slip.medical_previous_net, slip.medical_net)

    def test_the_register_adds_up_to_the_run(self):
        run = self.paid_out()
        report = self.env["report.medical_office.payroll_register_report"]
        sheet = report.with_user(self.users["payroll"])._sheets(run, {})[0]
        totals = sheet.totals()
        self.assertEqual(totals["net"], money(f"{run.medical_net:.2f}"))
        self.assertEqual(totals["gross"], 4600)

    # ------------------------------------------------------------------- register

    def test_a_run_that_is_not_paid_by_payday_is_an_exception(self):
        run = self.prepared()
        with freeze_time("2026-06-25 15:00:00"):
            result = self.env["hr.payslip.run"]._medical_check_unpaid()
        self.assertIn((run.id, "high"), [(r.res_id, r.severity) for r in result.rows])
        with freeze_time("2026-06-28 15:00:00"):
            result = self.env["hr.payslip.run"]._medical_check_unpaid()
        self.assertIn(
            (run.id, "critical"), [(r.res_id, r.severity) for r in result.rows]
        )
