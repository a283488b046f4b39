"""Every screen of every menu opens for who sees it, and calls a new record by no "False".

Walks the registry and the menus, so that a new model, view or menu is tried without a word.
"""

import ast
import inspect
import logging
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path

from lxml import etree

from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from ..common import ROLES, PracticeCase, seen_actions
from ..screens import Screens

_logger = logging.getLogger(__name__)
ADDON = Path(__file__).resolve().parents[2]
OWN = "medical."
# where the program shows through
SHOWN_THROUGH = ("False", "None", "NewId", "medical.", "()")
TAUGHT = 80  # letters of the HTML that an empty screen shows
# of the host: what a practice does with bills, orders, people and applicants
WANTED = (
    "medical_office.",
    "account.",
    "account_payment.",
    "hr.",
    "hr_holidays.",
    "hr_recruitment.",
    "hr_recruitment_skills.",
    "hr_recruitment_sms.",
    "hr_skills.",
    "maintenance.hr_equipment_request_action_from_equipment",
    "product.action_product_template_print_labels",
    "purchase.action_purchase_send_reminder",
    "purchase.action_report_purchase_order",
    "purchase.mail_followers_edit_action_from_purchase",
    "purchase.model_purchase_order_action_share",
    "stock.action_print_labels",
    "stock.action_report_picking",
)
# the host's import of rows: nobody imports into the sample practice
NEVER_CALLED = ("load",)


