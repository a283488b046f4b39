"""What every view of ours keeps, walked over the registry: what a dialog shows it sends,
a number column is totaled on purpose, a list asks for all its rows at once, a label says its
field's name to people."""

import ast
import logging
from pathlib import Path

from lxml import etree

from odoo.tests import tagged

from ..common import PracticeCase, asked_by_client

_logger = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parents[2]
NUMBERS = ("integer", "float", "monetary")
FALSE = (None, "0", "False", "false")
FEW, MANY = 5, 40  # rows of a list
SPARE = 8  # queries that more rows may cost: of what only some of them have


def aggregators():
    """{(model, field)} of the definitions in our source that name an aggregator.

    A field forgets its definition once the registry stands, so the source is read.
    """
    found = set()
    for path in (ROOT / "models").rglob("*.py"):
        body = ast.parse(path.read_text(encoding="utf-8")).body
        shared = shared_words(body)
        for cls in body:
            if not isinstance(cls, ast.ClassDef):
                continue
            values = {
                target.id: node.value
                for node in cls.body
                if isinstance(node, ast.Assign)
                for target in node.targets
                if isinstance(target, ast.Name)
            }
            name = values.get("_name") or values.get("_inherit")
            if not isinstance(name, ast.Constant):
                continue
            found |= {
                (name.value, field)
                for field, call in values.items()
                if isinstance(call, ast.Call)
                and any(
                    word.arg == "aggregator"
                    or (word.arg is None and getattr(word.value, "id", None) in shared)
                    for word in call.keywords
                )
            }
    return found


def shared_words(body):
    """{names of a file's own dictionaries that hold an aggregator}"""
    return {
        node.targets[0].id
        for node in body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Dict)
        and any(getattr(key, "value", None) == "aggregator" for key in node.value.keys)
    }


