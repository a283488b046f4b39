"""A new physician accepts an offer and is planned with all payers by that alone; one
enrollment becomes effective, money is released. And the same for somebody who is there."""

import re
from datetime import timedelta

from clock import practice_day
from conftest import expect_state
from playwright.sync_api import expect
from test_hire_story import choose, day, pick

PROVIDER, PAYER, SITE = "Daniel Okafor", "Northwoods Health Alliance", "Lakeside North"
NEW, JOB, FIRST_SITE = "Irene Albrecht", "Physician", "Lakeside Main"
NPI = "1234567893"  # the standard's own example: its check digit is right
PAYERS = 8  # of the sample practice


def test_from_the_accepted_offer_to_the_money_released(person):
    hr, director, accountant = person("hr"), person("director"), person("accountant")
    today = practice_day()
    began = today - timedelta(days=14)
    offer = make_the_offer(hr, today)
    address = f"/odoo/action-medical_office.people_offer_action/{offer}"
    director.open(address)
    click(director.page, "Approve")
    expect_state(director.page, "Approved")
    hr.open(address)
    click(hr.page, "Send the Letter")
    expect_state(hr.page, "Sent")
    [mailed] = person("admin").call("medical.people.offer", "read", [offer], ["token"])
    candidate = person(phone=True)
    candidate.open(f"/medical_office/offer/{mailed['token']}")
    candidate.page.locator("input[name=name]").fill(NEW)
    candidate.page.locator("button[value=accept]").click()
    expect(candidate.page.locator("main")).to_contain_text("accepted already")

    # nobody planned anything: each payer has an enrollment, at the first site
    hr.open("/odoo/action-medical_office.payer_enrollment_action")
    search = hr.page.locator(".o_searchview_input")
    search.fill(NEW)
    search.press("Enter")
    rows = hr.page.locator(".o_data_row", has_text=NEW)
    expect(rows.first).to_be_visible()
    planned = hr.call(
        "medical.payer.enrollment",
        "search_read",
        [["provider_name", "=", NEW]],
        ["payer_id", "site_id", "state", "date_needed", "claims"],
    )
    assert len({one["payer_id"][0] for one in planned}) == PAYERS, planned
    assert {(one["site_id"][1], one["state"], one["claims"]) for one in planned} == {
        (FIRST_SITE, "planned", "held")
    }
    assert {one["date_needed"] for one in planned} == {str(today)}
    hr.shot("story-payer-7-planned-by-the-offer")

    # she has filled in for two weeks: those visits wait for the payer, too
    rows.filter(has_text=PAYER).locator("td[name=payer_id]").first.click()
    expect(hr.page.locator(".o_form_view")).to_contain_text("Hold claims to this payer")
    assert money_held(accountant) == 0
    fill_date(hr, "date_needed", began.strftime("%m/%d/%Y"))
    hr.page.locator(".o_form_button_save").click()
    expect(hr.page.locator(".o_form_button_save")).not_to_be_visible()
    accountant.open("/odoo/payer-money-held")
    held = accountant.page.locator(".o_data_row", has_text=NEW).filter(has_text=PAYER)
    expect(held).to_contain_text("$")
    before = money_held(accountant)
    assert before > 0
    press(hr, "Start Gathering", "Gathering")
    hr.page.locator("[name=npi] input").fill(NPI)
    for button, state in (
        ("Submitted", "Submitted"),
        ("In Review", "In review"),
    ):
        press(hr, button, state)
    fill_date(hr, "date_effective", began.strftime("%m/%d/%Y"))
    press(hr, "Effective", "Effective")
    assert money_held(accountant) == before  # until somebody releases the claims
    click(hr.page, "Release Claims")
    expect(hr.page.locator(".o_form_view [name=claims]").first).to_contain_text(
        "Released"
    )
    hr.shot("story-payer-8-released")
    assert money_held(accountant) == 0


def make_the_offer(hr, first):
    """A physician's offer, priced and given to the director."""
    page = hr.page
    hr.open("/odoo/action-medical_office.people_offer_action/new")
    page.locator("[name=name] input, [name=name] textarea").first.fill(NEW)
    page.locator("[name=email] input").fill("irene.albrecht@candidates.example")
    choose(page, "job_id", JOB)
    day(page, "date_start", first)
    day(page, "date_expiry", first)
    page.locator("[name=wage] input").fill("240000")
    pick(page, "per", "Year")
    page.locator("[name=exempt] input").check()
    page.locator(".o_form_button_save").click()
    expect(page.locator("[name=first_net]")).to_contain_text("$")
    click(page, "Ask for Approval")
    expect_state(page, "Waiting for approval")
    [offer] = hr.call("medical.people.offer", "search", [["name", "=", NEW]])
    return offer


def money_held(who):
    """Dollars that the new physician's enrollment with the payer holds."""
    rows = who.call(
        "medical.payer.held",
        "search_read",
        [["provider_id.name", "=", NEW], ["payer_id.name", "=", PAYER]],
        ["money"],
    )
    return sum(row["money"] for row in rows)


def click(page, button):
    """Press a button of the form, once it is there."""
    page.get_by_role("button", name=button, exact=True).first.click()


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
