"""Day one: from an empty database to the first paid run, each step by its role, on screen.

At the end it prints how many screens the people opened and how many fields they filled.
"""

import re
from datetime import date

import day_one as data
import pytest
from newcomer import Effort, Newcomer
from playwright.sync_api import expect

pytestmark = pytest.mark.skipif(
    not Newcomer.url, reason="no empty database: make test-e2e brings one"
)


@pytest.fixture
def newcomer(browser):
    """Sign somebody of the new practice in; an error on a console fails the story."""
    people = {}
    Newcomer.effort = Effort()

    def sign_in(login, phone=False):
        if (login, phone) not in people:
            kind = type("First", (Newcomer,), {"password": "admin"})
            kind = kind if login == "admin" else Newcomer
            people[login, phone] = kind(browser, login, phone)
        return people[login, phone]

    yield sign_in
    for somebody in people.values():
        somebody.shot(f"last-day-one-{somebody.login.split('@')[0]}")
        somebody.context.close()
    errors = [f"{p.login}: {error}" for p in people.values() for error in p.errors]
    assert not errors, "\n".join(errors)


def test_from_an_empty_database_to_the_first_paid_run(newcomer):
    def who(role):
        return newcomer(f"{role}@{data.DOMAIN}")

    admin = newcomer("admin")
    logins_and_roles(admin)
    manager = who("manager")
    the_practice(manager)
    a_site(manager)
    rooms_by_number(manager)
    rooms_from_a_list(manager)
    hr = who("hr")
    the_people(hr)
    the_rest_gets_logins(admin)
    screening(hr)
    rounds(manager)
    assets(manager)
    required_checks(manager)
    who_repairs(manager)
    supplies(manager)
    first_count(newcomer(f"nora@{data.DOMAIN}", phone=True))
    books(who("accountant"))
    payroll, director = who("payroll"), who("director")
    how_people_are_paid(payroll)
    opening_balances(payroll, director)
    trial_run(payroll)
    first_run(payroll, director)
    the_guide_ends(manager)
    effort = Newcomer.effort
    print(
        f"\nday one, {len(data.PEOPLE)} people: {effort.screens} screens, "
        f"{effort.fields} fields, {effort.files} lists brought, "
        f"{effort.presses} buttons"
    )


# ------------------------------------------------------------------------ the practice


def logins_and_roles(admin):
    admin.open("/odoo/medical-office")
    expect(admin.page.locator(".mo_setup_panel")).to_contain_text("Logins and roles")
    admin.shot("story-day-1-cockpit")
    admin.begin("roles")
    for role, name in data.TEAM.items():
        admin.add_line("line_ids")
        admin.line(name=name, login=f"{role}@{data.DOMAIN}", role=data.ROLES[role])
    admin.shot("story-day-2-roles")
    admin.press("Create the Logins")
    first_passwords(admin, len(data.TEAM))
    admin.done("roles")


def first_passwords(admin, count):
    """No mail server sends invitations yet: the host's dialog takes a first password."""
    expect(admin.place).to_contain_text("First Passwords")
    admin.effort.screens += 1
    rows = admin.place.locator("tr.o_data_row")
    expect(rows).to_have_count(count)
    for number in range(count):
        admin.cell(rows.nth(number), "new_passwd").click()
        admin.line(new_passwd=Newcomer.password)
    admin.press("Change Password")
    admin.closed()


def the_practice(manager):
    manager.guide()
    manager.shot("story-day-3-guide")
    manager.begin("company")
    manager.fill(name="Riverbend Pediatrics", vat="391234567", phone="(608) 555-0199")
    manager.fill(street="12 River Road", city="Madison", zip="53703")
    manager.choose(state_id="Wisconsin")
    manager.press("Save")
    manager.closed()
    manager.begin("hours")
    manager.choose(tz="Central")
    expect(manager.place).to_contain_text("Independence Day")
    manager.shot("story-day-4-hours")
    manager.press("Save")
    manager.closed()
    manager.done("company", "hours")


def a_site(manager):
    manager.begin("site")
    manager.fill(name="Riverbend Main")
    expect(manager.field("medical_manager_id").locator("input")).to_have_value(
        data.TEAM["manager"]
    )
    manager.save()


def rooms_by_number(manager):
    manager.begin("room")
    manager.shot("story-day-5-rooms")
    manager.press("Create the Rooms")
    manager.closed()
    expect(manager.page.locator(".o_kanban_view")).to_contain_text("Exam 4")


def rooms_from_a_list(manager):
    manager.begin("room")
    manager.page.get_by_label("From a list (CSV)").check()
    manager.effort.fields += 1
    manager.bring("rooms.csv", data.ROOMS)
    manager.press("Test")
    expect(manager.place.locator(".alert-info")).to_contain_text("2 rooms")
    manager.press("Create the Rooms")
    manager.closed()
    manager.done("site", "room")


