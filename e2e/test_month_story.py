"""A month end to end: an order beyond what was granted is blocked, allowed, received and
billed; the month is closed by two people and locked; its pack is frozen, sent, and read
and acknowledged by an investor.

The month is the last one that is over. The order is expected in it and its bill belongs
to it, so that the amount is met again in the variance and in the pack.
"""

import calendar
import re
from datetime import timedelta

import pytest
from clock import practice_day
from conftest import expect_state
from playwright.sync_api import expect
from test_budget_story import block, set_back

BEYOND = 75  # dollars more than what the budget has left
DEAREST = 1500  # what the manager may order from one vendor a day is 2,500
VENDOR = "Capitol Sterilizer Supply"
WHY_BEYOND = "The autoclave's tests were due before the month's end"
WHY_OPEN = "Looked through with the vendor; it is settled in the coming month"
CAUSE = "Tests were bought that nobody had planned for this month"
OTHER_CAUSE = "As in the months before; the next budget takes it up"
LEFT_OUT = {
    "payroll": "Pay is accrued from the first month of the new year on",
    "receipts": "The goods had come by the month's end and were booked in later",
}


def test_a_month_from_the_blocked_order_to_the_acknowledged_pack(person):
    director, manager = person("director"), person("manager")
    accountant, payroll = person("accountant"), person("payroll")
    month = last_month()
    close = the_open_close(accountant, month)
    budget = a_granted_budget(manager, month)
    policy = block(director, budget["category_id"])
    price = round(max(budget["left_over"], 0) + BEYOND, 2)

    order = be_refused(manager, budget, month, price)
    allow(director, order)
    receive(manager, order)
    bill(accountant, order, month)
    set_back(director, policy)

    settle_the_entries(accountant, close)
    explain(accountant, close, budget, price)
    do_the_steps(accountant, manager, payroll, close)
    sign(accountant, close)
    lock(director, close, month)

    pack = make_the_pack(accountant, close)
    issue(director, pack)
    figures_are_the_books(director, pack, month, budget)
    nothing_changes(accountant, pack)
    read_as_investor(person(), pack)
    it_is_acknowledged(director, pack)


# ------------------------------------------------------------------- what there is


def last_month():
    return (practice_day().replace(day=1) - timedelta(days=1)).replace(day=1)


def month_end(month):
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def the_open_close(accountant, month):
    """The close of the month; it is opened where the nightly run has not yet done so."""
    closes = "medical.finance.close"
    found = accountant.call(
        closes, "search_read", [["month", "=", month.isoformat()]], ["state"]
    )
    if not found:
        return accountant.call(closes, "create", [{"month": month.isoformat()}])[0]
    if found[0]["state"] != "open":
        pytest.skip("this practice has closed its last month already")
    return found[0]["id"]


def a_granted_budget(manager, month):
    """A department's budget of the month, and an item without lots that it pays for."""
    items = {}
    for line in manager.call(
        "medical.finance.committed",
        "search_read",
        [["category_id", "!=", False]],
        ["category_id", "order_line_id"],
    ):
        [bought] = manager.call(
            "purchase.order.line", "read", [line["order_line_id"][0]], ["product_id"]
        )
        [product] = manager.call(
            "product.product", "read", [bought["product_id"][0]], ["tracking"]
        )
        if product["tracking"] == "none":
            items.setdefault(line["category_id"][0], bought["product_id"])
    rows = manager.call(
        "medical.finance.budget",
        "search_read",
        [
            ["month", "=", month.isoformat()],
            ["department_id", "!=", False],
            ["category_id", "in", list(items)],
            ["granted", ">", 0],
        ],
        ["department_id", "category_id", "granted", "left_over"],
    )
    left = [row for row in rows if row["left_over"] <= DEAREST - BEYOND]
    assert left, "too much is left of every budget for what is bought"
    row = max(left, key=lambda each: each["left_over"])
    # a vendor of its own: what the manager may order is counted by vendor and day
    [vendor] = manager.call("res.partner", "create", [{"name": VENDOR}])
    return {**row, "product": items[row["category_id"][0]], "vendor": vendor}


