"""Budget requests: asked for, reviewed, granted line by line, revised; who may, who not."""

from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import RpcClient
from .budget_case import JULY, BudgetCase


@tagged("post_install", "-at_install")
class TestFinanceRequest(BudgetCase, RpcClient):
    def test_a_request_not_yet_granted_keeps_its_department(self):
        request = self.request({self.building: 4000})
        with self.refused(UserError, "budget requests not yet granted: Nursing"):
            request.department_id.sudo().active = False

    def test_from_request_to_grant(self):
        request = self.request({self.building: 4000, self.supply: 900})
        self.assertEqual(request.date_to, date(2026, 7, 31))
        self.assertEqual(request.display_name, "Nursing, Jul 2026")
        request.action_submit()
        waiting = self.env["medical.core.decision"].search(
            [("res_model", "=", request._name), ("res_id", "=", request.id)]
        )
        self.assertEqual(waiting.mapped("amount"), [4900])
        review = request.with_user(self.users["manager"])
        rent, supplies = review.line_ids
        self.assertEqual(rent.adjusted, 4000)
        supplies.adjusted = 800
        with self.refused(UserError, "Why Adjusted"):
            review.action_review()
        supplies.adjust_reason = "Less in summer"
        review.action_review()
        grant = request.with_user(self.users["director"])
        rent, supplies = grant.line_ids
        self.assertEqual((rent.granted, supplies.granted), (4000, 800))
        rent.granted = 3500
        with self.refused(UserError, "Why Not All"):
            grant.action_grant()
        rent.grant_reason = "The rest in August"
        grant.action_grant()
        self.assertEqual((grant.granted, grant.cut), (4300, 600))
        rows = self.env["medical.finance.grant"].search(
            [("request_line_id.request_id", "=", request.id)]
        )
        self.assertEqual(
            {
                row.category_id: (row.debit, row.credit, row.date_from, row.date_to)
                for row in rows
            },
            {
                self.building: (3500, 0, JULY, date(2026, 7, 31)),
                self.supply: (800, 0, JULY, date(2026, 7, 31)),
            },
        )
        self.assertEqual(rows.account_id, self.rent | self.supplies)
        self.assertEqual(rows.granted_by_id, self.users["director"])
        self.assertIn("The rest in August", request.message_ids[0].body)

    def test_more_than_reviewed_is_not_granted(self):
        request = self.request({self.building: 100})
        request.action_submit()
        request.with_user(self.users["manager"]).action_review()
        grant = request.with_user(self.users["director"])
        grant.line_ids.write({"granted": 101, "grant_reason": "More"})
        with self.refused(UserError, "more is granted than was reviewed"):
            grant.action_grant()

    def test_its_author_never_grants(self):
        self.nursing.manager_id = self.employees["director"]
        request = self.request({self.building: 100}, role="director")
        request.action_submit()
        request.with_user(self.users["manager"]).action_review()
        with self.refused(AccessError, "somebody else"):
            request.with_user(self.users["director"]).action_grant()

    def test_nothing_is_granted_beyond_the_limit(self):
        self.env["medical.core.limit"].search([("kind", "=", "budget")]).unlink()
        self.env["medical.core.limit"].create(
            {"kind": "budget", "role": "director", "amount": 99}
        )
        request = self.request({self.building: 100})
        request.action_submit()
        request.with_user(self.users["manager"]).action_review()
        with self.refused(AccessError, "more than you may approve"):
            request.with_user(self.users["director"]).action_grant()

    def test_who_may_write_which_amount_when(self):
        request = self.request({self.building: 100})
        line = request.line_ids
        for role, name, error in (
            ("head", "adjusted", AccessError),
            ("head", "granted", AccessError),
            ("manager", "granted", AccessError),
            ("manager", "adjusted", UserError),
            ("director", "granted", UserError),
        ):
            with self.assertRaises(error):
                line.with_user(self.users[role]).write({name: 50})
        request.action_submit()
        with self.refused(UserError, "send it back"):
            line.write({"amount": 99})
        with self.refused(UserError, "send it back"):
            line.unlink()
        with self.refused(UserError, "send it back"):
            request.line_ids = [
                Command.create(
                    {"category_id": self.supply.id, "name": "More", "amount": 1}
                )
            ]

    def test_no_request_for_a_department_one_does_not_head(self):
        with self.refused(AccessError, "You do not head Front Desk.*Nursing"):
            self.request({self.building: 100}, department=self.front_desk)
        self.assertTrue(
            self.request({self.building: 100}, "manager", department=self.front_desk)
        )

    def test_sent_back_it_can_be_changed(self):
        request = self.request({self.building: 100})
        request.action_submit()
        manager = request.with_user(self.users["manager"])
        with self.refused(UserError, "Give a reason"):
            manager.action_send_back("")
        manager.action_send_back("Too round")
        request.line_ids.amount = 96.5
        request.action_submit()
        self.assertEqual(request.line_ids.adjusted, 96.5)

    def test_one_request_for_the_same_months(self):
        self.request({self.building: 100})
        with self.refused(UserError, "asks for these months already"):
            self.request({self.building: 100}, span="year")

    def test_a_line_says_why(self):
        request = self.request({self.building: 100})
        request.line_ids.reason = " "
        with self.refused(UserError, "enter “Why”"):
            request.action_submit()

    def test_an_account_of_another_category_is_refused(self):
        request = self.request({self.building: 100})
        with self.refused(ValidationError, "does not belong"):
            request.line_ids.account_id = self.supplies

    def test_a_category_without_account_is_refused_with_the_way_out(self):
        marketing = self.category("marketing")
        self.env["account.account"].search(
            [("medical_category_id", "=", marketing.id)]
        ).tag_ids = False
        request = self.request({marketing: 100})
        request.action_submit()
        request.with_user(self.users["manager"]).action_review()
        with self.refused(UserError, "Map Accounts"):
            request.with_user(self.users["director"]).action_grant()
        self.env.invalidate_all()
        self.assertEqual(request.state, "reviewed")

    # ------------------------------------------------------------------- closed months

    def test_no_request_for_a_closed_month(self):
        self.company.fiscalyear_lock_date = date(2026, 7, 31)
        with self.refused(UserError, "Jul 2026 is closed"):
            self.request({self.building: 100})

    def test_no_grant_on_a_month_that_was_closed_meanwhile(self):
        request = self.request({self.building: 100})
        request.action_submit()
        request.with_user(self.users["manager"]).action_review()
        self.company.fiscalyear_lock_date = date(2026, 7, 31)
        with self.refused(UserError, "Jul 2026 is closed"):
            request.with_user(self.users["director"]).action_grant()
        self.assertFalse(
            self.env["medical.finance.grant"].search(
                [("company_id", "=", self.company.id)]
            )
        )

    # ------------------------------------------------------------------ months, versions

    def amounts(self, request):
        """{month: granted} of a request and what follows it."""
        rows = self.env["medical.finance.grant"]._read_group(
            [("company_id", "=", self.company.id)], ["date_from:day"], ["balance:sum"]
        )
        return {month: round(amount, 2) for month, amount in rows}

    def test_a_year_by_calendar_days(self):
        request = self.granted({self.building: 3650}, span="year")
        amounts = self.amounts(request)
        self.assertEqual(len(amounts), 12)
        self.assertEqual(amounts[JULY], 310)
        self.assertEqual(amounts[date(2027, 2, 1)], 280)
        self.assertEqual(sum(amounts.values()), 3650)
        self.assertIn("Feb 2027 $\N{NO-BREAK SPACE}280.00", request.line_ids.months)

    def test_a_year_as_last_year_went(self):
        self.bill([(self.rent, 300, self.of_nursing)], date(2025, 7, 3))
        self.bill([(self.rent, 100, self.of_nursing)], date(2026, 2, 3))
        request = self.granted({self.building: 800}, span="year", phasing="shape")
        self.assertEqual(self.amounts(request)[JULY], 600)
        self.assertEqual(self.amounts(request)[date(2027, 2, 1)], 200)

    def test_a_revision_changes_what_is_still_open(self):
        request = self.granted({self.building: 1200}, span="year", phasing="equal")
        with self.refused(UserError, "send it back|revise"):
            request.line_ids.write({"amount": 5})
        action = request.action_revise()
        revision = request.browse(action["res_id"])
        self.assertEqual((revision.version, revision.revision_of_id), (2, request))
        self.assertEqual(revision.line_ids.amount, 1200)
        revision.line_ids.amount = 2400
        revision.action_submit()
        revision.with_user(self.users["manager"]).action_review()
        revision.with_user(self.users["director"]).action_grant()
        self.assertEqual(set(self.amounts(request).values()), {200})
        self.assertTrue(request.is_replaced)
        self.assertEqual(request.state, "granted")
        self.assertEqual(
            self.env["medical.finance.grant"]
            .search([("request_line_id", "=", revision.line_ids.id)])
            .mapped("kind"),
            ["revision"] * 12,
        )
        with self.refused(UserError, "only the last"):
            request.action_revise()

    # ------------------------------------------------------------------------- the draft

    def test_the_draft_names_source_and_arithmetic(self):
        for month, amount in ((3, 90), (4, 100), (5, 110)):
            self.bill([(self.supplies, amount, self.of_nursing)], date(2026, month, 5))
            self.bill(
                [(self.supplies, amount - 10, self.of_nursing)], date(2025, month, 5)
            )
        self.bill([(self.supplies, 200, self.of_nursing)], date(2025, 7, 9))
        half = {
            str(self.center[self.nursing]): 25,
            str(self.center[self.front_desk]): 75,
        }
        self.bill([(self.rent, 1000, half)], date(2026, 5, 1))
        self.env["medical.finance.recurring"].create(
            {
                "name": "Rent",
                "amount": 1000,
                "company_id": self.company.id,
                "partner_id": self.vendor.id,
                "date_first": date(2026, 1, 1),
            }
        )
        other = self.env["res.partner"].create({"name": "Midstate Medical"})
        self.env["account.move"].search(
            [("line_ids.account_id", "=", self.supplies.id)]
        ).line_ids.partner_id = other
        request = self.request({})
        request.action_draft_lines()
        lines = {line.category_id.code: line for line in request.line_ids}
        # 200 a year ago × (90 + 100 + 110) / (80 + 90 + 100)
        self.assertEqual(lines["medical_supply"].amount, 222.22)
        self.assertIn("200.00 × 1.111", lines["medical_supply"].working)
        self.assertEqual(lines["medical_supply"].source, "books")
        # a quarter of this vendor's bills is the department's
        self.assertEqual(lines["building"].amount, 250)
        self.assertEqual(lines["building"].source, "recurring")
        self.assertIn(
            "1 × $\N{NO-BREAK SPACE}1,000.00 × 25.0 %", lines["building"].working
        )
        request.action_submit()

    def test_drafting_anew_keeps_what_people_wrote(self):
        self.bill([(self.supplies, 300, self.of_nursing)], date(2026, 5, 5))
        request = self.request({self.building: 70})
        request.action_draft_lines()
        drafted = request.line_ids.filtered(lambda line: line.source == "books")
        drafted.amount = 130
        request.action_draft_lines()
        self.assertEqual(sorted(request.line_ids.mapped("amount")), [70, 130])

    def test_the_draft_takes_a_fixed_number_of_queries(self):
        request = self.request({})
        request.action_draft_lines()
        for month in range(1, 6):
            self.bill(
                [(self.supplies, 10 * month, self.of_nursing)] * 5, date(2026, month, 5)
            )
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(90):
            request.action_draft_lines()

    # ------------------------------------------------------------------------ over RPC

    def test_over_rpc_who_may_not(self):
        request = self.request({self.building: 100})
        model = "medical.finance.request"
        values = {"department_id": self.front_desk.id, "date_from": "2026-07-01"}
        self.sign_in("head")
        self.call_refused(model, "create", [values])
        self.call_refused(model, "write", [request.id], {"state": "granted"})
        self.call_refused(model, "action_review", [request.id])
        self.call_refused(model, "action_grant", [request.id])
        self.call_refused(
            "medical.finance.grant",
            "create",
            [
                {
                    "company_id": self.company.id,
                    "department_id": self.nursing.id,
                    "category_id": self.building.id,
                    "account_id": self.rent.id,
                    "date_from": "2026-07-01",
                    "date_to": "2026-07-31",
                    "debit": 1,
                    "kind": "grant",
                }
            ],
        )
        for role in ("staff", "hr", "payroll", "accountant", "auditor"):
            self.sign_in(role)
            self.call_refused(model, "action_submit", [request.id])
        request.action_submit()
        self.sign_in("director")
        self.call_refused(model, "action_review", [request.id])
        self.sign_in("manager")
        self.call(model, "action_review", [request.id])
        self.call_refused(model, "action_grant", [request.id])
        self.sign_in("outsider")
        self.call_refused(model, "read", [request.id], ["asked"])

    def test_a_head_sees_the_own_department_alone(self):
        self.granted({self.building: 100})
        self.granted({self.building: 7}, role="hr", department=self.front_desk)
        self.env.flush_all()
        for model in (
            "medical.finance.request",
            "medical.finance.request.line",
            "medical.finance.grant",
            "medical.finance.budget",
        ):
            self.sign_in("head")
            rows = self.call(model, "search_read", [], ["department_id"])
            self.assertEqual(
                {row["department_id"][0] for row in rows}, {self.nursing.id}, model
            )
            groups = self.call(
                model, "formatted_read_group", [], ["department_id"], ["__count"]
            )
            self.assertEqual(
                {group["department_id"][0] for group in groups}, {self.nursing.id}
            )
            self.sign_in("staff")
            self.call_refused(model, "search_read", [], ["department_id"])
