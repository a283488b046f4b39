"""What is typed into a dialog is its author's, whoever may open such dialogs."""

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from ..common import PracticeCase


@tagged("post_install", "-at_install")
class TestCoreDialog(PracticeCase):
    def row(self, model, user):
        """A row of a dialog that a user left, whatever it requires; its id."""
        for field in model._fields.values():
            if field.store and field.column_type and field.name != "id":
                self.env.cr.execute(
                    SQL(
                        "ALTER TABLE %s ALTER %s DROP NOT NULL",
                        SQL.identifier(model._table),
                        SQL.identifier(field.name),
                    )
                )
        self.env.cr.execute(
            SQL(
                "INSERT INTO %s (create_uid) VALUES (%s) RETURNING id",
                SQL.identifier(model._table),
                user.id,
            )
        )
        return self.env.cr.fetchone()[0]

    def test_nobody_reads_or_changes_what_a_colleague_typed(self):
        """Every dialog of ours, every role that may open it."""
        author = self.users["plain"]
        dialogs = [
            model
            for name in sorted(self.env.registry)
            if name.startswith("medical.") and (model := self.env[name])._transient
        ]
        self.assertGreater(len(dialogs), 30)
        for model in dialogs:
            record = model.browse(self.row(model, author))
            opened = 0
            for role, user in self.users.items():
                own = record.with_user(user).with_context(
                    allowed_company_ids=user.company_ids.ids
                )
                if user == author or not own.browse().has_access("read"):
                    continue
                opened += 1
                with self.subTest(model=model._name, role=role):
                    self.assertNotIn(record, own.search([]))
                    for right in ("read", "write", "unlink"):
                        self.assertFalse(own.has_access(right))

    def test_a_reason_is_read_and_confirmed_by_who_wrote_it(self):
        reasons = self.env["medical.core.reason.wizard"]
        mine = reasons.with_user(self.users["hr"]).create(
            {
                "res_model": "medical.core.round",
                "res_ids": "1",
                "method": "action_x",
                "reason": "A matter between two people",
            }
        )
        self.assertEqual(mine.reason, "A matter between two people")
        mine.reason = "Another word"
        theirs = mine.with_user(self.users["staff"])
        for call in (
            lambda: theirs.read(["reason"]),
            lambda: theirs.write({"reason": "Mine"}),
            theirs.action_confirm,
            theirs.unlink,
        ):
            with self.assertRaises(AccessError):
                call()
