"""The three views of the ledger over 200,000 journal items, beside a plain GROUP BY.

Items are copies, by SQL, of three entries: 30,000 bills of three lines (half of their cost
is split by department), of which half are paid in two payments; 25,000 entries of cost
against cash. 20,000 order lines are open. Each figure is the median of five runs, seconds
that this process and its database process worked, after VACUUM ANALYZE, without record
rules. "Plain" is what a report without departments, cash basis or commitment would ask.
"""

import statistics

from register import measured, table

from odoo import Command

from odoo.addons.medical_office.engine.finance.kept_ledger import KEPT

BILLS, PAID, ENTRIES, ORDERS = 30_000, 15_000, 25_000, 20_000
RUNS = 5
PROFIT = (
    "FROM account_move_line line JOIN account_account account "
    "ON account.id = line.account_id WHERE account.account_type LIKE 'income%' "
    "OR account.account_type LIKE 'expense%'"
)


def main(env):
    fill(env, setup(env))
    # the work of parallel workers is not counted: without them both columns are whole
    env.cr.execute("SET max_parallel_workers_per_gather = 0")
    rows = []
    for name, model, groups, plain in (
        (
            "accrual, by account",
            "accrual",
            "account_id",
            "SELECT account_id, sum(debit), sum(credit) FROM account_move_line GROUP BY 1",
        ),
        (
            "accrual, by department and account",
            "accrual",
            "department_id, account_id",
            "SELECT partner_id, account_id, sum(debit), sum(credit) "
            "FROM account_move_line GROUP BY 1, 2",
        ),
        (
            "cash, by account",
            "cash",
            "account_id",
            f"SELECT line.account_id, sum(debit), sum(credit) {PROFIT} GROUP BY 1",
        ),
        (
            "committed, by account",
            "committed",
            "account_id",
            "SELECT product_id, sum(price_subtotal), sum(qty_invoiced) "
            "FROM purchase_order_line GROUP BY 1",
        ),
    ):
        query = env[f"medical.finance.{model}"]._table_query
        source = env.cr.mogrify(query.code, query.params).decode()
        view = worked(
            env,
            f"SELECT {groups}, sum(debit), sum(credit) FROM ({source}) v "
            f"GROUP BY {groups}",
        )
        base = worked(env, plain)
        rows.append([name, base, view, round(view / base, 1)])
    table(["200,000 journal items", "plain: s", "view: s", "times"], rows)


def worked(env, text):
    """Median seconds of work of a statement; the first run warms up."""
    taken = []
    for _run in range(RUNS + 1):
        with measured(env) as result:
            env.cr.execute(text)
            env.cr.fetchall()
        taken.append(result["cpu"])
    return statistics.median(taken[1:])


def setup(env):
    """One of each entry, made as the host makes it."""
    company = env.company
    departments = env["hr.department"].create(
        [
            {"name": f"Department {number}", "company_id": company.id}
            for number in range(6)
        ]
    )
    env["medical.payroll.posting"]._set_up(company)
    chart = env["account.account"].search([("company_ids", "in", company.ids)])

    def account(kind):
        return chart.filtered(lambda each: each.account_type == kind)[0]

    payable, cost, cash = (
        account(kind) for kind in ("liability_payable", "expense", "asset_cash")
    )
    journal = env["account.journal"].search(
        [("type", "=", "general"), ("company_id", "=", company.id)], limit=1
    )
    partner = env["res.partner"].create({"name": "Vendor"})
    first, second = departments[:2].medical_analytic_account_id
    split = {str(first.id): 60, str(second.id): 40}

    def entry(*lines):
        move = env["account.move"].create(
            {
                "move_type": "entry",
                "journal_id": journal.id,
                "date": "2025-01-15",
                "line_ids": [
                    Command.create(
                        {
                            "account_id": own.id,
                            "balance": balance,
                            "analytic_distribution": distribution,
                            "partner_id": partner.id,
                        }
                    )
                    for own, balance, distribution in lines
                ],
            }
        )
        move.action_post()
        return move

    product = env["product.product"].create({"name": "Gauze", "type": "consu"})
    order = env["purchase.order"].create(
        {
            "partner_id": partner.id,
            "order_line": [
                Command.create(
                    {
                        "product_id": product.id,
                        "product_qty": 3,
                        "price_unit": 7,
                        "analytic_distribution": split,
                    }
                )
            ],
        }
    )
    order.button_confirm()
    templates = {
        "bill": entry((payable, -100, None), (cost, 60, split), (cost, 40, None)),
        "payment": entry((payable, 50, None), (cash, -50, None)),
        "entry": entry((cost, 25, {str(first.id): 100}), (cash, -25, None)),
        "order": order,
    }
    env.flush_all()
    return templates


def copies(env, source, record_id, first_id, count, **changed):
    """Copy a row ``count`` times under ids from ``first_id`` on; n runs from 0."""
    env.cr.execute(
        "SELECT column_name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'",
        [source],
    )
    names = [row[0] for row in env.cr.fetchall()]
    changed = {"id": f"{first_id} + n", **changed}
    values = ", ".join(changed.get(column, f'"{column}"') for column in names)
    listed = ", ".join(f'"{column}"' for column in names)
    env.cr.execute(
        f"INSERT INTO {source} ({listed}) SELECT {values} FROM {source}, "
        f"generate_series(0, {count - 1}) n WHERE {source}.id = {record_id}"
    )
    # checks of foreign keys were planned while the table was empty
    env.cr.execute(f"ANALYZE {source}")


def fill(env, templates):
    spaces = {}
    for place, (key, count) in enumerate(
        (("bill", BILLS), ("payment", 2 * PAID), ("entry", ENTRIES)), 1
    ):
        move = templates[key]
        base = spaces[key] = place * 1_000_000
        copies(
            env, "account_move", move.id, base, count,
            name=f"'{key}/' || n", date="'2025-01-01'::date + (n % 365)::int",
        )  # fmt: skip
        for number, line in enumerate(move.line_ids.sorted("id")):
            copies(
                env, "account_move_line", line.id, base * 10 + number * 1_000_000, count,
                move_id=f"{base} + n", date="'2025-01-01'::date + (n % 365)::int",
            )  # fmt: skip
    env.cr.execute(
        f"""
        INSERT INTO account_partial_reconcile
               (debit_move_id, credit_move_id, amount, max_date, company_id)
        SELECT {spaces["payment"] * 10} + n, {spaces["bill"] * 10} + n / 2, 50,
               '2025-02-01'::date + (n % 365)::int, {env.company.id}
          FROM generate_series(0, {2 * PAID - 1}) n
        """
    )
    line = templates["order"].order_line
    copies(env, "purchase_order_line", line.id, 1_000_000, ORDERS)
    env.cr.commit()
    with measured(env) as result:
        env["medical.finance.cash"]._cron_work_off()
    print(f"written for the views: {result['cpu']:.2f} s, once")
    env.cr.execute("SELECT count(*) FROM account_move_line")
    print(f"{env.cr.fetchone()[0]:,} journal items")
    # VACUUM does not run inside a transaction
    env.cr.commit()
    env.cr._cnx.autocommit = True
    env.cr.execute(
        "VACUUM ANALYZE account_move_line, account_move, purchase_order_line"
    )
    env.cr.execute("VACUUM ANALYZE account_partial_reconcile")
    for each in KEPT:
        env.cr.execute(f"VACUUM ANALYZE {each.name}, {each.name}_mark")
    env.cr._cnx.autocommit = False
