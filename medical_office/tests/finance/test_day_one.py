"""Day one: from an empty database to the first paid run, each step as its role.

Everything goes through the client's own door, as the screens send it. At the end stands
how many screens were opened and how many fields a person filled.
"""

import base64
import logging

from odoo.tests import JsonRpcException, freeze_time, new_test_user, tagged

from ..common import RpcClient

_logger = logging.getLogger(__name__)
NOW = "2026-06-23 15:00:00"
PASSWORD = "first-day-2026"
TEAM = {
    "manager": "Maria Alvarez",
    "director": "Dora Whitfield",
    "accountant": "Abel Stone",
    "hr": "Hana Reyes",
    "payroll": "Paul Kim",
}
STAFF_CSV = """\
Work email,Name,Job,Department,First day
manager@riverbend.example,Maria Alvarez,Office Manager,Administration,2020-01-06
director@riverbend.example,Dora Whitfield,Medical Director,Administration,2019-01-07
accountant@riverbend.example,Abel Stone,Accountant,Administration,2021-03-01
hr@riverbend.example,Hana Reyes,HR Officer,Administration,2021-03-01
payroll@riverbend.example,Paul Kim,Payroll Officer,Administration,2021-03-01
nora@riverbend.example,Nora Field,Registered Nurse,Nursing,2022-05-02
sam@riverbend.example,Sam Hill,Medical Assistant,Nursing,2023-08-14
"""
ASSET_CSV = """\
Name,Kind,Room
Vaccine refrigerator,Vaccine refrigerator,
"""
PAY_HEAD = (
    "Work email,Wage,Per,Exempt,SSN,Birthday,W-4 filing status,Bank,Routing number,"
    "Account number\n"
)
PAY = (("manager", 78000), ("director", 182000), ("accountant", 65000), ("hr", 62400),
       ("payroll", 62400), ("nora", 83200), ("sam", 62400))  # fmt: skip
