"""An accepted offer begins what a hire by hand begins: papers, Form I-9, the list."""

from datetime import date

from freezegun import freeze_time
from lxml import html

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import RpcClient
from .offer_case import START, OfferCase

NOW = "2026-06-22 15:00:00"


class BeginCase(OfferCase):
    def accept(self, offer):
        """The candidate accepts, as nobody who signed in; returns the new employee."""
        offers = offer.with_user(self.env.ref("base.public_user"))
        offers._from_token(offer.sudo().token)._answer("accepted", "Carla Candidate")
        offer.invalidate_recordset()
        return offer.employee_id.sudo()

    def forms(self, person):
        return self.env["medical.people.i9"].search([("employee_id", "=", person.id)])

    def lists(self, person):
        return self.env["medical.core.schedule"].search(
            [("employee_id", "=", person.id), ("kind", "=", "onboarding")]
        )

    def papers(self, person):
        return self.env["medical.people.document"].search(
            [("employee_id", "=", person.id)]
        )

    def found(self):
        """{person: finding} of the check of hires not begun."""
        rows = self.env["hr.employee"]._medical_check_unbegun().rows
        return {row.res_id: row for row in rows}


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPayrollOfferBegin(BeginCase):
    def test_an_acceptance_starts_the_clock_the_papers_and_the_list(self):
        person = self.accept(self.sent())
        form = self.forms(person)
        # Monday July 6 is day 0: Tuesday, Wednesday, Thursday
        self.assertEqual(
            (form.first_day, form.section_2_due), (START, date(2026, 7, 9))
        )
        self.assertEqual(self.lists(person).date_start, START)
        self.assertEqual(len(self.lists(person).round_ids), 1)
        self.assertIn("confidentiality", self.papers(person).type_id.mapped("code"))
        self.assertNotIn(person.id, self.found())

    def test_what_cannot_be_begun_is_found_and_stops_nothing(self):
        lists = self.env["medical.core.checklist"].search([("kind", "=", "onboarding")])
        lists.active = False
        person = self.accept(self.sent())
        self.assertEqual(len(self.forms(person)), 1)
        self.assertFalse(self.lists(person))
        row = self.found()[person.id]
        self.assertIn("Carla Candidate, first day 07/06/2026", row.summary)
        self.assertIn("no checklist of this type", row.summary)
        self.assertNotIn("I-9", row.summary)
        self.assertTrue(self.env["res.users"].browse(row.user_id).has_group(
            "medical_office.core_group_hr"
        ))  # fmt: skip
        lists.active = True
        wizard = (
            self.env["medical.people.hire.wizard"]
            .with_user(self.users["hr"])
            .create({"employee_id": person.id})
        )
        self.assertIn("onboarding", wizard.gap_ids.mapped("code"))
        wizard.action_begin()
        self.assertEqual(len(self.lists(person).round_ids), 1)
        self.assertNotIn(person.id, self.found())

    def test_without_a_room_the_acceptance_stands(self):
        rooms = self.env["stock.location"].search([("medical_room_type", "!=", False)])
        rooms.medical_room_type = False
        offer = self.sent()
        person = self.accept(offer)
        self.assertEqual(offer.state, "accepted")
        self.assertIn("Enter a room", self.found()[person.id].summary)

    def test_a_hire_by_hand_without_a_form_is_found_too(self):
        person = self.hire("Hedda Hand", 20, "hour", start=date(2026, 6, 20))
        row = self.found()[person.id]
        self.assertEqual(row.severity, "high")
        self.assertIn("Form I-9 is not begun", row.summary)
        old = self.hire("Olaf Old", 20, "hour", start=date(2026, 1, 5))
        self.assertNotIn(old.id, self.found())

    def test_the_finding_leads_to_the_guided_screen(self):
        person = self.accept(self.sent())
        self.forms(person)._pen().write({"state": "void"})
        check = self.env.ref("medical_office.people_check_hire")
        check._run()
        found = self.env["medical.core.exception"].search(
            [("check_id", "=", check.id), ("res_id", "=", person.id)]
        )
        action = found.with_user(self.users["hr"]).action_open_record()
        self.assertEqual(action["res_model"], "medical.people.hire.wizard")

    def test_begun_twice_is_begun_once(self):
        offer = self.sent()
        person = self.accept(offer)
        before = len(self.papers(person))
        offer.sudo()._hire()
        self.assertEqual(person._medical_begin_hire(), [])
        self.assertEqual(
            (
                len(self.forms(person)),
                len(self.lists(person)),
                len(self.papers(person)),
            ),
            (1, 1, before),
        )

    def test_hundred_hires_are_checked_in_few_queries(self):
        self.hire("Hedda Hand", 20, "hour", start=date(2026, 6, 20))
        self.found()
        with self.assertQueryCount(40):
            self.found()

    def test_staff_and_head_begin_nothing(self):
        person = self.accept(self.sent())
        for role in ("staff", "head"):
            with self.assertRaises(AccessError):
                self.env["medical.people.hire.wizard"].with_user(
                    self.users[role]
                ).create({"employee_id": person.id})


