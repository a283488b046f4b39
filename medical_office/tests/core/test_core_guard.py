"""The guard on core's models: what people try through values, defaults and commands."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import RpcClient
from .check_case import CheckCase
from .round_case import RoundCase

ROLES = (
    "staff", "head", "hr", "payroll", "accountant", "manager", "director", "auditor",
)  # fmt: skip
REFUSED = UserError  # of which an AccessError is one


@tagged("post_install", "-at_install")
class TestCoreGuard(RoundCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.head = cls.users["head"]
        cls.manager = cls.users["manager"]

    def set_default(self, user, model, name, value):
        """The user's own default, as every internal user may set one."""
        self.env["ir.default"].with_user(user).set(model, name, value, user_id=True)

    # ----------------------------------------------------------------------- values

    def test_no_role_writes_what_the_program_writes(self):
        one = self.signed_round()
        records = {
            record._name: record
            for record in (
                one,
                one.line_ids[0],
                self.checklist,
                self.schedule,
                self.env["medical.core.check"].search([], limit=1),
                self.env["medical.core.escalation"].search([], limit=1),
                self.exam_1,
            )
        }
        tries = 0
        for model, record in records.items():
            guarded = record._guarded_names()
            for role in ROLES:
                mine = record.with_user(self.users[role])
                for name in guarded:
                    tries += 1
                    with self.subTest(f"{role}: {model}.{name}"):
                        with self.assertRaises(REFUSED):
                            mine.write({name: False})
                        # nor where a method of ours has lent the access rights
                        with self.assertRaises(REFUSED):
                            mine.sudo().write({name: False})
        self.assertGreater(tries, 300)

    def test_a_client_cannot_send_the_pen(self):
        one = self.signed_round()
        for pen in (True, 1, "object", {"pen": 1}):
            mine = one.with_user(self.manager).with_context(medical_pen=pen)
            with self.assertRaises(AccessError):
                mine.write({"signed_by_id": self.manager.id})

    def test_the_pen_drops_words_of_ours_that_a_client_sent(self):
        sent = {"medical_causes": {1: "used"}, "medical_count_id": 1, "lang": "en_US"}
        taken = self.signed_round().with_context(**sent)._pen()
        self.assertEqual(
            {key for key in taken.env.context if key.startswith("medical_")},
            {"medical_pen"},
        )
        self.assertEqual(taken.env.context["lang"], "en_US")
        # what the program adds under the pen stays, however often it is taken
        given = taken.with_context(medical_count_id=7)._pen()
        self.assertEqual(given.env.context["medical_count_id"], 7)

    def test_a_signed_round_keeps_its_request(self):
        one = self.signed_round()
        request = self.env["maintenance.request"].create(
            {"name": "Lamp", "company_id": self.company.id}
        )
        for role in ROLES:
            mine = one.with_user(self.users[role])
            with self.subTest(role), self.assertRaises(AccessError):
                mine.medical_request_id = request
            with self.subTest(role), self.assertRaises(AccessError):
                mine.line_ids[0].medical_request_id = request
        self.assertFalse(one.medical_request_id)

    # --------------------------------------------------------------------- defaults

    def test_a_checklist_is_born_in_its_first_version(self):
        self.set_default(self.manager, "medical.core.checklist", "version", 9)
        checklists = self.env["medical.core.checklist"].with_user(self.manager)
        values = {"name": "Born", "company_id": self.company.id}
        plain = checklists.create(dict(values))
        context = checklists.with_context(
            default_version=7, default_version_used=True
        ).create(dict(values))
        self.assertEqual((plain | context).mapped("version"), [1, 1])
        self.assertFalse(context.version_used)
        with self.assertRaises(AccessError):
            checklists.create({**values, "version": 7})
        self.assertEqual(checklists.default_get(["version"]), {"version": 1})

    def test_a_new_form_shows_no_default_of_a_program_field(self):
        self.set_default(self.manager, "medical.core.checklist", "version", 9)
        checklists = self.env["medical.core.checklist"].with_user(self.manager)
        with Form(checklists.with_context(default_version=7)) as form:
            form.name = "Born"
            self.assertEqual(form.version, 1)

    def test_rounds_and_lines_are_born_without_proof(self):
        proof = {
            "state": "done",
            "signed_by_id": self.manager.id,
            "signed_at": "2026-11-01 12:00:00",
            "is_excused": True,
            "checklist_version": 5,
        }
        for name, value in proof.items():
            self.set_default(self.head, "medical.core.round", name, value)
        for name, value in (
            ("result", "pass"),
            ("value_text", "Fine"),
            ("entered_by_id", self.manager.id),
            ("resolution", "Done"),
        ):
            self.set_default(self.head, "medical.core.round.line", name, value)
        schedule = self.schedule.with_user(self.head).with_context(
            **{f"default_{name}": value for name, value in proof.items()},
            default_result="pass",
        )
        schedule.action_generate()
        rounds = schedule.round_ids
        self.assertTrue(rounds)
        self.assertEqual(set(rounds.mapped("state")), {"planned"})
        self.assertFalse(rounds.signed_by_id)
        self.assertFalse(any(rounds.mapped("is_excused")))
        self.assertFalse(any(rounds.mapped("signed_at")))
        one = rounds.sorted("date_due")[0]
        one.with_user(self.head).with_context(default_result="pass").action_start()
        lines = one.sudo().line_ids
        self.assertEqual(set(lines.mapped("result")), {"open"})
        self.assertFalse(any(lines.mapped("value_text")))
        self.assertFalse(lines.entered_by_id)
        self.assertFalse(any(lines.mapped("resolution")))

    def test_the_label_of_a_room_is_nobodys_default(self):
        self.set_default(self.manager, "stock.location", "medical_qr_token", "mine")
        rooms = self.env["stock.location"].with_user(self.manager)
        room = rooms.with_context(default_medical_qr_token="yours").create(
            {
                "name": "Lab",
                "medical_room_type": "lab",
                "medical_site_id": self.site.id,
                "company_id": self.company.id,
            }
        )
        self.assertGreaterEqual(len(room.medical_qr_token), 24)

    def test_nobody_types_when_the_morning_mail_was_sent(self):
        admin = self.users["plain"]
        admin.group_ids += self.env.ref("base.group_system")
        with self.assertRaises(AccessError):
            self.head.with_user(admin).medical_digest_date = "2099-01-01"
        # one's own company stays everybody's to choose
        self.head.company_ids |= self.other_company
        self.head.with_user(self.head).company_id = self.other_company
        self.assertEqual(self.head.company_id, self.other_company)

    # ------------------------------------------------------------------------ copies

    def test_a_copy_takes_no_proof_along(self):
        self.signed_round()
        self.checklist.with_user(self.manager).name = "Exam room, anew"
        self.assertEqual(self.checklist.version, 2)
        twin = self.checklist.with_user(self.manager).copy()
        self.assertEqual((twin.version, twin.version_used), (1, False))
        self.assertTrue(self.schedule.generated_until)
        self.assertFalse(self.schedule.with_user(self.manager).copy().generated_until)

    # ---------------------------------------------------------------------- commands

    def test_commands_open_no_side_door(self):
        one = self.new_round()
        one.with_user(self.owner).action_start()
        line = one.line_ids[0]
        mine = one.with_user(self.owner)
        values = {
            "name": "Mine",
            "item_id": self.table.id,
            "item_type": "pass_fail",
            "severity": "low",
            "company_id": self.company.id,
            "date_due": one.date_due,
        }
        for command in (
            Command.create(values),
            Command.update(line.id, {"name": "Mine"}),
            Command.update(line.id, {"entered_by_id": self.manager.id}),
            Command.delete(line.id),
            Command.unlink(line.id),
            Command.clear(),
        ):
            with self.subTest(command), self.assertRaises(REFUSED):
                mine.write({"line_ids": [command]})
        mine.write({"line_ids": [Command.update(line.id, {"result": "pass"})]})
        self.assertEqual((line.result, line.entered_by_id), ("pass", self.owner))

    def test_a_round_does_not_join_another_schedule(self):
        one = self.signed_round()
        other = self.new_schedule(name="Other", times="09:00")
        for role in ("head", "manager", "director"):
            with self.subTest(role), self.assertRaises(REFUSED):
                other.with_user(self.users[role]).write(
                    {"round_ids": [Command.link(one.id)]}
                )
        with self.assertRaises(REFUSED):
            one.line_ids.with_user(self.owner).write(
                {"round_id": self.new_round(other).id}
            )
        self.assertEqual(one.schedule_id, self.schedule)

    # -------------------------------------------------------------------------- locks

    def test_lines_are_locked_with_their_round(self):
        one = self.signed_round()
        line = one.line_ids[0]
        for role in ("staff", "head", "manager", "director"):
            for lent in (False, True):
                mine = line.with_user(self.users[role]).sudo(lent)
                with self.subTest(role), self.assertRaises(REFUSED):
                    mine.result = "fail"
                with self.subTest(role), self.assertRaises(REFUSED):
                    mine.note = "Later"
                with self.subTest(role), self.assertRaises(REFUSED):
                    mine.unlink()
        with self.assertRaisesRegex(UserError, "was signed by"):
            line.with_user(self.manager).sudo().unlink()
        with self.assertRaisesRegex(UserError, "was signed by"):
            one.with_user(self.owner).write(
                {"line_ids": [Command.update(line.id, {"result": "fail"})]}
            )
        self.assertEqual(line.result, "pass")

    def test_a_closed_round_keeps_its_note_and_person(self):
        for one in (self.signed_round(), self.missed_round()):
            for lent in (False, True):
                mine = one.with_user(self.manager).sudo(lent)
                with self.assertRaisesRegex(UserError, "closed|on record"):
                    mine.note = "Later"
                with self.assertRaisesRegex(UserError, "closed|on record"):
                    mine.user_id = self.manager

    def test_what_happened_is_not_deleted(self):
        one = self.signed_round()
        for role in ROLES:
            with self.subTest(role), self.assertRaises(AccessError):
                one.with_user(self.users[role]).unlink()
        with self.assertRaisesRegex(UserError, "stays on record"):
            one.with_user(self.manager).sudo().unlink()
        planned = self.schedule.round_ids.filtered(lambda r: r.state == "planned")[:1]
        planned.with_user(self.manager).sudo().unlink()
        self.assertFalse(planned.exists())

    # ------------------------------------------------------------------------ editors

    def test_heads_decide_who_walks(self):
        one = self.new_round()
        with self.assertRaisesRegex(AccessError, "decides who does"):
            one.with_user(self.owner).user_id = self.backup
        self.assertFalse(one.is_assigned_by_hand)
        one.with_user(self.head).user_id = self.backup
        self.assertTrue(one.is_assigned_by_hand)

    def test_the_manager_tunes_a_check_and_no_more(self):
        check = self.env["medical.core.check"].search([], limit=1)
        # checks are shared: whoever works for all companies tunes them
        everywhere = self.env["res.company"].search([])
        self.manager.company_ids = [Command.set(everywhere.ids)]
        mine = check.with_user(self.manager)
        mine.write({"severity": "low", "sla_days": 9})
        for values in (
            {"method": "_other"},
            {"model_name": "res.users"},
            {"severity": "high", "code": "other"},
            {"ran_at": "2099-01-01 00:00:00"},
            {"error": False},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                mine.write(values)
            with self.subTest(values), self.assertRaises(AccessError):
                mine.sudo().write(values)
        self.assertEqual((check.severity, check.sla_days), ("low", 9))

    # -------------------------------------------------------------------------- scope

    def test_a_head_gives_no_schedule_to_another_department(self):
        mine = self.schedule.with_user(self.head)
        mine.name = "Still mine"
        with self.assertRaises(AccessError):
            mine.department_id = self.front_desk
        with self.assertRaises(AccessError):
            mine.write({"name": "Theirs", "department_id": self.front_desk.id})
        with self.assertRaises(AccessError):
            mine.copy({"department_id": self.front_desk.id})
        self.schedule.with_user(self.manager).department_id = self.front_desk
        self.assertEqual(self.schedule.department_id, self.front_desk)


@tagged("post_install", "-at_install")
class TestRegisterGuard(CheckCase):
    def born(self, **values):
        """What the check finds, with these as everybody's defaults in the call."""
        context = {f"default_{name}": value for name, value in values.items()}
        ir_default = self.env["ir.default"]
        for name, value in values.items():
            for user in (self.manager, self.env.ref("base.user_root")):
                ir_default.with_user(user).sudo().set(
                    "medical.core.exception", name, value, user_id=user.id
                )
        self.answers[self.check.code] = self.result(self.row(severity="high"))
        self.check.with_user(self.manager).with_context(**context).action_refresh()
        return self.register()

    @staticmethod
    def result(*rows):
        from ...models.core.check.check import CheckResult

        return CheckResult(4, list(rows))

    def test_an_exception_is_born_open(self):
        exception = self.born(
            state="waived",
            waive_reason="Nobody looks",
            waive_until="2099-01-01",
            waived_by_id=self.manager.id,
            waive_approved_by_id=self.manager.id,
            date_closed="2026-01-01 00:00:00",
            assigned_by_id=self.manager.id,
            reopen_count=3,
        )
        self.assertEqual(exception.state, "open")
        for name in (
            "waive_reason", "waive_until", "waived_by_id", "waive_approved_by_id",
            "date_closed", "assigned_by_id", "reopen_count",
        ):  # fmt: skip
            self.assertFalse(exception[name], name)
        self.assertTrue(exception.is_open)

    def test_an_exception_is_not_born_closed(self):
        self.assertEqual(self.born(state="closed").state, "open")

    def test_nobody_writes_a_waiver_even_where_rights_are_lent(self):
        exception = self.found(self.row(severity="high"))
        for role in ROLES:
            lent = self.as_role(exception, role).sudo()
            for values in (
                {"state": "waived"},
                {"waive_approved_by_id": self.manager.id},
                {"waive_until": "2099-01-01"},
                {"user_id": self.manager.id},
                {"date_due": "2099-01-01 00:00:00"},
                {"severity": "low"},
            ):
                with self.subTest(f"{role} {values}"), self.assertRaises(REFUSED):
                    lent.write(values)
            with self.subTest(role), self.assertRaises(AccessError):
                self.as_role(exception, role).unlink()
        with self.assertRaises(REFUSED):
            exception.with_user(self.manager).sudo().copy({"key": "x"})


@tagged("post_install", "-at_install")
class TestGuardRpc(RoundCase, RpcClient):
    """A few of the same as a client sends them."""

    def call_as(self, role, *args, **kwargs):
        self.sign_in(role)
        return self.call(*args, **kwargs)

    def refused_as(self, role, *args, **kwargs):
        self.sign_in(role)
        self.call_refused(*args, **kwargs)

    def test_a_signed_round(self):
        one = self.signed_round()
        request = self.env["maintenance.request"].create(
            {"name": "Lamp", "company_id": self.company.id}
        )
        for values in (
            {"medical_request_id": request.id},
            {"signed_by_id": self.users["manager"].id},
            {"note": "Later"},
        ):
            self.refused_as("manager", "medical.core.round", "write", one.ids, values)

    def test_the_version_of_a_checklist(self):
        self.refused_as(
            "manager",
            "medical.core.checklist",
            "write",
            self.checklist.ids,
            {"version": 9},
        )
        new = self.call_as(
            "manager",
            "medical.core.checklist",
            "create",
            [{"name": "Born", "company_id": self.company.id}],
            context={"default_version": 9},
        )
        self.assertEqual(self.env["medical.core.checklist"].browse(new).version, 1)

    def test_the_department_of_a_schedule(self):
        self.refused_as(
            "head",
            "medical.core.schedule",
            "write",
            self.schedule.ids,
            {"department_id": self.front_desk.id},
        )

    def test_the_mail_of_somebody_else(self):
        spec = {"user_id": {}, "subject": {}, "body": {}}
        for role, named in (("staff", "manager"), ("head", "director")):
            self.refused_as(
                role,
                "medical.core.digest",
                "onchange",
                [],
                {"user_id": self.users[named].id},
                ["user_id"],
                spec,
            )
