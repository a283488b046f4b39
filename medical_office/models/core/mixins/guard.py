"""The guard: who may write what, and when, declared once by each model.

A client chooses the method, the values, the defaults and the context of a call. So a
form's ``readonly`` guards nothing, and neither does a key of the context: here it is
kept on the server, in one place, for RPC, imports, one2many commands and defaults alike.
"""

from odoo import SUPERUSER_ID, Command, api, fields, models, tools
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import clean_context

from ....engine.core.labels import labels_of
from ....tools.core.bounds import DAYS, FIRST_YEAR, LAST_YEAR, is_beyond, is_to_come
from ....tools.plaintext import said
from .references import ids_in

# The pen. An object, because a context that comes in through RPC can carry any text or
# number, but never this.
_PEN = object()

HOST_PREFIX = "medical_"
# what no model's own declaration makes or unmakes a program field
MAGIC = frozenset({*models.MAGIC_COLUMNS, "parent_path", "display_name"})


class AllBut(frozenset):
    """A set of field names by what is *not* in it: ``AllBut({"note"})``."""

    def __contains__(self, name):
        return not super().__contains__(name)


ALL = AllBut()


class CoreGuard(models.AbstractModel):
    """Mixin for every model that keeps something people may not simply edit.

    What a model declares, each with a default that allows as much as the host does:

    ``_program_fields``
        Written by the program alone and cleared at birth, whatever values, context or
        the user's own defaults say. Every stored field of ours that is ``readonly``
        (computed ones, too) counts without being named.
    ``_strict_fields``
        Program fields that even a cron or the set-up writes with the pen only.
    ``_open_fields``
        Stored fields that a form shows read-only although people may write them.
    ``_editors``
        {field or ``"*"``: group, or tuple of groups} that may write it at all, on top
        of the access rights; ``"*"`` speaks for the fields that are not named.
    ``_locked``
        {state: fields}, a set of names, ``ALL`` or ``AllBut({...})``: what stays as it
        is while the record is in that state.
    ``_free_fields``
        Fields that no state and no parent locks. Messages, followers and activities
        are free without being named.
    ``_locked_by``
        Many2one fields to a guarded record that locks this one with itself: where the
        parent's lines are locked in its state, its lines are not written, added,
        deleted or moved to or from it. What locks the parent locks its lines, too.
    ``_standing_field``
        The field that tells how things stand: a button that changes it says so.
    ``_deletable_in``
        States in which people may delete the record; None where access rights suffice.
    ``_born_fields``
        Given by people at birth and fixed from then on, in every state.
    ``_seen_fields``
        Many2one fields to records that whoever sets them must be able to read: who
        reads this record is told their names.
    ``_written_by``
        A many2many of users in which everybody stays who wrote the record: named in a
        workflow's ``_segregated``, none of them gives the second signature.
    ``_past_fields``
        Days and times of what has happened: nobody enters one that is still to come.
    ``_scope_fields``
        Fields by which the record rules decide whose a record is: they are asked after
        a write as well as before it.

    The program lends itself the pen (``_pen()``) where it writes for somebody.
    """

    _name = "medical.core.guard"
    _description = "Guard"
    _inherit = ["medical.core.references"]

    _program_fields = frozenset()
    _strict_fields = frozenset()
    _open_fields = frozenset()
    _free_fields = frozenset()
    _editors = {}
    _locked = {}
    _locked_by = ()
    _deletable_in = None
    _lock_state = "state"
    _standing_field = "state"
    _born_fields = frozenset()
    _seen_fields = frozenset()
    _past_fields = frozenset()
    _written_by = None
    _scope_fields = frozenset(
        {"company_id", "department_id", "site_id", "room_id", "employee_id"}
    )

    # --------------------------------------------------------------------- the words

    def _medical_made(self):
        """What the last step made, for the links of its notification. Hook."""
        return None

    # ----------------------------------------------------------------------- the pen

    def _pen(self):
        """The same records, with the right to write what the program alone writes.

        Defaults and words of ours (``medical_...``) that came with a client's context
        go no further than this: what a program reads from a context under the pen, a
        program put there after it took the pen.
        """
        if self._holds_pen():
            return self
        context = {
            key: value
            for key, value in clean_context(self.env.context).items()
            if not key.startswith(HOST_PREFIX)
        }
        return self.with_context({**context, "medical_pen": _PEN})

    def _lay_down_pen(self):
        """The same records without the pen, for hooks that act for the user."""
        return self.with_context(medical_pen=False) if self._holds_pen() else self

    def _holds_pen(self):
        return self.env.context.get("medical_pen") is _PEN

    def _is_program(self):
        """Whether the program writes: by the pen, or as itself (a cron, the set-up)."""
        return self._holds_pen() or (self.env.su and self.env.uid == SUPERUSER_ID)

    def _refused_names(self):
        """Names of the fields that whoever is writing now may not write."""
        if self._holds_pen():
            return frozenset()
        return self._strict_fields if self._is_program() else self._guarded_names()

    @api.model
    @tools.ormcache()
    def _always_open_names(self):
        """Fields by which people talk about a record, in whatever state it is."""
        return MAGIC.union(
            *(
                self.env[mixin]._fields
                for mixin in ("mail.thread", "mail.activity.mixin")
            )
        )

    @api.model
    @tools.ormcache()
    def _guarded_names(self):
        """Names of the fields that the program alone writes."""
        ours = self._name.startswith("medical.")
        always_open = self._always_open_names()
        names = {
            name
            for name, field in self._fields.items()
            if field.store
            and field.readonly
            and not field.inherited
            and name not in always_open
            and (ours or name.startswith(HOST_PREFIX))
        }
        named = self._program_fields | self._strict_fields
        return frozenset((names | named) - self._open_fields)

    # -------------------------------------------------------------------- the doors

    @api.model
    def default_get(self, fields):
        """Defaults of program fields come from the model alone; a day that the context
        brings (``default_date``) is looked at like one that is written.

        What is neither kept nor written through to another record (an order's state
        beside its lines) is for the form to show: the host's own form says so that a
        new line of a confirmed order is not confirmed yet.
        """
        guarded = {
            name
            for name in self._guarded_names()
            if self._fields[name].store or self._fields[name].inverse
        }
        values = super().default_get([name for name in fields if name not in guarded])
        self._check_day_values([values])
        plain = self.with_context(clean_context(self.env.context))
        for name in guarded.intersection(fields):
            field = self._fields[name]
            if field.default:
                value = field.convert_to_cache(field.default(plain), self, False)
                values[name] = field.convert_to_write(value, self)
        return values

    def copy_data(self, default=None):
        """A copy is born like any record: without what the program wrote."""
        dropped = self._guarded_names() - set(default or ())
        return [
            vals and {key: vals[key] for key in vals if key not in dropped}
            for vals in super().copy_data(default)
        ]

    @api.model_create_multi
    def create(self, vals_list):
        program = self._is_program()
        self._check_values(vals_list)
        for vals in vals_list:
            self._check_birth(vals)
            if not program:
                self._check_editors(vals)
        if not program:
            self._check_own_companies(vals_list)
        records = super().create(
            [
                {**self._birth_values(vals), **vals}
                if program
                else {**vals, **self._birth_values(vals)}
                for vals in vals_list
            ]
        )
        if not program:
            records._check_parents()
            records._note_writer()
        return records

    def write(self, vals):
        self._check_program_fields(vals)
        if self._is_program():
            return super().write(vals)
        self._check_editors(vals)
        self._check_values([vals])
        self._check_own_companies([vals])
        free = self._always_open_names() | self._free_fields
        lockable = {name: vals[name] for name in vals if name not in free}
        if lockable:
            self._check_fixed(lockable)
        result = super().write(vals)
        if not self._scope_fields.isdisjoint(vals) and not self.env.su:
            self.check_access("write")
        if not vals.keys().isdisjoint(self._locked_by):
            self._check_parents()
        if lockable:
            self._note_writer()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_as_declared(self):
        if self._is_program():
            return
        states = self._deletable_in
        for record in self if states is not None else ():
            if record._guard_state() not in states:
                raise UserError(record._kept_message())
        self._check_parents()
        if not self.env.su:
            self._check_not_proof()
        self._note_parents()

    def _check_file(self, name):
        """Refuse a change of the file behind a field as a write of it is refused."""
        vals = {name: False}
        self._check_program_fields(vals)
        if not self._is_program():
            self._check_editors(vals)
            self._check_fixed(vals)

    def _note_writer(self):
        """Keep who wrote the record, where somebody else has to look at it.

        Who writes its lines has written it.
        """
        if self._written_by and self:
            # sudo: noted by the program, whatever the writer's rights
            noted = self.sudo()._pen()
            noted.write({self._written_by: [Command.link(self.env.uid)]})
        self._note_parents()

    def _note_parents(self):
        for name in self._locked_by:
            parents = self[name]
            if getattr(parents, "_written_by", None):
                parents._note_writer()

    def _birth_values(self, vals):
        """Hook. What the program itself says of a new record (who, when)."""
        return {}

    # ------------------------------------------------------------------- the answers

    def _check_birth(self, vals):
        """Refuse a new record that brings what the program alone writes.

        :raises AccessError: a program field has another value than it is born with
        """
        named = self._refused_names().intersection(vals)
        born = self.default_get([*named]) if named else {}
        for name in named:
            if (vals[name] or False) != (born.get(name) or False):
                raise self._birth_error(name)

    def _birth_error(self, name):
        """The refusal of a value given at birth. Hook."""
        return AccessError(self._program_message(name))

    def _check_program_fields(self, vals):
        """Refuse values for what the program alone writes.

        :raises AccessError: naming the field
        """
        for name in self._refused_names().intersection(vals):
            raise self._program_error(name)

    def _program_error(self, name):
        """The refusal of a value that the program alone writes. Hook."""
        return AccessError(self._program_message(name))

    @api.model
    @tools.ormcache()
    def _day_fields(self):
        """{name: type} of our fields that hold days."""
        ours = self._name.startswith("medical.")
        return {
            name: field.type
            for name, field in self._fields.items()
            if field.type in DAYS and (ours or name.startswith(HOST_PREFIX))
        }

    @api.model
    def _check_values(self, vals_list):
        """Refuse values that people cannot mean or may not name.

        :raises UserError: a day beyond all reason; one such day in a row ended every
            list that reckons with it. What has happened, on a day that is still to come
        :raises AccessError: a record that the user may not read
        """
        if self._is_program():
            return
        self._check_day_values(vals_list)
        for name in () if self.env.su else self._seen_fields:
            ids = {one for vals in vals_list for one in ids_in(vals.get(name))}
            self.env[self._fields[name].comodel_name].browse(ids).check_access("read")

    def _check_day_values(self, vals_list):
        days = self._day_fields()
        for vals in vals_list:
            for name in days.keys() & vals.keys():
                if is_beyond(days[name], vals[name]):
                    raise UserError(self._beyond_message(name))
            past = self._past_fields & vals.keys()
            today = self._latest_today() if past else None
            for name in past:
                if is_to_come(vals[name], today, fields.Datetime.now()):
                    raise UserError(self._to_come_message(name))

    @api.model
    def _latest_today(self):
        """Today where the reader is, or in the practice if it is later there: somebody
        who works from a place behind it enters what happened there today."""
        days = [company._medical_today() for company in self.env.companies]
        return max(fields.Date.context_today(self), *days)

    def _beyond_message(self, name):
        return self.env._(
            "“%(field)s” of this %(model)s: enter a day between the years %(first)s and "
            "%(last)s.",
            field=self._fields[name]._description_string(self.env),
            model=self._guard_model_name(),
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )

    def _to_come_message(self, name):
        return self.env._(
            "“%(field)s” of this %(model)s is a day or time still to come. Enter when it "
            "happened: today or earlier.",
            field=self._fields[name]._description_string(self.env),
            model=self._guard_model_name(),
        )

    def _check_editors(self, vals):
        """Refuse fields that only other roles may write."""
        if not self._editors:
            return
        for name in vals.keys() - self._always_open_names():
            groups = self._editors.get(name, self._editors.get("*"))
            if groups and not self._guard_user_in(groups):
                raise AccessError(self._editors_message(name, groups))

    def _check_fixed(self, vals):
        """Refuse a change of what is fixed by the record's state or its parent's.

        The refusal names the record: who may not read it gets the host's instead.
        """
        try:
            self._check_locks(vals)
            self._check_parents()
        except (AccessError, UserError):
            self.check_access("read")
            raise

    def _check_locks(self, vals):
        """Refuse a change of what is fixed in a record's state.

        :raises AccessError: a field is given at birth alone
        :raises UserError: naming the record, its state and the field
        """
        for name in self._born_fields.intersection(vals) if self else ():
            raise AccessError(self[0]._locked_message(name))
        for record in self if self._locked else ():
            fixed = self._locked.get(record._guard_state(), ())
            for name in vals:
                if name in fixed:
                    raise UserError(record._locked_message(name))

    def _guard_changed(self, vals, names):
        """Those of these fields that the values would change, in a fixed order."""
        self.ensure_one()
        changed = []
        for name in sorted(names & vals.keys()):
            field = self._fields[name]
            before = field.convert_to_cache(self[name], self)
            if field.convert_to_cache(vals[name], self) != before:
                changed.append(name)
        return changed

    def _check_parents(self):
        """Refuse records whose parent is fixed together with its lines."""
        for name in self._locked_by:
            # sudo: a state is read to refuse, whoever may not see the parent
            parents = self.sudo()[name]
            for parent in parents:
                lines = parent._guard_lines_of(self._name, name)
                fixed = parent._locked.get(parent._guard_state(), ())
                if any(line in fixed for line in lines):
                    raise UserError(parent._locked_message(lines[0]))
            parents._check_parents()

    def _guard_lines_of(self, model, inverse):
        """The one2many fields by which this record holds lines of ``model``."""
        found = [
            field.name
            for field in self._fields.values()
            if field.type == "one2many"
            and field.comodel_name == model
            and field.inverse_name == inverse
        ]
        return found or ["line_ids"]

    # --------------------------------------------------------- what others hold as proof

    @api.model
    @tools.ormcache()
    def _proof_names(self):
        """((model, field), ...): where the program notes records of this model.

        Only links that the database would empty when the record is deleted: what is
        deleted together with it is part of it.
        """
        guard = self.env.registry["medical.core.guard"]
        return tuple(
            (model._name, field.name)
            for model in map(self.env.__getitem__, sorted(self.env.registry))
            if isinstance(model, guard) and model._auto and not model._transient
            for field in model._fields.values()
            if field.type == "many2one"
            and field.store
            and not field.related
            and field.comodel_name == self._name
            and field.ondelete == "set null"
            and field.name in model._guarded_names()
        )

    def _holders_of_proof(self):
        """{record: what the program noted it on}, for those that something names."""
        found = {}
        for model, name in self._proof_names() if self.ids else ():
            # sudo: asked to refuse, whoever may see what holds the record
            holders = self.env[model].sudo().with_context(active_test=False)
            for holder in holders.search([(name, "in", self.ids)]):
                found.setdefault(holder[name].with_env(self.env), holder)
        return found

    def _check_not_proof(self):
        """Refuse to delete what the program noted on another record.

        :raises UserError: naming the record that would lose it
        """
        for record, holder in self._holders_of_proof().items():
            raise UserError(
                self.env._(
                    "%(record)s is on record in “%(holder)s” and is not deleted. "
                    "Archive or correct it instead.",
                    record=record.display_name,
                    holder=holder.display_name,
                )
            )

    # ----------------------------------------------------------------- the sentences

    def _program_message(self, name):
        """Why a field cannot be typed, and what to do instead. Hook."""
        return self.env._(
            "“%(field)s” of this %(model)s is set by the program only. Use the buttons "
            "of the %(model)s instead.",
            field=self._guard_label(name),
            model=self._guard_model_name(),
        )

    def _editors_message(self, name, groups):
        """Why this role does not change a field, and which does. Hook."""
        return self.env._(
            (
                "Your role may not change “%(field)s” of this %(model)s. Required "
                "role: %(roles)s."
            ),
            field=self._guard_label(name),
            model=self._guard_model_name(),
            roles=self._guard_role_names(groups),
        )

    def _locked_message(self, name):
        """Why this record stays as it is in its state. Hook."""
        self.ensure_one()
        if not self._guard_state():  # given once, in a model without states
            return self.env._(
                "“%(field)s” of %(record)s is given once and stays. Enter another one "
                "instead.",
                field=self._guard_label(name),
                record=self.display_name,
            )
        return self.env._(
            "%(record)s is “%(state)s”, so “%(field)s” cannot be changed. Use the "
            "buttons of the %(model)s, or enter a correction.",
            record=self.display_name,
            state=self._guard_state_label(),
            field=self._guard_label(name),
            model=self._guard_model_name(),
        )

    def _kept_message(self):
        """Why this record is not deleted. Hook."""
        self.ensure_one()
        if not self._guard_state():
            return self.env._("%s stays on record.", self.display_name)
        return self.env._(
            "%(record)s is “%(state)s” and stays on record.",
            record=self.display_name,
            state=self._guard_state_label(),
        )

    def _guard_state(self):
        """The state that locks the record; False for a model without states."""
        self.ensure_one()
        return self._lock_state in self._fields and self[self._lock_state]

    def _guard_state_label(self):
        field = self._fields[self._lock_state]
        state = self._guard_state()
        if field.type != "selection":
            return field.convert_to_display_name(state, self)
        return labels_of(self, self._lock_state).get(state, state)

    @api.model
    def _guard_label(self, name):
        field = self._fields.get(name)
        return field._description_string(self.env) if field else name

    @api.model
    def _guard_model_name(self):
        # sudo: the name of a kind of record is no secret, reading ir.model is
        return self.env["ir.model"].sudo()._get(self._name).name or self._description

    @api.model
    def _guard_xmlids(self, groups):
        groups = (groups,) if isinstance(groups, str) else groups
        return [g if "." in g else f"medical_office.{g}" for g in groups]

    @api.model
    def _guard_user_in(self, groups):
        return any(self.env.user.has_group(g) for g in self._guard_xmlids(groups))

    @api.model
    def _reason_given(self, reason, problem=None):
        """The reason of a step, without blanks around it.

        :param problem: what to say where there is none, if more can be said than that
        :raises UserError: there is none; a client need not use the dialog that asks for it
        """
        words = said(reason)
        if not words:
            raise UserError(problem or self.env._("Write a reason in a few words."))
        return words

    def _check_caller(self, *groups):
        """Refuse the call of a public method to who is in none of these groups, and on
        records that the caller may not read: of another company, of somebody else.

        :raises AccessError: with the names of the roles it takes
        """
        if not self._is_program() and not self._guard_user_in(groups):
            raise AccessError(
                self.env._(
                    "Your role may not do this. Required role: %(roles)s.",
                    roles=self._guard_role_names(groups),
                )
            )
        if self.ids and not self._is_program():
            self.check_access("read")

    @api.model
    def _guard_role_names(self, groups):
        # sudo: names of roles are no secret, but reading res.groups is
        found = (
            self.env.ref(xmlid).sudo().name  # sudo: as above
            for xmlid in self._guard_xmlids(groups)
        )
        return ", ".join(found)
