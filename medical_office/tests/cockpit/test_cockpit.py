"""The first screen: cards, today's list, what changed, the proof; as each role sees it."""

from datetime import datetime, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import freeze_time, tagged

from ..core.check_case import CHICAGO, CheckCase


class CockpitCase(CheckCase):
    def data(self, role="manager", **filters):
        cockpit = self.as_role(self.env["medical.core.cockpit"], role)
        return cockpit.data(**filters)

    def card(self, domain="supply", role="manager"):
        return next(c for c in self.data(role)["cards"] if c["domain"] == domain)

    def summaries(self, rows):
        return [row["summary"] for row in rows]


@tagged("post_install", "-at_install")
class TestCockpitCards(CockpitCase):
    def test_a_card_counts_what_is_open(self):
        self.found(
            self.row(0, severity="critical", money_at_risk=1000),
            self.row(1, severity="high", date_due=datetime(2026, 11, 24, 18)),
            self.row(2, severity="low", money_at_risk=250.5),
        )
        card = self.card()
        self.assertEqual(
            {name: card[name] for name in ("label", "open", "overdue", "severe")},
            {"label": "Supplies", "open": 3, "overdue": 1, "severe": 2},
        )
        self.assertEqual(
            card["money"],
            [{"currency_id": self.env.ref("base.USD").id, "amount": 1250.5}],
        )

    def test_closed_and_waived_ones_do_not_count(self):
        exceptions = self.found(self.row(0), self.row(1), self.row(2))
        exceptions[0].with_user(self.manager).action_waive("Wait.", "2026-12-01")
        self.found(self.row(0), self.row(1))
        self.assertEqual(self.card()["open"], 1)

    def test_a_new_domains_check_brings_its_card(self):
        """A domain registers a check; nothing of the cockpit is touched."""
        domains = [card["domain"] for card in self.data()["cards"]]
        self.assertEqual(domains, ["supply"])
        check = self.new_check("payer_notices", domain="payer")
        self.found(self.row(summary="A notice expires"), check=check)
        data = self.data()
        self.assertEqual(
            [(c["domain"], c["label"], c["open"]) for c in data["cards"]],
            [("supply", "Supplies", 0), ("payer", "Payers", 1)],
        )
        self.assertEqual(
            [line["domain"] for line in data["proof"]["lines"]], ["supply", "payer"]
        )
        with freeze_time("2026-11-28 18:30:00"):
            self.assertIn(
                "A notice expires", self.summaries(self.data()["todo"]["rows"])
            )

    def test_who_oversees_gets_a_card_for_each_domain_others_for_theirs(self):
        self.found(self.row())
        for role, cards in (
            ("manager", 1), ("director", 1), ("auditor", 1), ("head", 1), ("staff", 0),
            ("hr", 0),
        ):  # fmt: skip
            with self.subTest(role):
                self.assertEqual(len(self.data(role)["cards"]), cards)
        self.found()
        self.assertEqual(self.card()["open"], 0)

    def test_money_is_shown_to_those_who_may_read_it(self):
        self.found(self.row(user_id=self.staff.id, money_at_risk=80))
        self.assertEqual(self.card(role="staff")["money"], [])
        self.assertEqual(self.card(role="head")["money"][0]["amount"], 80)

    def test_the_trend_of_the_last_weeks(self):
        days = self.env["medical.core.exception.day"]
        today = datetime(2026, 11, 24).date()
        days.create(
            [
                {
                    "day": today - timedelta(weeks=back),
                    "company_id": self.company.id,
                    "domain": "supply",
                    "open_count": 10 + back,
                }
                for back in range(1, 16)
            ]
        )
        self.found(self.row(0), self.row(1))
        card = self.card()
        self.assertEqual(card["trend"], [17, 16, 15, 14, 13, 12, 11, 2])
        self.assertEqual(card["change"], -9)
        self.assertEqual(card["words"], "9 fewer than last week")
        self.assertEqual(
            card["compared"],
            "Average open: 12.5 in the last 8 weeks, 21.5 in the weeks before",
        )

    def test_a_domain_that_came_later_has_no_made_up_past(self):
        self.env["medical.core.exception.day"].create(
            {
                "day": datetime(2026, 11, 10).date(),
                "company_id": self.company.id,
                "domain": "supply",
                "open_count": 4,
            }
        )
        payer = self.new_check("payer_test", domain="payer")
        self.found(self.row(0), check=payer)
        self.assertEqual(self.card("payer")["words"], "first week")
        self.assertEqual(self.card("payer")["trend"], [1])
        self.assertEqual(self.card("supply")["trend"], [4, 4, 0])

    def test_the_first_week_has_no_trend(self):
        self.found(self.row())
        card = self.card()
        self.assertEqual(card["trend"], [1])
        self.assertEqual(card["words"], "first week")
        self.assertIsNone(card["change"])


