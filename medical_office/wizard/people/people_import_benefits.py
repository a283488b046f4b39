"""Import of enrollments: who takes part in which plan from when, as a dry run first."""

from itertools import pairwise

from odoo import fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ...engine.core.labels import labels_of

AMOUNTS = ("amount", "percent", "employer_month")


class PeopleImportWizard(models.TransientModel):
    _inherit = "medical.people.import.wizard"

    def _plan_benefits(self, table, problems):
        """Like the plans of the other kinds; an overlap with another term is refused."""
        people, plans = self._people(), self._named("medical.people.benefit.plan")
        terms = self._terms()
        new, changed, preview = [], [], []
        for row in table.rows:
            values = self._enrollment_of(row, people, plans, problems)
            if not values:
                continue
            own = terms.setdefault((values["employee_id"], values["plan_id"]), {})
            known = own.get(values["date_from"], (None,))[0]
            different = self._different(known, values) if known else values
            if not different or not self._is_possible(row, known, different, problems):
                continue
            last = values.get("date_to") or (known and known.date_to) or None
            own[values["date_from"]] = (known, last, row)
            if known:
                changed.append((known, different))
                preview += self._changes(row, known, different)
            else:
                new.append(values)
                preview.append(self._new_line(row, values))
        problems += self._overlaps(terms)
        return new, changed, preview

    def _terms(self):
        """{(person, plan): {first day: (enrollment, last day, row)}}; one query."""
        terms = {}
        known = self.env["medical.people.enrollment"].search(
            [("company_id", "=", self.env.company.id)]
        )
        for one in known:
            key = (one.employee_id.id, one.plan_id.id)
            terms.setdefault(key, {})[one.date_from] = (one, one.date_to or None, None)
        return terms

    def _enrollment_of(self, row, people, plans, problems):
        """Values of a row, only of its filled cells, or None with the problems noted."""
        _ = self.env._
        cells = row.values
        person, plan = people.get(cells["email"]), plans.get(cells["plan"].casefold())
        tier = self.env["medical.people.benefit.tier"]
        if plan and cells.get("tier"):
            first = fields.Date.to_date(cells["date_from"])
            tier = plan.tier_ids.filtered(
                lambda one: (
                    one.covered == cells["tier"]
                    and one.date_from <= first
                    and (not one.date_to or one.date_to >= first)
                )
            )[:1]
        wrong = [
            (not person or not person.active)
            and ("Work email", _("nobody who works here has this email.")),
            person
            and person.user_id == self.env.user
            and (
                "Work email",
                _("you cannot enter your own enrollment; somebody else must."),
            ),
            not plan
            and (
                "Plan",
                _("“%s” is no plan of this practice. Enter it first.", cells["plan"]),
            ),
            plan
            and cells.get("tier")
            and not tier
            and ("Coverage", _("“%s” has no such coverage on that day.", plan.name)),
        ]
        wrong = [one for one in wrong if one]
        problems += [self._problem(row, field, why) for field, why in wrong]
        if wrong:
            return None
        values = {
            "employee_id": person.id,
            "plan_id": plan.id,
            "date_from": fields.Date.to_date(cells["date_from"]),
        }
        if tier:
            values["tier_id"] = tier.id
        if cells.get("date_to"):
            values["date_to"] = fields.Date.to_date(cells["date_to"])
        if cells.get("event"):
            values["event"] = cells["event"]
        for key in AMOUNTS:
            if cells.get(key) is not None:
                values[key] = float(cells[key])
        return values

    def _different(self, known, values):
        """What a row changes of an enrollment that is there."""
        return {
            key: value
            for key, value in values.items()
            if self._current(known, key) != value
        }

    def _current(self, known, key):
        return known[key].id if key.endswith("_id") else known[key]

    def _is_possible(self, row, known, values, problems):
        """Ask the record itself whether it would take these values; nothing is written."""
        enrollments = self.env["medical.people.enrollment"]
        try:
            if known:
                known._check_locks(values)
                if "date_to" in values:
                    known._check_end(values["date_to"])
            trial = enrollments.new(values, origin=known)
            trial._check_days()
            trial._check_asked()
            trial._check_window()
        except (UserError, ValidationError) as problem:
            problems.append(self._problem(row, "Plan", str(problem)))
            return False
        return True

    def _overlaps(self, terms):
        """Sentences: two terms of one person in one plan at a time would be paid twice."""
        found = []
        for own in terms.values():
            days = sorted(own)
            for first, second in pairwise(days):
                _known, last, row = own[first]
                later = own[second][2]
                if (last is None or last >= second) and (row or later):
                    found.append(
                        self._problem(
                            later or row,
                            "From",
                            self.env._(
                                "the term from %(day)s in this plan is not over on "
                                "%(second)s. Give it a last day (“Until”) first, in "
                                "this file or on the screen.",
                                day=format_date(self.env, first),
                                second=format_date(self.env, second),
                            ),
                        )
                    )
        return found

    def _new_line(self, row, values):
        return self.env._(
            "Row %(row)s: new, %(what)s of %(who)s from %(day)s",
            row=row.number,
            what=self.env["medical.people.benefit.plan"].browse(values["plan_id"]).name,
            who=self.env["hr.employee"].browse(values["employee_id"]).name,
            day=format_date(self.env, values["date_from"]),
        )

    def _changes(self, row, known, different):
        """Lines of the preview: each field before and after."""
        return [
            self.env._(
                "Row %(row)s, %(who)s, %(field)s: %(before)s → %(after)s",
                row=row.number,
                who=f"{known.employee_id.name}, {known.plan_id.name}",
                field=known._fields[key]._description_string(self.env),
                before=self._said(known, key, self._current(known, key)),
                after=self._said(known, key, value),
            )
            for key, value in different.items()
        ]

    def _said(self, known, key, value):
        field = known._fields[key]
        if key.endswith("_id") and value:
            return self.env[field.comodel_name].browse(value).display_name
        if field.type == "selection" and value:
            return labels_of(known, key)[value]
        return "—" if value is False or value is None else value
