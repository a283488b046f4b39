"""Public methods of compliance: who is not listed for one is refused on a record."""

import csv
import inspect
from pathlib import Path

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..access_matrix import ROLES
from .exclusion_case import LEIE, ExclusionCase, person

TABLE = Path(__file__).with_name("method_matrix.csv")


@tagged("post_install", "-at_install")
class TestComplianceMethods(ExclusionCase):
    def test_who_is_not_listed_is_refused(self):
        self.import_list(LEIE + person("QUILLFEATHER", "JANE"))
        with TABLE.open(encoding="utf-8", newline="") as handle:
            rows = list(csv.DictReader(handle))
        open_doors, tries = [], 0
        for row in rows:
            if row["model"].endswith(".wizard"):
                continue  # a dialog belongs to who opened it: tried with its import
            if row["method"] == "action_ask_reason":
                continue  # asks of the method that it is to call
            record = self.env[row["model"]].search([], limit=1)
            if not record:
                continue
            for role in set(ROLES) - set(row["roles"].split()):
                tries += 1
                if not self.is_refused(record.with_user(self.users[role]), row):
                    open_doors.append(f"{role}: {row['model']}.{row['method']}()")
        self.assertFalse(open_doors, "\n".join(open_doors))
        self.assertGreater(tries, 40)

    def is_refused(self, record, row):
        method = getattr(record, row["method"])
        # a reason, where the method asks for one
        asked = [
            one
            for one in inspect.signature(method).parameters.values()
            if one.default is one.empty
        ]
        try:
            with self.env.cr.savepoint():
                method(*("Because" for _one in asked))
        except AccessError:
            return True
        except Exception:  # noqa: BLE001 - anything but a refusal of the role
            return False
        return False
