"""A provider planned with all payers; one enrollment becomes effective, money is released."""

import re

from playwright.sync_api import expect

PROVIDER, PAYER, SITE = "Daniel Okafor", "Northwoods Health Alliance", "Lakeside North"


def test_from_the_plan_to_the_effective_day_and_the_money_released(person):
    hr, accountant = person("hr"), person("accountant")
    plan(hr)
    hr.page.locator(".o_data_row", has_text=SITE).filter(has_text=PAYER).locator(
        "td[name=payer_id]"
    ).first.click()
    form = hr.page.locator(".o_form_view")
    expect(form).to_contain_text("Hold claims to this payer")
    press(hr, "Start Gathering", "Gathering")
    press(hr, "Submitted", "Submitted")
    press(hr, "In Review", "In review")
    hr.shot("story-payer-2-review")

    accountant.open("/odoo/payer-money-held")
    held = accountant.page.locator(".o_data_row", has_text=PROVIDER).filter(
        has_text=SITE
    )
    row = held.filter(has_text=PAYER)
    expect(row).to_contain_text("$")
    accountant.shot("story-payer-3-held")

    fill_date(hr, "date_effective", "11/01/2026")
    press(hr, "Effective", "Effective")
    hr.page.get_by_role("button", name="Release Claims", exact=True).click()
    expect(form.locator("[name=claims]").first).to_contain_text("Released")
    hr.shot("story-payer-4-released")

    accountant.page.reload()
    expect(accountant.page.locator(".o_list_view")).to_be_visible()
    expect(row).to_have_count(0)

    matrix(hr)
    matrix_on_a_phone(person("accountant", phone=True))


def matrix(hr):
    """The cell says it in words, and opens the enrollment."""
    hr.open("/odoo/enrollment-matrix")
    hr.page.locator(".mo_enroll_site").select_option(label=SITE)
    row = hr.page.locator(".mo_enroll_row", has_text=PROVIDER)
    expect(row).to_have_count(1)
    cell = row.locator(f"td[data-payer='{PAYER}']")
    expect(cell).to_contain_text("Effective")
    expect(cell).to_contain_text("since Nov 1, 2026")
    hr.shot("story-payer-5-matrix")
    cell.get_by_role("button").click()
    expect(hr.page.locator(".o_form_view")).to_contain_text(PROVIDER)


def matrix_on_a_phone(accountant):
    """Each provider is a card with what is pending; nothing is wider than the screen."""
    accountant.open("/odoo/enrollment-matrix")
    expect(accountant.page.locator(".mo_enroll_row").first).to_be_visible()
    expect(accountant.page.locator(".mo_enroll_effective:visible")).to_have_count(0)
    wide = accountant.page.locator(".mo_enroll_scroll").evaluate(
        "node => node.scrollWidth - node.clientWidth"
    )
    assert wide <= 1, wide
    accountant.shot("story-payer-6-phone")


def plan(hr):
    """Plan the provider at the second site with every payer, from the dialog."""
    hr.open("/odoo/action-medical_office.payer_setup_wizard_action")
    dialog = hr.page.locator(".modal")
    provider = dialog.locator("[name=provider_id] input")
    provider.fill(PROVIDER)
    hr.page.locator(".o-autocomplete--dropdown-item", has_text=PROVIDER).first.click()
    fill_date(hr, "date_needed", "10/20/2026", dialog)
    expect(dialog).to_contain_text(re.compile(rf"{PAYER}: \d, start by"))
    hr.shot("story-payer-1-plan")
    dialog.get_by_role("button", name="Plan", exact=True).click()
    expect(hr.page.locator(".o_list_view")).to_contain_text(PAYER)


def fill_date(who, name, day, within=None):
    """Type a date and leave the field."""
    field = (within or who.page).locator(f"[name={name}]").first
    field.click()
    box = field.locator("input").first
    box.fill(day)
    box.press("Tab")


def press(who, button, state):
    """Press a button of the form and see its status."""
    who.page.get_by_role("button", name=button, exact=True).first.click()
    expect(
        who.page.locator(".o_statusbar_status .o_arrow_button_current")
    ).to_contain_text(state)