@tagged("post_install", "-at_install")
class TestCockpitTodo(CockpitCase):
    def test_due_today_overdue_or_severe_is_to_be_done_today(self):
        self.found(
            self.row(0, summary="due tonight", date_due=datetime(2026, 11, 25, 5, 30)),
            self.row(1, summary="due tomorrow", date_due=datetime(2026, 11, 25, 7)),
            self.row(2, summary="overdue", date_due=datetime(2026, 11, 20)),
            self.row(3, "severe", severity="high", date_due=datetime(2026, 12, 20)),
        )
        todo = self.data()["todo"]
        # half past eleven at night in Chicago is still today
        self.assertEqual(
            self.summaries(todo["rows"]), ["severe", "overdue", "due tonight"]
        )
        self.assertEqual(todo["total"], 3)
        self.assertEqual(todo["by_severity"], {"high": 1, "medium": 2})

    def test_moments_come_with_the_clock_of_their_place(self):
        self.users["manager"].tz = "Asia/Tokyo"
        self.found(self.row(date_due=datetime(2026, 11, 24, 13, 15)))
        data = self.data()
        [row] = data["todo"]["rows"]
        self.assertEqual(row["date_due"], "2026-11-24 13:15:00")
        self.assertEqual(row["zone"], CHICAGO)
        self.assertEqual(data["user"]["zone"], CHICAGO)
        self.assertTrue(row["overdue"])

    def test_filters(self):
        payer = self.new_check("payer_test", domain="payer")
        late = datetime(2026, 11, 20)
        self.found(
            self.row(0, "mine", user_id=self.manager.id, date_due=late),
            self.row(1, "backup", backup_id=self.manager.id, date_due=late),
            self.row(2, "severe", severity="critical"),
        )
        self.found(self.row(3, "payer", date_due=late), check=payer)
        for filters, expected in (
            ({}, {"mine", "backup", "severe", "payer"}),
            ({"mine": True}, {"mine", "backup"}),
            ({"domain": "payer"}, {"payer"}),
            ({"severity": "critical"}, {"severe"}),
            ({"domain": "payer", "severity": "critical"}, set()),
        ):
            with self.subTest(filters):
                todo = self.data(**filters)["todo"]
                self.assertEqual(set(self.summaries(todo["rows"])), expected)
                self.assertEqual(todo["total"], len(expected))
                self.assertEqual(todo["everything"], 4)
                self.assertEqual(todo["mine"], 2)

    def test_who_steps_in_is_told_so(self):
        self.found(
            self.row(0, "owned", user_id=self.manager.id, severity="high"),
            self.row(1, "backed", user_id=self.staff.id, backup_id=self.manager.id,
                     severity="high"),
        )  # fmt: skip
        rows = {row["summary"]: row for row in self.data()["todo"]["rows"]}
        self.assertEqual(
            {name: (row["mine"], row["steps_in"]) for name, row in rows.items()},
            {"owned": (True, False), "backed": (True, True)},
        )

    def test_a_practice_of_several_sites_reads_which(self):
        [exception] = self.found(self.row(0, "empty shelf", severity="high"))
        self.env["medical.core.exception"].browse(exception.id)._pen().write(
            {"res_model": "stock.location", "res_id": self.rooms[1].id}
        )
        [row] = self.data()["todo"]["rows"]
        self.assertEqual(row["site"], "")  # there is but one
        self.env["stock.warehouse"].create(
            {
                "name": "North",
                "code": "NORTH",
                "company_id": self.company.id,
                "medical_is_site": True,
            }
        )
        [row] = self.data()["todo"]["rows"]
        self.assertEqual(row["site"], self.site.name)

    def test_the_list_of_the_rest_has_as_many(self):
        late = datetime(2026, 11, 20)
        self.found(
            self.row(0, "late", date_due=late),
            self.row(1, "severe", severity="critical"),
            self.row(2, "later", severity="low", date_due=datetime(2026, 12, 20)),
        )
        todo = self.data()["todo"]
        register = self.as_role(self.env["medical.core.exception"], "manager")
        self.assertEqual(register.search_count(todo["domain"]), todo["total"])
        self.assertEqual(todo["total"], 2)

    def test_the_mail_counts_as_the_cockpit_does(self):
        late = datetime(2026, 11, 20)
        self.found(
            self.row(0, "mine", user_id=self.manager.id, date_due=late),
            self.row(1, "severe", severity="critical"),
            self.row(2, "later", user_id=self.manager.id, severity="low",
                     date_due=datetime(2026, 12, 20)),
        )  # fmt: skip
        todo = self.data()["todo"]
        digest = self.env["medical.core.digest"]._digests(self.manager)[self.manager]
        self.assertEqual(
            digest["todo"], {"all": todo["everything"], "mine": todo["mine"]}
        )
        self.assertEqual(digest["todo"], {"all": 2, "mine": 1})

    def test_a_filter_that_is_none_is_refused(self):
        with self.assertRaisesRegex(UserError, "no area “x”"):
            self.data(domain="x")
        with self.assertRaisesRegex(UserError, "no severity “x”"):
            self.data(severity="x")

    def test_each_role_reads_its_own_list(self):
        late = datetime(2026, 11, 20)
        self.found(
            self.row(
                0, "own", user_id=self.staff.id, department_id=False, date_due=late
            ),
            self.row(1, "nursing", date_due=late),
            self.row(2, "other", company_id=self.other_company.id, date_due=late),
        )
        for role, expected in {
            "staff": {"own"},
            "head": {"nursing"},
            "hr": set(),
            "manager": {"own", "nursing"},
            "auditor": {"own", "nursing"},
            "outsider": {"other"},
        }.items():
            with self.subTest(role):
                rows = self.data(role)["todo"]["rows"]
                self.assertEqual(set(self.summaries(rows)), expected)

    def test_what_a_row_offers_is_what_the_role_may_do(self):
        self.found(self.row(severity="high", user_id=self.head.id))
        offers = ("can_assign", "can_waive", "can_approve")
        for role, expected in {
            "manager": (True, True, False),
            "head": (False, True, False),
            "auditor": (False, False, False),
        }.items():
            with self.subTest(role):
                [row] = self.data(role)["todo"]["rows"]
                self.assertEqual(tuple(row[name] for name in offers), expected)
        self.register().with_user(self.head).action_waive("Wait.", "2026-12-01")
        [row] = self.data()["todo"]["rows"]
        self.assertEqual(row["state"], "requested")
        self.assertTrue(row["can_approve"])

    def test_a_long_list_is_cut_and_counted(self):
        things = self.env["res.partner"].create([{"name": f"T{i}"} for i in range(70)])
        self.found(*(self.row(severity="high")._replace(res_id=i) for i in things.ids))
        todo = self.data()["todo"]
        self.assertEqual((len(todo["rows"]), todo["total"]), (60, 70))


@tagged("post_install", "-at_install")
class TestCockpitAhead(CockpitCase):
    def ahead(self, role="manager"):
        return [(one["day"], one["text"]) for one in self.data(role)["ahead"]]

    def test_deliveries_of_the_coming_days(self):
        vendor = self.env["res.partner"].create({"name": "Meridian"})
        item = self.env["product.product"].create(
            {"name": "Gauze", "type": "consu", "is_storable": True}
        )
        order = self.env["purchase.order"].create(
            {
                "partner_id": vendor.id,
                "company_id": self.company.id,
                "picking_type_id": self.site.in_type_id.id,
                "order_line": [
                    (0, 0, {"product_id": item.id, "product_qty": 1, "price_unit": 1})
                ],
            }
        )
        order.button_confirm()
        # late in the evening of the 24th in Chicago
        order.picking_ids.scheduled_date = datetime(2026, 11, 25, 4)
        self.assertEqual(self.ahead(), [("2026-11-24", "Deliveries: 1 (Meridian)")])
        self.assertEqual(self.ahead("staff"), [])
        order.picking_ids.scheduled_date = datetime(2026, 12, 20)
        self.assertEqual(self.ahead(), [])

    def test_staff_begin_with_large_buttons(self):
        buttons = self.data("staff")["starts"]
        self.assertEqual(
            {
                button["label"]: [start["label"] for start in button["starts"]]
                for button in buttons
            },
            {
                "Walk a Round": ["Walk a Round"],
                "Count a Shelf": ["Count a Shelf"],
                "Request an Item": ["Request an Item"],
                "Report": ["Report a Fault", "Report an Incident"],
                "My Pay": ["My Pay"],
            },
        )
        for button in buttons:
            for start in button["starts"]:
                self.assertTrue(self.env.ref(start["action"]))
        for role in ("manager", "director", "auditor"):
            self.assertEqual(self.data(role)["starts"], [])

    def test_green_only_where_something_was_looked_at(self):
        self.found(looked_at=0)
        self.assertEqual(self.card()["looked_at"], 0)
        self.found(looked_at=7)
        self.assertEqual(self.card()["looked_at"], 7)


