"""Every door of every guarded field, tried with a forged value.

A walker finds the guarded models by their mixin and the fields by their definition, not
by what the guard says of itself: a field that the guard forgot is a door it leaves open.
"""

import json
from datetime import date, datetime

from odoo import Command
from odoo.exceptions import AccessError, UserError

GUARD = "medical.core.guard"
HOST_PREFIX = "medical_"
FORGED_TEXT = "forged by a client"


def guarded_models(env):
    """The persistent models that inherit the guard, in order of their names."""
    guard = type(env[GUARD])
    return [
        env[name]
        for name in sorted(env.registry)
        if not env[name]._abstract
        and not env[name]._transient
        and env[name]._auto
        and issubclass(type(env[name]), guard)
    ]


def proof_fields(model):
    """Names of the stored fields that a client has no business to write."""
    ours = model._name.startswith("medical.")
    borrowed = {
        name
        for mixin in ("mail.thread", "mail.activity.mixin")
        for name in model.env[mixin]._fields
    }
    return sorted(
        name
        for name, field in model._fields.items()
        if field.store
        and not field.inherited
        and name not in borrowed
        and name not in ("id", "parent_path", "display_name", "write_date")
        and name not in ("create_date", "create_uid", "write_uid")
        and (
            (field.readonly and (ours or name.startswith(HOST_PREFIX)))
            or name in model._program_fields | model._strict_fields
        )
    )


