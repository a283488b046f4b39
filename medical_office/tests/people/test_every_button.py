"""A button is shown to who may press it.

Of each view of ours: no role sees a button of a method that the table of methods keeps
from it. And on the sample practice, whose records are in many states: each button that a
screen shows for a record is pressed as each role, and taken back. A state may say no (in a
sentence); a right may not, since the button then should not be there.
"""

import logging
import re
from copy import deepcopy
from types import SimpleNamespace

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ..access_matrix import ROLES as MATRIX_ROLES
from ..common import ROLES, PracticeCase, SampleCase, seen_actions
from ..core.test_method_matrix import needed
from ..method_matrix import read_methods
from ..screens import (
    FALSE,
    OURS,
    Screens,
    Undo,
    is_own,
    is_shown,
    names_of,
    own_fields,
    values_of,
)

_logger = logging.getLogger(__name__)
# a dialog is opened, its act asks who it is; a confirmed order stays as it is
ASKS = ("action_ask_reason", "button_approve", "button_confirm")
LINES = ("one2many", "many2many")
WRITE_AT_ONCE = (
    "boolean_toggle", "boolean_favorite", "priority", "state_selection", "handle",
)  # fmt: skip
ROWS = 5  # records of a screen that are looked at
# fields that say of a record whether its reader may press
ASKED = re.compile(r"\b(can_|medical_can_|medical_may_|uid\b)")
# whoever reads the record may open its file, too: one's own, or those one keeps
OWN = {("medical.people.document", "action_open_file")}


def buttons_of(arch, *kinds):
    """The buttons of a view itself, without those of its lines."""
    return [
        node
        for node in arch.iter("button", "a")
        if node.get("type") in (kinds or ("object",)) and is_own(node)
    ]


def method_of(button):
    """The method it calls in the end: a reason is asked for by one method of all."""
    reason = re.search(r"medical_reason_method': '(\w+)'", button.get("context") or "")
    return reason[1] if reason else button.get("name")


@tagged("post_install", "-at_install")
class TestButtonRights(PracticeCase):
    def test_no_role_sees_a_button_that_it_may_not_press(self):
        matrix = read_methods()
        tried, wrong = 0, set()
        for name, role, model, arch in self.seen_views():
            if model._transient:
                continue
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

    def test_no_role_is_shown_lines_that_it_may_not_read(self):
        """A form with lines of a table that is not the reader's opens with an error, and
        so does a list in it with such a column, also one that is out of sight."""
        tried, wrong = 0, set()
        for name, role, model, arch in self.seen_views():
            for node in arch.iter("field"):
                field = self.field_of(model, node)
                if not field or field.type not in LINES:
                    continue
                if is_own(node) and node.get("invisible") in ("1", "True"):
                    continue  # its numbers alone are asked for
                if field.comodel_name == "hr.employee":
                    continue  # the host gives the public profile
                tried += 1
                if not model.env[field.comodel_name].has_access("read"):
                    wrong.add(f"{name}: {role}: {field}")
        _logger.info("lines that roles see: %s", tried)
        self.assertFalse(wrong, "\n".join(sorted(wrong)))
        self.assertGreater(tried, 1000)

    def test_every_role_may_read_what_its_fields_are_calculated_from(self):
        """A number that counts what is not the reader's opens the form with an error."""
        tried, wrong = set(), set()
        for name, role, model, arch in self.seen_views():
            for node in own_fields(arch):
                field = model._fields.get(node.get("name"))
                key = (role, field)
                if not field or not field.compute or field.store or key in tried:
                    continue
                tried.add(key)
                try:
                    model.new({})[field.name]
                except AccessError as error:
                    said = str(error).splitlines()[0]
                    wrong.add(f"{name}: {role}: {field}: {said}")
                except Exception:  # noqa: BLE001 - of a record that is not there yet
                    continue
        _logger.info("calculated fields that roles read: %s", len(tried))
        self.assertFalse(wrong, "\n".join(sorted(wrong)))
        self.assertGreater(len(tried), 1000)

    def test_no_role_turns_a_switch_that_it_may_not_write(self):
        """A switch, a star or a handle writes at once, before anybody presses Save."""
        tried, wrong = 0, set()
        for name, role, model, arch in self.seen_views():
            for node in arch.iter("field"):
                if node.get("widget") not in WRITE_AT_ONCE or self.is_fixed(node):
                    continue
                lines, field = self.model_of(model, node), self.field_of(model, node)
                tried += 1
                editors = getattr(lines, "_editors", {})
                asked = editors.get(field.name, editors.get("*"))
                if not lines.has_access("write") or (
                    asked and not lines._guard_user_in(asked)
                ):
                    wrong.add(f"{name}: {role}: {field}")
        _logger.info("switches that roles may turn: %s", tried)
        self.assertFalse(wrong, "\n".join(sorted(wrong)))
        self.assertGreater(tried, 50)

    def is_fixed(self, node):
        """Whether a view shows a field and takes no change of it."""
        if any(
            node.get(name) not in FALSE for name in ("readonly", "column_invisible")
        ):
            return True
        whole = node.xpath("ancestor::list | ancestor::kanban | ancestor::form")
        return any(view.get("edit") in FALSE[2:] for view in whole)

    def field_of(self, model, node):
        """The field of a view's node; that of its lines inside a list in a form."""
        return self.model_of(model, node)._fields.get(node.get("name"))

    def model_of(self, model, node):
        for above in reversed([*node.iterancestors("field")]):
            model = model.env[model._fields[above.get("name")].comodel_name]
        return model

    def seen_views(self):
        """(name, role, model, view) of each view of ours and each role that reads it."""
        views = self.env["ir.ui.view"].search(
            [("type", "in", ("list", "form", "kanban"))]
        )
        for view, name in zip(
            views, map(views.get_external_id().get, views.ids), strict=True
        ):
            if not name.startswith(OURS) or view.model not in self.env:
                continue
            for role in (*ROLES, "auditor"):
                model = self.env[view.model].with_user(self.users[role])
                if model.has_access("read"):
                    arch = model.get_view(view.id, view.type)["arch"]
                    yield name, role, model, etree.fromstring(arch)

    def is_asked(self, button):
        return ASKED.search(button.get("invisible") or "")


