"""Opens screens as a web client does: it asks the server for what the client asks.

What is found wrong is a right that is missing, an error, a name in which the program shows
through, or the host's form of a thing that has one of ours.
"""

from datetime import date, datetime
from functools import partial

from dateutil.relativedelta import relativedelta
from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tools.safe_eval import safe_eval

OURS = "medical_office."
ROWS = 40
FORMS = 3  # records of a list that are opened
FALSE = (None, "", "0", "False", "false")
SHOWN_THROUGH = ("False", "NewId", "undefined")
NUMBERS = ("integer", "float", "monetary")


class Undo(Exception):
    """Takes back what was done."""


def names_of(env, record=None):
    """What the client knows when it evaluates a domain, a context or a condition."""
    return {
        "uid": env.uid,
        "id": record and record.id,
        "active_id": record and record.id,
        "active_ids": record.ids if record else [],
        "context_today": datetime.today,
        "current_date": str(date.today()),
        "relativedelta": relativedelta,
        "allowed_company_ids": env.companies.ids,
    }


def is_shown(node, record, values=None):
    """Whether a node of a view is shown for a record.

    :param values: those of the form's fields; read from the record unless given
    """
    if values is None:
        values = values_of(node.getroottree().getroot(), record)
    for each in (node, *node.iterancestors()):
        hidden = each.get("invisible")
        if hidden not in FALSE and safe_eval(hidden, dict(values)):
            return False
    return True


def values_of(arch, record):
    """The values of a view's own fields, as its conditions read them."""
    values = {"context": record.env.context, "uid": record.env.uid, "id": record.id}
    for node in own_fields(arch):
        field = record._fields.get(node.get("name"))
        if field:
            values[field.name] = field.convert_to_read(record[field.name], record)
            if field.type == "many2one" and values[field.name]:
                values[field.name] = record[field.name].id
    return values


def own_fields(arch):
    """The fields of a view itself, without those of the lists in it."""
    return [node for node in arch.iter("field") if is_own(node)]


def is_own(node):
    return not any(above.tag == "field" for above in node.iterancestors())


def asked_of(model, nodes):
    """The specification by which the client reads these fields."""
    asked = {}
    for node in nodes:
        field = model._fields.get(node.get("name"))
        if not field:
            continue
        asked[field.name] = {}
        if field.type == "many2one":
            asked[field.name] = {"fields": {"display_name": {}}}
        elif field.type in ("one2many", "many2many"):
            lines = model.env[field.comodel_name]
            inner = node.xpath("./list/field | ./kanban//field")
            fields = asked_of(lines, [each for each in inner if not len(each)])
            asked[field.name] = {
                "fields": fields or {"display_name": {}},
                "limit": ROWS,
            }
        elif field.type == "reference":
            asked[field.name] = {"fields": {}}
    return asked


