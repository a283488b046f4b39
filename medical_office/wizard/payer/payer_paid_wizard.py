"""Compare a sample of paid lines with the contracts; nothing of the file is kept."""

from decimal import Decimal

from odoo import Command, fields, models
from odoo.exceptions import UserError

from ...engine.core.sentences import problem_sentences
from ...engine.payer.comparison import prices_of
from ...models.payer.contract.contract import KEEPERS
from ...tools.csvproblems import Problem
from ...tools.payer.price.cells import PAYER_TEXTS
from ...tools.payer.price.paidfile import COLUMNS, read_paid, short_paid


class PayerPaidWizard(models.TransientModel):
    _name = "medical.payer.paid.wizard"
    _inherit = "medical.core.file.wizard"
    _description = "Check for Underpayment"

    company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    tolerance = fields.Monetary(
        "Let go below", default=0.05, help="Dollars for each line."
    )
    checked = fields.Boolean(readonly=True)
    problems = fields.Text(readonly=True)
    line_count = fields.Integer("Lines", readonly=True)
    unpriced_count = fields.Integer(
        "Without a price", readonly=True, help="No contract in force names the code."
    )
    missing = fields.Monetary("Underpaid", readonly=True)
    line_ids = fields.One2many("medical.payer.paid.line", "wizard_id", readonly=True)

    def action_check(self):
        """Compare each line with the contract's price on its own day."""
        self.env["medical.core.guard"]._check_caller(*KEEPERS)
        self.check_access("write")
        lines, errors = read_paid(self._data())
        payers = self.env["medical.payer.payer"]._named({line.payer for line in lines})
        errors = [
            *errors,
            *(
                Problem(line.row, "Payer", "unknown_payer", {"cell": line.payer[:40]})
                for line in lines
                if line.payer.casefold() not in payers
            ),
        ]
        if errors:
            self.write(
                {
                    "checked": True,
                    "problems": self._listed(
                        problem_sentences(self.env, errors, PAYER_TEXTS)
                    ),
                    "line_ids": [Command.clear()],
                }
            )
            return self._again(self.env._("Check for Underpayment"))
        self.env.flush_all()
        prices = prices_of(
            self.env,
            [
                (
                    line.row,
                    payers[line.payer.casefold()].id,
                    line.day,
                    line.code,
                    line.modifier,
                    line.place,
                )
                for line in lines
            ],
        )
        found = short_paid(lines, prices, Decimal(str(self.tolerance)))
        self.write(
            {
                "checked": True,
                "problems": False,
                "line_count": len(lines),
                "unpriced_count": sum(line.row not in prices for line in lines),
                "missing": float(sum((short.missing for short in found), Decimal())),
                "line_ids": [
                    Command.clear(),
                    *(
                        Command.create(
                            {
                                "row": short.line.row,
                                "payer_id": payers[short.line.payer.casefold()].id,
                                "day": short.line.day,
                                "code": short.line.code,
                                "modifier": short.line.modifier,
                                "units": short.line.units,
                                "allowed": float(short.line.allowed),
                                "price": float(short.price),
                                "missing": float(short.missing),
                            }
                        )
                        for short in found
                    ),
                ],
            }
        )
        return self._again(self.env._("Check for Underpayment"))

    def action_download(self):
        """The underpaid lines as CSV, for the letter to the payer.

        :raises UserError: nothing was found
        """
        self.check_access("read")
        if not self.line_ids:
            raise UserError(
                self.env._("No line is underpaid. Check a file of paid lines first.")
            )
        fields_shown = ("row", "day", "code", "modifier", "units", "allowed", "price")
        columns = [
            column
            for name in ("payer_id", *fields_shown, "missing")
            for column in [
                _Title(self.line_ids._fields[name]._description_string(self.env))
            ]
        ]
        rows = [
            (
                line.payer_id.name,
                *(line[name] or "" for name in fields_shown),
                line.missing,
            )
            for line in self.line_ids
        ]
        return self._download("underpaid-lines.csv", columns, rows)

    def action_template(self):
        """Download an empty file with the columns that are understood."""
        self.check_access("read")
        return self._download("paid-lines.csv", COLUMNS)


class _Title:
    """A column as the writer of files asks for it: its title."""

    def __init__(self, title):
        self.title = title


class PayerPaidLine(models.TransientModel):
    _name = "medical.payer.paid.line"
    _description = "Underpaid Line"
    _inherit = ["medical.core.wizard"]
    _order = "missing desc, row"
    # the program makes them before the dialog shows them
    _made_first = True

    wizard_id = fields.Many2one("medical.payer.paid.wizard", ondelete="cascade")
    currency_id = fields.Many2one(related="wizard_id.currency_id")
    row = fields.Integer(aggregator=None)
    payer_id = fields.Many2one("medical.payer.payer")
    day = fields.Date("Date of service")
    code = fields.Char()
    modifier = fields.Char()
    units = fields.Integer(aggregator="sum")
    allowed = fields.Monetary(aggregator="sum")
    price = fields.Monetary("Price of a unit", aggregator=None)
    missing = fields.Monetary("Underpaid", aggregator="sum")
