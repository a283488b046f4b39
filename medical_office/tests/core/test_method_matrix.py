"""Every public method is listed with the roles that may call it; the others are refused.

What a method asks of a record beside the role is tried in ``test_<domain>_methods.py``,
with records in the right state.
"""

import inspect

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..access_matrix import ROLES
from ..common import PracticeCase
from ..method_matrix import public_methods, read_methods

# here each method asks for the role before it looks at a record
ROLE_FIRST = ("core", "cockpit")


def needed(function):
    """How many arguments a bound method cannot be called without."""
    parameters = inspect.signature(function).parameters.values()
    return sum(
        1
        for parameter in parameters
        if parameter.default is parameter.empty
        and parameter.kind < parameter.VAR_POSITIONAL
    )


class Undo(Exception):
    """Takes a call back that went through."""


@tagged("post_install", "-at_install")
class TestMethodMatrix(PracticeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.matrix = read_methods()
        cls.methods = public_methods(cls.env.registry)

    def test_every_public_method_is_listed(self):
        missing = sorted(self.methods.keys() - self.matrix.keys())
        self.assertFalse(
            missing,
            "A client may call these. Say in tests/<domain>/method_matrix.csv who:\n"
            + "\n".join(f"{model},{method}," for model, method in missing),
        )
        self.assertGreater(len(self.methods), 200)

    def test_no_line_is_left_of_a_method_that_is_gone(self):
        self.assertFalse(self.matrix.keys() - self.methods.keys())

    def test_nobody_without_a_role_calls_what_is_ours(self):
        for key, roles in read_methods(domains=ROLE_FIRST).items():
            with self.subTest(key):
                self.assertNotIn("plain", roles)

    def test_who_is_not_listed_is_refused(self):
        """Called without a record: by the role, wherever it is asked for first."""
        open_doors, tries = [], 0
        first = read_methods(domains=ROLE_FIRST)
        for (name, method), roles in sorted(self.matrix.items()):
            errors = AccessError if (name, method) in first else UserError
            if errors is UserError and not self.is_called_alone(name, method):
                continue
            for role in set(ROLES) - roles:
                tries += 1
                problem = self.call(name, method, role)
                if not isinstance(problem, errors):
                    open_doors.append(f"{role}: {name}.{method}(): {problem!r}")
        self.assertFalse(open_doors, "\n".join(sorted(open_doors)))
        self.assertGreater(tries, 200)

    def test_who_is_listed_is_not_refused_for_the_role(self):
        """Whatever else stops a call without records, it is not the role."""
        closed_doors = []
        for (name, method), roles in read_methods(domains=ROLE_FIRST).items():
            for role in roles:
                problem = self.call(name, method, role)
                if isinstance(problem, AccessError):
                    closed_doors.append(f"{role}: {name}.{method}(): {problem}")
        self.assertFalse(closed_doors, "\n".join(sorted(closed_doors)))

    def is_called_alone(self, name, method):
        """Whether a method takes neither records nor arguments."""
        function = self.methods.get((name, method))
        model = self.env[name]
        return (
            getattr(function, "_api_model", False)
            and not model._abstract
            and not needed(getattr(model, method))
        )

    def call(self, name, method, role):
        """What a call without records raises; :class:`Undo` where it went through."""
        function = getattr(self.env[name].with_user(self.users[role]), method)
        try:
            with self.env.cr.savepoint():
                function(*[False] * needed(function))
                raise Undo
        except Exception as problem:  # noqa: BLE001 - the tests look at it
            return problem
