"""The phone: what it is shown, what it sends, and that nothing is lost or doubled."""

import json
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, LockError, UserError
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import SQL

from .round_case import RoundCase
from .test_core_round import picture


@tagged("post_install", "-at_install")
class TestRoundPhone(RoundCase):
    def setUp(self):
        super().setUp()
        self.round = self.new_round()
        self.phone = self.env["medical.core.round"].with_user(self.owner)
        self.round._ensure_lines()

    def line(self, item, room=None):
        lines = self.lines_of(self.round, item)
        return lines.filtered(lambda x: x.room_id == (room or self.exam_1))

    def entry(self, line, uuid="0001", **values):
        return {"uuid": f"entry-{uuid}", "line_id": line.id, **values}

    def submit(self, *entries):
        return self.phone.phone_submit(list(entries))

    def refused(self, entry):
        answer = self.submit(entry)[entry["uuid"]]
        self.assertEqual(answer["status"], "refused")
        return answer["message"]

    # ------------------------------------------------------------------ reading

    def test_rooms_with_what_is_due(self):
        self.line(self.table).with_user(self.owner).result = "fail"
        shown = self.phone.phone_rooms()
        rooms = {room["name"]: room for room in shown["rooms"]}
        self.assertEqual(list(rooms), ["Exam 1", "Exam 2"])
        exam = rooms["Exam 1"]
        self.assertEqual((exam["due"], exam["answered"], exam["failed"]), (3, 1, 1))
        self.assertEqual(exam["site"], self.site.name)
        self.assertTrue(exam["mine"])
        self.assertFalse(exam["late"])
        [one] = shown["rounds"]
        self.assertEqual((one["lines_total"], one["lines_open"]), (8, 7))

    def test_only_rounds_that_may_be_started(self):
        """Tomorrow's rounds are planned but not shown; missed ones neither."""
        self.assertEqual([r["id"] for r in self.phone.phone_rooms()["rounds"]],
                         self.round.ids)  # fmt: skip

    def test_late_after_it_was_due(self):
        with freeze_time("2026-11-24 20:30:00"):
            self.assertTrue(self.phone.phone_rooms()["rooms"][0]["late"])

    def test_a_room_by_its_label_and_by_its_id(self):
        token = self.exam_1.medical_qr_token
        by_label = self.phone.phone_room(token)
        self.assertEqual(by_label, self.phone.phone_room(self.exam_1.id))
        self.assertEqual(by_label["room"]["name"], "Exam 1")
        [one] = by_label["rounds"]
        names = [line["name"] for line in one["lines"]]
        self.assertEqual(
            names, ["Table is clean", "Refrigerator", "Sharps container", "Remarks"]
        )
        fridge = one["lines"][1]
        self.assertEqual(fridge["limits"], "36 °F to 46 °F")
        self.assertEqual(fridge["number"], False)
        choices = [choice["name"] for choice in one["lines"][2]["choices"]]
        self.assertEqual(choices, ["Below the line", "Full"])
        self.assertTrue(json.dumps(by_label))

    def test_a_stale_label_says_so(self):
        token = self.exam_1.medical_qr_token
        self.exam_1.with_user(self.users["manager"]).action_medical_renew_token()
        for wrong in (token, "no-such-label", "x" * 500):
            with self.assertRaisesRegex(UserError, "label is no longer valid"):
                self.phone.phone_room(wrong)

    def test_a_room_of_another_company_is_not_there(self):
        foreign = self.as_outsider("medical.core.round")
        with self.assertRaisesRegex(UserError, "no longer exists"):
            foreign.phone_room(self.exam_1.id)
        self.assertEqual(foreign.phone_rooms()["rooms"], [])

    def test_equipment_without_a_room_is_found(self):
        cart = self.env["maintenance.equipment"].create({"name": "Crash cart"})
        schedule = self.new_schedule(room_ids=False, equipment_ids=cart.ids)
        schedule._generate()
        names = [room["name"] for room in self.phone.phone_rooms()["rooms"]]
        self.assertIn("Without a room", names)
        [one] = self.phone.phone_room(0)["rounds"]
        self.assertEqual({line["equipment"] for line in one["lines"]}, {"Crash cart"})

    def test_lines_are_there_when_the_cron_has_not_run(self):
        self.round._drop_lines()
        self.assertEqual(self.phone.phone_rooms()["rooms"][0]["due"], 4)

    def test_queries_do_not_grow_with_the_rounds(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.phone.phone_rooms()
            self.phone.phone_room(self.exam_1.id)
            return self.env.cr.sql_log_count - before

        count()
        few = count()
        for number in range(10):
            self.new_schedule(name=f"Schedule {number}", times="13:30")._generate()
        self.phone.phone_rooms()
        self.assertLessEqual(count(), few + 1)

    def test_several_rooms_at_once(self):
        """What a walk without a connection needs is fetched before it begins."""
        rooms = self.exam_1 | self.exam_2
        ahead = self.phone.phone_lines([*rooms.ids, self.exam_1.id + 10**6])
        self.assertEqual(ahead, [self.phone.phone_room(room.id) for room in rooms])
        self.assertEqual(self.phone.phone_lines([0])[0]["rounds"], [])
        foreign = self.as_outsider("medical.core.round")
        self.assertEqual(foreign.phone_lines(rooms.ids), [])
        for wrong in ("12", [True], [*range(41)], [None]):
            with (
                self.subTest(wrong),
                self.assertRaisesRegex(UserError, "no more than 40"),
            ):
                self.phone.phone_lines(wrong)

    def test_optional_lines_do_not_keep_a_round_from_its_signature(self):
        self.answer_all(self.round, self.owner)
        shown = self.phone.phone_rooms()
        self.assertEqual([room["due"] for room in shown["rooms"]], [1, 1])
        self.assertEqual([room["needed"] for room in shown["rooms"]], [0, 0])
        [one] = shown["rounds"]
        self.assertEqual((one["lines_open"], one["lines_needed"]), (2, 0))

    # ------------------------------------------------------------------ writing

    def test_what_was_entered_can_be_taken_back(self):
        line = self.line(self.table)
        full = {"photo": picture().decode(), "photo_name": "a.png", "note": "Wet"}
        self.submit(self.entry(line, result="fail", **full))
        self.submit(self.entry(line, "0002", note="", photo=""))
        self.assertEqual(
            (line.result, line.note, line.has_photo), ("fail", False, False)
        )
        fridge = self.line(self.fridge)
        self.submit(self.entry(fridge, "0003", number="41"))
        self.submit(self.entry(fridge, "0004", number=""))
        self.assertEqual((fridge.result, fridge.value_number), ("open", False))

    def test_queries_for_each_entry(self):
        """An entry costs a savepoint of its own, and no more when there are many."""
        schedule = self.new_schedule(name="Large", times="13:00")
        self.checklist.write(
            {"item_ids": [Command.create({"name": f"Item {n}"}) for n in range(30)]}
        )
        schedule._generate()
        large = schedule.round_ids.sorted("date_due")[0]
        self.phone.phone_rooms()
        lines = large.line_ids.filtered(lambda x: x.item_type == "pass_fail")

        def count(lines, run):
            entries = [
                self.entry(line, f"{run}-{line.id:06}", result="pass") for line in lines
            ]
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            answers = self.submit(*entries)
            self.assertEqual({one["status"] for one in answers.values()}, {"ok"})
            return self.env.cr.sql_log_count - before

        count(lines[:1], "warm")
        few, many = (count(lines[:n], f"run{n}") for n in (4, 40))
        self.assertEqual(len(lines[:40]), 40)
        # what is asked once is asked once, whatever caches were warm
        self.assertLessEqual((many - few) / 36, 10)

    def test_each_kind_of_answer(self):
        below, _full = self.sharps.choice_ids
        answers = self.submit(
            self.entry(self.line(self.table), "0001", result="fail", note="Wet"),
            self.entry(self.line(self.fridge), "0002", number="38.5"),
            self.entry(self.line(self.sharps), "0003", choice_id=below.id),
            self.entry(self.line(self.remarks), "0004", text="All well"),
        )
        self.assertEqual({one["status"] for one in answers.values()}, {"ok"})
        self.assertEqual(
            self.round.line_ids.filtered(lambda x: x.room_id == self.exam_1)
            .sorted("id")
            .mapped("answer"),
            ["Fail", "38.5 °F", "Below the line", "All well"],
        )
        self.assertEqual(self.round.state, "in_progress")
        self.assertEqual(self.line(self.table).entered_by_id, self.owner)
        self.assertEqual(self.line(self.table).note, "Wet")

    def test_the_same_entry_twice_is_applied_once(self):
        entry = self.entry(self.line(self.table), result="fail")
        self.assertEqual(self.submit(entry)[entry["uuid"]]["status"], "ok")
        correction = self.entry(self.line(self.table), "0002", result="pass")
        self.submit(correction)
        # the first one arrives again, late: it does not undo the correction
        self.assertEqual(self.submit(entry)[entry["uuid"]]["status"], "duplicate")
        self.assertEqual(self.line(self.table).result, "pass")
        twice = self.submit(correction, correction)
        self.assertEqual(twice[correction["uuid"]]["status"], "duplicate")

    def test_a_bad_entry_does_not_lose_the_others(self):
        good = self.entry(self.line(self.table), "good", result="pass")
        bad = self.entry(self.line(self.fridge), "warm", number="warm")
        hot = self.entry(self.line(self.fridge, self.exam_2), "hot", number=410)
        more = self.entry(self.line(self.table, self.exam_2), "more", result="pass")
        answers = self.submit(good, bad, hot, more)
        self.assertEqual(
            [one["status"] for one in answers.values()],
            ["ok", "refused", "refused", "ok"],
        )
        self.assertIn("“warm” is not a number", answers["entry-warm"]["message"])
        self.assertIn("-40 °F to 120 °F", answers["entry-hot"]["message"])
        self.assertEqual(self.round.open_count, 6)

    def test_a_refused_entry_may_come_again_corrected(self):
        line = self.line(self.fridge)
        self.refused(self.entry(line, number="warm"))
        answer = self.submit(self.entry(line, number="41"))
        self.assertEqual(answer["entry-0001"]["status"], "ok")

    def test_malformed_entries_are_refused_one_by_one(self):
        line = self.line(self.table)
        for broken in (
            {"uuid": "entry-0001", "line_id": "12"},
            {"uuid": "entry-0001", "line_id": True},
            {"uuid": "entry-0001", "line_id": line.id, "state": "done"},
            {"uuid": "entry-0001", "line_id": line.id, "note": ["x"]},
            {"uuid": "entry-0001", "line_id": line.id, "choice_id": "1"},
            {"uuid": "short", "line_id": line.id, "result": "pass"},
        ):
            with self.subTest(broken):
                self.assertIn("cannot be read", self.refused(broken))
        self.assertIn("cannot be read", self.submit("nonsense")[""]["message"])
        gone = {"uuid": "entry-0001", "line_id": line.id + 10**6, "result": "pass"}
        self.assertIn("no longer exists", self.refused(gone))
        with self.assertRaisesRegex(UserError, "at most 200"):
            self.submit(*[self.entry(line)] * 201)

    def test_closed_rounds_say_what_to_do(self):
        missed = self.missed_round()
        message = self.refused(self.entry(missed.line_ids[0], result="pass"))
        self.assertIn("on record as missed", message)
        self.assertIn("to reopen it", message)
        self.answer_all(self.round, self.owner)
        self.round.with_user(self.owner).action_sign()
        message = self.refused(self.entry(self.line(self.table), result="fail"))
        self.assertIn("is closed", message)
        self.assertEqual(self.line(self.table).result, "pass")

    def test_when_it_was_seen_and_not_when_it_arrived(self):
        line = self.line(self.table)
        for at, expected in (
            ("2026-11-24T18:05:00Z", "2026-11-24 18:05:00"),
            ("2026-11-24T12:05:00-06:00", "2026-11-24 18:05:00"),
            ("2026-11-24T18:31:00.250Z", "2026-11-24 18:30:00"),  # a minute ahead
            ("2026-11-24T22:00:00Z", "2026-11-24 18:30:00"),  # hours ahead: not true
            ("2020-01-01T00:00:00Z", "2026-11-24 18:30:00"),  # before it was open
            ("yesterday", "2026-11-24 18:30:00"),
        ):
            with self.subTest(at):
                self.submit(self.entry(line, at, result="pass", at=at))
                self.assertEqual(str(line.entered_at), expected)

    def test_an_older_pass_never_covers_a_newer_fail(self):
        line = self.line(self.table)
        late = self.entry(line, "later", result="fail", at="2026-11-24T18:20:00Z")
        self.submit(late)
        early = self.entry(
            line, "early", result="pass", note="Clean", at="2026-11-24T18:05:00Z"
        )
        answer = self.submit(early)["entry-early"]
        self.assertEqual(answer["status"], "ok", "the phone need not send it again")
        self.assertEqual(line.result, "fail")
        self.assertEqual(str(line.entered_at), "2026-11-24 18:20:00")
        kept = self.round.message_ids[0].body
        self.assertIn("Clean", kept)
        self.assertIn("stands", kept)
        # the same again, and one that is newer
        self.assertEqual(self.submit(early)["entry-early"]["status"], "duplicate")
        self.submit(self.entry(line, "again", result="pass", at="2026-11-24T18:25:00Z"))
        self.assertEqual(line.result, "pass")

    def test_what_no_database_stores_costs_nothing_beside_it(self):
        line, other = self.line(self.table), self.line(self.fridge)
        for number, bad in enumerate(
            (
                {"note": "a\x00b"},
                {"text": "half \ud83d"},
                {"number": "9" * 400},
                {"number": "1e999"},
                {"number": "NaN"},
                {"result": "pass", "at": "99999-01-01T00:00:00Z"},
                {"result": "pass", "at": "0001-01-01T00:00:00+14:00"},
                {"choice_id": 10**30},
                {"photo": "\x00", "result": "fail"},
                {"photo_name": "\ud83d", "result": "fail"},
            )
        ):
            with self.subTest(str(bad)[:40]):
                answers = self.submit(
                    self.entry(line, f"bad{number}", **bad),
                    self.entry(other, f"good{number}", number="4"),
                )
                self.assertIn(
                    answers[f"entry-bad{number}"]["status"], ("refused", "ok")
                )
                self.assertEqual(answers[f"entry-good{number}"]["status"], "ok")
        self.assertNotIn("\x00", line.note or "")

    def test_photo_and_note(self):
        line = self.line(self.table)
        entry = self.entry(
            line,
            result="fail",
            note="Stain",
            photo=picture("JPEG").decode(),
            photo_name="table.jpg",
        )
        self.assertEqual(self.submit(entry)["entry-0001"]["status"], "ok")
        self.assertTrue(line.has_photo)
        self.assertEqual(line.photo_name, "table.jpg")
        fake = self.entry(line, "0002", photo="bm90IGEgcGljdHVyZQ==")
        self.assertIn("is not a PNG", self.refused(fake))

    def test_signing(self):
        refused = self.phone.phone_sign(self.round.id)
        self.assertEqual(refused["status"], "refused")
        self.round.with_user(self.owner).action_start()
        refused = self.phone.phone_sign(self.round.id)
        self.assertIn("Exam 1: Table is clean", refused["message"])
        self.answer_all(self.round, self.owner)
        self.assertEqual(self.phone.phone_sign(self.round.id)["status"], "ok")
        self.assertEqual(self.round.signed_by_id, self.owner)

    def test_queries_of_signing_do_not_grow_with_the_lines(self):
        def count(one):
            one.with_user(self.owner).action_start()
            self.answer_all(one, self.owner)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(self.phone.phone_sign(one.id)["status"], "ok")
            return self.env.cr.sql_log_count - before

        count(self.new_round(self.new_schedule(name="First", times="14:15")))
        few = count(self.round)
        items = [Command.create({"name": f"Item {n}"}) for n in range(30)]
        self.checklist.write({"item_ids": items})
        large = self.new_round(self.new_schedule(name="Large", times="14:30"))
        self.assertEqual(count(large), few)
        self.assertEqual((self.round.line_count, large.line_count), (8, 68))

    def test_a_locked_round_is_sent_again_and_not_refused(self):
        """Somebody else writes at this moment: the phone keeps its entry."""
        locked = patch.object(
            type(self.round), "lock_for_update", side_effect=LockError("busy")
        )
        with locked, self.assertRaises(LockError):
            self.submit(self.entry(self.line(self.table), result="pass"))

    def test_a_name_that_no_answer_can_hold_costs_its_own_entry_alone(self):
        good = self.entry(self.line(self.table), result="pass")
        for number, odd in enumerate(("\ud83d" * 10, "\0" * 10)):
            name = f"good-entry-{number}"
            bad = {**self.entry(self.line(self.table), result="pass"), "uuid": odd}
            answers = self.phone.phone_submit([bad, {**good, "uuid": name}])
            self.assertEqual(answers[""]["status"], "refused")
            self.assertEqual(answers[name]["status"], "ok")

    def test_entries_of_another_login_are_not_taken_over(self):
        """The login on a shared tablet has changed while entries were waiting."""
        entry = self.entry(self.line(self.table), result="pass")
        for call in (
            lambda: self.phone.phone_submit([entry], self.backup.id),
            lambda: self.phone.phone_sign(self.round.id, self.backup.id),
        ):
            with self.assertRaisesRegex(AccessError, "made with another login"):
                call()
        self.assertEqual(self.line(self.table).result, "open")
        answer = self.phone.phone_submit([entry], self.owner.id)
        self.assertEqual(answer["entry-0001"]["status"], "ok")

    def test_only_staff_walk_rounds(self):
        entry = self.entry(self.line(self.table), result="pass")
        for role in ("auditor", "plain"):
            phone = self.env["medical.core.round"].with_user(self.users[role])
            with self.subTest(role):
                for call in (
                    phone.phone_rooms,
                    lambda phone=phone: phone.phone_room(self.exam_1.id),
                    lambda phone=phone: phone.phone_submit([entry]),
                    lambda phone=phone: phone.phone_sign(self.round.id),
                ):
                    with self.assertRaises(AccessError):
                        call()

    def test_a_line_of_another_company_is_refused(self):
        foreign = self.as_outsider("medical.core.round")
        entry = self.entry(self.line(self.table), result="pass")
        answer = foreign.phone_submit([entry])[entry["uuid"]]
        self.assertEqual(answer["status"], "refused")
        self.assertEqual(self.line(self.table).result, "open")

    def test_the_database_itself_keeps_entries_apart(self):
        """Two transactions at once: only a unique constraint can tell them apart."""
        [[definition]] = self.env.execute_query(
            SQL(
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s",
                "medical_core_round_entry_uuid",
            )
        )
        self.assertEqual(definition, "UNIQUE (uuid)")

    def test_received_entries_are_forgotten_in_the_end(self):
        self.submit(self.entry(self.line(self.table), result="pass"))
        entries = self.env["medical.core.round.entry"]
        with freeze_time("2027-01-10"):
            entries._gc_old()
            self.assertEqual(entries.search_count([]), 1)
        with freeze_time("2027-02-10"):
            entries._gc_old()
            self.assertEqual(entries.search_count([]), 0)


@tagged("post_install", "-at_install")
class TestRoundPhoneHttp(RoundCase, HttpCase):
    """Through the door that a phone uses."""

    def setUp(self):
        super().setUp()
        self.round = self.new_round()
        self.round._ensure_lines()

    def rpc(self, model, method, *args, **kwargs):
        answer = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            data=json.dumps(
                {
                    "jsonrpc": "2.0",
                    "method": "call",
                    "params": {
                        "model": model,
                        "method": method,
                        "args": list(args),
                        "kwargs": {
                            "context": {"allowed_company_ids": self.company.ids},
                            **kwargs,
                        },
                    },
                }
            ),
            headers={"Content-Type": "application/json"},
        )
        return answer.json()

    def refusal(self, *call, **kwargs):
        answer = self.rpc(*call, **kwargs)
        self.assertIn("error", answer)
        return answer["error"]["data"]["message"]

    def test_label_opens_the_room_on_the_phone(self):
        self.authenticate(self.owner.login, self.owner.login)
        token = self.exam_1.medical_qr_token
        answer = self.url_open(f"/medical_office/room/{token}", allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        self.assertTrue(
            answer.headers["Location"].endswith(f"/odoo/rounds-walk?room={token}")
        )

    def test_label_leads_who_is_not_logged_in_to_the_log_in(self):
        token = self.exam_1.medical_qr_token
        walk = f"/odoo/rounds-walk?room={token}"
        page = self.url_open(f"/medical_office/room/{token}")
        self.assertIn(walk, page.text)
        answer = self.url_open(walk, allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        self.assertIn("/web/login", answer.headers["Location"])
        self.assertIn(token, answer.headers["Location"])

    def test_stale_label_shows_a_page_that_helps(self):
        self.authenticate(self.owner.login, self.owner.login)
        answer = self.url_open("/medical_office/room/old-label")
        self.assertEqual(answer.status_code, 404)
        self.assertIn("label is no longer valid", answer.text)
        self.assertIn("/odoo/rounds-walk", answer.text)

    def test_labels_that_lead_nowhere(self):
        """Nonsense, another company's room and a closed room: a page, never a name."""
        self.authenticate(self.owner.login, self.owner.login)
        for token in ("x" * 2000, "%27%20OR%201=1", "..%2F..", "<b>", "🏥"):
            with self.subTest(token):
                answer = self.url_open(f"/medical_office/room/{token}")
                self.assertEqual(answer.status_code, 404)
        token = self.exam_1.medical_qr_token
        self.authenticate("test_outsider", "test_outsider")
        answer = self.url_open(f"/medical_office/room/{token}")
        self.assertEqual(answer.status_code, 404)
        self.assertIn("label is no longer valid", answer.text)
        self.assertNotIn("Exam 1", answer.text)

    def test_label_of_a_closed_room(self):
        """Archived rooms answer with what to do with the label."""
        room = self.exam_1.copy({"name": "Old exam", "medical_room_type": "exam"})
        token = room.medical_qr_token
        room.active = False
        self.authenticate(self.owner.login, self.owner.login)
        answer = self.url_open(f"/medical_office/room/{token}")
        self.assertEqual(answer.status_code, 404)
        self.assertIn("Take the label down", answer.text)

    def test_label_is_of_no_use_to_who_walks_no_rounds(self):
        self.authenticate("test_plain", "test_plain")
        token = self.exam_1.medical_qr_token
        answer = self.url_open(f"/medical_office/room/{token}")
        self.assertEqual(answer.status_code, 403)
        self.assertNotIn("Exam 1", answer.text)

    def test_submitting(self):
        self.authenticate(self.owner.login, self.owner.login)
        line = self.round.line_ids[0]
        entry = {"uuid": "entry-0001", "line_id": line.id, "result": "pass"}
        for status in ("ok", "duplicate"):
            answer = self.rpc("medical.core.round", "phone_submit", [entry])
            self.assertEqual(answer["result"]["entry-0001"]["status"], status)
        self.assertEqual(line.result, "pass")

    def test_refusals_through_rpc(self):
        self.authenticate(self.owner.login, self.owner.login)
        model, line_model = "medical.core.round", "medical.core.round.line"
        ids, line = self.round.ids, self.round.line_ids[0]
        self.assertIn("buttons", self.refusal(model, "write", ids, {"state": "done"}))
        for values in (
            {"signed_by_id": self.owner.id},
            {"date_late": "2030-01-01 00:00:00"},
            {"open_count": 0},
        ):
            self.assertIn(
                "only with its buttons", self.refusal(model, "write", ids, values)
            )
        self.assertIn(
            "head or the office manager decides",
            self.refusal(model, "write", ids, {"user_id": self.backup.id}),
        )
        self.assertIn(
            "planned by their schedule",
            self.refusal(model, "create", [{"schedule_id": self.schedule.id}]),
        )
        self.assertIn("not allowed", self.refusal(model, "unlink", ids))
        for values in (
            {"limit_max": 500},
            {"required": False},
            {"entered_by_id": self.backup.id},
            {"round_id": self.round.id},
        ):
            self.assertIn(
                "An item keeps", self.refusal(line_model, "write", line.ids, values)
            )
        self.assertIn(
            "needs a number",
            self.refusal(
                line_model,
                "write",
                self.lines_of(self.round, self.fridge)[:1].ids,
                {"value_number": "cold"},
            ),
        )
        self.assertIn("Private", self.refusal(model, "_move_to", ids, "done"))
        self.assertIn("Private", self.refusal(model, "_sign", ids))

    def test_frozen_through_rpc(self):
        one = self.signed_round()
        self.authenticate(self.owner.login, self.owner.login)
        line = one.line_ids[0]
        self.assertIn(
            "is closed",
            self.refusal(
                "medical.core.round.line", "write", line.ids, {"result": "fail"}
            ),
        )
        self.assertIn(
            "is closed",
            self.refusal(
                "medical.core.round",
                "write",
                one.ids,
                {"line_ids": [[1, line.id, {"note": "later"}]]},
            ),
        )
        # a context that pretends to be the mixin's
        self.assertIn(
            "only with its buttons",
            self.refusal(
                "medical.core.round",
                "write",
                one.ids,
                {"signed_at": False},
                context={
                    "medical_moving": True,
                    "allowed_company_ids": self.company.ids,
                },
            ),
        )

    def test_photo_of_a_signed_round_stays(self):
        line = self.round.line_ids[0]
        line.with_user(self.owner).write({"result": "fail", "photo": picture()})
        self.answer_all(self.round, self.owner)
        self.round.with_user(self.owner).action_sign()
        stored = self.env["ir.attachment"].search(
            [("res_model", "=", line._name), ("res_field", "=", "photo")]
        )
        self.authenticate(self.owner.login, self.owner.login)
        self.refusal("ir.attachment", "unlink", stored.ids)
        self.refusal("ir.attachment", "write", stored.ids, {"datas": False})
        shown = self.url_open(f"/web/image/{line._name}/{line.id}/photo")
        self.assertEqual(shown.headers["Content-Type"], "image/jpeg")
        self.authenticate("test_plain", "test_plain")
        hidden = self.url_open(f"/web/image/{line._name}/{line.id}/photo")
        self.assertNotEqual(hidden.content, shown.content)
