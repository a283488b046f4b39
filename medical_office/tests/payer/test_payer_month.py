"""A payer's months, its performance, and the investors' register."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..common import RpcClient
from .test_payer_contract import ContractCase

HEAD = (
    "Payer,Month,Claims,Denied,Denied: coding,Denied: enrollment,Paid,"
    "Owed by contract,Days to pay\n"
)
MONTHS = (
    HEAD + "BMH01,2026-09,100,10,6,2,9000,10000,30\n"
    "BMH01,2026-10,300,30,10,15,27000,,20\nBMH01,2025-01,900,900,0,0,1,,99\n"
)


@tagged("post_install", "-at_install")
class TestPayerMonth(ContractCase):
    def of_badger(self):
        return self.env["medical.payer.month"].search(
            [("payer_id", "=", self.badger.id)]
        )

    def test_months_are_imported_and_corrected_with_a_reason(self):
        wizard = self.wizard("month", MONTHS)
        wizard.action_check()
        self.assertEqual((wizard.new_count, wizard.corrected_count), (3, 0))
        self.assertFalse(self.of_badger())
        wizard.action_import()
        self.assertEqual(len(self.of_badger()), 3)
        again = self.wizard("month", MONTHS.replace("9000,10000,30", "9100,10000,30"))
        again.action_check()
        self.assertEqual((again.new_count, again.corrected_count), (0, 1))
        with self.assertRaisesRegex(UserError, "Enter why"):
            again.action_import()
        again.reason = "A payment was posted late"
        again.action_import()
        self.assertIn(9100, self.of_badger().mapped("paid"))

    def test_an_unknown_payer_is_named_and_nothing_is_written(self):
        wizard = self.wizard("month", MONTHS + "Nobody,2026-10,1,0,0,0,1,,1\n")
        with self.assertRaisesRegex(UserError, "Row 5, Payer.*not a payer"):
            wizard.action_import()
        self.assertFalse(self.of_badger())

    def test_a_payer_by_name_and_by_id_counts_in_one_row(self):
        again = f"{self.badger.name},2026-10,1,0,0,0,1,,1\n"
        wizard = self.wizard("month", MONTHS + again)
        wizard.action_check()
        self.assertRegex(wizard.problems, "Row 5, Payer: The same is in row 3 already")
        with self.assertRaisesRegex(UserError, "Row 5, Payer: The same"):
            wizard.action_import()

    def test_the_performance_of_twelve_months(self):
        self.wizard("month", MONTHS).action_import()
        one = self.enroll()
        one.action_gather()
        one.action_submit()
        one.date_effective = "2026-12-20"  # submitted on November 30
        one.action_effective()
        rows = self.env["medical.payer.performance"].with_user(self.users["director"])
        row = rows.search([("payer_id", "=", self.badger.id)])
        self.assertEqual(
            (row.claims, row.paid, row.days, row.denied_share),
            (400, 36000, 22.5, 10.0),
        )
        self.assertEqual((row.top_reason, row.contract_share), ("enrollment", 90.0))
        self.assertEqual(row.enroll_days, 20)

    def test_only_who_keeps_the_numbers_imports(self):
        for role in ("hr", "director", "staff"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.wizard("month", MONTHS, role)


@tagged("post_install", "-at_install")
class TestPayerInvestor(RpcClient, ContractCase):
    def investor(self, name, units, role="accountant", **values):
        env = self.env(user=self.users[role])
        partner = self.env["res.partner"].create({"name": name})
        investor = env["medical.payer.investor"].create(
            {"partner_id": partner.id, "company_id": self.company.id}
        )
        env["medical.payer.holding"].create(
            {
                "investor_id": investor.id,
                "units": units,
                "date_from": "2024-01-01",
                **values,
            }
        )
        return investor

    def distribution(self, role="accountant", **values):
        return (
            self.env["medical.payer.distribution"]
            .with_user(self.users[role])
            .create(
                {
                    "name": "Third quarter 2026",
                    "amount": 100,
                    "record_on": "2026-11-30",
                    "company_id": self.company.id,
                    **values,
                }
            )
        )

    def test_it_is_divided_to_the_cent_and_approved_by_a_second_person(self):
        for name in ("Ada", "Ben", "Cleo"):
            self.investor(name, 1)
        self.investor("Gone", 5, date_to="2025-12-31")
        distribution = self.distribution()
        distribution.action_submit()
        self.assertEqual(sum(distribution.line_ids.mapped("amount")), 100)
        self.assertEqual(
            sorted(distribution.line_ids.mapped("amount")), [33.33, 33.33, 33.34]
        )
        with self.assertRaises(AccessError):
            distribution.action_approve()
        director = distribution.with_user(self.users["director"])
        director.action_approve()
        with self.assertRaisesRegex(UserError, "Paid on"):
            distribution.action_pay()
        with freeze_time("2026-12-02"):
            distribution.paid_on = "2026-12-01"
        distribution.action_pay()
        self.assertEqual(distribution.state, "paid")

    def test_the_director_does_not_approve_the_own_one(self):
        self.investor("Ada", 1)
        distribution = self.distribution("director")
        distribution.action_submit()
        with self.assertRaisesRegex(AccessError, "somebody else"):
            distribution.action_approve()

    def test_it_is_computed_again_after_it_was_sent_back(self):
        ada = self.investor("Ada", 1)
        distribution = self.distribution()
        distribution.action_submit()
        distribution.with_user(self.users["director"]).action_return("Ben is missing")
        self.investor("Ben", 3)
        distribution.action_submit()
        parts = {line.investor_id: line.amount for line in distribution.line_ids}
        self.assertEqual(parts.pop(ada), 25)
        self.assertEqual([*parts.values()], [75])

    def test_nobody_holds_anything(self):
        with self.assertRaisesRegex(UserError, "nobody holds anything"):
            self.distribution().action_submit()

    def test_holdings_are_dated_and_stay(self):
        ada = self.investor("Ada", 3)
        self.investor("Ben", 1)
        self.env.invalidate_all()
        self.assertEqual((ada.units_now, ada.share_now), (3, 75))
        holding = ada.holding_ids
        with self.assertRaises(AccessError):
            holding.units = 4
        holding.date_to = "2026-11-30"
        with self.assertRaisesRegex(UserError, "has ended"):
            holding.date_to = False
        self.assertEqual(holding.date_to, date(2026, 11, 30))

    def test_an_answer_stays_as_it_was_given(self):
        ada = self.investor("Ada", 3)
        questions = self.env["medical.payer.question"].with_user(
            self.users["accountant"]
        )
        question = questions.create(
            {"investor_id": ada.id, "question": "Why is cash down?"}
        )
        with self.assertRaisesRegex(UserError, "write the answer first"):
            question.action_answer()
        question.draft = "Two insurers paid late"
        question.action_answer()
        question.draft = "Something else"
        self.assertEqual(question.answer, "Two insurers paid late")
        with self.assertRaisesRegex(UserError, "answered already"):
            question.action_answer()
        with self.assertRaises(AccessError):
            question.answer = "Nothing"

    def test_the_manager_and_staff_see_no_investor(self):
        self.investor("Ada", 3)
        for role in ("manager", "staff", "hr"):
            self.sign_in(role)
            for model in ("investor", "holding", "distribution", "question"):
                self.call_refused(f"medical.payer.{model}", "search_read", [], ["id"])


@tagged("post_install", "-at_install")
class TestPayerReports(ContractCase):
    def sheets(self, name, docs, role="director"):
        report = self.env[f"report.medical_office.{name}"].with_user(self.users[role])
        return report._sheets(docs.with_user(self.users[role]), {})

    def text(self, sheet):
        return " ".join(str(value) for row in sheet.rows for value in row.values())

    def test_the_negotiation_sheet_says_window_money_and_numbers(self):
        self.wizard("month", MONTHS).action_import()
        self.wizard("volume", "Month,Code,Units\n2026-10,99213,200\n").action_import()
        contract = self.in_force(date_to="2027-03-31", escalator_percent=2.5)
        text = "Code,Amount\n99213,99\n"
        self.schedule(contract_id=contract.id, text=text, name="Prices of 2026")
        self.schedule(kind="medicare", text="Code,Amount\n99213,90\n")
        self.enroll()
        facts, codes = self.sheets("payer_negotiation", self.badger)
        said = self.text(facts)
        for part in (
            "11/01/2026 to 12/31/2026", "2.5 %", "22.5", "10.0 %", "Enrollment",
            "10,440.00", "19,800.00", "110.0 % of Medicare",
        ):  # fmt: skip
            self.assertIn(part, said)
        self.assertEqual(codes.rows[0]["percent"], 1.1)

    def test_the_comparison_prints_years_and_codes(self):
        self.wizard("volume", "Month,Code,Units\n2026-10,99213,200\n").action_import()
        contract = self.in_force()
        text = "Code,Amount\n99213,99\n"
        schedule = self.schedule(contract_id=contract.id, text=text)
        years, codes = self.sheets("payer_comparison_report", schedule)
        self.assertEqual(years.rows[0]["money"], 19800)
        self.assertEqual(codes.rows[0][f"s{schedule.id}"], 99)

    def test_every_report_prints_as_spreadsheet_for_its_roles_alone(self):
        self.enroll()
        notice = self.env["medical.payer.notice"].create(
            {"name": "Fees", "company_id": self.company.id}
        )
        contract = self.in_force()
        schedule = self.schedule(contract_id=contract.id, text="Code,Amount\n99213,9\n")
        reports = self.env["ir.actions.report"]
        own = [("company_id", "=", self.company.id)]
        for name, docs in (
            ("payer_matrix", self.env["medical.payer.enrollment"].search(own)),
            ("payer_held_report", self.env["medical.payer.held"].search(own)),
            ("payer_comparison_report", schedule),
            ("payer_negotiation", self.badger),
            ("payer_notice_report", notice),
        ):
            with self.subTest(name):
                content, kind = reports.with_user(self.users["director"])._render_xlsx(
                    f"medical_office.{name}_xlsx", docs.ids, {}
                )
                self.assertEqual((content[:2], kind), (b"PK", "xlsx"))
                with self.assertRaises(UserError):
                    reports.with_user(self.users["staff"])._render_xlsx(
                        f"medical_office.{name}_xlsx", docs.ids, {}
                    )
