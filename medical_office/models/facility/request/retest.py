"""Retest: a repaired thing has to pass the failed check again before it is done."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

# a retest waits this long for somebody to do it, then it is missed like any round
WINDOW = timedelta(days=3)


class CoreRound(models.Model):
    _inherit = "medical.core.round"

    medical_request_id = fields.Many2one(
        "maintenance.request",
        "Retest for",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="A separate round that rechecks what failed, after the repair.",
    )

    medical_request_count = fields.Integer(
        "Requests", compute="_compute_medical_request_count", compute_sudo=True
    )

    @api.depends("line_ids.medical_request_id", "medical_request_id")
    def _compute_medical_request_count(self):
        tied = dict(
            self.env["medical.core.round.line"]._read_group(
                [("round_id", "in", self.ids), ("medical_request_id", "!=", False)],
                ["round_id"],
                ["medical_request_id:count_distinct"],
            )
        )
        for one in self:
            one.medical_request_count = tied.get(one, 0) or bool(one.medical_request_id)

    def action_medical_open_requests(self):
        """Open the requests that this round's failures opened or joined."""
        self.ensure_one()
        self._check_caller("core_group_staff", "core_group_auditor")
        requests = self.line_ids.medical_request_id | self.medical_request_id
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.facility_request_action"
        )
        return {**action, "domain": [("id", "in", requests.ids)], "context": {}}

    def _ensure_lines(self):
        """A retest has its lines from the start: just those that failed."""
        return super(
            CoreRound, self.filtered(lambda one: not one.medical_request_id)
        )._ensure_lines()

    def _drop_lines(self):
        return super(
            CoreRound, self.filtered(lambda one: not one.medical_request_id)
        )._drop_lines()

    def _follow_schedule(self):
        return super(
            CoreRound, self.filtered(lambda one: not one.medical_request_id)
        )._follow_schedule()


class MaintenanceRequest(models.Model):
    _inherit = "maintenance.request"

    medical_retest_round_ids = fields.One2many(
        "medical.core.round", "medical_request_id", "Retests", readonly=True
    )
    medical_retest_state = fields.Selection(
        [
            ("none", "Not needed"),
            ("waiting", "Must pass again"),
            ("passed", "Passed"),
        ],
        "Retest",
        compute="_compute_medical_retest_state",
        compute_sudo=True,
    )
    medical_round_count = fields.Integer(
        "Rounds", compute="_compute_medical_round_count", compute_sudo=True
    )

    @api.depends(
        "medical_item_id",
        "medical_repaired_at",
        "medical_round_line_ids.medical_failed_at",
        "medical_round_line_ids.result",
        "medical_retest_line_ids.entered_at",
        "medical_retest_line_ids.result",
    )
    def _compute_medical_retest_state(self):
        for request in self:
            if not request.medical_item_id:
                request.medical_retest_state = "none"
                continue
            since = max(
                [
                    moment
                    for moment in [
                        request.medical_repaired_at,
                        *request.medical_round_line_ids.mapped("medical_failed_at"),
                    ]
                    if moment
                ],
                default=None,
            )
            passed = request.medical_retest_line_ids.filtered(
                lambda line, since=since: (
                    line.result == "pass" and (not since or line.entered_at >= since)
                )
            )
            request.medical_retest_state = "passed" if passed else "waiting"

    @api.depends("medical_round_line_ids", "medical_retest_line_ids")
    def _compute_medical_round_count(self):
        for request in self:
            lines = request.medical_round_line_ids | request.medical_retest_line_ids
            rounds = lines.round_id | request.medical_retest_round_ids
            request.medical_round_count = len(rounds)

    def _medical_check_retest(self):
        """Refuse a done stage while the failed check has not passed again."""
        for request in self:
            if request.medical_retest_state == "waiting":
                raise UserError(
                    self.env._(
                        "“%(request)s” cannot be closed yet: “%(check)s” must pass "
                        "again after the repair. Press “Retest”, or wait for the next "
                        "regular round.",
                        request=request.name,
                        # sudo: the check's name is part of the request's name
                        check=request.sudo().medical_item_id.name,
                    )
                )

    def action_medical_retest(self):
        """Open the retest of a request; plan one where there is none open."""
        self.ensure_one()
        self._check_caller("core_group_staff")
        self.check_access("write")
        self._medical_check_open()
        if not self.medical_item_id:
            raise UserError(
                self.env._(
                    "“%(request)s” did not come from a round: there is no check to repeat.",
                    request=self.name,
                )
            )
        self.sudo()._medical_plan_retest()  # sudo: rounds are made by the program
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Retest"),
            "res_model": "medical.core.round",
            "res_id": self._medical_open_retest().id,
            "view_mode": "form",
        }

    def _medical_open_retest(self):
        self.ensure_one()
        # sudo: the retest's id only; reading it is checked when it is opened
        rounds = self.sudo().medical_retest_round_ids
        return rounds.filtered(lambda one: one.state in ("planned", "in_progress"))[:1]

    def _medical_plan_retest(self):
        """A one-off round with the failed line alone, where no retest is open."""
        now = fields.Datetime.now()
        rounds = (
            self.env["medical.core.round"]
            ._pen()
            .with_context(mail_create_nolog=True, mail_create_nosubscribe=True)
        )
        for request in self:
            line = request.medical_round_line_ids.sorted("id")[-1:]
            if not line or request._medical_open_retest():
                continue
            schedule = line.round_id.schedule_id
            moment = request._medical_free_moment(schedule, now)
            retest = rounds.create(
                {
                    **schedule._round_values(moment, {}),
                    "checklist_version": line.round_id.checklist_version,
                    "date_open": moment - timedelta(hours=1),
                    "date_late": moment
                    + max(WINDOW, timedelta(hours=schedule.window_hours)),
                    "medical_request_id": request.id,
                }
            )
            rounds.env["medical.core.round.line"].create(
                {
                    **request._medical_retest_values(line),
                    "round_id": retest.id,
                    "date_due": moment,
                }
            )

    def _medical_free_moment(self, schedule, moment):
        """``moment``, or the next second at which this schedule has no round."""
        moment = moment.replace(microsecond=0)
        taken = set(
            self.env["medical.core.round"]
            .search(
                [
                    ("schedule_id", "=", schedule.id),
                    ("date_due", ">=", moment),
                    ("date_due", "<", moment + timedelta(minutes=5)),
                ]
            )
            .mapped("date_due")
        )
        while moment in taken:
            moment += timedelta(seconds=1)
        return moment

    @api.model
    def _medical_retest_values(self, line):
        """The values of a retest's line: the item as it was asked, the same target."""
        return {
            **line._values_from_item(line.item_id),
            **{name: line[name].id for name in line._target_fields},
            "company_id": line.company_id.id,
            "required": True,
        }

    def action_medical_open_rounds(self):
        """Open the rounds on which it failed and was looked at again."""
        self.ensure_one()
        self._check_caller("core_group_staff", "core_group_auditor")
        lines = self.medical_round_line_ids | self.medical_retest_line_ids
        rounds = lines.round_id | self.medical_retest_round_ids
        action = self.env["ir.actions.actions"]._for_xml_id(
            "medical_office.core_round_action"
        )
        return {**action, "domain": [("id", "in", rounds.ids)], "context": {}}
