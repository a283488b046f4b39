"""Declared transitions: who may move a record from which state to which."""

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import clean_context

from ....engine.core.labels import labels_of


class CoreWorkflow(models.AbstractModel):
    """Mixin for everything that has a ``state``.

    A model lists its transitions; the mixin refuses everything else, in Python and
    through RPC, checks who may make the step and who may not because they prepared it,
    and leaves a line in the chatter.
    """

    _name = "medical.core.workflow"
    _inherit = [
        "medical.core.guard",
        "medical.core.decidable",
        "medical.core.sealed",
    ]
    _description = "Declared Transitions"

    # a state has its steps for the program itself, too
    _strict_fields = frozenset({"state"})
    # (from, to) -> group that may, as XML id (without module: ours), a tuple of them, or
    # None for a step that only the program itself takes (a cron, a hook): by _program_step
    _transitions = {}
    # state -> fields that hold the users who may not move the record there
    _segregated = {}
    # states, or (from, to) pairs, that need a reason
    _reason_required = frozenset()
    # methods that take one argument, the reason, and may be called by the reason dialog
    _reason_methods = frozenset()

    # ------------------------------------------------------------------ guards

    def _birth_error(self, name):
        if name != "state":
            return super()._birth_error(name)
        first = self.default_get(["state"]).get("state")
        return UserError(
            self.env._(
                "A new %(model)s starts as “%(first)s”. Create it, then use its buttons.",
                model=self._guard_model_name(),
                first=self._workflow_label(first),
            )
        )

    def _program_error(self, name):
        if name != "state":
            return super()._program_error(name)
        return UserError(
            self.env._(
                (
                    "The status of this %(model)s is changed with its buttons, not "
                    "by editing it."
                ),
                model=self._guard_model_name(),
            )
        )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._decision_sync()  # some wait from their first day on
        return records

    def _decision_groups(self, state):
        groups = self._transitions[state, self._decisions[state].to]
        return (groups,) if isinstance(groups, str) else groups

    def _decision_barred(self, state):
        return self._segregated.get(self._decisions[state].to, ())

    # --------------------------------------------------------------- the step

    def _move_to(self, state, reason=None):
        """Move all of ``self`` to ``state``.

        :param state: the target state's technical name
        :param reason: text for the chatter; required where the model says so
        :raises UserError: no such step from a record's state, or no reason
        :raises AccessError: the user's roles do not include the step, or the user
            prepared what somebody else has to approve
        """
        self._step(state, reason, is_program=self._is_program())

    def _program_step(self, state, reason=None):
        """The same for a step that is nobody's: one that ``_transitions`` gives to None.

        A button that moves records to a state never takes such a step by the way; the
        method in which the program does names it.
        """
        self._step(state, reason, is_program=True)

    def _step(self, state, reason, is_program):
        if not self:
            return
        if any(key.startswith("default_") for key in self.env.context):
            # a client's defaults have no say in what a step makes
            self.with_context(clean_context(self.env.context))._step(
                state, reason, is_program
            )
            return
        self.check_access("write")
        self.lock_for_update()
        self.invalidate_recordset(["state"])
        before = {record: record.state for record in self}
        for origin in dict.fromkeys(before.values()):
            self._check_step(origin, state, reason, is_program)
        if not is_program:
            self._check_shared_step()
        self._check_segregation(state)
        getattr(self, f"_before_{state}", lambda: None)()
        self._pen().write({"state": state, **self._state_values(state, reason)})
        self._log_step(before, state, reason)
        self._decision_sync(reason)
        getattr(self, f"_after_{state}", lambda: None)()
        self._seal_step(before)

    def _check_shared_step(self):
        """What several companies share asks more of who moves it. Hook."""

    def _state_values(self, state, reason):
        """Values that are written together with the state (who, when). Hook."""
        return {}

    def _check_step(self, origin, state, reason, is_program):
        labels = {
            "model": self._guard_model_name(),
            "origin": self._workflow_label(origin),
            "state": self._workflow_label(state),
        }
        if (origin, state) not in self._transitions:
            raise UserError(
                self.env._(
                    "This %(model)s cannot go from “%(origin)s” to “%(state)s”. Reload "
                    "the page: somebody may have changed it.",
                    **labels,
                )
            )
        groups = self._transitions[origin, state]
        if groups is None and not is_program:
            raise UserError(
                self.env._(
                    "This %(model)s goes from “%(origin)s” to “%(state)s” by itself, when "
                    "its time comes: nobody moves it.",
                    **labels,
                )
            )
        if groups and not self._guard_user_in(groups):
            raise AccessError(
                self.env._(
                    "Your role may not move this %(model)s from “%(origin)s” to "
                    "“%(state)s”. Required role: %(roles)s.",
                    roles=self._guard_role_names(groups),
                    **labels,
                )
            )
        needed = {state, (origin, state)} & set(self._reason_required)
        if needed:
            self._reason_given(
                reason,
                self.env._(
                    "Give a reason for moving this %(model)s from “%(origin)s” to "
                    "“%(state)s”.",
                    **labels,
                ),
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

    def _workflow_label(self, state):
        return labels_of(self, "state").get(state, state)

    # ------------------------------------------------------------- the UI's help

    def action_ask_reason(self):
        """Open the dialog that asks for a reason, then calls the named method.

        The button passes ``medical_reason_method`` in its context; the wizard accepts only
        methods that the model lists in ``_reason_methods``.
        """
        self._check_caller("core_group_staff")
        wizard = self.env["medical.core.reason.wizard"]
        return wizard._asking(self, self.env.context.get("medical_reason_method"))
