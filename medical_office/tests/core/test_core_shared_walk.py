"""Every table that may belong to no company is changed by who works for all of them."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import PracticeCase
from ..company_walk import NOT_SHARED


@tagged("post_install", "-at_install")
class TestCoreSharedWalk(PracticeCase):
    def _written(self):
        """Our tables that an access right lets people write."""
        # sudo: rights are listed, not used
        rights = self.env["ir.model.access"].sudo().search([("active", "=", True)])
        return sorted(
            {
                right.model_id.model
                for right in rights
                if right.group_id
                and (right.perm_write or right.perm_create or right.perm_unlink)
                and right.model_id.model.startswith("medical.")
                and self.env[right.model_id.model]._auto
                and not self.env[right.model_id.model]._transient
            }
        )

    def _always_of_one(self, name, seen=()):
        """Whether each record has one company: its own, or its required parent's."""
        model = self.env[name]
        if name in seen:
            return False
        company = model._fields.get("company_id")
        if company and company.required:
            return True
        if company and company.related:
            step = model
            for part in company.related.split("."):
                field = step._fields[part]
                if part == "company_id" and step._name != name:
                    return step._name in self.env and (
                        field.required
                        or (
                            step._name.startswith("medical.")
                            and self._always_of_one(step._name, (*seen, name))
                        )
                        or step._name in ("stock.warehouse", "account.journal")
                    )
                if not field.required:
                    return False
                step = self.env[field.comodel_name]
            return False
        if company:
            return bool(company.compute)
        return any(
            field.type == "many2one"
            and field.required
            and field.ondelete == "cascade"
            and field.comodel_name.startswith("medical.")
            and self._always_of_one(field.comodel_name, (*seen, name))
            for field in model._fields.values()
        )

    def test_what_may_belong_to_no_company_asks(self):
        shared = self.env.registry["medical.core.shared"]
        open_ones = {
            name
            for name in self._written()
            if not self._always_of_one(name) and not isinstance(self.env[name], shared)
        }
        self.assertEqual(open_ones - NOT_SHARED.keys(), set(), "inherit the mixin")
        self.assertEqual(NOT_SHARED.keys() - open_ones, set(), "named for nothing")

    def test_no_role_of_one_company_changes_a_shared_row(self):
        """Each shared table with a row of nobody's, as every role that may write it."""
        shared = self.env.registry["medical.core.shared"]
        asked = 0
        for name in self._written():
            if not isinstance(self.env[name], shared):
                continue
            top = self.env[name].with_context(active_test=False)
            domain = []
            if "company_id" in top._fields:
                domain = [("company_id", "=", False)]
            row = top.search(domain, limit=1)
            word = next(
                (
                    one
                    for one in ("sequence", "active", "note", "after_days", "hours")
                    if one in top._fields
                ),
                None,
            )
            if not row or not word:
                continue
            for role, user in self.users.items():
                if role == "outsider":  # of another company, as the others here
                    continue
                mine = row.with_user(user)
                if not mine.has_access("write"):
                    continue
                asked += 1
                with (
                    self.subTest(model=name, role=role),
                    self.assertRaises(AccessError),
                ):
                    mine.write({word: row[word]})
        self.assertGreater(asked, 20)

    def test_a_step_of_a_shared_workflow_is_asked_about_as_well(self):
        hr, director = self.users["hr"], self.users["director"]
        text = self.env["medical.core.text"].create(
            {"name": "Dress Code", "company_id": False}
        )
        version = self.env["medical.core.text.version"].create(
            {"text_id": text.id, "body": "<p>Clean.</p>"}
        )
        for user, step in ((hr, "action_submit"), (director, "action_approve")):
            with self.assertRaisesRegex(AccessError, "shared by all companies"):
                getattr(version.with_user(user), step)()
            version.action_submit() if step == "action_submit" else None
