"""What is kept of the ledger's views: entries by department as earned and as paid, and
what is on order."""

from odoo.tools import SQL

from .kept import Kept, Watch
from .ledger_query import accrual, cash, committed

# states of orders that take of a budget
TAKING = ("purchase", "to approve")


def _named(table: str, key: str) -> str:
    """Keys of the lines that name a cost center which came, went or moved.

    The expression is the host's own index over the accounts of distributions.
    """
    return f"""
        SELECT DISTINCT line.{key} FROM {table} line
         WHERE regexp_split_to_array(jsonb_path_query_array(
                   line.analytic_distribution, '$.keyvalue()."key"')::text, '\\D+')
               && array_remove(ARRAY[OLD.medical_analytic_account_id::text,
                                     NEW.medical_analytic_account_id::text], NULL)"""


def _orders(condition: str) -> str:
    """Orders that take of a budget, of which a line or the company is touched."""
    return f"""
        SELECT DISTINCT line.order_id
          FROM purchase_order_line line
          JOIN purchase_order orders ON orders.id = line.order_id
          JOIN res_company company ON company.id = line.company_id
          LEFT JOIN product_product product ON product.id = line.product_id
          LEFT JOIN product_template template ON template.id = product.product_tmpl_id
         WHERE orders.state IN ('purchase', 'to approve') AND {condition}"""


CENTER = ("medical_analytic_account_id",)

CASH = Kept(
    "medical_finance_cash_kept",
    "move_id",
    {
        "id": "bigint",
        "date": "date",
        "move_line_id": "int",
        "move_id": "int",
        "account_id": "int",
        "company_id": "int",
        "parent_state": "varchar",
        "department_id": "int",
        "site_id": "int",
        "debit": "numeric",
        "credit": "numeric",
        "balance": "numeric",
    },
    cash,
    (
        Watch(
            "account_move_line",
            (
                "account_id",
                "analytic_distribution",
                "balance",
                "company_currency_id",
                "company_id",
                "credit",
                "date",
                "debit",
                "journal_id",
                "move_id",
                "name",
                "parent_state",
                "partner_id",
            ),
            "SELECT DISTINCT move_id FROM changed WHERE move_id IS NOT NULL",
            often=True,
        ),
        Watch(
            "account_partial_reconcile",
            ("amount", "credit_move_id", "debit_move_id", "max_date"),
            """SELECT DISTINCT line.move_id FROM changed
                 JOIN account_move_line line
                   ON line.id = ANY (ARRAY[changed.debit_move_id, changed.credit_move_id])
                WHERE line.move_id IS NOT NULL""",
            often=True,
        ),
        Watch(
            "account_account",
            ("account_type",),
            """SELECT DISTINCT line.move_id FROM account_move_line line
                WHERE line.account_id = coalesce(NEW.id, OLD.id)""",
        ),
        Watch(
            "res_currency",
            ("decimal_places",),
            """SELECT DISTINCT line.move_id FROM account_move_line line
                WHERE line.company_currency_id = coalesce(NEW.id, OLD.id)""",
        ),
        Watch("hr_department", CENTER, _named("account_move_line", "move_id")),
        Watch("stock_warehouse", CENTER, _named("account_move_line", "move_id")),
    ),
)

# Entries of all accounts, whatever became of the bills: what lists show of a line stands
# here too, since to look it up for each of 200,000 lines costs more than to add them up.
ACCRUED = Kept(
    "medical_finance_accrual_kept",
    "move_id",
    {
        "id": "bigint",
        "date": "date",
        "move_line_id": "int",
        "move_id": "int",
        "account_id": "int",
        "company_id": "int",
        "journal_id": "int",
        "partner_id": "int",
        "parent_state": "varchar",
        "department_id": "int",
        "site_id": "int",
        "debit": "numeric",
        "credit": "numeric",
        "balance": "numeric",
        "name": "varchar",
    },
    lambda only: accrual(only=only),
    leader=CASH,
)

