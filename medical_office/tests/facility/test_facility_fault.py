"""The public fault page: anybody with the label reports, nobody learns anything."""

import base64
import io
import re

from PIL import Image

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tests.common import new_test_user

from .request_case import RequestCase

FAULT = "/medical_office/fault"


def picture(side=40, **options):
    """A JPEG, with its place of taking in the EXIF data where asked."""
    image = Image.new("RGB", (side, side), "teal")
    stream = io.BytesIO()
    image.save(stream, "JPEG", **options)
    return stream.getvalue()


@tagged("post_install", "-at_install")
class TestFacilityFault(RequestCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.env["medical.core.hit"].search([]).unlink()
        self.token = self.chair.sudo().medical_qr_token
        self.page = f"{FAULT}/{self.token}"

    def requests_of(self, asset):
        return self.env["maintenance.request"].search(
            [("equipment_id", "=", asset.id), ("medical_source", "=", "qr")]
        )

    def send(self, url=None, photo=None, csrf=True, **values):
        form = self.url_open(self.page)
        found = re.search(r'name="csrf_token" value="([^"]+)"', form.text)
        data = {"text": "The leg is loose", "website": "", **values}
        if csrf:
            data["csrf_token"] = found[1] if found else ""
        files = {"photo": ("photo.jpg", photo)} if photo is not None else None
        return self.url_open(url or self.page, data=data, files=files)

    def test_the_form_shows_the_names_of_the_label_and_nothing_else(self):
        self.chair.write({"serial_no": "SN-SECRET", "note": "Private note"})
        page = self.url_open(self.page)
        self.assertEqual(page.status_code, 200)
        self.assertIn("Chair", page.text)
        self.assertIn("Exam 1", page.text)
        for private in (
            "SN-SECRET",
            "Private note",
            self.technician.name,
            self.users["manager"].login,
        ):
            self.assertNotIn(private, page.text)
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")

    def test_a_report_opens_a_request_with_the_photo(self):
        answer = self.send(photo=picture(exif=_exif()), email="pat@example.com")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("Thank you", answer.text)
        request = self.requests_of(self.chair)
        self.assertEqual(request.medical_source, "qr")
        self.assertEqual(request.company_id, self.company)
        self.assertEqual(request.user_id, self.technician)
        self.assertEqual(request.medical_reporter_email, "pat@example.com")
        stored = base64.b64decode(request.medical_photo)
        image = Image.open(io.BytesIO(stored))
        self.assertEqual(image.size, (40, 40))
        self.assertFalse(image.getexif())  # where it was taken is gone
        self.assertIn(request.medical_status_token, answer.url)

    def test_a_report_brings_nothing_but_what_the_form_asks_for(self):
        answer = self.send(
            medical_photo="R0lGODlhAQABAAAAACw=",
            medical_source="manual",
            medical_repaired_by_id=str(self.users["director"].id),
            medical_closed_at="2026-11-24 18:00:00",
            stage_id=str(self.env["maintenance.stage"]._medical_stage("done").id),
            default_archive="1",
            priority="0",
        )
        self.assertEqual(answer.status_code, 200)
        request = self.requests_of(self.chair)
        self.assertEqual((request.medical_source, request.priority), ("qr", "1"))
        self.assertFalse(request.medical_photo or request.done or request.archive)
        self.assertFalse(request.medical_repaired_by_id or request.medical_closed_at)

    def test_the_photo_of_a_report_is_not_exchanged_once_it_is_closed(self):
        self.send(photo=picture())
        request = self.requests_of(self.chair)
        before = request.medical_photo
        manager = request.with_user(self.users["manager"])
        manager.action_medical_close()
        with self.assertRaisesRegex(UserError, "is closed"):
            manager.medical_photo = base64.b64encode(picture(side=20))
        with self.assertRaises(AccessError):
            manager.medical_reporter_email = "other@example.com"
        self.assertEqual(request.medical_photo, before)

    def test_a_room_label_reports_for_the_room(self):
        self.page = f"{FAULT}/{self.exam_2.sudo().medical_qr_token}"
        self.assertEqual(self.send(text="The light flickers").status_code, 200)
        request = self.env["maintenance.request"].search(
            [("medical_source", "=", "qr"), ("medical_room_id", "=", self.exam_2.id)]
        )
        self.assertEqual(request.name, "Exam 2: The light flickers")

    def test_a_visitor_who_scans_a_rooms_label_may_report(self):
        token = self.exam_2.sudo().medical_qr_token
        answer = self.url_open(f"/medical_office/room/{token}")
        self.assertTrue(answer.url.endswith(f"{FAULT}/{token}"))
        self.assertIn("Exam 2", answer.text)
        self.assertIn("I work here", answer.text)
        self.assertNotIn("I work here", self.url_open(self.page).text)

    def test_what_is_typed_stays_text(self):
        self.send(text="<script>alert(1)</script> {{7*7}}")
        request = self.requests_of(self.chair)
        self.assertNotIn("<script", request.description)
        self.assertIn("{{7*7}}", request.description)

    def test_without_the_token_of_the_form_nothing_is_taken(self):
        answer = self.send(csrf=False)
        self.assertEqual(answer.status_code, 400)
        self.assertFalse(self.requests_of(self.chair))

    def test_a_bad_photo_is_refused_and_the_text_is_kept(self):
        for bad in (b"%PDF-1.7 not a photo", b"\xff\xd8\xff broken", b"<svg/>"):
            answer = self.send(photo=bad)
            self.assertEqual(answer.status_code, 422)
            self.assertIn("The leg is loose", answer.text)
        self.assertFalse(self.requests_of(self.chair))

    def test_a_photo_that_is_too_large_is_refused(self):
        answer = self.send(photo=picture() + b"\x00" * (8 * 1024 * 1024))
        self.assertEqual(answer.status_code, 422)
        self.assertIn("8 MB", answer.text)

    def test_an_empty_report_and_a_wrong_address_are_told(self):
        answer = self.send(text=" ", email="nonsense")
        self.assertEqual(answer.status_code, 422)
        self.assertIn("Briefly describe", answer.text)
        self.assertIn("not an email address", answer.text)

    def test_a_robot_that_fills_the_hidden_field_reports_nothing(self):
        self.send(website="http://spam.example")
        self.assertFalse(self.requests_of(self.chair))

    def test_the_address_has_to_wait_after_six_reports(self):
        for _report in range(6):
            self.assertEqual(self.send().status_code, 200)
        answer = self.send()
        self.assertEqual(answer.status_code, 429)
        self.assertIn("try again in an hour", answer.text)
        self.assertEqual(len(self.requests_of(self.chair)), 6)
        # the address itself is not stored
        digests = self.env["medical.core.hit"].search([]).mapped("digest")
        self.assertFalse([d for d in digests if "127.0.0.1" in d])

    def test_a_label_has_to_wait_whoever_reports(self):
        hits = self.env["medical.core.hit"]
        for _report in range(20):
            hits._count("token", self.token)
        self.assertEqual(self.send().status_code, 429)

    def test_who_guesses_tokens_has_to_wait(self):
        for _guess in range(30):
            self.assertEqual(self.url_open(f"{FAULT}/guess").status_code, 404)
        self.assertEqual(self.url_open(f"{FAULT}/guess").status_code, 429)
        self.assertEqual(self.url_open(f"{FAULT}/status/guess").status_code, 429)

    def test_a_stale_label_says_so_and_names_nothing(self):
        old = self.page
        self.chair.action_medical_renew_token()
        page = self.url_open(old)
        self.assertEqual(page.status_code, 404)
        self.assertIn("out of date", page.text)
        self.assertNotIn("Chair", page.text)

    def test_an_archived_asset_takes_no_reports(self):
        self.chair.active = False
        self.assertEqual(self.url_open(self.page).status_code, 404)

    def test_the_status_page_follows_and_shows_nobody(self):
        answer = self.send(email="pat@example.com")
        request = self.requests_of(self.chair)
        url = f"{FAULT}/status/{request.medical_status_token}"
        self.assertIn("Reported", answer.text)
        request.with_user(self.technician).action_medical_start()
        page = self.url_open(url).text
        self.assertIn("Somebody is working on it", page)
        self.assertNotIn(self.technician.name, page)
        self.assertNotIn("pat@example.com", page)
        self.assertNotIn("leg is loose", page)

    def test_the_reporter_hears_when_the_state_changes_until_they_had_enough(self):
        self.send(email="pat@example.com")
        request = self.requests_of(self.chair)
        mails = self.env["mail.mail"].search([("email_to", "=", "pat@example.com")])
        self.assertFalse(mails)
        request.with_user(self.technician).action_medical_start()
        mail = self.env["mail.mail"].search([("email_to", "=", "pat@example.com")])
        self.assertEqual(len(mail), 1)
        self.assertIn("Somebody is working on it", mail.subject)
        self.assertIn(request.medical_status_token, mail.body_html)
        self.assertNotIn(self.technician.name, mail.body_html)
        url = f"{FAULT}/status/{request.medical_status_token}"
        csrf = re.search(r'name="csrf_token" value="([^"]+)"', self.url_open(url).text)
        self.url_open(f"{url}/quiet", data={"csrf_token": csrf[1]})
        self.assertFalse(request.medical_reporter_email)
        request.with_user(self.technician).action_medical_repaired()
        again = self.env["mail.mail"].search([("email_to", "=", "pat@example.com")])
        self.assertEqual(again, mail)

    def test_a_second_reporter_is_told_that_it_is_known(self):
        self.assertNotIn("has already been reported", self.url_open(self.page).text)
        self.send()
        page = self.url_open(self.page).text
        self.assertIn("has already been reported", page)
        self.assertNotIn("The leg is loose", page)

    def test_the_reporters_address_is_for_those_who_settle_it(self):
        self.send(email="pat@example.com")
        request = self.requests_of(self.chair)
        self.assertEqual(
            request.with_user(self.users["manager"]).medical_reporter_email,
            "pat@example.com",
        )
        other = new_test_user(
            self.env, "hands", groups="medical_office.core_group_staff",
            company_id=self.company.id, company_ids=[(6, 0, self.company.ids)],
        )  # fmt: skip
        request.user_id = other
        fields = request.with_user(other).fields_get()
        self.assertIn("name", fields)
        self.assertNotIn("medical_reporter_email", fields)
        self.assertNotIn("medical_status_token", fields)


def _exif():
    exif = Image.Exif()
    exif[0x010F] = "Somebody's phone"
    return exif
