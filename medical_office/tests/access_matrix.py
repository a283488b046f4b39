"""The access matrix: tables in the folders of the domains, one line a model.

``tests/<domain>/access_matrix.csv`` has a column for each role; a cell holds the letters of
what the role may do: r(ead), w(rite), c(reate), u(nlink). ``bin/access-matrix`` writes
docs/access.md from the same tables.
"""

import csv
from pathlib import Path

ROLES = (
    "staff",
    "head",
    "hr",
    "payroll",
    "accountant",
    "manager",
    "director",
    "auditor",
    "plain",
)
COLUMNS = ("model", "what", *ROLES)
OPERATIONS = {"r": "read", "w": "write", "c": "create", "u": "unlink"}


def domain_of(model):
    """The domain that keeps a model's line: ``medical.core.round`` -> ``core``."""
    return model.split(".")[1]


def read_matrix(folder=Path(__file__).parent):
    """Read all tables.

    :return: {model: {"what": ..., role: letters}}
    :raises ValueError: a column is missing, a model stands twice or in the wrong table
    """
    matrix = {}
    for path in sorted(folder.glob("*/access_matrix.csv")):
        with path.open(encoding="utf-8", newline="") as handle:
            reader = csv.DictReader(handle)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise ValueError(f"{path}: the columns are {', '.join(COLUMNS)}")
            for row in reader:
                model = row.pop("model")
                ours = model.startswith("medical.")
                if model in matrix or (ours and domain_of(model) != path.parent.name):
                    raise ValueError(f"{path}: {model} stands twice or does not belong")
                matrix[model] = row
    return matrix


def line(model, row):
    """A model's line as it stands in the table."""
    return ",".join([model, row["what"], *(row[role] for role in ROLES)])
