"""A policy that is read after its quiz, by who is asked to."""

from datetime import timedelta

from clock import practice_day
from playwright.sync_api import expect

POLICY = "Sharps in the dark bin"
RIGHT = "The red bin"


def test_a_policy_is_confirmed_after_its_quiz(person):
    manager = person("manager")
    text = policy(manager)
    [version] = manager.call(
        "medical.core.text.version", "search", [["text_id", "=", text]]
    )
    manager.call("medical.core.text.version", "action_submit", [version])
    director = person("director")
    director.call("medical.core.text.version", "action_approve", [version])
    campaign = draft(manager, text, quiz(manager))
    start(manager, campaign)

    staff = person("staff")
    refused(staff, campaign)
    confirm_early(staff)
    take_quiz(staff)
    confirm(staff)

    manager.open(f"/odoo/medical-campaigns/{campaign}")
    row = manager.page.locator(".o_data_row", has_text=name_of(staff))
    expect(row.locator("td[name=acknowledged_at]")).not_to_be_empty()
    manager.shot("story-policy-4-who-is-missing")


def policy(manager):
    [text] = manager.call(
        "medical.core.text",
        "create",
        [
            {
                "name": POLICY,
                "version_ids": [
                    [0, 0, {"body": "<p>Needles go into the red bin.</p>"}]
                ],
            }
        ],
    )
    return text


def quiz(manager):
    answers = [
        [0, 0, {"value": RIGHT, "is_correct": True, "answer_score": 1}],
        [0, 0, {"value": "The blue bin"}],
    ]
    question = {
        "title": "Where do needles go?",
        "question_type": "simple_choice",
        "suggested_answer_ids": answers,
    }
    [survey] = manager.call(
        "survey.survey",
        "create",
        [
            {
                "title": "Needles",
                "scoring_type": "scoring_without_answers",
                "scoring_success_min": 80,
                "question_and_page_ids": [[0, 0, question]],
            }
        ],
    )
    return survey


def draft(manager, text, survey):
    [campaign] = manager.call(
        "medical.compliance.campaign",
        "create",
        [
            {
                "text_id": text,
                "survey_id": survey,
                "date_due": str(practice_day() + timedelta(days=20)),
            }
        ],
    )
    return campaign


def start(manager, campaign):
    manager.open(f"/odoo/medical-campaigns/{campaign}")
    form = manager.page.locator(".o_form_view")
    form.get_by_role("button", name="Start", exact=True).click()
    expect(form.locator(".o_arrow_button_current").first).to_contain_text("Running")
    manager.shot("story-policy-1-started")


def refused(staff, campaign):
    """Who else has read it is not for everybody."""
    staff.open(f"/odoo/medical-campaigns/{campaign}")
    expect(staff.page.locator("body")).to_contain_text("not allowed to access")
    staff.errors.clear()  # the client logs the refusal, which is the point


def to_read(staff):
    staff.open("/odoo/medical-policies-to-read")
    row = staff.page.locator(".o_data_row", has_text=POLICY)
    expect(row).to_have_count(1)
    return row


def press_read(staff):
    to_read(staff).locator("button[name=action_read]").click()
    form = staff.page.locator(".o_form_view")
    expect(form).to_contain_text("Needles go into the red bin.")
    form.get_by_role("button", name="I Have Read It").first.click()


def confirm_early(staff):
    press_read(staff)
    dialog = staff.page.locator(".modal")
    expect(dialog).to_contain_text("pass the quiz first")
    staff.shot("story-policy-2-quiz-first")


def take_quiz(staff):
    with staff.context.expect_page() as opened:
        to_read(staff).locator("button[name=action_quiz]").click()
    page = opened.value
    page.get_by_role("button", name="Start").click()
    page.get_by_text(RIGHT).click()
    for place in (page.locator("form"), page.get_by_role("dialog")):
        place.get_by_role("button", name="Submit", exact=True).click()
    expect(page.locator("body")).to_contain_text("Congratulations")
    page.close()


def confirm(staff):
    press_read(staff)
    expect(
        staff.page.get_by_role("button", name="I Have Read It").locator("visible=true")
    ).to_have_count(0)
    staff.shot("story-policy-3-read")


def name_of(somebody):
    [user] = somebody.call(
        "res.users", "search_read", [["login", "=", somebody.login]], ["name"]
    )
    return user["name"]
