"""The very SQL of the views over 1,000 random ledgers, against sums made in Python.

The tables it reads are laid over the real ones as temporary tables for the time of the
test, so that a thousand ledgers (each a company of its own) are there in a second.
"""

from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from json import dumps, loads
from random import Random

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ...engine.finance.kept import work_off
from ...engine.finance.kept_ledger import (
    ACCRUED,
    CASH,
    ORDERED,
    accrual_kept,
    cash_kept,
    committed_kept,
)
from ...engine.finance.ledger_query import accrual, cash

LEDGERS = 1000
ACCOUNTS = {
    1: "asset_receivable",
    2: "liability_payable",
    3: "asset_cash",
    4: "income",
    5: "expense",
    6: "expense_direct_cost",
    7: "liability_current",
}
DEPARTMENTS = {1: 101, 2: 102, 3: 103}
SITES = {1: 111, 2: 112}
PROJECT = 121
PROFIT = {4, 5, 6}
CENT = Decimal("0.01")
TABLES = {
    "account_account": "id int, account_type varchar, medical_category_id int",
    "account_move_line": "id int, move_id int, date date, account_id int, company_id int,"
    "company_currency_id int, journal_id int, partner_id int, parent_state varchar,"
    "name varchar, analytic_distribution jsonb, debit numeric, credit numeric,"
    "balance numeric",
    "account_partial_reconcile": "id int, debit_move_id int, credit_move_id int,"
    "amount numeric, max_date date",
    "res_company": "id int, currency_id int, expense_account_id int,"
    "resource_calendar_id int",
    "resource_calendar": "id int, tz varchar",
    "product_product": "id int, product_tmpl_id int",
    "product_template": "id int, categ_id int, property_account_expense_id jsonb",
    "product_category": "id int, property_account_expense_categ_id jsonb",
    "ir_default": "field_id int, user_id int, company_id int, condition varchar,"
    "json_value varchar",
    "ir_model_fields": "id int, model varchar, name varchar",
    "purchase_order": "id int, state varchar, currency_rate numeric, date_order timestamp",
    "purchase_order_line": "id int, order_id int, company_id int, partner_id int,"
    "product_id int, name text, analytic_distribution jsonb, date_planned timestamp,"
    "display_type varchar, price_subtotal numeric, product_qty numeric,"
    "qty_invoiced numeric",
    "res_currency": "id int, decimal_places int",
    "hr_department": "id int, medical_analytic_account_id int",
    "stock_warehouse": "id int, medical_analytic_account_id int",
}


def distributions(chance):
    """Sixty ways to cut a line: whole, in parts, in both plans, beside a project, wrong."""
    made = [None, {}, {str(PROJECT): 100.0}, {"101": 100.0}, {"101,111": 60.0}]
    while len(made) < 60:
        keys = {}
        for _each in range(chance.randint(1, 4)):
            parts = []
            if chance.random() < 0.7:
                parts.append(chance.choice(list(DEPARTMENTS.values())))
            if chance.random() < 0.4:
                parts.append(chance.choice(list(SITES.values())))
            if chance.random() < 0.2 or not parts:
                parts.append(PROJECT)
            key = ",".join(map(str, parts))
            keys[key] = round(chance.choice([100 / 3, 25, 50, 12.5, 70, 33.33]), 4)
        made.append(keys)
    return made


