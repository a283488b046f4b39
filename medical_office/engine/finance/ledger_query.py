"""SQL of the three views of the ledger: accrual, cash and committed."""

from odoo.tools import SQL

from .split_query import MOST_PIECES, cuts, key, part, pieces_of

# days since here tell the rows of one line apart in the cash view
FIRST_DAY = "1970-01-01"
MOST_DAYS = 65536


def _and(condition: SQL | None) -> SQL:
    return SQL("AND %s", condition) if condition else SQL("")


def accrual(profit_only: bool = False, only: SQL | None = None) -> SQL:
    """Journal items cut by department and site, worked out (``accrual_kept`` reads them).

    A line without a distribution finds no piece and stays whole. Accounts are joined from
    the left: where a sum asks for nothing of them, the join is left out.

    :param profit_only: income and expenses alone
    :param only: a condition on ``line`` (account_move_line) that leaves few lines: then
        each is cut by itself
    """
    if only:
        places = SQL("money.decimal_places")
        joined = SQL(
            """JOIN res_currency money ON money.id = line.company_currency_id
               LEFT JOIN LATERAL %s cut ON true""",
            pieces_of(SQL("line.analytic_distribution")),
        )
    else:
        places = SQL("cut.decimal_places")
        joined = SQL(
            """LEFT JOIN (%s) cut
                      ON cut.key = %s AND cut.currency_id = line.company_currency_id""",
            cuts("account_move_line"),
            key(SQL("line.analytic_distribution")),
        )
    return SQL(
        """
        SELECT line.id::bigint * %(most)s + coalesce(cut.n, 0) AS id,
               line.id AS move_line_id, line.move_id, line.date, line.account_id,
               account.medical_category_id AS category_id, line.company_id,
               line.journal_id, line.partner_id, line.parent_state, line.name,
               account.account_type LIKE 'income%%'
               OR account.account_type LIKE 'expense%%' AS is_profit,
               cut.department_id, cut.site_id,
               %(debit)s AS debit, %(credit)s AS credit, %(balance)s AS balance
          FROM account_move_line line
          LEFT JOIN account_account account ON account.id = line.account_id
          %(joined)s
         WHERE line.account_id IS NOT NULL %(profit)s %(only)s
        """,
        most=MOST_PIECES,
        debit=part(SQL("line.debit"), places),
        credit=part(SQL("line.credit"), places),
        balance=part(SQL("line.balance"), places),
        joined=joined,
        only=_and(only),
        profit=SQL(
            """AND (account.account_type LIKE 'income%%'
                    OR account.account_type LIKE 'expense%%')"""
            if profit_only
            else ""
        ),
    )


def owed(only: SQL | None = None) -> SQL:
    """{move_id: total} of the receivable and payable lines of each entry that has any."""
    return SQL(
        """
        SELECT line.move_id, sum(line.balance) AS total
          FROM account_move_line line
          JOIN account_account account ON account.id = line.account_id
         WHERE account.account_type IN ('asset_receivable', 'liability_payable') %s
         GROUP BY line.move_id
        HAVING sum(line.balance) <> 0
        """,
        _and(only),
    )


def settled(only: SQL | None = None) -> SQL:
    """(move_id, date, share): which share of what is owed was settled on which day.

    Reads ``owed``, a query of that name. Each reconciliation settles both its entries on
    its later date, with their own signs. So a payment settles a bill, and a credit note or
    a write-off settles it against itself: both appear, and together they are no cash.
    """
    debit, credit = (
        SQL(
            """
            SELECT line.move_id, pair.max_date AS date, %s * pair.amount AS amount
              FROM account_partial_reconcile pair
              JOIN account_move_line line ON line.id = pair.%s
              JOIN account_account account ON account.id = line.account_id
             WHERE account.account_type IN ('asset_receivable', 'liability_payable') %s
            """,
            sign,
            SQL.identifier(column),
            _and(only),
        )
        for sign, column in ((1, "debit_move_id"), (-1, "credit_move_id"))
    )
    return SQL(
        """
        SELECT owed.move_id, way.date, sum(way.amount) / owed.total AS share
          FROM (%s UNION ALL %s) way
          JOIN owed ON owed.move_id = way.move_id
         GROUP BY owed.move_id, owed.total, way.date
        HAVING sum(way.amount) <> 0
        """,
        debit,
        credit,
    )


