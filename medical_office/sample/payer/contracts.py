"""The sample practice's contracts, prices (invented), volumes, months; one investor."""

import base64
from datetime import timedelta

from odoo import Command, fields, models

# code: units a month, what the sample's Medicare schedule says; no real prices
CODES = {
    "99213": (410, 90.0),
    "99214": (330, 128.0),
    "99203": (44, 112.0),
    "99204": (31, 168.0),
    "99395": (62, 119.0),
    "99396": (75, 126.0),
    "90471": (180, 21.0),
    "90686": (95, 19.5),
    "36415": (260, 8.5),
    "81003": (120, 3.2),
    "93000": (48, 15.4),
    "96372": (57, 14.6),
}
BADGER, NORTHWOODS = 1.12, 0.97
PROPOSED = 1.035
MONTHS = 12
# claims a month, denied of 100, days to pay, paid of 100 owed, most denied for
PAYING = (
    (420, 7, 24, 98, "coding"),
    (260, 14, 41, 93, "authorization"),
    (150, 9, 33, 96, "coding"),
    (640, 4, 15, 100, "coding"),
    (210, 12, 29, 95, "authorization"),
    (330, 11, 22, 99, "eligibility"),
    (140, 17, 37, 94, "eligibility"),
    (18, 22, 63, 88, "authorization"),
)


class CoreSample(models.AbstractModel):
    _inherit = "medical.core.sample"

    def _load_payer_contracts(self, practice):
        """Two contracts with prices, a proposal, a year of volumes and months."""
        env = practice.env
        payers = env["medical.payer.payer"].search(
            [("company_id", "=", practice.company.id)], order="id"
        )
        self._sample_code_volumes(practice)
        first = self._sample_contract(
            practice, payers[0], "Participation agreement", 110, 12, 2.5
        )
        second = self._sample_contract(
            practice, payers[2], "Provider agreement", 500, 12, 0
        )
        self._sample_prices(
            practice, "Prices of this year", BADGER, contract_id=first.id
        )
        self._sample_prices(
            practice, "Prices of this year", NORTHWOODS, contract_id=second.id
        )
        self._sample_prices(
            practice,
            "Proposal for next year",
            PROPOSED,
            kind="proposed",
            payer_id=payers[0].id,
            date_from=practice.today.replace(month=1, day=1) + timedelta(days=366),
        )
        self._sample_prices(
            practice, "Medicare schedule (sample figures)", 1, kind="medicare"
        )
        self._sample_payer_months(practice, payers)
        self._sample_investor(practice)

    def _sample_contract(self, practice, payer, name, days, months, escalator):
        """Ends so many days from now; entered by the accountant, approved."""
        ends = practice.today + timedelta(days=days)
        contract = (
            practice.env["medical.payer.contract"]
            .with_user(practice.user("schwartz"))
            .create(
                {
                    "name": name,
                    "payer_id": payer.id,
                    "line_ids": [Command.set(payer.line_ids.ids)],
                    "date_from": fields.Date.subtract(ends, years=3),
                    "date_to": ends,
                    "renews_months": months,
                    "notice_days": 90,
                    "escalator_percent": escalator,
                    "user_id": practice.user("schwartz").id,
                }
            )
        )
        contract.action_submit()
        contract.with_user(practice.user("whitfield")).action_approve()
        return contract

    def _sample_prices(self, practice, name, factor, **values):
        accountant = practice.user("schwartz")
        schedule = (
            practice.env["medical.payer.schedule"]
            .with_user(accountant)
            .create(
                {
                    "name": name,
                    "company_id": practice.company.id,
                    "date_from": practice.today - timedelta(days=330),
                    **values,
                }
            )
        )
        lines = [
            f"{code},{price * (factor - number % 3 * 0.02):.2f}"
            for number, (code, (_units, price)) in enumerate(CODES.items())
        ]
        text = "\n".join(["Code,Amount", *lines])
        practice.env["medical.payer.fee.wizard"].with_user(accountant).create(
            {
                "schedule_id": schedule.id,
                "file": base64.b64encode(text.encode()),
                "file_name": "prices.csv",
            }
        ).action_import()

    def _sample_past_months(self, practice):
        first = practice.today.replace(day=1)
        return [
            fields.Date.subtract(first, months=back) for back in range(1, MONTHS + 1)
        ]

    def _sample_code_volumes(self, practice):
        lines = [
            f"{month:%Y-%m},{code},{units + (number * 7 + back * 11) % 23}"
            for back, month in enumerate(self._sample_past_months(practice))
            for number, (code, (units, _price)) in enumerate(CODES.items())
        ]
        text = "\n".join(["Month,Code,Units", *lines])
        practice.env["medical.payer.volume.wizard"].with_user(
            practice.user("schwartz")
        ).create(
            {"file": base64.b64encode(text.encode()), "file_name": "volumes.csv"}
        ).action_import()

    def _sample_payer_months(self, practice, payers):
        values = []
        for payer, row in zip(payers, PAYING, strict=True):
            claims, denied, days, share, reason = row
            for back, month in enumerate(self._sample_past_months(practice)):
                count = claims + (back * 13) % 29
                lost = count * denied // 100
                owed = round(count * payer.payment_visit * 0.9, 2)
                values.append(
                    {
                        "payer_id": payer.id,
                        "month": month,
                        "claims": count,
                        "denied": lost,
                        f"denied_{reason}": lost * 6 // 10,
                        "denied_other": lost * 2 // 10,
                        "paid": round(owed * share / 100, 2),
                        "owed": owed,
                        "days": days + back % 4,
                    }
                )
        practice.env["medical.payer.month"].create(values)

    def _sample_investor(self, practice):
        """One investor and the founder; last quarter's distribution is paid."""
        env, accountant = practice.env, practice.user("schwartz")
        reader = self._sample_portal(practice)
        manager = practice.acting("alvarez").env  # who enters partners
        partners = reader.partner_id | manager["res.partner"].create(
            {"name": "Whitfield Family Trust", "is_company": True}
        )
        investors = (
            env["medical.payer.investor"]
            .with_user(accountant)
            .create(
                [
                    {"partner_id": partner.id, "company_id": practice.company.id}
                    for partner in partners
                ]
            )
        )
        investors[0].reader_ids = reader
        start = practice.today - timedelta(days=900)
        env["medical.payer.holding"].with_user(accountant).create(
            [
                {"investor_id": investor.id, "units": units, "date_from": start}
                for investor, units in zip(investors, (300, 700), strict=True)
            ]
        )
        distribution = (
            env["medical.payer.distribution"]
            .with_user(accountant)
            .create(
                {
                    "name": "Last quarter",
                    "amount": 48000,
                    "record_on": practice.today - timedelta(days=45),
                    "company_id": practice.company.id,
                }
            )
        )
        distribution.action_submit()
        distribution.with_user(practice.user("whitfield")).action_approve()
        distribution.paid_on = practice.today - timedelta(days=30)
        distribution.action_pay()
        question = (
            env["medical.payer.question"]
            .with_user(accountant)
            .create(
                {
                    "investor_id": investors[0].id,
                    "asked_on": practice.today - timedelta(days=9),
                    "question": "Why did collections fall in the fall?",
                    "draft": "Two payers paid later than their terms; see the pack.",
                }
            )
        )
        question.action_answer()
        practice.keep({"investor_prairie": investors[0]})
