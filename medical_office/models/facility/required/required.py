"""What the rules require and no schedule plans."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ....tools.core import recurrence
from ....tools.facility import required
from ...core.check.answerable import finding
from ...core.check.check import CheckResult
from ...core.mixins.listing import named
from ...core.schedule.schedule import WEEKDAYS

# target model -> field of a schedule, field that says its site
TARGETS = {
    "maintenance.equipment": ("equipment_ids", "medical_site_id"),
    "stock.location": ("room_ids", "medical_site_id"),
    "medical.facility.outlet": ("outlet_ids", "site_id"),
    "medical.facility.panel": ("panel_ids", "site_id"),
}
MODELS = {
    "kind": "maintenance.equipment",
    "room": "stock.location",
    "outlet": "medical.facility.outlet",
    "panel": "medical.facility.panel",
}
# read with the targets, in the same query: what rules and findings ask for
FETCHED = {
    "maintenance.equipment": ["name", "company_id", "medical_kind_id", "medical_site_id"],
    "stock.location": ["name", "company_id", "medical_room_type", "medical_site_id"],
    "medical.facility.outlet": [
        "name", "company_id", "outlet_type", "patient_bed", "site_id",
    ],
    "medical.facility.panel": ["name", "company_id", "site_id"],
}  # fmt: skip
SEVERITIES = {"law": "high", "standard": "medium", "practice": "low"}
NAMED = 3  # assets an exception names before it only counts


class FacilityRule(models.Model):
    _inherit = "medical.facility.rule"

    @api.model
    def _missing(self, companies, targets=None):
        """What is required today and not planned often enough.

        :param targets: only these records (of one model of ``TARGETS``)
        :return: {rule: targets}; the number of queries does not depend on how many
            assets, rules or schedules there are
        """
        rules = self.search([])._in_force(fields.Date.context_today(self))
        if targets is not None:
            rules = rules.filtered(lambda r: MODELS[r.applies_to] == targets._name)
        by_model = {}
        for rule in rules:
            by_model.setdefault(MODELS[rule.applies_to], rules.browse())
            by_model[MODELS[rule.applies_to]] |= rule
        needs = []
        for model, ones in by_model.items():
            needs += ones._needs(self.env[model], companies, targets)
        found = required.missing(needs, self._planned(companies, targets))
        return {
            rule: self.env[MODELS[rule.applies_to]].browse(
                [target_id for _model, target_id in found[rule.id]]
            )
            for rule in rules
            if rule.id in found
        }

    def _needs(self, records, companies, targets):
        """One need for each rule of ``self`` and each target of it; one query."""
        wanted = Domain.OR(rule._target_domain() for rule in self)
        domain = Domain("company_id", "in", companies.ids) & wanted
        if targets is not None:
            domain &= Domain("id", "in", targets.ids)
        things = records.search_fetch(domain, FETCHED[records._name])
        # of thousands of assets each is looked at once, not once for each rule
        by_kind = (
            things.grouped("medical_kind_id") if records._name == MODELS["kind"] else {}
        )
        companies_of = {thing.id: thing.company_id for thing in things}
        return [
            required.Need(
                rule.id, (records._name, thing_id), rule.checklist_id.id, per_year
            )
            for rule in self
            for per_year in [rule._per_year()]
            for thing_id in (
                by_kind.get(rule.kind_id, records)
                if rule.applies_to == "kind"
                else things.filtered_domain(rule._target_domain())
            )._ids
            if not rule.company_id or companies_of[thing_id] == rule.company_id
        ]

    def _target_domain(self):
        """What one rule is about."""
        self.ensure_one()
        if self.applies_to == "kind":
            return Domain("medical_kind_id", "=", self.kind_id.id)
        if self.applies_to == "room":
            if self.room_type:
                return Domain("medical_room_type", "=", self.room_type)
            return Domain("medical_room_type", "!=", False)
        if self.applies_to == "outlet" and self.outlet_group == "gfci":
            return Domain("outlet_type", "=", "gfci")
        if self.applies_to == "outlet" and self.outlet_group == "patient":
            return Domain("patient_bed", "=", True) & Domain(
                "outlet_type", "!=", "hospital_grade"
            )
        return Domain.TRUE

    def _per_year(self):
        self.ensure_one()
        times = len(recurrence.parse_times(self.times))
        return required.per_year(self.frequency, self.every, times)

    @api.model
    def _planned(self, companies, targets=None):
        """{(target, checklist id): times a year} over the schedules in force.

        A schedule that looks at a room looks at what stands in it as well.
        """
        today = fields.Date.context_today(self)
        domain = Domain("company_id", "in", companies.ids) & (
            Domain("date_end", "=", False) | Domain("date_end", ">=", today)
        )
        if targets is not None:
            about = Domain(TARGETS[targets._name][0], "in", targets.ids)
            if targets._name == "maintenance.equipment":
                about |= Domain("room_ids", "in", targets.location_id.ids)
            domain &= about
        # sudo: schedules of other departments plan as well
        schedules = self.env["medical.core.schedule"].sudo().search(domain)
        # archived assets may stay among the targets: nobody asks for them
        schedules = schedules.with_context(active_test=False)
        in_room = {}
        # sudo: as above
        checklists = self.sudo().search([("applies_to", "=", "kind")]).checklist_id
        by_rooms = schedules.filtered(
            lambda s: s.room_ids and s.checklist_id in checklists
        )
        if by_rooms:
            # sudo: what stands in a room is looked at, whoever asks
            equipment = self.env["maintenance.equipment"].sudo()
            for room, ids in equipment._read_group(
                [("location_id", "in", by_rooms.room_ids.ids)],
                ["location_id"],
                ["id:array_agg"],
            ):
                in_room[room.id] = ids
        planned = {}
        rates = schedules._rounds_a_year()
        for schedule in schedules:
            often = rates[schedule]
            targets = [
                (model, target_id)
                for model, (field, _site) in TARGETS.items()
                for target_id in schedule[field]._ids
            ]
            if schedule in by_rooms:
                targets += [
                    ("maintenance.equipment", one)
                    for room in schedule.room_ids
                    for one in in_room.get(room.id, ())
                ]
            for target in targets:
                key = (target, schedule.checklist_id.id)
                planned[key] = max(planned.get(key, often), often)
        return planned

    def _sites_of(self, targets):
        """{site: targets} (the site may be empty)."""
        return targets.grouped(TARGETS[targets._name][1])

    def _schedule_to_extend(self, site):
        """A schedule in force of this check at the site that comes often enough."""
        self.ensure_one()
        schedules = self.env["medical.core.schedule"].search(
            [
                ("checklist_id", "=", self.checklist_id.id),
                ("site_id", "=", site.id),
                ("date_end", "=", False),
            ]
        )
        needed = self._per_year()
        rates = schedules._rounds_a_year()
        return schedules.filtered(lambda s: rates[s] >= needed)[:1]

    # -------------------------------------------------------------------- check

    @api.model
    def _medical_check_unplanned(self):
        """What a rule requires and no schedule plans: one finding a rule and site."""
        companies = self.env.companies
        missing = self._missing(companies)
        rows = []
        for rule, targets in missing.items():
            for site, ones in rule._sites_of(targets).items():
                for company, some in ones.grouped("company_id").items():
                    rows.append(rule._unplanned_row(site, company, some))
        return CheckResult(self._looked_at(companies), rows)

    @api.model
    def _looked_at(self, companies):
        """How many things the rules may be about."""
        return sum(
            self.env[model].search_count([("company_id", "in", companies.ids)])
            for model in TARGETS
            if model != "stock.location"
        ) + self.env["stock.location"].search_count(
            [
                ("company_id", "in", companies.ids),
                ("medical_room_type", "!=", False),
            ]
        )

    def _unplanned_row(self, site, company, targets):
        self.ensure_one()
        critical = self.kind_id.is_critical and self.basis != "practice"
        return finding(
            self,
            self.env._(
                "%(what)s%(where)s: no schedule for “%(check)s” (%(names)s)",
                what=self.target_name,
                where=f", {site.name}" if site else "",
                check=self.display_name,
                names=named(self.env, targets.mapped("name"), NAMED),
            ),
            severity="high" if critical else SEVERITIES[self.basis],
            user_id=site.medical_manager_id.id,
            company_id=company.id,
            key=f"{site.id or 0}",
        )


class CoreSchedule(models.Model):
    _inherit = "medical.core.schedule"

    def _rounds_a_year(self):
        """{schedule: rounds a year}; what leaves out closed days is really counted.

        A check on the 26th of each month that is skipped where the practice is closed
        has nine rounds in some years, and does not do what is required monthly.
        """
        today = fields.Date.context_today(self)
        windows = {}
        for schedule in self:
            every_day = schedule.frequency == "daily" and schedule.every <= 1
            if schedule.skip_closed == "skip" and not every_day:
                start = max(today, schedule.date_start or today)
                windows[schedule] = (start, start + timedelta(days=364))
        counted = self._occurrences(windows)
        return {
            schedule: min(schedule._per_year(), len(counted[schedule]))
            if schedule in counted
            else schedule._per_year()
            for schedule in self
        }

    def _per_year(self):
        """How many rounds this schedule has in a year, closed days left aside."""
        self.ensure_one()
        try:
            times = len(recurrence.parse_times(self.times or ""))
        except recurrence.TimesError:
            times = 0
        weekdays = sum(1 for day in WEEKDAYS if self[day])
        return required.per_year(self.frequency, self.every, times, weekdays)
