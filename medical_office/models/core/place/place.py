"""My Department and the Director's Place: one screen each, filled by the domains."""

from typing import Any, NamedTuple

from odoo import api, models
from odoo.exceptions import AccessError

HEADS = ("core_group_head",)
WIDE = ("core_group_manager", "core_group_director")
DIRECTORS = ("core_group_director",)
SEVERE = ("high", "critical")
ROWS = 5  # of a part; the list behind it has all


class Figure(NamedTuple):
    """A number with its name.

    :ivar value: text as it is shown
    :ivar tone: "" or "bad" where somebody has to do something
    """

    label: str
    value: str
    tone: str = ""


class Row(NamedTuple):
    """One line of a part.

    :ivar action: dict of an action that opens it, or None
    """

    text: str
    detail: str = ""
    tone: str = ""
    action: dict[str, Any] | None = None


def details(*words):
    """What a row says beside its text: the words that there are, with commas."""
    return ", ".join(word for word in words if word)


class Part(NamedTuple):
    """A part of the screen.

    :ivar sequence: where it stands
    :ivar empty: what is said where there are no rows
    :ivar action: dict of the action behind it, or None
    """

    key: str
    sequence: int
    title: str
    icon: str
    figures: list[Figure]
    rows: list[Row]
    empty: str = ""
    action: dict[str, Any] | None = None


class Ask(NamedTuple):
    """Something that a head asks for.

    :ivar action: XML id of the action whose form opens empty
    :ivar context: of that action
    """

    sequence: int
    label: str
    icon: str
    action: str
    context: dict[str, Any] = {}


class CorePlace(models.AbstractModel):
    """Hooks: each domain adds to what its ``super()`` returns. All of it is read with the
    rights of whoever looks, for one department or the whole practice."""

    _name = "medical.core.place"
    _description = "My Department and Director's Place"

    @api.model
    def department(self, department_id=False):
        """One department for its head: budget, requests, readiness, rounds, exceptions.

        :param department_id: one of those headed, or False for the first
        :return: dict for the screen
        :raises AccessError: somebody else heads it
        """
        self.env["medical.core.guard"]._check_caller(*HEADS)
        choices = self._departments()
        chosen = choices[:1]
        if department_id:
            chosen = choices.filtered(lambda one: one.id == department_id)
            if not chosen:
                raise AccessError(
                    self.env._(
                        "You do not head this department. Ask its head or the office "
                        "manager."
                    )
                )
        parts = self._department_parts(chosen) if chosen else []
        return {
            # sudo: departments are named to those who head them
            "choices": [{"id": one.id, "name": one.name} for one in choices.sudo()],
            "department": chosen.id,
            "asks": self._shown(self._department_asks(chosen) if chosen else []),
            "parts": self._shown(parts),
        }

    @api.model
    def director(self):
        """The director's place: what waits for a decision, the pack, the risks.

        :return: dict for the screen
        """
        self.env["medical.core.guard"]._check_caller(*DIRECTORS)
        return {
            "choices": [],
            "department": False,
            "asks": [],
            "parts": self._shown(self._director_parts()),
        }

    @api.model
    def _departments(self):
        """Those headed; for manager and director those of the company, their own first."""
        own = self.env.user.medical_headed_department_ids.filtered(
            lambda one: (
                one.active
                and (not one.company_id or one.company_id == self.env.company)
            )
        )
        if not self.env["medical.core.guard"]._guard_user_in(WIDE):
            return own
        return own | self.env["hr.department"].search(
            [("company_id", "in", (False, self.env.company.id))]
        )

    @api.model
    def _shown(self, parts):
        found = [part._asdict() for part in sorted(parts, key=lambda p: p.sequence)]
        for part in found:
            for name in ("figures", "rows"):
                if name in part:
                    part[name] = [one._asdict() for one in part[name]]
        return found

    @api.model
    def _department_parts(self, department):
        """Hook. The parts of core itself, to which the domains add theirs.

        :param department: one department
        :return: list of Part, in any order
        """
        here = [("department_id", "=", department.id)]
        return [
            self._waiting_part(here),
            self._rounds_part(here),
            self._exceptions_part(here),
            self._away_part(department),
        ]

    @api.model
    def _department_asks(self, department):
        """Hook. What the department can ask for.

        :return: list of Ask
        """
        return [
            Ask(
                50, self.env._("Time off"), "fa-plane", "hr_holidays.hr_leave_action_my"
            )
        ]

    @api.model
    def _director_parts(self):
        """Hook. As ``_department_parts``, for the whole practice."""
        return [
            self._waiting_part([]),
            self._exceptions_part([("severity", "in", SEVERE)]),
        ]

    @api.model
    def _open(self, record):
        """The action that opens a record of ours in its form."""
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }
