"""SQL of budget against actual: what was granted, used, ordered and asked for, by month,
department and practice category."""

from datetime import date

from odoo.tools import SQL

from .ledger_query import accrual, committed, expense_account
from .split_query import part, pieces

# where the figures come from, in the order of the columns
FIGURES = ("granted", "allowed", "actual", "committed", "requested")
BILLS = ("in_invoice", "in_refund", "in_receipt")


def _row(source: SQL, month: SQL | None = None, **amounts: SQL) -> SQL:
    """Rows with some of the figures, the others 0."""
    return SQL(
        "SELECT company_id, %s AS month, department_id, category_id, %s FROM %s",
        month or SQL("date_trunc('month', date)::date"),
        SQL(", ").join(
            SQL("%s AS %s", amounts.get(name, SQL("0")), SQL.identifier(name))
            for name in FIGURES
        ),
        source,
    )


def _proposals(today: date) -> SQL:
    """Items that people asked for and that nobody decided yet: this month's, whenever
    they were asked for."""
    return SQL(
        """(
        SELECT line.company_id, %(today)s::date AS date, line.department_id,
               account.medical_category_id AS category_id, line.amount
          FROM medical_supply_proposal line
          JOIN res_company company ON company.id = line.company_id
          JOIN product_product product ON product.id = line.product_id
          JOIN product_template template ON template.id = product.product_tmpl_id
          LEFT JOIN product_category category ON category.id = template.categ_id
          JOIN account_account account ON account.id = %(account)s
         WHERE line.state = 'draft' AND line.requested_by_id IS NOT NULL
        ) asked""",
        today=today,
        account=expense_account(SQL("line.company_id")),
    )


def _cut_lines(condition: SQL) -> SQL:
    """Lines of entries by department: what the view of the ledger says, of few lines and
    without looking at anything else.

    :param condition: on ``line``, its ``account`` and its ``move``
    """
    return SQL(
        """(
        WITH own AS MATERIALIZED (
             SELECT line.company_id, line.date, account.medical_category_id AS category_id,
                    line.analytic_distribution, line.balance, line.parent_state,
                    line.company_currency_id
               FROM account_move_line line
               JOIN account_account account ON account.id = line.account_id
               JOIN account_move move ON move.id = line.move_id
              WHERE %(condition)s
        )
        SELECT own.company_id, own.date, cut.department_id, own.category_id,
               own.parent_state, %(balance)s AS balance
          FROM own
          JOIN res_currency money ON money.id = own.company_currency_id
          JOIN (%(pieces)s) cut ON cut.distribution = own.analytic_distribution
         UNION ALL
        SELECT own.company_id, own.date, NULL, own.category_id, own.parent_state,
               own.balance
          FROM own WHERE own.analytic_distribution IS NULL
        ) line""",
        condition=condition,
        balance=part(SQL("own.balance")),
        pieces=pieces("own"),
    )


def own_lines(company: int, first: date, last: date, categories: list[int]) -> SQL:
    """Posted lines, and those of bills in draft, of a span and some categories."""
    return _cut_lines(
        SQL(
            """line.company_id = %(company)s
               AND line.date BETWEEN %(first)s AND %(last)s
               AND account.medical_category_id = ANY(%(categories)s)
               AND (line.parent_state = 'posted'
                    OR line.parent_state = 'draft' AND move.move_type IN %(bills)s)""",
            company=company,
            first=first,
            last=last,
            categories=categories,
            bills=BILLS,
        )
    )


def bill_lines(bills: list[int]) -> SQL:
    """Lines of income and cost of some bills, without those of an order."""
    return _cut_lines(
        SQL(
            """line.move_id = ANY(%s) AND line.purchase_line_id IS NULL
               AND (account.account_type LIKE 'income%%'
                    OR account.account_type LIKE 'expense%%')""",
            bills,
        )
    )


def _every_line() -> SQL:
    """The same of everything."""
    return SQL(
        """(
        SELECT piece.*
          FROM (%s) piece
          LEFT JOIN account_move move
                 ON move.id = piece.move_id AND piece.parent_state = 'draft'
         WHERE piece.parent_state = 'posted'
            OR piece.parent_state = 'draft' AND move.move_type IN %s
        ) line""",
        accrual(profit_only=True),
        BILLS,
    )


