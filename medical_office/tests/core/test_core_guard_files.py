"""Files behind guarded fields, and records that others hold as proof."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .round_case import RoundCase

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestCoreGuardFiles(RoundCase):
    def closed_request(self):
        request = self.env["maintenance.request"].create(
            {"name": "Lamp", "company_id": self.company.id, "medical_photo": PIXEL}
        )
        done = self.env["maintenance.stage"].search([("done", "=", True)], limit=1)
        request._pen().stage_id = done
        return request

    def file_of(self, record, name):
        return self.env["ir.attachment"].search(
            [
                ("res_model", "=", record._name),
                ("res_id", "=", record.id),
                ("res_field", "=", name),
            ]
        )

    def test_the_photo_of_a_closed_request_stays(self):
        request = self.closed_request()
        file = self.file_of(request, "medical_photo")
        self.assertTrue(file)
        files = self.env["ir.attachment"].with_user(self.users["manager"])
        place = {
            "res_model": request._name,
            "res_id": request.id,
            "res_field": "medical_photo",
        }
        loose = files.create({"name": "loose", "datas": PIXEL})
        for told, attempt in (
            ("write", lambda: files.browse(file.id).write({"datas": PIXEL})),
            ("delete", lambda: files.browse(file.id).unlink()),
            ("move away", lambda: files.browse(file.id).write({"res_id": False})),
            ("create", lambda: files.create({"name": "x", "datas": PIXEL, **place})),
            ("move to", lambda: loose.write(place)),
        ):
            with self.subTest(told):
                with self.assertRaisesRegex(UserError, "closed"):
                    attempt()
        note = files.create(
            {"name": "n", "raw": b"x", "res_model": request._name, "res_id": request.id}
        )
        posted = request.with_user(self.users["manager"]).message_post(
            body="Invoice of the vendor", attachment_ids=note.ids
        )
        self.assertEqual(posted.attachment_ids, note)

    def test_the_photo_of_an_open_request_is_changed(self):
        request = self.env["maintenance.request"].create(
            {"name": "Lamp", "company_id": self.company.id, "medical_photo": PIXEL}
        )
        file = self.file_of(request, "medical_photo")
        files = self.env["ir.attachment"].with_user(self.users["manager"])
        files.browse(file.id).unlink()
        self.assertFalse(request.medical_photo)

    def test_what_a_signed_round_names_is_not_deleted(self):
        one = self.signed_round()
        asset = self.env["maintenance.equipment"].create(
            {"name": "Refrigerator", "company_id": self.company.id}
        )
        one.line_ids[0]._pen().equipment_id = asset
        for role in ("manager", "hr", "payroll"):
            mine = asset.with_user(self.users[role])
            with self.subTest(role), self.assertRaises(UserError):
                mine.unlink()  # an AccessError is a UserError, too
        self.assertEqual(one.line_ids[0].equipment_id, asset)
