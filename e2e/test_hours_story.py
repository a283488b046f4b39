"""Hours: clocked in with one tap on a phone, corrected, approved by the head, on the screen
of payroll."""

from conftest import PHONE
from playwright.sync_api import expect


def test_from_the_clock_to_the_heads_approval(person):
    staff = person("staff", phone=True)
    staff.open("/odoo/clock")
    page = staff.page
    button = page.locator(".mo_clock_button")
    button.click()
    expect(button).to_contain_text("Clock Out")
    expect(page.locator(".mo_clock_card")).to_contain_text("Clocked in since")
    box = button.bounding_box()
    assert box["height"] >= 100, "a thumb finds it"
    staff.shot("story-hours-1-clock")
    button.click()
    expect(button).to_contain_text("Clock In")

    page.locator(".mo_clock_hours").click()
    expect(page.locator(".o_form_view")).to_contain_text("Ana Torres")
    expect(page.locator(".o_form_view .o_kanban_record").first).to_be_visible()
    staff.shot("story-hours-2-my-hours")

    head = person("head")
    [sheet] = head.call(
        "medical.payroll.timesheet",
        "search_read",
        [["state", "=", "submitted"], ["corrects_id", "!=", False]],
        ["date_start", "hours", "clocked"],
        limit=1,
    )
    assert sheet["hours"] > sheet["clocked"]
    head.open(f"/odoo/timesheets/{sheet['id']}")
    expect(head.page.locator("[name=line_ids]")).to_contain_text("staff meeting")
    head.page.get_by_role("button", name="Approve", exact=True).click()
    status = head.page.locator(".o_field_widget[name=state] .o_arrow_button_current")
    expect(status).to_contain_text("Approved")

    payroll = person("payroll")
    payroll.open("/odoo/hours-by-day")
    expect(payroll.page.locator(".mo_hours_table tbody tr").first).to_be_visible()
    expect(payroll.page.locator(".mo_hours_table thead th")).to_have_count(17)
    payroll.shot("story-hours-3-by-day")
    expect(payroll.page.get_by_role("button", name="Approve")).to_have_count(0)
    payroll.page.locator(".mo_cell").first.click()
    expect(payroll.page.locator(".modal")).to_contain_text("Reason")
    payroll.page.locator(".modal .btn-close").click()

    phone = person("head", phone=True)
    phone.open("/odoo/hours-by-day")
    expect(phone.page.locator(".mo_hours_card").first).to_be_visible()
    width = phone.page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"], "nothing to scroll sideways"
    phone.shot("story-hours-4-phone")