# ---------------------------------------------------------- order, delivery, bill


def be_refused(manager, budget, month, price):
    """An order beyond the budget: the form says so, the button refuses, and an exception
    is asked for with a reason."""
    page = manager.page
    [center] = manager.call(
        "hr.department",
        "read",
        [budget["department_id"][0]],
        ["medical_analytic_account_id"],
    )
    line = {
        "product_id": budget["product"][0],
        "product_qty": 1,
        "price_unit": price,
        "tax_ids": [[5]],
        "date_planned": f"{month:%Y-%m}-20 17:00:00",
        "analytic_distribution": {str(center["medical_analytic_account_id"][0]): 100},
    }
    [order] = manager.call(
        "purchase.order",
        "create",
        [{"partner_id": budget["vendor"], "order_line": [[0, 0, line]]}],
    )
    manager.open(f"/odoo/supply-orders/{order}")
    expect(page.locator(".mo_budget:visible")).to_contain_text("blocked until")
    page.get_by_role("button", name="Order", exact=True).click()
    dialog = page.locator(".modal")
    expect(dialog).to_contain_text("is over the budget")
    manager.shot("story-month-01-blocked")
    dialog.get_by_role("button", name="Close").first.click()
    manager.errors.clear()  # the browser logs the refusal
    page.get_by_role("button", name="Ask for a Budget Exception").click()
    page.locator(".modal textarea").fill(WHY_BEYOND)
    page.locator(".modal").get_by_role("button", name="Confirm").click()
    expect(page.locator(".modal")).to_have_count(0)
    return order


def allow(director, order):
    """Somebody who neither asked nor buys allows what lacks."""
    page = director.page
    [exception] = director.call(
        "medical.finance.exception",
        "search_read",
        [["order_id", "=", order], ["state", "=", "requested"]],
        ["amount"],
    )
    assert exception["amount"] >= BEYOND - 0.01
    director.open(f"/odoo/finance-exceptions/{exception['id']}")
    expect(page.locator("[name=reason] textarea").first).to_have_value(WHY_BEYOND)
    page.get_by_role("button", name="Allow", exact=True).click()
    expect_state(page, "Allowed")


def receive(manager, order):
    """The order goes out now; what arrived is booked in."""
    page = manager.page
    manager.open(f"/odoo/supply-orders/{order}")
    page.get_by_role("button", name="Order", exact=True).click()
    expect_state(page, "Ordered")
    page.get_by_role("button", name="Receive", exact=True).click()
    dialog = page.locator(".modal")
    expect(dialog.locator(".o_data_row")).to_have_count(1)
    dialog.locator("td[name=quantity]").click()
    dialog.locator("td[name=quantity] input").fill("1")
    dialog.get_by_role("button", name="Receive", exact=True).click()
    expect(dialog).to_have_count(0)
    [line] = manager.call(
        "purchase.order.line",
        "search_read",
        [["order_id", "=", order]],
        ["qty_received"],
    )
    assert line["qty_received"] == 1


def bill(accountant, order, month):
    """The vendor's bill is of the month's last day; the accountant posts it."""
    page = accountant.page
    accountant.call("purchase.order", "action_create_invoice", [order])
    [bought] = accountant.call("purchase.order", "read", [order], ["invoice_ids"])
    [move] = bought["invoice_ids"]
    day = month_end(month).isoformat()
    accountant.call(
        "account.move",
        "write",
        [move],
        {"invoice_date": day, "date": day, "ref": f"MONTH-{order}"},
    )
    accountant.open(f"/odoo/practice-bills/{move}")
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect_state(page, "Posted")
    [posted] = accountant.call("account.move", "read", [move], ["date", "state"])
    assert posted == {"id": move, "date": day, "state": "posted"}


# ------------------------------------------------------------------- close the month


