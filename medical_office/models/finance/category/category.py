"""Practice categories: how practices report what they earn and spend, on any chart."""

from odoo import api, fields, models

SECTIONS = [
    ("revenue", "Revenue"),
    ("staff", "Support staff cost"),
    ("operating", "General operating cost"),
    ("provider", "Provider cost"),
    ("other", "Other income and cost"),
]


class FinanceCategory(models.Model):
    """One category. An account belongs to it by carrying its tag, never by its number,
    so the practice's own chart stays as it is."""

    _name = "medical.finance.category"
    _description = "Practice Category"
    _inherit = ["medical.core.shared", "medical.core.guard"]
    _shared_birth = True
    _order = "sequence, id"
    _editors = {"*": "base.group_system", "active": "core_group_manager"}
    _own_words = ("name", "note")  # an upgrade leaves them

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Permanent code, used by the program.")
    section = fields.Selection(SECTIONS, required=True, index=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    tag_id = fields.Many2one(
        "account.account.tag",
        required=True,
        ondelete="restrict",
        domain="[('applicability', '=', 'accounts')]",
        help="Accounts with this tag belong to the category.",
    )
    note = fields.Char("Includes", translate=True)
    source = fields.Char()
    account_ids = fields.One2many(
        "account.account", "medical_category_id", string="Accounts"
    )
    account_count = fields.Integer(
        compute="_compute_account_count", string="Number of Accounts"
    )

    _code_unique = models.Constraint("UNIQUE (code)", "This code is taken.")
    _tag_unique = models.Constraint(
        "UNIQUE (tag_id)", "Another category has this tag already."
    )

    def _compute_account_count(self):
        counts = dict(
            self.env["account.account"]._read_group(
                [("medical_category_id", "in", self.ids)],
                ["medical_category_id"],
                ["__count"],
            )
        )
        for category in self:
            category.account_count = counts.get(category, 0)

    @api.model_create_multi
    def create(self, vals_list):
        categories = super().create(vals_list)
        categories._map_accounts()
        return categories

    def write(self, vals):
        result = super().write(vals)
        if not {"tag_id", "active"}.isdisjoint(vals):
            self._map_accounts()
        return result

    def _map_accounts(self):
        """Accounts that carry a tag before its category is known follow it."""
        # sudo: which category an account has follows from its tags, for everybody
        accounts = self.env["account.account"].sudo().with_context(active_test=False)
        accounts.search(
            [
                "|",
                ("tag_ids", "in", self.tag_id.ids),
                ("medical_category_id", "in", self.ids),
            ]
        )._pen()._compute_medical_category_id()
