"""The rules of the house, kept by a test: who may know whom, and no orphan file."""

import ast
import re
from pathlib import Path

import pytest

ADDON = Path(__file__).resolve().parent.parent / "medical_office"
MAY_KNOW = {
    "core": {"core"},
    "facility": {"core", "facility"},
    "supply": {"core", "facility", "supply"},
    "people": {"core", "people"},
    "payroll": {"core", "people", "payroll"},
    "finance": {"core", "supply", "facility", "people", "payroll", "finance"},
    "compliance": {"core", "facility", "supply", "people", "compliance"},
    "payer": {"core", "people", "payer"},
    "cockpit": {"core", "cockpit"},
}
LAYERS = (
    "models",
    "engine",
    "sample",
    "views",
    "security",
    "data",
    "wizard",
    "report",
    "controllers",
)
MODEL_NAME = re.compile(r"\bmedical\.({})\.".format("|".join(MAY_KNOW)))
DATA_FOLDERS = ("security", "data", "report", "views", "wizard")


def sources(*suffixes):
    return [p for p in sorted(ADDON.rglob("*")) if p.suffix in suffixes and p.is_file()]


def domain_of(path):
    """The domain a file belongs to, or None for what serves all of them."""
    parts = path.relative_to(ADDON).parts
    if parts[0] not in (*LAYERS, "static", "tests", "tools"):
        return None
    return next((part for part in parts[1:-1] if part in MAY_KNOW), None)


def domain_files():
    return [p for p in sources(".py", ".xml", ".csv", ".js") if domain_of(p)]


def test_the_rule_sees_every_layer():
    layers = {p.relative_to(ADDON).parts[0] for p in domain_files()}
    assert {"models", "views", "security", "wizard", "tests"} <= layers


@pytest.mark.parametrize(
    "path", domain_files(), ids=lambda p: str(p.relative_to(ADDON))
)
def test_a_domain_names_only_models_it_may_know(path):
    domain = domain_of(path)
    named = set(MODEL_NAME.findall(path.read_text(encoding="utf-8")))
    assert named <= MAY_KNOW[domain], (
        f"{domain} may not know {named - MAY_KNOW[domain]}"
    )


def imports(path):
    """Top-level and relative modules a Python file imports, as (level, dotted name)."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((0, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            for alias in node.names:
                yield node.level, f"{module}.{alias.name}".strip(".")


@pytest.mark.parametrize(
    "path",
    [p for p in sources(".py") if p.relative_to(ADDON).parts[0] == "tools"],
    ids=lambda p: str(p.relative_to(ADDON)),
)
def test_tools_know_neither_odoo_nor_the_clock(path):
    names = {name.split(".")[0] for level, name in imports(path) if not level}
    assert "odoo" not in names
    clock = re.findall(
        r"\b(?:date\.today|datetime\.now|datetime\.utcnow|time\.time)\(",
        path.read_text(encoding="utf-8"),
    )
    assert not clock, f"the date comes in as an argument, not from {clock}"


# the floors of tools/payroll: each room and the rooms it knows, the ground floor first
ROOMS = {
    "law": set(),
    "ach": {"law"},
    "books": {"law", "tax"},
    "deduct": {"law"},
    "time": {"law"},
    "tax": {"law", "deduct"},
    "slip": {"law", "deduct", "time", "tax"},
    "returns": {"law", "tax"},
}
PAYROLL = ADDON / "tools" / "payroll"


def modules_known(path):
    """The files of tools/payroll that a file there imports, as paths."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.ImportFrom) or not node.level:
            continue
        base = path.parents[node.level - 1]
        base = base.joinpath(*(node.module or "").split("."))
        for target in (base, *(base / alias.name for alias in node.names)):
            module, package = target.with_suffix(".py"), target / "__init__.py"
            known = module if module.is_file() else package
            if known.is_file() and known.is_relative_to(PAYROLL):
                yield known


def arrows(names):
    """Which of the payroll tools knows which, each file or room by ``names(path)``."""
    known = {}
    for path in PAYROLL.rglob("*.py"):
        own = known.setdefault(names(path), set())
        own |= {names(other) for other in modules_known(path)} - {names(path)}
    return known


def room_of(path):
    return path.relative_to(PAYROLL).parts[0]


def floors(known):
    """The floor of each name: one above the highest that it knows."""
    found = {}
    while left := {name: others for name, others in known.items() if name not in found}:
        ready = [name for name, others in left.items() if others <= found.keys()]
        assert ready, f"each of these knows another in a circle: {sorted(left)}"
        found |= {
            name: 1 + max((found[other] for other in known[name]), default=-1)
            for name in ready
        }
    return found


def test_the_payroll_tools_have_their_rooms():
    known = arrows(room_of)
    assert known.pop("__init__.py") == set(), "the house itself knows no room"
    assert known == ROOMS
    assert max(floors(ROOMS).values()) == 3


def test_no_circle_among_the_files_of_the_payroll_tools():
    """A package's own list of names is left out: it only gathers what lies in it."""
    known = arrows(lambda path: path.relative_to(PAYROLL).as_posix())
    gathered = {name for name in known if name.endswith("__init__.py")}
    floors({name: others - gathered for name, others in known.items()})


