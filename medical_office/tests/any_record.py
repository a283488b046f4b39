"""A record of any table, and people of another company: what the walks ask with."""

from datetime import date

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from .common import ROLES

DEPTH = 3  # of records made for records


class AnyRecord:
    """For tests on top of ``PracticeCase``."""

    def _outsiders(self):
        """(role, somebody of the other company who has it)."""
        groups = {
            **ROLES,
            "auditor": "medical_office.core_group_auditor",
            "compliance": "medical_office.compliance_group_officer",
        }
        for role, group in sorted(groups.items()):
            values = {"medical_auditor_until": date(2099, 12, 31)}
            yield (
                role,
                new_test_user(
                    self.env,
                    f"outside_{role}",
                    groups=group,
                    company_id=self.other_company.id,
                    company_ids=[Command.set(self.other_company.ids)],
                    **(values if role == "auditor" else {}),
                ),
            )

    def _made(self, model, depth=DEPTH, company=None):
        """A record of the company, found or made with as little as it takes; or none."""
        company = company or self.company
        model = model.with_context(allowed_company_ids=company.ids)
        domain = []
        if "company_id" in model._fields:
            domain = [("company_id", "=", company.id)]
        found = model.with_context(active_test=False).search(domain, limit=1)
        if found or not depth or not model._auto:
            return found
        values = {}
        for name, field in model._fields.items():
            if name == "company_id" and not field.related:
                values[name] = company.id
            elif field.required and field.store and not field.related:
                values[name] = self._value(field, depth, company)
        values |= self._said(model._name)
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                pen = model._pen() if hasattr(model, "_pen") else model
                made = pen.create(values)
                self.env.flush_all()
                if "company_id" in made and made.company_id != company:
                    raise UserError("of another company")
                return made.with_env(self.env)
        except Exception:  # noqa: BLE001  what cannot be made is counted
            self.env.invalidate_all()
            return model.browse()

    def _said(self, name):
        """Hook. What a new record of the model needs that its fields do not tell."""
        return {}

    def _value(self, field, depth, company):
        if field.type == "many2one":
            return self._made(self.env[field.comodel_name], depth - 1, company).id
        if field.type == "selection":
            choices = field.get_values(self.env)
            return choices[0] if choices else False
        return {
            "date": fields.Date.today(),
            "datetime": fields.Datetime.now(),
            "integer": 1,
            "float": 1.0,
            "monetary": 1.0,
            "many2many": False,
            "boolean": False,
            "html": "<p>x</p>",
        }.get(field.type, "x")
