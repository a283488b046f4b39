"""A granted budget changes: its head asks for the next version, then moves a part to the
month after; the manager looks, and the director grants and approves."""

from datetime import date

from conftest import expect_state
from playwright.sync_api import expect
from test_budget_story import (
    GRANTED,
    an_item,
    ask,
    first_free_month,
    grant,
    granted,
    review,
)

MORE, MOVED = 310, 40
LINE = "Education for patients"


def test_a_granted_budget_is_revised_and_moved(person):
    head, manager, director = person("head"), person("manager"), person("director")
    month, department = first_free_month(head)
    category = an_item(manager)["category"]
    where = (director, department, category)
    # a story told before has moved something into this month
    more = granted(*where, month) + MORE
    first = ask(head, month, category)
    review(manager, first)
    grant(director, first, category)

    second = revise(head, first)
    review(manager, second)
    grant_more(director, second)
    assert granted(*where, month) == more
    head.open(f"/odoo/finance-requests/{first}")
    # the version before stays to be read, and is not revised twice
    expect(head.page.get_by_role("button", name="Revise", exact=True)).to_have_count(0)

    later = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    before = granted(*where, later)
    move(head, category, (month, later), more)
    approve(director, f"to {category[1]} {later:%b %Y}")
    assert granted(*where, month) == more - MOVED
    assert granted(*where, later) == before + MOVED


def revise(head, request):
    """The head begins the next version and asks for more; return its id."""
    page = head.page
    head.open(f"/odoo/finance-requests/{request}")
    page.get_by_role("button", name="Revise", exact=True).click()
    expect_state(page, "Draft")
    row = page.locator(".o_field_widget[name=line_ids] .o_data_row").filter(
        has_text=LINE
    )
    # it begins with what is granted
    expect(row.locator("td[name=amount]")).to_contain_text(f"{GRANTED}.00")
    row.locator("td[name=amount]").click()
    # the row's own text is in its boxes now
    lines = page.locator(".o_field_widget[name=line_ids]")
    lines.locator(".o_selected_row td[name=amount] input").fill(str(MORE))
    page.get_by_role("button", name="Submit", exact=True).click()
    expect_state(page, "In review")
    head.shot("story-budget-7-revised")
    [made] = head.call(
        "medical.finance.request", "search", [["revision_of_id", "=", request]]
    )
    return made


def grant_more(director, request):
    page = director.page
    director.open(f"/odoo/finance-requests/{request}")
    page.get_by_role("button", name="Grant", exact=True).click()
    expect_state(page, "Granted")


def move(head, category, months, more):
    """A part of it a month later, as a person fills in the form."""
    page = head.page
    head.open("/odoo/finance-transfers/new")
    fill(page, "amount", str(MOVED))
    for which, day in zip(("from", "to"), months, strict=True):
        choose(page, f"{which}_category_id", category[1])
        month_field = page.locator(f".o_field_widget[name={which}_month]")
        month_field.locator("button, input").first.click()
        month_field.locator("input").fill(f"{day:%B %Y}")
        month_field.locator("input").press("Tab")
    # what is there and what is left of it is shown before it is asked for
    expect(page.locator("[name=from_granted]")).to_contain_text(f"{more:.2f}")
    page.locator(".o_field_widget[name=reason] textarea").fill(
        "The class of patients begins later"
    )
    page.get_by_role("button", name="Ask for It", exact=True).click()
    expect_state(page, "To approve")
    head.shot("story-budget-8-transfer")
    expect(page.get_by_role("button", name="Approve", exact=True)).to_have_count(0)


def approve(director, name):
    """From what waits for the director."""
    page = director.page
    director.open("/odoo/my-approvals")
    page.get_by_text(name).first.click()
    page.get_by_role("button", name="Approve", exact=True).first.click()
    expect_state(page, "Decided")


def fill(page, name, value):
    box = page.locator(f".o_field_widget[name={name}] input").first
    box.fill(value)
    box.press("Tab")


def choose(page, name, value):
    box = page.locator(f".o_field_widget[name={name}] input").first
    box.fill(value)
    page.locator(".o-autocomplete--dropdown-item", has_text=value).first.click()
