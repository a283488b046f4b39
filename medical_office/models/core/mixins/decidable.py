"""What makes a record wait in the register of decisions."""

from datetime import timedelta
from typing import NamedTuple

from odoo import SUPERUSER_ID, api, fields, models

from ....engine.core.labels import labels_of
from .open_action import open_action


class Waiting(NamedTuple):
    """How a record that waits in a state is decided.

    :param approve: its public method that says yes, without arguments, or taking the
        reason where the workflow lists it in ``_reason_methods``
    :param back: its public method that sends it back, taking the reason; or None
    :param to: in a workflow, the state that means yes: who may and who may not is what
        its transitions say
    :param groups: elsewhere, who may say yes: group XML ids (ours without the module)
    :param barred: elsewhere, fields that hold the users who may not
    :param days: until when it should be decided
    """

    approve: str
    back: str | None = None
    to: str | None = None
    groups: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()
    days: int = 3


class CoreDecidable(models.AbstractModel):
    """Mixin of records that wait for a decision in some of their states.

    ``_decisions`` names those states. The workflow mixin keeps the register by itself; a
    host model, whose state its own code writes, calls ``_decision_sync`` afterwards.
    """

    _name = "medical.core.decidable"
    _description = "Waits for a Decision"

    # state -> Waiting
    _decisions = {}
    _decision_domain = "core"
    # what is at stake is somebody's pay: shown to those entitled to pay alone
    _decision_is_pay = False

    def _decision_sync(self, reason=None):
        """Open and close the rows of these records by the state they are in now.

        Two queries, and one more where something changed, however many records.
        """
        if not self._decisions or not self.ids:
            return
        # sudo: the register is written by the program alone, whoever moves a record
        register = self.env["medical.core.decision"].sudo()
        rows = register.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("state", "=", "open"),
            ]
        )
        # sudo: by what state the rows close, whoever may read the records afterwards
        records = {record.id: record for record in self.sudo()}
        gone = rows.filtered(
            lambda row: records[row.res_id]._decision_state() != row.waiting_state
        )
        if gone:
            back = gone.filtered(lambda row: records[row.res_id]._decision_is_back(row))
            labels = {row: records[row.res_id]._decision_label() for row in gone}
            (gone - back)._close("decided", labels, reason)
            back._close("withdrawn", labels, reason)
        waiting_ids = set((rows - gone).mapped("res_id"))
        fresh = self.filtered(
            lambda record: (
                record._decision_state() in self._decisions
                and record.id not in waiting_ids
            )
        )
        if fresh:
            # sudo: the row says what waits, whoever may read all of the record
            values = [record._decision_values() for record in fresh.sudo()]
            register._pen().create(values)._tell()

    @api.ondelete(at_uninstall=False)
    def _unlink_decisions(self):
        """What waited for a decision about a deleted record waits no more."""
        if not self._decisions:
            return
        # sudo: the register is written by the program alone
        rows = self.env["medical.core.decision"].sudo()
        rows = rows.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("state", "=", "open"),
            ]
        )
        rows._close("withdrawn", dict.fromkeys(rows, self.env._("Deleted")), None)

    def _decision_is_back(self, row):
        """Whether nobody decided: the program, or who asked, took the question back."""
        to = self._decisions[row.waiting_state].to
        if not to or self._decision_state() == to:
            return False
        return self.env.uid in (SUPERUSER_ID, row.asked_by_id.id)

    def _decision_state(self):
        """The state by which the record waits. Hook."""
        self.ensure_one()
        return self["state"]

    def _decision_label(self):
        state = self._decision_state()
        field = self._fields.get("state")
        if field is None or field.type != "selection":
            return state
        return labels_of(self, "state").get(state, state)

    def _decision_values(self):
        """The row of the register for this record, as the program sees it. Hook."""
        self.ensure_one()
        state = self._decision_state()
        waiting = self._decisions[state]
        company = self["company_id"] if "company_id" in self._fields else False
        groups = [
            self.env.ref(xmlid if "." in xmlid else f"medical_office.{xmlid}").id
            for xmlid in self._decision_groups(state)
        ]
        barred = [
            user.id for name in self._decision_barred(state) for user in self[name]
        ]
        return {
            "name": self.display_name,
            "domain": self._decision_domain,
            "res_model": self._name,
            "res_id": self.id,
            "waiting_state": state,
            "company_id": company.id if company else False,
            "currency_id": (company or self.env.company).currency_id.id,
            "amount": self._decision_amount(),
            "department_id": self._decision_department().id,
            "asked_by_id": self.env.uid,
            "date_due": fields.Datetime.now() + timedelta(days=waiting.days),
            "group_ids": [(6, 0, groups)],
            "barred_ids": [(6, 0, barred)],
            "decider_ids": [(6, 0, self._decision_deciders(state).ids)],
        }

    def _decision_groups(self, state):
        """XML ids of the groups that may decide. Hook."""
        return self._decisions[state].groups

    def _decision_deciders(self, state):
        """Users who may decide by name, beside the groups. Hook."""
        return self.env["res.users"]

    def _decision_barred(self, state):
        """Fields that hold the users who may not decide. Hook."""
        return self._decisions[state].barred

    def _decision_amount(self):
        """What is at stake, in the company's currency. Hook."""
        return 0.0

    def _decision_department(self):
        """Whose decision it is to know of. Hook."""
        if "department_id" in self._fields:
            return self["department_id"]
        return self.env["hr.department"]

    def _decision_action(self):
        """Where the record is decided: where it is dealt with. Hook."""
        return open_action(self)
