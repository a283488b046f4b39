"""One document of one person: asked for, received, accepted, kept, purged."""

import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.orm.models import NO_ACCESS

from ....models.core.check.answerable import Answerable
from ....tools.people.clock.retention import kept_until

KEEPERS = (
    "core_group_hr",
    "core_group_manager",
    "people_group_medical_file",
    "people_group_i9",
)
MAX_BYTES = 10 * 1024 * 1024
# what a scan or a form comes as, by its first bytes
STARTS = {b"%PDF": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG": "png"}


class PeopleDocument(models.Model):
    """The file itself is closed to every reader; each opening is a button and a log row."""

    _name = "medical.people.document"
    _description = "Personnel Document"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "employee_id, type_id, date desc, id desc"

    _transitions = {
        ("requested", "received"): "core_group_staff",
        ("received", "accepted"): KEEPERS,
        ("received", "requested"): KEEPERS,
        ("requested", "void"): KEEPERS,
        ("received", "void"): KEEPERS,
        ("accepted", "void"): KEEPERS,
        ("accepted", "purged"): None,
        ("void", "purged"): None,
    }
    # nobody accepts a document of their own file
    _segregated = {"accepted": ("user_id",)}
    _reason_required = frozenset({"void", ("received", "requested")})
    _reason_methods = frozenset({"action_void", "action_send_back"})
    _born_fields = frozenset({"employee_id", "type_id"})
    _locked = dict.fromkeys(
        ("accepted", "void", "purged"),
        frozenset({"date", "date_to", "upload", "upload_name"}),
    )
    _editors = {
        "*": KEEPERS,
        "upload": "core_group_staff",
        "upload_name": "core_group_staff",
    }
    _deletable_in = frozenset({"requested"})

    employee_id = fields.Many2one("hr.employee", required=True, index=True)
    user_id = fields.Many2one(related="employee_id.user_id", string="Login")
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True
    )
    department_id = fields.Many2one(related="employee_id.department_id")
    type_id = fields.Many2one(
        "medical.people.document.type", "Document", required=True, index=True
    )
    file_class = fields.Selection(related="type_id.file_class", store=True)
    date = fields.Date("Dated", help="When it was signed or issued.")
    date_to = fields.Date("Valid until")
    date_due = fields.Date("Due")
    note = fields.Char()
    state = fields.Selection(
        [
            ("requested", "Requested"),
            ("received", "Received"),
            ("accepted", "Accepted"),
            ("void", "Void"),
            ("purged", "Purged"),
        ],
        required=True,
        default="requested",
        readonly=True,
        index=True,
    )
    upload = fields.Binary(
        "File", compute="_compute_upload", inverse="_inverse_upload", store=False
    )
    upload_name = fields.Char(
        "Name of the file",
        compute="_compute_upload",
        inverse="_inverse_upload_name",
        store=False,
    )
    content = fields.Binary(
        attachment=True, readonly=True, copy=False, groups=NO_ACCESS
    )
    content_name = fields.Char("File name", readonly=True, copy=False)
    content_sha256 = fields.Char("Digest", readonly=True, copy=False)
    has_file = fields.Boolean("On file", readonly=True, copy=False)
    can_keep = fields.Boolean(
        compute="_compute_can_keep",
        help="Technical: the reader keeps the file that it belongs to.",
    )
    received_at = fields.Datetime(readonly=True, copy=False)
    accepted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    accepted_at = fields.Datetime(readonly=True, copy=False)
    purged_at = fields.Datetime(readonly=True, copy=False)
    keep_until = fields.Date("Keep until", compute="_compute_keep_until")
    keep_rule = fields.Char("Kept by", related="type_id.retention_text")

    _dates = models.Constraint(
        "CHECK (date_to IS NULL OR date IS NULL OR date_to >= date)",
        "A document is valid until a day before it was dated: correct one of them.",
    )

    @api.depends("type_id.name", "employee_id.name")
    def _compute_display_name(self):
        for document in self:
            document.display_name = self.env._(
                "%(who)s: %(what)s",
                who=document.employee_id.name or self.env._("Nobody"),
                what=document.type_id.name or self.env._("document"),
            )

    @api.depends("date", "employee_id", "type_id")
    def _compute_keep_until(self):
        # sudo: hire and end of the person, for whoever may see the document
        for document in self.sudo():
            person = document.employee_id
            hired, left = person._medical_span_of_work() if person else (None, None)
            document.keep_until = kept_until(
                document.type_id.retention or "personnel",
                hired,
                left,
                document.date or hired,
            )

    @api.depends("employee_id", "type_id")
    @api.depends_context("uid")
    def _compute_can_keep(self):
        kept = self._filtered_access("write")
        for document in self:
            document.can_keep = document in kept or not document._origin

    # -------------------------------------------------------------------- the file

    def _compute_upload(self):
        self.upload = False
        self.upload_name = False

    def _inverse_upload_name(self):
        for document in self.filtered("upload_name"):
            # sudo: beside the content, by the program
            document.sudo()._pen().content_name = document.upload_name

    def _inverse_upload(self):
        for document in self.filtered("upload"):
            document._take(base64.b64decode(document.upload), document.upload_name)

    def _take(self, content, name):
        """Keep a file as received; the class of the file decides who may.

        :param content: bytes
        :raises UserError: it is too large, or neither PDF nor a picture
        """
        self.ensure_one()
        self.check_access("write")
        problem = self._file_problem(content)
        if problem:
            raise UserError(
                self.env._("%(what)s: %(why)s", what=self.display_name, why=problem)
            )
        # sudo: the file is closed to everybody but the program
        self.sudo()._pen().write(
            {
                "content": base64.b64encode(content),
                "content_name": name or self.content_name or f"{self.type_id.code}",
                "content_sha256": hashlib.sha256(content).hexdigest(),
                "has_file": True,
                "received_at": fields.Datetime.now(),
                "date": self.date or fields.Date.context_today(self),
            }
        )
        if self.state == "requested" and self._holds_pen():
            self.write({"state": "received"})  # through the person's link
            self._message_log(body=self.env._("Handed in through the link"))
        elif self.state == "requested":
            self._move_to("received")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_file(self):
        """What was handed in goes by a purge list alone."""
        for document in self.filtered("has_file"):
            if not self._is_program():
                raise UserError(
                    self.env._(
                        "%s has a file and stays on record. Void it instead.",
                        document.display_name,
                    )
                )

    @api.model
    def _file_problem(self, content):
        """Why a file cannot be kept, or ""."""
        if len(content) > MAX_BYTES:
            return self.env._("the file is larger than 10 MB. Scan it smaller.")
        if not any(content.startswith(start) for start in STARTS):
            return self.env._("send a PDF, a JPEG or a PNG file.")
        return ""

    def action_open_file(self):
        """Download the file; who opened whose is on record.

        :raises UserError: there is none
        :raises AccessError: a person opens a paper that is not theirs to open
        """
        self.ensure_one()
        self.check_access("read")
        own = self.user_id == self.env.user
        if not (self.type_id.by_person if own else self._guard_user_in(KEEPERS)):
            raise AccessError(
                self.env._("You are not allowed to open this file. Ask HR for a copy.")
            )
        # sudo: shown on purpose, logged on the next line
        content = self.sudo().with_context(bin_size=False).content
        if not content:
            raise UserError(self.env._("%s has no file on record.", self.display_name))
        self.env["medical.core.opened"]._log(self, self.type_id.name, self.content_name)
        return self.env["medical.core.opened.copy"]._handed(self.content_name, content)

    # ---------------------------------------------------------------------- buttons

    def action_receive(self):
        """It was handed in on paper."""
        self._check_caller(*KEEPERS)
        self._move_to("received")

    def action_accept(self):
        """It is complete and goes into the file."""
        self._check_caller(*KEEPERS)
        self._move_to("accepted")

    def action_send_back(self, reason):
        """Ask for it again, saying what is wrong."""
        self._check_caller(*KEEPERS)
        self._move_to("requested", reason)

    def action_void(self, reason):
        """It does not hold any more."""
        self._check_caller(*KEEPERS)
        self._move_to("void", reason)

    def _before_accepted(self):
        for document in self:
            if not document.date:
                document._pen().date = fields.Date.context_today(document)
            months = document.type_id.valid_months
            if months and not document.date_to:
                document._pen().date_to = fields.Date.subtract(
                    fields.Date.add(document.date, months=months), days=1
                )

    def _state_values(self, state, reason):
        if state == "accepted":
            return {
                "accepted_by_id": self.env.uid,
                "accepted_at": fields.Datetime.now(),
            }
        if state == "received":
            return {"received_at": fields.Datetime.now()}
        if state == "purged":
            return {"purged_at": fields.Datetime.now()}
        return {}

    # -------------------------------------------------------- what other records say

    @api.model
    def _cron_follow(self):
        """Papers that are records of their own (a Form W-4) count as accepted."""
        self.env["medical.core.job.fault"]._each(
            self.env._("follow papers kept elsewhere"),
            self.env["hr.employee"].search([]),
            lambda some: some._medical_follow_papers(),
        )

    def _medical_answerable(self):
        # sudo: who answers is named, whoever looks
        person = self.sudo().employee_id
        keeper = self._medical_keeper(person.company_id)
        return Answerable(
            user_id=person.user_id.id if self.type_id.by_person else keeper.id,
            backup_id=keeper.id,
            department_id=False,
            company_id=person.company_id.id,
        )

    @api.model
    def _medical_keeper(self, company):
        """The HR officer of a company, for what nobody else is named for."""
        return self._medical_keepers(company).get(company, self.env["res.users"])

    @api.model
    def _medical_keepers(self, companies):
        """{company: its HR officer}; the administrator only where nobody else is one."""
        # sudo: who has the role is asked, to name somebody
        group = self.env.ref("medical_office.core_group_hr").sudo()
        users = group.all_user_ids.filtered(lambda user: not user.share).sorted(
            lambda user: (user._is_system(), user.id)
        )
        return {
            company: users.filtered(
                lambda user, company=company: company in user.company_ids
            )[:1]
            for company in companies
        }


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _medical_span_of_work(self):
        """(first day of work, last day) of one person; None where not known."""
        self.ensure_one()
        # sudo: dates of work, by which papers are due and kept, whoever keeps them
        person = self.sudo()
        versions = person.version_ids
        starts = [v.contract_date_start or v.date_version for v in versions]
        last = person.departure_date
        if not last and not person.active:
            last = person.write_date and person.company_id._medical_day(
                person.write_date
            )
        return min(starts, default=None), last or None

    def _medical_papers_elsewhere(self):
        """Documents that are records elsewhere: {code: {employee id: day}}.

        Forms I-9 that are complete, emergency contacts with a phone number; a domain above
        adds its own.
        """
        # sudo: that a form is complete is no secret, what it says is
        forms = (
            self.env["medical.people.i9"]
            .sudo()
            .search([("employee_id", "in", self.ids), ("state", "=", "complete")])
        )
        # sudo: that there is a contact settles the paper; who it is is not shown
        reached = self.sudo().filtered(
            lambda person: person.emergency_contact and person.emergency_phone
        )
        return {
            "i9": {form.employee_id.id: form.section_2_on for form in forms},
            "emergency_contact": dict.fromkeys(
                reached.ids, fields.Date.context_today(self)
            ),
        }

    def _medical_follow_papers(self):
        """Note as accepted what other records prove; a fixed number of queries."""
        found = self._medical_papers_elsewhere()
        # sudo: noted by the program from records it trusts
        documents = self.env["medical.people.document"].sudo()._pen()
        kinds = {
            kind.code: kind
            for kind in documents.type_id.search([("code", "in", list(found))])
        }
        known = {
            (document.employee_id.id, document.type_id.code)
            for document in documents.search(
                [
                    ("type_id.code", "in", list(found)),
                    ("employee_id", "in", self.ids),
                    ("state", "=", "accepted"),
                ]
            )
        }
        # what was asked for on paper is settled by the record
        waiting = documents.search(
            [
                ("type_id.code", "in", list(found)),
                ("employee_id", "in", self.ids),
                ("state", "=", "requested"),
            ]
        )
        waiting.filtered(lambda d: d.employee_id.id in found[d.type_id.code]).unlink()
        documents.create(
            [
                {
                    "employee_id": employee_id,
                    "type_id": kinds[code].id,
                    "date": day,
                    "state": "accepted",
                    "accepted_at": fields.Datetime.now(),
                }
                for code, people in found.items()
                if code in kinds
                for employee_id, day in people.items()
                if (employee_id, code) not in known
            ]
        )
