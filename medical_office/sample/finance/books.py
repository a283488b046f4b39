"""Two years of books and the month that runs: what payers paid, rent and other bills, the
pay of the first year."""

from datetime import timedelta
from hashlib import md5

from dateutil.relativedelta import relativedelta

from odoo import Command, models

from ...tools.finance.category.propose import MAPPED_TYPES, propose

MONTHS = 24
# what each department pays of what all use (by room and people), of office supplies and of
# the staff's wages; income is the department's that earned it
SHARED = {
    "Physicians": 25,
    "Nursing": 45,
    "Front Desk": 12,
    "Billing": 8,
    "Administration": 10,
}
OFFICE = {"Nursing": 53, "Front Desk": 29, "Administration": 14, "Billing": 4}
STAFF = {"Nursing": 61, "Front Desk": 11, "Billing": 12, "Administration": 16}
EARNED = {"Physicians": 100}
# name of the account, vendor, amount of a month, departments, days until paid
BILLS = (
    ("Office Rent", "Lakeshore Properties", 14000, SHARED, 8),
    ("Utilities", "Madison Power and Water", 1850, SHARED, 21),
    ("Telephone & Internet", "Dane County Fiber", 640, SHARED, 17),
    ("Professional Liability Insurance", "Midstate Mutual", 5200, EARNED, 12),
    ("Software", "Northwoods Health Records", 3900, SHARED, 25),
    ("Advertising & Marketing", "Isthmus Media", 1200, {"Front Desk": 100}, 30),
    ("Accounting", "Kettle Moraine CPAs", 1500, {"Administration": 100}, 28),
    ("Office Supplies", "Capitol Square Stationers", 3100, OFFICE, 15),
    ("Medical Supplies", "Four Lakes Medical Supply", 9200, {"Nursing": 100}, 19),
    ("Drugs and Vaccines", "Yahara Vaccine Distributors", 4100, {"Nursing": 100}, 27),
)
# the month that is closed in the sample had a campaign: a variance with its cause
CAMPAIGN = ("Advertising & Marketing", MONTHS - 2, 2.4)
# payer, share of the collections, days until it pays
PAYERS = (
    ("Badger Health Plan", 0.46, 34),
    ("Medicare Part B carrier", 0.31, 17),
    ("Driftless Mutual", 0.23, 52),
)
# a month; wages with their taxes and benefits, before the pay runs begin
COLLECTIONS, WAGES, DRAWN = 372000, 262000, 70000
PHYSICIANS = 0.43  # of the wages
CAPITAL = 780000  # of the owners: payers pay weeks after the first wages


def wobble(*names):
    """A factor from 0.92 to 1.08 that is always the same for the same names."""
    digest = md5("|".join(map(str, names)).encode(), usedforsecurity=False)
    return 0.92 + 0.16 * int(digest.hexdigest()[:6], 16) / 16**6


