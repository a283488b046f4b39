"""The three views of the ledger over 200,000 journal items, beside a plain GROUP BY.

Items are copies, by SQL, of three entries: 30,000 bills of three lines (half of their cost
is split by department), of which half are paid in two payments; 25,000 entries of cost
against cash. 20,000 order lines are open. Each figure is the median of five runs, seconds
that this process and its database process worked, after VACUUM ANALYZE, without record
rules. "Plain" is what a report without departments, cash basis or commitment would ask.
Then the income statement of twelve months by department over our view and by plain MIS,
and the pack of a month with its memory (of this process, beyond what it had).
``FINANCE_BENCH_TIMES=10`` makes it 2,000,000 items.
"""

import os
import statistics

from register import measured, peak_memory, table

from odoo import Command

from odoo.addons.medical_office.engine.finance.kept_ledger import KEPT

TIMES = int(os.environ.get("FINANCE_BENCH_TIMES", "1"))
BILLS, PAID, ENTRIES, ORDERS = (
    TIMES * size for size in (30_000, 15_000, 25_000, 20_000)
)
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
    table(["journal items", "plain: s", "view: s", "times"], rows)
    statement(env)
    pack(env)


def pack(env):
    """The content of a closed month's pack, and its PDF and XLSX."""
    close = env["medical.finance.close"].create(
        {"month": "2025-12-01", "company_id": env.company.id}
    )
    env.flush_all()
    # to sign every step is not what is measured
    env.cr.execute(
        "UPDATE medical_finance_close SET state = 'closed' WHERE id = %s", [close.id]
    )
    env.invalidate_all()
    rows = []
    with peak_memory() as memory, measured(env) as result:
        made = env["medical.finance.pack"].create({"close_id": close.id})
    rows.append(["content", result, memory])
    reports = env["ir.actions.report"]
    for name, render, report in (
        ("PDF", reports._render_qweb_pdf, "finance_pack_report_action"),
        ("XLSX", reports._render_xlsx, "finance_pack_report_xlsx_action"),
    ):
        with peak_memory() as memory, measured(env) as result:
            render(f"medical_office.{report}", made.ids, {})
        rows.append([name, result, memory])
    table(
        ["pack of a month", "CPU: s", "seconds", "queries", "memory: MB"],
        [
            [name, result["cpu"], result["seconds"], result["queries"],
             memory["megabytes"]]
            for name, result, memory in rows
        ],
    )  # fmt: skip


def statement(env):
    """The income statement of twelve months by department: ours, and plain MIS on the
    host's journal items with its own analytic filter.

    Beside each stands the sum of its own GROUP BYs: one for each column, with the column's
    own filter.
    """
    departments = env["hr.department"].search(
        [("name", "like", "Department _"), ("company_id", "=", env.company.id)]
    )
    centers = departments.medical_analytic_account_id
    view = env["medical.finance.accrual"]
    query = view._table_query
    source = env.cr.mogrify(query.code, query.params).decode()
    sums = "SELECT account_id, sum(debit), sum(credit) FROM"
    year = (
        "WHERE date BETWEEN '2025-01-01' AND '2025-12-31' AND parent_state = 'posted'"
    )
    ours = [
        f"({source}) v {year} AND department_id = {each.id}" for each in departments
    ]
    plain = [
        f"account_move_line {year} AND analytic_distribution ? '{each.id}'"
        for each in centers
    ]
    rows = []
    for name, columns, sources in (
        (
            "by our view",
            [
                {
                    "source": "actuals_alt",
                    "source_aml_model_id": env["ir.model"]._get_id(view._name),
                    "analytic_domain": str([("department_id", "=", each.id)]),
                }
                for each in departments
            ],
            ours,
        ),
        (
            "by plain MIS",
            [
                {
                    # plain: the template itself names our view
                    "source": "actuals_alt",
                    "source_aml_model_id": env["ir.model"]._get_id("account.move.line"),
                    "analytic_domain": str([("analytic_distribution", "in", each.ids)]),
                }
                for each in centers
            ],
            plain,
        ),
    ):
        report = env["mis.report.instance"].create(
            {
                "name": name,
                "report_id": env.ref("medical_office.finance_statement_income").id,
                "company_id": env.company.id,
                "target_move": "posted",
                "period_ids": [
                    Command.create(
                        {
                            "name": f"{name} {number}",
                            "mode": "fix",
                            "manual_date_from": "2025-01-01",
                            "manual_date_to": "2025-12-31",
                            **column,
                        }
                    )
                    for number, column in enumerate(columns)
                ],
            }
        )
        taken = []
        for _run in range(RUNS + 1):
            with measured(env) as result:
                report._compute_matrix()
            taken.append(result["cpu"])
        own = sum(worked(env, f"{sums} {each} GROUP BY 1") for each in sources)
        cpu = statistics.median(taken[1:])
        rows.append([name, own, cpu, round(cpu / own, 1), result["queries"]])
    table(
        [
            f"income statement, 12 months, {len(departments)} departments",
            "its GROUP BYs: s", "statement: s", "times", "queries",
        ],
        rows,
    )  # fmt: skip


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
        marks = f"{(each.leader or each).name}_mark"
        env.cr.execute(f"VACUUM ANALYZE {each.name}, {marks}")
    env.cr._cnx.autocommit = False
