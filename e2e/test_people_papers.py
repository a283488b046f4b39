"""A carrier's bill, papers by a link, an interviewer's card, time off that opens a gap: each
by who does it, and refused to who does not."""

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Error, expect

BILLS = "medical.people.carrier.bill"
CARD = "medical.people.scorecard"
DUTY = "medical.people.duty"
HIRE = "Noah Whitaker"  # of the sample, who just began
PDF = {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 scan"}
PROGRAM = {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": b"MZ program"}


def refused(somebody, model, method, *arguments):
    """The sentence with which a call is refused; it fails where the call is not."""
    try:
        somebody.call(model, method, *arguments)
    except AssertionError as error:
        return str(error)
    raise AssertionError(f"{somebody.login} may call {model}.{method}")


def enter_day(page, field, day):
    """Type a day into a date, as a person does who does not use the calendar."""
    page.locator(f".o_form_view [name={field}]").locator("input, button").first.click()
    page.keyboard.press("Control+a")
    page.keyboard.type(day.strftime("%m/%d/%Y"))


def enter_billed(row, amount):
    """The host's list draws a row anew when another is left, now and then under a click."""
    field = row.locator("[name=billed] input")
    for _again in range(3):
        row.locator("[name=billed]").click()
        with suppress(Error):
            field.wait_for(timeout=5000)
            break
    field.fill(amount)


def test_a_carriers_bill_shows_who_differs(person):
    hr = person("hr")
    page = hr.page
    (plan,) = hr.call(
        "medical.people.benefit.plan",
        "search_read",
        [["name", "=", "Health plan"]],
        ["payee_id"],
    )
    people = hr.call(
        "medical.people.enrollment",
        "search_read",
        [["plan_id", "=", plan["id"]], ["date_to", "=", False]],
        ["employee_id"],
    )
    names = [one["employee_id"][1] for one in people]
    first, missing, *rest = names
    last = " ".join(first.split()[1:])
    lines = [f'"{last.upper()}, {first.split()[0].upper()}",Health plan,999.99']
    lines += [f'"{name}",Health plan,1.00' for name in rest]
    bills = hr.call(BILLS, "search_count", [])
    # a month of which no bill is there
    day = datetime.now(UTC).replace(day=15) - timedelta(days=31 * (2 + bills))
    hr.open("/odoo/carrier-bills/new")
    page.locator("[name=payee_id] input").fill(plan["payee_id"][1])
    page.locator(
        ".o-autocomplete--dropdown-item", has_text=plan["payee_id"][1]
    ).first.click()
    enter_day(page, "month", day)
    page.keyboard.press("Enter")
    page.locator(".o_form_button_save").click()
    page.get_by_role("button", name="Import the Bill").click()
    dialog = page.locator(".modal")

    def check(text):
        content = "\n".join(["Subscriber,Coverage,Premium", *text]).encode()
        bill = {"name": "bill.csv", "mimeType": "text/csv", "buffer": content}
        dialog.locator("input[type=file]").set_input_files(bill)
        expect(dialog.locator("[name=file]")).to_be_visible()
        dialog.get_by_role("button", name="Check", exact=True).click()

    check([*lines, "Nobody Here,Health plan,5"])
    expect(dialog).to_contain_text("nobody is called “Nobody Here”")
    expect(dialog.get_by_role("button", name="Import", exact=True)).to_have_count(0)
    hr.shot("story-papers-1-bill-refused")
    check(lines)
    expect(dialog).to_contain_text("The file is valid")
    dialog.get_by_role("button", name="Import", exact=True).click()
    expect(dialog).to_have_count(0)
    rows = page.locator("[name=line_ids] .o_data_row")
    expect(rows.filter(has_text=first)).to_contain_text("Different premium")
    expect(rows.filter(has_text=missing)).to_contain_text("Enrolled, not billed")
    # HR corrects a line by hand, and types what the file did not have
    due = rows.filter(has_text=first).locator("[name=enrolled]").inner_text()
    enter_billed(rows.filter(has_text=first), due.strip("$ "))
    enter_billed(rows.filter(has_text=missing), "12.34")
    page.locator(".o_form_button_save").click()
    expect(rows.filter(has_text=first)).to_contain_text("As enrolled")
    expect(rows.filter(has_text=missing)).to_contain_text("Different premium")
    hr.shot("story-papers-2-bill")
    for login in ("staff", "head", "payroll"):
        assert "not allowed" in refused(person(login), BILLS, "search_read", [])
    accountant = person("accountant")
    (bill,) = accountant.call(BILLS, "search", [], order="id desc", limit=1)
    refused(accountant, BILLS, "action_settle", [bill], "paid")


def test_papers_are_handed_in_by_a_link(person):
    hr, admin = person("hr"), person("admin")
    # the sample's: whom other stories hired need not have an email address
    papers = hr.call(
        "medical.people.document",
        "search_read",
        [
            ["employee_id.name", "=", HIRE],
            ["state", "=", "requested"],
            ["type_id.by_person", "=", True],
        ],
        ["type_id"],
    )
    asked = [one["id"] for one in papers]
    assert "role" in refused(
        person("staff"), "medical.people.document", "action_send_link", asked
    )
    hr.open(f"/odoo/action-medical_office.people_document_action/{asked[0]}")
    hr.page.get_by_role("button", name="Mail a Link").click()
    expect(hr.page.locator(".o_notification")).to_contain_text("was mailed to")
    refused(hr, "mail.mail", "search_read", [])  # the token is in the mail alone
    (mail,) = admin.call(
        "mail.mail",
        "search_read",
        [["subject", "ilike", "Documents for"]],
        ["body_html"],
        order="id desc",
        limit=1,
    )
    path = re.search(r"/medical_office/documents/[\w-]+", mail["body_html"]).group()
    visitor = person(phone=True)
    page = visitor.page
    visitor.open(path)
    name = papers[0]["type_id"][1]
    expect(page.locator("header")).to_contain_text("Lakeside Family Medicine")
    form = page.locator("form", has_text=name)
    form.locator("input[type=file]").set_input_files(PROGRAM)
    form.get_by_role("button", name="Send").click()
    expect(page.locator(".problem")).to_contain_text(f"{name} was not taken")
    visitor.shot("story-papers-3-not-taken")
    form.locator("input[type=file]").set_input_files(PDF)
    form.get_by_role("button", name="Send").click()
    expect(form).to_contain_text("received, thank you")
    visitor.shot("story-papers-4-received")
    (paper,) = hr.call("medical.people.document", "read", asked[:1], ["state"])
    assert paper["state"] == "received"
    visitor.errors.clear()
    assert page.goto(visitor.url + path + "x").status == 404
    visitor.errors.clear()  # the browser notes the page that is not there


def test_an_interviewer_fills_in_the_own_card_and_sees_no_other(person):
    hr, staff, head = person("hr"), person("staff"), person("head")
    (one,) = hr.call(
        "medical.people.interview.round",
        "search_read",
        [["name", "=", "In person"]],
        ["plan_id"],
        limit=1,
    )
    plan = one["plan_id"][0]
    (plan,) = hr.call("medical.people.interview.plan", "read", [plan], ["job_id"])
    name = f"Casey Field {datetime.now(UTC):%H%M%S}"
    values = {"partner_name": name, "email_from": "casey.field@example.com"}
    values["job_id"] = plan["job_id"][0]
    (applicant,) = hr.call("hr.applicant", "create", [values])
    begins = datetime.now(UTC) - timedelta(minutes=int(f"{datetime.now(UTC):%M%S}"))
    values = {"applicant_id": applicant, "round_id": one["id"]}
    values["start"] = begins.strftime("%Y-%m-%d %H:%M:%S")
    (interview,) = hr.call("medical.people.interview", "create", [values])
    hr.call("medical.people.interview", "action_schedule", [interview])
    page = staff.page
    staff.open("/odoo/action-medical_office.people_own_scorecard_action")
    page.locator(".o_data_row", has_text=name).first.click()
    expect(page.locator(".o_form_view")).to_contain_text("What Not to Ask")
    (card,) = staff.call(CARD, "search", [["candidate_name", "=", name]])
    lines = staff.call(
        f"{CARD}.line", "search", [["scorecard_id", "=", card]], order="id"
    )
    page.locator("[name=recommendation]").get_by_text("Hire", exact=True).click()
    page.locator(".o_form_button_save").click()
    staff.call(f"{CARD}.line", "write", lines, {"rating": "4"})
    page.reload()
    page.get_by_role("button", name="Submit", exact=True).click()
    page.locator(".modal").get_by_role("button", name="Ok").click()
    expect(page.locator("[name=score]")).to_contain_text("4.00")
    staff.shot("story-papers-5-card")
    # the head, who owes a card, sees the own alone; staff moves nothing of the candidate
    (own,) = head.call(CARD, "search", [["candidate_name", "=", name]])
    assert own != card
    refused(head, CARD, "read", [card], ["score"])
    refused(staff, "hr.applicant", "write", [applicant], {"priority": "3"})
    refused(staff, "hr.applicant", "action_archive", [applicant])
    refused(staff, "medical.people.interview", "action_cancel", [interview])
    director = person("director")
    director.open("/odoo/action-medical_office.people_hiring_action")
    director.page.locator(".o_data_row").first.click()
    expect(director.page.locator(".o_form_view")).to_contain_text("Against the Ranking")
    director.shot("story-papers-6-decision")
    refused(director, "hr.applicant", "write", [applicant], {"priority": "3"})


def test_time_off_says_which_duty_it_leaves_uncovered(person):
    hr, staff = person("hr"), person("staff")
    page = staff.page
    (duty,) = hr.call(
        DUTY, "search_read", [["name", "=", "Phlebotomy"]], ["needed", "on_days"]
    )
    hr.call(DUTY, "write", [duty["id"]], {"needed": 3})
    day = datetime.now(UTC) + timedelta(days=7)
    day += timedelta(days=(2 - day.weekday()) % 7)  # a Wednesday
    staff.open("/odoo/time-off")
    page.get_by_role("button", name="New", exact=True).first.click()
    dialog = page.locator(".modal")
    enter_day(page, "request_date_from", day)
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type(day.strftime("%m/%d/%Y"))
    page.keyboard.press("Enter")
    dialog.locator("textarea").first.click()
    expect(dialog.locator(".alert")).to_contain_text(
        f"“Phlebotomy” would not be covered on {day:%b} {day.day}"
    )
    staff.shot("story-papers-7-time-off")
    hr.call(DUTY, "write", [duty["id"]], {"needed": duty["needed"]})
    assert refused(staff, DUTY, "write", [duty["id"]], {"needed": 1})
