"""Contracts, their prices, the comparison, and lines that were paid too little."""

import base64
from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import RpcClient
from .payer_case import PayerCase

HEAD = "Code,Modifier,Place,Amount,From,Until\n"
MEDICARE = HEAD + "99213,,,90,,\n99214,,,128,,\n"
OURS = HEAD + "99213,,,99,,\n99213,,22,80,,\n99214,,,150,,\n90471,,,25,,\n"
VOLUME = (
    "Month,Code,Place,Units\n"
    "2026-10,99213,,100\n2026-09,99213,,100\n2026-10,99213,22,10\n"
    "2026-10,99214,,50\n2025-10,99214,,999\n2026-10,36415,,40\n"
)


class ContractCase(PayerCase):
    def contract(self, role="accountant", payer=None, **values):
        contracts = self.env["medical.payer.contract"].with_user(self.users[role])
        return contracts.create(
            {
                "name": "Participation agreement",
                "payer_id": (payer or self.badger).id,
                "date_from": "2024-01-01",
                "date_to": "2026-12-31",
                "renews_months": 12,
                "notice_days": 90,
                **values,
            }
        )

    def in_force(self, **values):
        contract = self.contract(**values)
        contract.action_submit()
        contract.with_user(self.users["director"]).action_approve()
        return contract

    def schedule(self, role="accountant", text=None, **values):
        schedules = self.env["medical.payer.schedule"].with_user(self.users[role])
        schedule = schedules.create(
            {
                "name": "Prices",
                "company_id": self.company.id,
                "date_from": "2026-01-01",
                **values,
            }
        )
        if text:
            self.wizard("fee", text, role, schedule_id=schedule.id).action_import()
        return schedule

    def wizard(self, name, text, role="accountant", **values):
        wizards = self.env[f"medical.payer.{name}.wizard"].with_user(self.users[role])
        return wizards.with_company(self.company).create(
            {
                "file": base64.b64encode(text.encode()),
                "file_name": "file.csv",
                **values,
            }
        )


