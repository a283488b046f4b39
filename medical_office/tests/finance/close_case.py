"""What tests of the month-end start from: May 2026 with figures, a year before, roles."""

from datetime import date

from odoo.exceptions import UserError

from .finance_case import FinanceCase

MAY = date(2026, 5, 1)
MAY_END = date(2026, 5, 31)


class CloseCase(FinanceCase):
    """``self.month(...)`` opens May as the accountant; ``self.verify_all`` does its steps."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.map_account(cls.rent, "building")
        cls.map_account(cls.supplies, "admin_supply")
        cls.map_account(cls.fees, "collections")
        nursing = {str(cls.center[cls.nursing]): 100}
        bank = cls.bank.default_account_id
        for day, rent, fees in (
            (date(2025, 5, 10), 1000, 9000),
            (date(2026, 5, 10), 3000, 9100),
        ):
            cls.entry([(cls.rent, rent, nursing), (bank, -rent, None)], day)
            cls.entry([(cls.fees, -fees, nursing), (bank, fees, None)], day)
        cls.env["medical.finance.month"].create(
            {
                "month": MAY,
                "company_id": cls.company.id,
                "visits": 100,
                "new_patients": 5,
                "charges": 20000,
                "payments": 9100,
                "adjustments": 5000,
                "ar_30": 1,
                "ar_60": 1,
                "ar_90": 1,
                "ar_120": 1,
                "ar_over": 1,
            }
        )

    def month(self, role="accountant", month=MAY):
        closes = self.env["medical.finance.close"].with_user(self.users[role])
        return closes.create({"month": month, "company_id": self.company.id})

    def as_user(self, record, role):
        return record.with_user(self.users[role])

    def step(self, close, evidence):
        return close.step_ids.filtered(lambda step: step.evidence == evidence)

    def explain_all(self, close):
        """Each by the head of nursing, whose department they all are of."""
        rows = self.as_user(close.variance_ids, "head")
        rows.action_explain(
            self.env.ref("medical_office.finance_cause_price").id,
            "The landlord raised the rent in May",
        )

    def verify_all(self, close):
        """Each step by its owner, verified by somebody else."""
        for step in close.step_ids:
            owner = step.owner_id
            try:
                step.with_user(owner).action_done()
            except UserError:
                step.with_user(owner).note = "Left as it is, see the ledger"
                step.with_user(owner).action_done()
            other = "manager" if owner != self.users["manager"] else "accountant"
            self.as_user(step, other).action_verify()

    def signed(self):
        close = self.month()
        self.explain_all(close)
        self.verify_all(close)
        close.action_sign()
        return close

    def closed(self):
        close = self.signed()
        self.as_user(close, "director").action_approve()
        return close
