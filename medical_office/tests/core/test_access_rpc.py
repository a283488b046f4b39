"""What a client could try by calling the server directly, and is refused."""

from odoo.tests import tagged

from ..common import RpcClient
from .round_case import RoundCase

ACCESS = "odoo.exceptions.AccessError"
USER = "odoo.exceptions.UserError"
EVERYBODY = (
    "staff", "head", "hr", "payroll", "accountant", "manager", "director", "auditor",
    "plain",
)  # fmt: skip


@tagged("post_install", "-at_install")
class TestAccessRpc(RoundCase, RpcClient):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.round = cls.new_round()
        cls.round._ensure_lines()
        cls.check = cls.env.ref("medical_office.core_check_round_missed")
        cls.here, cls.there = cls.env["medical.core.exception"].create(
            [
                cls.exception_values(department=department)
                for department in (cls.nursing, cls.front_desk)
            ]
        )

    @classmethod
    def exception_values(cls, department):
        return {
            "summary": f"Missed in {department.name}",
            "check_id": cls.check.id,
            "domain": "core",
            "res_model": "medical.core.round",
            "res_id": cls.round.id,
            "key": department.name,
            "company_id": cls.company.id,
            "department_id": department.id,
            "severity": "high",
            "date_opened": "2026-11-24 12:00:00",
        }

    # ---------------------------------------------------------------------- calling

    def refused(self, name, model, method, *args, **kwargs):
        self.call_refused(model, method, *args, error=name, **kwargs)

    # -------------------------------------------------------------------- the state

    def test_nobody_writes_a_state(self):
        for role in EVERYBODY:
            with self.subTest(role):
                self.sign_in(role)
                self.refused(
                    f"{USER}|{ACCESS}",
                    "medical.core.round",
                    "write",
                    self.round.ids,
                    {"state": "done"},
                )
        self.assertEqual(self.round.state, "planned")

    def test_a_context_from_outside_opens_no_door(self):
        self.sign_in("staff")
        for value in (True, 1, "object", {"__class__": "object"}):
            self.refused(
                USER,
                "medical.core.round",
                "write",
                self.round.ids,
                {"state": "done"},
                context={"medical_moving": value},
            )

    def test_what_begins_with_an_underscore_is_not_called(self):
        self.sign_in("manager")
        for method in ("_move_to", "_moving", "_sign"):
            self.refused(ACCESS, "medical.core.round", method, self.round.ids)

    def test_nobody_makes_or_deletes_rounds(self):
        for role in EVERYBODY:
            with self.subTest(role):
                self.sign_in(role)
                self.refused(
                    ACCESS,
                    "medical.core.round",
                    "create",
                    [{"schedule_id": self.schedule.id, "state": "done"}],
                )
                self.refused(ACCESS, "medical.core.round", "unlink", self.round.ids)

    def test_the_other_interface_refuses_the_same(self):
        keys = self.env["res.users.apikeys"].with_user(self.users["staff"]).sudo()
        # no end: the database's clock is not the frozen one
        key = keys._generate("rpc", "test", None)
        for body, status in (
            ({"ids": self.round.ids, "vals": {"state": "done"}}, 422),
            ({"ids": self.schedule.ids, "vals": {"times": "09:00"}}, 403),
        ):
            model = "round" if status == 422 else "schedule"
            with self.subTest(model):
                answer = self.url_open(
                    f"/json/2/medical.core.{model}/write",
                    json=body,
                    headers={"Authorization": f"Bearer {key}"},
                )
                self.assertEqual(answer.status_code, status, answer.text[:300])

    # ------------------------------------------------------------ company, department

    def test_the_round_of_another_company(self):
        self.sign_in("outsider")
        for method in ("read", "action_start", "action_sign"):
            with self.subTest(method):
                self.refused(ACCESS, "medical.core.round", method, self.round.ids)
        # nor by naming a company that is not theirs
        self.refused(
            ACCESS,
            "medical.core.round",
            "action_sign",
            self.round.ids,
            context={"allowed_company_ids": self.company.ids},
        )
        self.assertFalse(self.call("medical.core.round", "search", []))
        self.assertFalse(self.call("medical.core.exception", "search", []))

    def test_a_head_reads_the_exceptions_of_the_own_department(self):
        self.sign_in("head")
        self.assertEqual(
            self.call("medical.core.exception", "search", []), self.here.ids
        )
        self.refused(
            ACCESS, "medical.core.exception", "read", self.there.ids, ["summary"]
        )
        for method, args in (
            ("action_assign_to_me", ()),
            ("action_reassign", (self.users["head"].id,)),
            ("action_waive", ("Let it be", "2026-12-01")),
        ):
            with self.subTest(method):
                self.refused(
                    ACCESS, "medical.core.exception", method, self.there.ids, *args
                )

    def test_staff_read_their_own_exceptions(self):
        self.here.user_id = self.users["staff"]
        self.sign_in("staff")
        self.assertEqual(
            self.call("medical.core.exception", "search", []), self.here.ids
        )
        # of the money at risk they know nothing
        self.refused(
            ACCESS, "medical.core.exception", "read", self.here.ids, ["money_at_risk"]
        )
        for role in ("hr", "payroll", "accountant"):
            with self.subTest(role):
                self.sign_in(role)
                self.assertFalse(self.call("medical.core.exception", "search", []))

    def test_nobody_writes_the_register(self):
        for role in EVERYBODY:
            with self.subTest(role):
                self.sign_in(role)
                self.refused(
                    ACCESS,
                    "medical.core.exception",
                    "write",
                    self.here.ids,
                    {"user_id": self.users["staff"].id},
                )
                self.refused(
                    ACCESS,
                    "medical.core.exception",
                    "create",
                    [self.exception_values(self.nursing) | {"key": "new"}],
                )

    # ---------------------------------------------------------------- who keeps what

    def test_only_the_manager_keeps_checklists_and_rooms(self):
        for role in EVERYBODY:
            if role == "manager":
                continue
            with self.subTest(role):
                self.sign_in(role)
                self.refused(
                    ACCESS,
                    "medical.core.checklist",
                    "create",
                    [{"name": "Own", "kind": "round"}],
                )
                self.refused(
                    ACCESS,
                    "medical.core.checklist.item",
                    "write",
                    self.table.ids,
                    {"required": False},
                )
                self.refused(
                    ACCESS,
                    "stock.location",
                    "write",
                    self.exam_1.ids,
                    {"medical_floor": "9"},
                )
                self.refused(
                    ACCESS,
                    "stock.location",
                    "action_medical_renew_token",
                    self.exam_1.ids,
                )

    def test_nobody_types_a_label_code(self):
        self.sign_in("manager")
        self.refused(
            USER,
            "stock.location",
            "write",
            self.exam_1.ids,
            {"medical_qr_token": "mine"},
        )

    def test_a_label_code_is_for_the_staff(self):
        for role in ("auditor", "plain"):
            with self.subTest(role):
                self.sign_in(role)
                self.refused(
                    ACCESS,
                    "stock.location",
                    "read",
                    self.exam_1.ids,
                    ["medical_qr_token"],
                )

    def test_an_auditor_changes_nothing(self):
        missed = self.missed_round()
        ready = self.new_round(self.new_schedule(name="Ready to sign"))
        ready.with_user(self.owner).action_start()
        self.answer_all(ready, self.owner)
        self.sign_in("auditor")
        line = self.round.line_ids[0]
        tries = [
            ("medical.core.round", "action_start", [self.round.ids]),
            ("medical.core.round", "action_sign", [ready.ids]),
            ("medical.core.round", "action_reopen", [missed.ids, "Why not"]),
            ("medical.core.round", "action_excuse", [missed.ids, "Why not"]),
            ("medical.core.round.line", "write", [line.ids, {"result": "pass"}]),
            ("medical.core.schedule", "write", [self.schedule.ids, {"times": "09:00"}]),
            ("medical.core.check", "write", [self.check.ids, {"active": False}]),
            ("medical.core.exception", "action_assign_to_me", [self.here.ids]),
            (
                "medical.core.exception",
                "action_waive",
                [self.here.ids, "Seen", "2026-12-01"],
            ),
        ]
        for model, method, args in tries:
            with self.subTest(f"{model} {method}"):
                self.refused(ACCESS, model, method, *args)
        # and reads
        self.assertTrue(self.call("medical.core.round", "search", []))
        self.assertTrue(self.call("medical.core.exception", "search", []))

    def test_an_auditor_does_not_extend_the_own_access(self):
        user = self.sign_in("auditor")
        for values in (
            {"medical_auditor_until": "2199-01-01"},
            {"group_ids": [(4, self.env.ref("medical_office.core_group_manager").id)]},
        ):
            with self.subTest(values):
                self.refused(ACCESS, "res.users", "write", user.ids, values)

    def test_the_sample_is_loaded_by_an_administrator(self):
        for role in EVERYBODY:
            with self.subTest(role):
                self.sign_in(role)
                self.refused(ACCESS, "medical.core.sample", "load")
                self.refused(ACCESS, "medical.core.sample", "logins")

    def test_the_reason_dialog_calls_only_what_a_model_allows(self):
        self.sign_in("staff")
        for model, method in (
            ("medical.core.round", "unlink"),
            ("medical.core.round", "action_sign"),
            ("res.users", "write"),
            ("no.such.model", "write"),
        ):
            with self.subTest(f"{model} {method}"):
                wizard = self.call(
                    "medical.core.reason.wizard",
                    "create",
                    [
                        {
                            "res_model": model,
                            "res_ids": str(self.round.id),
                            "method": method,
                            "reason": "Because",
                        }
                    ],
                )
                self.refused(
                    USER, "medical.core.reason.wizard", "action_confirm", wizard
                )
