"""Every method that a client may call, on a record in the state for it, by every role."""

from pathlib import Path

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..access_matrix import ROLES
from ..method_matrix import read_methods
from .guard_case import GuardCase
from .run_case import NOW
from .test_payroll_law import archive, of_2027


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMethods(GuardCase):
    """Who is not named in the table is refused for the role, not for the state."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        tests = Path(__file__).parent.parent
        cls.matrix = read_methods(tests)
        own = (Path(__file__).parent / "method_matrix.csv").read_text("utf-8")
        cls.listed = {
            tuple(line.split(",")[:2]) for line in own.splitlines()[1:] if line
        }
        cls.tried = set()

    def only(self, record, *methods, reason=(), **context):
        """Every role that the table does not name is refused each of ``methods``."""
        for method in methods:
            self.tried.add((record._name, method))
            roles = self.matrix[record._name, method]
            for role in set(ROLES) - roles:
                own = record.with_user(self.users[role]).with_context(**context)
                with self.subTest(f"{role}: {record._name}.{method}"):
                    self.refused(lambda o=own, m=method: getattr(o, m)(*reason))

    def refused(self, attempt, error=AccessError, told=""):
        super().refused(attempt, error, told)
        self.env.invalidate_all()

    def test_each_method_is_refused_to_who_is_not_named(self):
        self.walk_the_run()
        self.walk_the_return()
        self.walk_the_openings()

    def walk_the_law(self):
        as_payroll = self.users["payroll"]
        package = (
            self.env["medical.payroll.law.package"]
            .with_user(as_payroll)
            .create({"file": archive(of_2027())})
        )
        self.only(package, "action_try", "action_submit")
        package.action_submit()
        self.only(package, "action_release")
        self.only(package, "action_return", reason=("look again",))
        provision = (
            self.env["medical.payroll.law.provision"]
            .with_user(as_payroll)
            .create({"company_id": self.company.id, "year": 2027, "note": "Late"})
        )
        self.only(provision, "action_submit")
        provision.action_submit()
        self.only(provision, "action_agree")
        self.only(provision, "action_return", reason=("look again",))
        self.as_role(provision, "director").action_agree()
        self.only(provision, "action_end")
        self.as_role(package, "director").action_release()
        self.only(package, "action_withdraw", reason=("a figure is wrong",))
