"""Public methods of core and cockpit: each is listed, and who is not is refused."""

import csv
import inspect
from pathlib import Path

from odoo import models
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..access_matrix import ROLES
from ..common import PracticeCase

HOME = "odoo.addons.medical_office."
PLACES = tuple(
    HOME + place for place in ("models.core", "models.cockpit", "wizard.core")
)
# the doors of every model, which the guard and the access matrix keep
DOORS = {"create", "write", "unlink", "copy_data", "default_get"}
TABLES = [
    Path(__file__).parent.parent / domain / "method_matrix.csv"
    for domain in ("core", "cockpit")
]


def read_table():
    """{(model, method): set of roles}; a line given twice is an error."""
    table = {}
    for path in TABLES:
        with path.open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle):
                key = row["model"], row["method"]
                if key in table:
                    raise ValueError(f"{path}: {key} stands twice")
                table[key] = set(row["roles"].split())
    return table


@tagged("post_install", "-at_install")
class TestCoreMethods(PracticeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.table = read_table()

    def is_other_domains(self, model):
        """Whether another domain lists what this model has from our mixins."""
        definitions = {
            definition.__module__.removeprefix(HOME).split(".")[1]
            for definition in self.env.registry[model].__mro__
            if definition.__module__.startswith(HOME)
        }
        return (
            not model.startswith("medical.core.")
            and "stock." not in model
            and (definitions - {"core", "cockpit"})
        )

    def public_methods(self):
        """(model, method) of every public method that our code defines."""
        return {
            (model, name)
            for model, registered in self.env.registry.items()
            if not self.is_other_domains(model)
            for definition in registered.__mro__
            if definition.__module__.startswith(PLACES)
            for name, member in vars(definition).items()
            if inspect.isfunction(member)
            and not name.startswith("_")
            and name not in DOORS
            and not getattr(member, "_api_private", False)
        }

    def test_every_public_method_is_listed(self):
        there = self.public_methods()
        self.assertFalse(there - self.table.keys(), "not listed")
        self.assertFalse(self.table.keys() - there, "listed, but gone")
        self.assertGreater(len(there), 50)

    def test_the_doors_are_the_hosts_own(self):
        for name in DOORS:
            self.assertTrue(hasattr(models.BaseModel, name), name)

    def test_roles_are_known(self):
        named = set().union(*self.table.values())
        self.assertLessEqual(named, set(ROLES))
        for roles in self.table.values():
            self.assertNotIn("plain", roles)

    def test_who_is_not_listed_is_refused(self):
        tries = 0
        for (model, method), roles in self.table.items():
            for role in set(ROLES) - roles:
                records = self.env[model].with_user(self.users[role])
                call = getattr(records, method)
                given = [
                    False
                    for parameter in inspect.signature(call).parameters.values()
                    if parameter.default is parameter.empty
                ]
                tries += 1
                with self.subTest(f"{role}: {model}.{method}"):
                    with self.assertRaises(AccessError):
                        call(*given)
        self.assertGreater(tries, 150)

    def test_who_is_listed_is_not_refused_for_the_role(self):
        """Without records: whatever else stops the call, it is not the role."""
        for (model, method), roles in self.table.items():
            for role in roles:
                records = self.env[model].with_user(self.users[role])
                call = getattr(records, method)
                given = [
                    False
                    for parameter in inspect.signature(call).parameters.values()
                    if parameter.default is parameter.empty
                ]
                with self.subTest(f"{role}: {model}.{method}"):
                    try:
                        with self.env.cr.savepoint():
                            call(*given)
                    except AccessError as problem:
                        self.fail(str(problem))
                    except Exception:  # noqa: BLE001 - no records were given
                        pass
