"""A month of the sample practice that was closed, with the pack that was sent."""

from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.exceptions import UserError

# the month before last: what the other parts post of late stays in open months
MONTHS_BACK = 2
WORD = "As in the ledger; the difference is known and comes again next month."
# category -> cause and sentence of its variance
WHY = {
    "marketing": ("once", "The campaign for new patients ran in this month alone."),
    "malpractice": (
        "plan",
        "The tail cover was bought after the budget was granted; a twelfth each month.",
    ),
    "equipment": (
        "plan",
        "Wear of the new ultrasound, which the budget did not know of yet.",
    ),
}


class CoreSample(models.AbstractModel):
    _inherit = "medical.core.sample"

    def _load_finance_close(self, practice):
        """Each step as the one whose it is; figures as the ledger has them."""
        env, company = practice.env, practice.company
        month = practice.today.replace(day=1) - relativedelta(months=MONTHS_BACK)
        self._sample_spreads(practice, month)
        self._sample_readers(practice)
        accountant, manager = (
            practice.user("schwartz"),
            self._sample_login(env, "manager"),
        )
        director = self._sample_login(env, "director")
        close = (
            env["medical.finance.close"]
            .with_user(accountant)
            .create({"company_id": company.id, "month": month})
        )
        pay = close.adjusting_ids.filtered(lambda row: row.kind == "payroll")
        pay.action_dismiss("Pay is accrued from the first month of the new year on.")
        (close.adjusting_ids - pay).action_post()
        close.action_refresh()  # what was posted moves the figures
        for row in close.variance_ids:
            cause, word = WHY.get(row.category_id.code, ("volume", WORD))
            row.with_user(accountant).action_explain(
                env.ref(f"medical_office.finance_cause_{cause}").id, word
            )
        self._sample_steps(close, accountant, manager)
        close.action_sign()
        close.with_user(director).action_approve()
        pack = (
            env["medical.finance.pack"]
            .with_user(accountant)
            .create(
                {
                    "close_id": close.id,
                    "comment": "A steady month. Collections follow the visits; the next "
                    "look is at the overhead of the north site.",
                }
            )
        )
        pack.action_submit()
        pack.with_user(director).action_issue()

    def _sample_login(self, env, login):
        return env["res.users"].search([("login", "=", login)], limit=1)

    def _sample_spreads(self, practice, month):
        chart = practice.env["account.account"].search(
            [("company_ids", "in", practice.company.ids)]
        )
        prepaid = chart.filtered(lambda one: one.account_type == "asset_prepayments")
        fixed = chart.filtered(lambda one: one.account_type == "asset_fixed")
        wear = chart.filtered(
            lambda one: (
                one.account_type == "expense_depreciation" and one.medical_category_id
            )
        )
        cost = chart.filtered(
            lambda one: one.medical_category_id.code in ("malpractice", "insurance")
        )
        rows = [
            ("Malpractice tail cover", "prepaid", 9600, 12, prepaid, cost),
            ("Ultrasound", "depreciation", 42000, 60, fixed, wear or cost),
        ]
        self._sample_bought(practice, chart, rows, month)
        department = practice.env["hr.department"].search(
            [("company_id", "=", practice.company.id), ("name", "=", "Physicians")]
        )
        practice.env["medical.finance.spread"].create(
            [
                {
                    "name": name,
                    "kind": kind,
                    "company_id": practice.company.id,
                    "amount": amount,
                    "date_first": month,
                    "months": months,
                    "account_id": asset[0].id,
                    "expense_account_id": expense[0].id,
                    "department_id": department.id,
                }
                for name, kind, amount, months, asset, expense in rows
                if asset and expense
            ]
        )

    def _sample_bought(self, practice, chart, rows, month):
        """What is spread was paid before: it stands in the books until it is used up."""
        journals = practice.env["account.journal"]
        bank = journals.search(
            [("code", "=", "OPER"), ("company_id", "=", practice.company.id)], limit=1
        ).default_account_id
        machines = chart.filtered(lambda one: one.name == "Machines & Tools")
        nobody = practice.env["res.partner"]
        self._sample_entries(
            practice.get("finance_journal").with_env(practice.env),
            [
                {
                    "day": month,
                    "ref": f"{name}, bought",
                    "lines": [
                        # wear is booked beside what was paid, on its own account
                        (machines if kind == "depreciation" else asset[0], paid, None,
                         nobody),
                        (bank, -paid, None, nobody),
                    ],
                }
                for name, kind, paid, _months, asset, _cost in rows
            ],
        )  # fmt: skip

    def _sample_readers(self, practice):
        """Who gets the pack: the director, and an investor with a portal login."""
        env = practice.env
        investor = self._sample_portal(practice)
        director = self._sample_login(env, "director")
        # sudo: the host keeps companies for its administrator
        practice.company.sudo().medical_pack_partner_ids = (
            investor.partner_id + director.partner_id
        )

    def _sample_steps(self, close, accountant, manager):
        for step in close.step_ids:
            owner = step.owner_id or accountant
            own = step.with_user(owner)
            try:
                with close.env.cr.savepoint():
                    own.action_done()
            except UserError:
                own.note = WORD
                own.action_done()
            step.with_user(manager if owner != manager else accountant).action_verify()
