"""A failed line opens a maintenance request at once; a passing one settles it."""

from markupsafe import Markup

from odoo import api, fields, models

from .request import OPEN

# severity of the item -> the host's priority
PRIORITY = {"low": "0", "medium": "1", "high": "2", "critical": "3"}
SEVERE = ("high", "critical")
# what ties a line to the request that its failure opened
TIES = {"medical_request_id", "medical_failed_at", "medical_retest_request_id"}
# what a line looks at -> the request's field for it
TARGETS = {
    "room_id": "medical_room_id",
    "equipment_id": "equipment_id",
    "outlet_id": "medical_outlet_id",
    "panel_id": "medical_panel_id",
}


class CoreChecklist(models.Model):
    _inherit = "medical.core.checklist"

    makes_request = fields.Boolean(
        "Failures Open Requests",
        default=True,
        help="A failed item immediately opens a repair request. Turn this off if "
        "somebody else follows up, such as for counts and audits.",
    )


class CoreRoundLine(models.Model):
    _inherit = "medical.core.round.line"

    medical_request_id = fields.Many2one(
        "maintenance.request", "Request", readonly=True, index="btree_not_null"
    )
    medical_failed_at = fields.Datetime("Failed", readonly=True)
    medical_retest_request_id = fields.Many2one(
        "maintenance.request", "Settles", readonly=True, index="btree_not_null"
    )

    def _program_message(self, name):
        if name in TIES:
            return self.env._(
                "An item is linked to its request when it fails; it cannot be "
                "linked manually."
            )
        return super()._program_message(name)

    # -------------------------------------------------------------------- hooks

    def _medical_on_fail(self):
        """Open a request for each freshly failed line, or join the open one."""
        super()._medical_on_fail()
        failed = self.filtered("round_id.checklist_id.makes_request")
        # sudo: who finds a fault need not have the right to see every request
        failed.sudo()._pen()._medical_raise_requests()

    def _medical_on_pass(self):
        """Tie passing lines to the open requests that wait for just this check."""
        super()._medical_on_pass()
        # sudo: as above
        self.sudo()._pen()._medical_settle_requests()

    # ----------------------------------------------------------------- failures

    def _medical_key(self):
        """What makes two failures the same fault: the item and what it was looked at on."""
        self.ensure_one()
        things = [self[name].id for name in self._target_fields if name != "room_id"]
        return (self.item_id.id, *things, not any(things) and self.room_id.id)

    def _medical_open_requests(self):
        """{key: open request} for the items of ``self``, in one query; oldest wins."""
        requests = self.env["maintenance.request"].search(
            [*OPEN, ("medical_item_id", "in", self.item_id.ids)], order="id desc"
        )
        return {request._medical_key(): request for request in requests}

    def _medical_raise_requests(self):
        if not self:
            return
        for moment, lines in self.grouped("entered_at").items():
            lines.write({"medical_failed_at": moment})
        known = self._medical_open_requests()
        fresh, joined = {}, []
        for line in self:
            key = line._medical_key()
            if key in known:
                joined.append((line, known[key]))
            else:
                fresh.setdefault(key, self.browse())
                fresh[key] |= line
        created = self._medical_create_requests(fresh)
        for lines, request in zip(fresh.values(), created, strict=True):
            lines.write({"medical_request_id": request.id})
        self._medical_join(joined)
        requests = created.union(*(request for _line, request in joined))
        requests._medical_tag_out_critical()

    def _medical_create_requests(self, fresh):
        """One request for each group of lines with the same key; in a batch."""
        values = [lines[:1]._medical_request_values() for lines in fresh.values()]
        requests = self.env["maintenance.request"].create(values)
        bodies = {
            request.id: lines[:1]._medical_story()
            for request, lines in zip(requests, fresh.values(), strict=True)
        }
        if bodies:
            requests._message_log_batch(bodies)
        return requests

    def _medical_request_values(self):
        """The values of the request for this line; a hook for what else it is tied to."""
        self.ensure_one()
        return {
            "name": self.display_name,
            "company_id": self.company_id.id,
            **{TARGETS[name]: self[name].id for name in self._target_fields},
            "medical_item_id": self.item_id.id,
            "medical_source": "round",
            "medical_reported_at": self.entered_at,
            "medical_photo": self.photo,
            "priority": PRIORITY[self.severity],
            "maintenance_type": "corrective",
            "description": self._medical_story(),
            # the reporter stays in the picture
            "employee_id": self.entered_by_id.employee_id.id,
            "owner_user_id": self.entered_by_id.id,
        }

    def _medical_story(self):
        """What was found, where, by whom, on which round; safe HTML."""
        self.ensure_one()
        _ = self.env._
        found = [self.answer, self.limits_text and _("expected %s", self.limits_text)]
        parts = [
            Markup("<p><b>%s</b>: %s</p>")
            % (self.name, "; ".join(filter(None, found)) or _("failed")),
            self.note and Markup("<p>%s</p>") % self.note,
            Markup("<p>%s</p>")
            % _(
                "Round “%(round)s”, entered by %(user)s.",
                round=self.round_id.display_name,
                user=self.entered_by_id.name,
            ),
            self.citation and Markup("<p>%s</p>") % self.citation,
        ]
        return Markup("").join(filter(None, parts))

    def _medical_join(self, joined):
        """A further failure of the same check joins the open request, with a note."""
        bodies = {}
        requests = self.env["maintenance.request"]
        by_request = {}
        for line, request in joined:
            by_request.setdefault(request, self.browse())
            by_request[request] |= line
        for request, lines in by_request.items():
            lines.write({"medical_request_id": request.id})
            again = Markup("<p>%s</p>") % self.env._("It failed again.")
            bodies[request.id] = Markup("").join(
                [again, *(line._medical_story() for line in lines)]
            )
            requests |= request
            photo = next((line.photo for line in lines if line.has_photo), False)
            if photo and not request.medical_photo:
                request.medical_photo = photo
        if bodies:
            requests._message_log_batch(bodies)
            requests._medical_failed_again()

    # ------------------------------------------------------------------- passes

    def _medical_settle_requests(self):
        if not self:
            return
        known = self._medical_open_requests()
        bodies, requests = {}, self.env["maintenance.request"]
        for line in self:
            request = known.get(line._medical_key())
            if not request:
                continue
            line.write({"medical_retest_request_id": request.id})
            requests |= request
            bodies[request.id] = self.env._(
                "“%(check)s” passed on the round “%(round)s” (%(user)s).",
                check=line.name,
                round=line.round_id.display_name,
                user=line.entered_by_id.name,
            )
        if bodies:
            requests._message_log_batch(bodies)
            requests._decision_sync()