class Walker:
    """Tries the doors of one role and counts tries, refusals and leaks."""

    def __init__(self, env, user, samples):
        """:param samples: {model name: a record of it, as the program sees it}"""
        self.env = env
        self.user = user
        self.samples = samples
        self.tries = 0
        self.leaks = []
        self.errors = []

    def walk(self, model, names):
        for name in names:
            forged = self.forged(model, name)
            if forged is None:
                continue
            self._write(model, name, forged)
            self._create(model, name, forged)
            self._context_default(model, name, forged)
            self._onchange(model, name, forged)
        self._own_defaults(model, names)
        self._commands(model, names)

    # ------------------------------------------------------------------------ doors

    def _write(self, model, name, forged):
        record = self.samples.get(model._name)
        if record:
            self._try(
                f"{model._name}.{name} write",
                lambda: record.with_user(self.user).write({name: forged}),
            )

    def _create(self, model, name, forged):
        if self._is_born(model, name, forged):
            return

        def ask():
            born = model.with_user(self.user).create({name: forged}).sudo()[name]
            self._compare(model, name, getattr(born, "id", born))

        self._try(f"{model._name}.{name} create", ask, leaks_by_success=False)

    def _context_default(self, model, name, forged):
        asked = model.with_user(self.user).with_context(**{f"default_{name}": forged})
        self._not_born(f"{model._name}.{name} context default", asked, name)

    def _own_defaults(self, model, names):
        """The user's own defaults, which every internal user may set."""
        plain = [
            name
            for name in names
            if model._fields[name].type
            not in ("one2many", "many2many", "binary", "json", "reference")
            and self.forged(model, name) is not None
        ]
        if not plain:
            return
        all_fields = self.env["ir.model.fields"].sudo()

        def ask(name):
            self._born(model.with_user(self.user), name)

        with self.env.cr.savepoint():
            defaults = self.env["ir.default"].with_user(self.user)
            defaults.create(
                [
                    {
                        "field_id": all_fields._get(model._name, name).id,
                        "user_id": self.user.id,
                        "json_value": self._json(model, name),
                    }
                    for name in plain
                ]
            )
            for name in plain:
                self._try(
                    f"{model._name}.{name} own default",
                    lambda name=name: ask(name),
                    leaks_by_success=False,
                )
            defaults.search([("user_id", "=", self.user.id)]).unlink()

    def _json(self, model, name):
        value = self.forged(model, name)
        field = model._fields[name]
        return json.dumps(
            field.to_string(value) if field.type in ("date", "datetime") else value
        )

    def _onchange(self, model, name, forged):
        def ask():
            asked = model.with_user(self.user).with_context(
                **{f"default_{name}": forged}
            )
            answer = asked.onchange({}, [], {name: {}})["value"].get(name)
            plain = model.with_user(self.user).onchange({}, [], {name: {}})
            if answer != plain["value"].get(name):
                self._compare(model, name, answer)

        self._try(f"{model._name}.{name} onchange", ask, leaks_by_success=False)

    def _commands(self, model, names):
        """Through the one2many fields of any model that hold this one's records."""
        record = self.samples.get(model._name)
        if not record:
            return
        for holder in self.samples.values():
            for field in holder._fields.values():
                if (
                    field.type != "one2many"
                    or field.comodel_name != model._name
                    or not field.store
                ):
                    continue
                for name in names:
                    forged = self.forged(model, name)
                    if forged is None:
                        continue
                    self._through(holder, field.name, record, {name: forged})

    def _through(self, holder, lines, record, vals):
        commands = [Command.update(record.id, vals)]
        if not any(self._is_born(record, name, vals[name]) for name in vals):
            commands.append(Command.create(vals))
        for command in commands:
            self._try(
                f"{holder._name}.{lines} command {command[0]} {next(iter(vals))}",
                lambda command=command: holder.with_user(self.user).write(
                    {lines: [command]}
                ),
            )

    def unlink(self, record):
        """A record in a state that keeps it on record is not deleted."""
        self._try(
            f"{record._name} unlink", lambda: record.with_user(self.user).unlink()
        )

    # ---------------------------------------------------------------------- judging

    def _not_born(self, door, asked, name):
        self._try(door, lambda: self._born(asked, name), leaks_by_success=False)

    def _born(self, asked, name):
        self._compare(asked, name, asked.default_get([name]).get(name))

    def _compare(self, model, name, value):
        forged = self.forged(model, name)
        if isinstance(value, dict):
            value = value.get("id", value)
        if forged and value == forged and not self._is_born(model, name, forged):
            raise Leak

    def _is_born(self, model, name, forged):
        """Whether a value says what a new record is born with anyway."""
        return (forged or False) == (self.declared(model, name) or False)

    def declared(self, model, name):
        """What the model itself gives a new record, whoever asks."""
        return model.env[model._name].sudo().default_get([name]).get(name)

    def _try(self, door, attempt, leaks_by_success=True):
        self.tries += 1
        try:
            with self.env.cr.savepoint():
                attempt()
                self.env.flush_all()
                if leaks_by_success:
                    self.leaks.append(f"{self.user.login}: {door}")
                raise Undo
        except Undo:
            pass
        except (AccessError, UserError):
            pass
        except Leak:
            self.leaks.append(f"{self.user.login}: {door}")
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told
            self.errors.append(f"{self.user.login}: {door}: {error!r}"[:200])
        finally:
            self.env.invalidate_all(flush=False)

    # ----------------------------------------------------------------------- values

    def forged(self, model, name):
        """A value of the field's type that the sample's record does not have."""
        field = model._fields[name]
        record = self.samples.get(model._name)
        makers = {
            "boolean": lambda: not (record and record[name]),
            "integer": lambda: (record[name] if record else 0) + 7,
            "float": lambda: (record[name] if record else 0.0) + 7.5,
            "monetary": lambda: (record[name] if record else 0.0) + 7.5,
            "date": lambda: date(2001, 2, 3),
            "datetime": lambda: datetime(2001, 2, 3, 4, 5),
            "selection": lambda: self._other_choice(field, record and record[name]),
            "many2one": lambda: self._other_record(field, record and record[name]),
            "one2many": lambda: [Command.clear()],
            "many2many": lambda: [Command.clear()],
            "binary": lambda: "Zm9yZ2Vk",
            "json": lambda: {"forged": 1},
            "reference": lambda: f"res.users,{self.user.id}",
            "many2one_reference": lambda: (record[name] if record else 0) + 7,
        }
        return makers.get(field.type, lambda: FORGED_TEXT)()

    def _other_choice(self, field, value):
        return next(
            (c for c in field.get_values(self.env) if c != (value or None)), None
        )

    def _other_record(self, field, value):
        found = self.env[field.comodel_name].sudo().search([], limit=2)
        return next((one.id for one in found if one != value), None)


class Undo(Exception):
    """Takes a try back that went through."""


class Leak(Exception):
    """A record would be born with a forged value."""
