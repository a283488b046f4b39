"""Personnel files: who opens what, what is asked for, how long it is kept, what goes."""

import base64
from datetime import date, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import RpcClient
from .people_case import PeopleCase

PDF = b"%PDF-1.4 test"


class FileCase(PeopleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        ref = cls.env.ref
        cls.paper = ref("medical_office.people_document_type_confidentiality")
        cls.medical = ref("medical_office.people_document_type_fmla")
        cls.i9_paper = ref("medical_office.people_document_type_i9")
        cls.users["i9"] = cls.keeper("i9", "people_group_i9")
        cls.users["medfile"] = cls.keeper("medfile", "people_group_medical_file")

    @classmethod
    def keeper(cls, name, group):
        return cls.env["res.users"].create(
            {
                "name": name,
                "login": f"test_{name}",
                "password": f"test_{name}".ljust(8, "x"),
                "company_id": cls.company.id,
                "company_ids": [(6, 0, cls.company.ids)],
                "group_ids": [(6, 0, cls.env.ref(f"medical_office.{group}").ids)],
            }
        )

    def document(self, kind=None, role="hr", **values):
        documents = self.env["medical.people.document"].with_user(self.users[role])
        return documents.create(
            {
                "employee_id": self.nurse.id,
                "type_id": (kind or self.paper).id,
                **values,
            }
        )

    def opened(self, record):
        return self.env["medical.core.opened"].search(
            [("res_model", "=", record._name), ("res_id", "=", record.id)]
        )


@tagged("post_install", "-at_install")
@freeze_time("2026-11-30 15:00:00")
class TestPeopleFile(FileCase):
    def test_a_file_is_taken_accepted_and_each_opening_logged(self):
        document = self.document()
        with self.refused(UserError, "PDF, a JPEG or a PNG"):
            document.upload = base64.b64encode(b"MZ program")
        document.upload = base64.b64encode(PDF)
        self.assertEqual(document.state, "received")
        document.action_accept()
        self.assertEqual(document.state, "accepted")
        with self.assertRaises(AccessError):
            document.with_user(self.users["hr"]).content
        action = document.action_open_file()
        self.assertIn("/medical_office/copy/", action["url"])
        self.assertEqual(self.opened(document).user_id, self.users["hr"])
        with self.refused(UserError, "Accepted"):
            document.upload = base64.b64encode(PDF + b"other")

    def test_who_sees_which_file(self):
        general = self.document()
        medical = self.document(self.medical, "medfile")
        i9 = self.document(self.i9_paper, "i9")
        for role, seen in (
            ("hr", general),
            ("manager", general),
            ("director", general),
            ("medfile", medical),
            ("i9", i9),
            ("staff", general | medical | i9),
            ("head", general.browse()),
            ("payroll", general.browse()),
            ("auditor", general.browse()),
        ):
            with self.subTest(role):
                documents = self.env["medical.people.document"].with_user(
                    self.users[role]
                )
                if not documents.has_access("read"):
                    self.assertFalse(seen)
                    continue
                found = documents.search([("employee_id", "=", self.nurse.id)])
                self.assertEqual(found.ids, seen.sorted().ids if seen else [])
        with self.assertRaises(AccessError):
            self.document(self.medical)

    def test_the_person_opens_own_papers_and_writes_none(self):
        document = self.document()
        document.upload = base64.b64encode(PDF)
        document.action_accept()
        own = document.with_user(self.users["staff"])
        self.assertTrue(own.action_open_file())
        self.assertEqual(self.opened(document).user_id, self.users["staff"])
        self.paper.by_person = False
        with self.refused(AccessError, "not allowed to open"):
            own.action_open_file()
        with self.assertRaises(AccessError):
            own.note = "mine"
        with self.assertRaises(AccessError):
            own.action_accept()

    def test_nobody_accepts_a_paper_of_their_own(self):
        document = self.document(employee_id=self.employees["hr"].id)
        document.action_receive()
        with self.refused(AccessError, "somebody else"):
            document.action_accept()
        document.with_user(self.users["manager"]).action_accept()

    # --------------------------------------------------------------- completeness

    def rows(self):
        self.env.invalidate_all()
        return {
            row.type_id: row
            for row in self.env["medical.people.standing"]
            .with_user(self.users["hr"])
            .search([("employee_id", "=", self.nurse.id)])
        }

    def test_what_is_missing_is_requested_once(self):
        self.assertEqual(self.rows()[self.paper].status, "missing")
        self.nurse.with_user(self.users["hr"]).action_medical_request_documents()
        rows = self.rows()
        self.assertEqual(rows[self.paper].status, "requested")
        asked = len(self.env["medical.people.document"].search([]))
        self.nurse.with_user(self.users["hr"]).action_medical_request_documents()
        self.assertEqual(len(self.env["medical.people.document"].search([])), asked)
        document = rows[self.paper].document_id.with_user(self.users["hr"])
        document.action_receive()
        document.action_accept()
        self.assertEqual(self.rows()[self.paper].status, "there")
        total = len(rows)
        self.assertEqual(self.nurse.medical_file_status, f"1 of {total}")

    def test_what_is_renewed_ends_and_expires(self):
        training = self.env.ref("medical_office.people_document_type_hipaa_training")
        document = self.document(training, date="2026-01-15")
        document.action_receive()
        document.action_accept()
        self.assertEqual(document.date_to, date(2027, 1, 14))
        self.assertEqual(self.rows()[training].status, "there")
        with freeze_time("2026-12-20"):
            self.assertEqual(self.rows()[training].status, "ending")
        with freeze_time("2027-01-20"):
            self.assertEqual(self.rows()[training].status, "expired")

    def test_a_paper_that_another_record_proves_is_on_file(self):
        w4 = self.env.ref("medical_office.people_document_type_w4")
        self.nurse._medical_request_documents()
        self.assertEqual(self.rows()[w4].status, "requested")
        with patch.object(
            type(self.nurse),
            "_medical_papers_elsewhere",
            lambda people: {"w4": {self.nurse.id: date(2026, 11, 30)}},
        ):
            self.env["medical.people.document"]._cron_follow()
        self.assertEqual(self.rows()[w4].status, "there")

    def test_the_check_names_what_is_overdue(self):
        self.nurse.version_id.contract_date_start = "2026-11-02"
        rows = self.env["medical.people.standing"]._medical_check_incomplete().rows
        row = next(row for row in rows if row.res_id == self.nurse.id)
        self.assertIn("Confidentiality agreement", row.summary)
        self.assertNotIn("HIPAA training", row.summary)  # due after thirty days

    # ---------------------------------------------------------------------- purging

    def gone(self):
        document = self.document(date="2020-02-01")
        document.upload = base64.b64encode(PDF)
        document.action_accept()
        self.nurse.version_id.write({"contract_date_start": "2019-05-06"})
        self.nurse.write({"departure_date": "2022-06-30", "active": False})
        return document

    def test_nothing_of_the_employed_is_purged(self):
        self.paper.retention = "personnel"
        document = self.document(date="2019-01-01")
        document.upload = base64.b64encode(PDF)
        document.action_accept()
        self.assertFalse(document.keep_until)
        purge = self.env["medical.people.purge"].with_user(self.users["hr"]).create({})
        with self.refused(UserError, "nothing to purge"):
            purge.action_fill()

    def test_a_second_person_approves_the_list_then_the_files_go(self):
        document = self.gone()
        self.assertEqual(document.keep_until, date(2026, 2, 1))  # HIPAA: six years
        purge = self.env["medical.people.purge"].with_user(self.users["hr"]).create({})
        purge.action_fill()
        self.assertEqual(purge.line_ids.document_id, document)
        self.assertIn("45 CFR 164.530", purge.line_ids.rule)
        purge.action_submit()
        with self.assertRaises(AccessError):
            purge.action_approve()
        with self.refused(UserError, "cannot go"):
            purge.action_purge()
        self.assertTrue(document.has_file)
        purge.with_user(self.users["director"]).action_approve()
        purge.action_purge()
        self.assertEqual(document.state, "purged")
        self.assertFalse(document.sudo().content)
        self.assertTrue(document.content_sha256)

    def test_a_list_stops_where_a_paper_must_be_kept_after_all(self):
        document = self.gone()
        purge = self.env["medical.people.purge"].with_user(self.users["hr"]).create({})
        purge.action_fill()
        purge.action_submit()
        purge.with_user(self.users["director"]).action_approve()
        self.paper.retention = "osha_exposure"
        with self.refused(UserError, "must be kept"):
            purge.action_purge()
        self.assertEqual((purge.state, document.state), ("approved", "accepted"))

    # ------------------------------------------------------------------ evaluations

    def test_an_evaluation_is_read_once_shared_and_acknowledged_by_the_person(self):
        evaluations = self.env["medical.people.evaluation"]
        one = evaluations.with_user(self.users["head"]).create(
            {"employee_id": self.nurse.id, "rating": "4", "strengths": "Calm"}
        )
        own = one.with_user(self.users["staff"])
        with self.assertRaises(AccessError):
            own.read(["rating"])
        one.action_share()
        self.assertEqual(own.rating, "4")
        with self.assertRaises(AccessError):
            own.rating = "5"
        with self.refused(AccessError, "Only Staff Person"):
            one.action_acknowledge()
        own.action_acknowledge("I disagree on one point")
        self.assertEqual(one.state, "acknowledged")
        self.assertEqual(one.comment, "I disagree on one point")
        with self.refused(UserError, "Acknowledged"):
            one.rating = "1"
        self.assertFalse(
            evaluations.with_user(self.users["payroll"]).search([("id", "=", one.id)])
        )

    def test_what_a_reviewer_wrote_is_written_by_nobody_else(self):
        evaluations = self.env["medical.people.evaluation"]
        one = evaluations.with_user(self.users["head"]).create(
            {"employee_id": self.nurse.id, "rating": "3"}
        )
        for role in ("hr", "manager", "director"):
            other = one.with_user(self.users[role])
            self.assertEqual(other.rating, "3")
            with self.refused(AccessError, "is written by"):
                other.rating = "5"
            with self.refused(AccessError, "is written by"):
                other.action_share()
        self.assertEqual((one.rating, one.state), ("3", "draft"))

    def test_the_check_tells_of_probation_and_of_a_year_without(self):
        self.nurse.version_id.write(
            {"contract_date_start": "2026-09-01", "trial_date_end": "2026-12-05"}
        )
        rows = self.env["medical.people.evaluation"]._medical_check_due().rows
        row = next(row for row in rows if row.res_id == self.nurse.id)
        self.assertEqual((row.key, row.user_id), ("probation", self.users["head"].id))
        self.nurse.version_id.write(
            {"contract_date_start": "2025-09-01", "trial_date_end": False}
        )
        rows = self.env["medical.people.evaluation"]._medical_check_due().rows
        row = next(row for row in rows if row.res_id == self.nurse.id)
        self.assertEqual(row.key, "evaluation")

    def test_notes_are_of_hr_and_director_and_never_rewritten(self):
        notes = self.env["medical.people.note"]
        note = notes.with_user(self.users["hr"]).create(
            {"employee_id": self.nurse.id, "kind": "verbal", "text": "Late again"}
        )
        self.assertEqual(note.with_user(self.users["director"]).text, "Late again")
        for role in ("staff", "head", "payroll", "auditor"):
            with self.subTest(role), self.assertRaises(AccessError):
                note.with_user(self.users[role]).read(["text"])
        with self.assertRaises(AccessError):
            note.text = "On time"
        with self.assertRaises(AccessError):
            notes.with_user(self.users["hr"]).create(
                {"employee_id": self.employees["hr"].id, "text": "I am great"}
            )

    def test_a_form_i9_that_is_late_is_one_row(self):
        """By its own clock alone, once it is begun."""
        self.nurse.version_id.contract_date_start = "2026-06-01"

        def found():
            rows = self.env["medical.people.standing"]._medical_check_incomplete().rows
            return [r for r in rows if self.i9_paper.name in r.summary]

        self.env["medical.people.document.type"].search(
            [("id", "!=", self.i9_paper.id)]
        ).active = False
        if self.i9_paper.basis != "everyone":
            self.i9_paper.basis = "everyone"
        others = self.env["hr.employee"].search([("id", "!=", self.nurse.id)])
        others.active = False
        self.assertEqual(len(found()), 1)
        self.env["medical.people.i9"].create(
            {"employee_id": self.nurse.id, "first_day": "2026-06-01"}
        )
        self.assertFalse(found())

    def test_completeness_as_pdf_and_spreadsheet(self):
        rows = self.env["medical.people.standing"].search(
            [("employee_id", "=", self.nurse.id)]
        )
        report = self.env["report.medical_office.people_file"]
        (sheet,) = report.with_user(self.users["hr"])._sheets(rows, {})
        self.assertEqual(sheet.name, "Nursing")
        (line,) = sheet.rows
        self.assertEqual(
            (line["name"], line["done"], line["share"]),
            (self.nurse.name, f"0 of {len(rows)}", 0),
        )
        self.assertIn("Missing", line[f"t{self.paper.id}"])
        paper = self.document()
        paper._pen().write({"state": "accepted", "date_to": "2027-06-30"})
        rows.invalidate_recordset()
        (sheet,) = report.with_user(self.users["hr"])._sheets(rows, {})
        self.assertEqual(sheet.rows[0]["done"], f"1 of {len(rows)}")
        self.assertIn("06/30/2027", sheet.rows[0][f"t{self.paper.id}"])
        content, _kind = self.env["ir.actions.report"]._render_xlsx(
            "medical_office.people_file_xlsx", rows.ids, {}
        )
        self.assertEqual(content[:2], b"PK")
        action = self.env.ref("medical_office.people_file_action_report")
        self.assertNotIn(
            self.env.ref("medical_office.core_group_head"), action.group_ids
        )


@tagged("post_install", "-at_install")
class TestPeopleI9(FileCase):
    def form(self, role="i9", **values):
        forms = self.env["medical.people.i9"].with_user(self.users[role])
        return forms.create(
            {"employee_id": self.nurse.id, "first_day": "2026-06-11", **values}
        )

    def late(self):
        result = self.env["medical.people.i9"]._medical_check_late()
        return [(row.summary, row.date_due, row.severity) for row in result.rows]

    def test_new_opens_before_anybody_is_chosen(self):
        empty = self.env["medical.people.i9"].with_user(self.users["i9"])
        asked = {"employee_id": {}, "keep_until": {}}
        new = empty.onchange({}, [], asked)["value"]
        self.assertFalse(new.get("keep_until"))

    def test_the_clock_counts_working_days_without_closures(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Juneteenth",
                "company_id": self.company.id,
                "date_from": "2026-06-12 05:00:00",
                "date_to": "2026-06-13 04:59:59",
            }
        )
        self.company.partner_id.tz = "America/Chicago"
        self.company.resource_calendar_id.tz = "America/Chicago"
        self.assertEqual(self.form().section_2_due, date(2026, 6, 17))

    def test_a_thursday_start_is_due_on_tuesday_and_told_before_and_after(self):
        form = self.form()
        self.assertEqual(form.section_2_due, date(2026, 6, 16))
        with freeze_time("2026-06-10"):
            self.assertFalse(self.late())
        with freeze_time("2026-06-16"):
            self.assertEqual({row[2] for row in self.late()}, {"high", "medium"})
        with freeze_time("2026-06-17"):
            self.assertIn("critical", {row[2] for row in self.late()})

    def test_both_sections_then_the_file_counts_it(self):
        form = self.form()
        with self.refused(UserError, "the person's own"):
            form.action_section_1()
        form.section_1_paper = "Binder I-9, under W"
        with self.refused(UserError, "what was attested"):
            form.action_section_1()
        form.write({"attestation": "citizen", "section_1_on": "2099-06-11"})
        with self.refused(UserError, "still to come"):
            form.action_section_1()
        form.write({"attestation": "authorized", "section_1_on": "2026-06-11"})
        form.authorized_until = form.first_day - timedelta(days=1)
        with self.refused(UserError, "before the first day of work"):
            form.action_section_1()
        form.attestation = "citizen"
        form.action_section_1()
        with self.refused(UserError, "name the documents"):
            form.action_complete()
        form.write({"documents_from": "bc", "document_b": "License"})
        with self.refused(UserError, "name the documents"):
            form.action_complete()
        form.document_c = "Social Security card"
        form.action_complete()
        self.assertEqual(form.section_2_by_id, self.users["i9"])
        with self.refused(UserError, "Complete"):
            form.document_b = "Passport"
        row = self.env["medical.people.standing"].search(
            [("employee_id", "=", self.nurse.id), ("type_id", "=", self.i9_paper.id)]
        )
        self.assertEqual(row.status, "there")

    def test_authorization_is_reverified_and_a_citizen_never(self):
        form = self.form(
            attestation="authorized",
            authorized_until="2026-12-31",
            section_1_on="2026-06-11",
            section_1_paper="Binder I-9",
            documents_from="a",
            document_a="Employment authorization document",
        )
        form.action_section_1()
        form.action_complete()
        with freeze_time("2026-11-01"):
            self.assertIn("reverify", self.late()[0][0])
        asked = self.env["medical.people.i9.reverification"]
        with freeze_time("2026-12-20"):
            asked.with_user(self.users["i9"]).create(
                {
                    "i9_id": form.id,
                    "date": "2026-12-20",
                    "document": "New EAD",
                    "authorized_until": "2028-12-31",
                }
            )
        self.assertEqual(form.reverify_due, date(2028, 12, 31))
        other = self.form(employee_id=self.employees["head"].id, attestation="citizen")
        with self.refused(Exception, "never are"):
            self.env["medical.people.i9.reverification"].create(
                {"i9_id": other.id, "document": "Passport"}
            )

    def test_a_short_job_takes_no_receipt(self):
        with self.refused(Exception, "no receipt"):
            self.form(planned_days=2, is_receipt=True)
        self.assertEqual(self.form(planned_days=2).section_2_due, date(2026, 6, 11))


