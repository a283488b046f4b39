"""Reports without a login: who wrote them is not known, and cannot be found out.

Nothing is kept that leads to a person: no address (limits are counted in memory alone, by
a key that is made again with each process), no session, no user, no hour. The columns of
the database that Odoo fills by itself are set to noon of the day as well.
"""

import secrets

from odoo import api, fields, models
from odoo.tools import SQL

from ....engine.core.labels import labels_of
from ....tools.compliance.hotline import cleaned, key_digest, new_key

MOST_A_DAY = 40  # reports without a name that a practice takes in a day
MOST_WORDS = 30  # words of one reporter on one incident in a day
TEXT_MOST = 4000
PLACE_MOST = 120
QUIET = {
    # no line of the chatter, no follower, no mail: each would hold the moment
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
}


class ComplianceIncident(models.Model):
    _inherit = "medical.compliance.incident"

    @api.model
    def _report_anonymously(self, company, post):
        """Take in what a stranger writes.

        :param company: the practice whose label was scanned
        :param post: what the form sent: kind, what, place, happened_on, about_manager
        :return: (the key that is shown once, None) or (None, {field: problem})
        """
        _ = self.env._
        # sudo: the public reports, the program keeps it
        incidents = self.sudo().with_company(company).with_context(**QUIET)
        today = self._practice_day(company)
        happened_on, problem = self._day(post.get("happened_on"), today)
        problems = {"happened_on": problem} if problem else {}
        text = cleaned(post.get("what"), TEXT_MOST)
        if len(text) < 10:
            problems["what"] = _("Tell in a sentence or two what happened.")
        kinds = labels_of(self, "kind")
        kind = cleaned(post.get("kind"), 20)
        if kind not in kinds:
            problems["kind"] = _("Choose what it is about.")
        if problems:
            return None, problems
        if incidents._count_anonymous(company, today) >= MOST_A_DAY:
            return None, {"limit": _("Too many reports today.")}
        key = new_key(secrets.choice)
        incident = incidents._pen().create(
            {
                "company_id": company.id,
                "kind": kind,
                "what": text,
                "place": cleaned(post.get("place"), PLACE_MOST) or False,
                "happened_on": happened_on,
                "is_about_manager": bool(post.get("about_manager")),
                "is_confidential": True,
                "is_anonymous": True,
                "reporter_id": False,
                "department_id": False,
                "reported_on": today,
                "key_digest": key_digest(key),
            }
        )
        self._forget_moments(incident, today)
        return key, None

    @api.model
    def _from_key(self, key):
        """The incident of a follow-up key as superuser; empty where none has it."""
        digest = key_digest(key)
        # sudo: whoever holds the key follows this one incident
        incidents = self.sudo()
        return digest and incidents.search([("key_digest", "=", digest)], limit=1)

    def _add_word(self, text):
        """Add what the holder of the key has to say.

        :return: a problem, or False
        """
        self.ensure_one()
        text = cleaned(text, TEXT_MOST)
        if not text:
            return self.env._("Write something first.")
        today = self._practice_day(self.company_id)
        said = self.message_line_ids.filtered(
            lambda one: one.is_from_reporter and one.day == today
        )
        if len(said) >= MOST_WORDS:
            return self.env._("That is enough for today. Come back tomorrow.")
        lines = self.message_line_ids._pen().with_context(**QUIET)
        line = lines.create(
            {
                "incident_id": self.id,
                "text": text,
                "day": today,
                "is_from_reporter": True,
            }
        )
        self._forget_moments(line, today)
        return False

    def _public_words(self):
        """What the holder of the key reads: steps and answers, no names."""
        self.ensure_one()
        states = labels_of(self, "state")
        return {
            "number": self.id,
            "state": self.state,
            "state_name": states[self.state],
            "reported": self.reported_on,
            "done": (self.state == "closed" and self.done) or "",
            "lines": [
                {"text": one.text, "day": one.day, "own": one.is_from_reporter}
                for one in self.message_line_ids.sorted("id")
            ],
        }

    # ------------------------------------------------------------------------ parts

    @api.model
    def _practice_day(self, company):
        zone = str(company._medical_zone())
        return fields.Date.context_today(self.with_context(tz=zone))

    @api.model
    def _day(self, text, today):
        """(date or False, problem or None) of what was typed as a day."""
        text = cleaned(text, 20)
        if not text:
            return False, None
        try:
            day = fields.Date.to_date(text)
        except ValueError:
            day = None
        if not day or day > today or day.year < today.year - 10:
            problem = self.env._("Enter a day of the past, or leave it empty.")
            return False, problem
        return day, None

    def _count_anonymous(self, company, today):
        return self.search_count(
            [
                ("company_id", "=", company.id),
                ("is_anonymous", "=", True),
                ("reported_on", "=", today),
            ]
        )

    @api.model
    def _forget_moments(self, record, day):
        """Set the columns that tell when a row was made to noon of its day."""
        record.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET create_date = %s, write_date = %s WHERE id = %s",
                SQL.identifier(record._table),
                noon := fields.Datetime.to_datetime(day).replace(hour=12),
                noon,
                record.id,
            )
        )
        record.invalidate_recordset(["create_date", "write_date"])
