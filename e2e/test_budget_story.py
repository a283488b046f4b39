"""A budget end to end: a head asks, the manager reviews, the director grants a part; an
order beyond it is blocked until somebody else allows the exception.

The month is the first that nobody asks for yet; item and vendor are what the practice has.
"""

import re
from datetime import date

from clock import practice_day
from conftest import expect_state
from playwright.sync_api import expect

ASKED, GRANTED, DEAR = 400, 250, 300


def test_a_budget_is_asked_for_granted_and_kept(person):
    head, manager, director = person("head"), person("manager"), person("director")
    month, department = first_free_month(head)
    item = an_item(manager)
    # another story may have moved a part of a budget into this month
    moved = granted(director, department, item["category"], month)
    request = ask(head, month, item["category"])
    review(manager, request)
    grant(director, request, item["category"])
    policy = block(director, item["category"])

    order = order_beyond(manager, item, month, department)
    be_refused(manager, order)
    ask_for_the_exception(manager)
    allow(director, order)
    manager.open(f"/odoo/supply-orders/{order}")
    manager.page.get_by_role("button", name="Order", exact=True).click()
    expect_state(manager.page, "Ordered")
    against_actual(director, month, department, item["category"], moved + GRANTED)
    set_back(director, policy)


# ------------------------------------------------------------------- what there is


