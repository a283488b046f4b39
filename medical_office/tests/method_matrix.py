"""The public methods of the addon: whatever has no underscore, a client may call.

``tests/<domain>/method_matrix.csv`` has a line for each (model, method) with the roles
that may call it, separated by blanks; ``all`` stands for every role.
"""

import csv
from pathlib import Path

from odoo import models

from .access_matrix import ROLES

PACKAGE = "odoo.addons.medical_office."
COLUMNS = ["model", "method", "roles"]
# what the host calls by name and the ORM checks itself
ORM = frozenset(dir(models.BaseModel)) - {"load"}  # the sample loads otherwise
# what the client asks of every model alike: which form and menus a screen has, no data
ORM |= {"get_formview_id", "get_formview_action", "get_bindings"}


def read_methods(folder=Path(__file__).parent, domains=("*",)):
    """Read the tables of all domains, or of those named.

    :return: {(model, method): set of roles}
    :raises ValueError: a heading, role or line that does not belong
    """
    matrix = {}
    paths = (
        path for name in domains for path in folder.glob(f"{name}/method_matrix.csv")
    )
    for path in sorted(paths):
        with path.open(encoding="utf-8", newline="") as handle:
            reader = csv.DictReader(handle)
            if reader.fieldnames != COLUMNS:
                raise ValueError(f"{path}: the columns are {', '.join(COLUMNS)}")
            for row in reader:
                key = (row["model"], row["method"])
                roles = set(row["roles"].split())
                if roles == {"all"}:
                    roles = set(ROLES)
                if key in matrix or roles - set(ROLES):
                    raise ValueError(
                        f"{path}: {key} stands twice, or its roles: {roles}"
                    )
                matrix[key] = roles
    return matrix


def public_methods(registry):
    """{(model, method): function} that our code opens to a client.

    A mixin's method counts for the mixin's own name only when the mixin is a model that
    a client can name, so abstract ones are left to the models that use them.
    """
    found = {}
    for name, model in registry.items():
        if model._abstract and not name.startswith("medical."):
            continue
        for cls in model.__mro__:
            if not cls.__module__.startswith(PACKAGE) or ".tests." in cls.__module__:
                continue
            for method, function in vars(cls).items():
                if (
                    method.startswith("_")
                    or method in ORM
                    or not callable(function)
                    or getattr(function, "_api_private", False)
                ):
                    continue
                if cls._name in (None, name) or name.startswith("medical."):
                    found.setdefault((name, method), function)
    return found