def rows(today: date, lines: SQL | None = None, only: SQL | None = None) -> SQL:
    """All figures, each in a row of its own.

    :param today: the month to which items asked for belong
    :param lines: where entries come from; everything, if nothing is said
    :param only: which lines of orders are looked at
    """
    source = lines or _every_line()
    return SQL(" UNION ALL ").join(
        [
            _row(
                SQL("medical_finance_grant"),
                SQL("date_from"),
                granted=SQL("balance"),
            ),
            _row(
                SQL("medical_finance_exception WHERE state = 'approved'"),
                SQL("month"),
                allowed=SQL("amount"),
            ),
            _row(
                source,
                actual=SQL("CASE WHEN parent_state = 'posted' THEN balance ELSE 0 END"),
                requested=SQL(
                    "CASE WHEN parent_state = 'draft' THEN balance ELSE 0 END"
                ),
            ),
            _row(
                SQL("(%s) line", committed(("purchase",), only)),
                committed=SQL("balance"),
            ),
            _row(
                SQL("(%s) line", committed(("to approve",), only)),
                requested=SQL("balance"),
            ),
            _row(_proposals(today), requested=SQL("amount")),
        ]
    )


def budget(today: date) -> SQL:
    """One row for each company, month, department and category.

    The id says which: it is the same whatever else is asked for.
    """
    return SQL(
        """
        SELECT (((((company_id::bigint << 12) + month_number) << 16)
                 + coalesce(department_id, 0)) << 11) + coalesce(category_id, 0) AS id,
               company_id, month, department_id, category_id,
               %(sums)s,
               granted - actual - committed - requested AS left_over,
               granted - actual AS variance
          FROM (
               SELECT company_id, month, department_id, category_id,
                      ((extract(year FROM month) - 1970) * 12
                       + extract(month FROM month))::bigint AS month_number,
                      %(added)s
                 FROM (%(rows)s) figure
                GROUP BY company_id, month, department_id, category_id
               ) budget
        """,
        sums=SQL(", ").join(map(SQL.identifier, FIGURES)),
        added=SQL(", ").join(
            SQL("sum(%s) AS %s", SQL.identifier(name), SQL.identifier(name))
            for name in FIGURES
        ),
        rows=rows(today),
    )


def sums(company: int, first: date, last: date, categories: list[int], today: date,
         user: int) -> SQL:  # fmt: skip
    """The figures of some months and categories alone, for the control of an order.

    What the asking user allowed does not count: nobody is the second person of an own
    order.

    :param first, last: first and last day of the months
    :param user: who orders
    """
    own = own_lines(company, first, last, categories)
    # a day more on both sides: the day of an order line is the practice's
    only = SQL(
        """line.company_id = %s
           AND coalesce(line.date_planned, orders.date_order)
               BETWEEN %s::date - 1 AND %s::date + 2""",
        company,
        first,
        last,
    )
    return SQL(
        """
        SELECT month, department_id, category_id, %(added)s,
               (SELECT coalesce(sum(mine.amount), 0)
                  FROM medical_finance_exception mine
                 WHERE mine.state = 'approved' AND mine.decided_by_id = %(user)s
                   AND mine.company_id = %(company)s AND mine.month = figure.month
                   AND mine.category_id = figure.category_id
                   AND mine.department_id IS NOT DISTINCT FROM figure.department_id
               ) AS mine
          FROM (%(rows)s) figure
         WHERE company_id = %(company)s AND month BETWEEN %(first)s AND %(last)s
           AND category_id = ANY(%(categories)s)
         GROUP BY month, department_id, category_id
        """,
        added=SQL(", ").join(
            SQL("sum(%s) AS %s", SQL.identifier(name), SQL.identifier(name))
            for name in FIGURES
        ),
        rows=rows(today, own, only),
        user=user,
        company=company,
        first=first,
        last=last,
        categories=categories,
    )