@tagged("post_install", "-at_install")
class TestCockpitChanges(CockpitCase):
    def changes(self, role="manager"):
        changes = self.data(role)["changes"]
        return {
            kind: self.summaries(changes[kind]["rows"])
            for kind in ("opened", "reopened", "closed")
        }

    def test_the_first_look_shows_a_week(self):
        with freeze_time("2026-11-10 18:30:00"):
            self.found(self.row(0, "old"))
        self.found(self.row(0, "old"), self.row(1, "new"))
        self.assertEqual(self.data()["changes"]["since"], "2026-11-17 18:30:00")
        self.assertEqual(
            self.changes(), {"opened": ["new"], "reopened": [], "closed": []}
        )

    def test_what_changed_since_the_last_look(self):
        self.found(self.row(0, "stays"), self.row(1, "goes"), self.row(2, "returns"))
        self.found(self.row(0, "stays"), self.row(1, "goes"))
        self.data()  # the manager looks
        with freeze_time("2026-11-25 14:00:00"):
            self.found(
                self.row(0, "stays"), self.row(2, "returns"), self.row(3, "comes")
            )
            self.assertEqual(
                self.changes(),
                {"opened": ["comes"], "reopened": ["returns"], "closed": ["goes"]},
            )

    def test_coming_back_after_a_minute_is_the_same_look(self):
        self.data()
        with freeze_time("2026-11-25 14:00:00"):
            self.found(self.row(0, "comes"))
            self.data()
        with freeze_time("2026-11-25 14:20:00"):
            self.assertEqual(self.changes()["opened"], ["comes"])
        with freeze_time("2026-11-25 15:30:00"):
            self.assertEqual(self.changes()["opened"], [])

    def test_marked_as_seen_is_no_news(self):
        self.data()
        with freeze_time("2026-11-25 14:00:00"):
            self.found(self.row(0, "comes"))
            self.assertEqual(self.changes()["opened"], ["comes"])
            self.as_role(self.env["medical.core.cockpit"], "manager").mark_seen()
            self.assertEqual(self.changes()["opened"], [])

    def test_each_user_has_an_own_look(self):
        self.data("manager")
        with freeze_time("2026-11-25 14:00:00"):
            self.found(self.row(0, "comes"))
            self.data("manager")
            self.as_role(self.env["medical.core.cockpit"], "manager").mark_seen()
            self.assertEqual(self.changes("director")["opened"], ["comes"])
        looks = self.env["medical.core.look"].search(
            [("user_id", "in", (self.manager | self.users["director"]).ids)]
        )
        self.assertEqual(len(looks), 2)

    def test_what_a_role_does_not_see_is_no_news(self):
        self.found(self.row(0, "comes"))
        self.assertEqual(self.changes("staff")["opened"], [])
        self.assertEqual(self.changes("head")["opened"], ["comes"])


