"""A month is typed as it is shown, and as people write one."""

from playwright.sync_api import expect

TYPED = {
    "November 2026": "November 2026",
    "dec 2025": "December 2025",
    "10/2026": "October 2026",
    "2026-09": "September 2026",
    "08/17/2026": "August 2026",
    "july": None,  # of this year
    "13/2026": None,  # no month: what was there stays
}


def test_a_month_is_typed_as_people_write_it(person):
    manager = person("manager")
    page = manager.page
    manager.open("/odoo/action-medical_office.supply_visits_action/new")
    field = page.locator(".o_field_widget[name=month]")
    for typed, shown in TYPED.items():
        field.locator("button, input").first.click()
        box = field.locator("input")
        before = box.input_value()
        box.fill(typed)
        box.press("Tab")
        if typed == "13/2026":
            shown = before
        expect(field.locator("button")).to_contain_text(shown or "July")
    # a click elsewhere ends it, too, and what is shown in the box is the month itself
    field.locator("button").click()
    field.locator("input").fill("Feb 2026")
    page.locator(".o_form_view .o_form_sheet").first.click(position={"x": 5, "y": 5})
    field.locator("button").click()
    expect(field.locator("input")).to_have_value("February 2026")
