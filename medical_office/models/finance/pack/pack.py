"""The monthly pack: frozen, versioned, sealed, sent and acknowledged."""

import base64

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ....engine.core.months import month_name
from ....engine.core.sealreader import covers
from ....engine.finance.pack_reader import PackReader
from ....tools.core.digest import sha256
from ....tools.finance.close.pack import column, differences, section
from ...core.check.answerable import Answerable, finding
from ...core.check.check import CheckResult
from ...core.mixins.decidable import Waiting
from ...core.mixins.done import done
from ...core.mixins.guard import AllBut

PREPARERS = ("core_group_accountant", "core_group_manager")
ISSUERS = "core_group_director"
REPORT = "medical_office.finance_pack_report_action"
SHEET = "medical_office.finance_pack_report_xlsx_action"
AFTER = AllBut({"recipient_ids"})


class FinancePack(models.Model):
    """What director and investors read of a closed month.

    Its content is worked out once, issued by the director, and never changed: a
    restatement is the next version and lists what differs.
    """

    _name = "medical.finance.pack"
    _description = "Monthly Pack"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "month desc, version desc, id desc"

    _transitions = {
        ("draft", "submitted"): PREPARERS,
        ("submitted", "issued"): ISSUERS,
        ("submitted", "draft"): (*PREPARERS, ISSUERS),
        ("issued", "superseded"): None,
    }
    _segregated = {"issued": ("prepared_by_id",)}
    _reason_required = frozenset({("submitted", "draft")})
    _reason_methods = frozenset({"action_return", "action_restate"})
    _decisions = {"submitted": Waiting("action_issue", "action_return", to="issued")}
    _decision_domain = "finance"
    _born_fields = frozenset({"close_id"})
    _strict_fields = frozenset({"content", "digest", "version", "pdf", "xlsx"})
    _locked = {"submitted": AFTER, "issued": AFTER, "superseded": AFTER}
    _deletable_in = frozenset({"draft"})
    _seal_states = frozenset({"issued", "superseded"})
    _seal_schemes = (
        covers(
            "company_id month version comment content digest pdf xlsx prepared_by_id "
            "issued_by_id issued_at restates_id reason",
        ),
    )

    close_id = fields.Many2one(
        "medical.finance.close",
        "Closed Month",
        required=True,
        index=True,
        domain="[('state', '=', 'closed')]",
        ondelete="restrict",
    )
    company_id = fields.Many2one(related="close_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(related="close_id.month", store=True, index=True)
    version = fields.Integer(readonly=True, default=1, aggregator=None)
    restates_id = fields.Many2one(
        "medical.finance.pack",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    reason = fields.Text("Restated Because", readonly=True)
    comment = fields.Text(help="What the readers should know about the month.")
    content = fields.Json("Frozen Content", readonly=True)
    content_html = fields.Html(
        "Content", compute="_compute_content_html", sanitize=False
    )
    digest = fields.Char(
        "SHA-256", readonly=True, help="Of the content as it was submitted."
    )
    seconds = fields.Float(
        "Made in (seconds)", readonly=True, digits=(8, 2), aggregator=None
    )
    pdf = fields.Binary("PDF", attachment=True, readonly=True)
    xlsx = fields.Binary("XLSX", attachment=True, readonly=True)
    recipient_ids = fields.One2many("medical.finance.pack.recipient", "pack_id")
    recipient_count = fields.Integer(compute="_compute_recipient_counts")
    acknowledged_count = fields.Integer(
        "Acknowledged", compute="_compute_recipient_counts"
    )
    prepared_by_id = fields.Many2one("res.users", readonly=True)
    prepared_at = fields.Datetime(readonly=True)
    issued_by_id = fields.Many2one("res.users", readonly=True)
    issued_at = fields.Datetime(readonly=True)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "To issue"),
            ("issued", "Issued"),
            ("superseded", "Restated"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
    )

    _version_unique = models.UniqueIndex(
        "(company_id, month, version)", "The pack of this month is there already."
    )

    @api.depends("month", "version")
    def _compute_display_name(self):
        for pack in self:
            month = pack.month and month_name(self.env, pack.month)
            pack.display_name = month and (
                self.env._(
                    "%(month)s, version %(number)s", month=month, number=pack.version
                )
                if pack.version > 1
                else month
            )

    @api.depends("recipient_ids.acknowledged_at")
    def _compute_recipient_counts(self):
        for pack in self:
            pack.recipient_count = len(pack.recipient_ids)
            pack.acknowledged_count = len(
                pack.recipient_ids.filtered("acknowledged_at")
            )

    @api.depends("content")
    def _compute_content_html(self):
        report = self.env["report.medical_office.finance_pack_report"]
        for pack in self:
            pack.content_html = pack.content and self.env["ir.qweb"]._render(
                "medical_office.finance_pack_tables",
                {"sections": report._printable_sections(pack), "screen": True},
            )

    # ------------------------------------------------------------------------ making

    @api.model_create_multi
    def create(self, vals_list):
        """A pack is made of a closed month, with its content and its readers.

        :raises UserError: the month is not closed, or has a pack that is not restated
        """
        packs = super().create(vals_list)
        for pack in packs:
            pack._check_closed()
            pack._fill()
            if not pack.recipient_ids:
                # sudo: who gets packs is kept by the program from the company's list
                pack.sudo()._pen().recipient_ids = [
                    Command.create({"partner_id": partner.id})
                    for partner in pack.company_id.medical_pack_partner_ids
                ]
        return packs

    def _check_closed(self):
        if self.close_id.state != "closed":
            raise UserError(
                self.env._(
                    "%s is not closed. Close the month, then make its pack.",
                    self.close_id.display_name,
                )
            )

    def action_refresh(self):
        """Work the content of a draft out again."""
        self._check_caller(*PREPARERS)
        self.check_access("write")
        for pack in self:
            if pack.state != "draft":
                raise UserError(pack._locked_message("content"))
            pack._fill()
        return done(self.env, self.env._("The pack is recalculated."))

    def _fill(self):
        """Work out the content, and against the version before what differs."""
        self.ensure_one()
        start = fields.Datetime.now()
        # sudo: a pack is of the whole practice, whoever prepares it; its readers see what
        # was issued to them
        own = self.sudo().with_company(self.company_id)._pen()
        # measures as the ledger stands now, not as of last night
        own.env["medical.finance.measure"]._refresh(own.company_id, [own.month])
        content = {
            "company": own.company_id.name,
            "month": str(own.month),
            "currency": own.currency_id.name,
            "sections": PackReader(own.env, own.close_id).sections(),
        }
        if own.restates_id:
            content["sections"].append(own._differences(content))
        own.write(
            {
                "content": content,
                "digest": sha256(content),
                "seconds": (fields.Datetime.now() - start).total_seconds(),
            }
        )

    def _differences(self, content):
        """What differs from the version before, as a section of this one."""
        _ = self.env._
        before = {
            **self.restates_id.content,
            "sections": [
                part
                for part in self.restates_id.content["sections"]
                if part["key"] != "differences"
            ],
        }
        rows = [
            {
                **row,
                "id": str(place),
                "before": self._word(row["before"], row["kind"]),
                "after": self._word(row["after"], row["kind"]),
            }
            for place, row in enumerate(differences(before, content))
        ]
        return section(
            "differences",
            _("Restated: What Differs from Version %s", self.restates_id.version),
            [
                column("section", _("Section")),
                column("row", _("Row")),
                column("column", _("Column")),
                column("before", _("Before")),
                column("after", _("Now")),
            ],
            rows,
            self.reason or "",
        )

    def _word(self, value, kind):
        report = self.env["report.medical_office.finance_pack_report"]
        return str(report._as_text(value, kind, self.currency_id))

    # ------------------------------------------------------------------------- steps

    def action_submit(self):
        """Hand the pack to the director: from now on its content stands."""
        self._check_caller(*PREPARERS)
        self._move_to("submitted")

    def action_return(self, reason):
        """Send it back to be worked out again."""
        self._check_caller(*PREPARERS, ISSUERS)
        self._move_to("draft", reason)

    def action_issue(self):
        """Issue the pack as the second person: PDF and XLSX are made, it is sealed and
        sent; the version before is noted as restated."""
        self._check_caller(ISSUERS)
        for pack in self:
            if pack.close_id.state != "closed":
                raise UserError(
                    self.env._(
                        "%s was reopened: send the pack back and make it again when the "
                        "month is closed.",
                        pack.close_id.display_name,
                    )
                )
            if pack.digest != sha256(pack.content):
                raise UserError(
                    self.env._(
                        "%s is no longer what was submitted. Send it back.",
                        pack.display_name,
                    )
                )
        self._move_to("issued")
        self._send()

    def action_restate(self, reason):
        """Make the next version of an issued pack, with what differs."""
        self._check_caller(*PREPARERS)
        self.ensure_one()
        self.check_access("write")
        if self.state != "issued":
            raise UserError(
                self.env._("%s is not the issued version.", self.display_name)
            )
        reason = self._reason_given(
            reason, self.env._("Enter why the pack is restated.")
        )
        self._check_closed()
        # sudo: number and origin of the version are written by the program
        made = (
            self.sudo()
            ._pen()
            .create(
                {
                    "close_id": self.close_id.id,
                    "version": self.version + 1,
                    "restates_id": self.id,
                    "reason": reason,
                    "comment": self.comment,
                    "recipient_ids": [
                        Command.create({"partner_id": reader.partner_id.id})
                        for reader in self.recipient_ids
                    ],
                }
            )
        )
        return done(
            self.env, self.env._("The next version is a draft."), made.sudo(False)
        )

    def action_send(self):
        """Send an issued pack to readers who were added later."""
        self._check_caller(*PREPARERS, ISSUERS)
        self.check_access("read")
        for pack in self:
            if pack.state != "issued":
                raise UserError(self.env._("%s is not issued yet.", pack.display_name))
        before = self.recipient_ids.filtered("sent_at")
        self._send()
        fresh = self.recipient_ids.filtered("sent_at") - before
        return done(
            self.env,
            self.env._(
                "Sent to: %s.",
                ", ".join(fresh.partner_id.mapped("name"))
                or self.env._("nobody; all have it"),
            ),
        )

    def action_acknowledge(self):
        """Say that one has read a pack that was sent to oneself."""
        self._check_caller(*PREPARERS, ISSUERS, "core_group_auditor")
        self.check_access("read")
        self._acknowledge(self.env.user.partner_id)
        return done(self.env, self.env._("It is on record that you have read it."))

    def action_open_views(self):
        """Who opened the pack, and when."""
        self._check_caller(ISSUERS)
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.core_opened_action"
        )
        return action | {
            "domain": [("res_model", "=", self._name), ("res_id", "in", self.ids)],
            "context": {},
            "path": False,
        }

    def _state_values(self, state, reason):
        now = fields.Datetime.now()
        if state == "submitted":
            return {"prepared_by_id": self.env.uid, "prepared_at": now}
        if state == "issued":
            return {"issued_by_id": self.env.uid, "issued_at": now}
        return {}

    def _after_issued(self):
        """Make the two files while the seal is not yet set, and note the old version."""
        reports = self.env["ir.actions.report"].with_context(
            force_report_rendering=True
        )
        for pack in self:
            pdf, _kind = reports._render_qweb_pdf(REPORT, pack.ids)
            xlsx, _kind = reports._render_xlsx(SHEET, pack.ids, {})
            # sudo: the files are written by the program
            own = pack.sudo()._pen()
            own.write({"pdf": base64.b64encode(pdf), "xlsx": base64.b64encode(xlsx)})
            if own.restates_id.state == "issued":
                own.restates_id._move_to("superseded")

    def _send(self):
        """A mail with a link, no figures, to each reader who has not had one."""
        # sudo: readers are addressed by the program
        for reader in self.sudo().recipient_ids.filtered(lambda one: not one.sent_at):
            pack = reader.pack_id
            if not reader.partner_id.email:
                continue
            portal = all(user.share for user in reader.partner_id.user_ids)
            path = (
                f"/my/packs/{pack.id}" if portal else f"/odoo/monthly-packs/{pack.id}"
            )
            template = self.env.ref("medical_office.finance_pack_mail")
            body = self.env["ir.qweb"]._render(
                template.id,
                {
                    "pack": pack,
                    "reader": reader.partner_id,
                    "url": pack.get_base_url() + path,
                },
            )
            # sudo: as above
            self.env["mail.mail"].sudo().create(
                {
                    "subject": self.env._(
                        "%(company)s: monthly pack of %(month)s",
                        company=pack.company_id.name,
                        month=pack.display_name,
                    ),
                    "body_html": body,
                    "email_to": reader.partner_id.email_formatted,
                    "auto_delete": False,
                }
            )
            reader._pen().sent_at = fields.Datetime.now()

    def _acknowledge(self, partner):
        """Note that a reader has read it.

        :raises UserError: the pack was not sent to this reader
        """
        # sudo: the acknowledgment is the reader's own act, written by the program
        mine = self.sudo().recipient_ids.filtered(
            lambda one: one.partner_id == partner and one.sent_at
        )
        if self - mine.pack_id.with_env(self.env):
            raise UserError(self.env._("This pack was not sent to you."))
        fresh = mine.filtered(lambda one: not one.acknowledged_at)
        fresh._pen().acknowledged_at = fields.Datetime.now()

    def _medical_answerable(self):
        self.ensure_one()
        closes = self.env["medical.finance.close"]
        return Answerable(
            closes._role_user("accountant", self.company_id),
            closes._role_user("director", self.company_id),
            False,
            self.company_id.id,
        )

    @api.model
    def _medical_check_stale(self):
        """Issued packs whose month was opened again since: what their readers have is no
        longer what the books say."""
        packs = self.search([("state", "=", "issued")])
        rows = [
            finding(
                pack,
                self.env._(
                    "The month of the pack %s was opened again after it was issued: "
                    "restate it when the month is closed",
                    pack.display_name,
                ),
            )
            for pack in packs
            if pack.close_id.state != "closed"
            or pack.close_id.approved_at > pack.issued_at
        ]
        return CheckResult(looked_at=len(packs), rows=rows)

    def _locked_message(self, name):
        return self.env._(
            "%(pack)s is “%(state)s”: what was said stays. A correction is a "
            "restatement: the next version, with what differs.",
            pack=self.display_name,
            state=self._guard_state_label(),
        )
