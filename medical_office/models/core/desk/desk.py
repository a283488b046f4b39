"""What lies ahead, and what a person starts the day with: the domains tell the cockpit."""

from datetime import date
from typing import NamedTuple

from odoo import api, models

DAYS_AHEAD = 7


class Ahead(NamedTuple):
    """Something that comes, and is not wrong.

    :ivar day: when (the practice's day)
    :ivar text: a short sentence, translated
    :ivar icon: class of a Font Awesome icon
    :ivar action: XML id of the action that shows it, or None
    :ivar context: of that action
    """

    day: date
    text: str
    icon: str
    action: str | None = None
    context: dict = {}


class Start(NamedTuple):
    """A large button with which staff begin.

    :ivar action: XML id of the action
    :ivar form: whether the action's form opens empty, instead of its list
    :ivar under: label of the one button behind which this and its like stand, or ""
    """

    label: str
    icon: str
    action: str
    form: bool = False
    under: str = ""


class CoreDesk(models.AbstractModel):
    """Hooks: each domain adds to what its ``super()`` returns."""

    _name = "medical.core.desk"
    _description = "Desk"

    @api.model
    def _ahead(self, today, until):
        """What comes from ``today`` to ``until``, as the calling user may see it.

        :return: list of Ahead, in any order
        """
        return self._away(today)

    @api.model
    def _starts(self):
        """The buttons with which the calling user's day begins.

        :return: list of Start, in their order
        """
        return [
            Start(
                self.env._("Walk a Round"),
                "fa-check-square-o",
                "medical_office.core_round_phone_action",
            )
        ]
