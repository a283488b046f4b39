"""Reads which posted entries may explain open lines of the bank."""

from datetime import timedelta
from typing import Any

from ...tools.finance.bank.explain import (
    DAYS_AFTER,
    DAYS_NAMED,
    Side,
    explain,
    words_of,
)
from ...tools.money import cents


def proposed(lines: Any) -> dict[int, int]:
    """The entry for each line that has one: two queries for however many lines.

    Other open lines of the account are looked at, too: two lines that one entry fits
    leave it to a person, whichever of them is asked for.

    :param lines: recordset of open lines
    :return: {id of a line: id of a journal item}
    """
    if not lines:
        return {}
    # sudo: whoever keeps the bank's lines need not read the books to be told the entry
    own = lines.sudo()
    rivals = own.search(
        [
            ("journal_id", "in", own.journal_id.ids),
            ("state", "=", "open"),
            ("amount", "in", own.mapped("amount")),
        ]
    )
    accounts = {
        account: journal.id
        for journal in own.journal_id
        for account in journal._medical_bank_accounts()
    }
    days = rivals.mapped("date")
    taken = own._search([("entry_line_id", "!=", False)]).select("entry_line_id")
    items = own.env["account.move.line"].search(
        [
            ("account_id", "in", [account.id for account in accounts]),
            ("parent_state", "=", "posted"),
            ("balance", "in", own.mapped("amount")),
            ("date", ">=", min(days) - timedelta(days=DAYS_NAMED)),
            ("date", "<=", max(days) + timedelta(days=DAYS_AFTER)),
            ("id", "not in", taken),
            "|",
            # a payment on its way that a statement has settled stands in the books twice
            ("account_id", "in", own.journal_id.default_account_id.ids),
            ("reconciled", "=", False),
        ]
    )
    found = explain(
        [
            Side(
                line.id,
                line.journal_id.id,
                line.date,
                cents(line.amount),
                words_of(line.name, line.number),
            )
            for line in rivals
        ],
        [
            Side(
                item.id,
                accounts[item.account_id],
                item.date,
                cents(item.balance),
                words_of(item.name, item.partner_id.name, item.ref, item.move_id.name),
            )
            for item in items
        ],
    )
    return {line.id: found[line.id] for line in lines if line.id in found}
