"""Proposing a month's adjusting entries: drafts that follow their source until posted."""

from odoo import Command, api, models

from ....engine.finance.accrual_reader import AccrualReader
from ....tools.core.digest import sha256

TAKEN_BACK = ("payroll", "receipts")


class FinanceAdjusting(models.Model):
    _inherit = "medical.finance.adjusting"

    @api.model
    def _propose(self, close):
        """Make and renew the drafts of a month. What was posted or left out stays.

        A draft that somebody changed by hand stays as it is while its source says the
        same as before.
        """
        # sudo: drafts of the program, whoever opens the month
        own = self.sudo().with_company(close.company_id)._pen()
        company = close.company_id.with_env(own.env)
        journal = company._medical_close_journal()
        if not journal:
            return
        rows = own.search([("close_id", "=", close.id)])
        rows._note_posted()
        known = {(row.kind, row.key): row for row in rows}
        wanted = {
            (found.kind, found.key): found
            for found in AccrualReader(own.env, company, close.month).entries()
        }
        for key, found in wanted.items():
            row = known.get(key)
            if row and row.state != "draft":
                continue
            digest = sha256({"lines": found.lines})
            same = row and row.digest == digest and row.move_id
            values = {
                "name": found.name,
                "working": found.working,
                "amount": float(found.amount),
                "is_estimate": found.is_estimate,
                "is_reversed": found.kind in TAKEN_BACK,
                "digest": digest,
            }
            if not row:
                row = own.create(
                    {
                        **values,
                        "close_id": close.id,
                        "kind": found.kind,
                        "key": found.key,
                        "spread_id": found.spread,
                    }
                )
            else:
                row.write(values)
            if not same:
                row._draft(journal, found)
        gone = own.browse(
            [row.id for key, row in known.items() if key not in wanted]
        ).filtered(lambda row: row.state == "draft")
        gone.move_id.filtered(lambda move: move.state == "draft").unlink()
        gone.unlink()

    def _draft(self, journal, found):
        """The draft entry of this proposal, new or with its lines anew."""
        self.ensure_one()
        lines = [Command.clear(), *(Command.create(line) for line in found.lines)]
        values = {
            "date": self.close_id.date_end,
            "ref": self.display_name,
            "line_ids": lines,
        }
        if self.move_id:
            self.move_id.write(values)
            return
        self.move_id = self.env["account.move"].create(
            {
                **values,
                "move_type": "entry",
                "journal_id": journal.id,
                "company_id": self.company_id.id,
                "line_ids": lines[1:],
            }
        )