def first_free_month(head):
    """The first month after this one that no request of the own department covers."""
    rows = head.call(
        "medical.finance.request",
        "search_read",
        [["is_replaced", "=", False]],
        ["date_from", "date_to", "department_id"],
    )
    department = rows[0]["department_id"]
    today = practice_day()
    for ahead in range(1, 60):
        index = today.year * 12 + today.month - 1 + ahead
        month = date(index // 12, index % 12 + 1, 1)
        covered = any(
            row["date_from"] <= month.isoformat() <= row["date_to"] for row in rows
        )
        if not covered:
            return month, department
    raise AssertionError("every month of five years is asked for")


def an_item(manager):
    """An item with a vendor, and the practice category that its orders are booked to."""
    [line] = manager.call(
        "medical.finance.committed",
        "search_read",
        [["category_id", "!=", False]],
        ["category_id", "order_line_id", "partner_id"],
        limit=1,
    ) or [None]
    assert line, "nothing is on order"
    [bought] = manager.call(
        "purchase.order.line", "read", [line["order_line_id"][0]], ["product_id"]
    )
    return {
        "product": bought["product_id"],
        "vendor": line["partner_id"],
        "category": line["category_id"],
    }


# ------------------------------------------------------------------ ask, review, grant


def ask(head, month, category):
    """The head drafts, adds a line and submits; return the request's id."""
    page = head.page
    made = head.call(
        "medical.finance.request", "create", [{"date_from": month.isoformat()}]
    )[0]
    head.open(f"/odoo/finance-requests/{made}")
    page.get_by_role("button", name="Draft Lines", exact=True).click()
    lines = page.locator(".o_field_widget[name=line_ids] .o_data_row")
    expect(lines.first).to_be_visible()
    head.shot("story-budget-1-draft")
    # everything else that the category would take is left to its next request
    drafted = head.call(
        "medical.finance.request.line",
        "search",
        [["request_id", "=", made], ["category_id", "=", category[0]]],
    )
    head.call("medical.finance.request.line", "unlink", drafted)
    head.call(
        "medical.finance.request.line",
        "create",
        [
            {
                "request_id": made,
                "category_id": category[0],
                "name": "Education for patients",
                "amount": ASKED,
                "reason": "The leaflets are of two years ago",
                "consequence": "Visits take longer",
            }
        ],
    )
    head.open(f"/odoo/finance-requests/{made}")
    expect(lines.filter(has_text="Education for patients")).to_have_count(1)
    page.get_by_role("button", name="Submit", exact=True).click()
    expect_state(page, "In review")
    return made


def review(manager, request):
    page = manager.page
    manager.open(f"/odoo/finance-requests/{request}")
    page.get_by_role("button", name="Reviewed", exact=True).click()
    expect_state(page, "To grant")


def grant(director, request, category):
    """The director grants a part of one line, says why, and grants the rest."""
    page = director.page
    director.open(f"/odoo/finance-requests/{request}")
    row = page.locator(".o_field_widget[name=line_ids] .o_data_row").filter(
        has_text="Education for patients"
    )
    row.locator("td[name=granted]").click()
    row.locator("td[name=granted] input").fill(str(GRANTED))
    row.locator("td[name=grant_reason]").click()
    row.locator("td[name=grant_reason] input").fill("Half of the leaflets first")
    director.shot("story-budget-2-grant")
    page.get_by_role("button", name="Grant", exact=True).click()
    expect_state(page, "Granted")
    [found] = director.call(
        "medical.finance.grant",
        "search_read",
        [
            ["request_line_id.request_id", "=", request],
            ["category_id", "=", category[0]],
        ],
        ["balance"],
    )
    assert found["balance"] == GRANTED


def block(director, category):
    """Nothing beyond the budget of this category; return what was set before."""
    policies = "medical.finance.budget.policy"
    known = director.call(
        policies, "search_read", [["category_id", "=", category[0]]], ["response"]
    )
    if known:
        policy = known[0]
        director.call(policies, "write", [policy["id"]], {"response": "block"})
    else:
        values = {"category_id": category[0], "response": "block"}
        policy = {"id": director.call(policies, "create", [values])[0]}
    director.open("/odoo/finance-budget-policies")
    expect(director.page.locator(".o_data_row", has_text=category[1])).to_contain_text(
        "Block"
    )
    return policy


def set_back(director, policy):
    """Other stories order in this practice, too."""
    policies = "medical.finance.budget.policy"
    if policy.get("response"):
        values = {"response": policy["response"]}
        director.call(policies, "write", [policy["id"]], values)
    else:
        director.call(policies, "unlink", [policy["id"]])


# ---------------------------------------------------------------------- order, blocked


def order_beyond(manager, item, month, department):
    [center] = manager.call(
        "hr.department", "read", [department[0]], ["medical_analytic_account_id"]
    )
    return manager.call(
        "purchase.order",
        "create",
        [
            {
                "partner_id": item["vendor"][0],
                "order_line": [
                    [
                        0,
                        0,
                        {
                            "product_id": item["product"][0],
                            "product_qty": 1,
                            "price_unit": DEAR,
                            "tax_ids": [[5]],
                            "date_planned": f"{month:%Y-%m}-10 12:00:00",
                            "analytic_distribution": {
                                str(center["medical_analytic_account_id"][0]): 100
                            },
                        },
                    ]
                ],
            }
        ],
    )[0]


def be_refused(manager, order):
    """The form says it before the button does."""
    page = manager.page
    manager.open(f"/odoo/supply-orders/{order}")
    expect(page.locator(".mo_budget:visible")).to_contain_text("blocked until")
    manager.shot("story-budget-3-blocked")
    page.get_by_role("button", name="Order", exact=True).click()
    dialog = page.locator(".modal")
    expect(dialog).to_contain_text("is over the budget")
    expect(dialog).to_contain_text("over by")
    manager.shot("story-budget-4-refused")
    dialog.get_by_role("button", name="Close").first.click()
    manager.errors.clear()  # the browser logs the refusal


def ask_for_the_exception(manager):
    page = manager.page
    page.get_by_role("button", name="Ask for a Budget Exception").click()
    page.locator(".modal textarea").fill("A class of patients begins on the 12th")
    page.locator(".modal").get_by_role("button", name="Confirm").click()
    expect(page.locator(".modal")).to_have_count(0)


def allow(director, order):
    page = director.page
    [exception] = director.call(
        "medical.finance.exception",
        "search_read",
        [["order_id", "=", order], ["state", "=", "requested"]],
        ["amount"],
    )
    director.open(f"/odoo/finance-exceptions/{exception['id']}")
    expect(page.locator("[name=reason] textarea").first).to_have_value(
        re.compile("A class of patients")
    )
    director.shot("story-budget-5-exception")
    page.get_by_role("button", name="Allow", exact=True).click()
    expect_state(page, "Allowed")


def granted(person, department, category, month):
    """What is granted of a category in a month."""
    rows = person.call(
        "medical.finance.budget",
        "search_read",
        [
            ["month", "=", month.isoformat()],
            ["department_id", "=", department[0]],
            ["category_id", "=", category[0]],
        ],
        ["granted"],
    )
    return sum(row["granted"] for row in rows)


def against_actual(director, month, department, category, total):
    """The overspending shows."""
    [row] = director.call(
        "medical.finance.budget",
        "search_read",
        [
            ["month", "=", month.isoformat()],
            ["department_id", "=", department[0]],
            ["category_id", "=", category[0]],
        ],
        ["granted", "committed", "left_over"],
    )
    assert row["granted"] == total
    assert row["committed"] >= DEAR
    assert row["left_over"] <= total - DEAR
    director.open("/odoo/finance-budget")
    expect(director.page.locator(".o_list_view")).to_contain_text(
        re.compile("Left|Granted")
    )
    director.shot("story-budget-6-against-actual")
