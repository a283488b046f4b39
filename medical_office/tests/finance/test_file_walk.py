"""Every kind of file asked for by its address: as each role, from another company, by
visitors, with and without a token."""

import base64

from odoo import Command, http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..any_record import AnyRecord
from ..common import RpcClient
from ..core.round_case import RoundCase
from ..core.test_core_guard_files import PIXEL

DEPTH = 5  # of records made for records: the proof of a line of a round of a schedule
# files of people that the host keeps in a field
HOST_FILES = {
    ("hr.employee", "id_card"),
    ("hr.employee", "driving_license"),
}
# the law is nobody's secret, and a file that is none is refused
LEFT_OUT = {"medical.payroll.law.package"}
PLACE = ("res_model", "res_id", "res_field")


@tagged("post_install", "-at_install")
class TestFileWalk(RoundCase, RpcClient, AnyRecord):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.new_round()._ensure_lines()
        cls.users["portal"] = new_test_user(
            cls.env, "test_portal", groups="base.group_portal"
        )
        cls.users["settings"] = new_test_user(
            cls.env,
            "test_settings",
            groups="base.group_system",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    def _said(self, name):
        return {
            "medical.core.credential": {"user_id": self.users["staff"].id},
            "medical.core.evidence": {"kind": "file", "file": PIXEL},
            # where nothing was posted, the last month alone
            "medical.finance.close": {
                "month": self.env["medical.finance.close"]._last_month(),
                "state": "closed",
            },
            "medical.payroll.tax.return": {"year": 2025, "quarter": "1"},
            "res.partner": {"name": "Somebody"},
        }.get(name, {})

    def file_fields(self):
        """(model, name of the field) of each file that we keep in a field."""
        for name in sorted(self.env.registry):
            model = self.env[name]
            if model._abstract or model._transient or name in LEFT_OUT:
                continue
            for field in model._fields.values():
                ours = name.startswith("medical.") or field.name.startswith("medical_")
                ours |= (name, field.name) in HOST_FILES
                if ours and field.type == "binary" and field.store:
                    yield model, field

    def files(self):
        """(record, field, content): a record for each of them, with a file in it."""
        for number, (model, field) in enumerate(self.file_fields()):
            record = self._made(model, DEPTH)
            self.assertTrue(record, f"a record of {model._name}")
            content = base64.b64decode(PIXEL) + b"%d" % number
            if field.attachment:
                place = (model._name, record.id, field.name)
                kept = self.env["ir.attachment"].sudo()
                domain = [
                    (key, "=", value) for key, value in zip(PLACE, place, strict=True)
                ]
                kept.search(domain).unlink()
                kept.create(
                    {
                        "name": field.name,
                        "raw": content,
                        **dict(zip(PLACE, place, strict=True)),
                    }
                )
            else:
                record._pen()[field.name] = base64.b64encode(content)
            yield record, field, content

    def attachment(self, record, field):
        return (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", record._name),
                    ("res_id", "=", record.id),
                    ("res_field", "=", field.name),
                ]
            )
        )

    def addresses(self, record, field):
        """(address, what the host's page is asked for) of each way to the file."""
        place = f"{record._name}/{record.id}/{field.name}"
        asked = {"res_model": record._name, "res_id": record.id}
        yield f"/web/content/{place}?access_token=guessed", asked, field.name
        yield f"/web/image/{place}", asked, field.name
        for one in self.attachment(record, field):
            yield (
                f"/web/content/{one.id}?access_token=guessed",
                {"res_id": one.id},
                "raw",
            )

    def served(self, record, field, content):
        """The addresses that give the file to who is signed in."""
        found = [
            address
            for address, _asked, _name in self.addresses(record, field)
            if content in self.url_open(address, allow_redirects=False).content
        ]
        for one in self.attachment(record, field):
            zipped = self.url_open(
                "/mail/attachment/zip",
                data={
                    "csrf_token": http.Request.csrf_token(self),
                    "file_ids": str(one.id),
                    "zip_name": "x.zip",
                },
            )
            found += ["zip"] if zipped.content.startswith(b"PK") else []
        return found

    def opened(self, user, record, field):
        """The addresses that would give it to a user: what the page asks, in Python."""
        binary, found = self.env(user=user, context={})["ir.binary"], []
        for address, asked, name in self.addresses(record, field):
            try:
                own = binary._find_record(**asked, field=name, access_token="guessed")
                binary._get_stream_from(own, name)
                found.append(address)
            except (AccessError, MissingError):
                pass
        return found

    def may(self, user, record, field):
        own = record.with_user(user).with_context(
            allowed_company_ids=user.company_ids.ids
        )
        return own.has_access("read") and own._has_field_access(field, "read")

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule")
    def test_a_file_is_given_to_who_may_read_it_alone(self):
        files = list(self.files())
        self.env.flush_all()
        outside = [user for _role, user in self._outsiders()]
        wrong, given = {}, {}
        for user in [*self.users.values(), *outside]:
            self.env.invalidate_all()
            for record, field, _content in files:
                found = self.opened(user, record, field)
                if bool(found) != self.may(user, record, field):
                    wrong[str(field), user.login] = found
                if found:
                    given.setdefault(str(field), []).append(user.login)
        self.assertFalse(wrong)
        self.assertGreater(len(given), 20)
        for role in ("staff", "hr", "outsider", "portal", None):
            self.sign_in(role) if role else self.authenticate(None, None)
            for record, field, content in files:
                found = self.served(record, field, content)
                may = bool(role) and self.may(self.users[role], record, field)
                with self.subTest(str(field), role=role):
                    self.assertEqual(bool(found), may, found)

    def test_nobody_opens_a_file_in_a_field_to_everybody(self):
        tried = 0
        for record, field, _content in self.files():
            for one in self.attachment(record, field):
                for user in self.users.values():
                    own = one.with_user(user).with_context(
                        allowed_company_ids=user.company_ids.ids
                    )
                    if not own.has_access("write"):
                        continue
                    tried += 1
                    for attempt in (
                        lambda own=own: own.write({"public": True}),
                        lambda own=own: own.write({"access_token": "mine"}),
                        lambda own=own: own.generate_access_token(),
                    ):
                        with (
                            self.subTest(str(field), user=user.login),
                            self.assertRaises(UserError),
                            self.env.cr.savepoint(),
                        ):
                            attempt()
        self.assertGreater(tried, 20)

    def test_a_file_is_not_born_open_nor_put_open_into_a_field(self):
        asset = self.env["maintenance.equipment"].create(
            {"name": "Scale", "company_id": self.company.id}
        )
        files = self.env["ir.attachment"].with_user(self.users["manager"])
        place = {"res_model": asset._name, "res_id": asset.id}
        with self.assertRaises(UserError), self.env.cr.savepoint():
            files.create({"name": "x", "raw": b"x", "public": True, **place})
        loose = files.create({"name": "x", "raw": b"x", "public": True})
        with self.assertRaises(UserError), self.env.cr.savepoint():
            loose.write(place)
        note = files.create({"name": "x", "raw": b"x", **place})
        self.assertTrue(note.generate_access_token())  # a picture in a message
        with self.assertRaises(UserError), self.env.cr.savepoint():
            note.write({"res_field": "medical_image"})
