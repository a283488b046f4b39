"""From an application to the first pay run: interviews, scorecards, decision, offer, the
candidate's yes on a page without a login, and the guided screen of the new hire.

The job and its interview plan are those of the practice; E2E_ODOO opens a shell, since
the address of the candidate's page is told to nobody but the candidate.
"""

import os
import shlex
import subprocess
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import expect

SHELL = os.environ.get("E2E_ODOO")
NAME = "Robin Ellery"
MAIL = "robin.ellery@example.com"
ADDRESS = """
offer = env["medical.people.offer"].search([("email", "=", %r), ("state", "=", "sent")])
print("token", offer.sudo().token)
"""
PAY = 49000
# a Monday three weeks ahead, or as many days later as it takes
FIRST = date.today() + timedelta(days=21 + -date.today().weekday() % 7)
MOST_SCREENS, MOST_FIELDS = 2, 25
INPUTS = (
    ".o_field_widget:not(.o_readonly_modifier):visible input:visible, "
    ".o_field_widget:not(.o_readonly_modifier):visible textarea:visible, "
    ".o_field_widget:not(.o_readonly_modifier):visible select:visible"
)


@pytest.mark.skipif(not SHELL, reason="E2E_ODOO does not say how to open a shell")
def test_from_the_application_to_the_first_pay_run(person):
    hr = person("hr")
    applicant = apply(hr)
    interviews = plan_interviews(hr, applicant)
    for interview in interviews:
        for login, phone in (("hr", False), ("head", False), ("staff", True)):
            rate(person(login, phone=phone), interview)
    decide(hr, person("director"), applicant)
    offer = make_offer(hr, applicant)
    approve(person("director"), offer)
    press(hr, f"/odoo/offers/{offer}", "Send the Letter", "Sent")
    accept(person(phone=True))
    employee = hired(hr, offer)
    pay(person("payroll"), employee)


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
    dialog.locator("[name=wage] input").fill("22")
    manager.shot("story-people-7-by-hand")
    dialog.get_by_role("button", name="Hire", exact=True).click()
    expect(page.locator(".o_form_view")).to_contain_text("Still missing")
    screens = 2
    shown += page.locator(INPUTS).count()
    manager.shot("story-people-8-missing")
    print(f"a new employee by hand: {screens} screens, {shown} fields")
    assert screens <= MOST_SCREENS
    assert shown <= MOST_FIELDS
    missing = texts(page, "[name=gap_ids] .o_data_row")
    assert not [row for row in missing if "Wage" in row or "Pay schedule" in row]


# ------------------------------------------------------------------ the candidate


def apply(hr):
    """HR enters an application for the open job; the id."""
    job = hr.call(
        "medical.people.interview.plan",
        "search_read",
        [["state", "=", "in_use"]],
        ["job_id"],
        limit=1,
    )[0]["job_id"][0]
    return hr.call(
        "hr.applicant",
        "create",
        [{"partner_name": NAME, "email_from": MAIL, "job_id": job}],
    )[0]


def plan_interviews(hr, applicant):
    """The rounds of the job's plan, each with a time; their ids."""
    hr.call("hr.applicant", "action_medical_add_interviews", [applicant])
    model = "medical.people.interview"
    ids = hr.call(model, "search", [["applicant_id", "=", applicant]], order="id")
    ago = datetime.now(UTC) - timedelta(days=1)
    for hours, one in enumerate(ids):
        start = (ago + timedelta(hours=hours)).strftime("%Y-%m-%d %H:%M:%S")
        hr.call(model, "write", [one], {"start": start})
        press(
            hr,
            f"/odoo/action-medical_office.people_interview_action/{one}",
            "Schedule",
            "Scheduled",
        )
    hr.shot("story-people-1-interview")
    return ids


def rate(who, interview):
    """Fill in the own scorecard of an interview, where there is one."""
    cards = who.call(
        "medical.people.scorecard",
        "search_read",
        [["interview_id", "=", interview], ["state", "=", "open"]],
        ["line_ids"],
    )
    if not cards:
        return
    [card] = cards
    for line in card["line_ids"]:
        who.call("medical.people.scorecard.line", "write", [line], {"rating": "5"})
    who.open(f"/odoo/action-medical_office.people_own_scorecard_action/{card['id']}")
    page = who.page
    page.locator("[name=recommendation]").get_by_label("Hire", exact=True).check()
    who.shot(f"story-people-2-scorecard-{who.login}")
    page.get_by_role("button", name="Submit", exact=True).click()
    page.locator(".modal").get_by_role("button", name="Ok").click()
    expect_state(who, "Submitted")


def decide(hr, director, applicant):
    """HR asks for the hire, the director approves it."""
    model = "medical.people.hiring"
    for knockout in hr.call(
        "medical.people.knockout", "search", [["applicant_id", "=", applicant]]
    ):
        hr.call("medical.people.knockout", "action_pass", [knockout], "Looked up today")
    plan = hr.call(
        "medical.people.interview.plan", "search", [["state", "=", "in_use"]], limit=1
    )[0]
    [hiring] = hr.call(
        model,
        "create",
        [
            {
                "plan_id": plan,
                "chosen_id": applicant,
                "reason": "Rooms and vaccinates without help.",
                "override_reason": "Starts at once, as the two empty rooms need.",
            }
        ],
    )
    where = f"/odoo/action-medical_office.people_hiring_action/{hiring}"
    press(director, where, "Approve", "Approved")
    hr.open(where)
    hr.shot("story-people-3-decision")


