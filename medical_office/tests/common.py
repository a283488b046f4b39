"""The practice fixture: one company, two sites, a few rooms and a user per role."""

from datetime import date

from odoo import Command
from odoo.tests import HttpCase, JsonRpcException, TransactionCase, new_test_user

ROLES = {
    "staff": "medical_office.core_group_staff",
    "head": "medical_office.core_group_head",
    "hr": "medical_office.core_group_hr",
    "payroll": "medical_office.core_group_payroll",
    "accountant": "medical_office.core_group_accountant",
    "manager": "medical_office.core_group_manager",
    "director": "medical_office.core_group_director",
}


def asked_by_client(model, nodes):
    """What the web client asks of the fields of these nodes of a view."""
    fields = {node.get("name"): model._fields[node.get("name")] for node in nodes}
    return {
        name: {"fields": {"display_name": {}}} if field.relational else {}
        for name, field in fields.items()
    }


def seen_actions(env):
    """(name of the menu, action of a window) of Medical Office that the user sees."""
    root = env.ref("medical_office.medical_office_menu_root")
    menus = env["ir.ui.menu"].search([("id", "child_of", root.id)])
    visible = env["ir.ui.menu"]._visible_menu_ids()
    found = {}
    for menu in menus.filtered(lambda menu: menu.id in visible):
        action = menu.action
        if action and action._name == "ir.actions.act_window":
            found.setdefault(action.sudo(), menu.complete_name)
    return [(name, action) for action, name in found.items()]


class PracticeCase(TransactionCase):
    """A small practice. ``self.users[role]``, ``self.site``, ``self.rooms``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(
            context={
                **cls.env.context,
                "tracking_disable": True,
                "no_reset_password": True,
            }
        )
        cls.company = cls.env["res.company"].create(
            {"name": "Test Practice", "currency_id": cls.env.ref("base.USD").id}
        )
        cls.other_company = cls.env["res.company"].create({"name": "Other Practice"})
        cls.env.user.company_ids |= cls.company | cls.other_company
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.company.ids}
        )
        cls.company = cls.company.with_env(cls.env)
        cls.users = {
            role: new_test_user(
                cls.env,
                f"test_{role}",
                groups=group,
                company_id=cls.company.id,
                company_ids=[Command.set(cls.company.ids)],
                tz="America/Chicago",
            )
            for role, group in ROLES.items()
        }
        cls.users["auditor"] = new_test_user(
            cls.env,
            "test_auditor",
            groups="medical_office.core_group_auditor",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
            medical_auditor_until=date(2099, 12, 31),
        )
        cls.users["outsider"] = new_test_user(
            cls.env,
            "test_outsider",
            groups="medical_office.core_group_manager",
            company_id=cls.other_company.id,
            company_ids=[Command.set(cls.other_company.ids)],
        )
        cls.users["plain"] = new_test_user(
            cls.env,
            "test_plain",
            groups="base.group_user",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls._make_departments()
        cls._make_rooms()

    @classmethod
    def let_work_for_all(cls, *roles):
        """Give people of these roles every company: what is shared is theirs to keep."""
        companies = cls.env["res.company"].search([])
        for role in roles:
            cls.users[role].company_ids = companies

    def copy_of(self, action):
        """The copy of a sensitive file that a download makes, as superuser."""
        number = int(action["url"].rpartition("/")[2])
        return self.env["medical.core.opened.copy"].sudo().browse(number)

    @classmethod
    def _make_departments(cls):
        cls.nursing, cls.front_desk = cls.env["hr.department"].create(
            [
                {"name": name, "company_id": cls.company.id}
                for name in ("Nursing", "Front Desk")
            ]
        )
        cls.employees = {
            role: cls.env["hr.employee"].create(
                {
                    "name": f"{role.title()} Person",
                    "user_id": cls.users[role].id,
                    "company_id": cls.company.id,
                    "department_id": cls.nursing.id,
                }
            )
            for role in ROLES
        }
        cls.nursing.manager_id = cls.employees["head"]

    @classmethod
    def _make_rooms(cls):
        cls.site = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        ) or cls.env["stock.warehouse"].create(
            {"name": "Main Site", "code": "MAIN", "company_id": cls.company.id}
        )
        cls.site.medical_is_site = True
        cls.rooms = cls.env["stock.location"].create(
            [
                {
                    "name": name,
                    "usage": "internal",
                    "location_id": cls.site.lot_stock_id.id,
                    "company_id": cls.company.id,
                    "medical_room_type": kind,
                    "medical_department_id": cls.nursing.id,
                    "medical_manager_id": cls.users["manager"].id,
                }
                for name, kind in (
                    ("Reception", "reception"),
                    ("Exam 1", "exam"),
                    ("Exam 2", "exam"),
                    ("Store", "store"),
                )
            ]
        )


class SampleCase(TransactionCase):
    """Begins with the sample practice, whose records are in every state."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        sample = cls.env["medical.core.sample"]
        sample.load()
        cls.env.flush_all()
        cls.logins = [login for _role, login, _password in sample.logins()]


class RpcClient(HttpCase):
    """Calls the server as a client does, signed in as one of ``self.users``."""

    def sign_in(self, role):
        user = self.users[role]
        self.authenticate(user.login, user.login.ljust(8, "x"))
        return user

    def call(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def sentence_of(self, model, method, *args, **kwargs):
        """What somebody reads whose call is refused."""
        answer = self.opener.post(
            f"{self.base_url()}/web/dataset/call_kw/{model}/{method}",
            json={
                "jsonrpc": "2.0",
                "params": {
                    "model": model,
                    "method": method,
                    "args": args,
                    "kwargs": kwargs,
                },
            },
        ).json()
        self.assertIn("error", answer)
        self.assertRegex(
            answer["error"]["data"]["name"], "AccessError|UserError|ValidationError"
        )
        return answer["error"]["data"]["message"]

    def call_refused(
        self, model, method, *args, error="AccessError|UserError", **kwargs
    ):
        with self.assertRaisesRegex(JsonRpcException, error):
            self.call(model, method, *args, **kwargs)
