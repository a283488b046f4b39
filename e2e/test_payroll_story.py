"""A pay run: prepared, checked, approved by somebody else, posted, paid, read at home."""

from conftest import expect_state
from playwright.sync_api import expect

REASON = "I called her at the number in her file."


def test_a_run_is_prepared_approved_and_paid(person):
    payroll = person("payroll")
    run = the_open_run(payroll)
    payroll.open(f"/odoo/pay-runs/{run}")
    page = payroll.page
    expect(page.locator(".alert-danger")).to_contain_text("Open blockers: 1")
    payroll.shot("story-pay-1-preflight")

    page.locator("button[name=action_ask_waive]").first.click()
    page.locator(".modal textarea").fill(REASON)
    page.locator(".modal").get_by_role("button", name="Confirm").click()
    expect(page.locator("[name=medical_finding_ids]")).to_contain_text(REASON[:8])
    press(payroll, "Submit for Approval", "Submitted")
    expect(page.get_by_role("button", name="Approve", exact=True)).to_have_count(0)

    director = person("director")
    director.open(f"/odoo/pay-runs/{run}")
    director.page.get_by_role("tab", name="People").click()
    director.shot("story-pay-2-approval")
    press(director, "Approve", "Approved")

    payroll.open(f"/odoo/pay-runs/{run}")
    press(payroll, "Post", "Posted")
    expect(page.locator(".alert-info")).to_contain_text(
        "bank file has not been created"
    )
    page.get_by_role("button", name="Create Bank File").click()
    expect(page.locator("[name=name]")).to_contain_text(".ach")
    expect(page.get_by_role("button", name="Download File")).to_be_visible()
    payroll.open(f"/odoo/pay-runs/{run}")
    expect(page.locator(".alert-info")).to_contain_text("agree to the cent")
    page.get_by_role("button", name="Mark as Paid").click()
    page.locator(".modal").get_by_role("button", name="Ok").click()
    expect_state(payroll.page, "Paid")
    payroll.shot("story-pay-3-paid")

    staff = person("staff", phone=True)
    staff.open("/odoo/my-payslips")
    staff.page.locator(".o_kanban_record:not(.o_kanban_ghost)").first.click()
    expect(staff.page.locator(".o_form_view")).to_contain_text("Regular pay")
    staff.shot("story-pay-4-payslip")


def the_open_run(payroll):
    """Id of the regular run that waits in draft."""
    [run] = payroll.call(
        "hr.payslip.run",
        "search_read",
        [["state", "=", "draft"], ["medical_kind", "=", "regular"]],
        ["name"],
        limit=1,
    )
    return run["id"]


def press(who, button, state):
    """Press a button of the form and see the state it leads to."""
    who.page.get_by_role("button", name=button, exact=True).click()
    expect_state(who.page, state)


def test_a_whole_run_is_taken_back_by_three_people(person):
    payroll = person("payroll")
    [paid] = payroll.call(
        "hr.payslip.run",
        "search_read",
        [["state", "=", "paid"], ["medical_kind", "=", "regular"]],
        ["name"],
        order="medical_date_pay, id",
        limit=1,
    )
    payroll.open(f"/odoo/pay-runs/{paid['id']}")
    page = payroll.page
    page.get_by_role("button", name="Void Whole Run").click()
    dialog = page.locator(".modal")
    expect(dialog).to_contain_text("Payslips taken back")
    dialog.locator("textarea").first.fill("The checks were never cashed")
    dialog.get_by_role("button", name="Confirm").click()
    expect_state(page, "Draft")
    [void] = payroll.call(
        "hr.payslip.run",
        "search_read",
        [["medical_kind", "=", "void"]],
        ["state"],
        order="id desc",
        limit=1,
    )
    press(payroll, "Submit for Approval", "Submitted")
    # who prepared it has no button to approve it
    expect(page.get_by_role("button", name="Approve", exact=True)).to_have_count(0)

    director = person("director")
    director.open(f"/odoo/pay-runs/{void['id']}")
    press(director, "Approve", "Approved")
    expect(director.page.get_by_role("button", name="Post", exact=True)).to_have_count(
        0
    )

    accountant = person("accountant")
    accountant.open(f"/odoo/pay-runs/{void['id']}")
    press(accountant, "Post", "Posted")
    expect(accountant.page.locator(".alert-info")).to_contain_text("agree to the cent")
