"""Confirming 100 orders with and without budget control, over 200,000 journal items.

The same books as ``bench_finance``. A department has a budget in every month; each order
is the department's, in one of ten months. "Without" is the same call that does not ask
the control. Both are done in turn, first one and then the other first, six times, as one
call for all orders and as a call for each; the figures are medians of CPU seconds of both
processes, and of the six differences.
"""

import statistics
from contextlib import nullcontext
from unittest.mock import patch

from bench_finance import fill, setup
from register import measured, table

from odoo import Command

ORDERS, ROUNDS, MONTHS = 100, 6, 10


def main(env):
    templates = setup(env)
    fill(env, templates)
    line = templates["order"].order_line
    department = granted(env, line)
    rows = []
    silent = patch.object(
        type(env["purchase.order"]), "_medical_ask_budget", lambda _orders: None
    )
    for name, confirm in (
        ("100 in one call", lambda orders: orders.button_confirm()),
        ("100 one by one", one_by_one),
    ):
        taken = {True: [], False: []}
        queries = {}
        for number in range(ROUNDS + 1):
            # tables grow from call to call: which of both is the second takes turns
            for controlled in (True, False) if number % 2 else (False, True):
                orders = made(env, line, department)
                # each hour's cron does: what these rounds ordered is kept
                env["medical.finance.cash"]._cron_work_off()
                with nullcontext() if controlled else silent, measured(env) as result:
                    confirm(orders)
                if number:  # the first of each warms up
                    taken[controlled].append(result["cpu"])
                queries[controlled] = result["queries"]
        without, within = (statistics.median(taken[key]) for key in (False, True))
        more = statistics.median(
            100 * (own / other - 1)
            for own, other in zip(taken[True], taken[False], strict=True)
        )
        rows.append(
            [name, without, within, round(more, 1), queries[False], queries[True]]
        )
    table(
        ["confirming", "without: s", "with: s", "more: %", "queries", "with control"],
        rows,
    )


def one_by_one(orders):
    """As a press of the button for each does: what it wrote is in the database then."""
    for order in orders:
        order.button_confirm()
        order.env.flush_all()


def granted(env, line):
    """A budget that suffices, in each month, for the department that orders."""
    company = env.company
    category = env.ref("medical_office.finance_category_medical_supply")
    account = company.expense_account_id or env["account.account"].search(
        [("account_type", "=", "expense"), ("company_ids", "in", company.ids)], limit=1
    )
    company.expense_account_id = account
    account.tag_ids = [Command.link(category.tag_id.id)]
    department = env["hr.department"].search([("name", "=", "Department 0")], limit=1)
    env["medical.finance.budget.policy"].create(
        {"company_id": company.id, "response": "block"}
    )
    months = env["medical.finance.grant"]._fields["date_from"].to_date("2027-01-01")
    env["medical.finance.grant"].sudo()._pen()._book(
        company,
        [
            (
                department, category, account, months.replace(month=number + 1),
                10**9, "bench", {},
            )
            for number in range(MONTHS)
        ],
        "grant",
    )  # fmt: skip
    env.cr.commit()
    return department


def made(env, line, department):
    center = str(department.medical_analytic_account_id.id)
    return env["purchase.order"].create(
        [
            {
                "partner_id": line.partner_id.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": line.product_id.id,
                            "product_qty": 3,
                            "price_unit": 7,
                            "date_planned": f"2027-{number % MONTHS + 1:02}-10 12:00:00",
                            "analytic_distribution": {center: 100},
                        }
                    )
                ],
            }
            for number in range(ORDERS)
        ]
    )