@tagged("-at_install", "post_install")
class TestEveryScreen(PracticeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls.env.ref("base.user_admin")
        cls.admin.company_ids |= cls.company
        # a practice whose books are set up, as far as an empty form asks
        cls.env["account.journal"].create(
            [
                {
                    "name": kind,
                    "code": kind[:3],
                    "type": kind,
                    "company_id": cls.company.id,
                }
                for kind in ("purchase", "general")
            ]
        )

    def _as(self, user):
        return self.env(
            user=user,
            context={
                "lang": "en_US",
                "tz": "America/Chicago",
                "uid": user.id,
                "allowed_company_ids": self.company.ids,
            },
        )

    # ------------------------------------------------------------------------ names

    def test_a_new_record_is_called_by_no_false(self):
        tried, wrong = 0, []
        for user in (self.admin, self.users["manager"]):
            env = self._as(user)
            for name in self._own_models():
                tried += 1
                title = self._new(env[name]).display_name or ""
                if any(part in title for part in SHOWN_THROUGH):
                    wrong.append(f"{user.login}: {name}: {title}")
        _logger.info("%s new records named", tried)
        self.assertFalse(wrong)
        self.assertGreater(tried, 150)

    def test_a_saved_record_without_a_name_is_called_by_its_kind(self):
        limit = self.env["medical.core.limit"]
        self.assertFalse(limit._rec_name, "the test needs a model without a name")
        one = limit.search([], limit=1) or limit.create({"role": "head", "amount": 1})
        self.assertEqual(one.display_name, f"{limit._description} {one.id}")

    def _own_models(self):
        return [
            name
            for name in sorted(self.env.registry)
            if name.startswith(OWN)
            and not self.env[name]._abstract
            and self.env[name]._auto
        ]

    def _new(self, model):
        """A new record as its form begins it; a dialog may need the records it is for."""
        try:
            values = model.default_get(list(model._fields))
        except UserError:
            values = {}
        return model.new(values)

    # ------------------------------------------------------------------------ methods

    def test_no_method_takes_a_name_that_the_host_calls(self):
        """A method of ours that happens to be called as one of every model is called by
        the host, with the host's arguments: a list then crashes once it is grouped."""
        tried, wrong = 0, set()
        for name in self.env.registry:
            for cls in type(self.env[name]).mro():
                if not cls.__module__.startswith("odoo.addons.medical_office."):
                    continue
                for own, method in vars(cls).items():
                    host = getattr(self.env.registry["base"], own, None)
                    if own in NEVER_CALLED:
                        continue
                    if inspect.isfunction(method) and inspect.isfunction(host):
                        tried += 1
                        if not self._takes_the_same(method, host):
                            wrong.add(f"{cls.__module__}: {cls.__name__}.{own}")
        _logger.info("methods of the host extended: %s", tried)
        self.assertFalse(wrong, "\n".join(sorted(wrong)))
        self.assertGreater(tried, 300)

    def _takes_the_same(self, method, host):
        own, theirs = (inspect.signature(one).parameters for one in (method, host))
        kinds = {one.kind for one in own.values()}
        if inspect.Parameter.VAR_KEYWORD in kinds:
            return True
        named = [
            one for one in theirs.values() if one.kind.name.startswith(("POS", "KEY"))
        ]
        return len(own) >= len(named) and all(
            one.name in own for one in named if one.kind is one.KEYWORD_ONLY
        )

    def test_no_action_of_ours_opens_what_the_host_has(self):
        """An action without views opens the host's list and form, also where ours is."""
        own = Screens(self.env).with_own_form
        tried, wrong = 0, []
        for path in sorted(ADDON.glob("*/**/*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Dict):
                    continue
                pairs = zip(node.keys, node.values, strict=True)
                given = {getattr(key, "value", None): value for key, value in pairs}
                model = getattr(given.get("res_model"), "value", None)
                if model and "type" in given:
                    tried += 1
                    if model in own and "views" not in given:
                        wrong.append(
                            f"{path.relative_to(ADDON)}:{node.lineno}: {model}"
                        )
        self.assertFalse(wrong)
        self.assertGreater(tried, 20)

    def test_the_host_offers_nothing_beside_ours(self):
        """Prints and actions in the menus of a screen are ours, or known to be wanted:
        "Set to 0" stood above the lots, "Change state" above one's own payslips."""
        tried, wrong = 0, set()
        for role in (*ROLES, "auditor"):
            env = self._as(self.users[role])
            for model in {action.res_model for _menu, action in seen_actions(env)}:
                bound = env["ir.actions.actions"].get_bindings(model)
                for offered in chain.from_iterable(bound.values()):
                    tried += 1
                    kind = self.env["ir.actions.actions"].browse(offered["id"]).type
                    action = self.env[kind].browse(offered["id"])
                    name = action.get_external_id()[action.id]
                    if not name.startswith(WANTED):
                        wrong.add(f"{model}: {name}")
        self.assertFalse(wrong, "\n".join(sorted(wrong)))
        self.assertGreater(tried, 100)

    # ----------------------------------------------------------------------- totals

    def test_every_measure_has_an_aggregator(self):
        """A pivot or graph crashes on a measure that nobody said how to total."""
        views = self.env["ir.ui.view"].search([("type", "in", ("pivot", "graph"))])
        own = {
            view: xmlid
            for view, xmlid in zip(
                views, map(views.get_external_id().get, views.ids), strict=True
            )
            if xmlid.startswith("medical_office.")
        }
        tried, wrong = 0, []
        for view, xmlid in own.items():
            model = self.env[view.model]
            arch = etree.fromstring(model.get_view(view.id, view.type)["arch"])
            for node in arch.xpath("//field[@type='measure']"):
                tried += 1
                if not model._fields[node.get("name")].aggregator:
                    wrong.append(f"{xmlid}: {node.get('name')}")
        _logger.info("%s measures of %s views", tried, len(own))
        self.assertFalse(wrong)
        self.assertGreater(tried, 20)

    # ------------------------------------------------------------------------ forms

    def test_every_action_opens_an_empty_form(self):
        """Who sees a menu and may create there presses New and gets an empty form."""
        tried, wrong = {}, []
        for role in (*ROLES, "auditor"):
            env = self._as(self.users[role])
            tried[role] = 0
            for menu, action in self._actions(env):
                tried[role] += 1
                if problem := self._empty_form(env, action):
                    wrong.append(f"{role}: {menu}: {problem}")
        _logger.info("empty forms opened: %s in all, %s", sum(tried.values()), tried)
        self.assertFalse(wrong)
        self.assertGreater(tried["manager"], 50)

    # --------------------------------------------------------------- nothing in it yet

    def test_every_screen_opens_in_a_practice_that_has_nothing(self):
        """As each role: views, rows, totals and New, as the client asks for them; and an
        empty screen says what will stand there."""
        counts, wrong = {}, []
        for role in (*ROLES, "auditor"):
            screens = Screens(self._as(self.users[role]))
            for menu, action in seen_actions(screens.env):
                screens.open(menu, action._get_action_dict())
                is_form = action.view_mode.startswith("form") or action.target == "new"
                if not is_form and len(action.help or "") < TAUGHT:
                    screens.tell(menu, "an empty screen that teaches nothing")
            counts[role] = screens.opened
            wrong += [f"{role}: {problem}" for problem in screens.problems]
        _logger.info("screens opened: %s", counts)
        self.assertFalse(wrong, "\n".join(wrong))
        self.assertGreater(counts["manager"], 300)

    # ----------------------------------------------------------------------- search

    def test_everything_a_screen_offers_to_search_by_works(self):
        """Each field, filter and group of the search of each screen, as each role."""
        tried, wrong = {}, []
        for role in (*ROLES, "auditor"):
            env = self._as(self.users[role])
            tried[role] = 0
            for menu, action in seen_actions(env):
                for what, ask in self._searches(env, action):
                    tried[role] += 1
                    if problem := self._problem(ask):
                        wrong.append(f"{role}: {menu}: {what}: {problem}")
        _logger.info("searched: %s in all, %s", sum(tried.values()), tried)
        self.assertFalse(wrong, "\n".join(wrong))
        self.assertGreater(tried["manager"], 500)

    def _searches(self, env, action):
        """(what it is called, call) of each thing one can search an action's screen by."""
        model = env[action.res_model]
        view = action.search_view_id.id or False
        names = {"uid": env.uid, "allowed_company_ids": self.company.ids}
        for node in etree.fromstring(model.get_view(view, "search")["arch"]).iter():
            name = node.get("name") if isinstance(node.tag, str) else None
            field = model._fields.get(name)
            if node.get("invisible") in ("1", "True"):
                continue
            if node.tag == "field" and field and self._is_text(field):
                domain = self._evaluated(
                    node.get("filter_domain"), names | {"self": "anna"}
                )
                domain = domain or [(name, "ilike", "anna")]
                yield name, partial(model.search, domain, limit=1)
            elif node.tag == "filter":
                domain = self._evaluated(node.get("domain"), names)
                yield name, partial(model.search, domain or [], limit=1)
                by = (self._evaluated(node.get("context"), names) or {}).get("group_by")
                kind = by and model._fields[by.split(":")[0]].type
                if kind in ("date", "datetime") and ":" not in by:
                    by += ":month"  # as the client asks
                if by and kind != "properties":
                    yield name, partial(model.web_read_group, domain or [], [by])

    def _is_text(self, field):
        """Whether what is typed into the search box is looked for in the field."""
        return field.type in ("char", "text", "many2one", "one2many", "many2many")

    def _evaluated(self, text, names):
        return (
            safe_eval(text, {**names, "context_today": datetime.today})
            if text
            else None
        )

    def _actions(self, env):
        """(name of the menu, action) that the role sees and can create records in."""
        return [
            (name, action)
            for name, action in seen_actions(env)
            if "form" in action.view_mode
            and env[action.res_model].has_access("create")
            and self._offers_new(env, action)
        ]

    def _form_of(self, action):
        return {kind: view for view, kind in action.views}.get("form") or False

    def _offers_new(self, env, action):
        arch = env[action.res_model].get_view(self._form_of(action), "form")["arch"]
        return etree.fromstring(arch).get("create", "1") not in ("0", "false", "False")

    def _empty_form(self, env, action):
        """What goes wrong when the action's form opens empty, or None."""
        names = {
            "uid": env.uid,
            "active_id": False,
            "active_ids": [],
            "context_today": datetime.today,
            "allowed_company_ids": self.company.ids,
        }
        context = safe_eval(action.context or "{}", names)
        view = env["ir.ui.view"].sudo().browse(self._form_of(action))
        # a form writes nothing until it is saved
        return self._problem(
            lambda: Form(
                env[action.res_model].with_context(**context), view=view or None
            )
        )

    def _problem(self, act):
        """What goes wrong, or None."""
        try:
            with self.cr.savepoint():
                act()
        except Exception as error:  # noqa: BLE001 - whatever it is, it goes on the list
            return f"{type(error).__name__}: {str(error).splitlines()[0][:160]}"
        return None
