"""The sample practice's year of repairs: who does what, what broke, what it cost."""

from datetime import datetime, time, timedelta
from random import Random

from odoo import Command, models

from ...sample.core.practice import read_scenario

CLOSED = 98
ELECTRICIAN = "Volt and Sons Electric"
# vendor, kinds (empty: all), licensed for, insurance ends in so many days
APPROVALS = (
    ("Capital Biomedical", "medical_device", "biomedical", 210),
    ("Badger Fire Protection", "life_safety", "fire_protection", 12),
    ("Lakeshore Mechanical", "building", "hvac, plumbing", 140),
    ("Northern Refrigeration", "appliance", "", -6),
    (ELECTRICIAN, "", "electrical", 260),
)
# person, credential, ends in so many days
LICENSES = (("torres", "biomedical", 400), ("olsen", "biomedical", 21))
# reporter, asset, site, what is wrong, priority, days ago, step
OPEN = (
    ("garcia", "Printer reception", "LM", "Paper jam that keeps coming back", "1", 3, "work"),
    ("walker", "Printer reception", "LN", "Prints gray stripes", "0", 6, "new"),
    ("torres", "Autoclave", "LM", "Door seal leaks steam again", "3", 0.2, "work"),
    ("murphy", "Heating and air conditioning", "LM", "Rattles in the morning", "1", 12, "new"),
    ("olsen", "Suction pump", "LN", "No suction on the second stage", "2", 2, "check"),
    ("garcia", "Wheelchair 2", "LM", "Left brake does not hold", "2", 5, "new"),
)  # fmt: skip
REPEATED = ("Autoclave", "LM", "Door seal leaks steam", (76, 48, 19))
# at midday in Chicago
NOON = time(18)