PAY_CSV = PAY_HEAD + "".join(
    f"{who}@riverbend.example,{wage},year,yes,401-23-456{number},198{number}-02-01,"
    f"{'married' if number % 2 else 'single'},Credit Union,111000025,100200300{number}\n"
    for number, (who, wage) in enumerate(PAY)
)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestDayOne(RpcClient):
    """``self.screens`` and ``self.fields`` count what the people of the story do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.ref("base.main_company")
        cls.admin = cls.env.ref("base.user_admin")
        cls.admin.password = PASSWORD
        cls.users = {"admin": cls.admin}
        cls.screens, cls.filled = [], 0

    # -------------------------------------------------------------- the client's hand

    def sign_in(self, role):
        self.authenticate(self.users[role].login, PASSWORD)

    def call(self, model, method, *args, **kwargs):
        """As a client calls; what the server says is told, not only its kind."""
        answer = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            json={
                "jsonrpc": "2.0",
                "method": "call",
                "params": {
                    "model": model,
                    "method": method,
                    "args": args,
                    "kwargs": kwargs,
                },
            },
            timeout=120,
        ).json()
        if "error" in answer:
            data = answer["error"]["data"]
            raise JsonRpcException(
                code=answer["error"]["code"],
                message=f"{data['name']}: {data['message']}",
            )
        return answer["result"]

    def guide(self, role):
        self.sign_in(role)
        return self.call("medical.core.setup", "data")

    def step(self, role, code):
        data = self.guide(role)
        return next(
            step
            for part in data["parts"]
            for step in part["steps"]
            if step["code"] == code
        )

    def opened(self, role, code):
        """The step's screen, as its button opens it for this role."""
        self.sign_in(role)
        action = self.call("medical.core.setup", "action_open", code)
        type(self).screens.append((role, code))
        return action

    def fill(self, role, code, values, method=None, model=None):
        """Open the step's dialog or form, fill it in, press its button.

        :return: (id, what the button answers)
        """
        action = self.opened(role, code)
        return self.enter(
            model or action["res_model"], values, method, action.get("context") or {}
        )

    def enter(self, model, values, method=None, context=None):
        self.count(values)
        (record,) = self.call(model, "create", [values], context=context or {})
        answer = method and self.call(model, method, [record])
        return record, answer

    def count(self, values):
        for value in values.values():
            if isinstance(value, list):
                for command in value:
                    self.count(command[2] if len(command) > 2 and command[2] else {})
            else:
                type(self).filled += 1

    def write(self, model, record, values):
        self.count(values)
        self.call(model, "write", [record], values)

    def done(self, role, *codes):
        data = self.guide(role)
        left = {
            step["code"]: step["missing"]
            for part in data["parts"]
            for step in part["steps"]
            if step["code"] in codes and step["state"] != "done"
        }
        self.assertFalse(left)

    def refused(self, role, code):
        self.sign_in(role)
        self.call_refused(
            "medical.core.setup", "action_open", code, error="AccessError"
        )

    def csv(self, text):
        return base64.b64encode(text.encode()).decode()

    # --------------------------------------------------------------------- the story

    def test_from_an_empty_database_to_the_first_paid_run(self):
        self.assertFalse(self.env["medical.core.schedule"].search([]))
        self.admin_gives_roles()
        self.manager_sets_up_the_place()
        self.hr_brings_the_people()
        self.manager_plans_rounds()
        self.manager_sets_up_supplies()
        self.accountant_opens_the_books()
        self.payroll_prepares()
        self.first_run_is_paid()
        self.the_guide_ends()
        _logger.info(
            "day one: %s screens, %s fields filled in, %s people",
            len(self.screens), self.filled, len(PAY),
        )  # fmt: skip

    def admin_gives_roles(self):
        progress = self.guide("admin")
        self.assertGreater(progress["total"], 20)
        lines = [
            (0, 0, {"name": name, "login": f"{role}@riverbend.example", "role": role})
            for role, name in TEAM.items()
        ]
        _record, answer = self.fill(
            "admin",
            "roles",
            {"line_ids": lines, "invite": False},
            "action_create_users",
        )
        self.assertEqual(answer["res_model"], "change.password.wizard")
        users = self.env["res.users"].browse(answer["context"]["active_ids"])
        users.password = PASSWORD
        self.users.update({user.login.split("@")[0]: user for user in users})
        self.env.flush_all()
        self.done("admin", "roles")
        for role in ("accountant", "payroll", "hr"):
            self.refused(role, "roles")

    def manager_sets_up_the_place(self):
        self.refused("accountant", "company")
        wisconsin = self.env.ref("base.state_us_50").id
        self.fill(
            "manager",
            "company",
            {
                "name": "Riverbend Pediatrics",
                "street": "12 River Road",
                "city": "Madison",
                "state_id": wisconsin,
                "zip": "53703",
                "phone": "(608) 555-0199",
                "vat": "391234567",
            },
            "action_save",
        )
        self.assertEqual(self.company.vat, "39-1234567")
        self.fill("manager", "hours", {"tz": "America/Chicago"}, "action_save")
        self.assertEqual(str(self.company._medical_zone()), "America/Chicago")
        closed = self.env["resource.calendar.leaves"].search(
            [("name", "=", "Thanksgiving Day"), ("company_id", "=", self.company.id)]
        )
        self.assertIn("2026-11-26 06:00:00", [str(leave.date_from) for leave in closed])
        action = self.opened("manager", "site")
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        site, _answer = self.enter(
            "stock.warehouse",
            {
                "name": "Riverbend Main",
                "medical_manager_id": self.users["manager"].id,
                "medical_from_id": warehouse.id,
            },
            context=action["context"],
        )
        self.assertEqual(site, warehouse.id)
        self.fill("manager", "room", {}, "action_create_rooms")
        self.done("manager", "company", "hours", "site", "room")

    def hr_brings_the_people(self):
        record, _answer = self.fill(
            "hr", "staff", {"file": self.csv(STAFF_CSV)}, "action_check"
        )
        self.call("medical.people.import.wizard", "action_import", [record])
        self.done("hr", "staff")
        self.opened("hr", "department")
        people = self.env["hr.employee"].search([("company_id", "=", self.company.id)])
        by_name = {person.name: person for person in people}
        self.assertEqual(by_name["Maria Alvarez"].user_id, self.users["manager"])
        for name, head in (
            ("Administration", "Maria Alvarez"),
            ("Nursing", "Nora Field"),
        ):
            department = self.env["hr.department"].search(
                [("name", "=", name), ("company_id", "in", (self.company.id, False))]
            )
            self.write("hr.department", department.id, {"manager_id": by_name[head].id})
        self.done("hr", "department")
        # logins of the others: all proposed, nothing to type
        _record, answer = self.fill(
            "admin", "roles", {"invite": False}, "action_create_users"
        )
        users = self.env["res.users"].browse(answer["context"]["active_ids"])
        self.assertEqual(set(users.mapped("name")), {"Nora Field", "Sam Hill"})
        # HR may not join the own login to a person: the administrator does
        self.assertEqual(self.users["hr"].employee_id, by_name["Hana Reyes"])
        users.password = PASSWORD
        self.users["staff"] = users.filtered(lambda user: user.name == "Nora Field")
        self.skip("hr", "exclusion", "The list is imported with the first screening.")

    def skip(self, role, code, reason):
        self.sign_in(role)
        self.call_refused("medical.core.setup", "action_skip", code, " ")
        self.call("medical.core.setup", "action_skip", code, reason)
        type(self).filled += 1
        self.assertEqual(self.step(role, code)["skipped"]["reason"], reason)

    def manager_plans_rounds(self):
        _record, answer = self.fill(
            "manager", "rounds", {"kind": "pediatric"}, "action_create_schedules"
        )
        schedules = self.env["medical.core.schedule"].browse(answer["domain"][0][2])
        self.assertGreater(len(schedules), 2)
        self.assertTrue(schedules.round_ids)
        room = self.env["stock.location"].search(
            [("medical_room_type", "=", "lab"), ("company_id", "=", self.company.id)]
        )
        record, _answer = self.fill(
            "manager",
            "asset",
            {"file": self.csv(ASSET_CSV.rstrip() + room.name + "\n")},
            "action_check",
        )
        self.call("medical.facility.import.wizard", "action_import", [record])
        self.fill(
            "manager", "required",
            {"owner_id": self.users["manager"].id}, "action_create_schedules",
        )  # fmt: skip
        team = self.env["maintenance.team"].search([], limit=1)
        self.fill(
            "manager", "repair",
            {"team_id": team.id, "user_id": self.users["manager"].id},
        )  # fmt: skip
        self.done("manager", "rounds", "asset", "required", "repair")

    def manager_sets_up_supplies(self):
        self.fill("manager", "item", {}, "action_import")
        self.fill("manager", "par", {}, "action_create_pars")
        self.opened("manager", "vendor")
        for partner in self.env["res.partner"].search([("supplier_rank", ">", 0)]):
            self.write("res.partner", partner.id, {"email": "orders@vendor.example"})
        self.done("manager", "item", "par", "vendor")
        self.skip("manager", "stock", "The shelves are counted on Saturday.")

    def accountant_opens_the_books(self):
        self.refused("payroll", "pay_bank")
        self.fill("accountant", "chart", {}, "action_load")
        self.assertEqual(self.company.chart_template, "us")
        self.opened("accountant", "pay_accounts")
        self.call("medical.payroll.posting", "action_set_up", [])
        self.fill("accountant", "category", {}, "action_map")
        journal = self.env["account.journal"].search(
            [("company_id", "=", self.company.id), ("type", "=", "bank")], limit=1
        )
        self.fill(
            "accountant",
            "pay_bank",
            {
                "name": "Lake Bank",
                "destination": "121042882",
                "origin": "1391234567",
                "company_ident": "1391234567",
                "company_label": "RIVERBEND PED",
                "journal_id": journal.id,
            },
        )
        self.done("accountant", "chart", "pay_accounts", "category", "pay_bank")

    def payroll_prepares(self):
        self.fill(
            "payroll",
            "pay_schedule",
            {"name": "Every two weeks", "date_anchor": "2026-06-07"},
        )
        record, answer = self.fill(
            "payroll", "pay_people", {"file": self.csv(PAY_CSV)}, "action_check"
        )
        self.assertFalse(
            self.call(answer["res_model"], "read", [record], ["problems"])[0][
                "problems"
            ]
        )
        self.call("medical.payroll.pay.wizard", "action_import", [record])
        self.fill(
            "payroll",
            "pay_state",
            {
                "state_id": self.env.ref("base.state_us_50").id,
                "withholding_number": "036-1020304050",
                "unemployment_number": "690123-000-1",
                "suta_percent": 1.55,
                "suta_base": 14000,
            },
        )
        self.skip("payroll", "pay_opening", "The practice opens with this pay period.")
        self.done("payroll", "pay_schedule", "pay_people", "pay_state")
        trial, _answer = self.fill(
            "payroll",
            "pay_trial",
            {"source": "Old Payroll Inc.", "date_start": "2026-06-10"},
            "action_calculate",
        )
        self.call_refused("medical.payroll.trial", "action_accept", [trial])
        lines = self.env["medical.payroll.trial"].browse(trial).line_ids
        self.assertFalse(self.env["medical.payroll.trial"].browse(trial).problems)
        self.assertEqual(len(lines), 7)
        nora = lines.filtered(lambda line: line.employee_id.name == "Nora Field")
        # 83,200 a year every two weeks; 6.2 % and 1.45 % of it
        self.assertEqual(
            (nora.gross_ours, nora.security_ours, nora.medicare_ours),
            (3200.0, 198.4, 46.4),
        )
        self.assertFalse(self.env["hr.payslip.run"].search([]))
        for line in lines:
            self.write(
                "medical.payroll.trial.line",
                line.id,
                {"explanation": "The old provider's report comes on Friday."},
            )
        self.call("medical.payroll.trial", "action_accept", [trial])
        self.done("payroll", "pay_trial")

    def first_run_is_paid(self):
        self.opened("payroll", "pay_run")
        schedule = self.env["medical.payroll.schedule"].search([])
        run, _answer = self.enter(
            "hr.payslip.run",
            {
                "name": "First pay",
                "medical_schedule_id": schedule.id,
                "date_start": "2026-06-07",
                "date_end": "2026-06-20",
                "medical_date_pay": "2026-06-25",
            },
        )
        model = "hr.payslip.run"
        self.call(model, "action_medical_compute", [run])
        found = self.env[model].browse(run).medical_finding_ids
        self.assertFalse(
            found.filtered(lambda one: one.level == "blocker").mapped("summary")
        )
        self.call(model, "action_medical_submit", [run])
        self.call_refused(model, "action_medical_approve", [run])
        self.sign_in("director")
        self.screens.append(("director", "approve"))
        self.call(model, "action_medical_approve", [run])
        self.sign_in("payroll")
        self.call(model, "action_medical_post", [run])
        self.call(model, "action_medical_bank_file", [run])
        self.call(model, "action_medical_pay", [run])
        self.assertEqual(self.env[model].browse(run).state, "paid")
        self.done("payroll", "pay_run")

    def the_guide_ends(self):
        data = self.guide("manager")
        left = [
            (step["code"], step["missing"])
            for part in data["parts"]
            for step in part["steps"]
            if step["state"] == "open"
        ]
        self.assertFalse(left)
        self.assertEqual(data["done"], data["total"])
        cockpit = self.call("medical.core.cockpit", "data")
        self.assertTrue(cockpit["setup"])
        progress = self.call("medical.core.setup", "progress")
        self.assertEqual((progress["done"], progress["next"]), (data["total"], ""))
        self.assertTrue(progress["may_close"])
        self.sign_in("payroll")
        self.call_refused(
            "medical.core.setup", "action_close", "Done", error="AccessError"
        )
        self.sign_in("manager")
        self.call("medical.core.setup", "action_close", "All is set up.")
        self.assertFalse(self.call("medical.core.cockpit", "data")["setup"])
        self.call("medical.core.setup", "action_reopen")
        self.assertTrue(self.call("medical.core.cockpit", "data")["setup"])


@tagged("post_install", "-at_install")
class TestDayOneDoors(RpcClient):
    """Who has no part in the setup sees nothing of it and skips nothing."""

    def test_staff_reads_and_skips_nothing(self):
        self.users = {
            role: new_test_user(
                self.env, f"door_{role}", groups=f"medical_office.core_group_{role}"
            )
            for role in ("staff", "payroll")
        }
        self.sign_in("staff")
        model = "medical.core.setup"
        self.call_refused(model, "data", error="AccessError")
        self.call_refused(model, "action_skip", "company", "Why", error="AccessError")
        self.assertFalse(self.call("medical.core.cockpit", "data")["setup"])
        self.sign_in("payroll")
        self.call_refused(model, "action_skip", "company", "Why", error="AccessError")
        self.call_refused(model, "action_open", "nothing", error="UserError")
        self.call(model, "action_skip", "pay_schedule", "Later")
        self.call_refused(model, "action_skip", "pay_schedule", "Later")
        self.call(model, "action_resume", "pay_schedule")
        self.call_refused(
            "medical.core.setup.skip",
            "create",
            [{"code": "x", "reason": "y"}],
            error="AccessError",
        )
