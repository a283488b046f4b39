"""Every model, every role, every right: as the tables of the domains say."""

from odoo.tests import tagged

from ..access_matrix import OPERATIONS, ROLES, line, read_matrix
from ..common import PracticeCase


@tagged("post_install", "-at_install")
class TestAccessMatrix(PracticeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.matrix = read_matrix()

    def rights(self, model):
        """The line of a model as the registry has it."""
        row = {"what": self.env[model]._description}
        for role in ROLES:
            records = self.env[model].with_user(self.users[role])
            row[role] = "".join(
                letter
                for letter, operation in OPERATIONS.items()
                if records.has_access(operation)
            )
        return row

    def test_every_model_is_listed_and_gives_each_role_its_rights(self):
        ours = {
            name
            for name, model in self.env.registry.items()
            if name.startswith("medical.") and not model._abstract
        }
        wrong = [
            line(model, actual)
            for model in sorted(ours | self.matrix.keys())
            if model in self.env
            and self.matrix.get(model) != (actual := self.rights(model))
        ]
        self.assertFalse(
            wrong,
            "The access rights are not those of tests/<domain>/access_matrix.csv. If they "
            "are meant to be as below, put these lines there, then run "
            "bin/access-matrix:\n" + "\n".join(wrong),
        )

    def test_no_line_is_left_of_a_model_that_is_gone(self):
        self.assertFalse(self.matrix.keys() - set(self.env.registry))

    def test_nobody_without_a_role_reads_or_writes_what_is_ours(self):
        for model, row in self.matrix.items():
            if model.startswith("medical."):
                with self.subTest(model):
                    self.assertEqual(row["plain"], "")

    def test_the_auditor_only_reads(self):
        for model, row in self.matrix.items():
            if model in self.env and self.env[model]._transient:
                continue  # a dialog that asks which report to print is no record
            with self.subTest(model):
                self.assertIn(row["auditor"], ("", "r"))
