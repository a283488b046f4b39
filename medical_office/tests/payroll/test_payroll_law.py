"""A new year without a programmer: packages, their release, provisional pay."""

import base64
import csv
import io
from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ...models.payroll.law import package_try
from ...tools.payroll.law import lawarchive, lawtable
from ...tools.payroll.law.lawspec import SPECS
from .guard_case import GuardCase
from .run_case import NOW

YEARLY = (
    "federal_parameters",
    "federal_schedules",
    "federal_contributions",
    "limits_annual",
)
SPANS = ("state_guides", "state_other", "state_minimum_wages")
CHILDREN = ("state_parameters", "state_brackets", "state_steps")
START, END, PAYDAY = date(2026, 12, 20), date(2027, 1, 2), date(2027, 1, 8)
NEXT = date(2027, 1, 3), date(2027, 1, 16), date(2027, 1, 22)

# a row of each table that the pay of these two people is computed from, and a change
USED = (
    ("federal_parameters", {"year": "2027"}, {"line_1g_other": "0"}),
    (
        "federal_schedules",
        {"year": "2027", "schedule": "standard", "filing_status": "single_mfs"}
        | {"rate_percent": "22"},
        {"rate_percent": "23"},
    ),
    (
        "federal_contributions",
        {"year": "2027"},
        {"futa_credit_percent": "5.3"},
    ),
    (
        "state_brackets",
        {"state": "WI", "valid_from": "2027-01-01", "floor": "25520"},
        {"rate_percent": "5.4"},
    ),
    (
        "state_parameters",
        {"state": "WI", "valid_from": "2027-01-01", "name": "deduction"}
        | {"column": "single"},
        {"value": "6000"},
    ),
    (
        "garnishment_limits",
        {"key": "ordinary_percent"},
        {"value": "1"},
    ),
)


def shipped(name):
    return [dict(row) for row in lawtable.of_the_law().rows(name)]


def as_csv(name, rows):
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, SPECS[name].columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def is_there(name, row):
    """Whether the row of a year is shipped for 2027, too: wage base, HSA limits."""
    if name == "federal_contributions":
        return True
    items = {r["item"] for r in shipped(name) if r["year"] == "2027" and "item" in r}
    return row.get("item") in items


def of_2027(state="WI"):
    """The tables that a practice in one state needs, as if 2027 were 2026; what is
    shipped for 2027 already stays as it is."""
    tables = {
        name: [
            row | {"year": "2027"}
            for row in shipped(name)
            if row["year"] == "2026"
            and row.get("status", "published") == "published"
            and not is_there(name, row)
        ]
        for name in YEARLY
    }
    tables = {name: rows for name, rows in tables.items() if rows}
    for name in SPANS:
        rows = [
            row
            for row in shipped(name)
            if row["state"] == state
            and (row["valid_from"] or "0") <= "2026-12-31" <= (row["valid_to"] or "9")
        ]
        for row in rows:
            old = row | {"valid_to": "2026-12-31"}
            new = row | {"valid_from": "2027-01-01", "valid_to": "2027-12-31"}
            tables.setdefault(name, []).extend([old, new])
    day = tables["state_guides"][0]["valid_from"]
    for name in CHILDREN:
        rows = [
            row | {"valid_from": "2027-01-01"}
            for row in shipped(name)
            if row["state"] == state and row["valid_from"] == day
        ]
        if rows:
            tables[name] = rows
    return tables