@tagged("post_install", "-at_install")
class TestPayerContract(ContractCase):
    def test_the_director_approves_what_somebody_else_entered(self):
        contract = self.contract()
        contract.action_submit()
        with self.assertRaises(AccessError):
            contract.with_user(self.users["manager"]).action_approve()
        director = contract.with_user(self.users["director"])
        waiting = self.env["medical.core.decision"].search(
            [("res_model", "=", contract._name), ("res_id", "=", contract.id)]
        )
        self.assertEqual(waiting.state, "open")
        director.action_return("The term is wrong")
        contract.date_to = "2027-12-31"
        contract.action_submit()
        director.action_approve()
        self.assertEqual(contract.approved_by_id, self.users["director"])
        with self.assertRaises(UserError):
            contract.notice_days = 1
        for role in ("hr", "staff", "director"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.contract(role)

    def test_the_notice_window_comes_to_the_cockpit_until_it_is_decided(self):
        contract = self.in_force(date_to="2027-03-31")
        self.assertEqual(contract.notice_closes, date(2026, 12, 31))
        self.assertTrue(contract.is_window_open)
        rows = self.rows("_medical_check_notice_window")
        self.assertIn("until 12/31/2026", rows[0].summary)
        contract.action_answer_notice("Renegotiate: 99213 is below Medicare")
        self.assertFalse(self.rows("_medical_check_notice_window"))
        other = self.in_force(payer=self.federal, date_to="2028-03-31")
        with self.assertRaisesRegex(UserError, "no notice window"):
            other.action_answer_notice("Renew")

    def rows(self, method):
        rows = getattr(self.env["medical.payer.contract"], method)().rows
        return [row for row in rows if row.company_id == self.company.id]

    def test_a_contract_without_prices_is_found(self):
        contract = self.in_force()
        self.assertIn(
            "no fee schedule", self.rows("_medical_check_no_schedule")[0].summary
        )
        self.schedule(contract_id=contract.id, text=OURS)
        self.assertFalse(self.rows("_medical_check_no_schedule"))

    # ------------------------------------------------------------------------ prices

    def test_prices_are_checked_then_written_or_nothing_is(self):
        contract = self.contract()
        schedule = self.schedule(contract_id=contract.id)
        bad = self.wizard("fee", OURS + "99213,,,98,,\n", schedule_id=schedule.id)
        bad.action_check()
        self.assertIn("Row 6, Code: 99213 has another price", bad.problems)
        with self.assertRaisesRegex(UserError, "Keep one price"):
            bad.action_import()
        self.assertEqual(schedule.fee_count, 0)
        good = self.wizard("fee", OURS, schedule_id=schedule.id)
        good.action_check()
        self.assertEqual((good.count, good.code_count), (4, 3))
        fees = [("schedule_id", "=", schedule.id)]
        self.assertFalse(self.env["medical.payer.fee"].search_count(fees))
        good.action_import()
        self.assertEqual(schedule.fee_count, 4)
        with self.assertRaisesRegex(UserError, "holds prices already"):
            self.wizard("fee", OURS, schedule_id=schedule.id).action_import()
        with self.assertRaises(ValidationError):
            schedule.unlink()

    def test_a_file_with_patients_is_refused(self):
        schedule = self.schedule(contract_id=self.contract().id)
        wizard = self.wizard(
            "fee", "Code,Amount,Patient\n99213,90,Doe\n", schedule_id=schedule.id
        )
        with self.assertRaisesRegex(UserError, "looks like data of a patient"):
            wizard.action_import()

    def test_only_who_keeps_contracts_imports(self):
        schedule = self.schedule(contract_id=self.contract().id)
        for role in ("hr", "director", "auditor", "staff"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.wizard("fee", OURS, role, schedule_id=schedule.id)

    def compared(self, role="director"):
        rows = self.env["medical.payer.comparison"].with_user(self.users[role])
        return rows.search([])

    def fill(self, **values):
        self.wizard("volume", VOLUME).action_import()
        contract = self.in_force(**values)
        schedule = self.schedule(contract_id=contract.id, text=OURS)
        self.schedule(kind="medicare", text=MEDICARE)
        return schedule

    def test_payers_are_compared_on_the_codes_of_a_year(self):
        schedule = self.fill()
        rows = self.compared()
        ours = {
            (row.code, row.place): (row.units, row.price, row.medicare, row.money)
            for row in rows
            if row.schedule_id == schedule
        }
        self.assertEqual(
            ours,
            {
                ("99213", ""): (200, 99, 90, 19800),
                ("99213", "22"): (10, 80, 90, 800),
                ("99214", ""): (50, 150, 128, 7500),
            },
        )
        schedule = schedule.with_user(self.users["director"])
        self.assertEqual(schedule.year_money, 28100)
        # 200 x 90 + 10 x 90 + 50 x 128 = 25,300
        self.assertEqual(schedule.medicare_percent, 111.1)

    def test_a_proposal_is_worth_so_much_a_year(self):
        self.fill()
        proposal = self.schedule(
            kind="proposed",
            payer_id=self.badger.id,
            date_from="2027-02-01",
            text=HEAD + "99213,,,95,,\n99214,,,160,,\n",
        )
        # 99213: 200 x (95 - 99) + 10 x (95 - 80); 99214: 50 x (160 - 150)
        self.assertEqual(proposal.year_effect, -150)
        self.env["medical.payer.month"].create(
            [
                {
                    "payer_id": payer.id,
                    "month": "2026-10-01",
                    "claims": claims,
                    "denied": 0,
                }
                for payer, claims in ((self.badger, 40), (self.federal, 60))
            ]
        )
        self.env.invalidate_all()
        self.assertEqual((proposal.claims_share, proposal.payer_effect), (40, -60))

    def test_an_escalator_raises_the_price_on_each_anniversary(self):
        self.wizard("volume", VOLUME).action_import()
        contract = self.in_force(escalator_percent=3)
        self.schedule(contract_id=contract.id, date_from="2024-11-30", text=OURS)
        prices = {row.code: row.price for row in self.compared() if not row.place}
        self.assertEqual(prices["99213"], 105.03)  # 99 x 1.03 x 1.03

    def test_the_latest_schedule_of_a_contract_holds(self):
        schedule = self.fill()
        later = self.schedule(
            contract_id=schedule.contract_id.id,
            date_from="2026-06-01",
            text=HEAD + "99213,,,101,,\n",
        )
        ahead = self.schedule(
            contract_id=schedule.contract_id.id,
            date_from="2027-01-01",
            text=HEAD + "99213,,,111,,\n",
        )
        used = self.compared().schedule_id
        self.assertIn(later, used)
        self.assertFalse(used & (schedule | ahead))

    def test_a_month_imported_again_replaces_itself(self):
        self.wizard("volume", VOLUME).action_import()
        self.wizard("volume", "Month,Code,Units\n2026-10,99213,7\n").action_import()
        rows = self.env["medical.payer.volume"].search(
            [("month", "=", "2026-10-01"), ("company_id", "=", self.company.id)]
        )
        self.assertEqual(rows.units, 7)

    # -------------------------------------------------------------------- underpaid

    def test_lines_paid_below_the_contract_are_found(self):
        self.fill()
        text = (
            "Payer,Date of service,Code,Place,Units,Allowed\n"
            "badger mutual health,2026-10-01,99213,11,1,80\n"
            "BMH01,2026-10-02,99213,22,1,80\n"
            "BMH01,2026-10-02,99214,11,2,250\n"
            "BMH01,2026-10-02,36415,11,1,1\n"
            "BMH01,2025-10-02,99213,11,1,1\n"
        )
        wizard = self.wizard("paid", text)
        wizard.action_check()
        self.assertFalse(wizard.problems)
        self.assertEqual(
            [(line.row, line.missing) for line in wizard.line_ids], [(4, 50), (2, 19)]
        )
        self.assertEqual((wizard.missing, wizard.unpriced_count), (69, 2))
        wizard.action_download()
        self.assertIn("99214", base64.b64decode(wizard.file).decode("utf-8-sig"))

    def test_an_unknown_payer_is_named(self):
        text = "Payer,Date of service,Code,Allowed\nNobody,2026-10-01,99213,1\n"
        wizard = self.wizard("paid", text)
        wizard.action_check()
        self.assertIn('Row 2, Payer: "Nobody" is not a payer', wizard.problems)


@tagged("post_install", "-at_install")
class TestPayerContractRpc(RpcClient, ContractCase):
    def test_a_client_writes_no_prices_and_no_volumes(self):
        schedule = self.schedule(contract_id=self.contract().id)
        self.sign_in("accountant")
        values = {"schedule_id": schedule.id, "code": "99213", "amount": 1}
        self.call_refused("medical.payer.fee", "create", [values])
        self.call_refused("medical.payer.volume", "create", [{"code": "99213"}])
        self.call_refused(
            "medical.payer.schedule", "write", schedule.ids, {"fee_count": 4}
        )

    def test_hr_reads_no_prices(self):
        self.sign_in("hr")
        for model in ("contract", "schedule", "fee", "comparison", "month"):
            self.call_refused(f"medical.payer.{model}", "search_read", [], ["id"])
