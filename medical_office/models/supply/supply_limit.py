"""Up to which amount a role approves orders by itself."""

from odoo import api, fields, models

ROLES = [
    ("head", "Department head"),
    ("manager", "Office manager"),
    ("director", "Director"),
]


class SupplyLimit(models.Model):
    """A limit per role; one of a company goes before one for all companies."""

    _name = "medical.supply.limit"
    _description = "Approval Limit"
    _inherit = ["medical.core.guard"]
    _order = "amount, id"

    role = fields.Selection(ROLES, required=True)
    amount = fields.Monetary(
        help="Per vendor and day, so that a large order is not approved in slices."
    )
    is_unlimited = fields.Boolean(string="Unlimited")
    company_id = fields.Many2one("res.company", index=True)
    currency_id = fields.Many2one(
        "res.currency",
        compute="_compute_currency_id",
    )

    _role_unique = models.UniqueIndex(
        "(role, coalesce(company_id, 0))", "A role has one limit in a company."
    )
    _amount_positive = models.Constraint(
        "check (amount >= 0)", "A limit is not negative."
    )

    @api.depends("company_id")
    def _compute_currency_id(self):
        for limit in self:
            limit.currency_id = (limit.company_id or self.env.company).currency_id

    @api.model
    def _of_user(self, company):
        """What the calling user may approve per vendor and day; None: anything.

        :return: amount in the company's currency; 0 for who may approve nothing
        """
        own = {
            role
            for role, _label in ROLES
            if self.env.user.has_group(f"medical_office.core_group_{role}")
        }
        # sudo: a limit binds its user, who need not be able to read the table
        limits = self.sudo().search(
            [("role", "in", list(own)), ("company_id", "in", [False, company.id])]
        )
        by_role = {}
        for limit in limits.sorted(lambda one: bool(one.company_id)):
            by_role[limit.role] = limit
        if any(limit.is_unlimited for limit in by_role.values()):
            return None
        return max((limit.amount for limit in by_role.values()), default=0.0)