@tagged("post_install", "-at_install")
class TestPeopleFileRpc(FileCase, RpcClient):
    def test_other_roles_read_and_write_no_i9(self):
        form = self.env["medical.people.i9"].create(
            {"employee_id": self.nurse.id, "first_day": "2026-06-11"}
        )
        for role in ("staff", "hr", "manager", "director", "payroll", "auditor"):
            self.sign_in(role)
            with self.subTest(role):
                self.call_refused(
                    "medical.people.i9", "read", form.ids, ["attestation"]
                )
                self.call_refused("medical.people.i9", "action_complete", form.ids)
        self.sign_in("i9")
        self.call("medical.people.i9", "action_open", form.ids)
        self.call_refused(
            "medical.people.i9", "write", form.ids, {"section_2_on": "2026-06-12"}
        )
        self.assertEqual(self.opened(form).user_id, self.users["i9"])

    def test_how_long_a_paper_is_kept_is_said_in_words(self):
        kind = self.env.ref("medical_office.people_document_type_i9")
        self.assertEqual(
            kind.retention_text,
            "3 years from the hire and 1 year from leaving, whichever ends later · "
            "8 CFR 274a.2(b)(2)(i)(A)",
        )
        for one in kind.search([("retention", "!=", False)]):
            self.assertNotIn("+", one.retention_text.split(" · ")[0])

    def test_the_link_takes_files_of_its_person_and_ends(self):
        self.nurse.private_email = "nurse@lakeside.example"
        document = self.document()
        other = self.document(employee_id=self.employees["head"].id)
        links = self.env["medical.people.document.link"].with_user(self.users["hr"])
        link, token = links._send(document)
        self.assertFalse(link.sudo().search([("digest", "=", token)]))
        url = f"/medical_office/documents/{token}"
        page = self.url_open(url)
        self.assertIn("Confidentiality agreement", page.text)
        self.assertNotIn(self.nurse.name, page.text)
        csrf = page.text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]

        def send(document_id, content, name="scan.pdf"):
            return self.url_open(
                url,
                data={"csrf_token": csrf, "document": str(document_id)},
                files={"file": (name, content)},
            )

        self.assertIn(self.company.name, page.text)
        self.assertIn(
            "Confidentiality agreement was not taken: send a PDF, a JPEG",
            send(document.id, b"MZ").text,
        )
        self.assertIn("no longer asked for", send(other.id, PDF).text)
        self.assertIn("received", send(document.id, PDF).text)
        document.invalidate_recordset()
        self.assertEqual(document.state, "received")
        self.assertEqual(other.state, "requested")
        with self.refused(UserError, "Nothing of"):
            links._send(document)
        link.sudo()._pen().valid_until = "2020-01-01 00:00:00"
        self.env.flush_all()
        self.assertEqual(self.url_open(url).status_code, 404)
        self.assertEqual(self.url_open("/medical_office/documents/x").status_code, 404)

    def test_a_copy_is_given_once_and_to_its_opener(self):
        document = self.document()
        document.upload = base64.b64encode(PDF)
        url = document.action_open_file()["url"]
        self.sign_in("manager")
        self.assertEqual(self.url_open(url).status_code, 404)
        self.sign_in("hr")
        self.assertEqual(self.url_open(url).content, PDF)
        self.assertEqual(self.url_open(url).status_code, 404)
