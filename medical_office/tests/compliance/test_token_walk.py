"""Every address with a token: whole while it stands, empty once it ended, whoever asks."""

import re
import secrets
import threading
from datetime import timedelta
from typing import NamedTuple
from unittest.mock import patch

from odoo import fields, http
from odoo.tests import tagged

from ...controllers import compliance_report
from ...models.people.link.link import TRIES
from ..common import RpcClient
from ..core.test_core_public import PACKAGE
from ..people.recruit_case import RecruitCase

TOKEN = "<string:token>"
ANSWERS = {"answer": "accept", "name": "Mallory", "slot": "1", "text": "Somebody else"}


class Kind(NamedTuple):
    """What a token opens.

    :param record: whose state an address changes
    :param field: the token's, or None where its digest alone is kept
    :param words: shown while it stands, and to nobody afterwards
    :param ends: {how it ended: values}
    """

    token: str
    record: object
    field: str
    words: str
    ends: dict


@tagged("post_install", "-at_install")
class TestTokenWalk(RecruitCase, RpcClient):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.email = "office@example.com"
        here = threading.current_thread()
        with patch.object(here, "dbname", cls.env.cr.dbname, create=True):
            rules = list(cls.env["ir.http"].routing_map().iter_rules())
        cls.routes = sorted(
            {
                (rule.rule, method)
                for rule in rules
                for method in rule.endpoint.routing.get("methods") or ("GET",)
                if rule.endpoint.func.__module__.startswith(PACKAGE)
                and rule.endpoint.routing["auth"] in ("public", "none")
                and TOKEN in rule.rule
            }
        )

    def kinds(self):
        """{first words of the addresses: Kind}"""
        today = fields.Date.today()
        offer = (
            self.env["medical.people.offer"]
            .with_user(self.users["hr"])
            .create(
                {
                    "name": "Avery Stone",
                    "job_id": self.job.id,
                    "company_id": self.company.id,
                    "state_id": self.env.ref("base.state_us_6").id,
                    "date_start": today + timedelta(days=20),
                    "wage": 22,
                }
            )
            .sudo()
        )
        self.put(
            offer,
            {
                "state": "sent",
                "token": "offer-token",
                "letter": "Dear Avery",
                "date_expiry": today + timedelta(days=5),
            },
        )
        interview = (
            self.env["medical.people.interview"]
            .with_user(self.users["hr"])
            .create({"applicant_id": self.candidates[1].id, "round_id": self.round.id})
            .sudo()
        )
        asset, broken = self.env["maintenance.equipment"].create(
            [
                {"name": name, "company_id": self.company.id}
                for name in ("Walk Scale", "Broken Lamp")
            ]
        )
        fault = self.env["maintenance.request"]._medical_report_fault(
            broken, broken.location_id, "It is dark"
        )
        person = self.employees["staff"]
        person.private_email = "staff@example.com"
        papers = self.env["medical.people.document.type"]
        paper = papers.search([("by_person", "=", True)], limit=1)
        document = (
            self.env["medical.people.document"]
            ._pen()
            .create({"employee_id": person.id, "type_id": paper.id})
        )
        link, token = self.env["medical.people.document.link"]._send(document)
        form = self.env["medical.people.i9"].create(
            {"employee_id": person.id, "first_day": today}
        )
        section_link, section_token = self.env["medical.people.i9.link"]._send(form)
        self.company._medical_renew_report_token()
        room = self.rooms[1]
        past = fields.Datetime.now() - timedelta(days=1)
        return {
            "offer": Kind(
                "offer-token",
                offer,
                "token",
                "Dear Avery",
                {
                    "expired": {"date_expiry": past.date()},
                    "withdrawn": {"state": "withdrawn"},
                    "accepted": {"state": "accepted"},
                    "declined": {"state": "declined"},
                },
            ),
            "booking": Kind(
                interview.access_token,
                interview,
                "access_token",
                self.round.name,
                {"canceled": {"state": "canceled"}, "held": {"state": "held"}},
            ),
            "documents": Kind(
                token,
                link,
                None,
                paper.name,
                {"expired": {"valid_until": past}, "used up": {"tries": TRIES}},
            ),
            "i9": Kind(
                section_token,
                section_link,
                None,
                "Sign with your full name",
                {"expired": {"valid_until": past}, "used up": {"tries": TRIES}},
            ),
            "fault": Kind(
                asset.medical_qr_token,
                asset,
                "medical_qr_token",
                "Walk Scale",
                {"archived": {"active": False}},
            ),
            "fault/status": Kind(
                fault.medical_status_token,
                fault,
                "medical_status_token",
                "Broken Lamp",
                {},
            ),
            "room": Kind(
                room.medical_qr_token,
                room,
                "medical_qr_token",
                room.name,
                {"archived": {"active": False}},
            ),
            "report": Kind(
                self.company.medical_report_token,
                self.company,
                "medical_report_token",
                self.company.name,
                {},
            ),
        }

    def page(self, address):
        self.env["medical.core.hit"].search([]).unlink()
        return self.url_open(address)

    def plain(self, answer):
        """The text of a page, but for what each showing has of its own."""
        return re.sub(r'value="[^"]{40,}"', "", answer.text)

    def of(self, kinds):
        """(rule, method, kind) of each route."""
        for rule, method in self.routes:
            name = rule.removeprefix("/medical_office/").partition(f"/{TOKEN}")[0]
            yield rule, method, kinds[name]

    def setUp(self):
        super().setUp()
        for counter in (compliance_report.REPORTS, compliance_report.KEYS):
            counter.forget()
        self.authenticate(None, None)

    def test_each_token_opens_its_own_address_alone_and_nobody_more_than_a_visitor(
        self,
    ):
        kinds = self.kinds()
        self.env.flush_all()
        shown = {}
        for rule, method, kind in self.of(kinds):
            if method != "GET":
                continue
            address = rule.replace(TOKEN, kind.token)
            shown[address] = self.plain(self.page(address))
            with self.subTest(rule):
                if not rule.endswith("/about"):
                    self.assertIn(kind.words, shown[address])
            for other in kinds.values():
                room_or_asset = {kind.record._name, other.record._name} <= {
                    "stock.location",
                    "maintenance.equipment",
                }
                if other.token == kind.token or room_or_asset:
                    continue
                with self.subTest(rule, other=other.record._name):
                    compliance_report.KEYS.forget()
                    answer = self.page(rule.replace(TOKEN, other.token))
                    self.assertEqual(answer.status_code, 404)
                    self.assertNotIn(other.words, answer.text)
        self.sign_in("outsider")
        for address, text in shown.items():
            if "/room/" in address:
                continue  # who is signed in walks the round instead
            with self.subTest("of another company", address=address):
                self.assertEqual(self.plain(self.page(address)), text)

    def test_an_address_that_ended_shows_and_takes_nothing(self):
        kinds = self.kinds()
        csrf = http.Request.csrf_token(self)
        for name, kind in kinds.items():
            ends = dict(kind.ends)
            if kind.field:
                ends["renewed"] = {kind.field: secrets.token_urlsafe(32)}
            for ended, values in ends.items():
                before = {key: kind.record[key] for key in values}
                self.put(kind.record, values)
                self.env.flush_all()
                kept = self.state_of(kind.record)
                for rule, method, of in self.of(kinds):
                    if of is not kind:
                        continue
                    address = rule.replace(TOKEN, kind.token)
                    with self.subTest(rule, method=method, ended=ended):
                        if method == "GET":
                            answer = self.page(address)
                        else:
                            answer = self.url_open(
                                address,
                                data={"csrf_token": csrf, **ANSWERS},
                                allow_redirects=False,
                            )
                        self.assertLess(answer.status_code, 500)
                        self.assertNotIn(kind.words, answer.text)
                        self.env.invalidate_all()
                        self.assertEqual(self.state_of(kind.record), kept)
                self.put(kind.record, before)
                self.env.flush_all()
            self.assertTrue(ends, name)

    def put(self, record, values):
        record = record.sudo()
        (record._pen() if hasattr(record, "_pen") else record).write(values)

    def state_of(self, record):
        """What an answer could change, and the requests and reports that it could make."""
        made = [
            self.env[name].search_count([])
            for name in ("maintenance.request", "medical.compliance.incident")
        ]
        names = {name for name, field in record._fields.items() if field.store}
        names -= {"write_uid", "write_date"}  # of what is computed anew, too
        return {**record.sudo().read(list(names), load=None)[0], "made": made}
