"""What the bank says of last month and this one: two of its files, read by the dialog. The
deposits that were approved are matched, older lines with their entries, and the last days
are to do."""

import base64
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import models

from ...tools.csvsafe import write_table

# the older file is the bank's monthly one, the newer what was downloaded for the last days
CSV_DAYS = 4
# older lines that are no deposit have been matched with their entries
BOOKED_DAYS = 7
FEE = ("MONTHLY SERVICE CHARGE", -38.5)
OFX = """OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD<BANKTRANLIST>
%s
</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""
OFX_LINE = "<STMTTRN><TRNTYPE>%s<DTPOSTED>%s<TRNAMT>%.2f<FITID>%s<NAME>%s</STMTTRN>"


class CoreSample(models.AbstractModel):
    _inherit = "medical.core.sample"

    def _load_finance_bank(self, practice):
        """Import as the accountant does: test the file, then take it."""
        env = practice.env
        journal = env["account.journal"].search(
            [("code", "=", "OPER"), ("company_id", "=", practice.company.id)], limit=1
        )
        lines = sorted(
            [
                *self._sample_booked(practice, journal),
                *self._sample_banked(practice),
                (practice.today - timedelta(days=1), *FEE),
            ]
        )
        newer = practice.today - timedelta(days=CSV_DAYS)
        for name, content in (
            ("statement.qfx", _ofx([line for line in lines if line[0] < newer])),
            ("last-days.csv", _csv([line for line in lines if line[0] >= newer])),
        ):
            dialog = env["medical.finance.bank.wizard"].create(
                {
                    "journal_id": journal.id,
                    "file": base64.b64encode(content),
                    "file_name": name,
                }
            )
            dialog.action_check()
            dialog.action_import()
        self._sample_work_on_lines(practice, journal)

    def _sample_booked(self, practice, journal):
        """What the books moved over the account, as the bank words it."""
        moved = practice.env["account.move.line"].search(
            [
                ("account_id", "=", journal.default_account_id.id),
                ("parent_state", "=", "posted"),
                (
                    "date",
                    ">=",
                    practice.today.replace(day=1) - relativedelta(months=1),
                ),
                ("date", "<", practice.today),
            ],
            order="date, id",
        )
        return [
            (line.date, _worded(line), line.balance) for line in moved if line.balance
        ]

    def _sample_banked(self, practice):
        """Each day's drawer on the next day, its cards the day after that."""
        for deposit in practice.env["medical.finance.deposit"].search(
            [("company_id", "=", practice.company.id), ("state", "!=", "draft")]
        ):
            for days, text, amount in (
                (1, "DEPOSIT", deposit.count_cash + deposit.count_check),
                (2, "CARD SETTLEMENT", deposit.count_card),
            ):
                day = deposit.date + timedelta(days=days)
                if day < practice.today:
                    yield day, text, amount

    def _sample_work_on_lines(self, practice, journal):
        """Match what was approved, and older lines with where they stand in the books."""
        rows = practice.env["medical.finance.bank.line"].search(
            [("journal_id", "=", journal.id)]
        )
        older = practice.today - timedelta(days=BOOKED_DAYS)
        rows.filtered(
            lambda row: (
                row.candidate_id.state == "approved"
                or (row.date < older and row.entry_candidate_id)
            )
        ).action_match()


def _worded(line):
    """As banks word it: a short text in capitals; a check tells nobody's name."""
    name = line.name or ""
    if "$" in name:  # net pay by a check of its own names the person
        return "CHECK PAID"
    words = [word for word in name.split(" · ") if not word[:1].isdigit()]
    return f"ACH {line.partner_id.name or ' '.join(words)}".upper()[:32].rstrip()


def _ofx(lines):
    """A bank's OFX 1 file: tags that are not closed, a number for each line."""
    return (
        OFX
        % "\n".join(
            OFX_LINE
            % (
                "CREDIT" if amount > 0 else "DEBIT",
                f"{day:%Y%m%d}120000",
                amount,
                f"{day:%Y%m%d}{number:04}",
                text,
            )
            for number, (day, text, amount) in enumerate(lines)
        )
    ).encode()


def _csv(lines):
    """What the same bank hands out as a spreadsheet."""
    return write_table(
        ["Posting date", "Description", "Credit", "Debit"],
        [
            [
                day.isoformat(),
                text,
                f"{amount:.2f}" if amount > 0 else "",
                f"{-amount:.2f}" if amount < 0 else "",
            ]
            for day, text, amount in lines
        ],
    )
