"""The sample practice's assets: what stands where, how it is wired, who looks after it."""

from datetime import timedelta

from odoo import Command, models
from odoo.fields import Datetime

from ...sample.core.practice import read_scenario

# checklists with a past, and how many days of it
HISTORY = {
    "vaccine_refrigerator": 45,
    "vaccine_freezer": 45,
    "crash_cart": 45,
    "eyewash_weekly": 180,
    "autoclave_spore": 180,
    "extinguisher_monthly": 365,
    "emergency_light_monthly": 365,
    "aed": 365,
}
# required, and left for the reader to find: site, checklist
FORGOTTEN = (
    ("LN", "extinguisher_yearly"),
    ("LN", "eyewash_yearly"),
    ("LN", "gfci"),
    ("LM", "wheelchair"),
)
# who looks after what: family -> (owner, backup) at each site
PEOPLE = {
    "LM": {"clinical": ("torres", "bailey"), "house": ("garcia", "murphy")},
    "LN": {"clinical": ("olsen", "davis"), "house": ("walker", "ito")},
}
HOUSE = ("furniture", "life_safety", "building", "it")
# name, kind, vendor, starts and ends in so many days, notice, cost, renews, assets' kinds
AGREEMENTS = (
    ("Autoclave service", "service", "Capital Biomedical", -325, 40, 60, 1480, False,
     ("autoclave", "ultrasonic_cleaner")),
    ("Biomedical inspection", "service", "Capital Biomedical", -120, 245, 90, 3900, True,
     ("ecg", "electrosurgical", "suction_pump", "ultrasound", "vitals_monitor")),
    ("Fire protection", "service", "Badger Fire Protection", -200, 165, 60, 960, True,
     ("fire_extinguisher", "fire_alarm_panel", "emergency_light")),
    ("Rooftop units, spring and fall", "service", "Lakeshore Mechanical", -340, 25, 30,
     2150, True, ("hvac",)),
    ("Vaccine storage, five years", "warranty", "Northern Refrigeration", -1000, 826, 90,
     0, False, ("vaccine_freezer",)),
)  # fmt: skip


