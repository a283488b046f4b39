"""From an interview plan to the first payslip: one position, one new colleague.

Everything is done on screens, by whoever does it in a practice. Beside the screens the
story takes from the server only what mails would bring: the two links.
"""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from clock import ZONE, practice_day
from conftest import PASSWORD, expect_state
from playwright.sync_api import expect

JOB, ROUND = "Registered Nurse", "Nursing interview"
NAME, EMAIL = "Marisol Vega", "marisol.vega@example.com"
WORK_EMAIL = "marisol.vega@lakeside.example"
W4 = "Single, or married filing separately"
RUN = "First pay of Marisol Vega"
REGISTER = "Looked up in the register today"


def test_from_application_to_the_first_payslip(person):
    hr, head = person("hr"), person("head")
    plan_the_interviews(hr)
    interview = apply(hr)
    candidate = person(phone=True)
    book(hr, candidate, interview)
    rate(hr, head, interview)
    director, admin = person("director"), person("admin")
    offer = decide(hr, director)
    accept(hr, director, admin, candidate, offer)
    begin(hr, admin)
    give(hr, person(WORK_EMAIL))
    pay(person("payroll"), director)
    payslip(person(WORK_EMAIL, phone=True))


# ------------------------------------------------------------------------- recruiting


def plan_the_interviews(hr):
    """Rounds, interviewers and questions; a license and the exclusion lists decide."""
    page = hr.page
    hr.open("/odoo/action-medical_office.people_plan_action/new")
    choose(page, "job_id", JOB)
    choose(page, "license_type_id", "Registered nurse license")
    page.locator("[name=references_needed] input").fill("0")
    page.locator("[name=round_ids]").get_by_role("button", name="Add a line").click()
    dialog = page.locator(".modal")
    dialog.locator("[name=name] input").fill(ROUND)
    for interviewer in ("Susan Brandt", "Janet Cole"):
        choose(dialog, "interviewer_ids", interviewer)
    dialog.get_by_role("button", name="Add a line").click()
    picker = page.locator(".modal").last
    for text in ("triage", "gave a dose twice"):
        picker.locator(".o_data_row", has_text=text).locator("input").check()
    picker.get_by_role("button", name="Select").click()
    expect(dialog.locator("[name=question_ids] .o_data_row")).to_have_count(2)
    dialog.get_by_role("button", name="Save & Close").click()
    page.locator(".o_form_button_save").click()
    press(page, "Put in Use")
    expect_state(page, "In use")
    hr.shot("story-hire-01-plan")


def apply(hr):
    """The application is entered; each round of the plan becomes an interview."""
    page = hr.page
    hr.open("/odoo/action-hr_recruitment.crm_case_categ0_act_job/new")
    page.locator("[name=partner_name] input, [name=partner_name] textarea").first.fill(
        NAME
    )
    page.locator("[name=email_from] input").first.fill(EMAIL)
    choose(page, "job_id", JOB)
    page.locator(".o_form_button_save").click()
    press(page, "Add Interviews")
    row = page.locator(".o_data_row", has_text=NAME)
    expect(row).to_have_count(1)
    page.mouse.move(0, 0)  # else the heading's tooltip opens over the row
    row.locator("[name=candidate_name]").click()
    expect(page.locator(".o_form_view [name=booking_url]")).to_be_visible()
    [found] = hr.call(
        "medical.people.interview",
        "search_read",
        [["candidate_name", "=", NAME]],
        ["booking_url", "round_id"],
    )
    return found


