"""The models of the addon and their fields, read from the source without loading Odoo.

What a class says is taken as it is written: names and constants of the same file are
followed, calls are not made. A value that only the running program knows is left out.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LAYERS = ("models", "sample", "wizard", "report")
BASES = {"Model": "record", "AbstractModel": "mixin", "TransientModel": "dialog"}
# how many positional arguments stand before the label
LABEL_AT = {
    "Many2one": 1, "One2many": 2, "Many2many": 4, "Selection": 1, "Reference": 1,
    "Many2oneReference": 0,
}  # fmt: skip
HOST_PREFIX = "medical_"
GUARD = "medical.core.guard"
# written with the pen only, whatever a model says: the workflow mixin declares it
WORKFLOW = "medical.core.workflow"
UNKNOWN = object()


class AllBut(frozenset[str]):
    """A set of names by what is not in it, as the guard has it."""

    def __contains__(self, name: object) -> bool:
        return not super().__contains__(name)


@dataclass
class Field:
    """One field as a class of the addon declares it."""

    name: str
    kind: str
    keywords: dict[str, Any]
    positional: list[Any]

    @property
    def label(self) -> str:
        """The label given, or the host's reading of the name; empty: not written here."""
        text = self.keywords.get("string")
        at = LABEL_AT.get(self.kind, 0)
        if text is None and len(self.positional) > at:
            text = self.positional[at]
        if isinstance(text, str) and text:
            return text
        if self.keywords.get("related") or text is UNKNOWN:
            return ""  # that of the field it follows
        bare = self.name.removesuffix("_ids").removesuffix("_id")
        return bare.replace("_", " ").title()

    @property
    def comodel(self) -> str:
        """The model a relation leads to, or an empty text."""
        if not self.kind.endswith(("2one", "2many")):
            return ""
        first = self.positional[0] if self.positional else None
        name = self.keywords.get("comodel_name", first)
        return name if isinstance(name, str) else ""

    @property
    def choices(self) -> list[str]:
        """Keys of a selection, where they are written out."""
        first = self.positional[0] if self.positional else None
        given = self.keywords.get("selection", first)
        given = self.keywords.get("selection_add", given)
        if self.kind != "Selection" or not isinstance(given, list):
            return []
        pairs = [pair for pair in given if isinstance(pair, tuple) and pair]
        return [pair[0] for pair in pairs if isinstance(pair[0], str)]

    @property
    def is_computed(self) -> bool:
        return bool(self.keywords.get("compute") or self.keywords.get("related"))

    @property
    def is_stored(self) -> bool:
        return bool(self.keywords.get("store", not self.is_computed))

    @property
    def is_readonly(self) -> bool:
        derived = self.is_computed and not self.keywords.get("inverse")
        return bool(self.keywords.get("readonly", derived))


@dataclass
class Model:
    """What the classes of one domain say of one model, together."""

    name: str
    domain: str
    kind: str = "record"
    title: str = ""
    purpose: str = ""
    is_ours: bool = False
    inherits: set[str] = field(default_factory=set)
    fields: dict[str, Field] = field(default_factory=dict)
    declared: dict[str, Any] = field(default_factory=dict)


