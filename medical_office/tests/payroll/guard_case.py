"""Forged values through the doors a client has: values, defaults, RPC."""

import json

from odoo.exceptions import AccessError, UserError

from .run_case import RunCase


class GuardCase(RunCase):
    """Helpers for records that would be born with proof, and for what is refused."""

    def not_born(self, model, role, forged, **values):
        """A record of ``model`` never has a ``forged`` value, whatever door is tried.

        :return: the record that is born where the forged values come as defaults
        """
        records = self.env[model].with_user(self.users[role])
        for name, value in forged.items():
            with (
                self.subTest(name),
                self.assertRaises(UserError),
                self.env.cr.savepoint(),
            ):
                records.create({**values, name: value})
        self.own_defaults(model, role, forged)
        asked = {
            f"default_{name}": value
            for name, value in forged.items()
            if records._has_field_access(records._fields[name], "write")
        }  # the host itself refuses defaults of fields that are closed to everybody
        record = records.with_context(**asked).create(values)
        born = {name: record.sudo()[name] for name in forged}
        for name, value in forged.items():
            field = record._fields[name]
            self.assertNotEqual(field.convert_to_write(born[name], record), value, name)
        return record.with_context(self.env.context)

    def own_defaults(self, model, role, values):
        """The user's own defaults, which every internal user may set."""
        fields = self.env["ir.model.fields"].sudo()
        self.env["ir.default"].with_user(self.users[role]).create(
            [
                {
                    "field_id": fields._get(model, name).id,
                    "user_id": self.users[role].id,
                    "json_value": json.dumps(value),
                }
                for name, value in values.items()
            ]
        )

    def refused(self, attempt, error=AccessError, told=""):
        with self.assertRaisesRegex(error, told), self.env.cr.savepoint():
            attempt()