@tagged("post_install", "-at_install")
class TestPayrollOfferBeginPage(BeginCase, RpcClient):
    def setUp(self):
        super().setUp()
        self.env["medical.core.hit"].search([]).unlink()
        today = self.env["medical.people.offer"]._fields["date_expiry"].default
        self.letter = self.sent(
            date_expiry=today(self.env["medical.people.offer"]),
            date_start=date(2026, 12, 14),
        )
        self.page = f"/medical_office/offer/{self.letter.sudo().token}"

    def post(self, csrf, **values):
        return self.url_open(self.page, data={"csrf_token": csrf, **values})

    def test_the_public_page_begins_it_once_without_a_room(self):
        self.env["stock.location"].search(
            [("medical_room_type", "!=", False)]
        ).medical_room_type = False
        page = html.fromstring(self.url_open(self.page).text)
        csrf = page.xpath("//input[@name='csrf_token']/@value")[0]
        for _time in range(2):
            answer = self.post(csrf, answer="accept", name="Carla Candidate")
            self.assertIn("accepted already", answer.text)
        self.letter.invalidate_recordset()
        person = self.letter.employee_id.sudo()
        self.assertEqual(
            self.env["hr.employee"].search_count([("name", "=", "Carla Candidate")]), 1
        )
        self.assertEqual(len(self.forms(person)), 1)
        self.assertTrue(self.papers(person))
        self.assertIn("Enter a room", self.found()[person.id].summary)

    def test_a_file_where_a_text_belongs_is_no_answer(self):
        page = html.fromstring(self.url_open(self.page).text)
        csrf = page.xpath("//input[@name='csrf_token']/@value")[0]
        for part in ("name", "answer"):
            answer = self.url_open(
                self.page,
                data={"csrf_token": csrf, "answer": "accept", "name": "Carla C."}
                | {part: ""},
                files={part: ("x.txt", b"Carla Candidate")},
            )
            self.assertIn(answer.status_code, (200, 422))
        self.letter.invalidate_recordset()
        self.assertEqual(self.letter.state, "sent")

    def test_no_role_accepts_for_the_candidate_through_rpc(self):
        for role in ("staff", "head", "hr", "manager", "director", "auditor"):
            self.sign_in(role)
            for method in ("_answer", "_hire", "_medical_begin_hire"):
                self.call_refused(
                    "medical.people.offer", method, [self.letter.id], "accepted"
                )
            self.call_refused(
                "medical.people.offer", "write", [self.letter.id], {"state": "accepted"}
            )
        self.letter.invalidate_recordset()
        self.assertEqual(self.letter.state, "sent")

    def test_the_auditor_reads_the_decision_and_no_amount_of_pay(self):
        offer = self.offer(
            date_expiry="2026-12-10", date_start="2026-12-14", exempt=False
        )
        offer.action_submit()
        rows = "medical.core.decision"
        domain = [["res_model", "=", offer._name], ["res_id", "=", offer.id]]
        self.sign_in("auditor")
        (row,) = self.call(rows, "search_read", domain, ["name", "open_amount"])
        self.assertEqual(row["open_amount"], 0)
        self.call_refused(rows, "read", [row["id"]], ["amount"])
        self.call_refused(rows, "search_count", [["amount", ">", 50000]])
        self.call_refused(
            rows, "formatted_read_group", domain, ["domain"], ["amount:sum"]
        )
        self.sign_in("director")
        (row,) = self.call(rows, "search_read", domain, ["amount"])
        self.assertAlmostEqual(row["amount"], offer.year_cost, 2)
