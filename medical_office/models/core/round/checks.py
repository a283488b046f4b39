"""The core's own checks: rounds that are late or missed, lines that failed, schedules."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, format_date

from ..check.answerable import Answerable, finding
from ..check.check import SEVERITY_RANK, CheckResult
from .round import OPEN_STATES

# days after which a failed line has to be dealt with
DAYS_TO_MEND = {"critical": 0, "high": 1, "medium": 3, "low": 7}
DAYS_AHEAD = 7  # for rounds that nobody will be there to walk
FAR = 400  # days: even a yearly schedule falls due within
PLANNER_GRACE = 3  # days the planner may be behind before it is worth a word


class CoreRound(models.Model):
    _inherit = "medical.core.round"

    _open_due = models.Index("(date_due) WHERE state IN ('planned', 'in_progress')")
    _missed_unexcused = models.Index(
        "(date_due) WHERE state = 'missed' AND is_excused IS NOT TRUE"
    )

    @api.model
    def _medical_check_overdue(self):
        """Rounds that are not signed though half of their time is gone."""
        now = fields.Datetime.now()
        looked_at = self.search_count([("state", "in", OPEN_STATES)])
        due = self.search([("state", "in", OPEN_STATES), ("date_due", "<=", now)])
        late = due.filtered(lambda r: now - r.date_due >= r.date_late - now)
        rows = []
        for one in late:
            if one.state == "planned":
                summary = self.env._(
                    "“%(round)s” is due and nobody has started it",
                    round=one.schedule_id.name,
                )
            else:
                summary = self.env._(
                    "“%(round)s” is due; items still open: %(open)s of %(lines)s",
                    round=one.schedule_id.name,
                    open=one.open_count,
                    lines=one.line_count,
                )
            rows.append(finding(one, summary, date_due=one.date_due))
        return CheckResult(looked_at, rows)

    @api.model
    def _medical_check_missed(self):
        """Missed rounds that nobody has excused or done later."""
        looked_at = self.search_count([("date_due", "<=", fields.Datetime.now())])
        missed = self.search([("state", "=", "missed"), ("is_excused", "=", False)])
        severities = missed.checklist_id._medical_severities()
        rows = [
            finding(
                one,
                self.env._("“%(round)s” was missed", round=one.display_name),
                severity=severities.get(one.checklist_id),
            )
            for one in missed
        ]
        return CheckResult(looked_at, rows)

    @api.model
    def _medical_check_uncovered(self):
        """Rounds of the coming days whose owner and backup will both be away."""
        now = fields.Datetime.now()
        coming = [
            ("state", "=", "planned"),
            ("date_due", ">", now),
            ("date_due", "<=", now + timedelta(days=DAYS_AHEAD)),
        ]
        rows = [
            finding(
                one,
                self.env._(
                    (
                        "“%(round)s”: owner and backup are both away, assign "
                        "somebody else"
                    ),
                    round=one.display_name,
                ),
                date_due=one.date_due,
                user_id=one.schedule_id._medical_keeper().id,
                backup_id=False,
            )
            for one in self.search([*coming, ("is_uncovered", "=", True)])
        ]
        return CheckResult(self.search_count(coming), rows)

    def _medical_answerable(self):
        """Who walks the round; the schedule's backup stands by."""
        schedule = self.schedule_id
        return Answerable(
            user_id=self.user_id.id or schedule.owner_id.id,
            backup_id=schedule.backup_id.id,
            department_id=self.department_id.id,
            company_id=self.company_id.id,
        )


class CoreChecklist(models.Model):
    _inherit = "medical.core.checklist"

    def _medical_severities(self):
        """checklist -> how severe it is to miss it: one step less than its worst item,
        since not to have looked is not yet to have found something.
        """
        worst = {}
        for checklist, severity in self.env["medical.core.checklist.item"]._read_group(
            [("checklist_id", "in", self.ids)], ["checklist_id", "severity"]
        ):
            rank = SEVERITY_RANK[severity] - 1
            worst[checklist] = max(worst.get(checklist, 1), rank)
        names = {rank: name for name, rank in SEVERITY_RANK.items()}
        return {checklist: names[rank] for checklist, rank in worst.items()}