def book(hr, candidate, interview):
    """The candidate takes a time on a page of her own; then she can come today."""
    page = hr.page
    hr.open("/odoo/action-medical_office.people_slot_action")
    page.locator(".o_list_button_add").first.click()
    choose(page, "round_id", ROUND, f"{ROUND} ({JOB})")
    moment(page, "start", datetime.now(UTC) + timedelta(days=2))
    page.locator(".o_list_button_discard").first.click()  # the next line, still empty
    expect(page.locator(".o_list_button_save")).to_have_count(0)

    candidate.open(urlsplit(interview["booking_url"]).path)
    candidate.page.locator("input[name=slot]").first.check()
    candidate.shot("story-hire-02-booking")
    candidate.page.get_by_role("button", name="Take this time").click()
    expect(candidate.page.locator("main")).to_contain_text("Your interview is on")

    hr.open(f"/odoo/action-medical_office.people_interview_action/{interview['id']}")
    expect_state(page, "Scheduled")
    press(page, "Reschedule")
    expect(page.get_by_role("button", name="Schedule", exact=True)).to_be_visible()
    moment(page, "start", datetime.now(UTC) - timedelta(hours=1))
    press(page, "Schedule")
    expect_state(page, "Scheduled")


def rate(hr, head, interview):
    """Each interviewer rates alone; the other's card opens once one's own is in."""
    head.open("/odoo/action-medical_office.people_own_scorecard_action")
    head.page.locator(".o_data_row", has_text=NAME).locator("td").nth(1).click()
    fill_card(head, ("4", "5"), "story-hire-03-scorecard")

    own = [["interview_id", "=", interview["id"]], ["state", "!=", "void"]]
    seen = hr.call("medical.people.scorecard", "search_read", own, ["interviewer_id"])
    assert [card["interviewer_id"][1] for card in seen] == ["Janet Cole"]
    hr.open("/odoo/action-medical_office.people_own_scorecard_action")
    hr.page.locator(".o_data_row", has_text=NAME).locator("td").nth(1).click()
    fill_card(hr, ("5", "4"))
    assert hr.call("medical.people.scorecard", "search_count", own) == 2


def fill_card(who, ratings, shot=None):
    """Rate each question with an anchor, recommend, submit."""
    page = who.page
    rows = page.locator("[name=line_ids] .o_data_row")
    expect(rows).to_have_count(len(ratings))
    for place, rating in enumerate(ratings):
        rows.nth(place).locator("[name=rating]").click()
        pick(rows.nth(place), "rating", rating)
    page.locator("[name=recommendation]").get_by_text("Hire", exact=True).click()
    if shot:
        who.shot(shot)
    press(page, "Submit")
    page.locator(".modal").get_by_role("button", name="Ok").click()
    expect_state(page, "Submitted")


# ------------------------------------------------------------- decision, offer, answer


def decide(hr, director):
    """Knock-outs with evidence, a reason, a second person; then the offer, priced."""
    page = hr.page
    [applicant] = hr.call("hr.applicant", "search", [["partner_name", "=", NAME]])
    hr.open(f"/odoo/hr.applicant/{applicant}")
    page.get_by_role("tab", name="Knock-out").click()
    passes = page.locator("[name=medical_knockout_ids]").get_by_role(
        "button", name="Pass", exact=True
    )
    for left in (1, 0):
        passes.first.click()
        page.locator(".modal textarea").fill(REGISTER)
        page.locator(".modal").get_by_role("button", name="Confirm").click()
        expect(passes).to_have_count(left)

    hr.open("/odoo/action-medical_office.people_hiring_action/new")
    choose(page, "plan_id", f"Interviews: {JOB}")
    choose(page, "chosen_id", NAME)
    page.locator("[name=reason] textarea").fill("Triages by protocol, speaks up.")
    page.locator(".o_form_button_save").click()
    expect(page.locator("[name=rank_ids] .o_data_row")).to_have_count(1)
    [decision] = hr.call(
        "medical.people.hiring", "search", [["candidate_name", "=", NAME]]
    )
    director.open(f"/odoo/action-medical_office.people_hiring_action/{decision}")
    press(director.page, "Approve")
    expect_state(director.page, "Approved")
    director.shot("story-hire-04-decision")

    hr.open(f"/odoo/action-medical_office.people_hiring_action/{decision}")
    press(page, "Make the Offer")
    expect(page.locator("[name=name] input, [name=name] textarea").first).to_have_value(
        NAME
    )
    day(page, "date_start", first_day())
    day(page, "date_expiry", practice_day())
    page.locator("[name=wage] input").fill("78000")
    pick(page, "per", "Year")
    page.locator("[name=exempt] input").check()
    page.locator("[name=line_ids]").get_by_role("button", name="Add a line").click()
    choose(page.locator("[name=line_ids]"), "plan_id", "Dental plan")
    choose(page.locator("[name=line_ids]"), "tier_id", "Employee only")
    page.locator(".o_form_button_save").click()
    expect(page.locator("[name=first_net]")).to_contain_text("$")
    press(page, "Ask for Approval")
    expect_state(page, "Waiting for approval")
    hr.shot("story-hire-05-offer")
    [offer] = hr.call("medical.people.offer", "search", [["name", "=", NAME]])
    return offer


