"""A paper that goes by a second person's word and leaves its proof; a surveyor's binder."""

import base64
import re
import time
from datetime import UTC, datetime, timedelta

from conftest import URL, expect_state
from playwright.sync_api import expect

PAPER = base64.b64encode(b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n").decode()
SURVEYOR = "r.okafor@health.example"
PASSWORD = "a pass phrase for one day"
MINUTE = 60


def test_an_old_paper_goes_with_approval_and_proof(person):
    hr = person("hr")
    paper = kept_too_long(hr, person("admin"))
    purge = hr.call("medical.people.purge", "create", [{}])[0]
    form = opened(hr, "people_purge_action", purge)
    form.get_by_role("button", name="Fill the List").click()
    expect(form.locator("[name=line_ids] .o_data_row").first).to_be_visible()
    hr.shot("story-purge-1-list")
    form.get_by_role("button", name="Ask the Director").click()
    expect_state(hr.page, "Waits for approval")
    assert file_of(hr, paper)["has_file"]  # nothing goes before the approval

    director = person("director")
    form = opened(director, "people_purge_action", purge)
    form.get_by_role("button", name="Approve").click()
    expect_state(director.page, "Approved")

    form = opened(hr, "people_purge_action", purge)
    form.get_by_role("button", name="Purge the Files").click()
    hr.page.locator(".modal .btn-primary").click()
    expect_state(hr.page, "Purged")
    hr.shot("story-purge-2-gone")
    left = file_of(hr, paper)
    assert (left["state"], left["has_file"]) == ("purged", False)
    assert re.fullmatch(r"[0-9a-f]{64}", left["content_sha256"])  # the proof


def opened(who, action, number):
    who.open(f"/odoo/action-medical_office.{action}/{number}")
    form = who.page.locator(".o_form_view")
    expect(form).to_be_visible()
    return form


def file_of(who, paper):
    wanted = ["state", "has_file", "content_sha256"]
    return who.call("medical.people.document", "read", [paper], wanted)[0]


def kept_too_long(hr, admin):
    """A paper of somebody who left in 2015, filed by HR."""
    [kind] = hr.call(
        "medical.people.document.type",
        "search",
        [["retention", "=", "personnel"]],
        limit=1,
    )
    values = {"name": "Old Hand", "contract_date_start": "2010-01-04"}
    [someone] = admin.call("hr.employee", "create", [values])
    [paper] = hr.call(
        "medical.people.document",
        "create",
        [{"employee_id": someone, "type_id": kind, "date": "2010-01-04"}],
    )
    file = {"upload": PAPER, "upload_name": "old.pdf"}
    hr.call("medical.people.document", "write", [paper], file)
    hr.call("medical.people.document", "action_accept", [paper])
    gone = {"departure_date": "2015-06-30", "active": False}
    admin.call("hr.employee", "write", [someone], gone)
    return paper


def test_a_surveyor_prints_the_binder_of_a_year_within_a_minute(person):
    manager, director = person("manager"), person("director")
    until = datetime.now(UTC) + timedelta(hours=4)
    [access] = manager.call(
        "medical.compliance.surveyor",
        "create",
        [
            {
                "name": "Rose Okafor",
                "agency": "Department of Health",
                "email": SURVEYOR,
                "date_to": until.strftime("%Y-%m-%d %H:%M:%S"),
                "area_audits": True,
            }
        ],
    )
    form = opened(manager, "compliance_surveyor_action", access)
    form.get_by_role("button", name="Ask the Director").click()
    expect_state(manager.page, "To Grant")
    form = opened(director, "compliance_surveyor_action", access)
    form.get_by_role("button", name="Grant", exact=True).click()
    expect_state(director.page, "Granted")
    admin = person("admin")
    [login] = admin.call("res.users", "search", [["login", "=", SURVEYOR]])
    admin.call("res.users", "write", [login], {"password": PASSWORD})

    visitor = person()
    visitor.open("/web/login")
    visitor.page.fill("input[name=login]", SURVEYOR)
    visitor.page.fill("input[name=password]", PASSWORD)
    visitor.page.click("button[type=submit]")
    visitor.page.wait_for_url("**/medical_office/survey")
    visitor.shot("story-surveyor-1-papers")
    links = visitor.page.locator("a[href^='/medical_office/survey/']")
    began = time.monotonic()
    for number in range(links.count()):
        address = URL + links.nth(number).get_attribute("href")
        answer = visitor.page.request.get(address, timeout=5 * MINUTE * 1000)
        assert answer.body().startswith(b"%PDF")
    assert time.monotonic() - began < MINUTE

    form = opened(director, "compliance_surveyor_action", access)
    expect(form.locator("[name=opened_ids] .o_data_row").first).to_be_visible()
    director.shot("story-surveyor-2-log")
    form.get_by_role("button", name="End Now").click()
    expect_state(director.page, "Ended")
    left = visitor.page.request.get(f"{URL}/medical_office/survey")
    assert left.status == 404 or "/web/login" in left.url
