"""Sensitive fields, found by their names in the registry: which role can read which.

A field that comes with a host's release or with a change of ours and looks sensitive
stands in no line of ``field_matrix.csv``, and the test fails until somebody has decided.
Record rules narrow it further; they are tested by RPC where they are.
"""

import csv
import re
from pathlib import Path

from odoo.tests import tagged

from ..access_matrix import ROLES
from ..common import PracticeCase

TABLE = Path(__file__).with_name("field_matrix.csv")
COLUMNS = ["model", "field", "roles"]
MODELS = re.compile(
    r"(hr\.(employee|version|applicant|candidate|contract|talent|job|payslip|departure)"
    r"|medical\.people\.|res\.partner\.bank|survey\.user_input|applicant\.)"
)
SENSITIVE = re.compile(
    r"(^|_)(wage|salary|pay|ssn|ssnid|passport|permit|visa|identification|birthday|birth"
    r"|sex|gender|marital|spouse|children|race|ethnic|origin|disab|veteran|private"
    r"|emergency|account|routing|bank|token|access_code|pin|barcode|score|scoring|rating"
    r"|recommendation|priority|knocked|evidence|outcome|answer|expected|proposed"
    r"|letter|letter_digest|filing|step[234][abc]?|net|gross|cost|compa|percent|amount"
    r"|coverage|masked|before|document_[abc]|alien|authorized|attestation|everify"
    r"|override|rejection|reference|resume|file|summary|comment|explanation)(_|$)"
)


@tagged("post_install", "-at_install")
class TestPeopleFieldMatrix(PracticeCase):
    def fields_of(self, model, role):
        """Names of the fields a role can read; none where it reads no record."""
        records = self.env[model].with_user(self.users[role])
        if not records.has_access("read"):
            return set()
        return set(records.fields_get(attributes=["type"]))

    def found(self):
        """{(model, field): roles that can read it}, of what looks sensitive."""
        rows = {}
        for name, model in sorted(self.env.registry.items()):
            if model._abstract or model._transient or not MODELS.match(name):
                continue
            sensitive = [one for one in model._fields if SENSITIVE.search(one)]
            if not sensitive:
                continue
            readable = {role: self.fields_of(name, role) for role in ROLES}
            for field in sorted(sensitive):
                roles = [role for role in ROLES if field in readable[role]]
                rows[name, field] = " ".join(roles)
        return rows

    def test_each_sensitive_field_is_read_by_whom_the_table_names(self):
        with TABLE.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            self.assertEqual(reader.fieldnames, COLUMNS)
            table = {(row["model"], row["field"]): row["roles"] for row in reader}
        found = self.found()
        wrong = [
            ",".join([*key, roles])
            for key, roles in found.items()
            if table.get(key) != roles
        ]
        gone = sorted(table.keys() - found.keys())
        self.assertFalse(
            wrong + gone,
            "Sensitive fields are not read by whom field_matrix.csv names. If it is meant "
            "so, put these lines there; lines in parentheses are gone:\n"
            + "\n".join([*wrong, *map(str, gone)]),
        )

    def test_nobody_without_a_role_reads_any(self):
        for (model, field), roles in self.found().items():
            if model.startswith("medical."):
                with self.subTest(model=model, field=field):
                    self.assertNotIn("plain", roles.split())