class MaintenanceRequest(models.Model):
    _inherit = "maintenance.request"

    medical_round_line_ids = fields.One2many(
        "medical.core.round.line", "medical_request_id", "Failed lines", readonly=True
    )
    medical_retest_line_ids = fields.One2many(
        "medical.core.round.line",
        "medical_retest_request_id",
        "Passed since",
        readonly=True,
    )
    medical_failure_count = fields.Integer(
        "Failures", compute="_compute_medical_failure_count", compute_sudo=True
    )

    @api.depends("medical_round_line_ids")
    def _compute_medical_failure_count(self):
        counted = dict(
            self.env["medical.core.round.line"]._read_group(
                [("medical_request_id", "in", self.ids)],
                ["medical_request_id"],
                ["__count"],
            )
        )
        for request in self:
            request.medical_failure_count = counted.get(request, 0)

    def _medical_key(self):
        """The counterpart of a line's key."""
        self.ensure_one()
        names = self.env["medical.core.round.line"]._target_fields
        things = [self[TARGETS[name]].id for name in names if name != "room_id"]
        return (
            self.medical_item_id.id,
            *things,
            not any(things) and self.medical_room_id.id,
        )

    def _medical_failed_again(self):
        """A repair that did not hold: back to work, and the repair is forgotten."""
        failed = self.filtered("medical_repaired_at")
        if failed:
            failed.write(
                {"medical_repaired_at": False, "medical_repaired_by_id": False}
            )
            stage = self.env["maintenance.stage"]._medical_stage("work")
            failed.write({"stage_id": stage.id, "kanban_state": "blocked"})

    def _medical_tag_out_critical(self):
        """A critical asset that failed a severe check is out of service at once."""
        severe = self.filtered(
            lambda r: (
                r.equipment_id.medical_is_critical
                and r.medical_item_id.severity in SEVERE
            )
        )
        for request in severe:
            asset = request.equipment_id
            out = asset.medical_tagout_ids.filtered(
                lambda tag: tag.state == "out" and not tag.request_id
            )
            out.request_id = request
            asset._medical_tag_out(request.name, request)
