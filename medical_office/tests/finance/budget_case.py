"""What tests of budgets start from: mapped accounts, and requests made by their roles."""

from contextlib import contextmanager
from datetime import date

from odoo import Command

from .finance_case import FinanceCase

JULY = date(2026, 7, 1)
JUNE = date(2026, 6, 1)


class BudgetCase(FinanceCase):
    """``self.request(...)`` as the head, ``self.granted(...)`` through all steps."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for account, code in (
            (cls.rent, "building"),
            (cls.fees, "collections"),
            (cls.supplies, "medical_supply"),
        ):
            cls.map_account(account, code)
        cls.building = cls.category("building")
        cls.supply = cls.category("medical_supply")
        cls.of_nursing = {str(cls.center[cls.nursing]): 100}
        cls.front_desk.manager_id = cls.employees["hr"]
        cls.users["hr"].group_ids = [
            Command.link(cls.env.ref("medical_office.core_group_head").id)
        ]
        cls.env.registry.clear_cache()

    @contextmanager
    def refused(self, error, text):
        """What is refused leaves the data as it was."""
        with self.assertRaisesRegex(error, text), self.env.cr.savepoint():
            yield
        self.env.invalidate_all(flush=False)

    @classmethod
    def request(cls, amounts, role="head", department=None, **values):
        """A draft; amounts: {category: amount}."""
        return (
            cls.env["medical.finance.request"]
            .with_user(cls.users[role])
            .create(
                {
                    "department_id": (department or cls.nursing).id,
                    "date_from": JULY,
                    "line_ids": [
                        Command.create(
                            {
                                "category_id": category.id,
                                "name": "As planned",
                                "amount": amount,
                                "reason": "Needed",
                            }
                        )
                        for category, amount in amounts.items()
                    ],
                    **values,
                }
            )
        )

    @classmethod
    def granted(cls, amounts, role="head", **values):
        """A request that went all the way, granted in full."""
        request = cls.request(amounts, role, **values)
        request.action_submit()
        request.with_user(cls.users["manager"]).action_review()
        request.with_user(cls.users["director"]).action_grant()
        return request

    def budget(self, role=None, **domain):
        """{(department, category): granted, actual, committed, requested, left}"""
        self.env.flush_all()
        rows = self.env["medical.finance.budget"]
        if role:
            rows = rows.with_user(self.users[role])
        found = rows.search(
            [("company_id", "=", self.company.id)]
            + [(name, "=", value) for name, value in domain.items()]
        )
        return {
            (row.department_id.name, row.category_id.code): (
                row.granted,
                row.actual,
                row.committed,
                row.requested,
                row.left_over,
            )
            for row in found
        }
