"""A new employee: how many screens and fields it takes until the practice knows what is
missing for the first pay run, and who can give it."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

MOST_SCREENS, MOST_FIELDS = 2, 25
INPUTS = (
    ".o_field_widget:not(.o_readonly_modifier):visible input:visible, "
    ".o_field_widget:not(.o_readonly_modifier):visible textarea:visible, "
    ".o_field_widget:not(.o_readonly_modifier):visible select:visible"
)


def test_a_new_hire_by_hand_takes_two_screens(person):
    """What a new employee takes when nobody applied: counted on the screens."""
    manager = person("manager")
    page = manager.page
    manager.open("/odoo/action-medical_office.people_new_hire_wizard_action")
    dialog = page.locator(".modal")
    expect(dialog.locator("[name=schedule_id]")).to_be_visible()
    shown = dialog.locator(INPUTS).count()
    dialog.locator("[name=name] input").fill("Blake Sorrel")
    dialog.locator("[name=private_email] input").fill("blake.sorrel@example.com")
    choose(dialog, "job_id", "Medical Assistant")
    day = (datetime.now(UTC) + timedelta(days=14)).strftime("%m/%d/%Y")
    dialog.locator("[name=date_start] input").fill(day)
    # the field takes its day with the key, and lets go of the cursor only then
    page.keyboard.press("Tab")
    wage = dialog.locator("[name=wage] input")
    wage.fill("22")
    expect(wage).to_have_value(re.compile("^22"))
    manager.shot("story-people-1-by-hand")
    dialog.get_by_role("button", name="Hire", exact=True).click()
    expect(page.locator(".o_form_view")).to_contain_text("Still missing")
    screens = 2
    shown += page.locator(INPUTS).count()
    manager.shot("story-people-2-missing")
    print(f"a new employee by hand: {screens} screens, {shown} fields")
    assert screens <= MOST_SCREENS
    assert shown <= MOST_FIELDS
    missing = texts(page, "[name=gap_ids] .o_data_row")
    assert not [row for row in missing if "Wage" in row or "Pay schedule" in row]


def choose(place, field, text):
    """Choose a record by its name."""
    place.locator(f"[name={field}] input").fill(text)
    place.page.locator(".o-autocomplete--dropdown-item", has_text=text).first.click()


def texts(page, rows):
    """Texts of all rows of a list."""
    return page.locator(rows).all_inner_texts()