# ------------------------------------------------------------------------- the people


def the_people(hr):
    hr.begin("staff")
    hr.bring("staff.csv", data.STAFF)
    hr.press("Check")
    expect(hr.place).to_contain_text("New")
    hr.shot("story-day-6-staff")
    hr.press("Import")
    hr.closed()
    hr.begin("department")
    for name, head in data.HEADS.items():
        hr.cell(hr.row(name), "manager_id").click()
        hr.line(manager_id=head)
        hr.save()
    hr.done("staff", "department")


def the_rest_gets_logins(admin):
    """Staff without a login are proposed; nothing is typed but the passwords."""
    admin.begin("roles")
    expect(admin.place.locator("tr.o_data_row")).to_have_count(3)
    admin.press("Create the Logins")
    first_passwords(admin, 2)


def skip(who, code, reason):
    """Leave a step out; the reason stays on record."""
    who.guide()
    step = who.step(code)
    step.locator(".mo_setup_skip").click()
    step.get_by_label("Reason").fill(reason)
    who.effort.fields += 1
    step.get_by_role("button", name="Confirm").click()
    expect(step).to_contain_text(f"Skipped: {reason}")


def screening(hr):
    """Left out and taken up again: then the list of the OIG is there."""
    skip(hr, "exclusion", "The list of this month comes tomorrow.")
    step = hr.step("exclusion")
    step.locator(".mo_setup_resume").click()
    expect(step).to_contain_text("No exclusion list is imported yet.")
    hr.begin("exclusion")
    hr.bring("UPDATED.csv", data.exclusions())
    hr.press("Check")
    hr.press("Import and Screen Everybody")
    hr.closed()
    hr.done("exclusion")


# -------------------------------------------------------------- rounds, assets, supplies


def rounds(manager):
    manager.begin("rounds")
    manager.choose(kind="Pediatrics")
    manager.shot("story-day-7-rounds")
    manager.press("Create the Schedules")
    manager.closed()


def assets(manager):
    manager.begin("asset")
    manager.bring("assets.csv", data.ASSETS)
    manager.press("Test")
    manager.press("Import")


def required_checks(manager):
    manager.begin("required")
    manager.choose(owner_id=data.TEAM["manager"])
    manager.shot("story-day-8-required")
    manager.press("Create Schedules")
    manager.closed()


def who_repairs(manager):
    manager.begin("repair")
    manager.choose(team_id="Internal Maintenance", user_id=data.TEAM["manager"])
    manager.save()
    manager.done("rounds", "asset", "required", "repair")


def supplies(manager):
    manager.begin("item")
    manager.press("Check")
    manager.press("Import")
    manager.closed()
    manager.begin("par")
    manager.shot("story-day-9-par")
    manager.press("Create the Par Levels")
    manager.closed()
    manager.begin("vendor")
    for name in manager.page.locator("td[name=name]").all_inner_texts():
        manager.cell(manager.row(name), "email").click()
        manager.line(email=f"orders@{name.split()[0].lower()}.example")
        manager.save()
    manager.done("item", "par", "vendor")


def first_count(staff):
    """The nurse counts one shelf on her phone; a first count surprises nobody."""
    page = staff.page
    staff.open("/odoo/count-shelf")
    page.locator(".mo_room").filter(has_text="Waiting").click()
    staff.effort.screens += 1
    lines = page.locator(".mo_line")
    expect(lines.first).to_be_visible()
    for line in lines.all():
        box = line.locator(".mo_value")
        box.fill("4")
        box.blur()
        expect(line).to_have_class(re.compile("mo_line_done"))
        staff.effort.fields += 1
    staff.shot("story-day-10-count")
    page.get_by_role("button", name="Submit the count").click()
    staff.effort.presses += 1
    expect(page.get_by_role("status")).to_be_visible()


# --------------------------------------------------------------------- books and pay


def books(accountant):
    accountant.begin("chart")
    accountant.press("Load the US Chart")
    accountant.closed()
    accountant.begin("pay_accounts")
    accountant.shot("story-day-11-accounts")
    accountant.press("Set Up Missing Accounts")
    accountant.begin("category")
    accountant.press("Map Accounts")
    accountant.closed()
    bank_for_pay(accountant)


def bank_for_pay(accountant):
    """The EIN, the label and the only bank journal are proposed."""
    accountant.begin("pay_bank")
    accountant.fill(name="Lake Bank", destination="121042882")
    accountant.save()
    accountant.done("chart", "pay_accounts", "category", "pay_bank")


