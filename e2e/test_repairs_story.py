"""Scan a label, report a fault without a login, repair it, close it."""

from photos import photo
from playwright.sync_api import expect

FAULT = "The head of the lamp does not stay up."


def test_a_fault_reported_by_its_label_is_repaired_and_closed(person):
    manager = person("manager")
    token, serial = label_of_a_device(manager)

    visitor = person(phone=True)
    visitor.open(f"/medical_office/fault/{token}")
    visitor.page.get_by_label("What is wrong?").fill(FAULT)
    visitor.page.locator("input[type=file]").set_input_files(photo("lamp.jpg"))
    visitor.shot("story-repair-1-report")
    visitor.page.get_by_role("button", name="Report it").click()
    expect(visitor.page.get_by_role("heading", name="Thank you")).to_be_visible()
    visitor.shot("story-repair-2-thanks")

    technician = person("staff", phone=True)
    technician.open("/odoo/repairs")
    technician.page.locator(".o_kanban_record", has_text=serial).click()
    press(technician, "Start Work", "In Progress")
    technician.shot("story-repair-3-work")
    press(technician, "Repaired", "To Check")
    expect_state(visitor, "Being checked")

    manager.open("/odoo/open-work")
    manager.page.locator(".o_data_row", has_text=serial).locator(
        "td[name=name]"
    ).click()
    expect(manager.page.locator(".o_form_view")).to_contain_text("To Check")
    manager.shot("story-repair-4-check")
    press(manager, "Close", "Repaired")
    expect_state(visitor, "Repaired")
    visitor.shot("story-repair-5-done")


def label_of_a_device(manager):
    """What the label of an exam light of the first site holds, and its serial number."""
    [device] = manager.call(
        "maintenance.equipment",
        "search_read",
        [
            ["name", "like", "Exam light"],
            ["location_id.warehouse_id.code", "=", "LM"],
            ["maintenance_open_count", "=", 0],
        ],
        ["medical_qr_token", "serial_no"],
        limit=1,
    )
    return device["medical_qr_token"], device["serial_no"]


def press(who, button, stage):
    """Press a button of the form (on a phone it may hide in a menu); see its stage."""
    page = who.page
    expect(page.locator(".o_form_view")).to_be_visible()
    target = page.get_by_role("button", name=button, exact=True)
    if not target.is_visible():
        page.locator(".o_form_statusbar, .o_cp_action_menus").locator(
            "button.dropdown-toggle"
        ).first.click()
    target.click()
    # on a phone the status bar shows the present stage alone, as a menu
    status = page.locator(".o_field_widget[name=stage_id]")
    expect(
        status.locator(".o_arrow_button_current, .dropdown-toggle:not(.d-none)").first
    ).to_contain_text(stage)


def expect_state(visitor, words):
    visitor.page.reload()
    expect(
        visitor.page.locator("ol.steps li.now, ol.steps li.past").last
    ).to_contain_text(words)