@tagged("post_install", "-at_install")
class TestEveryView(PracticeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.said = aggregators()

    def own_views(self, *types):
        views = self.env["ir.ui.view"].search([("type", "in", types)])
        names = views.get_external_id()
        return [
            (view, names[view.id])
            for view in views
            if names[view.id].startswith("medical_office.") and view.model in self.env
        ]

    def arch(self, view):
        model = self.env[view.model]
        return etree.fromstring(model.get_view(view.id, view.type)["arch"])

    # ---------------------------------------------------------------------- dialogs

    def test_a_dialog_sends_what_its_lines_show(self):
        """A client leaves out of new lines what is read-only, unless told to send it.

        Lines of a dialog that come from a default are new: a column that is read-only,
        or becomes so, arrives empty, and the act says "False" or lacks what it needs.
        """
        tried, wrong = 0, []
        for view, name in self.own_views("form"):
            if not self.env[view.model]._transient:
                continue
            for lines in self.arch(view).xpath("//field[list]"):
                line = self.env[
                    self.env[view.model]._fields[lines.get("name")].comodel_name
                ]
                # lines that the program makes before the dialog opens: nothing to send
                if getattr(line, "_made_first", False) or not line._transient:
                    continue
                for node in lines.xpath("./list/field"):
                    field = line._fields[node.get("name")]
                    if not field.store or field.compute or field.related:
                        continue
                    tried += 1
                    readonly = node.get("readonly") not in FALSE or field.readonly
                    if readonly and node.get("force_save") in FALSE:
                        wrong.append(f"{name}: {line._name}.{field.name}")
        _logger.info("columns of dialogs: %s", tried)
        self.assertFalse(wrong)
        self.assertGreater(tried, 10)

    # ------------------------------------------------------------------------- days

    def test_days_left_are_said_in_days(self):
        """The host's field says "Next month" of a day after tomorrow."""
        wrong, ours = [], 0
        for view, name in self.own_views("list", "form", "kanban"):
            nodes = self.arch(view).xpath("//field[@widget]")
            wrong += [name for node in nodes if node.get("widget") == "remaining_days"]
            ours += sum(node.get("widget") == "medical_days" for node in nodes)
        self.assertFalse(wrong)
        self.assertGreater(ours, 30)

    def test_a_month_is_shown_as_one(self):
        """It is kept as its first day, which is said nowhere: "Nov 1" is no month."""
        wrong, ours = set(), 0
        for view, name in self.own_views("list", "form", "kanban"):
            for node in self.arch(view).xpath("//field[contains(@name, 'month')]"):
                lines = [
                    self.env[view.model]._fields[one.get("name")]
                    for one in node.xpath("ancestor::field[1]")
                ]
                model = self.env[lines[0].comodel_name if lines else view.model]
                is_date = model._fields[node.get("name")].type == "date"
                hidden = self.is_hidden(node) or node.get("invisible") == "1"
                if not is_date or hidden:
                    continue
                ours += 1
                if node.get("widget") != "medical_month":
                    wrong.add(f"{name}: {node.get('name')}")
        self.assertFalse(wrong, "\n".join(sorted(wrong)))
        self.assertGreater(ours, 15)

    # ------------------------------------------------------------------------ speed

    def test_a_list_asks_for_all_its_rows_at_once(self):
        """More rows are not more queries, in each list that has rows from the start."""
        tried, wrong = 0, []
        for view, name in self.own_views("list"):
            few, rows = self.queries(view, FEW)
            if rows < FEW:
                continue
            many, rows = self.queries(view, MANY)
            tried += 1
            if many > few + SPARE:
                wrong.append(f"{name}: {few} queries, {many} for {rows} rows")
        _logger.info("lists with rows: %s", tried)
        self.assertFalse(wrong, "\n".join(wrong))
        self.assertGreater(tried, 20)

    def queries(self, view, rows):
        """(queries, rows found) of what a client asks for this list."""
        model = self.env[view.model].with_context(active_test=False)
        asked = asked_by_client(model, self.arch(view).xpath("/list/field"))
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        found = model.web_search_read([], asked, limit=rows)["records"]
        return self.env.cr.sql_log_count - before, len(found)

    # ----------------------------------------------------------------------- totals

    def test_a_number_column_is_totaled_on_purpose(self):
        """A grouped list adds up every number, also years of life and days left; so each
        of our numbers says how it is totaled, or that it is not."""
        tried, wrong = set(), set()
        for view, name in self.own_views("list", "pivot", "graph"):
            model = self.env[view.model]
            for node in self.arch(view).xpath("/list/field|/pivot/field|/graph/field"):
                field = model._fields[node.get("name")]
                if not self.is_own_number(model, field) or self.is_hidden(node):
                    continue
                tried.add(field)
                if not self.says_aggregator(model, field) and not self.has_total(node):
                    wrong.add(f"{model._name}.{field.name} ({name})")
        _logger.info("number columns: %s", len(tried))
        self.assertFalse(wrong, "\n".join(sorted(wrong)))
        self.assertGreater(len(tried), 100)

    def is_own_number(self, model, field):
        ours = model._name.startswith("medical.") or field.name.startswith("medical_")
        return ours and field.type in NUMBERS and field.store

    def is_hidden(self, node):
        return node.get("column_invisible") not in FALSE or (
            node.get("widget") == "handle"
        )

    def has_total(self, node):
        return any(node.get(total) for total in ("sum", "avg", "max", "min"))

    def says_aggregator(self, model, field):
        """Whether some definition of the field says how it is totaled."""
        related = field.related and field.related.rpartition(".")[2]
        bases = {getattr(base, "_name", None) for base in type(model).mro()}
        return any(
            (base, name) in self.said
            for base in bases
            for name in (field.name, related)
        )

    # ----------------------------------------------------------------------- labels

    def test_no_label_begins_with_medical(self):
        """A field of ours on a host's model gets its label from its name, which begins
        with the addon's: the dialog that adds one was called "Create Medical W4"."""
        wrong = [
            f"{model._name}.{field.name}: {field.string}"
            for model in map(self.env.__getitem__, self.env.registry)
            for field in model._fields.values()
            if field.name.startswith("medical_")
            and (field.string or "").startswith("Medical ")
        ]
        self.assertFalse(wrong)