@tagged("post_install", "-at_install")
class TestFinanceRandom(TransactionCase):
    def ledgers(self):
        """(lines, partials) of all ledgers, as tuples in the order of the tables."""
        chance = Random(20261129)
        cuts = distributions(chance)
        lines, partials, move = [], [], 0
        for company in range(1, LEDGERS + 1):
            open_lines = defaultdict(list)
            for _each in range(chance.randint(2, 8)):
                move += 1
                day = date(2026, 1, 1) + timedelta(days=chance.randint(0, 300))
                parts = [
                    (
                        chance.choice([3, 4, 5, 6, 7]),
                        Decimal(chance.randint(-90000, 90000)) / 100,
                        chance.choice(cuts),
                    )
                    for _part in range(chance.randint(1, 4))
                ]
                rest = -sum(amount for _account, amount, _cut in parts)
                parts.append((chance.choice([1, 2, 2, 3]), rest, None))
                for account, amount, cut in parts:
                    number = len(lines) + 1
                    lines.append(
                        (number, move, day, account, company, 1, 1, None, "posted", "x",
                         None if cut is None else dumps(cut), max(amount, 0),
                         max(-amount, 0), amount)
                    )  # fmt: skip
                    if account in (1, 2) and amount:
                        open_lines[account].append([number, amount, day])
            self.settle(chance, open_lines.values(), partials)
        return lines, partials

    def settle(self, chance, groups, partials):
        """Settle some of what is open on each side against the other, often in part."""
        pairs = [
            (one, other)
            for those in groups
            for one in those
            for other in those
            if chance.random() < 0.7
        ]
        for one, other in pairs:
            if not one[1] > 0 > other[1]:
                continue
            amount = min(one[1], -other[1])
            if chance.random() < 0.4:
                amount = (amount / 2).quantize(CENT)
            if not amount:
                continue
            one[1] -= amount
            other[1] += amount
            day = max(one[2], other[2])
            partials.append((len(partials) + 1, one[0], other[0], amount, day))

    def lay_over(self, lines, partials, orders=()):
        rows = {
            "account_account": [(key, kind, None) for key, kind in ACCOUNTS.items()],
            "account_move_line": lines,
            "account_partial_reconcile": partials,
            "res_company": [(number, 1, 5, None) for number in range(1, LEDGERS + 1)],
            "resource_calendar": [],
            "product_product": [(1, 1)],
            "product_template": [(1, 1, None)],
            "product_category": [(1, None)],
            "ir_default": [(1, None, 7, None, "4"), (2, None, 8, None, "4")],
            "ir_model_fields": [
                (1, "product.category", "property_account_expense_categ_id"),
                (2, "product.category", "property_account_income_categ_id"),
            ],
            "purchase_order": [
                (1, "purchase", 1, "2026-01-01"),
                (2, "draft", 1, "2026-01-01"),
            ],
            "purchase_order_line": orders,
            "res_currency": [(1, 2)],
            "hr_department": list(DEPARTMENTS.items()),
            "stock_warehouse": list(SITES.items()),
        }
        for name, columns in TABLES.items():
            table = SQL.identifier(name)
            self.cr.execute(SQL("CREATE TEMP TABLE %s (%s)", table, SQL(columns)))
            for start in range(0, len(rows[name]), 2000):
                values = SQL(", ").join(
                    SQL("%s", row) for row in rows[name][start : start + 2000]
                )
                self.cr.execute(SQL("INSERT INTO pg_temp.%s VALUES %s", table, values))

    def orders(self):
        """Order lines: open, billed in part, billed, of a draft, cut in sixty ways."""
        chance = Random(20261130)
        cuts = distributions(chance)
        made = []
        for number in range(1, 5 * LEDGERS + 1):
            quantity = chance.randint(1, 20)
            cut = chance.choice(cuts)
            made.append(
                (
                    number, chance.choice([1, 1, 1, 2]), (number - 1) // 5 + 1, 1, 1, "x",
                    None if cut is None else dumps(cut), "2026-03-01", None,
                    quantity * Decimal(chance.randint(1, 90000)) / 100, quantity,
                    chance.choice([0, 0, quantity, chance.randint(0, quantity)]),
                )
            )  # fmt: skip
        return made

    def test_orders_of_a_thousand_ledgers_tie(self):
        orders = self.orders()
        self.env.flush_all()
        self.addCleanup(self.take_away)
        self.lay_over([], [], orders)
        ORDERED.set_up(self.cr)
        lines = self.sums(committed_kept(), "order_line_id")
        departments = self.sums(committed_kept(), "order_line_id", "department_id")
        self.cr.execute(
            SQL("SELECT count(*), count(DISTINCT id) FROM (%s) v", committed_kept())
        )
        self.assertEqual(*self.cr.fetchone())
        self.check_kept(
            (ORDERED,),
            "UPDATE purchase_order_line SET qty_invoiced = product_qty WHERE id % 7 = 0",
            "UPDATE purchase_order_line SET analytic_distribution = NULL, product_qty = 3 "
            "WHERE id % 11 = 0",
            "DELETE FROM purchase_order_line WHERE id % 13 = 0",
            "UPDATE purchase_order SET state = 'to approve' WHERE id = 2",
            "UPDATE product_template SET property_account_expense_id = '{\"3\": 5}'",
            "UPDATE ir_default SET json_value = '6'",
            "DELETE FROM ir_default",
            "UPDATE res_company SET expense_account_id = 6 WHERE id < 50",
            "UPDATE hr_department SET medical_analytic_account_id = 109 WHERE id = 2",
            "DELETE FROM hr_department WHERE id = 1",
            "UPDATE res_currency SET decimal_places = 0",
            "DELETE FROM purchase_order WHERE id = 1",
        )
        self.take_away()
        for row in orders:
            number, order, total, quantity, billed = row[0], row[1], *row[9:12]
            if order == 2 or billed == quantity:
                self.assertNotIn((number,), lines)
                continue
            open_part = (total * (quantity - billed) / quantity).quantize(
                CENT, ROUND_HALF_UP
            )
            self.assertEqual(lines[number,], (open_part, open_part, 0))
            line = (number, *[None] * 9, row[6], None, None, open_part)
            self.check_departments(line, departments)

    def check_kept(self, kept, *statements):
        """After each change what is read is what would be worked out, before the marks
        are worked off and after."""
        for each in kept:
            self.assertEqual(each.wrong(self.cr), [])
        for number, statement in enumerate(statements):
            self.cr.execute(statement)
            self.cr.execute(f"SELECT count(*) FROM {kept[0].name}_mark")
            self.assertTrue(self.cr.fetchone()[0], statement)
            for each in kept:
                self.assertEqual(each.wrong(self.cr), [], statement)
            if number % 2:
                work_off(self.cr, kept)
                for each in kept:
                    self.assertEqual(each.wrong(self.cr), [], statement)
        work_off(self.cr, kept)
        for each in kept:
            self.assertEqual(each.wrong(self.cr), [])

    def test_what_is_earned_and_paid_is_kept_exactly_through_any_change(self):
        lines, partials = self.ledgers()
        self.env.flush_all()
        self.addCleanup(self.take_away)
        self.lay_over(lines, partials)
        CASH.set_up(self.cr)
        ACCRUED.set_up(self.cr)
        keys = ("move_line_id", "date", "department_id", "site_id")
        self.assertEqual(self.sums(cash(), *keys), self.sums(cash_kept(), *keys))
        self.assertEqual(self.sums(accrual(), *keys), self.sums(accrual_kept(), *keys))
        self.check_kept(
            (CASH, ACCRUED),
            "UPDATE account_move_line SET name = 'y' WHERE move_id % 19 = 0",
            "UPDATE account_move_line SET partner_id = 2, journal_id = 3 "
            "WHERE move_id % 31 = 0",
            "DELETE FROM account_partial_reconcile WHERE id % 3 = 0",
            "INSERT INTO account_partial_reconcile SELECT id + 90000, debit_move_id, "
            "credit_move_id, amount, max_date + 40 FROM account_partial_reconcile "
            "WHERE id % 9 = 1",
            "UPDATE account_partial_reconcile SET amount = amount / 3, max_date = "
            "max_date + 1 WHERE id % 7 = 0",
            "UPDATE account_move_line SET analytic_distribution = '{\"102\": 40}' "
            "WHERE id % 5 = 0",
            "UPDATE account_move_line SET parent_state = 'draft', date = date + 31 "
            "WHERE move_id % 17 = 0",
            "UPDATE account_move_line SET account_id = 2 WHERE account_id = 5 "
            "AND id % 4 = 0",
            "UPDATE account_move_line SET move_id = move_id + 1 WHERE id % 50 = 0",
            "UPDATE account_move_line SET debit = debit * 2, credit = credit * 2, "
            "balance = balance * 2 WHERE move_id % 23 = 0",
            "DELETE FROM account_move_line WHERE move_id % 29 = 0",
            "UPDATE account_account SET account_type = 'income_other' WHERE id = 7",
            "UPDATE account_account SET account_type = 'asset_current' WHERE id = 1",
            "UPDATE stock_warehouse SET medical_analytic_account_id = 121 WHERE id = 1",
            "UPDATE hr_department SET medical_analytic_account_id = NULL WHERE id = 3",
            "INSERT INTO hr_department VALUES (4, 103)",
            "UPDATE res_currency SET decimal_places = 3",
        )

    def test_what_no_trigger_saw_is_found_and_mended(self):
        lines, partials = self.ledgers()
        self.env.flush_all()
        self.addCleanup(self.take_away)
        self.lay_over(lines, partials)
        CASH.set_up(self.cr)
        move = next(line[1] for line in lines if line[3] in PROFIT and line[13])
        self.cr.execute("ALTER TABLE account_move_line DISABLE TRIGGER USER")
        self.cr.execute(
            "UPDATE account_move_line SET balance = balance + 1 WHERE move_id = %s",
            [move],
        )
        self.assertEqual(CASH.wrong(self.cr), [move])
        self.assertEqual(CASH.wrong(self.cr), [])

    def test_each_line_keeps_its_cents_by_the_index_and_without(self):
        """What is found through the index is what reading every line finds."""
        for table in ("account_move_line", "purchase_order_line"):
            self.cr.execute(
                "SELECT indexdef FROM pg_indexes WHERE indexname = %s",
                [f"{table}_medical_distribution"],
            )
            [definition] = self.cr.fetchone()
            self.assertIn("jsonb_hash_extended(analytic_distribution", definition)
        lines, partials = self.ledgers()
        self.env.flush_all()
        self.addCleanup(self.take_away)
        self.lay_over(lines, partials)
        before = self.sums(accrual(), "move_line_id", "department_id", "site_id")
        self.cr.execute(
            "CREATE INDEX ON pg_temp.account_move_line "
            "((jsonb_hash_extended(analytic_distribution, 0))) "
            "WHERE analytic_distribution IS NOT NULL"
        )
        self.cr.execute("SET LOCAL enable_seqscan = off")
        after = self.sums(accrual(), "move_line_id", "department_id", "site_id")
        self.assertEqual(before, after)

    def take_away(self):
        for name in TABLES:
            self.cr.execute(
                SQL("DROP TABLE IF EXISTS pg_temp.%s", SQL.identifier(name))
            )

    def sums(self, query, *columns):
        listed = SQL(", ").join(SQL.identifier(column) for column in columns)
        self.cr.execute(
            SQL(
                "SELECT %s, sum(balance)::text, sum(debit)::text, sum(credit)::text"
                " FROM (%s) v GROUP BY %s",
                listed,
                query,
                listed,
            )
        )
        # as text: the driver would make floats of them
        return {
            row[: len(columns)]: tuple(map(Decimal, row[len(columns) :]))
            for row in self.cr.fetchall()
        }

    def test_a_thousand_ledgers_tie(self):
        lines, partials = self.ledgers()
        self.env.flush_all()
        self.addCleanup(self.take_away)
        self.lay_over(lines, partials)
        accrued = self.sums(accrual(), "move_line_id")
        by_department = self.sums(accrual(), "move_line_id", "department_id")
        paid = self.sums(cash(), "move_line_id")
        self.cr.execute(
            SQL("SELECT count(*), count(DISTINCT id) FROM (%s) v", accrual())
        )
        self.assertEqual(*self.cr.fetchone())
        self.cr.execute(SQL("SELECT count(*), count(DISTINCT id) FROM (%s) v", cash()))
        self.assertEqual(*self.cr.fetchone())
        self.take_away()
        self.assertGreater(len(lines), 10_000)
        self.assertGreater(len(partials), 1_000)

        owed, settled = defaultdict(Decimal), defaultdict(Decimal)
        move_of = {line[0]: line[1] for line in lines}
        for line in lines:
            if line[3] in (1, 2):
                owed[line[1]] += line[13]
        for _number, debit, credit, amount, _day in partials:
            settled[move_of[debit]] += amount
            settled[move_of[credit]] -= amount
        for line in lines:
            number, move, balance = line[0], line[1], line[13]
            self.assertEqual(accrued[number,], (balance, line[11], line[12]))
            self.check_departments(line, by_department)
            if line[3] not in PROFIT:
                self.assertNotIn((number,), paid)
                continue
            total = owed.get(move)
            expected = balance * settled[move] / total if total else balance
            found = paid.get((number,), (0,))[0]
            self.assertAlmostEqual(float(found), float(expected), places=6)

    def check_departments(self, line, by_department):
        """Each department's part is its percents of the line, to the cent of each key."""
        cut = loads(line[10]) if line[10] else {}
        for department, center in DEPARTMENTS.items():
            percents = [
                Decimal(str(percent))
                for key, percent in cut.items()
                if str(center) in key.split(",")
            ]
            expected = sum(percents, Decimal(0)) * line[13] / 100
            found = by_department.get((line[0], department), (Decimal(0),))[0]
            pieces = 3 * max(len(percents), 1)
            self.assertLessEqual(
                abs(found - expected), CENT * pieces, (line, department)
            )
