"""A match that stops a bill, and an incident that nobody put a name to."""

import re

from clock import practice_day
from conftest import URL
from playwright.sync_api import expect

VENDOR = "Larkspur Linen Service LLC"
WHAT = "The door of the vaccine room is propped open over lunch."
ANSWER = "Thank you. Which day was it?"
ADDED = "On Monday and on Tuesday."


def test_a_confirmed_match_stops_the_vendor_bill(person):
    hr = person("hr")
    [match] = hr.call(
        "medical.compliance.exclusion.match",
        "search",
        [["party_id.name", "=", VENDOR], ["state", "=", "open"]],
    )
    answer(hr, match)

    director = person("director")
    confirm(director, match)

    accountant = person("accountant")
    bill = draft_bill(accountant)
    accountant.open(f"/odoo/action-account.action_move_in_invoice_type/{bill}")
    page = accountant.page
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect(page.locator(".modal")).to_contain_text(f"{VENDOR} is excluded")
    accountant.shot("story-exclusion-3-bill-stopped")
    [record] = accountant.call("account.move", "read", [bill], ["state"])
    assert record["state"] == "draft"


def answer(hr, match):
    """HR has looked the vendor up by its EIN: it is the same."""
    hr.open(f"/odoo/medical-exclusion-matches/{match}")
    form = hr.page.locator(".o_form_view")
    expect(form).to_contain_text(VENDOR)
    form.get_by_label("The same", exact=True).check()
    choose(hr.page, "how", "Look-up by SSN or EIN")
    form.locator(".o_field_widget[name=is_looked_up] input").check()
    day = form.locator(".o_field_widget[name=looked_up_on]").locator("input, button")
    day.first.click()
    hr.page.keyboard.type(practice_day().strftime("%m/%d/%Y"))
    hr.page.keyboard.press("Tab")
    hr.shot("story-exclusion-1-answer")
    form.get_by_role("button", name="Answer", exact=True).click()
    expect(form.locator(".o_arrow_button_current").first).to_contain_text("To confirm")
    expect(form.get_by_role("button", name="Confirm the Answer")).to_have_count(
        0
    )  # not by who answered


def confirm(director, match):
    director.open(f"/odoo/medical-exclusion-matches/{match}")
    form = director.page.locator(".o_form_view")
    form.get_by_role("button", name="Confirm the Answer").click()
    expect(form.locator(".o_arrow_button_current").first).to_contain_text("Confirmed")
    director.shot("story-exclusion-2-confirmed")


def draft_bill(accountant):
    [bill] = accountant.call(
        "account.move",
        "search",
        [["partner_id.name", "=", VENDOR], ["state", "=", "draft"]],
        limit=1,
    )
    return bill


def choose(page, field, label):
    """Choose a value of a selection, however the host draws it."""
    widget = page.locator(f".o_field_widget[name={field}]")
    if widget.locator("select").count():
        widget.locator("select").select_option(label=label)
        return
    widget.locator("input").first.click()
    page.locator(".o_select_menu_item", has_text=label).first.click()
    expect(widget.locator("input").first).to_have_value(label)


def test_an_incident_without_a_name_is_answered_and_closed(person):
    manager = person("manager")
    visitor = person(phone=True)
    key = report(visitor, form_address(manager))
    [incident] = manager.call(
        "medical.compliance.incident",
        "search",
        [["what", "=", WHAT]],
        order="id desc",
        limit=1,
    )
    [kept] = manager.call(
        "medical.compliance.incident",
        "read",
        [incident],
        ["is_anonymous", "reporter_id", "create_uid", "reported_on"],
    )
    assert kept["is_anonymous"] and not kept["reporter_id"]
    assert kept["create_uid"][1] in ("System", "OdooBot", "Public user")
    assert not visitor.context.cookies()  # nothing by which to know the phone again

    look_into(manager, incident)
    follow(visitor, key)
    expect(visitor.page.locator("main")).to_contain_text(ANSWER)
    visitor.page.get_by_label("Add something").fill(ADDED)
    visitor.page.get_by_role("button", name="Send").click()
    visitor.shot("story-incident-3-reply")

    close(manager, incident)
    follow(visitor, key)
    expect(visitor.page.locator("main")).to_contain_text("A door closer was put in")
    visitor.shot("story-incident-5-done")


def form_address(manager):
    """Where the poster's code leads."""
    [company] = manager.call("res.company", "search", [], limit=1)
    page = manager.page.request.get(
        f"{URL}/report/html/medical_office.compliance_poster_report/{company}"
    ).text()
    return re.search(r"/medical_office/report/[\w-]+", page)[0]


def report(visitor, address):
    visitor.open(address)
    page = visitor.page
    page.get_by_label("What is it about?").select_option(index=1)
    page.get_by_label("What happened?").fill(WHAT)
    visitor.shot("story-incident-1-report")
    page.get_by_role("button", name="Send it without my name").click()
    expect(page.get_by_role("heading", name="Write down this key")).to_be_visible()
    return page.locator(".key").inner_text().strip()


def follow(visitor, key):
    visitor.open("/medical_office/reply")
    visitor.page.get_by_label("Your key").fill(key)
    visitor.page.get_by_role("button", name="Show it").click()


def look_into(manager, incident):
    manager.open(f"/odoo/medical-incidents/{incident}")
    form = manager.page.locator(".o_form_view")
    expect(form).to_contain_text("Reported without a name")
    form.get_by_role("button", name="Look Into It").click()
    form.get_by_role("tab", name="Conversation").click()
    form.get_by_role("button", name="Add a line").click()
    dialog = manager.page.locator(".modal")
    dialog.locator(".o_field_widget[name=text] textarea").fill(ANSWER)
    dialog.get_by_role("button", name="Save & Close").click()
    expect(dialog).to_have_count(0)
    form.locator(".o_form_button_save").click()
    expect(form.locator(".o_data_row", has_text=ANSWER)).to_be_visible()
    manager.shot("story-incident-2-answer")


def close(manager, incident):
    manager.open(f"/odoo/medical-incidents/{incident}")
    page = manager.page
    form = page.locator(".o_form_view")
    form.get_by_role("tab", name="Conversation").click()
    expect(form.locator(".o_data_row", has_text=ADDED)).to_be_visible()
    form.get_by_role("tab", name="Cause and Remedy").click()
    form.locator(".o_field_widget[name=cause] textarea").fill("The closer is broken.")
    form.locator(".o_field_widget[name=done] textarea").fill(
        "A door closer was put in."
    )
    form.get_by_role("button", name="Close", exact=True).click()
    expect(form.locator(".o_arrow_button_current").first).to_contain_text("Closed")
    manager.shot("story-incident-4-closed")
