"""Posting bills with and without the triggers of the tables that are kept for reports.

A bill has two lines of cost, half of them split by department. Both ways are done in turn,
first one and then the other first; the figures are medians of CPU seconds of this process
and its database process. Without: the triggers on journal items and on reconciliation are
switched off.
"""

import statistics

from bench_finance import setup
from register import measured, table

from odoo import Command

ROUNDS, MANY, SINGLE = 4, 250, 50
TABLES = ("account_move_line", "account_partial_reconcile")


def main(env):
    templates = setup(env)
    env.cr.commit()
    rows = []
    for name, count, post in (
        (f"{MANY} bills in one call", MANY, lambda bills: bills.action_post()),
        (
            f"{SINGLE} bills one by one",
            SINGLE,
            lambda bills: [(each.action_post(), env.flush_all()) for each in bills],
        ),
    ):
        taken = {True: [], False: []}
        for number in range(ROUNDS + 1):
            for kept in (True, False) if number % 2 else (False, True):
                switch(env, "ENABLE" if kept else "DISABLE")
                with measured(env) as result:
                    post(bills(env, templates, count))
                if number:  # the first of each warms up
                    taken[kept].append(result["cpu"])
        switch(env, "ENABLE")
        without, within = (statistics.median(taken[key]) for key in (False, True))
        more = statistics.median(
            100 * (own / other - 1)
            for own, other in zip(taken[True], taken[False], strict=True)
        )
        rows.append([name, without, within, round(more, 1)])
    table(["written and posted", "without: s", "with: s", "more: %"], rows)


def switch(env, how):
    """Turn our triggers of these tables on or off."""
    for name in TABLES:
        env.cr.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass "
            "AND NOT tgisinternal AND tgname LIKE 'medical_finance_%%'",
            [name],
        )
        for (trigger,) in env.cr.fetchall():
            env.cr.execute(f"ALTER TABLE {name} {how} TRIGGER {trigger}")
    env.cr.commit()


def bills(env, templates, count):
    lines = templates["bill"].line_ids.filtered(
        lambda line: line.account_id.account_type == "expense"
    )
    return env["account.move"].create(
        [
            {
                "move_type": "in_invoice",
                "partner_id": templates["bill"].line_ids.partner_id.id,
                "invoice_date": "2025-01-15",
                "date": "2025-01-15",
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Gauze",
                            "account_id": line.account_id.id,
                            "price_unit": abs(line.balance),
                            "tax_ids": [Command.clear()],
                            "analytic_distribution": line.analytic_distribution,
                        }
                    )
                    for line in lines
                ],
            }
            for _number in range(count)
        ]
    )
