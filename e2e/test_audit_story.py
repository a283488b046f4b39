"""An audit from its library to a finding that is closed by somebody else."""

from datetime import timedelta

from clock import practice_day
from playwright.sync_api import expect

NAME = "Front desk privacy"
LIBRARY = (
    b"Code,Section,Question,Citation,Requirement,Weight,Evidence\r\n"
    b"FD-1,Desk,Is the sign-in sheet free of reasons for the visit?,45 CFR 164.530(c),"
    b"required,2,\r\n"
    b"FD-2,Desk,Can no screen be read from the waiting room?,45 CFR 164.310(c),"
    b"required,3,\r\n"
    b"FD-3,Logins,Does every login stand for one person?,45 CFR 164.312(a)(2)(i),"
    b"required,3,unique_logins\r\n"
)
QUESTION = "Can no screen be read"


def test_an_audit_from_library_to_closed_finding(person):
    manager = person("manager")
    library = import_library(manager)
    audit = plan(manager, library)

    answer(manager, audit)
    sign(manager)
    finding = correct(manager)

    director = person("director")
    close(director, finding)


def import_library(manager):
    """The dry run first, then the items."""
    manager.open("/odoo/medical-audit-libraries")
    page = manager.page
    page.wait_for_selector(".o_list_view")
    page.get_by_role("button", name="Compliance", exact=True).click()
    page.get_by_role("menuitem", name="Import a Library").click()
    dialog = page.locator(".modal")
    dialog.locator(".o_field_widget[name=name] input").fill(NAME)
    dialog.locator(".o_field_widget[name=file] input[type=file]").set_input_files(
        {"name": "desk.csv", "mimeType": "text/csv", "buffer": LIBRARY}
    )
    page.get_by_role("button", name="Test", exact=True).click()
    expect(page.locator(".alert-success").first).to_contain_text("3 new")
    manager.shot("story-audit-1-dry-run")
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.locator(".o_form_view").last).to_contain_text("Audits mark them")
    [library] = manager.call(
        "medical.core.checklist", "search", [["name", "=", NAME]], limit=1
    )
    return library


def plan(manager, library):
    """In the program, so that it stands in the calendar."""
    [program] = manager.call(
        "medical.core.schedule",
        "create",
        [
            {
                "checklist_id": library,
                "owner_id": manager.call(
                    "res.users", "search", [["login", "=", "manager"]]
                )[0],
                "date_start": str(practice_day() + timedelta(days=5)),
            }
        ],
    )
    [audit] = manager.call(
        "medical.core.round",
        "search",
        [["schedule_id", "=", program]],
        order="date_due",
        limit=1,
    )
    manager.open("/odoo/medical-audits")
    expect(manager.page.locator(".o_data_row", has_text=NAME).first).to_be_visible()
    manager.shot("story-audit-2-to-do")
    return audit


def answer(manager, audit):
    page = manager.page
    manager.open(f"/odoo/medical-audits/{audit}")
    form = page.locator(".o_form_view")
    expect(form).to_contain_text("Press Answer to begin")
    form.get_by_role("button", name="Answer", exact=True).click()
    expect(page.locator(".o_data_row")).to_have_count(3)
    page.go_back()
    form.get_by_role("button", name="Gather Evidence").click()
    expect(page.locator(".o_notification").first).to_contain_text("Evidence gathered")
    form.get_by_role("button", name="Answer", exact=True).click()
    for question, result in (
        ("sign-in sheet", "Pass"),
        (QUESTION, "Fail"),
        ("every login", "Pass"),
    ):
        row = page.locator(".o_data_row", has_text=question)
        row.locator("td[name=result]").click()
        chosen = page.locator(".o_selected_row td[name=result] select")
        if chosen.count():
            chosen.select_option(label=result)
        else:
            page.locator(".o_selected_row td[name=result] input").click()
            page.locator(".o_select_menu_item", has_text=result).first.click()
        page.locator(".o_list_button_save").first.click()
        expect(page.locator(".o_selected_row")).to_have_count(0)
    manager.shot("story-audit-3-answers")
    manager.open(f"/odoo/medical-audits/{audit}")
    expect(page.locator(".o_form_view")).to_contain_text("Score by section")


def sign(manager):
    page = manager.page
    page.get_by_role("button", name="Sign", exact=True).click()
    page.locator(".modal").get_by_role("button", name="Ok").click()
    expect(
        page.locator(".o_statusbar_status .o_arrow_button_current").first
    ).to_contain_text("Done")
    manager.shot("story-audit-4-signed")


def correct(manager):
    """Cause and action, proof, corrected; the days until the check are none here."""
    page = manager.page
    page.locator(".oe_stat_button", has_text="Findings").click()
    page.locator(".o_data_row", has_text=QUESTION).locator("td[name=summary]").click()
    form = page.locator(".o_form_view")
    expect(form).to_contain_text("Enter the cause")
    [finding] = manager.call(
        "medical.compliance.audit.finding",
        "search",
        [["summary", "ilike", QUESTION], ["state", "=", "open"]],
        limit=1,
    )
    form.locator(".o_field_widget[name=cause] textarea").fill("The desk was moved.")
    form.locator(".o_field_widget[name=look_days] input").fill("0")
    form.get_by_role("button", name="Add a line").click()
    row = form.locator(".o_selected_row")
    row.locator("[name=name] input").fill("Turn the screens")
    row.locator("[name=date_due] button, [name=date_due] input").first.click()
    page.keyboard.type((practice_day() + timedelta(days=3)).strftime("%m/%d/%Y"))
    page.keyboard.press("Tab")
    row.locator("[name=proof] textarea").fill("Turned; photo in the binder")
    form.locator(".o_form_button_save").click()
    form.get_by_role("button", name="Begin Correction").click()
    expect(form.locator(".o_arrow_button_current").first).to_contain_text("In action")
    manager.shot("story-audit-5-in-action")
    form.locator(".o_data_row").get_by_role("button", name="Done").click()
    form.get_by_role("button", name="Corrected", exact=True).click()
    expect(form).to_contain_text("Somebody who did not correct it")
    return finding


def close(director, finding):
    director.open(f"/odoo/medical-findings/{finding}")
    page = director.page
    form = page.locator(".o_form_view")
    form.get_by_role("tab", name="Effectiveness Check").click()
    form.locator(".o_field_widget[name=effect] textarea").fill(
        "Looked from each seat: nothing can be read."
    )
    form.locator(".o_field_widget[name=proof_note] input").fill("Binder, page 7")
    form.get_by_role("button", name="It Works: Close").click()
    expect(form.locator(".o_arrow_button_current").first).to_contain_text("Closed")
    director.shot("story-audit-6-closed")
