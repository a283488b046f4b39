"""From another company nothing is read and no button works, whatever id is sent."""

import inspect

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..any_record import AnyRecord
from ..common import ROLES, PracticeCase
from ..company_walk import ENOUGH, HOST_ASKS_FIRST, OF_NO_RECORD, WITHOUT_RULE
from ..method_matrix import public_methods, read_methods

DEPTH = 3  # of records made for records


@tagged("post_install", "-at_install")
class TestCompanyWalk(PracticeCase, AnyRecord):
    def tables(self):
        for name in sorted(self.env.registry):
            model = self.env[name]
            if name.startswith("medical.") and not (
                model._abstract or model._transient
            ):
                yield model

    def without_rule(self, models):
        """Names of those with a company that somebody reads and no rule asks about."""
        rules = self.env["ir.rule"].sudo().search([("groups", "=", False)])
        ruled = {
            rule.model_id.model
            for rule in rules
            if "company_id" in (rule.domain_force or "")
        }
        readers = self.env["ir.model.access"].sudo()
        read = {
            right.model_id.model
            for right in readers.search([("perm_read", "=", True)])
            if right.group_id != self.env.ref("base.group_system")
        }
        return {
            model._name
            for model in models
            if "company_id" in model._fields
            and model._fields["company_id"].store
            and model._name in read
            and model._name not in ruled
        }

    def test_every_table_of_a_company_has_its_rule(self):
        self.assertEqual(self.without_rule(self.tables()), WITHOUT_RULE)

    def test_every_table_of_the_host_with_amounts_has_its_rule(self):
        """Settlements, orders beside bills and digests had none: who settles the bills of
        one company read amounts of all, and what they earned."""
        amounts = [
            model
            for model in map(self.env.__getitem__, sorted(self.env.registry))
            if not (model._abstract or model._transient)
            and any(field.type == "monetary" for field in model._fields.values())
        ]
        self.assertGreater(len(amounts), 40)
        self.assertFalse(self.without_rule(amounts))

    # ------------------------------------------------------------- buttons, by id

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.sql_db")
    def test_no_button_works_on_a_record_of_another_company(self):
        records = {}
        calls = []
        for (name, method), function in sorted(
            public_methods(self.env.registry).items()
        ):
            model = self.env[name]
            if (
                model._transient
                or model._abstract
                or getattr(function, "_api_model", False)
                or "company_id" not in model._fields
                or (name, method) in OF_NO_RECORD
            ):
                continue
            if name not in records:
                records[name] = self._made(model)
            if records[name]:
                calls.append((name, method, needed(function)))
        self.assertGreater(sum(map(bool, records.values())), 25)
        self.assertGreater(len(calls), 80)
        worked, matrix = [], read_methods()
        for role, user in self._outsiders():
            outside = self.env(
                user=user.id, context={"allowed_company_ids": self.other_company.ids}
            )
            for name, method, arguments in calls:
                roles = matrix.get((name, method), ROLES)
                if role in (*ROLES, "auditor") and role not in roles:
                    continue  # refused by the role, see the method matrix
                try:
                    with self.env.cr.savepoint():
                        call_kw(
                            outside[name],
                            method,
                            [records[name].ids, *["x"] * arguments],
                            {},
                        )
                        worked.append(f"{user.login}: {name}.{method}")
                        raise UserError("taken back")
                except (AccessError, UserError):
                    pass
        self.assertFalse(sorted(worked))

    # --------------------------------------------------- records of others, by their id

    def test_every_table_and_dialog_of_ours_asks(self):
        asking = self.env.registry["medical.core.references"]
        left_out = [
            name
            for name in sorted(self.env.registry)
            if name.startswith("medical.")
            and self.env[name]._auto
            and not self.env[name]._abstract
            and not isinstance(self.env[name], asking)
        ]
        self.assertFalse(left_out)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.sql_db")
    def test_nobody_names_a_record_of_another_company(self):
        """In values, in commands and in the defaults of a context, of new and old ones."""
        asking = self.env.registry["medical.core.references"]
        foreign, tried, open_doors = {}, 0, []
        for name in sorted(self.env.registry):
            model = self.env[name]
            if (
                not isinstance(model, asking)
                or model._abstract
                or name in HOST_ASKS_FIRST
            ):
                continue
            for role in ("hr", "manager", "payroll", "accountant", "director", "head"):
                own = model.with_user(self.users[role])
                if not own.has_access("create"):
                    continue
                for field in sorted(model._reference_names()):
                    comodel = model._fields[field].comodel_name
                    if comodel not in foreign:
                        foreign[comodel] = (
                            self.other_company
                            if comodel == "res.company"
                            else self._made(
                                self.env[comodel], company=self.other_company
                            )
                        )
                    other = foreign[comodel]
                    if not other or comodel == "res.users":
                        continue
                    many = model._fields[field].type == "many2many"
                    value = [Command.link(other.id)] if many else other.id
                    for vals, context in (
                        ({**ENOUGH.get(name, {}), field: value}, {}),
                        (ENOUGH.get(name, {}), {f"default_{field}": value}),
                    ):
                        tried += 1
                        problem = self._refusal(own.with_context(**context), vals)
                        if not isinstance(problem, AccessError):
                            open_doors.append(f"{role}: {name}.{field}: {problem!r}")
                    with (
                        self.subTest(f"onchange of {name}.{field}"),
                        self.assertRaises(AccessError),
                    ):
                        own.onchange({field: other.id}, [field], {field: {}})
                break  # the field is asked about, whichever role writes it
        self.assertFalse(open_doors, "\n".join(open_doors))
        self.assertGreater(tried, 100)

    def _refusal(self, model, vals):
        self.env.invalidate_all()
        try:
            with self.env.cr.savepoint():
                model.create(vals)
                raise UserError("taken back")
        except Exception as problem:  # noqa: BLE001  looked at above
            return problem


def needed(function):
    """How many arguments a method cannot be called without, itself left aside."""
    parameters = list(inspect.signature(function).parameters.values())[1:]
    return sum(
        1
        for parameter in parameters
        if parameter.default is parameter.empty
        and parameter.kind < parameter.VAR_POSITIONAL
    )