class Reader:
    """Reads the values of one file: its constants, and what classes say with them."""

    def __init__(self, tree: ast.Module) -> None:
        self.names: dict[str, Any] = {"ALL": AllBut()}
        for statement in tree.body:
            if isinstance(statement, ast.Assign):
                self._keep(statement, self.names)

    def _keep(self, statement: ast.Assign, names: dict[str, Any]) -> None:
        for target in statement.targets:
            if isinstance(target, ast.Name):
                names[target.id] = self.value(statement.value)

    def value(self, node: ast.expr) -> Any:
        """The value of an expression, or UNKNOWN."""
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.Name):
            return self.names.get(node.id, UNKNOWN)
        if isinstance(node, ast.Lambda):
            return "lambda"
        if isinstance(node, ast.Attribute):
            return UNKNOWN
        reader = READERS.get(type(node))
        try:
            return reader(self, node) if reader else UNKNOWN
        except (AttributeError, TypeError):  # a part of it is not known
            return UNKNOWN

    def sequence(self, node: Any) -> list[Any]:
        items: list[Any] = []
        for item in node.elts:
            if isinstance(item, ast.Starred):
                inner = self.value(item.value)
                items += inner if isinstance(inner, (list, tuple)) else []
            else:
                items.append(self.value(item))
        return items

    def mapping(self, node: ast.Dict) -> dict[Any, Any]:
        pairs: dict[Any, Any] = {}
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                inner = self.value(value)
                pairs |= inner if isinstance(inner, dict) else {}
            else:
                pairs[self.value(key)] = self.value(value)
        return pairs

    def union(self, node: ast.BinOp) -> Any:
        left, right = self.value(node.left), self.value(node.right)
        if isinstance(node.op, ast.BitOr):
            return left | right
        if isinstance(node.op, ast.Add):
            return left + right
        return UNKNOWN

    def item(self, node: ast.Subscript) -> Any:
        holder = self.value(node.value)
        return holder.get(self.value(node.slice), UNKNOWN)

    def call(self, node: ast.Call) -> Any:
        arguments = [self.value(argument) for argument in node.args]
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        name = node.func.id if isinstance(node.func, ast.Name) else name
        makers: dict[str, Callable[..., Any]] = {
            "frozenset": frozenset,
            "set": frozenset,
            "AllBut": AllBut,
            "dict": dict,
            "fromkeys": dict.fromkeys,
        }
        return makers[name](*arguments) if name in makers else UNKNOWN


READERS: dict[type[ast.expr], Callable[[Reader, Any], Any]] = {
    ast.List: Reader.sequence,
    ast.Tuple: lambda reader, node: tuple(reader.sequence(node)),
    ast.Set: lambda reader, node: frozenset(reader.sequence(node)),
    ast.Dict: Reader.mapping,
    ast.BinOp: Reader.union,
    ast.Subscript: Reader.item,
    ast.Call: Reader.call,
}


def base_kind(node: ast.ClassDef) -> str | None:
    """record, mixin or dialog; None for a class that is no model."""
    names = [base.attr for base in node.bases if isinstance(base, ast.Attribute)]
    return next((BASES[name] for name in names if name in BASES), None)


def field_of(name: str, node: ast.expr, reader: Reader) -> Field | None:
    """A field, if that is what a class's attribute holds."""
    if not isinstance(node, ast.Call):
        return None
    called = node.func
    if isinstance(called, ast.Attribute):
        is_field = isinstance(called.value, ast.Name) and called.value.id == "fields"
        kind = called.attr if is_field else ""
    else:
        kind = getattr(called, "id", "")
        kind = kind.removeprefix("Nullable") if kind.startswith("Nullable") else ""
    if not kind:
        return None
    return Field(
        name,
        kind,
        {word.arg: reader.value(word.value) for word in node.keywords if word.arg},
        [reader.value(argument) for argument in node.args],
    )


def attributes(node: ast.ClassDef) -> Iterator[tuple[str, ast.expr]]:
    """Names and values that a class sets in its body."""
    for statement in node.body:
        if isinstance(statement, ast.Assign):
            for target in statement.targets:
                if isinstance(target, ast.Name):
                    yield target.id, statement.value


def read_class(node: ast.ClassDef, reader: Reader, domain: str) -> Model | None:
    """One class as a model; None for one that is none."""
    kind = base_kind(node)
    if kind is None:
        return None
    model = Model("", domain, kind)
    own = dict(reader.names)
    for name, value in attributes(node):
        found = field_of(name, value, reader)
        if found:
            model.fields[name] = found
        else:
            model.declared[name] = reader.names[name] = reader.value(value)
    reader.names = own
    parents = model.declared.get("_inherit") or ()
    parents = (parents,) if isinstance(parents, str) else tuple(parents)
    model.inherits = {parent for parent in parents if isinstance(parent, str)}
    own_name = model.declared.get("_name")
    model.is_ours = isinstance(own_name, str) and own_name not in parents
    name = own_name if isinstance(own_name, str) else next(iter(parents), "")
    model.name = name if isinstance(name, str) else ""
    title = model.declared.get("_description")
    model.title = title if isinstance(title, str) else ""
    if model.is_ours:
        model.purpose = (ast.get_docstring(node) or "").split("\n\n")[0]
    return model if model.name else None


