"""SQL of budget against actual: what was granted, used, ordered and asked for, by month,
department and practice category."""

from datetime import date

from odoo.sql_db import BaseCursor
from odoo.tools import SQL

from .kept import define
from .kept_ledger import accrual_kept, ordered
from .ledger_query import committed, expense_account
from .split_query import part, pieces_of

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


def _proposals(today: date | SQL) -> SQL:
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
        SELECT line.company_id, line.date, account.medical_category_id AS category_id,
               cut.department_id, line.parent_state, %(balance)s AS balance
          FROM account_move_line line
          JOIN account_account account ON account.id = line.account_id
          JOIN account_move move ON move.id = line.move_id
          JOIN res_currency money ON money.id = line.company_currency_id
          LEFT JOIN LATERAL %(pieces)s cut ON true
         WHERE %(condition)s
        ) line""",
        condition=condition,
        balance=part(SQL("line.balance")),
        pieces=pieces_of(SQL("line.analytic_distribution")),
    )


def own_lines(company: SQL, first: SQL, last: SQL, categories: SQL) -> SQL:
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
         WHERE piece.is_profit
           AND (piece.parent_state = 'posted'
                OR piece.parent_state = 'draft' AND move.move_type IN %s)
        ) line""",
        accrual_kept(),
        BILLS,
    )


def rows(today: date | SQL, lines: SQL | None = None, only: SQL | None = None) -> SQL:
    """All figures, each in a row of its own.

    :param today: the month to which items asked for belong
    :param lines: where entries come from; everything, if nothing is said
    :param only: which rows of orders are looked at
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
                SQL("(%s) line WHERE %s", ordered(), only or SQL("true")),
                committed=SQL("CASE WHEN confirmed THEN balance ELSE 0 END"),
                requested=SQL("CASE WHEN confirmed THEN 0 ELSE balance END"),
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


def _sums() -> SQL:
    """The figures of some months and categories alone, for the control of an order.

    What the asking user allowed does not count: nobody is the second person of an own
    order. Arguments: see ``TAKES``; ``this_day`` is the day to which items asked for
    belong, ``asker`` the user who orders.
    """
    company, first, last, categories = map(
        SQL, ("own_company", "first_day", "last_day", "categories")
    )
    return SQL(
        """
        SELECT figure.month, figure.department_id, figure.category_id, %(added)s,
               (SELECT coalesce(sum(mine.amount), 0)::numeric
                  FROM medical_finance_exception mine
                 WHERE mine.state = 'approved' AND mine.decided_by_id = asker
                   AND mine.company_id = %(company)s AND mine.month = figure.month
                   AND mine.category_id = figure.category_id
                   AND mine.department_id IS NOT DISTINCT FROM figure.department_id
               ) AS mine
          FROM (%(rows)s) figure
         WHERE figure.company_id = %(company)s
           AND figure.month BETWEEN %(first)s AND %(last)s
           AND figure.category_id = ANY(%(categories)s)
         GROUP BY figure.month, figure.department_id, figure.category_id
        """,
        added=SQL(", ").join(
            SQL("sum(%s)::numeric AS %s", SQL.identifier(name), SQL.identifier(name))
            for name in FIGURES
        ),
        rows=rows(
            SQL("this_day"),
            own_lines(company, first, last, categories),
            SQL("company_id = %s AND date BETWEEN %s AND %s", company, first, last),
        ),
        company=company,
        first=first,
        last=last,
        categories=categories,
    )


def _taken() -> SQL:
    """What some orders take, whatever state they are in. Argument: ``orders_asked``."""
    states = ("draft", "sent", "to approve", "purchase")
    return SQL(
        """
        SELECT date_trunc('month', line.date)::date, line.department_id,
               account.medical_category_id, sum(line.balance)::numeric
          FROM (%s) line
          LEFT JOIN account_account account ON account.id = line.account_id
         GROUP BY 1, 2, 3
        """,
        committed(states, SQL("line.order_id = ANY(orders_asked)")),
    )


def _standings() -> SQL:
    """How each budget stands that is asked about, where one is kept.

    What names no department is held against the whole practice's category.
    """
    return SQL(
        """
        WITH asked AS MATERIALIZED (
             SELECT given.*
               FROM unnest(months, departments, categories, amounts)
                    given (month, department_id, category_id, amount)
              WHERE EXISTS (
                    SELECT FROM medical_finance_grant kept
                     WHERE kept.company_id = own_company AND kept.date_from = given.month
                       AND (given.department_id IS NULL
                            OR kept.department_id = given.department_id)
                    )
        ),
        figure AS MATERIALIZED (
             SELECT * FROM %(sums)s(
                    own_company, (SELECT min(month) FROM asked),
                    (SELECT max(month) + interval '1 month - 1 day' FROM asked)::date,
                    ARRAY(SELECT category_id FROM asked), this_day, asker)
        )
        SELECT asked.month, asked.department_id, asked.category_id,
               sum(figure.granted), sum(figure.allowed - figure.mine),
               sum(figure.actual + figure.committed + figure.requested), asked.amount,
               coalesce(own.response, common.response, 'inform')
          FROM asked
          LEFT JOIN figure
                 ON figure.month = asked.month
                AND figure.category_id = asked.category_id
                AND (asked.department_id IS NULL
                     OR figure.department_id = asked.department_id)
          LEFT JOIN medical_finance_budget_policy own
                 ON own.company_id = own_company
                AND own.category_id = asked.category_id
          LEFT JOIN medical_finance_budget_policy common
                 ON common.company_id = own_company AND common.category_id IS NULL
         GROUP BY asked.month, asked.department_id, asked.category_id, asked.amount,
                  own.response, common.response
        """,
        sums=SUMS,
    )


TAKES = SQL(
    "own_company int, first_day date, last_day date, categories int[], this_day date, "
    "asker int"
)
STANDS_TAKES = SQL(
    "own_company int, this_day date, asker int, months date[], departments int[], "
    "categories int[], amounts numeric[]"
)
SUMS, TAKEN, STANDS = (
    SQL.identifier(f"medical_finance_budget_{name}")
    for name in ("sums", "taken", "stands")
)
KEY = SQL("month date, department_id int, category_id int")


def define_functions(cr: BaseCursor) -> None:
    """Queries of the control as functions: to plan them takes longer than to run them."""
    figures = SQL(", ").join(
        SQL("%s numeric", SQL.identifier(name)) for name in (*FIGURES, "mine")
    )
    define(cr, SUMS, TAKES, SQL("TABLE (%s, %s)", KEY, figures), _sums())
    define(
        cr,
        TAKEN,
        SQL("orders_asked int[]"),
        SQL("TABLE (%s, amount numeric)", KEY),
        _taken(),
    )
    define(
        cr,
        STANDS,
        STANDS_TAKES,
        SQL(
            """TABLE (%s, granted numeric, allowed numeric, used numeric, asked numeric,
                      response varchar)""",
            KEY,
        ),
        _standings(),
    )


def drop_functions(cr: BaseCursor) -> None:
    for name, takes in ((STANDS, STANDS_TAKES), (SUMS, TAKES), (TAKEN, SQL("int[]"))):
        cr.execute(SQL("DROP FUNCTION IF EXISTS %s(%s)", name, takes))