def test_every_test_file_is_found():
    """Odoo sees only test_* members of tests/__init__: a forgotten import is silence."""
    root = (ADDON / "tests" / "__init__.py").read_text(encoding="utf-8")
    for path in (ADDON / "tests").glob("*/test_*.py"):
        package = path.parent
        assert f"from .{package.name} import *" in root, package.name
        inner = (package / "__init__.py").read_text(encoding="utf-8")
        assert re.search(rf"\b{path.stem}\b", inner), f"{path} is imported nowhere"


def test_every_python_file_is_loaded():
    """Every file is imported somewhere: a forgotten import is silence too."""
    imported = {
        part
        for path in sources(".py")
        for _level, name in imports(path)
        for part in name.split(".")
    }
    for layer in ("models", "engine", "sample", "wizard", "report", "controllers"):
        for path in (ADDON / layer).rglob("*.py"):
            if path.name != "__init__.py":
                assert path.stem in imported, f"{path} is loaded nowhere"


def manifest():
    return ast.literal_eval((ADDON / "__manifest__.py").read_text(encoding="utf-8"))


def test_every_data_file_is_in_the_manifest():
    listed = set(manifest()["data"]) | set(manifest().get("demo", ()))
    there = {
        p.relative_to(ADDON).as_posix()
        for folder in DATA_FOLDERS
        for p in (ADDON / folder).rglob("*")
        if p.suffix in (".xml", ".csv") and "scenarios" not in p.parts
    }
    tables = {
        name for name in there if name.startswith("data/") and name.endswith(".csv")
    }
    assert there - tables <= listed, sorted(there - tables - listed)
    assert listed <= there, sorted(listed - there)


def test_no_data_file_is_empty():
    for name in manifest()["data"]:
        text = (ADDON / name).read_text(encoding="utf-8")
        assert (
            "<record" in text
            or "<template" in text
            or "<menuitem" in text
            or "<function" in text
            or (name.endswith(".csv") and text.count("\n") > 1)
        ), f"{name} says nothing"


def test_old_idioms_are_gone():
    old = re.compile(
        r"_sql_constraints|<tree\b|\battrs=|\bgroups_id\b|name_get\(|odoo\.osv|"
        r"\.read_group\(|self\._cr\b|self\._uid\b"
    )
    for path in sources(".py", ".xml"):
        found = old.findall(path.read_text(encoding="utf-8"))
        assert not found, f"{path}: {found}"


# ---------------------------------------------- one record, one place in each domain
# attributes of a class that name or describe it
NAMING = {"_name", "_inherit", "_description"}


def literal(node):
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


def model_of(body):
    """The model that a class body defines or extends; None for other classes."""
    named = {
        target.id: literal(node.value)
        for node in body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    inherited = named.get("_inherit")
    if isinstance(inherited, list) and len(inherited) == 1:
        inherited = inherited[0]
    name = named.get("_name") or inherited
    return name if isinstance(name, str) else None


def members_of(body):
    """Names of the methods, fields and declarations in a class body."""
    for node in body:
        if isinstance(node, ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.Assign):
            names = {t.id for t in node.targets if isinstance(t, ast.Name)}
            yield from names - NAMING


def split_members(domain, folders=("models", "sample")):
    """{model.member} that more than one class of a domain defines."""
    places = {}
    for folder in folders:
        for path in (ADDON / folder / domain).rglob("*.py"):
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                model = isinstance(node, ast.ClassDef) and model_of(node.body)
                for member in members_of(node.body) if model else ():
                    places.setdefault(f"{model}.{member}", []).append(path)
    return {name for name, paths in places.items() if len(paths) > 1}


@pytest.mark.parametrize("domain", sorted(MAY_KNOW))
def test_each_method_and_field_has_one_place_in_its_domain(domain):
    """No super() chain between files of one domain, no field defined twice there."""
    split = split_members(domain)
    assert not split, f"merge these into one place: {sorted(split)}"


def test_the_search_for_split_members_sees_them(tmp_path, monkeypatch):
    folder = tmp_path / "models" / "core" / "thing"
    folder.mkdir(parents=True)
    first = "class A:\n _name = 'x.y'\n f = 1\n def go(self):\n  pass\n"
    second = "class B:\n _inherit = ['x.y']\n f = 2\n def go(self):\n  super().go()\n"
    (folder / "a.py").write_text(first)
    (folder / "b.py").write_text(second)
    monkeypatch.setitem(globals(), "ADDON", tmp_path)
    assert split_members("core") == {"x.y.f", "x.y.go"}


def test_the_sample_has_no_two_steps_of_one_name():
    """All domains build on one model: a second ``_sample_x`` would replace the first."""
    places = {}
    for path in sorted((ADDON / "sample").rglob("*.py")):
        for cls in ast.parse(path.read_text(encoding="utf-8")).body:
            if not isinstance(cls, ast.ClassDef):
                continue
            for node in cls.body:
                if isinstance(node, ast.FunctionDef) and "super()." not in ast.unparse(
                    node
                ):
                    places.setdefault((cls.name, node.name), []).append(path.name)
    twice = {name: files for name, files in places.items() if len(files) > 1}
    assert not {name for (cls, name), _f in twice.items() if cls == "CoreSample"}, twice