def how_people_are_paid(payroll):
    payroll.begin("pay_schedule")
    payroll.fill(name="Every two weeks", date_anchor=us(data.period()[0]))
    payroll.save()
    payroll.begin("pay_people")
    payroll.bring("pay.csv", data.pay())
    payroll.press("Test")
    payroll.shot("story-day-12-pay")
    payroll.press("Import")
    payroll.closed()
    payroll.begin("pay_state")
    payroll.fill(withholding_number="036-1020304050")
    payroll.fill(unemployment_number="690123-000-1", suta_percent="1.55")
    payroll.save()
    payroll.done("pay_schedule", "pay_people", "pay_state")


def opening_balances(payroll, director):
    """What the old provider paid this year; the director compares and approves."""
    if data.begins_the_year():
        skip(payroll, "pay_opening", "Nothing was paid this year before.")
        return
    payroll.begin("pay_opening")
    payroll.fill(date_start=us(data.pay_day()), source="Old Payroll Inc., year to date")
    payroll.save()
    payroll.press("Import a File")
    payroll.effort.screens += 1
    payroll.bring("opening.csv", data.opening())
    payroll.press("Check")
    payroll.press("Import")
    payroll.closed()
    payroll.press("Submit for Approval")
    payroll.shot("story-day-13-opening")
    approve(director, "Opening balances")
    payroll.done("pay_opening")


def approve(director, what):
    """From the list of what waits for her to the record, and its button."""
    director.open("/odoo/my-approvals")
    director.page.get_by_text(what).first.click()
    director.effort.screens += 1
    director.settled()
    director.press("Approve")


def trial_run(payroll):
    """Our figures beside the old provider's; 35 cents differ, and somebody says why."""
    payroll.begin("pay_trial")
    payroll.fill(source="Old Payroll Inc.", date_start=us(data.old_period()[0]))
    payroll.save()
    payroll.press("Calculate")
    expect(payroll.page.locator("tr.o_data_row")).to_have_count(len(data.PEOPLE))
    lines = payroll.call(
        "medical.payroll.trial.line",
        "search_read",
        [],
        ["employee_id", "federal_ours", "state_ours"],
    )
    payroll.press("Import Their Figures")
    payroll.effort.screens += 1
    payroll.bring("old.csv", data.old_figures(lines))
    payroll.press("Import")
    payroll.closed()
    row = payroll.row("Sam Hill")
    expect(payroll.cell(row, "difference")).to_contain_text("0.35")
    payroll.cell(row, "explanation").click()
    payroll.line(explanation="The old provider rounded the state's table down.")
    payroll.save()
    payroll.shot("story-day-14-trial")
    payroll.press("Accept")
    payroll.done("pay_trial")


def first_run(payroll, director):
    """Prepared, approved by somebody else, posted, the bank's file written, paid."""
    payroll.begin("pay_run")
    payroll.press("New")
    payroll.effort.screens += 1
    expect(payroll.field("medical_date_pay")).to_contain_text(
        f"{data.pay_day():%b} {data.pay_day().day}"
    )
    payroll.press("Compute")
    expect(payroll.page.locator(".o_form_view")).to_contain_text("$ 22,900.00")
    payroll.shot("story-day-15-run")
    payroll.press("Submit for Approval")
    approve(director, "paid")
    director.shot("story-day-16-approved")
    payroll.page.reload()
    payroll.settled()
    payroll.press("Post")
    payroll.press("Create Bank File")
    expect(payroll.page.locator("[name=name]").first).to_contain_text(".ach")
    payroll.shot("story-day-17-bank-file")
    payroll.page.go_back()
    payroll.settled()
    payroll.press("Mark as Paid")
    payroll.page.locator(".modal").get_by_role("button", name="Ok").click()
    payroll.settled()
    payroll.done("pay_run")


def the_guide_ends(manager):
    """Nothing is left; the cockpit shows the practice and the guide no longer."""
    manager.guide()
    expect(manager.page.locator(".mo_setup_open:not(.btn)")).to_have_count(0)
    manager.shot("story-day-18-all-done")
    manager.page.locator(".mo_setup_close").click()
    manager.page.get_by_label("Reason").fill("The practice is set up.")
    manager.effort.fields += 1
    manager.page.get_by_role("button", name="Confirm").click()
    expect(manager.page.get_by_role("status")).to_contain_text("The guide is closed")
    manager.open("/odoo/medical-office")
    expect(manager.page.locator(".mo_cards")).to_be_visible()
    expect(manager.page.locator(".mo_setup_panel")).to_have_count(0)
    manager.page.locator(".mo_refresh").click()
    expect(manager.page.locator(".mo_todo")).to_contain_text("Needs doing today")
    expect(manager.page.locator(".mo_card").first).not_to_contain_text(
        "nothing to look at yet", timeout=90_000
    )
    manager.shot("story-day-19-cockpit")


def us(day: date) -> str:
    return day.strftime("%m/%d/%Y")
