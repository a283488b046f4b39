"""Fee schedules: prices by code, modifier and place, written with COPY, never by hand."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..contract.contract import KEEPERS

KINDS = [
    ("contract", "Contract"),
    ("proposed", "Proposed by the payer"),
    ("medicare", "Medicare schedule"),
]


class PayerSchedule(models.Model):
    """The prices of one file. Corrected prices are another schedule."""

    _name = "medical.payer.schedule"
    _description = "Fee Schedule"
    _inherit = ["mail.thread", "medical.core.guard"]
    _order = "kind, payer_id, date_from desc, id desc"
    _editors = {"*": KEEPERS}
    _born_fields = frozenset({"kind", "contract_id", "payer_id", "date_from"})

    name = fields.Char(required=True)
    kind = fields.Selection(KINDS, "Type", required=True, default="contract")
    contract_id = fields.Many2one(
        "medical.payer.contract",
        index="btree_not_null",
        ondelete="restrict",
    )
    payer_id = fields.Many2one(
        "medical.payer.payer",
        compute="_compute_payer_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_from = fields.Date(
        "Prices from", required=True, default=fields.Date.context_today
    )
    active = fields.Boolean(default=True)
    fee_count = fields.Integer("Prices", readonly=True, aggregator=None)
    file_name = fields.Char("File", readonly=True, copy=False)
    digest = fields.Char(
        "SHA-256", readonly=True, copy=False, help="Of the file as imported."
    )
    imported_at = fields.Datetime("Imported at", readonly=True, copy=False)
    imported_by_id = fields.Many2one(
        "res.users", "Imported by", readonly=True, copy=False
    )
    year_money = fields.Monetary(
        "A year at these prices",
        compute="_compute_year",
        help="The codes of the last twelve months at the prices of this schedule.",
    )
    year_effect = fields.Monetary(
        "Effect on the whole practice",
        compute="_compute_year",
        help="Against the schedule in force with the same payer, for the codes that both "
        "name, as if every visit were this payer's.",
    )
    claims_share = fields.Float(
        "Payer's share (%)",
        compute="_compute_year",
        digits=(6, 1),
        help="This payer's part of the claims in the monthly numbers of twelve months. 0: "
        "no numbers are entered.",
    )
    payer_effect = fields.Monetary(
        "Effect on a year",
        compute="_compute_year",
        help="The effect on the whole practice times the payer's share of the claims.",
    )
    medicare_percent = fields.Float(
        "Percent of Medicare",
        compute="_compute_year",
        digits=(8, 1),
        help="A year at these prices against the Medicare schedule that the practice "
        "imported, for the codes that both name.",
    )
    code_count = fields.Integer("Codes of the practice", compute="_compute_year")

    @api.depends("contract_id")
    def _compute_payer_id(self):
        for schedule in self:
            schedule.payer_id = schedule.contract_id.payer_id or schedule.payer_id

    @api.constrains("kind", "contract_id", "payer_id")
    def _check_whose(self):
        for schedule in self:
            wrong = {
                "contract": not schedule.contract_id,
                "proposed": not schedule.payer_id,
                "medicare": bool(schedule.payer_id or schedule.contract_id),
            }[schedule.kind]
            if wrong:
                raise ValidationError(
                    {
                        "contract": self.env._(
                            "%s: choose the contract that these prices belong to.",
                            schedule.name,
                        ),
                        "proposed": self.env._(
                            "%s: choose the payer that proposes these prices.",
                            schedule.name,
                        ),
                        "medicare": self.env._(
                            "%s: the Medicare schedule belongs to no payer. Leave payer "
                            "and contract empty.",
                            schedule.name,
                        ),
                    }[schedule.kind]
                )

    def _compute_year(self):
        """From the comparison, for all of them in one query."""
        figures = self.env["medical.payer.comparison"]._year_figures(self)
        shares = self.env["medical.payer.month"]._claims_shares(self.company_id)
        for schedule in self:
            own = figures.get(schedule.id, {})
            schedule.year_money = own.get("money", 0)
            schedule.year_effect = own.get("effect", 0)
            schedule.medicare_percent = own.get("percent", 0)
            schedule.code_count = own.get("codes", 0)
            share = shares.get(schedule.payer_id.id, 0)
            schedule.claims_share = round(100 * share, 1)
            schedule.payer_effect = schedule.year_effect * share

    @api.ondelete(at_uninstall=False)
    def _unlink_without_prices(self):
        """A schedule with prices stays on record: archive it."""
        for schedule in self:
            if schedule.fee_count:
                raise ValidationError(
                    self.env._(
                        "%s holds prices and stays on record. Archive it instead.",
                        schedule.name,
                    )
                )

    def action_import(self):
        """Open the dialog that reads the prices from a file."""
        self.env["medical.core.guard"]._check_caller(*KEEPERS)
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import Prices"),
            "res_model": "medical.payer.fee.wizard",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_schedule_id": self.id},
        }

    def action_fees(self):
        """The prices of these schedules."""
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Prices"),
            "res_model": "medical.payer.fee",
            "views": [(False, "list")],
            "domain": [("schedule_id", "in", self.ids)],
        }


class PayerFee(models.Model):
    """One price as the file has it."""

    _name = "medical.payer.fee"
    _description = "Price of a Fee Schedule"
    _inherit = ["medical.core.guard"]
    _order = "schedule_id, code, modifier, place, date_from"
    _log_access = False
    _deletable_in = frozenset()

    schedule_id = fields.Many2one(
        "medical.payer.schedule", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="schedule_id.company_id")
    currency_id = fields.Many2one(related="schedule_id.currency_id")
    code = fields.Char(required=True, readonly=True)
    modifier = fields.Char(required=True, readonly=True, default="")
    place = fields.Char(
        required=True, readonly=True, default="", help="Empty: every place."
    )
    amount = fields.Float(
        "Price", required=True, readonly=True, digits=(12, 2), aggregator="avg"
    )
    date_from = fields.Date("From", required=True, readonly=True)
    date_to = fields.Date("Until", readonly=True)

    _priced = models.Index("(schedule_id, code, modifier)")

    @api.depends("code", "modifier")
    def _compute_display_name(self):
        for fee in self:
            fee.display_name = " ".join(filter(None, [fee.code, fee.modifier]))