def settle_the_entries(accountant, close):
    """Proposals are posted, but for pay, which the month before did not carry either, and
    for goods that were here though nobody had booked them."""
    accountant.call("medical.finance.close", "action_refresh", [close])
    rows = accountant.call(
        "medical.finance.adjusting",
        "search_read",
        [["close_id", "=", close], ["state", "=", "draft"]],
        ["kind"],
    )
    accountant.open(f"/odoo/month-end-close/{close}")
    accountant.page.locator("button[name=action_open_adjusting]").click()
    expect(accountant.page.locator(".o_data_row").first).to_be_visible()
    accountant.shot("story-month-02-adjusting")
    for row in rows:
        if row["kind"] in LEFT_OUT:
            accountant.call(
                "medical.finance.adjusting",
                "action_dismiss",
                [row["id"]],
                LEFT_OUT[row["kind"]],
            )
        else:
            accountant.call("medical.finance.adjusting", "action_post", [row["id"]])


def explain(accountant, close, budget, price):
    """The overspending is a variance; each gets a cause and a sentence."""
    accountant.call("medical.finance.close", "action_refresh", [close])
    rows = accountant.call(
        "medical.finance.variance",
        "search_read",
        [["close_id", "=", close]],
        ["department_id", "category_id", "actual", "base"],
    )
    own = [
        row
        for row in rows
        if row["department_id"] == budget["department_id"]
        and row["category_id"] == budget["category_id"]
    ]
    for row in own:  # none where the practice's tolerance is wider
        assert row["actual"] >= price
        assert row["base"] == pytest.approx(budget["granted"])
    [cause] = accountant.call("medical.finance.cause", "search", [], limit=1)
    for row in rows:
        accountant.call(
            "medical.finance.variance",
            "action_explain",
            [row["id"]],
            cause,
            CAUSE if row in own else OTHER_CAUSE,
        )
    accountant.open(f"/odoo/month-end-close/{close}")
    accountant.page.locator("button[name=action_open_variances]").click()
    for words in ([CAUSE] if own else []) + (
        [OTHER_CAUSE] if len(rows) > len(own) else []
    ):
        row = accountant.page.locator(".o_data_row", has_text=words)
        expect(row.first).to_be_visible()
    accountant.shot("story-month-03-variances")


def do_the_steps(accountant, manager, payroll, close):
    """Each by who has the role, verified by another; the last one on the screen."""
    steps = "medical.finance.close.step"
    people = {"accountant": accountant, "manager": manager, "payroll": payroll}
    rows = accountant.call(
        steps, "search_read", [["close_id", "=", close]], ["role", "state", "name"]
    )
    assert len(rows) >= 8
    ids = {
        login: accountant.call("res.users", "search", [["login", "=", login]])[0]
        for login in people
    }
    for row in rows[:-1]:
        doer = people[row["role"]]
        accountant.call(steps, "write", [row["id"]], {"owner_id": ids[row["role"]]})
        if row["state"] == "open":
            doer.call(steps, "action_gather", [row["id"]])
            [seen] = doer.call(steps, "read", [row["id"]], ["found", "is_strict"])
            if seen["found"] and not seen["is_strict"]:
                doer.call(steps, "write", [row["id"]], {"note": WHY_OPEN})
            doer.call(steps, "action_done", [row["id"]])
        verifier = manager if doer is not manager else accountant
        verifier.call(steps, "action_verify", [row["id"]])
    last = rows[-1]
    accountant.call(steps, "write", [last["id"]], {"owner_id": ids["accountant"]})
    accountant.open(f"/odoo/month-end-close/{close}")
    row = accountant.page.locator("[name=step_ids] .o_data_row", has_text=last["name"])
    row.locator("button[name=action_done]").click()
    expect(row.locator("td[name=state]")).to_have_text("Done")
    manager.open(f"/odoo/month-end-close/{close}")
    row = manager.page.locator("[name=step_ids] .o_data_row", has_text=last["name"])
    row.locator("button[name=action_verify]").click()
    expect(row.locator("td[name=state]")).to_have_text("Verified")
    manager.shot("story-month-04-steps")


def sign(accountant, close):
    page = accountant.page
    accountant.open(f"/odoo/month-end-close/{close}")
    page.get_by_role("button", name="Sign", exact=True).click()
    expect_state(page, "Signed")


