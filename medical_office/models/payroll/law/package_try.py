"""The dry run of a law package: what it changes, what is missing, which slips differ."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date
from odoo.tools.mail import plaintext2html

from ....engine.payroll.facts_reader import FactsReader
from ....tools.money import ZERO
from ....tools.payroll.law import lawcheck
from ....tools.payroll.law.lawtable import use
from ....tools.payroll.tax import lawproof, readiness
from ...core.mixins.done import done
from .package import FIRST, LAST

MOST_LINES = 500  # shown of a dry run; all are counted
# payslips of one step: each is computed twice, and a year has many pay dates
CHUNK = 50
MOST_AT_ONCE = 500  # payslips that a release compares without a dialog
# no tax: what the practice pays does not depend on the tables of a package
UNTAXED = frozenset({"REG", "DIFF", "OTP", "OTS", "PTO", "HOL", "SICK", "REIMB"})


class PayrollLawPackage(models.Model):
    _inherit = "medical.payroll.law.package"

    tried_at = fields.Datetime("Dry Run at", readonly=True, copy=False)
    tried_over = fields.Char("Compared with", readonly=True, copy=False)
    change_ids = fields.One2many(
        "medical.payroll.law.change", "package_id", "Changes", readonly=True
    )
    new_count = fields.Integer("New", compute="_compute_counts")
    changed_count = fields.Integer("Changed", compute="_compute_counts")
    missing = fields.Text("Still missing", readonly=True, copy=False)
    missing_links = fields.Html("Missing", compute="_compute_missing_links")
    difference_ids = fields.One2many(
        "medical.payroll.law.difference", "package_id", "Payslips", readonly=True
    )
    difference_count = fields.Integer(
        "Would Differ", readonly=True, copy=False, aggregator=False
    )
    compared_count = fields.Integer(
        "Payslips Compared",
        readonly=True,
        copy=False,
        aggregator=False,
        help="Every confirmed payslip of the dates that the package changes, computed "
        "once with the tables in use and once with the package.",
    )
    compared_ids = fields.Json(
        "Payslips to Compare",
        readonly=True,
        copy=False,
        help="Those of the last dry run, in their order, and how many were compared.",
    )
    listed_note = fields.Char(compute="_compute_counts")

    def _compute_counts(self):
        for package in self:
            new = package.change_ids.filtered(lambda change: not change.value_before)
            package.new_count = len(new)
            package.changed_count = len(package.change_ids - new)
            listed = len(package.difference_ids.slip_id)
            package.listed_note = listed < package.difference_count and self.env._(
                "%(listed)s of the %(all)s payslips that would differ are listed, the "
                "latest first.",
                listed=listed,
                all=package.difference_count,
            )

    @api.depends("missing")
    def _compute_missing_links(self):
        """What is missing, with the addresses where it is published as links."""
        for package in self:
            package.missing_links = package.missing and plaintext2html(package.missing)

    def action_try(self):
        """The dry run: nothing is used, everything is shown.

        :return: the dialog that shows how far it is, where many payslips are compared
        """
        self._check_may_try()
        for package in self:
            package._try_begin()
            if len(self) == 1 and len(package.compared_ids or ()) > CHUNK:
                return package._try_dialog()
            package._try_rest()
        return done(
            self.env,
            self.env._("The dry run is done: what it would change stands below."),
        )

    def _check_may_try(self):
        self._check_caller("core_group_payroll", "core_group_director")
        self.check_access("read")
        for package in self:
            if package.state not in ("draft", "submitted"):
                raise UserError(
                    self.env._("%s is already decided.", package.display_name)
                )

    def _try_dialog(self):
        return {
            "type": "ir.actions.client",
            "tag": "medical_payroll_steps",
            "name": self.env._("Dry run of %s", self.display_name),
            "target": "new",
            "params": {
                "model": self._name,
                "method": "try_step",
                "id": self.id,
                "labels": {
                    "begin": self.env._("Comparing the payslips…"),
                    "count": self.env._("%(done)s of %(all)s payslips compared"),
                    "last": self.env._("Counting what would differ…"),
                    "close": self.env._(
                        "You may close this window; the next dry run begins from the start."
                    ),
                },
            },
        }

    def try_step(self, restart=False):
        """One step of a long dry run, for the dialog; the first one was the button.

        :param restart: begin anew; otherwise go on with what is open
        :return: {"done": slips, "all": slips, "finished": whether that was the last step}
        """
        self.ensure_one()
        self._check_may_try()
        if restart:
            self._try_begin()
        else:
            self._try_chunk()
        return {
            "done": self.compared_count,
            "all": len(self.compared_ids or ()),
            "finished": bool(self.tried_at),
        }

    def _try(self):
        """A whole dry run, unless the last one still says all there is to say.

        :raises UserError: it does not fit what is in force, or more payslips are to be
            compared than one step can
        """
        self.ensure_one()
        # sudo: which payslips there are is asked, none is shown
        program = self.sudo()._pen()
        found, before, _after = program._read_tables()
        slips = program._to_compare(found)
        is_current = self.tried_at and self.tried_over == before.edition
        if is_current and {*(self.compared_ids or ())}.issuperset(slips):
            return
        if len(slips) > MOST_AT_ONCE:
            raise UserError(
                self.env._(
                    "%(count)s payslips are to be compared with %(package)s: start the "
                    "dry run first.",
                    count=len(slips),
                    package=self.display_name,
                )
            )
        self._try_begin()
        self._try_rest()

    def _try_rest(self):
        while not self.tried_at:
            self._try_chunk()

    def _read_tables(self):
        """(changes, book in use, book with the package) of an archive that fits.

        :raises UserError: it does not fit what is in force
        """
        package = self._package()
        before = self._book()
        after = self._laid(package)
        problems = lawproof.problems(after, *package.years)
        if problems:
            raise UserError(
                self.env._(
                    "The law package is refused:\n%s", "\n".join(map(str, problems))
                )
            )
        return lawcheck.changes(before, package.tables), before, after

    def _try_begin(self):
        """Read the package against what is in force now; the payslips come after.

        :raises UserError: it does not fit what is in force
        """
        self.ensure_one()
        # sudo: the needs of all companies are asked, and the rows are the program's own
        program = self.sudo()._pen()
        found, before, after = program._read_tables()
        with use(after):
            gaps = program._practice_needs_missing(self.year)
        program.change_ids.unlink()
        program.change_ids.create(
            [
                {
                    "package_id": self.id,
                    "name": one.what,
                    "table": one.table,
                    "row": one.row,
                    "value_before": one.old,
                    "value_after": one.new,
                    "figures": one.figures,
                    "date_from": max(one.span[0], FIRST),
                    "date_to": min(one.span[1], LAST),
                }
                for one in found
            ]
        )
        program.difference_ids.unlink()
        slips = program._to_compare(found)
        program.write(
            {
                "tried_at": False if slips else fields.Datetime.now(),
                "tried_over": before.edition,
                "compared_ids": slips,
                "compared_count": 0,
                "difference_count": 0,
                "missing": "\n".join(map(str, gaps)) or False,
            }
        )

    def _try_chunk(self):
        """Compare the next payslips, and keep which of them would differ."""
        # sudo: as in _try_begin
        program = self.sudo()._pen()
        done, slips = program.compared_count, program.compared_ids or []
        chunk = slips[done : done + CHUNK]
        _found, before, after = program._read_tables()
        if before.edition != program.tried_over:
            # another package was released or withdrawn meanwhile
            self._try_begin()
            return
        lines, differing = program._differences(chunk, before, after)
        room = max(MOST_LINES - len(program.difference_ids), 0)
        program.difference_ids.create(
            [{"package_id": self.id, **line} for line in lines[:room]]
        )
        done += len(chunk)
        program.write(
            {
                "tried_at": done >= len(slips) and fields.Datetime.now(),
                "compared_count": done,
                "difference_count": program.difference_count + differing,
            }
        )

    def _to_compare(self, found):
        """Ids of the confirmed payslips that changes concern, the latest first."""
        span = lawcheck.span_of(one for one in found if not one.is_new)
        if span is None:
            return []
        return (
            self.env["hr.payslip"]
            .search(
                [
                    ("state", "=", "done"),
                    ("medical_kind", "!=", "void"),
                    ("medical_date_pay", ">=", max(span[0], FIRST)),
                    ("medical_date_pay", "<=", min(span[1], LAST)),
                    ("medical_voided", "=", False),
                    ("medical_item_ids", "!=", False),
                ],
                order="medical_date_pay desc, id",
            )
            .ids
        )

    def _differences(self, numbers, before, after):
        """Some confirmed slips computed both ways.

        :return: (values of the lines to show, slips that would come out otherwise)
        """
        lines, differing = [], 0
        slips = self.env["hr.payslip"].browse(numbers).exists()
        for (start, end, day), group in slips._by_dates().items():
            group = group.with_prefetch()
            # as they were paid: only what the tables make of it may differ
            reader = FactsReader(group, start, end, day, again=True)
            old, new = _taxes(reader, before), _taxes(reader, after)
            for slip in group:
                changed = [
                    {
                        "slip_id": slip.id,
                        "code": code,
                        "value_before": float(was),
                        "value_after": float(now),
                    }
                    for code in sorted({*old[slip.id], *new[slip.id]})
                    if (was := old[slip.id].get(code, ZERO))
                    != (now := new[slip.id].get(code, ZERO))
                ]
                differing += bool(changed)
                lines += changed
        self.env.invalidate_all()
        return lines, differing

    def _check_not_used_figures(self):
        """A figure that confirmed slips were computed with changes only on purpose.

        :raises UserError: naming file, row and remedy
        """
        self.ensure_one()
        # sudo: that payslips would differ is said, not whose
        differences = self.sudo().difference_ids
        if not self.difference_count or (
            self.corrects_used and (self.note or "").strip()
        ):
            return
        days = differences.slip_id.mapped("medical_date_pay")
        changed = self.change_ids.filtered(lambda one: one.value_before and one.figures)
        raise UserError(
            self.env._(
                "tables/%(table)s.csv row %(row)s (%(what)s): the figure was already "
                "used, up to the pay date %(day)s. Confirmed payslips that would "
                "differ: %(count)s. Date the change after that day, or tick “Corrects "
                "figures already used” and give the reason.",
                table=changed[:1].table,
                row=changed[:1].row,
                what=changed[:1].name,
                day=format_date(self.env, max(days)),
                count=self.difference_count,
            )
        )

    def _practice_needs_missing(self, year):
        """What all companies together will need and the book in use lacks."""
        needs = self.env["res.company"].search([])._medical_law_needs(year)
        return list(
            dict.fromkeys(
                gap for need in needs.values() for gap in readiness.missing(need, year)
            )
        )


def _taxes(reader, book):
    """{slip id: {code: dollars}} of what a book makes of some slips."""
    with use(book):
        pays = reader.pays()
    found = {}
    for number, pay in pays.items():
        sums = found[number] = defaultdict(lambda: ZERO)
        for item in pay.items:
            if item.code not in UNTAXED:
                sums[item.code] += item.amount
    return found