class Screens:
    """The screens of one user; ``problems`` are told by where they are.

    :param env: the user's own
    """

    def __init__(self, env):
        self.env = env
        self.opened = 0
        self.problems = []
        # sudo: the walk knows every view, as the client does not
        views = env["ir.ui.view"].sudo().search([("type", "=", "form")])
        self.names = views.get_external_id()
        self.with_own_form = {
            view.model
            for view in views
            if view.mode == "primary"
            and self.names[view.id].startswith(OURS)
            and not view.model.startswith("medical.")
        }

    def tried(self, where, act, *allowed):
        """What an act answers, taken back; None where something is wrong."""
        self.opened += 1
        try:
            with self.env.cr.savepoint():
                answer = act()
                self.env.flush_all()
                raise Undo
        except Undo:
            return answer
        except allowed as error:
            if isinstance(error, AccessError):
                self.tell(where, error)
        except Exception as error:  # noqa: BLE001 - whatever it is, it goes on the list
            self.tell(where, error)
        finally:
            self.env.invalidate_all()
        return None

    def tell(self, where, what):
        if isinstance(what, Exception):
            lines = (str(what) or "without a word").splitlines()
            what = f"{type(what).__name__}: {' '.join(lines)[:240]}"
        self.problems.append(f"{where}: {what}")

    # --------------------------------------------------------------------- an action

    def open(self, where, action):
        """Open a window's action: its views, its rows, the first record, a new one."""
        names = names_of(self.env)
        context = self.evaluated(action.get("context"), names) or {}
        model = self.env[action["res_model"]].with_context(
            {key: v for key, v in context.items() if not key.startswith("search_")}
        )
        domain = self.evaluated(action.get("domain"), names) or []
        views = action.get("views") or [
            (False, kind) for kind in action["view_mode"].split(",")
        ]
        self.read_title(where, action.get("name"))
        kinds = {kind for _view, kind in views}
        if kinds == {"form"} and not action.get("res_id"):
            self.tried(where, partial(model.check_access, "create"))
        got = self.tried(where, partial(self.views_of, model, views, action))
        if got is None:
            return
        archs = {kind: etree.fromstring(view["arch"]) for kind, view in got.items()}
        records = model.browse(action.get("res_id"))
        if not records and action.get("target") != "new":
            records = self.open_rows(where, model, domain, archs)
        if "form" not in archs:
            return
        self.read_form(where, model, got["form"]["id"])
        for record in records:
            self.open_form(where, record, archs["form"])
        if records:
            return
        if action.get("target") == "new" or self.offers_new(model, archs["form"]):
            self.open_empty(where, model, archs["form"], action.get("target"))

    def views_of(self, model, views, action):
        search = action.get("search_view_id") or [False]
        search = search[0] if isinstance(search, list | tuple) else search
        options = {"toolbar": True, "load_filters": True}
        wanted = [*((view, kind) for view, kind in views), (search, "search")]
        return model.get_views(wanted, options)["views"]

    def open_rows(self, where, model, domain, archs):
        """Ask for the rows and totals of each view; the first records."""
        first = model
        for kind, arch in archs.items():
            if kind in ("list", "kanban"):
                nodes = own_fields(arch) if kind == "list" else arch.iter("field")
                rows = self.tried(
                    f"{where} [{kind}]",
                    partial(
                        model.web_search_read,
                        domain,
                        asked_of(model, nodes),
                        limit=ROWS,
                    ),
                )
                if rows and rows["records"]:
                    ids = [row["id"] for row in rows["records"][:FORMS]]
                    first = first or model.browse(ids)
            elif kind in ("pivot", "graph"):
                groups, totals = self.totals(model, arch)
                self.tried(
                    f"{where} [{kind}]",
                    partial(
                        model.formatted_read_group, domain, groups, [*totals, "__count"]
                    ),
                )
        return first

    def totals(self, model, arch):
        """(group by, aggregates) that a pivot or graph asks for."""
        groups, totals = [], []
        for node in arch.iter("field"):
            field = model._fields.get(node.get("name"))
            if not field or node.get("invisible") not in FALSE:
                continue
            if node.get("type") == "measure" or field.type in NUMBERS:
                if field.aggregator:
                    totals.append(f"{field.name}:{field.aggregator}")
            elif field.type in ("date", "datetime"):
                groups.append(f"{field.name}:{node.get('interval') or 'month'}")
            else:
                groups.append(field.name)
        return groups, totals

    def open_form(self, where, record, arch):
        asked = {"display_name": {}, **asked_of(record, own_fields(arch))}
        rows = self.tried(f"{where} [form]", partial(record.web_read, asked))
        if rows:
            self.read_title(where, rows[0]["display_name"])

    def open_empty(self, where, model, arch, target):
        """What New shows; a state may say no in a sentence. A dialog has its own title."""
        asked = {"display_name": {}, **asked_of(model, own_fields(arch))}
        new = self.tried(
            f"{where} > New", partial(model.onchange, {}, [], asked), UserError
        )
        if new and target != "new":
            self.read_title(where, new["value"].get("display_name"))

    def offers_new(self, model, arch):
        return arch.get("create") not in FALSE[2:] and model.has_access("create")

    def evaluated(self, text, names):
        return safe_eval(text, dict(names)) if isinstance(text, str) else text

    # ------------------------------------------------------------------ what is read

    def read_title(self, where, title):
        if any(part in (title or "") for part in SHOWN_THROUGH):
            self.tell(where, f"the title “{title}”")

    def read_form(self, where, model, view):
        """An action that names no form shows the host's."""
        if model._name in self.with_own_form and not (
            self.names.get(view) or ""
        ).startswith(OURS):
            self.tell(
                where, f"the host's form of {model._name}: {self.names.get(view)}"
            )

    # ---------------------------------------------------------------------- a button

    def press(self, where, records, button):
        """Press a button and open what it leads to; True unless something is wrong."""
        names = names_of(self.env, records[:1])
        context = self.evaluated(button.get("context"), names) or {}
        if button.get("type") == "object":
            act = getattr(records.with_context(**context), button.get("name"))
        else:
            act = partial(self.action, int(button.get("name")))
        return self.follow(where, records, act, context)

    def action(self, number):
        # sudo: the client loads an action by its number, whoever asks
        action = self.env["ir.actions.actions"].sudo().browse(number)
        return self.env[action.type].sudo().browse(number)._get_action_dict()

    def follow(self, where, records, act, context=None):
        """Do it and open what it leads to; a state may say no in a sentence.

        :return: True unless something is wrong
        """
        before = len(self.problems)
        self.tried(
            where, partial(self._follow, where, records, act, context), UserError
        )
        return len(self.problems) == before

    def _follow(self, where, records, act, context):
        action = act()
        if (
            not isinstance(action, dict)
            or action.get("type") != "ir.actions.act_window"
        ):
            return
        names = names_of(self.env, records[:1])
        asked = {
            "active_id": records[:1].id,
            "active_ids": records.ids,
            "active_model": records._name,
        }
        given = self.evaluated(action.get("context"), names) or {}
        domain = self.evaluated(action.get("domain"), names) or []
        context = {**asked, **(context or {}), **given}
        self.open(where, {**action, "domain": domain, "context": context})