def cash(only: SQL | None = None) -> SQL:
    """Income and expenses when they were paid, worked out (``cash_kept`` reads them).

    Entries without receivable or payable (payroll, depreciation, bank fees) count on
    their own date. Shares are not rounded: a cent that depends on which other payments
    a filter shows would make two reports of one month differ.

    :param only: a condition on ``line`` (account_move_line): some entries, always whole
    """
    return SQL(
        """
        WITH owed AS MATERIALIZED (%(owed)s)
        SELECT piece.id * %(days)s + coalesce(paid.date - %(first)s::date, 0) AS id,
               coalesce(paid.date, piece.date) AS date,
               piece.move_line_id, piece.move_id, piece.account_id, piece.company_id,
               piece.parent_state, piece.department_id, piece.site_id,
               piece.debit * coalesce(paid.share, 1) AS debit,
               piece.credit * coalesce(paid.share, 1) AS credit,
               piece.balance * coalesce(paid.share, 1) AS balance
          FROM (%(accrual)s) piece
          LEFT JOIN (
               SELECT owed.move_id, settled.date, settled.share
                 FROM owed
                 LEFT JOIN (%(settled)s) settled ON settled.move_id = owed.move_id
               ) paid ON paid.move_id = piece.move_id
         WHERE paid.move_id IS NULL OR paid.share IS NOT NULL
        """,
        owed=owed(only),
        days=MOST_DAYS,
        first=FIRST_DAY,
        accrual=accrual(profit_only=True, only=only),
        settled=settled(only),
    )


def expense_account(company: SQL) -> SQL:
    """The account that a bill will take: the item's, its category's, else the company's.

    The host gives each category without an account of its own the default that the chart
    of accounts brought (ir.default), whatever the company's account is by now.

    Reads ``template``, ``category`` and ``company``, rows of those names.

    :param company: id of the company
    """
    return SQL(
        """coalesce((template.property_account_expense_id ->> %(id)s::text)::int,
                    (category.property_account_expense_categ_id ->> %(id)s::text)::int,
                    (SELECT standard.json_value::int
                       FROM ir_default standard
                       JOIN ir_model_fields field ON field.id = standard.field_id
                      WHERE category.id IS NOT NULL
                        AND field.model = 'product.category'
                        AND field.name = 'property_account_expense_categ_id'
                        AND standard.company_id = %(id)s
                        AND standard.user_id IS NULL AND standard.condition IS NULL),
                    company.expense_account_id)""",
        id=company,
    )


def committed(states: tuple[str, ...] = ("purchase",), only: SQL | None = None) -> SQL:
    """What orders still owe, worked out (``committed_kept`` reads it): the part of each
    line that is not billed.

    The account is the one the bill will take: the item's, its category's, else the
    company's. In the company's currency, at the rate of the order.

    :param states: of the orders; those that are confirmed, if nothing else is said
    :param only: a condition on ``line`` (purchase_order_line) that leaves few lines: then
        each is cut by itself
    """
    lines = SQL(
        """
                SELECT line.id, line.order_id, line.company_id,
                       orders.state = 'purchase' AS confirmed,
                       line.analytic_distribution, company.currency_id,
                       money.decimal_places,
                       (coalesce(line.date_planned, orders.date_order)
                        AT TIME ZONE 'UTC'
                        AT TIME ZONE coalesce(calendar.tz, 'UTC'))::date AS date,
                       %(account)s AS account_id,
                       round((line.price_subtotal / orders.currency_rate
                              * (line.product_qty - coalesce(line.qty_invoiced, 0))
                              / nullif(line.product_qty, 0))::numeric,
                             money.decimal_places) AS amount
                  FROM purchase_order_line line
                  JOIN purchase_order orders ON orders.id = line.order_id
                  JOIN res_company company ON company.id = line.company_id
                  JOIN res_currency money ON money.id = company.currency_id
                  LEFT JOIN resource_calendar calendar
                         ON calendar.id = company.resource_calendar_id
                  LEFT JOIN product_product product ON product.id = line.product_id
                  LEFT JOIN product_template template
                         ON template.id = product.product_tmpl_id
                  LEFT JOIN product_category category
                         ON category.id = template.categ_id
                 WHERE orders.state IN %(states)s AND line.display_type IS NULL
                   AND line.product_qty > coalesce(line.qty_invoiced, 0)
                   AND line.product_qty > 0
                   AND orders.currency_rate <> 0
                   %(only)s
        """,
        states=states,
        account=expense_account(SQL("line.company_id")),
        only=_and(only),
    )
    distribution = SQL("line.analytic_distribution")
    joined = (
        SQL("LATERAL %s cut ON true", pieces_of(distribution))
        if only
        else SQL(
            "(%s) cut ON cut.key = %s AND cut.currency_id = line.currency_id",
            cuts("purchase_order_line"),
            key(distribution),
        )
    )
    return SQL(
        """
        SELECT line.id::bigint * %(most)s + coalesce(cut.n, 0) AS id, line.date,
               line.id AS order_line_id, line.order_id, line.account_id,
               line.company_id, line.confirmed, cut.department_id, cut.site_id,
               %(amount)s AS balance
          FROM (%(lines)s) line
          LEFT JOIN %(joined)s
        """,
        most=MOST_PIECES,
        amount=part(SQL("line.amount"), SQL("line.decimal_places")),
        lines=lines,
        joined=joined,
    )
