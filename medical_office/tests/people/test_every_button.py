"""A button is shown to who may press it.

Of each view of ours: no role sees a button of a method that the table of methods keeps
from it. And on the sample practice, whose records are in many states: each button that a
screen shows for a record is pressed as each role, and taken back. A state may say no (in a
sentence); a right may not, since the button then should not be there.
"""

import logging
import re
from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ..common import ROLES, PracticeCase, SampleCase, seen_actions
from ..method_matrix import read_methods

_logger = logging.getLogger(__name__)
ROWS = 5  # records of a screen that are looked at
FALSE = (None, "", "0", "False", "false")
# fields that say of a record whether its reader may press
ASKED = re.compile(r"\b(can_|medical_can_|medical_may_|uid\b)")
# whoever reads the record may open its file, too: one's own, or those one keeps
OWN = {("medical.people.document", "action_open_file")}


def buttons_of(arch):
    """The buttons of a view itself that call a method, without those of its lines."""
    return [
        node
        for node in arch.iter("button", "a")
        if node.get("type") == "object"
        and not any(above.tag == "field" for above in node.iterancestors())
    ]


def method_of(button):
    """The method it calls in the end: a reason is asked for by one method of all."""
    reason = re.search(r"medical_reason_method': '(\w+)'", button.get("context") or "")
    return reason[1] if reason else button.get("name")


class Undo(Exception):
    """Takes back what a button did."""


@tagged("post_install", "-at_install")
class TestButtonRights(PracticeCase):
    def test_no_role_sees_a_button_that_it_may_not_press(self):
        matrix = read_methods()
        views = self.env["ir.ui.view"].search(
            [("type", "in", ("list", "form", "kanban"))]
        )
        tried, wrong = 0, set()
        for view, name in zip(
            views, map(views.get_external_id().get, views.ids), strict=True
        ):
            if not name.startswith("medical_office.") or view.model not in self.env:
                continue
            for role in (*ROLES, "auditor"):
                model = self.env[view.model].with_user(self.users[role])
                if model._transient or not model.has_access("read"):
                    continue
                arch = etree.fromstring(model.get_view(view.id, view.type)["arch"])
                for button in buttons_of(arch):
                    key = (model._name, method_of(button))
                    if key in OWN or key not in matrix or self.is_asked(button):
                        continue
                    tried += 1
                    if role not in matrix[key]:
                        wrong.add(f"{name}: {role}: {button.get('string')} ({key[1]})")
        _logger.info("buttons that roles see: %s", tried)
        self.assertFalse(wrong, "\n".join(sorted(wrong)))
        self.assertGreater(tried, 1000)

    def is_asked(self, button):
        return ASKED.search(button.get("invisible") or "")


@tagged("post_install", "-at_install", "medical_sample")
class TestEveryButton(SampleCase):
    def test_no_button_that_is_shown_is_refused_for_a_right(self):
        pressed, wrong = {}, []
        for login in self.logins:
            user = self.env["res.users"].search([("login", "=", login)])
            env = self.env(
                user=user,
                context={
                    "lang": "en_US",
                    "tz": user.tz,
                    "uid": user.id,
                    "allowed_company_ids": user.company_id.ids,
                },
            )
            done = pressed[login] = set()
            for menu, action in seen_actions(env):
                for button, records in self.shown(env, action, done):
                    done.add((records._name, method_of(button)))
                    problem = None
                    for record in records:
                        problem = self.refusal(record, button)
                        if not problem:
                            break
                    else:
                        label = button.get("string") or button.get("name")
                        wrong.append(f"{login}: {menu} > {label}: {problem}")
        counts = {login: len(done) for login, done in pressed.items()}
        _logger.info("buttons pressed: %s in all, %s", sum(counts.values()), counts)
        self.assertFalse(wrong, "\n".join(wrong))
        self.assertGreater(counts["manager"], 50)

    # ------------------------------------------------------------------------ shown

    def shown(self, env, action, done):
        """(button, records) of each that the action's list and form show: the first record
        that shows it, or, of those for a selection, all rows of the screen as it opens."""
        names = self.names(env)
        context = safe_eval(action.context or "{}", names)
        model = env[action.res_model].with_context(
            {name: v for name, v in context.items() if not name.startswith("search_")}
        )
        domain = Domain(safe_eval(action.domain or "[]", names))
        records = model.search(domain, limit=ROWS)
        first = model.search(
            domain & self.filtered_by(model, action, context), limit=ROWS
        )
        views = {kind: view for view, kind in action.views}
        for kind in ("list", "kanban", "form"):
            if not records or kind not in views:
                continue
            arch = etree.fromstring(model.get_view(views[kind], kind)["arch"])
            for button in buttons_of(arch):
                of_selection = kind == "list" and button.getparent().tag == "header"
                for rows in [first] if of_selection else [*first, *records]:
                    if (model._name, method_of(button)) in done or not rows:
                        break
                    if self.is_shown(arch, button, rows[:1]):
                        yield button, rows

    def filtered_by(self, model, action, context):
        """The domain of the filters that the screen opens with."""
        arch = model.get_view(action.search_view_id.id or False, "search")["arch"]
        domains = [
            safe_eval(node.get("domain"), self.names(model.env))
            for node in etree.fromstring(arch).iter("filter")
            if context.get(f"search_default_{node.get('name')}") and node.get("domain")
        ]
        return Domain.AND(domains)

    def is_shown(self, arch, button, record):
        values = {"context": record.env.context, "uid": record.env.uid, "id": record.id}
        for node in arch.iter("field"):
            field = record._fields.get(node.get("name"))
            if field and not any(
                above.tag == "field" for above in node.iterancestors()
            ):
                values[field.name] = field.convert_to_read(record[field.name], record)
                if field.type == "many2one" and values[field.name]:
                    values[field.name] = record[field.name].id
        for node in (button, *button.iterancestors()):
            hidden = node.get("invisible")
            if hidden not in FALSE and safe_eval(hidden, values):
                return False
        return True

    def names(self, env):
        return {
            "uid": env.uid,
            "active_id": False,
            "active_ids": [],
            "context_today": datetime.today,
            "current_date": str(date.today()),
            "relativedelta": relativedelta,
            "allowed_company_ids": env.companies.ids,
        }

    # ---------------------------------------------------------------------- pressed

    def refusal(self, record, button):
        """What the server says for want of a right, or None."""
        names = {**self.names(record.env), "id": record.id, "active_id": record.id}
        context = safe_eval(button.get("context") or "{}", names)
        try:
            with self.cr.savepoint():
                getattr(record.with_context(**context), button.get("name"))()
                self.env.flush_all()
                raise Undo
        except AccessError as error:
            return str(error).splitlines()[0][:200]
        except (Undo, UserError):
            return None
        finally:
            self.env.invalidate_all()
