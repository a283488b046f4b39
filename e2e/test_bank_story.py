"""The bank's file, as the accountant reads it: tested, imported, and each line settled."""

from uuid import uuid4

from clock import practice_day
from playwright.sync_api import expect

BAD = "Posting date,Description,Credit,Debit\n2026-13-40,ACH,,1.00\n"


def test_a_banks_file_is_read_and_its_lines_settled(person, tmp_path):
    accountant = person("accountant")
    page = accountant.page
    accountant.open("/odoo/bank-lines")
    stamp = f"WIRE FEE {uuid4().hex[:6].upper()}"  # the story may be told again
    good = (
        "Posting date,Description,Credit,Debit\n"
        f"{practice_day().isoformat()},{stamp},,25.00\n"
    )
    read(accountant, tmp_path, "bad.csv", BAD)
    expect(page.locator(".modal .alert-danger")).to_contain_text("Row 2")
    expect(page.locator(".modal button[name=action_import]")).to_be_hidden()
    page.locator(".modal button[special=cancel], .modal .btn-close").last.click()

    read(accountant, tmp_path, "good.csv", good)
    expect(page.locator(".modal [name=new_count]")).to_contain_text("1")
    accountant.shot("story-bank-1-file")
    page.locator(".modal button[name=action_import]").click()
    expect(page.locator(".o_notification").last).to_contain_text("Imported: 1.")
    # the list itself is read anew, and does not stand above itself in the trail
    row = page.locator(".o_data_row", has_text=stamp)
    expect(row).to_be_visible()
    expect(page.locator(".o_breadcrumb .o_back_button")).to_have_count(0)

    row.locator("td[name=note]").click()
    row.locator("td[name=note] input").fill("Fee of the bank, booked by the accountant")
    page.locator(".o_list_button_save").first.click()
    expect(row.locator("td[name=state]")).to_contain_text("No deposit")

    match_a_deposit(accountant)
    match_an_entry(accountant)
    accountant.shot("story-bank-2-lines")


def read(accountant, folder, name, content):
    """Choose a file in the dialog and test it."""
    page = accountant.page
    (folder / name).write_text(content)
    page.get_by_role("button", name="Import", exact=True).click()
    # the account whose file was read last is there already
    expect(page.locator(".modal [name=journal_id] input")).not_to_have_value("")
    page.locator(".modal input[type=file]").set_input_files(folder / name)
    expect(page.locator(".modal [name=file] input[type=text]")).to_have_value(name)
    page.locator(".modal button[name=action_check]").click()


def match_a_deposit(accountant):
    """The first line for which a deposit is proposed, if the practice still has one."""
    row = accountant.page.locator(".o_data_row", has_text="Lakeside Main")
    button = row.locator("button[name=action_match]")
    if button.count():
        button.first.click()
        expect(accountant.page.locator(".o_notification").last).to_contain_text(
            "Matched:"
        )


def match_an_entry(accountant):
    """A vendor's payment: the bank's line finds its entry in the books, one press takes it."""
    page = accountant.page
    row = page.locator(".o_data_row", has_text="YAHARA").first
    button = row.locator("button[name=action_match]")
    if button.count():  # the story may be told again
        expect(row.locator("td[name=counterpart]")).to_contain_text("Yahara Vaccine")
        button.click()
        expect(page.locator(".o_notification").last).to_contain_text("Matched: 1.")
        # it is open no longer: without the filter it stands in the books
    page.locator(".o_searchview .o_facet_remove").first.click()
    row = page.locator(".o_data_row", has_text="YAHARA").first
    expect(row.locator("td[name=state]")).to_contain_text("In the books")
    row.locator("button[name=action_open_match]").click()
    expect(page.locator(".o_breadcrumb")).to_contain_text("BOOKS/")
    page.go_back()
