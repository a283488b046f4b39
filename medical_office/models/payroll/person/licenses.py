"""Credentials that a person works by and that have ended: asked of core's register."""

from odoo import models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _medical_required_types(self, day):
        """{user: credential types that people were given and that end before a day}.

        Beside what their jobs ask (``_medical_missing``): whoever has a license that
        nobody asks for still works by it. One query.

        :param day: date; credentials that end later are not looked at
        """
        # sudo: that a credential has ended is asked, the credential is not shown
        held = (
            self.env["medical.core.credential"]
            .sudo()
            .search_fetch(
                [
                    ("user_id", "in", self.user_id.ids),
                    ("state", "!=", "void"),
                    ("date_to", "<", day),
                ],
                ["user_id", "type_id"],
            )
        )
        return {user: own.type_id for user, own in held.grouped("user_id").items()}

    def _medical_license_problems(self, day):
        """What people work by without having it on ``day``.

        :param day: date
        :return: {employee id: sentence}; a fixed number of queries, however many people
        """
        required = self._medical_required_types(day)
        asked = self._medical_missing(day)
        kinds = self.env["medical.core.credential.type"].union(*required.values())
        if not kinds and not asked:
            return {}
        credentials = self.env["medical.core.credential"]
        holders = credentials._holders(kinds, day, among=self.user_id)
        problems = {}
        for person in self:
            user = person.user_id
            missing = asked.get(person.id, [])
            missing += [
                kind.name
                for kind in required.get(user, ())
                if user not in holders[kind]
                and not any(kind.name in name for name in missing)
            ]
            if missing:
                problems[person.id] = self.env._(
                    "%(what)s is not in force on %(day)s. Enter the renewal, or have it "
                    "verified.",
                    what=", ".join(missing),
                    day=day,
                )
        return problems
