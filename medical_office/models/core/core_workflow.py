"""Declared transitions: who may move a record from which state to which."""

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import AccessError, UserError

# Proof that a state is written by _move_to. An object, because a context that comes in
# through RPC can carry any text or number, but never this.
_MOVING = object()


class CoreWorkflow(models.AbstractModel):
    """Mixin for everything that has a ``state``.

    A model lists its transitions; the mixin refuses everything else, in Python and
    through RPC, checks who may make the step and who may not because they prepared it,
    and leaves a line in the chatter.
    """

    _name = "medical.core.workflow"
    _description = "Declared Transitions"

    # (from, to) -> group that may, as XML id (without module: ours), a tuple of them, or
    # None for a step that only the program itself takes (a cron, a hook)
    _transitions = {}
    # state -> fields that hold the users who may not move the record there
    _segregated = {}
    # states, or (from, to) pairs, that need a reason
    _reason_required = frozenset()
    # methods that take one argument, the reason, and may be called by the reason dialog
    _reason_methods = frozenset()

    # ------------------------------------------------------------------ guards

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse a record that is born in any but its first state."""
        if not self._is_moving() and any("state" in vals for vals in vals_list):
            first = self.default_get(["state"]).get("state")
            for vals in vals_list:
                if "state" in vals and vals["state"] != first:
                    raise UserError(
                        self.env._(
                            "A new %(model)s starts as “%(first)s”. Create it, then use "
                            "its buttons.",
                            model=self._workflow_model_name(),
                            first=self._workflow_label(first),
                        )
                    )
        return super().create(vals_list)

    def write(self, vals):
        """Refuse a state that is written past the declared transitions."""
        if "state" in vals and not self._is_moving():
            raise UserError(
                self.env._(
                    "The state of a %(model)s changes by its buttons, not by editing it.",
                    model=self._workflow_model_name(),
                )
            )
        return super().write(vals)

    def _is_moving(self):
        return self.env.context.get("medical_moving") is _MOVING

    def _moving(self):
        """The same records, with the right to write ``state`` (history, imports)."""
        return self.with_context(medical_moving=_MOVING)

    # --------------------------------------------------------------- the step

    def _move_to(self, state, reason=None):
        """Move all of ``self`` to ``state``.

        :param state: the target state's technical name
        :param reason: text for the chatter; required where the model says so
        :raises UserError: no such step from a record's state, or no reason
        :raises AccessError: the user's roles do not include the step, or the user
            prepared what somebody else has to approve
        """
        if not self:
            return
        self.check_access("write")
        self.lock_for_update()
        self.invalidate_recordset(["state"])
        before = {record: record.state for record in self}
        for origin in dict.fromkeys(before.values()):
            self._check_step(origin, state, reason)
        self._check_segregation(state)
        getattr(self, f"_before_{state}", lambda: None)()
        self._moving().write({"state": state, **self._state_values(state, reason)})
        self._log_step(before, state, reason)
        getattr(self, f"_after_{state}", lambda: None)()

    def _state_values(self, state, reason):
        """Values that are written together with the state (who, when). Hook."""
        return {}

    def _check_step(self, origin, state, reason):
        labels = {
            "model": self._workflow_model_name(),
            "origin": self._workflow_label(origin),
            "state": self._workflow_label(state),
        }
        if (origin, state) not in self._transitions:
            raise UserError(
                self.env._(
                    "A %(model)s cannot go from “%(origin)s” to “%(state)s”. Reload the "
                    "page: somebody may have moved it meanwhile.",
                    **labels,
                )
            )
        groups = self._transitions[origin, state]
        if groups and not self._user_in(groups):
            raise AccessError(
                self.env._(
                    "Your role may not move a %(model)s from “%(origin)s” to "
                    "“%(state)s”. It takes: %(roles)s.",
                    roles=", ".join(self._group_records(groups).mapped("name")),
                    **labels,
                )
            )
        needed = {state, (origin, state)} & set(self._reason_required)
        if needed and not (reason or "").strip():
            raise UserError(
                self.env._(
                    "Give a reason for moving this %(model)s from “%(origin)s” to "
                    "“%(state)s”.",
                    **labels,
                )
            )

    def _check_segregation(self, state):
        if self.env.uid == SUPERUSER_ID:  # a cron is nobody's second pair of eyes
            return
        for field in self._segregated.get(state, ()):
            own = self.filtered(lambda record, f=field: self.env.user in record[f])
            if own:
                raise AccessError(
                    self.env._(
                        "%(record)s: somebody else has to move it to “%(state)s”, since "
                        "you are its “%(field)s”.",
                        record=own[0].display_name,
                        state=self._workflow_label(state),
                        field=self._fields[field]._description_string(self.env),
                    )
                )

    def _log_step(self, before, state, reason):
        if not hasattr(self, "_message_log_batch"):
            return
        bodies = {}
        for record, origin in before.items():
            text = self.env._(
                "%(origin)s → %(state)s",
                origin=self._workflow_label(origin),
                state=self._workflow_label(state),
            )
            bodies[record.id] = f"{text}: {reason}" if reason else text
        self._message_log_batch(bodies)

    # -------------------------------------------------------------- small words

    @api.model
    def _group_xmlids(self, groups):
        groups = (groups,) if isinstance(groups, str) else groups
        return [g if "." in g else f"medical_office.{g}" for g in groups]

    @api.model
    def _group_records(self, groups):
        # names of roles are no secret, but reading res.groups is
        return (
            self.env["res.groups"]
            .sudo()
            .union(
                *(self.env.ref(xmlid).sudo() for xmlid in self._group_xmlids(groups))
            )
        )

    @api.model
    def _user_in(self, groups):
        return any(self.env.user.has_group(g) for g in self._group_xmlids(groups))

    def _workflow_label(self, state):
        selection = self._fields["state"]._description_selection(self.env)
        return dict(selection).get(state, state)

    @api.model
    def _workflow_model_name(self):
        return self.env["ir.model"]._get(self._name).name or self._description

    # ------------------------------------------------------------- the UI's help

    def action_ask_reason(self):
        """Open the dialog that asks for a reason, then calls the named method.

        The button passes ``medical_reason_method`` in its context; the wizard accepts only
        methods that the model lists in ``_reason_methods``.
        """
        wizard = self.env["medical.core.reason.wizard"]
        return wizard._asking(self, self.env.context.get("medical_reason_method"))
