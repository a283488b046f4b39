"""What a request has cost: hours, parts from stock, and the vendor's bill lines."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import float_compare

from ...core.mixins.guard import AllBut

COST_READERS = ",".join(
    f"medical_office.core_group_{role}" for role in ("head", "accountant", "auditor")
)


class MaintenanceTeam(models.Model):
    _inherit = "maintenance.team"

    medical_hour_cost = fields.Monetary(
        "Cost of an hour",
        currency_field="medical_currency_id",
        help=(
            "What an hour of this team's work costs the practice, including wages "
            "and overhead."
        ),
    )
    medical_currency_id = fields.Many2one(
        "res.currency", compute="_compute_medical_currency_id", string="Currency"
    )

    @api.depends("company_id")
    def _compute_medical_currency_id(self):
        for team in self:
            team.medical_currency_id = (team.company_id or self.env.company).currency_id


class FacilityCost(models.Model):
    """Hours of work, or a part taken from stock. Bill lines are the accountant's."""

    _name = "medical.facility.cost"
    _description = "Request Cost"
    _inherit = ["medical.core.guard"]
    _order = "date desc, id desc"
    _past_fields = frozenset({"date"})
    _check_company_auto = True

    # a closed request keeps its costs
    _locked_by = ("request_id",)
    # a part left the stock when it was entered, so it stays; hours become no part
    _lock_state = "kind"
    _locked = {
        "labor": frozenset({"kind", "product_id", "quantity", "lot_id", "location_id"}),
        "part": AllBut({"note"}),
    }
    _deletable_in = frozenset({"labor"})

    request_id = fields.Many2one(
        "maintenance.request", required=True, index=True, ondelete="cascade"
    )
    equipment_id = fields.Many2one(
        related="request_id.equipment_id", store=True, index="btree_not_null"
    )
    company_id = fields.Many2one(related="request_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(
        [("labor", "Labor"), ("part", "Part")], required=True, default="labor"
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    user_id = fields.Many2one(
        "res.users", "Technician", required=True, default=lambda self: self.env.user
    )
    hours = fields.Float()
    rate = fields.Monetary(
        "Cost of an hour",
        compute="_compute_rate",
        store=True,
        readonly=True,
        groups=COST_READERS,
    )
    product_id = fields.Many2one(
        "product.product",
        "Part",
        check_company=True,
        domain="[('type', '=', 'consu')]",
    )
    quantity = fields.Float(default=1.0, digits="Product Unit")
    lot_id = fields.Many2one("stock.lot", domain="[('product_id', '=', product_id)]")
    location_id = fields.Many2one(
        "stock.location",
        "Taken from",
        check_company=True,
        domain="[('usage', '=', 'internal')]",
    )
    move_id = fields.Many2one(
        "stock.move", "Stock move", readonly=True, copy=False, index="btree_not_null"
    )
    amount = fields.Monetary(compute="_compute_amount", store=True, groups=COST_READERS)
    note = fields.Char()

    _equipment_date = models.Index("(equipment_id, date)")
    _numbers = models.Constraint(
        "CHECK (hours >= 0 AND quantity > 0)",
        "Hours must be 0 or more, and quantities more than 0.",
    )

    @api.depends("request_id", "kind", "product_id")
    def _compute_display_name(self):
        for cost in self:
            what = cost.product_id.name or self.env._("Labor")
            request = cost.request_id.name
            cost.display_name = f"{request}: {what}" if request else what

    @api.depends("kind", "request_id.maintenance_team_id")
    def _compute_rate(self):
        # an hour keeps what it cost when it was entered
        for cost in self:
            team = cost.request_id.maintenance_team_id
            labor = cost.kind == "labor"
            cost.rate = cost.rate or (labor and team.medical_hour_cost)

    @api.depends("kind", "hours", "rate", "quantity", "move_id")
    def _compute_amount(self):
        for cost in self:
            # a new line may not have its request yet
            currency = cost.currency_id or self.env.company.currency_id
            if cost.kind == "labor":
                cost.amount = currency.round(cost.hours * cost.rate)
            elif not cost.amount:
                # a part keeps what it cost when it was taken
                product = cost.product_id.with_company(cost.company_id)
                cost.amount = currency.round(product.standard_price * cost.quantity)

    @api.constrains("kind", "hours", "product_id")
    def _check_filled(self):
        for cost in self:
            if cost.kind == "labor" and not cost.hours:
                raise ValidationError(
                    self.env._("Enter the hours of work on “%s”.", cost.request_id.name)
                )
            if cost.kind == "part" and not cost.product_id:
                raise ValidationError(
                    self.env._("Choose the part used for “%s”.", cost.request_id.name)
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Write costs; parts leave the stock at once."""
        for vals in vals_list:
            if vals.get("kind") == "part":
                vals["hours"] = 0
        costs = super().create(vals_list)
        costs.filtered(lambda cost: cost.kind == "part")._consume()
        return costs

    def _locked_message(self, name):
        if self.kind == "part":
            return self._kept_message()
        return self.env._(
            "An hours line cannot become a part. Delete this line and enter "
            "the part on its own line."
        )

    def _kept_message(self):
        return self.env._(
            "“%(part)s” was taken from stock for “%(request)s”. Return it to stock "
            "with a transfer, and enter what was actually used.",
            part=self.product_id.display_name,
            request=self.request_id.name,
        )

    # -------------------------------------------------------------------- stock

    def _consume(self):
        """Take the parts from the stock, one done move for each.

        :raises UserError: naming the part, the place and how many there are
        """
        # the pen also keeps the defaults of a client's context from the stock move
        # sudo: a technician takes a part for a repair without being a stock user
        costs = self.sudo()._pen()
        costs._check_available()
        moves = costs.env["stock.move"].create([cost._move_values() for cost in costs])
        moves._action_confirm(merge=False)
        for cost, move in zip(costs, moves, strict=True):
            move.move_line_ids.unlink()
            costs.env["stock.move.line"].create(
                {**move._prepare_move_line_vals(quantity=0), "quantity": cost.quantity,
                 "lot_id": cost.lot_id.id, "picked": True}
            )  # fmt: skip
        moves._action_done()
        for cost, move in zip(costs, moves, strict=True):
            cost.move_id = move

    def _source(self):
        self.ensure_one()
        site = self.request_id.medical_site_id
        return self.location_id or site.lot_stock_id

    def _check_available(self):
        for cost in self:
            source, product = cost._source(), cost.product_id
            if not source:
                raise UserError(
                    self.env._(
                        "“%(part)s”: enter where it was taken from.",
                        part=product.display_name,
                    )
                )
            if not product.is_storable:
                continue
            if product.tracking != "none" and not cost.lot_id:
                raise UserError(
                    self.env._(
                        "“%(part)s” is tracked by lot: choose the lot that was used.",
                        part=product.display_name,
                    )
                )
            there = product.with_context(
                location=source.id, lot_id=cost.lot_id.id
            ).qty_available
            rounding = product.uom_id.rounding
            if float_compare(there, cost.quantity, precision_rounding=rounding) < 0:
                raise UserError(
                    self.env._(
                        "“%(part)s”: %(wanted)s needed, %(there)s in %(place)s. Count "
                        "the shelf, or take it from somewhere else.",
                        part=product.display_name,
                        wanted=f"{cost.quantity:g}",
                        there=f"{there:g}",
                        place=source.display_name,
                    )
                )

    def _move_values(self):
        product = self.product_id.with_company(self.company_id)
        return {
            "product_id": product.id,
            "product_uom_qty": self.quantity,
            "product_uom": product.uom_id.id,
            "location_id": self._source().id,
            "location_dest_id": product.property_stock_production.id,
            "company_id": self.company_id.id,
            "origin": self.request_id.name,
        }


class MaintenanceRequest(models.Model):
    _inherit = "maintenance.request"

    currency_id = fields.Many2one(related="company_id.currency_id")
    medical_cost_ids = fields.One2many(
        "medical.facility.cost", "request_id", "Hours and parts"
    )
    medical_bill_line_ids = fields.One2many(
        "account.move.line",
        "medical_request_id",
        "Bill lines",
        groups="account.group_account_readonly,account.group_account_invoice",
    )
    medical_cost = fields.Monetary(
        "Cost",
        compute="_compute_medical_cost",
        compute_sudo=True,  # the accountant's lines count; only the sum is shown
        groups=COST_READERS,
    )
    medical_hours = fields.Float(
        "Hours", compute="_compute_medical_cost", compute_sudo=True
    )
    medical_bill_count = fields.Integer(
        "Bills",
        compute="_compute_medical_bill_count",
        groups="account.group_account_readonly,account.group_account_invoice",
    )

    @api.depends("medical_bill_line_ids")
    def _compute_medical_bill_count(self):
        counted = dict(
            self.env["account.move.line"]._read_group(
                [("medical_request_id", "in", self.ids)],
                ["medical_request_id"],
                ["move_id:count_distinct"],
            )
        )
        for request in self:
            request.medical_bill_count = counted.get(request, 0)

    def action_medical_open_bills(self):
        """Open the vendor bills with lines for this request."""
        self.ensure_one()
        self._check_caller("core_group_accountant", "core_group_director")
        return self.medical_bill_line_ids.move_id._medical_bills_action()

    @api.depends("medical_cost_ids.amount", "medical_bill_line_ids.balance")
    def _compute_medical_cost(self):
        entered = {
            request.id: (amount, hours)
            for request, amount, hours in self.env["medical.facility.cost"]._read_group(
                [("request_id", "in", self.ids)],
                ["request_id"],
                ["amount:sum", "hours:sum"],
            )
        }
        billed = self._medical_billed()
        for request in self:
            amount, hours = entered.get(request.id, (0.0, 0.0))
            request.medical_cost = amount + billed.get(request.id, 0.0)
            request.medical_hours = hours

    def _medical_billed(self):
        """{request id: posted bill lines less refunds}, in company currency."""
        return {
            request.id: balance
            for request, balance in self.env["account.move.line"]._read_group(
                [
                    ("medical_request_id", "in", self.ids),
                    ("parent_state", "=", "posted"),
                ],
                ["medical_request_id"],
                ["balance:sum"],
            )
        }
