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

MOST_LINES = 500  # shown of a dry run; all are counted
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
        """The dry run: nothing is used, everything is shown."""
        self._check_caller("core_group_payroll", "core_group_director")
        self.check_access("read")
        for package in self:
            if package.state not in ("draft", "submitted"):
                raise UserError(
                    self.env._("%s is already decided.", package.display_name)
                )
            package._try()
        return done(
            self.env,
            self.env._("The dry run is done: what it would change stands below."),
        )

    def _try(self):
        """Read the package against what is in force now, and keep what was found.

        :raises UserError: it does not fit what is in force
        """
        self.ensure_one()
        package = self._package()
        before = self._book()
        after = self._laid(package)
        problems = lawproof.problems(after, package.year)
        if problems:
            raise UserError(
                self.env._(
                    "The law package is refused:\n%s", "\n".join(map(str, problems))
                )
            )
        found = lawcheck.changes(before, package.tables)
        # sudo: the needs of all companies are asked, and the rows are the program's own
        program = self.sudo()._pen()
        with use(after):
            gaps = program._practice_needs_missing(package.year)
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
                    "date_from": max(one.span[0], fields.Date.to_date("1900-01-01")),
                    "date_to": min(one.span[1], fields.Date.to_date("2999-12-31")),
                }
                for one in found
            ]
        )
        program.difference_ids.unlink()
        lines, differing, compared = program._differences(found, before, after)
        program.difference_ids.create(
            [{"package_id": self.id, **values} for values in lines]
        )
        program.write(
            {
                "tried_at": fields.Datetime.now(),
                "tried_over": before.edition,
                "difference_count": differing,
                "compared_count": compared,
                "missing": "\n".join(map(str, gaps)) or False,
            }
        )

    def _differences(self, found, before, after):
        """All confirmed slips that the package concerns, computed both ways.

        One pay date is read at a time and forgotten again, so that years of slips need
        no more memory than one run.

        :return: (values of the lines to show, slips that would come out otherwise,
            slips compared)
        """
        span = lawcheck.span_of(one for one in found if not one.is_new)
        if span is None:
            return [], 0, 0
        slips = self.env["hr.payslip"].search(
            [
                ("state", "=", "done"),
                ("medical_kind", "!=", "void"),
                (
                    "medical_date_pay",
                    ">=",
                    max(span[0], fields.Date.to_date("1900-01-01")),
                ),
                (
                    "medical_date_pay",
                    "<=",
                    min(span[1], fields.Date.to_date("2999-12-31")),
                ),
                ("medical_voided", "=", False),
                ("medical_item_ids", "!=", False),
            ],
            order="medical_date_pay desc, id",
        )
        lines, differing = [], 0
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
                if len(lines) + len(changed) <= MOST_LINES:
                    lines += changed
            self.env.invalidate_all()
        return lines, differing, len(slips)

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