def archive(tables, version="1", year=2027):
    files = {f"tables/{name}.csv": as_csv(name, rows) for name, rows in tables.items()}
    return base64.b64encode(lawarchive.pack(f"Law of {year}", year, version, files))


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPayrollLaw(GuardCase):
    """Payroll imports, the director releases; nobody does both."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # the law is one for all companies: who works for all of them imports it
        cls.let_work_for_all("payroll", "director")
        cls.env["medical.payroll.state.account"].create(
            {
                "company_id": cls.company.id,
                "state_id": cls.wisconsin.id,
                "year": 2027,
                "suta_percent": 3.05,
                "suta_base": 14000,
            }
        )

    def imported(self, tables, version="1", year=2027, role="payroll"):
        packages = self.env["medical.payroll.law.package"]
        return packages.with_user(self.users[role]).create(
            {"file": archive(tables, version, year)}
        )

    def released(self, tables, version="1", year=2027):
        package = self.imported(tables, version, year)
        package.action_submit()
        self.as_role(package, "director").action_release()
        return package

    def pay_of_2027(self, start=START, end=END, day=PAYDAY):
        run = self.run_of(start, end, day)
        run.action_medical_compute()
        return run.slip_ids.filtered(lambda slip: slip.employee_id == self.nurse)

    def confirm(self, slip):
        slip._engine_set_state("done")
        slip.invalidate_recordset()

    # ------------------------------------------------------------------- packages

    def test_a_package_says_what_it_is_and_nobody_else_does(self):
        package = self.imported(of_2027())
        self.assertEqual((package.year, package.version), (2027, "1"))
        self.assertEqual(package.name, "Law of 2027")
        with self.assertRaises(AccessError):
            package.write({"digest": "0" * 64})
        with self.assertRaises(AccessError):
            package.write({"file": archive(of_2027(), "2")})

    def test_a_bad_package_is_not_born(self):
        count = self.env["medical.payroll.law.package"].search_count([])
        content = base64.b64decode(archive(of_2027()))
        with self.assertRaisesRegex(ValidationError, "no zip archive"):
            self.env["medical.payroll.law.package"].create(
                {"file": base64.b64encode(content[:-200])}
            )
        self.assertEqual(
            self.env["medical.payroll.law.package"].search_count([]), count
        )

    def test_the_dry_run_shows_all_and_uses_nothing(self):
        tables = of_2027()
        tables["limits_annual"] = [
            row
            for row in tables["limits_annual"]
            if row["item"] != "federal_minimum_wage"
        ]
        package = self.imported(tables)
        package.action_try()
        self.assertGreater(package.new_count, 20)
        self.assertIn("ederal minimum wage", package.missing)
        self.assertNotIn("federal_schedules", package.missing)
        for shown in (package.missing_links, package.unproven):
            self.assertIn('href="https://', shown)  # where it is published
        self.assertFalse(package.difference_ids)
        self.assertIn("2027", self.pay_of_2027().medical_problem)

    def test_a_table_with_a_gap_is_refused_with_file_row_and_remedy(self):
        tables = of_2027()
        new = tables["state_minimum_wages"][-1]
        new["valid_from"] = "2027-02-01"
        package = self.imported(tables)
        with self.assertRaisesRegex(UserError, r"state_minimum_wages.csv row 3.*Close"):
            package.action_try()
        with self.assertRaises(UserError):
            package.action_submit()
        self.assertEqual(package.state, "draft")

    def test_who_imported_does_not_release(self):
        package = self.imported(of_2027())
        package.action_submit()
        with self.assertRaises(AccessError):
            package.action_release()
        own = self.env["medical.payroll.law.package"].create(
            {"file": archive(of_2027(), "3")}
        )
        self.assertTrue(own)
        for role in ("payroll", "manager", "accountant", "staff"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.as_role(package, role).action_release()

    def test_what_is_released_counts_by_pay_date_without_a_restart(self):
        self.assertIn("2027", self.pay_of_2027().medical_problem)
        package = self.released(of_2027())
        slip = self.pay_of_2027()
        self.assertFalse(slip.medical_problem)
        self.assertIn(package.digest[:12], slip.medical_law)
        self.assertIn("built-in", slip.medical_law)
        before = self.run_of(date(2026, 12, 6), date(2026, 12, 19), date(2026, 12, 24))
        before.action_medical_compute()
        self.assertNotIn(package.digest[:12], before.slip_ids[0].medical_law)

    def test_every_worker_asks_anew_after_a_release(self):
        packages = self.env["medical.payroll.law.package"]
        self.assertEqual(packages._released_digests(), ())
        package = self.released(of_2027())
        self.assertEqual(packages._released_digests()[0][0], package.id)
        self.assertTrue(self.env.registry.cache_invalidated)

    def test_it_is_withdrawn_until_a_confirmed_slip_has_used_it(self):
        package = self.released(of_2027())
        self.as_role(package, "director").action_withdraw("a figure is wrong")
        self.assertEqual(package.state, "withdrawn")
        self.assertIn("2027", self.pay_of_2027().medical_problem)
        package = self.released(of_2027(), "2")
        slip = self.pay_of_2027(*NEXT)
        self.confirm(slip)
        with self.assertRaisesRegex(UserError, "was used for the pay date 01/22/2027"):
            self.as_role(package, "director").action_withdraw("too late")

    def test_every_payslip_of_the_dates_is_compared_and_counted(self):
        """The list ends somewhere, the comparison does not; one pay date at a time."""
        other = self.two_paid()
        other.action_try()
        days = other.difference_ids.slip_id.mapped("medical_date_pay")
        self.assertEqual(set(days), {PAYDAY, NEXT[2]})
        with patch.object(package_try, "MOST_LINES", 1):
            other.action_try()
        self.assertEqual(other.difference_count, 2)
        self.assertEqual(other.compared_count, 2)
        self.assertEqual(other.difference_ids.slip_id.medical_date_pay, NEXT[2])
        self.assertIn("1 of the 2 payslips", other.listed_note)

    def two_paid(self):
        """Two confirmed payslips, and a package that would change both."""
        self.released(of_2027())
        for span in (START, END, PAYDAY), (*NEXT,):
            run = self.run_of(*span)
            run._medical_generate(self.nurse)
            run._medical_compute()
            run._medical_confirm()
        tables = of_2027()
        for row in tables["federal_schedules"]:
            row["rate_percent"] = str(int(row["rate_percent"]) + 1)
        return self.imported({"federal_schedules": tables["federal_schedules"]}, "2")

    def test_a_long_dry_run_goes_step_by_step_and_shows_how_far_it_is(self):
        other = self.two_paid()
        with patch.object(package_try, "CHUNK", 1):
            action = other.action_try()
            self.assertEqual(action["tag"], "medical_payroll_steps")
            self.assertEqual(action["params"]["method"], "try_step")
            self.assertTrue(other.change_ids)
            self.assertFalse(other.tried_at)
            self.assertEqual(
                [tuple(other.try_step().values()) for _step in range(2)],
                [(1, 2, False), (2, 2, True)],
            )
            self.assertTrue(other.tried_at)
            self.assertEqual((other.difference_count, other.compared_count), (2, 2))
            self.assertEqual(
                tuple(other.try_step(restart=True).values()), (0, 2, False)
            )
            # somebody else goes on with it, and another package comes into force
            director = self.as_role(other, "director")
            self.assertEqual(tuple(director.try_step().values()), (1, 2, False))
            other._pen().tried_over = "another edition"
            self.assertEqual(tuple(other.try_step().values()), (0, 2, False))
            self.assertFalse(other.difference_ids)
        for role in ("accountant", "hr", "staff"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.as_role(other, role).try_step()

    def test_what_was_compared_is_not_compared_again_for_the_release(self):
        other = self.two_paid()
        other.write({"corrects_used": True, "note": "Misprint in Pub. 15-T"})
        with patch.object(package_try, "MOST_AT_ONCE", 1):
            # more than one request can do: the dialog does it
            with self.assertRaisesRegex(UserError, "2 payslips.*start the dry run"):
                other.action_submit()
            other.action_try()
            tried = type(other)._try_begin
            with patch.object(
                type(other), "_try_begin", side_effect=tried, autospec=True
            ) as begun:
                other.action_submit()
                self.assertFalse(begun.called)
        # what was confirmed since is compared before the release
        run = self.run_of(date(2027, 1, 17), date(2027, 1, 30), date(2027, 2, 5))
        run._medical_generate(self.nurse)
        run._medical_compute()
        run._medical_confirm()
        self.as_role(other, "director").action_release()
        self.assertEqual((other.difference_count, other.compared_count), (3, 3))

    def test_figures_already_used_change_only_on_purpose(self):
        package = self.released(of_2027())
        slip = self.pay_of_2027()
        self.confirm(slip)
        kept = [(item.code, item.amount) for item in slip.medical_item_ids]
        tables = of_2027()
        for row in tables["federal_schedules"]:
            if row["rate_percent"] == "22":
                row["rate_percent"] = "23"
        other = self.imported({"federal_schedules": tables["federal_schedules"]}, "2")
        other.action_try()
        self.assertEqual(other.difference_ids.slip_id, slip)
        self.assertEqual(set(other.difference_ids.mapped("code")), {"FIT"})
        self.assertEqual((other.difference_count, other.compared_count), (1, 1))
        self.assertFalse(other.listed_note)
        with self.assertRaisesRegex(UserError, "federal_schedules.csv row"):
            other.action_submit()
        other.write({"corrects_used": True, "note": "Misprint in Pub. 15-T"})
        other.action_submit()
        self.as_role(other, "director").action_release()
        self.assertEqual(
            kept, [(item.code, item.amount) for item in slip.medical_item_ids]
        )
        self.assertIn(package.digest[:12], slip.medical_law)

    def test_a_figure_that_was_used_is_kept_whatever_table_it_is_in(self):
        """Each table that this pay was computed from: its rows cannot be replaced in
        passing, and nothing changes where somebody tries."""
        self.work(self.clerk, 8, self.days(START, 10))
        package = self.released(of_2027())
        run = self.run_of(START, END, PAYDAY)
        run.action_medical_compute()
        self.confirm(run.slip_ids)
        figures = self.figures(run)
        digests = package._released_digests()
        for number, (name, old, new) in enumerate(USED):
            with self.subTest(name), self.cr.savepoint():
                rows = self.replaced(name, old, new)
                other = self.imported({name: rows}, f"9.{number}")
                told = rf"tables/{name}.csv row \d.*already used.*01/08/2027"
                self.refused(other.action_submit, UserError, told)
                self.assertEqual(other.state, "draft")
                self.assertEqual(other._released_digests(), digests)
        self.assertEqual(self.figures(run), figures)

    def replaced(self, name, old, new):
        """The rows of a table as released for 2027 that hold ``old``, changed to ``new``
        (cells that have to be there), with the rest of their group."""
        book = self.env["medical.payroll.law.package"]._book()
        rows = [dict(row) for row in book.rows(name)]
        changed = [row for row in rows if old.items() <= row.items()]
        self.assertEqual(len(changed), 1, name)
        group = SPECS[name].group
        mates = [
            row
            for row in rows
            if all(row[column] == changed[0][column] for column in group)
        ]
        changed[0].update(new)
        return mates

    def figures(self, run):
        run.slip_ids.invalidate_recordset()
        return [
            (item.slip_id.id, item.code, item.key, item.amount, item.taxed_wages)
            for item in run.slip_ids.medical_item_ids.sorted("id")
        ]

    def test_it_stays_whichever_kind_of_pay_has_used_it(self):
        """Regular, off-cycle and final pay and a bonus alike, and also pay that was taken
        back since."""
        self.released(of_2027())
        for number, kind in enumerate(("regular", "offcycle", "final", "bonus")):
            with self.subTest(kind), self.cr.savepoint() as point:
                self.earn_once(kind)
                people = (
                    {}
                    if kind == "regular"
                    else {"medical_employee_ids": [(6, 0, self.nurse.ids)]}
                )
                run = self.run_of(START, END, PAYDAY, medical_kind=kind, **people)
                run.action_medical_compute()
                slip = run.slip_ids.filtered(lambda one: one.employee_id == self.nurse)
                self.assertFalse(slip.medical_problem)
                package = self.env["medical.payroll.law.package"].search([], limit=1)
                self.confirm(slip)
                if number % 2:
                    slip.with_user(self.users["payroll"]).action_medical_void("not so")
                self.refused(
                    lambda package=package: self.as_role(
                        package, "director"
                    ).action_withdraw("late"),
                    UserError,
                    "was used for the pay date 01/08/2027",
                )
                self.assertEqual(package.state, "released")
                point.rollback()
                self.env.invalidate_all()

    def earn_once(self, kind):
        if kind == "bonus":
            self.env["medical.payroll.earning"].create(
                {
                    "employee_id": self.nurse.id,
                    "name": "Year-end bonus",
                    "kind": "bonus",
                    "amount": 500,
                    "once": True,
                    "date_from": START,
                }
            )

    def test_what_was_computed_before_a_release_is_computed_again(self):
        self.released(of_2027())
        run = self.pay_of_2027().payslip_run_id
        self.assertFalse(run._other_law())
        tables = of_2027()
        for row in tables["federal_schedules"]:
            if row["rate_percent"] == "22":
                row["rate_percent"] = "23"
        self.released({"federal_schedules": tables["federal_schedules"]}, "2")
        run._medical_preflight()
        found = run.medical_finding_ids.filtered(lambda one: one.code == "law")
        self.assertEqual((found.level, found.can_waive), ("blocker", False))
        self.assertIn("Compute the pay run again", found.summary)
        self.assertEqual(run._other_law(), found.summary)  # the approval asks it, too
        run.action_medical_compute()
        run._medical_preflight()
        self.assertNotIn("law", run.medical_finding_ids.mapped("code"))

    def test_a_run_names_all_that_its_year_lacks_at_once(self):
        run = self.pay_of_2027().payslip_run_id
        run._medical_preflight()
        found = run.medical_finding_ids.filtered(lambda f: f.code == "law_missing")
        text = "\n".join(found.mapped("summary"))
        for what in ("Publication 15-T (2027)", "Wisconsin in 2027", "minimum wage"):
            self.assertIn(what, text)
        self.assertEqual(set(found.mapped("can_waive")), {False})
        self.released(of_2027())
        run.action_medical_compute()
        run._medical_preflight()
        self.assertNotIn("law_missing", run.medical_finding_ids.mapped("code"))

    def test_returned_it_can_be_deleted_and_released_it_cannot(self):
        package = self.imported(of_2027())
        package.action_submit()
        self.as_role(package, "director").action_return("another title, please")
        self.assertEqual(package.state, "draft")
        package.unlink()
        package = self.released(of_2027())
        with self.assertRaises(UserError):
            self.as_role(package, "payroll").unlink()

    # ------------------------------------------------------------------- readiness

    def found(self, day):
        with freeze_time(day):
            result = self.env["res.company"]._medical_check_coming_year()
        return [row for row in result.rows if row.company_id == self.company.id]

    def test_the_coming_year_is_a_finding_from_october_and_severe_from_december(self):
        self.assertFalse(self.found("2026-09-30 12:00:00"))
        rows = self.found("2026-10-01 12:00:00")
        self.assertEqual({row.severity for row in rows}, {"medium"})
        texts = "\n".join(row.summary for row in rows)
        for what in (
            "Publication 15-T",
            "of Wisconsin in 2027",
        ):
            self.assertIn(what, texts)
        severe = self.found("2026-12-01 12:00:00")
        self.assertEqual({row.severity for row in severe}, {"critical"})
        self.assertEqual(len(severe), len(rows))
        self.released(of_2027())
        self.assertFalse(self.found("2026-12-01 12:00:00"))

    # ----------------------------------------------------------------- provisional

    def provision(self):
        return (
            self.env["medical.payroll.law.provision"]
            .with_user(self.users["payroll"])
            .create(
                {
                    "company_id": self.company.id,
                    "year": 2027,
                    "note": "Publication 15-T is late",
                }
            )
        )

    def agreed(self):
        provision = self.provision()
        provision.action_submit()
        self.as_role(provision, "director").action_agree()
        return provision

    def test_nothing_falls_back_before_a_second_person_agreed(self):
        provision = self.provision()
        provision.action_submit()
        self.assertIn("2027", self.pay_of_2027().medical_problem)
        with self.assertRaises(AccessError):
            provision.action_agree()

    def test_provisional_pay_says_so_and_is_settled_by_itself(self):
        self.agreed()
        slip = self.pay_of_2027()
        self.assertFalse(slip.medical_problem)
        self.assertIn("Paid provisionally on the tables of 2026", slip.medical_notes)
        self.assertIn("2027 provisionally by 2026", slip.medical_law)
        withheld = self.total(slip, "FIT")
        self.confirm(slip)

        tables = of_2027()
        for row in tables["federal_parameters"]:
            row["line_1g_other"] = "0"  # 8,600 more a year are taxed
        self.released(tables)
        after = self.pay_of_2027(*NEXT)
        self.assertNotIn("provisionally by", after.medical_law)
        items = after.medical_item_ids.filtered(lambda item: item.code == "FIT")
        own = items.filtered(lambda item: "settled" not in item.name)
        settled = items - own
        self.assertEqual(len(settled), 1)
        # equal pay in both periods: what is settled is what the first lacked
        self.assertAlmostEqual(settled.amount, own.amount - withheld, places=2)
        self.assertLess(settled.amount, 0)
        self.assertIn("Pay of 01/08/2027 was provisional", after.medical_notes)
        rows = self.env["medical.payroll.law.settlement"].search(
            [("slip_id", "=", after.id)]
        )
        self.assertEqual(rows.of_id, slip)
        self.confirm(after)
        third = self.pay_of_2027(date(2027, 1, 17), date(2027, 1, 30), date(2027, 2, 5))
        names = third.medical_item_ids.mapped("name")
        self.assertFalse([name for name in names if "settled" in name])

    def test_where_nothing_is_missing_nothing_is_provisional(self):
        self.released(of_2027())
        provision = self.provision()
        with self.assertRaisesRegex(UserError, "Nothing that"):
            provision.action_submit()
