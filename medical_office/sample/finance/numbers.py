"""The monthly numbers of two years, what recurs, and the deposits of the last days."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import models

from .books import COLLECTIONS, MONTHS, PAYERS, wobble

DAYS = 10
SHORT = 3  # the day before yesterday but one, one drawer was short


class CoreSample(models.AbstractModel):
    _inherit = "medical.core.sample"

    def _load_finance_numbers(self, practice):
        env, company = practice.env, practice.company
        # sudo: the host keeps companies for its administrator
        company.sudo().medical_cash_minimum = 150000
        env["medical.finance.month"].create(
            [
                self._sample_numbers(number, month)
                for number, month in enumerate(self._sample_months(practice))
            ]
        )
        first = practice.today.replace(day=1)
        env["medical.finance.recurring"].create(
            [
                {
                    "name": name,
                    "amount": amount,
                    "every": every,
                    "date_first": first + timedelta(days=day),
                    "partner_id": partner
                    and self._sample_partner(practice, partner).id,
                }
                for name, amount, every, day, partner in (
                    ("Office rent", 14000, "month", 0, "Lakeshore Properties"),
                    ("Equipment loan", 2150, "month", 30, None),
                    ("Liability insurance", 5200, "month", 11, "Midstate Mutual"),
                    ("Medical waste", 480, "two_weeks", 4, None),
                )
            ]
        )
        self._sample_payers_money(practice, first)
        self._sample_day_deposits(practice)
        env["medical.finance.forecast"].sudo()._make(company)  # sudo: the program's

    def _sample_payers_money(self, practice, first):
        """What payers are going to pay for visits that nobody has invoiced yet."""
        invoiced = first + relativedelta(months=1, days=14)
        practice.env["medical.finance.recurring"].create(
            [
                {
                    "name": f"Payments of {name}",
                    "direction": "in",
                    "amount": round(COLLECTIONS * share, -2),
                    "every": "month",
                    "date_first": invoiced + timedelta(days=days),
                    "partner_id": self._sample_partner(practice, name).id,
                }
                for name, share, days in PAYERS
            ]
        )

    def _sample_numbers(self, number, month):
        charges = round(COLLECTIONS * 1.62 * wobble("charges", number), 2)
        visits = int(2080 * wobble("visits", number))
        return {
            "month": month,
            "visits": visits,
            "new_patients": int(visits * 0.08),
            "charges": charges,
            "payments": round(COLLECTIONS * wobble("paid", number), 2),
            "adjustments": round(charges * 0.355, 2),
            "ar_30": round(charges * 0.58, 2),
            "ar_60": round(charges * 0.21, 2),
            "ar_90": round(charges * 0.09, 2),
            "ar_120": round(charges * 0.05, 2),
            "ar_over": round(charges * (0.09 - 0.001 * (MONTHS - number)), 2),
            "physicians": 4.5,
        }

    def _sample_day_deposits(self, practice):
        """Counted by the front desk, approved by the accountant but for the last two."""
        env = practice.env
        site = practice.get("site_lm")
        staff = env["res.users"].search([("login", "=", "staff")], limit=1)
        counter = staff or practice.user("alvarez")
        approver = practice.user("schwartz")
        deposits = env["medical.finance.deposit"]
        for back in range(DAYS, 0, -1):
            day = practice.today - timedelta(days=back)
            if day.weekday() > 4:
                continue
            cash = round(420 * wobble("cash", back), 2)
            check = round(610 * wobble("check", back), 2)
            card = round(1380 * wobble("card", back), 2)
            row = deposits.with_user(counter).create(
                {
                    "date": day,
                    "site_id": site.id,
                    "sheet_cash": cash,
                    "sheet_check": check,
                    "sheet_card": card,
                    "count_cash": cash - (20 if back == SHORT else 0),
                    "count_check": check,
                    "count_card": card,
                }
            )
            row.action_count()
            if back > SHORT:
                row.with_user(approver).action_approve()