def lock(director, close, month):
    """The second signature locks the books by the host's own date."""
    page = director.page
    director.open(f"/odoo/month-end-close/{close}")
    expect(page.get_by_role("button", name="Approve and Lock")).to_be_visible()
    director.shot("story-month-05-second-signature")
    page.get_by_role("button", name="Approve and Lock").click()
    expect_state(page, "Closed")
    [closed] = director.call(
        "medical.finance.close", "read", [close], ["lock_date", "open_count"]
    )
    assert closed["lock_date"] == month_end(month).isoformat()
    assert closed["open_count"] == 0


# -------------------------------------------------------------------------- the pack


def make_the_pack(accountant, close):
    page = accountant.page
    [pack] = accountant.call("medical.finance.pack", "create", [{"close_id": close}])
    accountant.open(f"/odoo/monthly-packs/{pack}")
    page.get_by_role("button", name="Hand to the Director").click()
    expect_state(page, "To issue")
    return pack


def issue(director, pack):
    page = director.page
    director.open(f"/odoo/monthly-packs/{pack}")
    page.get_by_role("button", name="Issue and Send").click()
    # two files are made and sealed
    expect(page.locator(".o_statusbar_status .o_arrow_button_current")).to_have_text(
        "Issued", timeout=60_000
    )
    director.shot("story-month-06-pack")


def figures_are_the_books(director, pack, month, budget):
    """What the pack says of the category is the sum of its posted entries."""
    [sent] = director.call("medical.finance.pack", "read", [pack], ["content"])
    [category] = director.call(
        "medical.finance.category", "read", [budget["category_id"][0]], ["code"]
    )
    parts = {part["key"]: part["rows"] for part in sent["content"]["sections"]}
    rows = {row["id"]: row for row in parts["income_accrual"]}
    [booked] = director.call(
        "account.move.line",
        "formatted_read_group",
        [
            ["parent_state", "=", "posted"],
            ["date", ">=", month.isoformat()],
            ["date", "<=", month_end(month).isoformat()],
            ["account_id.medical_category_id", "=", budget["category_id"][0]],
        ],
        [],
        ["balance:sum"],
    )
    said = rows[f"c_{category['code']}"]["month"]
    assert said == pytest.approx(booked["balance:sum"], abs=0.005)
    assert len(parts["steps"]) >= 8


def nothing_changes(accountant, pack):
    """The issued pack is refused to whoever made it."""
    answer = accountant.page.request.post(
        f"{accountant.url}/web/dataset/call_kw/medical.finance.pack/write",
        data={
            "jsonrpc": "2.0",
            "params": {
                "model": "medical.finance.pack",
                "method": "write",
                "args": [[pack], {"comment": "A better month"}],
                "kwargs": {},
            },
        },
    ).json()
    assert "error" in answer, "an issued pack was changed"


def read_as_investor(investor, pack):
    """On the own page: this month's pack, read, and acknowledged."""
    page = investor.page
    investor.open(f"/web/login?redirect=/my/packs/{pack}")
    page.fill("input[name=login]", "investor")
    page.fill("input[name=password]", investor.password)
    page.click("button[type=submit]")
    expect(page.locator("main")).to_contain_text("SHA-256", timeout=60_000)
    investor.shot("story-month-07-investor")
    page.get_by_role("button", name="I Have Read It").click()
    expect(page.locator("main")).to_contain_text("You acknowledged this pack")
    investor.open("/my/packs")
    expect(page.locator(f"a[href='/my/packs/{pack}']")).to_be_visible()


def it_is_acknowledged(director, pack):
    """The director sees who opened and who acknowledged it."""
    [sent] = director.call(
        "medical.finance.pack", "read", [pack], ["acknowledged_count", "digest"]
    )
    assert sent["acknowledged_count"] == 1
    assert re.fullmatch(r"[0-9a-f]{64}", sent["digest"])
    views = director.call(
        "medical.core.opened",
        "search_count",
        [["res_model", "=", "medical.finance.pack"], ["res_id", "=", pack]],
    )
    assert views >= 1
    director.open(f"/odoo/monthly-packs/{pack}")
    director.page.get_by_role("tab", name="Readers").click()
    director.shot("story-month-08-acknowledged")