def merge(model: Model, more: Model) -> None:
    """Add what another class of the domain says of the same model."""
    model.is_ours = model.is_ours or more.is_ours
    model.kind = more.kind if more.is_ours else model.kind
    model.title = model.title or more.title
    model.purpose = model.purpose or more.purpose
    model.inherits |= more.inherits
    for name, found in more.fields.items():
        known = model.fields.setdefault(name, found)
        known.keywords = {**found.keywords, **known.keywords}
    for name, value in more.declared.items():
        before = model.declared.get(name)
        if isinstance(before, frozenset) and isinstance(value, frozenset):
            value = before | value
        model.declared[name] = value


def read_models(addon: Path) -> dict[tuple[str, str], Model]:
    """Every model of the addon and every host model it adds fields to.

    :param addon: the addon's folder
    :return: {(domain, model): Model}; the domain is the folder below the layer
    """
    models: dict[tuple[str, str], Model] = {}
    for layer in LAYERS:
        for path in sorted((addon / layer).rglob("*.py")):
            domain = path.relative_to(addon / layer).parts[0]
            tree = ast.parse(path.read_text(encoding="utf-8"))
            reader = Reader(tree)
            for node in tree.body:
                if not isinstance(node, ast.ClassDef):
                    continue
                found = read_class(node, reader, domain)
                if found is None:
                    continue
                key = (domain, found.name)
                if key in models:
                    merge(models[key], found)
                else:
                    models[key] = found
    return models


def ancestors(
    model: Model, models: dict[tuple[str, str], Model], seen: set[str] | None = None
) -> set[str]:
    """Names of the mixins a model inherits, those of its mixins too."""
    seen = set() if seen is None else seen
    for name in model.inherits - seen:
        seen.add(name)
        for (_domain, other), parent in models.items():
            if other == name:
                ancestors(parent, models, seen)
    return seen


def names_in(model: Model, attribute: str) -> frozenset[str]:
    """The set of names a model declares, as far as it is written out."""
    value = model.declared.get(attribute)
    return value if isinstance(value, frozenset) else frozenset()


def guard_of(model: Model, found: Field, parents: set[str]) -> str:
    """Who writes a field, in a word: program, birth, states that lock it, or nothing.

    The guard's own rules are in ``models/core``; this repeats them for what is written
    in the source, field by field.
    """
    if model.kind != "record" or not parents & {GUARD, WORKFLOW}:
        return ""
    ours = model.name.startswith("medical.") or found.name.startswith(HOST_PREFIX)
    named = names_in(model, "_program_fields") | names_in(model, "_strict_fields")
    strict = found.name == "state" and WORKFLOW in parents
    shown = ours and found.is_stored and found.is_readonly
    is_open = found.name in names_in(model, "_open_fields")
    if (shown or found.name in named or strict) and not is_open:
        return "program"
    if found.name in names_in(model, "_born_fields"):
        return "at birth"
    return locked_in(model, found)


def locked_in(model: Model, found: Field) -> str:
    """The states in which a field stays as it is, such as ``fixed: approved, paid``."""
    locked = model.declared.get("_locked")
    free = names_in(model, "_free_fields")
    if not isinstance(locked, dict) or found.name in free or not found.is_stored:
        return ""
    states = [
        state
        for state, names in locked.items()
        if isinstance(state, str)
        and isinstance(names, frozenset)
        and found.name in names
    ]
    return f"fixed: {', '.join(states)}" if states else ""