@tagged("post_install", "-at_install")
class TestCockpitProof(CockpitCase):
    def test_it_proves_that_the_checks_ran(self):
        self.found(self.row(), looked_at=1500)
        proof = self.data()["proof"]
        self.assertEqual(
            proof,
            {
                "checks": 1,
                "last": "2026-11-24 18:30:00",
                "looked_at": 1500,
                "found": 1,
                "failed": 0,
                "stale": 0,
                "lines": [
                    {
                        "domain": "supply",
                        "label": "Supplies",
                        "checks": 1,
                        "last": "2026-11-24 18:30:00",
                        "looked_at": 1500,
                        "found": 1,
                        "failed": 0,
                        "stale": 0,
                    }
                ],
                "broken": [],
            },
        )

    def test_a_check_that_never_ran_is_no_proof(self):
        proof = self.data()["proof"]
        self.assertEqual((proof["last"], proof["stale"]), (False, 1))
        self.assertEqual(proof["broken"][0]["status"], "never")

    def test_a_failed_check_is_named_with_its_error(self):
        self.failed(ValueError("no table"))
        for role, error in (
            ("manager", "ValueError: no table"),
            ("auditor", "ValueError: no table"),
            ("staff", ""),  # it may quote a record
        ):
            with self.subTest(role):
                proof = self.data(role)["proof"]
                self.assertEqual(proof["failed"], 1)
                self.assertEqual(proof["lines"][0]["failed"], 1)
                self.assertEqual(
                    proof["broken"],
                    [
                        {
                            "id": self.check.id,
                            "name": "Supply test",
                            "status": "error",
                            "error": error,
                        }
                    ],
                )

    def test_a_check_of_the_day_before_yesterday_is_stale(self):
        self.found()
        with freeze_time("2026-11-26 18:30:00"):
            proof = self.data()["proof"]
        self.assertEqual(proof["stale"], 1)
        self.assertEqual(proof["broken"][0]["status"], "stale")


@tagged("post_install", "-at_install")
class TestCockpitAccess(CockpitCase):
    def test_who_has_no_role_is_refused(self):
        cockpit = self.as_role(self.env["medical.core.cockpit"], "plain")
        for method in ("data", "refresh", "mark_seen"):
            with (
                self.subTest(method),
                self.assertRaisesRegex(AccessError, "administrator for a role"),
            ):
                call_kw(cockpit, method, [], {})

    def test_who_may_refresh(self):
        for role, may in {
            "manager": True,
            "director": True,
            "head": True,
            "staff": False,
            "auditor": False,
        }.items():
            with self.subTest(role):
                self.assertEqual(self.data(role)["user"]["may_refresh"], may)
                cockpit = self.as_role(self.env["medical.core.cockpit"], role)
                if may:
                    self.check.sudo().ran_at = False
                    call_kw(cockpit, "refresh", [], {})
                    self.assertTrue(self.check.ran_at)
                else:
                    with self.assertRaises(AccessError):
                        call_kw(cockpit, "refresh", [], {})

    def test_rpc_does_not_reach_the_parts(self):
        cockpit = self.as_role(self.env["medical.core.cockpit"], "staff")
        for method in ("_proof", "_broken", "_counts", "_todo"):
            with self.subTest(method), self.assertRaises(AccessError):
                call_kw(cockpit, method, [], {})

    def test_the_app_opens_on_the_cockpit(self):
        menus = self.env["ir.ui.menu"].with_user(self.manager).load_web_menus(False)
        app = self.env.ref("medical_office.medical_office_menu_root")
        self.assertEqual(menus[app.id]["actionPath"], "medical-office")


@tagged("post_install", "-at_install")
class TestCockpitQueries(CockpitCase):
    def test_queries_do_not_grow_with_the_register(self):
        things = self.env["res.partner"].create([{"name": f"T{i}"} for i in range(200)])
        people = [self.users[role].id for role in ("staff", "head", "hr", "manager")]
        counts = {}
        for size in (20, 200):
            self.found(
                *(
                    self.row(
                        severity=("low", "high", "critical")[i % 3],
                        user_id=people[i % 4],
                        money_at_risk=i,
                    )._replace(res_id=i)
                    for i in things[:size].ids
                )
            )
            for role in ("manager", "head", "staff"):
                self.data(role)  # the look is noted, the caches of the role are filled
                counts.setdefault(role, []).append(
                    self.count_queries(lambda r=role: self.data(r))
                )
        for role, (few, many) in counts.items():
            with self.subTest(role):
                self.assertLessEqual(many, few)
                self.assertLess(many, 60)
