"""Supplement B of Form I-9: authorization shown anew."""

from datetime import UTC

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

KEEPERS = ("people_group_i9",)


class PeopleI9Reverification(models.Model):
    """One reverification; never of who is not to be reverified."""

    _name = "medical.people.i9.reverification"
    _description = "I-9 Reverification"
    _inherit = ["medical.core.guard"]
    _order = "date, id"

    _editors = {"*": KEEPERS}
    _born_fields = frozenset({"i9_id", "date", "document", "authorized_until"})
    _past_fields = frozenset({"date"})
    _locked_by = ("i9_id",)
    _deletable_in = frozenset()

    i9_id = fields.Many2one(
        "medical.people.i9", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="i9_id.company_id", store=True)
    date = fields.Date(required=True, default=fields.Date.context_today)
    document = fields.Char("Document shown", required=True)
    authorized_until = fields.Date("Authorized until")
    by_id = fields.Many2one(
        "res.users", "Examined by", readonly=True, default=lambda self: self.env.user
    )

    @api.constrains("i9_id")
    def _check_asked(self):
        for one in self:
            if one.i9_id.user_id == self.env.user and not self._is_program():
                raise AccessError(
                    self.env._("Another keeper has to examine your own documents.")
                )
            if one.i9_id.attestation != "authorized":
                raise ValidationError(
                    self.env._(
                        "%s is not reverified: citizens, nationals and permanent "
                        "residents never are.",
                        one.i9_id.display_name,
                    )
                )

    def _locked_message(self, name):
        return self.env._(
            "%s is on record as it was entered. Enter another one to correct it.",
            self.display_name,
        )


class ResCompany(models.Model):
    _inherit = "res.company"

    def _medical_closed_days(self, day, span=30):
        """Days on which the practice is closed beside weekends, from a day on.

        :param day: date; nothing for none
        :param span: how many days to look ahead
        :return: set of dates, on the practice's own clock
        """
        if not day or not self:
            return set()
        zone = self._medical_zone()
        # sudo: that the practice is closed is no secret
        leaves = (
            self.env["resource.calendar.leaves"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.id),
                    ("resource_id", "=", False),
                    ("date_to", ">=", fields.Datetime.to_datetime(day)),
                    ("date_from", "<=", fields.Date.add(day, days=span)),
                ]
            )
        )
        return {
            found for leave in leaves for found in self._medical_days_of(leave, zone)
        }

    @api.model
    def _medical_days_of(self, leave, zone):
        """The whole days a closure covers."""
        begin = leave.date_from.replace(tzinfo=UTC).astimezone(zone)
        end = leave.date_to.replace(tzinfo=UTC).astimezone(zone)
        day = begin.date()
        while day <= end.date():
            yield day
            day = fields.Date.add(day, days=1)
