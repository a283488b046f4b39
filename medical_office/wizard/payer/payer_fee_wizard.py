"""Import the prices of a fee schedule: a dry run first, then everything or nothing."""

from hashlib import sha256

from odoo import fields, models
from odoo.exceptions import UserError

from ...engine.core.sentences import problem_sentences
from ...engine.payer.copying import copy_rows
from ...models.core.mixins.done import CLOSE, done
from ...models.payer.contract.contract import KEEPERS
from ...tools.payer.price.cells import PAYER_TEXTS
from ...tools.payer.price.feefile import COLUMNS, read_fees

TABLE = "medical_payer_fee"
WRITTEN = (
    "schedule_id",
    "code",
    "modifier",
    "place",
    "amount",
    "date_from",
    "date_to",
)


class PayerFeeWizard(models.TransientModel):
    _name = "medical.payer.fee.wizard"
    _inherit = "medical.core.file.wizard"
    _description = "Import Prices"

    schedule_id = fields.Many2one("medical.payer.schedule", required=True)
    checked = fields.Boolean(readonly=True)
    problems = fields.Text(readonly=True)
    count = fields.Integer("Prices", readonly=True)
    code_count = fields.Integer("Codes", readonly=True)

    def _planned(self):
        """(prices, sentences about what is wrong)"""
        fees, errors = read_fees(self._data(), self.schedule_id.date_from)
        sentences = problem_sentences(self.env, errors, PAYER_TEXTS)
        if self.schedule_id.fee_count:
            sentences.append(
                self.env._(
                    "%s holds prices already. Make another fee schedule for new prices.",
                    self.schedule_id.name,
                )
            )
        if not fees and not sentences:
            sentences.append(self.env._("The file has no prices. Add a row for each."))
        return fees, sentences

    def action_check(self):
        """Dry run: say what would be written and what is wrong; nothing is changed."""
        self.check_access("write")
        fees, problems = self._planned()
        self.write(
            {
                "checked": True,
                "problems": self._listed(problems),
                "count": len(fees),
                "code_count": len({fee.code for fee in fees}),
            }
        )
        return self._again(self.env._("Import Prices"))

    def action_import(self):
        """Write the prices with COPY.

        :raises UserError: something is wrong; the message lists it
        """
        self.env["medical.core.guard"]._check_caller(*KEEPERS)
        self.check_access("write")
        schedule = self.schedule_id
        schedule.check_access("write")
        schedule.lock_for_update()
        fees, problems = self._planned()
        if problems:
            raise UserError(self._listed(problems))
        written = copy_rows(
            self.env,
            TABLE,
            WRITTEN,
            (
                (
                    schedule.id,
                    fee.code,
                    fee.modifier,
                    fee.place,
                    fee.amount,
                    fee.date_from,
                    fee.date_to,
                )
                for fee in fees
            ),
        )
        schedule._pen().write(
            {
                "fee_count": written,
                "file_name": self.file_name,
                "digest": sha256(self._data()).hexdigest(),
                "imported_at": fields.Datetime.now(),
                "imported_by_id": self.env.uid,
            }
        )
        self.env.invalidate_all()
        return done(
            self.env,
            self.env._(
                "Prices imported into %(schedule)s: %(count)s.",
                schedule=schedule.display_name,
                count=written,
            ),
            then=CLOSE,
        )

    def action_template(self):
        """Download an empty file with the columns that are understood."""
        self.check_access("read")
        return self._download("fee-schedule.csv", COLUMNS)
