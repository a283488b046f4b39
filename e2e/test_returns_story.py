"""After the pay: earnings entered, taxes deposited, returns filed, the law of a new year."""

import csv
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

from clock import practice_day
from conftest import expect_state
from playwright.sync_api import expect

ROOT = Path(__file__).resolve().parent.parent
LAST_DAY = date(2026, 12, 31)  # of the sample's pay
TABLES = ROOT / "medical_office" / "tools" / "payroll" / "tables"


def choose(page, field, words):
    """Choose an entry of a selection."""
    box = page.locator(f"[name={field}] input")
    box.click()
    page.locator(".o_select_menu_item", has_text=words).click()
    # who leaves the field before it shows the choice leaves it empty
    expect(box).to_have_value(words)


def refused(page, words):
    """What the dialog says, which is closed then."""
    dialog = page.locator(".modal")
    expect(dialog).to_contain_text(words)
    dialog.locator("footer button").first.click()
    expect(dialog).to_have_count(0)


def test_payroll_enters_additional_earnings(person):
    payroll = person("payroll")
    page = payroll.page
    payroll.open("/odoo/payroll-earnings/new")
    page.fill("[name=employee_id] input", "Ana")
    # the first entry says "Loading" on a busy machine
    page.locator(".o-autocomplete--dropdown-item", has_text="Ana Torres").click()
    page.fill("[name=name] input", "On call in November")
    page.fill("[name=amount] input", "-5")
    page.locator("button.o_form_button_save").click()
    refused(page, "enter an amount above zero")
    page.fill("[name=amount] input", "125.50")
    page.locator("button.o_form_button_save").click()
    expect(page.locator(".o_form_status_indicator_buttons.invisible")).to_have_count(1)
    payroll.open("/odoo/payroll-earnings")
    expect(page.locator(".o_list_view")).to_contain_text("$ 125.50")


def test_the_accountant_pays_a_deposit(person):
    accountant = person("accountant")
    page = accountant.page
    accountant.open("/odoo/payroll-deposits")
    page.locator(".o_data_row .o_data_cell").first.click()
    pay = page.get_by_role("button", name="Mark as Paid")
    pay.click()
    refused(page, "confirmation number")
    page.fill("[name=reference] input", "WI-2026-1")
    page.locator("[name=date_paid] input, [name=date_paid] button").first.click()
    page.locator("[name=date_paid] input").fill("01/01/2035")
    page.keyboard.press("Enter")
    pay.click()
    refused(page, "has to be a day from")
    page.locator("[name=date_paid] input, [name=date_paid] button").first.click()
    page.locator("[name=date_paid] input").fill("")
    page.keyboard.press("Enter")
    pay.click()
    expect_state(page, "Paid")
    accountant.shot("story-returns-1-deposit")


def test_a_return_is_calculated_and_waits_for_the_end_of_its_time(person):
    payroll = person("payroll")
    page = payroll.page
    # the sample's pay is of 2026, whatever day it is
    running = practice_day() <= LAST_DAY
    for kind in ("Form 941 (quarter)", "Form 940 (year)", "Forms W-2 and W-3 (year)"):
        payroll.open("/odoo/payroll-deposit-returns/new")
        choose(page, "kind", kind)
        if "quarter" in kind:
            choose(page, "quarter", "October to December")
        page.fill("[name=year] input", str(LAST_DAY.year))
        page.locator("button.o_form_button_save").click()
        page.get_by_role("button", name="Calculate").click()
        expect(page.locator("[name=line_ids] .o_data_row").first).to_be_visible()
        page.fill("[name=reference] input", "ACK 1")
        if running:
            page.get_by_role("button", name="Mark as Filed").click()
            page.locator(".modal").get_by_role("button", name="Ok").click()
            refused(page, "is over, after")
    payroll.shot("story-returns-2-w2")
    # the accountant sees the quarter's totals, and no return with people's pay
    accountant = person("accountant")
    accountant.open("/odoo/payroll-deposit-returns")
    rows = accountant.page.locator(".o_list_view")
    expect(rows).to_contain_text("Form 940")
    expect(rows).not_to_contain_text("Forms W-2")


def test_a_filed_return_is_corrected(person):
    accountant = person("accountant")
    page = accountant.page
    accountant.open("/odoo/payroll-deposit-returns")
    page.get_by_text("Form 941 Q1").click()
    expect(page.get_by_role("button", name="Calculate")).to_have_count(0)
    page.get_by_role("button", name="Correct").click()
    expect(page.locator(".o_form_view h1")).to_contain_text("Form 941-X Q1")
    page.get_by_role("button", name="Calculate").click()
    expect(page.locator("[name=computed_at]")).not_to_have_text("")
    accountant.shot("story-returns-3-corrected")


def law_of_2027(folder):
    """The file of a package with one figure of 2027, built by the command."""
    with (TABLES / "limits_annual.csv").open(encoding="utf-8", newline="") as shipped:
        rows = list(csv.DictReader(shipped))
    row = next(r for r in rows if (r["item"], r["year"]) == ("health_fsa", "2026"))
    (folder / "tables").mkdir()
    with (folder / "tables" / "limits_annual.csv").open("w", newline="") as own:
        writer = csv.DictWriter(own, row)
        writer.writeheader()
        writer.writerow(row | {"year": "2027", "value": "3500"})
    about = {"title": "Limits of 2027", "year": 2027, "version": "1"}
    (folder / "package.json").write_text(json.dumps(about))
    made = folder / "law.zip"
    subprocess.run(
        [sys.executable, ROOT / "bin" / "law-package", folder, made],
        check=True,
        capture_output=True,
    )
    return made


def test_a_law_package_is_imported_tried_and_released_by_another(person, tmp_path):
    made = law_of_2027(tmp_path)
    broken = tmp_path / "broken.zip"
    content = made.read_bytes()
    broken.write_bytes(content[: len(content) // 2])
    payroll = person("payroll")
    page = payroll.page
    payroll.open("/odoo/payroll-law/new")
    upload = page.locator("[name=file] input[type=file]")
    upload.set_input_files(broken)
    page.locator("button.o_form_button_save").click()
    refused(page, "The law package is refused")
    payroll.open("/odoo/payroll-law/new")
    upload.set_input_files(made)
    page.locator("button.o_form_button_save").click()
    page.get_by_role("button", name="Dry Run").click()
    page.get_by_role("tab", name="Changes").click()
    expect(page.locator("[name=change_ids]")).to_contain_text("3500")
    page.get_by_role("tab", name="Still Missing").click()
    expect(page.locator("[name=missing_links] a").first).to_be_visible()
    payroll.shot("story-returns-4-law")
    page.get_by_role("button", name="Submit for Release").click()
    expect_state(page, "Submitted")
    expect(page.get_by_role("button", name="Release", exact=True)).to_have_count(0)

    director = person("director")
    director.open(page.url.removeprefix(payroll.url))
    own = director.page
    own.get_by_role("button", name="Release", exact=True).click()
    own.locator(".modal").get_by_role("button", name="Ok").click()
    expect_state(own, "Released")
    # nothing was paid by it: it can be taken back
    own.get_by_role("button", name="Withdraw").click()
    own.locator(".modal textarea").fill("Only tried")
    own.locator(".modal").get_by_role("button", name="Confirm").click()
    expect_state(own, "Withdrawn")