# ---------------------------------------------------------------------- the offer


def make_offer(hr, applicant):
    """The offer is filled in from the decision; HR adds day and pay. The id."""
    page = hr.page
    page.get_by_role("button", name="Make the Offer").click()
    expect(page.locator("[name=name] input").first).to_have_value(NAME)
    page.locator("[name=date_start] input").fill(FIRST.strftime("%m/%d/%Y"))
    page.locator("[name=wage] input").fill(str(PAY))
    select(page, "per", "Year")
    page.get_by_role("button", name="Ask for Approval").click()
    expect_state(hr, "Waiting for approval")
    hr.shot("story-people-4-offer")
    [offer] = hr.call(
        "medical.people.offer", "search", [["applicant_id", "=", applicant]]
    )
    return offer


def approve(director, offer):
    """The director approves what HR prepared."""
    press(director, f"/odoo/offers/{offer}", "Approve", "Approved")


def accept(candidate):
    """The candidate reads the letter on the page and says yes, once."""
    found = subprocess.run(
        shlex.split(SHELL),
        input=ADDRESS % MAIL,
        capture_output=True,
        text=True,
        check=True,
        timeout=180,
    ).stdout
    token = next(line.split()[-1] for line in found.splitlines() if "token " in line)
    page = candidate.page
    candidate.open(f"/medical_office/offer/{token}")
    expect(page.locator("main")).to_contain_text("49,000.00")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390, "nothing to scroll sideways"
    candidate.shot("story-people-5-letter")
    page.get_by_label("Your full name").fill(NAME)
    page.get_by_role("button", name="Accept the offer").click()
    expect(page.locator("main")).to_contain_text("accepted already")
    assert "49,000" not in page.content()
    candidate.open(f"/medical_office/offer/{token}")
    expect(page.get_by_role("button", name="Accept the offer")).to_have_count(0)


def hired(hr, offer):
    """The employee of the accepted offer, on the guided screen. The id."""
    [found] = hr.call("medical.people.offer", "read", [offer], ["employee_id", "state"])
    assert found["state"] == "accepted"
    employee = found["employee_id"][0]
    hr.open(f"/odoo/practice-employees/{employee}")
    page = hr.page
    page.get_by_role("button", name="New Hire", exact=True).first.click()
    expect(page.locator(".o_form_view")).to_contain_text("Still missing")
    missing = texts(page, "[name=gap_ids] .o_data_row")
    assert not [
        row for row in missing if "I-9: not begun" in row or "Onboarding" in row
    ]
    hr.shot("story-people-6-new-hire")
    return employee


def pay(payroll, employee):
    """What payroll needs is there without typing; a run of the first period computes."""
    [hire] = payroll.call(
        "hr.employee",
        "read",
        [employee],
        ["wage", "medical_schedule_id", "contract_date_start", "job_id"],
    )
    assert (hire["wage"], hire["contract_date_start"]) == (PAY, FIRST.isoformat())
    [schedule] = payroll.call(
        "medical.payroll.schedule",
        "read",
        [hire["medical_schedule_id"][0]],
        ["date_anchor", "pay_days_after"],
    )
    anchor = date.fromisoformat(schedule["date_anchor"])
    start = FIRST - timedelta(days=(FIRST - anchor).days % 14)
    end = start + timedelta(days=13)
    [run] = payroll.call(
        "hr.payslip.run",
        "create",
        [
            {
                "name": "First pay of a new hire",
                "medical_kind": "offcycle",
                "medical_schedule_id": hire["medical_schedule_id"][0],
                "medical_employee_ids": [[6, 0, [employee]]],
                "date_start": start.isoformat(),
                "date_end": end.isoformat(),
                "medical_date_pay": (
                    end + timedelta(days=schedule["pay_days_after"])
                ).isoformat(),
            }
        ],
    )
    payroll.open(f"/odoo/pay-runs/{run}")
    payroll.page.get_by_role("button", name="Compute", exact=True).first.click()
    expect(payroll.page.locator(".o_form_view")).to_contain_text("1 of 1 computed")
    [slip] = payroll.call(
        "hr.payslip",
        "search_read",
        [["payslip_run_id", "=", run]],
        ["medical_net", "employee_id"],
    )
    assert slip["employee_id"][0] == employee
    payroll.shot("story-people-9-first-pay")


# ---------------------------------------------------------------------- small words


def press(who, path, button, state):
    """Press a button of a form and see the state it leads to."""
    who.open(path)
    who.page.get_by_role("button", name=button, exact=True).first.click()
    expect_state(who, state)


def expect_state(who, state):
    status = who.page.locator(".o_field_widget[name=state] .o_arrow_button_current")
    expect(status).to_contain_text(state)


def choose(place, field, text):
    """Choose a record by its name."""
    place.locator(f"[name={field}] input").fill(text)
    place.page.locator(".o-autocomplete--dropdown-item", has_text=text).first.click()


def select(place, field, label):
    """Choose a value of a list, whichever way the host draws it."""
    plain = place.locator(f"[name={field}] select")
    if plain.count():
        plain.select_option(label=label)
        return
    place.locator(f"[name={field}] input").click()
    place.locator(".o_select_menu_item", has_text=label).first.click()


def texts(page, rows):
    """Texts of all rows of a list."""
    return page.locator(rows).all_inner_texts()