class CoreRoundLine(models.Model):
    """A failed line is settled by a later pass of the same item at the same place, or by
    somebody who says how it was settled."""

    _inherit = "medical.core.round.line"

    _reason_methods = frozenset({"action_resolve"})

    resolved_at = fields.Datetime(readonly=True, copy=False)
    resolved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    resolution = fields.Text(
        readonly=True, copy=False, help="What was done about the failure."
    )

    _unresolved = models.Index(
        "(item_id, room_id, equipment_id, date_due) "
        "WHERE result = 'fail' AND resolved_at IS NULL"
    )
    # when the same item last passed at the same place, also where there is no room
    _passed = models.Index(
        "(item_id, COALESCE(room_id, 0), COALESCE(equipment_id, 0), date_due) "
        "WHERE result = 'pass'"
    )

    @api.model
    def _medical_check_failed(self):
        """Items that failed and have neither passed since nor been settled.

        One finding for each item and place: the first failure since it last passed.
        """
        self.flush_model()
        # no target reads as 0, so that the index finds lines without one, too
        targets = {
            name: SQL("COALESCE(%s, 0)", SQL.identifier("line", name))
            for name in self._target_fields
        }
        place = SQL(", ").join(SQL.identifier(name) for name in ("item_id", *targets))
        failures = dict(
            self.env.execute_query(
                SQL(
                    """
              WITH failed AS (
                  SELECT line.id, line.date_due, line.item_id, %(columns)s
                    FROM medical_core_round_line line
                   WHERE line.result = 'fail' AND line.resolved_at IS NULL
              ), place AS (
                  SELECT DISTINCT %(place)s FROM failed
              ), passed AS MATERIALIZED (  -- looked up once for each place
                  SELECT place.*,
                         (SELECT max(line.date_due)
                            FROM medical_core_round_line line
                           WHERE line.result = 'pass'
                             AND line.item_id = place.item_id
                             AND %(same_target)s
                         ) AS last
                    FROM place
              )
            SELECT DISTINCT ON (%(place)s)
                   id, count(*) OVER (PARTITION BY %(place)s)
              FROM failed JOIN passed USING (%(place)s)
             WHERE last IS NULL OR last <= date_due
          ORDER BY %(place)s, date_due, id
                    """,
                    columns=SQL(", ").join(
                        SQL("%s AS %s", value, SQL.identifier(name))
                        for name, value in targets.items()
                    ),
                    place=place,
                    same_target=SQL(" AND ").join(
                        SQL("%s = %s", value, SQL.identifier("place", name))
                        for name, value in targets.items()
                    ),
                )
            )
        )
        lines = self.browse(failures)
        rows = [line._medical_row(failures[line.id]) for line in lines]
        return CheckResult(self._medical_answered_count(), rows)

    @api.model
    def _medical_answered_count(self):
        """How many lines there are to look at. A year holds a million of them: the
        rounds' stored counts say it without touching the lines."""
        [(lines, still_open)] = self.env["medical.core.round"]._read_group(
            [], [], ["line_count:sum", "open_count:sum"]
        )
        return (lines or 0) - (still_open or 0)

    def _medical_row(self, times):
        where = self.target_name
        answer = self._value_text()
        name = f"{where}: {self.name}" if where else self.name
        if times > 1:
            summary = self.env._(
                "%(name)s failed, times: %(times)s", name=name, times=times
            )
        elif answer and self.limits_text:
            summary = self.env._(
                "%(name)s failed: %(answer)s, should be %(limits)s",
                name=name,
                answer=answer,
                limits=self.limits_text,
            )
        elif self.note or answer:
            summary = self.env._(
                "%(name)s failed: %(note)s", name=name, note=self.note or answer
            )
        else:
            summary = self.env._("%(name)s failed", name=name)
        return finding(
            self,
            summary,
            severity=self.severity,
            date_due=(self.entered_at or self.date_due)
            + timedelta(days=DAYS_TO_MEND[self.severity]),
        )

    def _medical_answerable(self):
        """The room's manager, else whose schedule it is; the other one stands by."""
        schedule = self.round_id.schedule_id
        keeper = self.room_id.medical_manager_id or schedule.owner_id
        others = (schedule.owner_id | schedule.backup_id) - keeper
        return Answerable(
            user_id=keeper.id,
            backup_id=others[:1].id,
            department_id=self.round_id.department_id.id,
            company_id=self.company_id.id,
        )

    def action_resolve(self, reason):
        """Settle failed lines: say what was done, since no later round has passed yet.

        Earlier and later failures of the same item at the same place are settled too.

        :raises AccessError: the user may not see a line, or only reads (auditor)
        :raises UserError: a line that has not failed, or no reason
        """
        if not self._guard_user_in("core_group_staff"):
            raise AccessError(
                self.env._("Your role can view rounds but not change them.")
            )
        self.check_access("read")
        reason = self._reason_given(
            reason, self.env._("Briefly describe what was done about it.")
        )
        sound = self.filtered(lambda line: line.result != "fail")
        if sound:
            raise UserError(
                self.env._(
                    "“%(line)s” did not fail: there is nothing to settle.",
                    line=sound[0].display_name,
                )
            )
        places = {line._place() for line in self}
        # sudo: only this method settles, also the same failure in others' rounds
        failed = self.sudo().search(
            [
                ("item_id", "in", self.item_id.ids),
                ("result", "=", "fail"),
                ("resolved_at", "=", False),
            ]
        )
        failed.filtered(lambda line: line._place() in places)._pen().write(
            {
                "resolved_at": fields.Datetime.now(),
                "resolved_by_id": self.env.uid,
                "resolution": reason,
            }
        )
        text = self.env._("Settled: %(reason)s", reason=reason)
        self.round_id._message_log_batch(
            {
                one.id: f"{text} ({', '.join(lines.mapped('display_name'))})"
                for one, lines in self.grouped("round_id").items()
            }
        )
        self._medical_ask_check()

    def _place(self):
        """What tells the failures of one thing from those of another."""
        self.ensure_one()
        return (self.item_id, *(self[name] for name in self._target_fields))

    def action_ask_reason(self):
        """Open the dialog that asks what was done, then settles the lines."""
        self._check_caller("core_group_staff")
        wizard = self.env["medical.core.reason.wizard"]
        return wizard._asking(self, "action_resolve", self.env._("Settle"))

    @api.model
    def _medical_ask_check(self):
        """Have the failed lines looked at within a minute, not within the hour."""
        # sudo: anybody who answers a line may set off the check; it runs as the system
        self.env.ref("medical_office.core_check_prompt_cron").sudo()._trigger()

    def get_formview_action(self, access_uid=None):
        """A line is seen in its round."""
        self.check_access("read")
        return self.round_id.get_formview_action(access_uid=access_uid)


