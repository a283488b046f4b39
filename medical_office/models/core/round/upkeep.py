"""What happens to rounds without anybody's doing: lines, missed ones, time off.

Lines are set out shortly before a round may start, not when it is planned. So the plan
of a year costs rounds only, a change of the checklist reaches every round that is still
ahead, and a missed round has its lines, frozen, as the record of what was due.
"""

from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models

BATCH = 500
# how long before a round may start its lines are set out
LINES_AHEAD = timedelta(hours=2)


class CoreRound(models.Model):
    _inherit = "medical.core.round"

    @api.model
    def _cron_upkeep(self):
        """Set out the lines of rounds that may start soon; mark what was missed.

        In batches, each committed: cut off, the next run goes on with the rest.
        """
        now = fields.Datetime.now()
        for domain, step, job in (
            (self._late_domain(now), self._miss, self.env._("mark missed rounds")),
            (self._lineless_domain(now), self._set_out, self.env._("set out rounds")),
        ):
            waiting = self.search(domain, order="date_due")
            if not self.env["medical.core.job.fault"]._each_batch(
                job, waiting, step, BATCH, domain
            ):
                return

    @api.model
    def _late_domain(self, now):
        return [("state", "in", ("planned", "in_progress")), ("date_late", "<=", now)]

    @api.model
    def _lineless_domain(self, now):
        return [
            ("state", "=", "planned"),
            ("line_count", "=", 0),
            ("date_late", ">", now),
            ("date_open", "<=", now + LINES_AHEAD),
        ]

    @api.model
    def _set_out(self, rounds):
        rounds._ensure_lines()

    @api.model
    def _miss(self, rounds):
        """Mark rounds as missed; their lines stay as the record of what was due."""
        rounds._ensure_lines()
        rounds._program_step("missed")
        rounds._medical_on_missed()

    # -------------------------------------------------------------------- lines

    def _ensure_lines(self):
        """Give planned rounds the lines of their checklist as it is now; batch.

        Rounds that have lines of an earlier version, and of which nothing is answered
        yet, get new ones. Lines of started rounds are never touched.
        """
        # sudo: lines are made by the program; whoever starts a round may not
        planned = self.sudo().filtered(lambda r: r.state == "planned")
        stale = planned.filtered(
            lambda r: r.line_count and r.checklist_version != r.checklist_id.version
        )
        stale._drop_lines()
        bare = planned.filtered(lambda r: not r.line_count)
        if not bare:
            return
        paused = bare.schedule_id._paused_targets()
        values = []
        for one in bare:
            values += one._line_values(paused)
        # sudo: as above
        self.env["medical.core.round.line"].sudo()._pen().create(values)
        by_version = defaultdict(bare.browse)
        for one in bare:
            by_version[one.checklist_id.version] |= one
        for version, rounds in by_version.items():
            rounds._pen().checklist_version = version
        fresh = bare.checklist_id.filtered(lambda c: not c.version_used)
        fresh._pen().write({"version_used": True})

    def _drop_lines(self):
        """Take back the lines of planned rounds; they come anew when needed."""
        self.filtered(lambda r: r.state == "planned").line_ids.unlink()

    def _line_values(self, paused):
        """One line for each target and item, in walking order."""
        self.ensure_one()
        lines = self.env["medical.core.round.line"]
        values = []
        for room, thing in self.schedule_id._targets():
            away = (thing or room) in paused[(thing or room)._name]
            for item in self.checklist_id.item_ids:
                line = lines._values_from_item(item)
                line.update(
                    round_id=self.id,
                    company_id=self.company_id.id,
                    date_due=self.date_due,
                    **lines._target_values(room, thing),
                )
                if away:
                    line.update(
                        result="na",
                        note=self.env._("Out of service when this round was due."),
                    )
                values.append(line)
        return values

    # ---------------------------------------------------------------- the person

    def _follow_schedule(self):
        """Bring planned rounds in line with their schedule; batch."""
        groups = defaultdict(self.browse)
        by_hand = self.filtered("is_assigned_by_hand")
        absences = self._absences()
        for one in self:
            values = one.schedule_id._routing_values(one.date_due)
            if one not in by_hand:
                values.update(one.schedule_id._falls_to(one.date_due, absences))
            values = {
                name: value
                for name, value in values.items()
                if one._fields[name].convert_to_write(one[name], one) != value
            }
            groups[tuple(values.items())] |= one
        for values, rounds in groups.items():
            if values:
                rounds._pen().write(dict(values))

    @api.model
    def _reassign(self, users, low, high):
        """Look anew at who walks the planned rounds of ``users`` between two moments.

        :param users: ``res.users`` whose time off has changed
        """
        schedules = self.env["medical.core.schedule"].search(
            ["|", ("owner_id", "in", users.ids), ("backup_id", "in", users.ids)]
        )
        rounds = self.search(
            [
                ("schedule_id", "in", schedules.ids),
                ("state", "=", "planned"),
                ("date_due", ">=", low),
                ("date_due", "<=", high),
            ]
        )
        rounds._follow_schedule()

    def _absences(self):
        dues = self.mapped("date_due")
        if not dues:
            return {}
        return self.schedule_id._absences_of_people(min(dues), max(dues))