def accept(hr, director, admin, candidate, offer):
    """Approved by somebody else, sent, answered on a page of its own: an employee."""
    address = f"/odoo/action-medical_office.people_offer_action/{offer}"
    director.open(address)
    press(director.page, "Approve")
    expect_state(director.page, "Approved")
    hr.open(address)
    press(hr.page, "Send the Letter")
    expect_state(hr.page, "Sent")
    [mailed] = admin.call("medical.people.offer", "read", [offer], ["token"])
    candidate.open(f"/medical_office/offer/{mailed['token']}")
    candidate.page.locator("input[name=name]").fill(NAME)
    candidate.shot("story-hire-06-letter")
    candidate.page.locator("button[value=accept]").click()
    expect(candidate.page.locator("main")).to_contain_text("accepted already")


# ------------------------------------------------------------- hire, papers, first pay


def begin(hr, admin):
    """What is missing until the first pay run, and who can give it; a login."""
    page = hr.page
    [hire] = hr.call("hr.employee", "search", [["name", "=", NAME]])
    hr.open(f"/odoo/hr.employee/{hire}")
    page.locator("[name=work_email] input").fill(WORK_EMAIL)
    page.locator(".o_form_button_save").click()
    press(page, "New Hire")
    gaps = page.locator("[name=gap_ids] .o_data_row")
    expect(gaps.first).to_be_visible()
    missing = gaps.all_inner_texts()
    assert not [row for row in missing if re.search("Wage|Pay schedule|I-9: not", row)]
    hr.shot("story-hire-07-missing")
    admin.open("/odoo/action-medical_office.core_user_wizard_action")
    dialog = admin.page.locator(".modal")
    expect(dialog).to_contain_text(WORK_EMAIL)
    dialog.get_by_role("button", name="Create the Logins").click()
    # no mail server sends an invitation: the host's dialog takes a first password
    expect(dialog).to_contain_text("First Passwords")
    dialog.locator("tr.o_data_row [name=new_passwd]").first.click()
    dialog.locator("[name=new_passwd] input").fill(PASSWORD)
    press(dialog, "Change Password")
    expect(dialog).to_have_count(0)


def give(hr, hire):
    """She gives what is hers to give; HR releases it."""
    asked = [
        ask(hire, "Form W-4", lambda page: pick(page, "filing_status", W4)),
        ask(hire, "Bank account for pay", give_account),
    ]
    for change in asked:
        hr.open(f"/odoo/my-changes/{change}")
        press(hr.page, "Release")
        expect_state(hr.page, "Released")
    hr.shot("story-hire-09-released")


def ask(hire, kind, fill):
    """One change of her own data; returns its id."""
    page = hire.page
    hire.open("/odoo/my-changes/new")
    pick(page, "kind", kind)
    fill(page)
    page.locator(".o_form_button_save").click()
    press(page, "Send to HR")
    expect(page.get_by_role("button", name="Take Back")).to_be_visible()
    hire.shot("story-hire-08-change")
    return hire.call("medical.people.change", "search", [], order="id desc", limit=1)[0]