class CoreSchedule(models.Model):
    _inherit = "medical.core.schedule"

    @api.model
    def _medical_check_owner(self):
        """Schedules whose owner has left or cannot see them."""
        schedules = self.search([])
        staff = self.env.ref("medical_office.core_group_staff")
        able = self.env["res.users"].search([("all_group_ids", "in", staff.ids)])
        rows = []
        for schedule in schedules:
            owner, company = schedule.owner_id, schedule.company_id
            if owner in able and company in owner.company_ids:
                continue
            backup = schedule.backup_id
            covered = backup in able and company in backup.company_ids
            if not owner.active:
                summary = self.env._(
                    "“%(schedule)s”: its owner %(owner)s has left, assign another",
                    schedule=schedule.name,
                    owner=owner.name,
                )
            else:
                summary = self.env._(
                    "“%(schedule)s”: its owner %(owner)s has no access to its rounds",
                    schedule=schedule.name,
                    owner=owner.name,
                )
            rows.append(
                finding(schedule, summary, severity="medium" if covered else "high")
            )
        return CheckResult(len(schedules), rows)

    @api.model
    def _medical_check_unplanned(self):
        """Schedules in force for which no round lies ahead though one is due."""
        now = fields.Datetime.now()
        in_force = self.search([]).filtered(
            lambda s: not s.date_end or s.date_end >= s._today()
        )
        planned = {
            schedule
            for (schedule,) in self.env["medical.core.round"]._read_group(
                [("state", "in", OPEN_STATES), ("date_due", ">", now)], ["schedule_id"]
            )
        }
        bare = in_force.filtered(lambda s: s not in planned)
        windows = {
            s: (
                max(s._today() + timedelta(days=1), s.date_start),
                s._today() + timedelta(days=FAR),
            )
            for s in bare
            if s.date_start <= s._today() + timedelta(days=s.horizon_days)
        }
        due = bare._occurrences(windows)
        signed = self._signed_early(bare, now)
        rows = []
        for schedule in windows:
            every = due.get(schedule) or []
            # a round that was signed before its day is planned and done
            ahead = [
                one
                for one in every
                if (schedule, one.at.replace(tzinfo=None)) not in signed
            ]
            if every and not ahead:
                continue
            reach = timedelta(days=schedule.horizon_days - PLANNER_GRACE)
            if not ahead and not schedule.date_end:
                summary = self.env._(
                    "“%(schedule)s” is never due under its current rule",
                    schedule=schedule.name,
                )
            elif ahead and ahead[0].day <= schedule._today() + reach:
                summary = self.env._(
                    "“%(schedule)s” is due on %(day)s but no round is planned: open it "
                    "and press “Plan rounds”",
                    schedule=schedule.name,
                    day=format_date(self.env, ahead[0].day),
                )
            else:
                continue
            rows.append(finding(schedule, summary))
        return CheckResult(len(in_force), rows)

    @api.model
    def _signed_early(self, schedules, now):
        """{(schedule, due moment)} of rounds that are over before they were due."""
        rounds = self.env["medical.core.round"].search_fetch(
            [
                ("schedule_id", "in", schedules.ids),
                ("date_due", ">", now),
                ("state", "not in", OPEN_STATES),
            ],
            ["schedule_id", "date_due"],
        )
        return {(one.schedule_id, one.date_due) for one in rounds}

    def _medical_keeper(self):
        """Who looks after the schedule itself: its department's head, or the site's."""
        head = self.department_id.manager_id.user_id
        return head or self.site_id.medical_manager_id

    def _medical_answerable(self):
        return Answerable(
            user_id=self._medical_keeper().id,
            backup_id=self.backup_id.id,
            department_id=self.department_id.id,
            company_id=self.company_id.id,
        )
