"""Law packages: a year's tables, imported by one person and released by another."""

import base64
import binascii
from datetime import date

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date
from odoo.tools.mail import plaintext2html
from odoo.tools.sql import table_exists

from ....engine.payroll.lawbook import book_of
from ....tools.payroll.law import lawarchive, lawcheck
from ....tools.payroll.law.lawlay import BadPackage
from ....tools.payroll.law.lawtable import of_the_law, use
from ....tools.payroll.tax import readiness
from ...core.mixins.decidable import Waiting
from ...core.mixins.guard import ALL

PREPARE = "core_group_payroll"
RELEASE = "core_group_director"
# the law of no particular year is in force from and until days nobody pays on
FIRST, LAST = date(1900, 1, 1), date(2999, 12, 31)


class PayrollLawPackage(models.Model):
    """An archive of tables (``bin/law-package``). Released, it counts by pay date in
    every company of the database, from the next payslip that is computed."""

    _name = "medical.payroll.law.package"
    _description = "Law Package"
    _inherit = ["mail.thread", "medical.core.shared", "medical.core.workflow"]
    _order = "year desc, id desc"

    _transitions = {
        ("draft", "submitted"): PREPARE,
        ("submitted", "draft"): (PREPARE, RELEASE),
        ("submitted", "released"): RELEASE,
        ("released", "withdrawn"): RELEASE,
    }
    _segregated = {"released": ("submitted_by_id", "create_uid")}
    _reason_required = frozenset({("submitted", "draft"), "withdrawn"})
    _reason_methods = frozenset({"action_return", "action_withdraw"})
    _decisions = {
        "submitted": Waiting("action_release", "action_return", to="released")
    }
    _decision_domain = "payroll"
    _editors = {"*": PREPARE}
    _born_fields = frozenset({"file"})
    _locked = {
        "submitted": ALL,
        "released": ALL,
        "withdrawn": ALL,
    }
    _deletable_in = ("draft",)

    file = fields.Binary("Package", required=True, attachment=True, copy=False)
    file_name = fields.Char(copy=False)
    name = fields.Char("Title", readonly=True, copy=False)
    year = fields.Integer("Tax Year", readonly=True, copy=False, aggregator=False)
    version = fields.Char(readonly=True, copy=False)
    digest = fields.Char("SHA-256", readonly=True, copy=False, index=True)
    edition = fields.Char(compute="_compute_edition")
    date_from = fields.Date("First Day", readonly=True, copy=False)
    date_to = fields.Date("Last Day", readonly=True, copy=False)
    vector_count = fields.Integer(
        "Vector Files",
        readonly=True,
        copy=False,
        help="Examples inside the package, checked by the command that built it.",
    )
    unproven = fields.Html(
        "Not Proven",
        compute="_compute_unproven",
        help="What is known of this year and the next from others than who decides it. "
        "No pay is computed by it.",
    )
    corrects_used = fields.Boolean(
        "Corrects figures already used",
        help="Payslips that are already confirmed keep their figures. Corrections are "
        "made in the next pay run or by voiding.",
    )
    note = fields.Text("Reason", help="Why figures that were already used change.")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("released", "Released"),
            ("withdrawn", "Withdrawn"),
        ],
        "Status",
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )
    submitted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    released_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    released_at = fields.Datetime(readonly=True, copy=False)

    _one = models.UniqueIndex(
        "(digest) WHERE state != 'withdrawn'",
        "This package is already here.",
    )

    @api.depends("year", "version", "digest")
    def _compute_edition(self):
        for package in self:
            known = package.digest
            package.edition = known and package._edition()

    @api.depends_context("tz")
    def _compute_unproven(self):
        year = fields.Date.context_today(self).year
        with use(self._book()):
            found = [one for day in (year, year + 1) for one in readiness.unproven(day)]
        lines = dict.fromkeys(map(self._unproven_line, found))
        self.unproven = lines and plaintext2html(
            "\n".join(lines)
        )  # addresses are links

    @api.model
    def _unproven_line(self, one):
        if not one.value:
            return f"{one.what}: {one.note}. {one.url}"
        return self.env._(
            "%(what)s: %(value)s is not used, %(note)s. %(url)s",
            what=one.what,
            value=one.value,
            note=one.note,
            url=one.url,
        )

    @api.depends("name", "year", "version")
    def _compute_display_name(self):
        for package in self:
            package.display_name = (
                f"{package.name} ({package.year}.{package.version})"
                if package.name
                else self.env._("New law package")
            )

    def _birth_values(self, vals):
        """What the archive says of itself; a bad one is not born at all.

        :raises ValidationError: naming file, row and remedy
        """
        package = self._read_file(vals.get("file"))
        spans = [
            one.span
            for one in lawcheck.changes(of_the_law(), package.tables)
            if one.figures
        ]
        return {
            "name": package.title,
            "year": package.year,
            "version": package.version,
            "digest": package.digest,
            "date_from": max(FIRST, min((first for first, _ in spans), default=FIRST)),
            "date_to": min(LAST, max((last for _, last in spans), default=LAST)),
            "vector_count": len(package.vectors),
        }

    @api.model
    def _read_file(self, content):
        try:
            return lawarchive.read(base64.b64decode(content or b"", validate=True))
        except (BadPackage, binascii.Error) as error:
            raise ValidationError(
                self.env._("The law package is refused:\n%s", error)
            ) from error

    def _package(self):
        """The archive as read, its content compared with what was imported."""
        self.ensure_one()
        package = self._read_file(self.with_context(bin_size=False).file)
        if package.digest != self.digest:
            raise UserError(
                self.env._("%s: the file is not what was imported.", self.display_name)
            )
        return package

    # ------------------------------------------------------------------- the book

    @api.model
    @tools.ormcache()
    def _released_digests(self):
        """((id, SHA-256, edition, first day, last day), ...) of the released packages.

        Kept by every worker until a package is released or withdrawn anywhere.
        """
        if not table_exists(self.env.cr, self._table):
            return ()  # the set-up asks for kinds of deductions before it is made
        # sudo: by what law a practice computes is no secret of who imported it
        released = self.sudo().search(
            [("state", "=", "released")], order="released_at, id"
        )
        return tuple(
            (one.id, one.digest, one._edition(), one.date_from, one.date_to)
            for one in released
        )

    @api.model
    def _book(self):
        """The tables that everything is computed by now: see tools.payroll.law."""
        released = self._released_digests()
        if not released:
            return of_the_law()
        ids = [one[0] for one in released]

        def contents():
            # sudo: as above
            packages = self.sudo().browse(ids).with_context(bin_size=False)
            return [base64.b64decode(package.file) for package in packages]

        return book_of(tuple(one[1] for one in released), contents)

    def _edition(self):
        """What a payslip says of the package: "2027.1 (0a1b2c3d4e5f)"."""
        self.ensure_one()
        return f"{self.year}.{self.version} ({self.digest[:12]})"

    @api.model
    def _edition_on(self, day):
        """What a payslip says of the law of a pay date: packages that concern it alone."""
        editions = [
            edition
            for _id, _digest, edition, first, last in self._released_digests()
            if first <= day <= last
        ]
        return " + ".join([of_the_law().edition, *editions])

    def _laid(self, package):
        """The book with a package on top of what is released.

        :raises UserError: it does not fit; file, row and remedy are named
        """
        try:
            return package.over(self._book())
        except BadPackage as error:
            raise UserError(
                self.env._("The law package is refused:\n%s", error)
            ) from error

    # ----------------------------------------------------------------- the steps

    def action_submit(self):
        """Ask for the release; the dry run is made anew."""
        for package in self:
            package._move_to("submitted")
        return True

    def action_release(self):
        """Let it count from the next payslip on, by pay date."""
        for package in self:
            package._move_to("released")
        return True

    def action_return(self, reason):
        """Back to who imported it."""
        self._move_to("draft", reason)

    def action_withdraw(self, reason):
        """Take it out of use, as long as no payslip was computed by it."""
        self._move_to("withdrawn", reason)

    def _before_submitted(self):
        for package in self:
            package._try()
            package._check_not_used_figures()

    def _before_released(self):
        for package in self:
            package._try()
            package._check_not_used_figures()

    def _before_withdrawn(self):
        for package in self:
            package._check_unused()

    def _state_values(self, state, reason):
        if state == "submitted":
            return {"submitted_by_id": self.env.uid}
        if state == "released":
            return {"released_by_id": self.env.uid, "released_at": self._now()}
        return {}

    @api.model
    def _now(self):
        return fields.Datetime.now()

    def _after_released(self):
        self.env.registry.clear_cache()

    def _after_withdrawn(self):
        self.env.registry.clear_cache()

    def _used_by(self):
        """Payslips computed by it: a run that was submitted is confirmed as it is."""
        self.ensure_one()
        # sudo: whether a slip exists is asked for the package; no figure is shown
        slips = self.env["hr.payslip"].sudo()
        return slips.search(
            [
                ("state", "in", ("verify", "done")),
                ("medical_law", "like", self.digest[:12]),
            ],
            limit=1,
        )

    def _check_unused(self):
        used = self._used_by()
        if used:
            raise UserError(
                self.env._(
                    "%(package)s was used for the pay date %(day)s (%(slip)s) and "
                    "stays. Import a package with the right figures instead.",
                    package=self.display_name,
                    day=format_date(self.env, used.medical_date_pay),
                    slip=used.number or used.name,
                )
            )