class CoreSample(models.AbstractModel):
    _inherit = "medical.core.sample"

    def _parts(self):
        parts = super()._parts()
        place = parts.index("rounds") + 1  # what stands in the rooms, then what broke
        parts[place:place] = ["assets", "repairs"]
        return parts

    def _doers(self):
        return super()._doers() | {"assets": "alvarez", "repairs": "alvarez"}

    def _load_assets(self, practice):
        """About 190 assets in 23 rooms, four panels, five agreements, their schedules."""
        outlets = self._load_wiring(practice)
        vendors = self._load_vendors(practice)
        assets = self._load_equipment(practice, outlets, vendors)
        self._load_conditions(practice, assets)
        self._load_agreements(practice, assets, vendors)
        self._load_upkeep(practice)
        self._load_tagouts(practice, assets)

    def _room(self, practice, row):
        return practice.get(
            f"room_{row['site']}_{row['room']}".lower().replace(" ", "_")
        )

    # ------------------------------------------------------------------- wiring

    def _load_wiring(self, practice):
        """Panels, breakers, circuits and outlets: {(site, room, name): outlet}."""
        env = practice.env
        rows = read_scenario("facility/panels.csv")
        panels = env["medical.facility.panel"].create(
            [
                {
                    "name": row["name"],
                    "company_id": practice.company.id,
                    "room_id": self._room(practice, row).id,
                    "rating_amps": float(row["rating"]),
                    "emergency_power": row["emergency"] == "1",
                }
                for row in rows
            ]
        )
        by_name = {panel.name: panel for panel in panels}
        places = self._load_breakers(practice, by_name)
        for row in rows:
            if row["fed_by"]:
                panel, position = row["fed_by"].split("/")
                by_name[row["name"]].fed_by_id = places[panel, position]
        circuits = read_scenario("facility/circuits.csv")
        made = env["medical.facility.circuit"].create(
            [
                {
                    "name": row["name"],
                    "purpose": row["purpose"],
                    "breaker_id": places[row["panel"], row["position"]].id,
                }
                for row in circuits
            ]
        )
        circuit = {
            (row["panel"], row["position"]): one
            for row, one in zip(circuits, made, strict=True)
        }
        return self._load_outlets(practice, circuit)

    def _load_breakers(self, practice, panels):
        rows = read_scenario("facility/breakers.csv")
        breakers = practice.env["medical.facility.breaker"].create(
            [
                {
                    "panel_id": panels[row["panel"]].id,
                    "position": int(row["position"]),
                    "name": row["name"],
                    "rating_amps": float(row["rating"]),
                    "poles": row["poles"],
                    "is_gfci": row["gfci"] == "1",
                    "is_locked": row["locked"] == "1",
                }
                for row in rows
            ]
        )
        return {
            (row["panel"], row["position"]): one
            for row, one in zip(rows, breakers, strict=True)
        }

    def _load_outlets(self, practice, circuits):
        rows = read_scenario("facility/outlets.csv")
        outlets = practice.env["medical.facility.outlet"].create(
            [
                {
                    "name": row["name"],
                    "room_id": self._room(practice, row).id,
                    "place": row["place"],
                    "circuit_id": circuits[row["panel"], row["position"]].id,
                    "outlet_type": row["type"],
                    "patient_bed": row["bed"] == "1",
                    "ups": row["ups"] == "1",
                }
                for row in rows
            ]
        )
        return {
            (row["site"], row["room"], row["name"]): one
            for row, one in zip(rows, outlets, strict=True)
        }

    # ------------------------------------------------------------------- assets

    def _load_vendors(self, practice):
        names = sorted({row["vendor"] for row in read_scenario("facility/assets.csv")})
        vendors = practice.env["res.partner"].create(
            [
                {
                    "name": name,
                    "is_company": True,
                    "company_id": practice.company.id,
                    "email": f"service@{name.lower().replace(' ', '')}.example",
                }
                for name in names
            ]
        )
        practice.keep(
            {
                f"vendor_{name.lower().replace(' ', '_')}": vendor
                for name, vendor in zip(names, vendors, strict=True)
            }
        )
        return dict(zip(names, vendors, strict=True))

    def _load_equipment(self, practice, outlets, vendors):
        rows = read_scenario("facility/assets.csv")
        kinds = {
            kind.code: kind for kind in practice.env["medical.facility.kind"].search([])
        }
        assets = practice.env["maintenance.equipment"].create(
            [
                {
                    "name": row["name"],
                    "company_id": practice.company.id,
                    "medical_kind_id": kinds[row["kind"]].id,
                    "location_id": self._room(practice, row).id,
                    "equipment_assign_to": "other",
                    "serial_no": row["serial"] or False,
                    "model": row["model"],
                    "partner_id": vendors[row["vendor"]].id,
                    "effective_date": self._bought(practice, row),
                    "medical_purchase_date": self._bought(practice, row),
                    "medical_purchase_value": float(row["price"]),
                    "medical_replacement_value": round(
                        float(row["price"]) * (1 + 0.03 * float(row["years"])), -1
                    ),
                    "medical_amps": float(row["amps"]),
                    "medical_outlet_id": outlets[
                        row["site"], row["room"], row["outlet"]
                    ].id
                    if row["outlet"]
                    else False,
                }
                for row in rows
            ]
        )
        practice.keep(
            {f"asset_{number}": asset for number, asset in enumerate(assets, start=1)}
        )
        return assets

    def _bought(self, practice, row):
        return practice.today - timedelta(days=round(365.25 * float(row["years"])))

    def _load_conditions(self, practice, assets):
        """The grade of today, and of what is worn the better one of a year ago."""
        rows = read_scenario("facility/assets.csv")
        values = []
        for number, (row, asset) in enumerate(zip(rows, assets, strict=True)):
            day = practice.today - timedelta(days=20 + number % 40)
            values.append(self._grade(practice, row, asset, row["grade"], day))
            if row["grade"] in ("c", "d"):
                earlier = chr(ord(row["grade"]) - 1)
                day -= timedelta(days=360)
                values.append(self._grade(practice, row, asset, earlier, day))
        # sudo: the past is laid by the program: grades in the names of others
        practice.env["medical.facility.condition"].sudo()._pen().create(values)

    def _grade(self, practice, row, asset, grade, day):
        clinical = row["kind"] not in HOUSE
        people = PEOPLE[row["site"]]["clinical" if clinical else "house"]
        return {
            "equipment_id": asset.id,
            "grade": grade,
            "date": day,
            "user_id": practice.user(people[0]).id,
        }

    def _load_agreements(self, practice, assets, vendors):
        def day(offset):
            return practice.today + timedelta(days=offset)

        agreements = practice.env["medical.facility.agreement"].create(
            [
                {
                    "name": name,
                    "kind": kind,
                    "company_id": practice.company.id,
                    "partner_id": vendors[vendor].id,
                    "date_start": day(start),
                    "date_end": day(end),
                    "notice_days": notice,
                    "yearly_cost": cost,
                    "auto_renews": renews,
                    "user_id": practice.user("alvarez").id,
                    "equipment_ids": [
                        Command.set(
                            assets.filtered(
                                lambda a, k=kinds: a.medical_kind_id.code in k
                            ).ids
                        )
                    ],
                }
                for name, kind, vendor, start, end, notice, cost, renews, kinds in (
                    AGREEMENTS
                )
            ]
        )
        practice.keep(
            {f"agreement_{number}": one for number, one in enumerate(agreements)}
        )
        server = assets.filtered(lambda a: a.medical_kind_id.code == "server")
        server.warranty_date = day(31)

    # ------------------------------------------------------------------- upkeep

    def _load_upkeep(self, practice):
        """The schedules the wizard proposes, but for a few that nobody thought of."""
        wizard = practice.env["medical.facility.propose.wizard"].create({})
        forgotten = {
            (site, self.env.ref(f"medical_office.facility_checklist_{name}").id)
            for site, name in FORGOTTEN
        }
        for line in wizard.line_ids:
            site = line.site_id.code
            house = (
                line.rule_id.applies_to != "kind"
                or line.rule_id.kind_id.family in HOUSE
            )
            people = PEOPLE[site]["house" if house else "clinical"]
            line.write(
                {
                    "include": (site, line.checklist_id.id) not in forgotten,
                    "owner_id": practice.user(people[0]).id,
                    "backup_id": practice.user(people[1]).id,
                }
            )
        schedules = wizard._make_schedules()
        for number, schedule in enumerate(schedules):
            # since a year, each on a day of its own, so that they do not all come at once
            start = practice.today - timedelta(days=365 - number * 23 % 300)
            schedule.write(
                {
                    "date_start": start,
                    "month_day": min(start.day, 28),
                    "department_id": self._upkeep_department(schedule),
                }
            )
        self._walk_upkeep(practice, schedules)
        schedules.sudo()._generate()  # sudo: rounds are made by the program

    def _upkeep_department(self, schedule):
        departments = schedule._target_rooms().medical_department_id
        return departments.id if len(departments) == 1 else False

    def _walk_upkeep(self, practice, schedules):
        days = {
            self.env.ref(f"medical_office.facility_checklist_{name}"): length
            for name, length in HISTORY.items()
        }
        yesterday = practice.today - timedelta(days=1)
        rounds = practice.env["medical.core.round"]
        for length in sorted(set(days.values())):
            some = schedules.filtered(lambda s, n=length: days.get(s.checklist_id) == n)
            # sudo: rounds are made by the program, whoever made the schedule
            rounds |= some.sudo()._generate(
                practice.today - timedelta(days=length), yesterday
            )
        self._walk_history(practice, rounds)
        schedules._pen().generated_until = False

    def _load_tagouts(self, practice, assets):
        """Two things that do not work, one of them critical."""
        broken = (
            ("Suction pump", "LN", "No suction on the second stage", 2, "olsen"),
            ("Wheelchair 2", "LM", "Left brake does not hold", 5, "garcia"),
        )
        values = []
        for name, site, reason, ago, user in broken:
            asset = assets.filtered(
                lambda a, n=name, s=site: a.name == n and a.medical_site_id.code == s
            )
            values.append(
                {
                    "equipment_id": asset[:1].id,
                    "reason": reason,
                    "date_out": Datetime.now() - timedelta(days=ago),
                    "tagged_by_id": practice.user(user).id,
                }
            )
        # sudo: the past is laid by the program: tagged out by others, days ago
        practice.env["medical.facility.tagout"].sudo()._pen().create(values)
