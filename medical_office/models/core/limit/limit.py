"""Up to which amount a role approves by itself: what, for whom, from when to when."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

ROLES = [
    ("head", "Department head"),
    ("manager", "Office manager"),
    ("director", "Director"),
]


class CoreLimit(models.Model):
    """A limit per role; the one that says most (company, department) goes first."""

    _name = "medical.core.limit"
    _description = "Approval Limit"
    _inherit = ["medical.core.shared", "medical.core.guard"]
    _shared_birth = True
    _order = "kind, amount, id"

    kind = fields.Selection(
        [("purchase", "Orders")],
        "For",
        required=True,
        default="purchase",
        index=True,
        help="What may be approved up to this amount.",
    )
    role = fields.Selection(ROLES, required=True)
    amount = fields.Monetary(
        aggregator=None,
        help="For orders: per vendor and day, so that a large order is not split up.",
    )
    is_unlimited = fields.Boolean(string="Unlimited")
    company_id = fields.Many2one("res.company", index=True)
    department_id = fields.Many2one("hr.department", index="btree_not_null")
    date_from = fields.Date("From", help="Empty: no start date.")
    date_to = fields.Date("Until", help="Empty: until further notice.")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")

    _role_unique = models.UniqueIndex(
        "(kind, role, coalesce(company_id, 0), coalesce(department_id, 0), "
        "coalesce(date_from, '-infinity'::date))",
        "This role already has a limit starting on that date.",
    )
    _amount_positive = models.Constraint(
        "check (amount >= 0)", "A limit cannot be negative."
    )
    _dates = models.Constraint(
        "check (date_to is null or date_from is null or date_to >= date_from)",
        "The limit's end date is before its start date.",
    )

    @api.depends("company_id")
    def _compute_currency_id(self):
        for limit in self:
            limit.currency_id = (limit.company_id or self.env.company).currency_id

    @api.model
    def _of_user(self, kind, company, day, department=None):
        """What the calling user may approve; None: any amount.

        :param kind: what is approved, such as ``"purchase"``
        :param day: date of the approval
        :param department: the department that pays, or None
        :return: amount in the company's currency; 0 for who may approve nothing
        """
        own = [
            role
            for role, _label in ROLES
            if self.env.user.has_group(f"medical_office.core_group_{role}")
        ]
        # sudo: a limit binds its user, who need not be able to read the table
        limits = self.sudo().search(
            [
                ("kind", "=", kind),
                ("role", "in", own),
                ("company_id", "in", [False, company.id]),
                ("department_id", "in", [False, department.id if department else False]),
                "|", ("date_from", "=", False), ("date_from", "<=", day),
                "|", ("date_to", "=", False), ("date_to", ">=", day),
            ]
        )  # fmt: skip
        by_role = {}
        for limit in limits.sorted(CoreLimit._rank):
            by_role[limit.role] = limit  # the last one says most
        if any(limit.is_unlimited for limit in by_role.values()):
            return None
        return max((limit.amount for limit in by_role.values()), default=0.0)

    @api.model
    def _check_amount(self, kind, record, amount, department):
        """Refuse today what is above the limit of the calling user.

        :param record: what is approved, with a company and its currency
        :raises AccessError: the amount is more than the user may approve
        """
        today = fields.Date.context_today(self)
        limit = self._of_user(kind, record.company_id, today, department)
        currency = record.currency_id
        if limit is not None and currency.compare_amounts(amount, limit) > 0:
            raise AccessError(
                self.env._(
                    "%(what)s: %(amount)s is more than you may approve (%(limit)s). "
                    "Somebody with a higher limit has to.",
                    what=record.display_name,
                    amount=currency.format(amount),
                    limit=currency.format(limit),
                )
            )

    def _rank(self):
        """Order of precedence: the more a limit says, and the younger, the later."""
        return (
            bool(self.department_id),
            bool(self.company_id),
            self.date_from or fields.Date.to_date("0001-01-01"),
            self.id,
        )