class CoreSample(models.AbstractModel):
    _inherit = "medical.core.sample"

    def _load_finance_books(self, practice):
        """Cost centers, mapped accounts, entries until today, most of them paid."""
        env, company = practice.env, practice.company
        # sudo: cost centers are made by the program with the first pay or order
        env["stock.warehouse"].sudo()._medical_set_up_cost_centers(company)
        self._map_sample_accounts(env, company)
        chart = {
            account.name: account
            for account in env["account.account"].search(
                [("company_ids", "in", company.ids)]
            )
        }
        # sudo: the host keeps journals for its accounting administrator
        journal = env["account.journal"].sudo().create(
            {"name": "Practice books", "code": "BOOKS", "type": "general",
             "company_id": company.id}
        )  # fmt: skip
        journal = journal.with_env(env)
        bank = env["account.journal"].search(
            [("code", "=", "OPER"), ("company_id", "=", company.id)], limit=1
        )
        practice.keep({"finance_journal": journal})
        rows = [
            row
            for row in (
                *self._sample_income(practice, chart),
                *self._sample_bills(practice, chart),
            )
            if row["day"] <= practice.today
        ]
        entries = self._sample_entries(journal, rows)
        self._sample_entries(journal, self._sample_book_pay(practice, chart, bank))
        paid = [
            (entry, row["paid"], row)
            for entry, row in zip(entries, rows, strict=True)
            if row["paid"] < practice.today
        ]
        payments = self._sample_entries(
            journal,
            [
                {
                    "day": day,
                    "ref": f"Payment of {row['ref']}",
                    "lines": [
                        (row["debt"], -row["owed"], None, row["partner"]),
                        (bank.default_account_id, row["owed"], None, row["partner"]),
                    ],
                }
                for _entry, day, row in paid
            ],
        )
        for payment, (entry, _day, row) in zip(payments, paid, strict=True):
            both = (entry + payment).line_ids
            both.filtered(
                lambda line, row=row: line.account_id == row["debt"]
            ).reconcile()

    def _map_sample_accounts(self, env, company):
        """Every account by what the program proposes for it."""
        postings = env["medical.payroll.posting"].search(
            [("company_id", "=", company.id), ("department_id", "=", False)]
        )
        kinds = {posting.account_id: posting.kind for posting in postings}
        categories = env["medical.finance.category"].search([])
        tags = {category.code: category.tag_id for category in categories}
        accounts = env["account.account"].search(
            [
                ("company_ids", "in", company.ids),
                ("account_type", "in", list(MAPPED_TYPES)),
                ("medical_category_id", "=", False),
            ]
        )
        own = {
            "Product Sales": "collections",
            "Miscellaneous Expenses": "other_operating",
        }
        by_code = {}
        for account in accounts:
            found = propose(account.name, account.account_type, kinds.get(account))
            code = own.get(account.name) or (found and found.code)
            if code:
                by_code[code] = by_code.get(code, accounts.browse()) | account
        for code, those in by_code.items():
            # sudo: as the dialog that maps accounts lends it
            those.sudo().write({"tag_ids": [Command.link(tags[code].id)]})
        env["product.category"]._medical_book(company)

    def _sample_months(self, practice):
        first = practice.today.replace(day=1) - relativedelta(months=MONTHS)
        return [first + relativedelta(months=number) for number in range(MONTHS)]

    def _sample_book_months(self, practice):
        """Those that are over, and the one that runs."""
        return [*self._sample_months(practice), practice.today.replace(day=1)]

    def _sample_partner(self, practice, name):
        """A payer or vendor, whom the office manager enters."""
        partners = practice.acting("alvarez").env["res.partner"]
        partner = partners.search([("name", "=", name)], limit=1) or partners.create(
            {"name": name, "company_id": practice.company.id}
        )
        return partner.with_env(practice.env)

    def _sample_split(self, practice, shares):
        """Both sites, for departments by their percents.

        :param shares: {name of a department: percent}, together 100
        """
        centers = {
            department.name: department.medical_analytic_account_id
            for department in practice.env["hr.department"].search(
                [("company_id", "=", practice.company.id), ("name", "in", [*shares])]
            )
        }
        sites = [practice.get("site_lm"), practice.get("site_ln")]
        return {str(centers[name].id): percent for name, percent in shares.items()} | {
            str(site.medical_analytic_account_id.id): percent
            for site, percent in zip(sites, (70, 30), strict=True)
        }

    def _sample_income(self, practice, chart):
        receivable = chart["Accounts Receivable"]
        split = self._sample_split(practice, EARNED)
        for number, month in enumerate(self._sample_book_months(practice)):
            for name, share, days in PAYERS:
                partner = self._sample_partner(practice, name)
                amount = round(
                    COLLECTIONS * share * wobble(name, number) * (1 + number / 400), 2
                )
                day = month + timedelta(days=14)
                yield {
                    "day": day,
                    "ref": f"{name} {month:%Y-%m}",
                    "partner": partner,
                    "debt": receivable,
                    "owed": amount,
                    "paid": day + timedelta(days=int(days * wobble(number, name))),
                    "lines": [
                        (receivable, amount, None, partner),
                        (chart["Product Sales"], -amount, split, partner),
                    ],
                }

    def _sample_bills(self, practice, chart):
        payable = chart["Accounts Payable"]
        for name, vendor, amount, shares, days in BILLS:
            partner = self._sample_partner(practice, vendor)
            split = self._sample_split(practice, shares)
            for number, month in enumerate(self._sample_book_months(practice)):
                grown = CAMPAIGN[2] if (name, number) == CAMPAIGN[:2] else 1
                due = round(
                    amount * grown * (wobble(vendor, number) if amount < 10000 else 1),
                    2,
                )
                yield {
                    "day": month,
                    "ref": f"{vendor} {month:%Y-%m}",
                    "partner": partner,
                    "debt": payable,
                    "owed": -due,
                    "paid": month + timedelta(days=int(days * wobble(number, vendor))),
                    "lines": [
                        (payable, -due, None, partner),
                        (chart[name], due, split, partner),
                    ],
                }

    def _sample_book_pay(self, practice, chart, bank):
        """Wages before the pay runs begin, what the owners brought in and draw."""
        postings = practice.env["medical.payroll.posting"].search(
            [("company_id", "=", practice.company.id), ("kind", "=", "wages")]
        )
        wages = postings.filtered(lambda line: not line.department_id)
        physicians = postings - wages
        earners, staff = (self._sample_split(practice, who) for who in (EARNED, STAFF))
        nobody = practice.env["res.partner"]
        first = self._sample_months(practice)[0]
        yield {
            "day": first,
            "ref": f"Owners' capital {first:%Y-%m}",
            "lines": [
                (bank.default_account_id, CAPITAL, None, nobody),
                (chart["Capital"], -CAPITAL, None, nobody),
            ],
        }
        for number, month in enumerate(self._sample_months(practice)):
            drawn = round(DRAWN * wobble("drawn", number), 2)
            yield {
                "day": month + timedelta(days=24),
                "ref": f"Owners {month:%Y-%m}",
                "lines": [
                    (chart["Distributions"], drawn, None, nobody),
                    (bank.default_account_id, -drawn, None, nobody),
                ],
            }
        [(runs_from,)] = practice.env["account.move.line"]._read_group(
            [("account_id", "=", wages.account_id.id), ("parent_state", "=", "posted")],
            aggregates=["date:min"],
        )
        for number, month in enumerate(self._sample_months(practice)):
            if runs_from and month >= runs_from.replace(day=1):
                break
            amount = round(WAGES * wobble("wages", number), 2)
            theirs = round(amount * PHYSICIANS, 2)
            yield {
                "day": month + timedelta(days=27),
                "ref": f"Wages {month:%Y-%m}",
                "lines": [
                    (physicians.account_id, theirs, earners, nobody),
                    (wages.account_id, round(amount - theirs, 2), staff, nobody),
                    (bank.default_account_id, -amount, None, nobody),
                ],
            }

    def _sample_entries(self, journal, rows):
        """Posted entries of rows with day, ref and lines."""
        entries = journal.env["account.move"].create(
            [
                {
                    "move_type": "entry",
                    "journal_id": journal.id,
                    "date": row["day"],
                    "ref": row["ref"],
                    "line_ids": [
                        Command.create(
                            {
                                "name": row["ref"],
                                "account_id": account.id,
                                "balance": balance,
                                "analytic_distribution": split,
                                "partner_id": partner.id,
                            }
                        )
                        for account, balance, split, partner in row["lines"]
                    ],
                }
                for row in rows
            ]
        )
        entries.action_post()
        return entries