def give_account(page):
    page.locator("[name=bank] input").fill("First Bank")
    page.locator("[name=routing] input").fill("071000013")
    page.locator("[name=new_account_number] input").fill("4471190023")


def pay(payroll, director):
    """She began within a period: her first pay is a run of its own."""
    page = payroll.page
    payroll.open("/odoo/pay-runs/new")
    pick(page, "medical_kind", "Off-cycle")
    choose(page, "medical_schedule_id", "Every two weeks")
    day(page, "date_start", first_day())
    choose(page, "medical_employee_ids", NAME)
    page.locator("[name=name] input").first.fill(RUN)
    page.locator(".o_form_button_save").click()
    press(page, "Compute")
    expect(page.locator("[name=medical_net]")).to_contain_text("$")
    # what has to be answered before anybody is paid stands first
    for _blocker in range(number(page, "medical_blocker_count")):
        waive = page.locator("button[name=action_ask_waive]")
        left = waive.count() - 1
        waive.first.click()
        page.locator(".modal textarea").fill("I called her at the number in her file.")
        page.locator(".modal").get_by_role("button", name="Confirm").click()
        expect(waive).to_have_count(left)
    payroll.shot("story-hire-10-first-run")
    press(page, "Submit for Approval")
    expect_state(page, "Submitted")
    address = urlsplit(page.url).path
    director.open(address)
    press(director.page, "Approve")
    expect_state(director.page, "Approved")
    payroll.open(address)
    press(page, "Post")
    expect_state(page, "Posted")
    press(page, "Create Bank File")
    expect(page.get_by_role("button", name="Download File")).to_be_visible()
    payroll.open(address)
    press(page, "Mark as Paid")
    page.locator(".modal").get_by_role("button", name="Ok").click()
    expect_state(page, "Paid")


def payslip(hire):
    """Nobody but she reads it, on her phone."""
    hire.open("/odoo/my-payslips")
    hire.page.locator(".o_kanban_record:not(.o_kanban_ghost)").first.click()
    form = hire.page.locator(".o_form_view")
    for words in ("Salary", "Federal income tax"):
        expect(form).to_contain_text(words)
    hire.shot("story-hire-11-payslip")


# ----------------------------------------------------------------------------- helpers


def press(page, button):
    """Press a button of the form, once it is there."""
    page.get_by_role("button", name=button, exact=True).first.click()


def choose(place, field, text, shown=None):
    """Choose a record by its name, or by what the list shows of it."""
    place.locator(f"[name={field}] input").first.fill(text)
    page = getattr(place, "page", place)
    exact = re.compile(rf"^\s*{re.escape(shown or text)}\s*$")
    page.locator(".o-autocomplete--dropdown-item", has_text=exact).first.click()


def moment(page, field, when):
    """Enter day and time on the clock of the browser, which is the practice's."""
    local = when.astimezone(ZONE)
    page.locator(f"[name={field}]").locator("button, input").first.click()
    box = page.locator(f"input[data-field={field}]").first
    box.fill(local.strftime("%m/%d/%Y %H:%M:%S"))
    box.press("Enter")


def first_day():
    """Today, or the Monday after a weekend."""
    today = practice_day()
    return today + timedelta(
        days=max(0, 7 - today.weekday()) % 7 if today.weekday() > 4 else 0
    )


def day(page, field, when):
    page.locator(f"[name={field}]").locator("button, input").first.click()
    box = page.locator(f"input[data-field={field}]").first
    box.fill(when.strftime("%m/%d/%Y"))
    box.press("Enter")


def number(page, field):
    return int(page.locator(f"[name={field}]").first.inner_text() or 0)


def pick(place, field, label):
    """Choose an entry of a drop-down, by its words."""
    page = getattr(place, "page", place)
    box = place.locator(f"[name={field}]").locator("input, select").first
    box.click()
    exact = re.compile(rf"^\s*{re.escape(label)}\s*$")
    page.locator(".o_select_menu_item", has_text=exact).first.click()
    expect(box).to_have_value(label)
