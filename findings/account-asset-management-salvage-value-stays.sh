#!/usr/bin/env bash
# OCA account_asset_management 19.0.1.0.3.1 (Odoo 19.0): what an asset was to be worth at the end
# stays on the asset account after the sale, and is booked as a gain.
#
# What one would expect: an ultrasound bought for 10000, written down to its salvage value of 2000
# and sold for 2000 leaves nothing on the asset account and brings no gain; the gain is what
# is received less the carrying amount (FASB ASC 360-10-40-5).
#
# What was seen: with the linear method, whose base is the purchase less the salvage value, the
# removal takes only that base, 8000, off the asset account. 2000 of an asset that is gone remain
# in the balance sheet, and all of the sale is gain. The entry balances, the asset is "Removed".
#
# Odoo 19: ODOO_HOME, else Debian's package odoo-19 (see _odoo.sh).
#
# Output:
#   before the sale: cost 10000.00, depreciation -8000.00, gain 0.00
#   sold for 2000:   cost 2000.00, depreciation 0.00, gain -2000.00
. "$(dirname "$0")/_odoo.sh" odoo-addon-account_asset_management==19.0.1.0.3.1 \
    odoo-addon-report_xlsx_helper==19.0.1.0.0.2 odoo-addon-report_xlsx==19.0.1.0.2.2
odoo_install account_asset_management
odoo_run <<'PY'
import sys


def account(code, kind):
    return env["account.account"].create({"code": code, "name": code, "account_type": kind})


journal = env["account.journal"].create({"name": "Entries", "code": "ENT", "type": "general"})
bank = account("1011", "asset_cash")
cost = account("1511", "asset_fixed")
written_down = account("1591", "asset_fixed")
expense = account("6501", "expense_depreciation")
gain = account("7501", "income_other")
profile = env["account.asset.profile"].create(
    {
        "name": "Equipment",
        "account_asset_id": cost.id,
        "account_depreciation_id": written_down.id,
        "account_expense_depreciation_id": expense.id,
        "account_plus_value_id": gain.id,
        "account_min_value_id": gain.id,
        "journal_id": journal.id,
        "method": "linear",
        "method_time": "year",
        "method_number": 4,
        "method_period": "year",
        "salvage_type": "fixed",
        "salvage_value": 2000,
    }
)
lines = [
    (0, 0, {"name": "Ultrasound", "account_id": cost.id, "debit": 10000}),
    (0, 0, {"name": "Ultrasound", "account_id": bank.id, "credit": 10000}),
]
purchase = env["account.move"].create(
    {"journal_id": journal.id, "date": "2022-01-01", "line_ids": lines}
)
purchase.action_post()
asset = purchase.line_ids.asset_id
asset.compute_depreciation_board()
asset.validate()
asset.depreciation_line_ids.filtered(lambda line: line.type == "depreciate").create_move()


def balances(when):
    found = []
    for one in (cost, written_down, gain):
        items = env["account.move.line"].search(
            [("account_id", "=", one.id), ("parent_state", "!=", "cancel")]
        )
        found.append(round(sum(items.mapped("balance")), 2))
    names = zip(("cost", "depreciation", "gain"), found, strict=True)
    print(when, ", ".join(f"{name} {amount:.2f}" for name, amount in names))
    return found


before = balances("before the sale:")
wizard = env["account.asset.remove"].with_context(asset.remove()["context"])
wizard.create(
    {
        "date_remove": "2026-01-15",
        "sale_value": 2000,
        "account_sale_id": bank.id,
        "posting_regime": "gain_loss_on_sale",
    }
).remove()
after = balances("sold for 2000:  ")
sys.exit((before, after, asset.state) != ([10000, -8000, 0], [2000, 0, -2000], "removed"))
PY