class CoreSample(models.AbstractModel):
    _inherit = "medical.core.sample"

    def _load_repairs(self, practice):
        """About 120 requests with hours, parts and bills, the people and plans for them."""
        self._load_repair_people(practice)
        parts = self._load_spare_parts(practice)
        requests = self._load_closed_repairs(practice, parts)
        self._load_failed_checks(practice)
        self._load_open_repairs(practice)
        self._load_covered_bill(practice)
        self._load_plans(practice)
        practice.keep({f"repair_{n}": one for n, one in enumerate(requests[:5])})

    # ------------------------------------------------------------------- people

    def _load_repair_people(self, practice):
        env, company = practice.env, practice.company
        user = practice.user
        names = {
            "house": ("House and IT", ("garcia", "murphy", "walker", "ito"), 31),
            "clinical": (
                "Clinical devices",
                ("torres", "bailey", "olsen", "davis"),
                34,
            ),
        }
        teams = {
            key: env["maintenance.team"].create(
                {
                    "name": name,
                    "company_id": company.id,
                    "medical_hour_cost": cost,
                    "member_ids": [
                        Command.set([user(member).id for member in members])
                    ],
                }
            )
            for key, (name, members, cost) in names.items()
        }
        practice.keep({f"team_{key}": team for key, team in teams.items()})
        electrician = env["res.partner"].create(
            {
                "name": ELECTRICIAN,
                "is_company": True,
                "company_id": company.id,
                "phone": "(608) 555-0139",
            }
        )
        practice.keep({"vendor_volt_and_sons_electric": electrician})
        base = {"company_id": company.id}
        lm, ln = practice.get("site_lm"), practice.get("site_ln")
        house, clinical = teams["house"], teams["clinical"]
        env["medical.facility.duty"].create(
            [
                {**base, "team_id": house.id, "user_id": user("garcia").id,
                 "backup_id": user("murphy").id},
                {**base, "site_id": ln.id, "team_id": house.id,
                 "user_id": user("walker").id, "backup_id": user("ito").id},
                {**base, "family": "medical_device", "site_id": lm.id,
                 "team_id": clinical.id, "user_id": user("torres").id,
                 "backup_id": user("bailey").id},
                {**base, "family": "medical_device", "site_id": ln.id,
                 "team_id": clinical.id, "user_id": user("olsen").id,
                 "backup_id": user("davis").id},
                {**base, "is_electrical": True, "team_id": house.id,
                 "partner_id": electrician.id,
                 "credential_type_id": self._credential_types("electrical").id},
            ]
        )  # fmt: skip
        env["medical.facility.duty"].create(
            [
                {**base, "family": family, "team_id": house.id,
                 "partner_id": self._vendor(practice, vendor).id}
                for vendor, family in (
                    ("Badger Fire Protection", "life_safety"),
                    ("Lakeshore Mechanical", "building"),
                )
            ]
        )  # fmt: skip
        env["medical.core.credential"].create(
            [
                {**base, "user_id": user(person).id,
                 "type_id": self._credential_types(code).id,
                 "number": f"CBET-{7110 + days}", "issuer": "AAMI",
                 "date_from": practice.today - timedelta(days=700),
                 "date_to": practice.today + timedelta(days=days)}
                for person, code, days in LICENSES
            ]
        )  # fmt: skip
        kinds = env["medical.facility.kind"].search([])
        env["medical.facility.vendor.approval"].create(
            [
                {
                    **base,
                    "partner_id": self._vendor(practice, name).id,
                    "kind_ids": [
                        Command.set(
                            kinds.filtered(lambda k, f=family: k.family == f).ids
                        )
                    ],
                    "credential_type_ids": [
                        Command.set(self._credential_types(codes).ids)
                    ],
                    "license": f"WI-{48210 + number}",
                    "insurance_until": practice.today + timedelta(days=days),
                    "user_id": user("alvarez").id,
                }
                for number, (name, family, codes, days) in enumerate(APPROVALS)
            ]
        )

    def _credential_types(self, codes):
        """The types named by codes with commas."""
        types = self.env["medical.core.credential.type"]
        return types.search([("code", "in", codes.split(", "))])

    def _vendor(self, practice, name):
        return practice.get(f"vendor_{name.lower().replace(' ', '_')}")

    # -------------------------------------------------------------------- stock

    def _load_spare_parts(self, practice):
        """{name: product}, some of each in the main store."""
        prices = {
            row["part"]: float(row["price"])
            for row in read_scenario("facility/faults.csv")
            if row["part"]
        }
        products = practice.env["product.product"].create(
            [
                {
                    "name": name,
                    "type": "consu",
                    "is_storable": True,
                    "company_id": practice.company.id,
                    "standard_price": price,
                }
                for name, price in prices.items()
            ]
        )
        store = practice.get("site_lm").lot_stock_id
        quants = practice.env["stock.quant"].with_context(inventory_mode=True)
        quants.create(
            [
                {
                    "product_id": product.id,
                    "location_id": store.id,
                    "inventory_quantity": 40,
                }
                for product in products
            ]
        ).action_apply_inventory()
        return {product.name: product for product in products}

    # ------------------------------------------------------------------ history

    def _load_closed_repairs(self, practice, parts):
        """What broke in the last year and was repaired, in its own time."""
        chance = Random("Lakeside repairs")
        assets = practice.env["maintenance.equipment"].search(
            [("company_id", "=", practice.company.id)], order="id"
        )
        stories = self._stories(practice, assets, chance)
        requests = self._repair_requests(practice, stories)
        self._close_history(practice, requests, stories, chance)
        self._book_costs(practice, requests, stories, parts)
        return requests

    def _stories(self, practice, assets, chance):
        """[(asset, row of faults.csv, days ago)], the oldest first."""
        by_kind = assets.grouped(lambda asset: asset.medical_kind_id.code)
        rows = [
            (
                row,
                [a for code in row["kinds"].split("|") for a in by_kind.get(code, [])],
            )
            for row in read_scenario("facility/faults.csv")
        ]
        rows = [(row, members) for row, members in rows if members]
        name, site, fault, days = REPEATED
        seal = next(row for row, _members in rows if row["fault"] == fault)
        autoclave = assets.filtered(
            lambda a: a.name == name and a.medical_site_id.code == site
        )[:1]
        stories = [(autoclave, seal, ago) for ago in days]
        others = [(row, members) for row, members in rows if row is not seal]
        while len(stories) < CLOSED:
            row, members = others[chance.randrange(len(others))]
            stories.append((chance.choice(members), row, chance.randint(8, 360)))
        return sorted(stories, key=lambda story: (-story[2], story[0].id))

    def _repair_requests(self, practice, stories):
        manager = practice.user("alvarez")
        # sudo: a history, made by nobody who could be refused
        requests = practice.env["maintenance.request"].sudo()._pen()
        return requests.with_context(mail_create_nosubscribe=True).create(
            [
                {
                    "name": f"{asset.name}: {row['fault']}",
                    "description": row["fault"],
                    "company_id": practice.company.id,
                    "equipment_id": asset.id,
                    "priority": row["priority"],
                    "maintenance_type": "corrective",
                    "employee_id": manager.employee_id.id,
                    "owner_user_id": manager.id,
                    "medical_source": "qr" if ago % 3 == 0 else "manual",
                    "request_date": practice.today - timedelta(days=ago),
                    "medical_reported_at": self._at(practice, ago),
                }
                for asset, row, ago in stories
            ]
        )

    def _at(self, practice, ago):
        """Noon so many days ago; a part of a day counts from noon of today."""
        noon = datetime.combine(practice.today, NOON)
        return noon - timedelta(days=ago)

    def _close_history(self, practice, requests, stories, chance):
        """Repaired and closed as the day's course would have it, past the buttons."""
        requests = requests._pen()
        done = practice.env["maintenance.stage"]._medical_stage("done")
        manager = practice.user("alvarez")
        for request, (_asset, row, ago) in zip(requests, stories, strict=True):
            start = self._at(practice, ago)
            waited = chance.randint(1, (90, 60, 24, 6)[int(row["priority"])])
            repaired = start + timedelta(hours=waited + 2)
            closed = min(
                repaired + timedelta(hours=chance.randint(1, 30)), self._at(practice, 1)
            )
            request.write(
                {
                    "stage_id": done.id,
                    "medical_started_at": start + timedelta(hours=waited),
                    "medical_repaired_at": repaired,
                    "medical_repaired_by_id": (request.user_id or manager).id,
                    "medical_closed_at": closed,
                }
            )
            request.close_date = closed.date()  # the host has written today's

    def _book_costs(self, practice, requests, stories, parts):
        """Hours and parts of each; the vendors' bills stand in the note of the hours."""
        costs = []
        manager = practice.user("alvarez")
        store = practice.get("site_lm").lot_stock_id
        for request, (_asset, row, ago) in zip(requests, stories, strict=True):
            base = {
                "request_id": request.id,
                "date": practice.today - timedelta(days=ago - 1),
                "user_id": (request.user_id or manager).id,
            }
            costs.append({**base, "kind": "labor", "hours": float(row["hours"])})
            if row["part"]:
                costs.append(
                    {**base, "kind": "part", "product_id": parts[row["part"]].id,
                     "location_id": store.id}
                )  # fmt: skip
        # sudo: costs of closed requests are a history
        practice.env["medical.facility.cost"].sudo()._pen().create(costs)

    def _load_failed_checks(self, practice):
        """What failed on rounds of the past was repaired and passed on a later one."""
        # sudo: a history
        lines = practice.env["medical.core.round.line"].sudo()._pen()
        failed = lines.search(
            [
                ("result", "=", "fail"),
                ("company_id", "=", practice.company.id),
                ("equipment_id", "!=", False),
                ("entered_at", "<", self._at(practice, 9)),
            ],
            order="date_due, id",
        )
        # sudo: as above
        requests = practice.env["maintenance.request"].sudo()._pen()
        made = requests.with_context(mail_create_nosubscribe=True).create(
            [line._medical_request_values() for line in failed]
        )
        noon = self._at(practice, 0)
        stories = [
            (line.equipment_id, {"priority": request.priority},
             (noon - line.entered_at) / timedelta(days=1))
            for line, request in zip(failed, made, strict=True)
        ]  # fmt: skip
        self._close_history(practice, made, stories, Random("checks"))
        passes = self._later_passes(failed)
        for line, request in zip(failed, made, strict=True):
            values = {
                "medical_request_id": request.id,
                "medical_failed_at": line.entered_at,
            }
            line.write(values)
            passed = next(
                (p for p in passes.get((line.item_id, line.equipment_id), ())
                 if p.entered_at > request.medical_repaired_at),
                None,
            )  # fmt: skip
            if passed:
                passed.write({"medical_retest_request_id": request.id})
                closed = passed.entered_at + timedelta(hours=1)
                request.write(
                    {"medical_closed_at": closed, "close_date": closed.date()}
                )

    def _later_passes(self, failed):
        """{(item, asset): its passing lines in time}, in one query."""
        passes = {}
        for line in failed.search(
            [
                ("result", "=", "pass"),
                ("item_id", "in", failed.item_id.ids),
                ("equipment_id", "in", failed.equipment_id.ids),
            ],
            order="entered_at, id",
        ):
            passes.setdefault((line.item_id, line.equipment_id), []).append(line)
        return passes

    # --------------------------------------------------------------------- open

    def _load_open_repairs(self, practice):
        """Half a dozen that wait: late ones, a critical one, one to be checked."""
        # sudo: as above
        requests = practice.env["maintenance.request"].sudo()._pen()
        stage = practice.env["maintenance.stage"]._medical_stage
        assets = practice.env["maintenance.equipment"]
        # sudo: as above
        tags = practice.env["medical.facility.tagout"].sudo()._pen()
        for reporter, name, site, fault, priority, ago, step in OPEN:
            asset = assets.search(
                [
                    ("name", "=", name),
                    ("medical_site_id.code", "=", site),
                    ("company_id", "=", practice.company.id),
                ],
                limit=1,
            )
            user = practice.user(reporter)
            at = self._at(practice, ago)
            request = requests.create(
                {
                    "name": f"{name}: {fault}",
                    "description": fault,
                    "company_id": practice.company.id,
                    "equipment_id": asset.id,
                    "priority": priority,
                    "employee_id": user.employee_id.id,
                    "owner_user_id": user.id,
                    "request_date": at.date(),
                    "medical_reported_at": at,
                }
            )
            values = {"stage_id": stage(step).id}
            if step != "new":
                values["medical_started_at"] = at + timedelta(hours=1)
            if step == "check":
                values["medical_repaired_at"] = at + timedelta(hours=20)
                values["medical_repaired_by_id"] = request.user_id.id
            request.write(values)
            open_tag = tags.search(
                [("equipment_id", "=", asset.id), ("state", "=", "out")], limit=1
            )
            open_tag.request_id = request

    # -------------------------------------------------------------------- bills

    def _load_covered_bill(self, practice):
        """A bill for the server, which is under warranty: not to be paid."""
        env, company = practice.env, practice.company
        if not company.chart_template:
            env["account.chart.template"].try_loading(
                "us", company=company, install_demo=False
            )
        server = env["maintenance.equipment"].search(
            [("medical_kind_id.code", "=", "server"), ("company_id", "=", company.id)],
            limit=1,
        )
        request = self._repair_requests(
            practice, [(server, {"fault": "Disk failed", "priority": "2"}, 9)]
        )
        self._close_history(
            practice,
            request,
            [(server, {"fault": "Disk failed", "priority": "2"}, 9)],
            Random("server"),
        )
        env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self._vendor(practice, "Dairy State IT").id,
                "invoice_date": practice.today - timedelta(days=4),
                "invoice_user_id": practice.user("schwartz").id,
                "ref": "DSI-20914",
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Server: disk replaced, two hours on site",
                            "quantity": 1,
                            "price_unit": 486,
                            "tax_ids": [Command.clear()],
                            "medical_request_id": request.id,
                        }
                    )
                ],
            }
        )

    # -------------------------------------------------------------------- plans

    def _load_plans(self, practice):
        """One plan by date, one by completion, one by the counter with its readings."""
        env, company = practice.env, practice.company

        def asset(code):
            return env["maintenance.equipment"].search(
                [("medical_kind_id.code", "=", code), ("company_id", "=", company.id)],
                limit=1,
            )

        base = {"company_id": company.id, "backup_id": practice.user("murphy").id}
        autoclave = asset("autoclave")
        env["medical.facility.maintenance.plan"].create(
            [
                {**base, "equipment_id": asset("hvac").id, "basis": "date", "every": 3,
                 "unit": "month", "owner_id": practice.user("garcia").id,
                 "date_next": practice.today + timedelta(days=9), "makes_request": True},
                {**base, "equipment_id": asset("centrifuge").id, "basis": "completion",
                 "every": 6, "unit": "month", "owner_id": practice.user("torres").id,
                 "date_next": practice.today + timedelta(days=3)},
                {**base, "equipment_id": autoclave.id, "basis": "counter",
                 "counter_every": 500, "counter_unit": "cycles",
                 "owner_id": practice.user("torres").id},
            ]
        )  # fmt: skip
        # sudo: the past is laid by the program: readings of others
        env["medical.facility.usage"].sudo()._pen().create(
            [
                {
                    "equipment_id": autoclave.id,
                    "date": practice.today - timedelta(days=7 * week),
                    "value": 460 - 38 * week,
                    "user_id": practice.user("torres").id,
                }
                for week in range(10, -1, -1)
            ]
        )