@tagged("post_install", "-at_install", "medical_sample")
class TestEveryButton(SampleCase):
    def test_every_screen_a_role_can_reach(self):
        """Each menu, what its buttons and those of its lines lead to, each row of the
        cockpit: no right is missing, nothing fails, no form of the host where ours is."""
        counts, wrong = {}, []
        for login in self.logins:
            env = self.as_somebody(login)
            screens, done = Screens(env), set()
            for menu, action in seen_actions(env):
                screens.open(menu, action._get_action_dict())
                for button, records in self.shown(env, action, done):
                    label = button.get("string") or button.get("name")
                    self.press(screens, f"{menu} > {label}", button, records)
            for row in self.findings(env):
                where = f"Cockpit > {row.summary}"
                screens.follow(where, row, row.action_open_record)
            counts[login] = (screens.opened, len(done))
            wrong += [f"{login}: {problem}" for problem in screens.problems]
        _logger.info("screens opened and buttons pressed: %s", counts)
        self.assertFalse(wrong, "\n".join(wrong))
        self.assertGreater(counts.get("manager", (0, 51))[1], 50)

    def test_who_is_not_listed_is_refused_on_a_record(self):
        """Each method that the tables keep from somebody, called for a record of the
        sample that they read."""
        tried, wrong = 0, []
        for login in self.logins:
            env = self.as_somebody(login)
            mine = {one for one in MATRIX_ROLES if self.has_role(env.user, one)}
            for (name, method), roles in sorted(read_methods().items()):
                free = roles & mine or not roles or "plain" in roles or method in ASKS
                if free or name not in env or env[name]._abstract:
                    continue
                model = env[name]
                if model._transient or not model.has_access("read"):
                    continue
                tried += 1
                if not self.is_refused(model.search([], limit=1), method):
                    wrong.append(f"{login}: {name}.{method}")
        _logger.info("methods that a role is refused: %s", tried)
        self.assertFalse(wrong, "\n".join(wrong))
        self.assertGreater(tried, 500)

    def has_role(self, user, role):
        return role != "plain" and user.has_group(f"medical_office.core_group_{role}")

    def is_refused(self, record, method):
        if not record:
            return True
        act = getattr(record, method)
        try:
            with self.cr.savepoint():
                act(*["a reason"] * needed(act))
                self.env.flush_all()
                raise Undo
        except Undo:
            return False
        except UserError:
            return True
        finally:
            self.env.invalidate_all()

    def as_somebody(self, login):
        user = self.env["res.users"].search([("login", "=", login)])
        context = {
            "lang": "en_US",
            "tz": user.tz,
            "uid": user.id,
            "allowed_company_ids": user.company_id.ids,
        }
        return self.env(user=user, context=context)

    def findings(self, env):
        """One open finding of each check of one's own."""
        rows = env["medical.core.exception"].search(
            [("is_open", "=", True), ("user_id", "=", env.uid)]
        )
        return {row.check_id: row for row in rows}.values()

    def press(self, screens, where, button, records):
        """Press it for the first of the records that takes it."""
        before = len(screens.problems)
        for record in records:
            del screens.problems[before:]
            if screens.press(where, record, button):
                return

    # ------------------------------------------------------------------------ shown

    def shown(self, env, action, done):
        """(button, records) of each that the action's list and form show: the first record
        that shows it, or, of those for a selection, all rows of the screen as it opens."""
        names = names_of(env)
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
            for button in buttons_of(arch, "object", "action"):
                of_selection = kind == "list" and button.getparent().tag == "header"
                for rows in [first] if of_selection else [*first, *records]:
                    key = (model._name, method_of(button))
                    if key in done or not rows:
                        break
                    if is_shown(button, rows[:1]):
                        done.add(key)
                        yield button, rows
            for button, line in self.of_lines(arch, records):
                key = (line._name, method_of(button))
                if key not in done:
                    done.add(key)
                    yield button, line

    def of_lines(self, arch, records):
        """(button, line) of each button of the lists in a form."""
        for lines in own_fields(arch):
            for inner in map(deepcopy, lines.xpath("./list[.//button[@type]]")):
                found = (
                    (record, line)
                    for record in records
                    for line in record[lines.get("name")]._filtered_access("read")
                )
                for record, line in found:
                    parent = SimpleNamespace(**values_of(arch, record))
                    values = {**values_of(inner, line), "parent": parent}
                    for button in buttons_of(inner, "object", "action"):
                        if is_shown(button, line, values):
                            known = {**names_of(line.env, line), **values}
                            context = safe_eval(button.get("context") or "{}", known)
                            button.set("context", str(context))
                            yield button, line

    def filtered_by(self, model, action, context):
        """The domain of the filters that the screen opens with."""
        arch = model.get_view(action.search_view_id.id or False, "search")["arch"]
        domains = [
            safe_eval(node.get("domain"), names_of(model.env))
            for node in etree.fromstring(arch).iter("filter")
            if context.get(f"search_default_{node.get('name')}") and node.get("domain")
        ]
        return Domain.AND(domains)