ORDERED = Kept(
    "medical_finance_order_kept",
    "order_id",
    {
        "id": "bigint",
        "date": "date",
        "order_line_id": "int",
        "order_id": "int",
        "account_id": "int",
        "company_id": "int",
        "confirmed": "boolean",
        "department_id": "int",
        "site_id": "int",
        "balance": "numeric",
    },
    lambda only: committed(TAKING, only),
    (
        Watch(
            "purchase_order_line",
            (
                "analytic_distribution",
                "company_id",
                "date_planned",
                "display_type",
                "order_id",
                "price_subtotal",
                "product_id",
                "product_qty",
                "qty_invoiced",
            ),
            "SELECT DISTINCT order_id FROM changed",
            often=True,
        ),
        Watch(
            "purchase_order",
            ("currency_rate", "date_order", "state"),
            "SELECT DISTINCT id FROM changed",
            often=True,
        ),
        Watch(
            "product_product",
            ("product_tmpl_id",),
            _orders("line.product_id = coalesce(NEW.id, OLD.id)"),
        ),
        Watch(
            "product_template",
            ("categ_id", "property_account_expense_id"),
            _orders("template.id = coalesce(NEW.id, OLD.id)"),
        ),
        Watch(
            "product_category",
            ("property_account_expense_categ_id",),
            _orders("template.categ_id = coalesce(NEW.id, OLD.id)"),
        ),
        Watch(
            "ir_default",
            ("json_value",),
            _orders(
                """line.company_id = coalesce(NEW.company_id, OLD.company_id)
                   AND EXISTS (SELECT FROM ir_model_fields field
                                WHERE field.id = coalesce(NEW.field_id, OLD.field_id)
                                  AND field.model = 'product.category'
                                  AND field.name = 'property_account_expense_categ_id')"""
            ),
        ),
        Watch(
            "res_company",
            ("currency_id", "expense_account_id", "resource_calendar_id"),
            _orders("company.id = coalesce(NEW.id, OLD.id)"),
        ),
        Watch(
            "resource_calendar",
            ("tz",),
            _orders("company.resource_calendar_id = coalesce(NEW.id, OLD.id)"),
        ),
        Watch(
            "res_currency",
            ("decimal_places",),
            _orders("company.currency_id = coalesce(NEW.id, OLD.id)"),
        ),
        Watch("hr_department", CENTER, _named("purchase_order_line", "order_id")),
        Watch("stock_warehouse", CENTER, _named("purchase_order_line", "order_id")),
    ),
)

KEPT = (CASH, ACCRUED, ORDERED)


def accrual_kept() -> SQL:
    """Journal items cut by department and site, from what is kept."""
    return SQL(
        """
        SELECT kept.*, account.medical_category_id AS category_id,
               account.account_type LIKE 'income%%'
               OR account.account_type LIKE 'expense%%' AS is_profit
          FROM (%s) kept
          LEFT JOIN account_account account ON account.id = kept.account_id
        """,
        ACCRUED.rows(),
    )


def cash_kept() -> SQL:
    """Income and expenses when they were paid, from what is kept.

    Names are joined from the left: a sum that asks for none leaves the joins out.
    """
    return SQL(
        """
        SELECT kept.id, kept.date, kept.move_line_id, kept.move_id, kept.account_id,
               account.medical_category_id AS category_id, kept.company_id,
               line.journal_id, line.partner_id, kept.parent_state, line.name,
               true AS is_profit, kept.department_id, kept.site_id, kept.debit,
               kept.credit, kept.balance
          FROM (%s) kept
          LEFT JOIN account_account account ON account.id = kept.account_id
          LEFT JOIN account_move_line line ON line.id = kept.move_line_id
        """,
        CASH.rows(),
    )


def ordered() -> SQL:
    """What orders that are confirmed or wait for approval will be billed."""
    return SQL(
        """
        SELECT kept.*, account.medical_category_id AS category_id
          FROM (%s) kept
          LEFT JOIN account_account account ON account.id = kept.account_id
        """,
        ORDERED.rows(),
    )


def committed_kept() -> SQL:
    """What confirmed orders will still be billed, from what is kept."""
    return SQL(
        """
        SELECT kept.id, kept.order_id, kept.order_line_id, kept.date, kept.account_id,
               kept.category_id, kept.company_id, line.partner_id, line.name,
               kept.department_id, kept.site_id, kept.balance, kept.balance AS debit,
               0::numeric AS credit, true AS is_profit, 'posted' AS parent_state
          FROM (%s) kept
          LEFT JOIN purchase_order_line line ON line.id = kept.order_line_id
         WHERE kept.confirmed
        """,
        ordered(),
    )
