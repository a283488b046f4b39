"""Every public method is listed with the roles that may call it."""

import inspect

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..access_matrix import ROLES
from ..common import PracticeCase
from ..method_matrix import public_methods, read_methods


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

    def test_no_line_is_left_of_a_method_that_is_gone(self):
        self.assertFalse(self.matrix.keys() - self.methods.keys())

    def test_who_is_not_listed_is_refused(self):
        """Methods of a model, called without a record by every role not named."""
        open_doors, tries = [], 0
        for (name, method), roles in sorted(self.matrix.items()):
            function = self.methods.get((name, method))
            if function is None or not self._is_called_alone(name, function):
                continue
            for role in set(ROLES) - roles:
                tries += 1
                if not self._is_refused(name, method, role):
                    open_doors.append(f"{role}: {name}.{method}()")
        self.assertFalse(open_doors, "\n".join(sorted(open_doors)))
        self.assertGreater(tries, 20)

    def _is_called_alone(self, name, function):
        """Whether a method takes neither records nor arguments."""
        takes = list(inspect.signature(function).parameters.values())[1:]
        required = [
            p for p in takes if p.default is p.empty and p.kind < p.VAR_POSITIONAL
        ]
        is_model = getattr(function, "_api_model", False)
        return is_model and not required and not self.env[name]._abstract

    def _is_refused(self, name, method, role):
        model = self.env[name].with_user(self.users[role])
        try:
            with self.env.cr.savepoint():
                getattr(model, method)()
                raise Undo
        except Undo:
            return False
        except (AccessError, UserError):
            return True


class Undo(Exception):
    """Takes a call back that went through."""
