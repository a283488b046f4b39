"""Who holds a part of the practice, from when to when."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

KEEPERS = ("core_group_accountant", "core_group_director")


class PayerInvestor(models.Model):
    """A partner who holds a part; what it holds are dated records."""

    _name = "medical.payer.investor"
    _description = "Investor"
    _inherit = ["mail.thread", "medical.core.guard"]
    _order = "name, id"
    _editors = {"*": KEEPERS}
    _born_fields = frozenset({"partner_id"})
    _deletable_in = frozenset()

    partner_id = fields.Many2one(
        "res.partner", "Investor", required=True, index=True, ondelete="restrict"
    )
    name = fields.Char(related="partner_id.name", store=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    active = fields.Boolean(default=True)
    note = fields.Text()
    reader_ids = fields.Many2many(
        "res.users",
        string="Portal logins",
        domain="[('share', '=', True)]",
        help="Who reads holdings, distributions and answers on the investor's page, and "
        "asks there. Portal logins only; they see nothing else of the practice.",
    )
    holding_ids = fields.One2many("medical.payer.holding", "investor_id", "Holdings")
    question_ids = fields.One2many("medical.payer.question", "investor_id", "Questions")
    units_now = fields.Float(
        "Holds today", compute="_compute_now", digits=(16, 4), aggregator=None
    )
    share_now = fields.Float(
        "Share today (%)", compute="_compute_now", digits=(8, 4), aggregator=None
    )

    _once = models.UniqueIndex(
        "(partner_id, company_id)", "This partner is an investor already."
    )

    @api.constrains("reader_ids")
    def _check_readers(self):
        """An investor has no right on any record: the page is all they have."""
        for investor in self:
            # sudo: what kind of login it is, whoever keeps the register
            wrong = investor.sudo().reader_ids.filtered(lambda user: not user.share)
            if wrong:
                raise ValidationError(
                    self.env._(
                        "%(who)s signs in to the practice itself. Choose a portal login "
                        "for %(investor)s.",
                        who=wrong[0].name,
                        investor=investor.name,
                    )
                )

    @api.depends("name")
    def _compute_display_name(self):
        for investor in self:
            investor.display_name = investor.name or ""

    @api.depends("holding_ids.units", "holding_ids.date_from", "holding_ids.date_to")
    def _compute_now(self):
        today = fields.Date.context_today(self)
        holdings = self.env["medical.payer.holding"]._on(self.company_id, today)
        totals = {}
        for investor, units in holdings.items():
            company = investor.company_id.id
            totals[company] = totals.get(company, 0) + units
        by_id = {investor.id: units for investor, units in holdings.items()}
        for investor in self:
            own = by_id.get(investor.id, 0)
            total = totals.get(investor.company_id.id)
            investor.units_now = own
            investor.share_now = 100 * own / total if total else 0


class PayerHolding(models.Model):
    """So many units from a day on. A sale ends one and begins another."""

    _name = "medical.payer.holding"
    _description = "Holding"
    _inherit = ["medical.core.guard"]
    _order = "date_from desc, id desc"
    _editors = {"*": KEEPERS}
    _born_fields = frozenset({"investor_id", "units", "date_from"})
    _deletable_in = frozenset()

    investor_id = fields.Many2one(
        "medical.payer.investor", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="investor_id.company_id", store=True, index=True, precompute=True
    )
    units = fields.Float(required=True, digits=(16, 4), aggregator="sum")
    date_from = fields.Date("From", required=True, default=fields.Date.context_today)
    date_to = fields.Date("Until", help="Last day. Empty: until further notice.")
    note = fields.Char(help="The agreement it follows from.")

    _units_positive = models.Constraint(
        "CHECK (units > 0 AND units <= 1000000000000)",
        "A holding has more than 0 units, and a trillion at most.",
    )
    _dates = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "The last day is before the first.",
    )

    @api.depends("investor_id", "date_from")
    def _compute_display_name(self):
        for holding in self:
            holding.display_name = ", ".join(
                filter(
                    None,
                    [
                        holding.investor_id.name,
                        holding.date_from and fields.Date.to_string(holding.date_from),
                    ],
                )
            )

    @api.model
    def _on(self, companies, day):
        """{investor: units held on a day}; one query."""
        groups = self._read_group(
            [
                ("company_id", "in", companies.ids),
                ("date_from", "<=", day),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", day),
            ],
            ["investor_id"],
            ["units:sum"],
        )
        return dict(groups)

    def write(self, vals):
        """An end is entered once: distributions were computed from it."""
        if "date_to" in vals and not self._is_program():
            ended = self.filtered("date_to")
            if ended:
                raise UserError(
                    self.env._(
                        "%s has ended and stays as it is. Enter another holding.",
                        ended[0].display_name,
                    )
                )
        return super().write(vals)
