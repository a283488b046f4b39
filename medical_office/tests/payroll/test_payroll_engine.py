"""The engine against OCA's slip-by-slip computation, and its promises."""

import random
from contextlib import suppress
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .engine_case import EngineCase
from .payroll_case import END, PAYDAY, START

RUN = "odoo.addons.medical_office.models.payroll.run.run"


@tagged("post_install", "-at_install")
class TestPayrollEngine(EngineCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls.env["hr.employee"].union(
            cls.hire("Ann Salary", 78000),
            cls.hire("Bob Month", 4100, "month", w4={"filing_status": "married_joint"}),
            cls.hire("Cid Hourly", 21.35, "hour", w4=None),
        )
        cls.work(cls.people[2], 9.25, cls.days(START, 10))

    # ------------------------------------------------------------- differential

    def test_our_structure(self):
        run = self.paid()
        self.assertEqual(len(run.slip_ids), 3)
        self.compare(run)

    def test_our_rules_are_asked_without_the_variables_of_oca(self):
        """Every rule of ours is one that the engine asks or adds up by itself; a text
        that it does not know sends all slips the long way round, and the bench shows it."""
        run = self.run_of()
        run._medical_generate()
        base = self.registry["hr.payslip"]
        with patch.object(
            base, "_get_baselocaldict", side_effect=AssertionError("the long way round")
        ):
            run._medical_compute()
        self.assertEqual(len(run.slip_ids.filtered("medical_net")), 3)

    def test_a_code_that_stands_twice_takes_the_long_way(self):
        """The second rule of a code corrects the first: OCA's own order of things."""
        gross = self.env.ref("medical_office.payroll_structure_us").rule_ids.filtered(
            lambda rule: rule.code == "GROSS"
        )
        gross.copy({"name": "Gross again", "code": "GROSS", "sequence": 9999})
        self.compare(self.paid())

    def demo_structure(self):
        """OCA's demo structure, rule by rule (its demo data is not installed)."""
        env = self.env
        category = {
            code: env["hr.salary.rule.category"].create({"name": code, "code": code})
            for code in ("BASIC", "ALW", "DGROSS", "DED", "DNET")
        }

        def rule(code, kind, sequence, select, **values):
            return env["hr.salary.rule"].create(
                {
                    "name": code,
                    "code": code,
                    "category_id": category[kind].id,
                    "sequence": sequence,
                    "amount_select": select,
                    "company_id": self.company.id,
                    **values,
                }
            )

        sale = rule(
            "SALE",
            "ALW",
            17,
            "code",
            amount_python_compute="result = ((inputs.SALEURO and inputs.SALEURO.amount) + "
            "(inputs.SALASIA and inputs.SALASIA.amount)) * 0.01",
        )
        env["hr.rule.input"].create(
            [
                {"name": code, "code": code, "input_id": sale.id}
                for code in ("SALEURO", "SALASIA")
            ]
        )
        rules = sale.union(
            rule(
                "BASICS",
                "BASIC",
                1,
                "code",
                amount_python_compute="result = contract.wage",
            ),
            rule(
                "HRA",
                "ALW",
                5,
                "percentage",
                amount_percentage=40,
                amount_percentage_base="contract.wage",
            ),
            rule("CA", "ALW", 10, "fix", amount_fix=800),
            rule(
                "MA",
                "ALW",
                16,
                "fix",
                amount_fix=10,
                quantity="worked_days.WORK100 and worked_days.WORK100.number_of_days",
            ),
            rule(
                "GROSSD",
                "DGROSS",
                100,
                "code",
                amount_python_compute="result = categories.BASIC + categories.ALW",
            ),
            rule(
                "PF",
                "DED",
                120,
                "percentage",
                amount_percentage=-12.5,
                amount_percentage_base="contract.wage",
            ),
            rule("PT", "DED", 150, "fix", amount_fix=-200),
            rule(
                "NETD",
                "DNET",
                200,
                "code",
                amount_python_compute="result = categories.BASIC + categories.ALW "
                "+ categories.DED",
            ),
        )
        return env["hr.payroll.structure"].create(
            {
                "name": "Marketing Executive",
                "code": "ME",
                "company_id": self.company.id,
                "parent_id": False,
                "rule_ids": [(6, 0, rules.ids)],
            }
        )

    def test_the_demo_structure(self):
        structure = self.demo_structure()
        run = self.run_of(struct_id=structure.id)
        slips = run._medical_generate()
        self.env["hr.payslip.input"].create(
            {
                "payslip_id": slips[0].id,
                "contract_id": slips[0].contract_id.id,
                "name": "Sales",
                "code": "SALEURO",
                "amount": 12345.67,
            }
        )
        rows = self.compare(run)
        first = {row["code"]: row["total"] for row in rows[slips[0].id]}
        self.assertEqual(float(first["SALE"]), 123.46)
        self.assertEqual(float(first["MA"]), 100)

    def generated(self, seed):
        """A rule set by chance: every kind of rule, parents, gaps, shared codes."""
        dice = random.Random(seed)
        env = self.env
        parent = env["hr.salary.rule.category"].create(
            {"name": "Top", "code": f"TOP{seed}"}
        )
        categories = parent.union(
            *(
                env["hr.salary.rule.category"].create(
                    {
                        "name": f"C{index}",
                        "code": f"C{seed}_{index}",
                        "parent_id": dice.choice([False, parent.id]),
                    }
                )
                for index in range(3)
            )
        )
        rules = env["hr.salary.rule"]
        for index in range(dice.randint(6, 14)):
            earlier = [rule.code for rule in rules if rule.code]
            base = dice.choice(
                [
                    "contract.wage",
                    f"categories.{dice.choice(categories).code}",
                    "1000.0",
                ]
            )
            values = {
                "name": f"Rule {index}",
                "code": dice.choice(
                    [f"R{seed}_{index}", f"R{seed}_{index}", *earlier[:1]]
                ),
                "category_id": dice.choice(categories).id,
                "sequence": dice.choice([5, 10, 10 * index]),
                "company_id": self.company.id,
                "condition_select": dice.choice(["none", "none", "range", "python"]),
                "condition_range": dice.choice(["contract.wage", base]),
                "condition_range_min": dice.choice([0, 500, 5000]),
                "condition_range_max": dice.choice([4000, 90000]),
                "condition_python": f"result = {base} > {dice.choice([0, 900, 4000])}",
                "amount_select": dice.choice(["fix", "percentage", "code"]),
                "amount_fix": round(dice.uniform(-500, 900), 2),
                "quantity": dice.choice(
                    ["1.0", "2.5", "worked_days.WORK100.number_of_days"]
                ),
                "amount_percentage": round(dice.uniform(-20, 40), 4),
                "amount_percentage_base": base,
                "amount_python_compute": dice.choice(
                    [
                        f"result = {base} * 0.0137",
                        f"result = {base}\nresult_rate = 33.3333\nresult_qty = 3",
                        "result = payslips.sum('NET', payslip.date_from)\n"
                        "result_name = 'Earlier'",
                        "pass_on = 7.005\nresult = pass_on",
                    ]
                ),
                "parent_rule_id": dice.choice([False, False, *rules.ids]),
            }
            rules += rules.create(values)
        return env["hr.payroll.structure"].create(
            {
                "name": f"Generated {seed}",
                "code": f"G{seed}",
                "company_id": self.company.id,
                "parent_id": dice.choice([False, self.simple_parent().id]),
                "rule_ids": [(6, 0, dice.sample(rules.ids, len(rules) - 1))],
            }
        )

    def simple_parent(self):
        rule = self.env["hr.salary.rule"].create(
            {
                "name": "Base",
                "code": "BASE0",
                "company_id": self.company.id,
                "sequence": 1,
                "amount_select": "fix",
                "amount_fix": 11.11,
            }
        )
        return self.env["hr.payroll.structure"].create(
            {
                "name": "Parent",
                "code": "P",
                "company_id": self.company.id,
                "parent_id": False,
                "rule_ids": [(6, 0, rule.ids)],
            }
        )

    def test_generated_rule_sets(self):
        compared = 0
        for seed in range(12):
            structure = self.generated(seed)
            run = self.run_of(struct_id=structure.id, name=f"Run {seed}")
            run._medical_generate()
            self.env.invalidate_all()  # OCA's order of equal rules is that of the cache
            with self.subTest(seed=seed), self.env.cr.savepoint():
                compared += sum(map(len, self.compare(run).values()))
        self.assertGreater(compared, 100)

    def test_worked_days_and_names_are_those_of_oca_generation(self):
        """The run's wizard, once by OCA and once by the engine."""
        structure = self.demo_structure()
        leave = self.env["resource.calendar.leaves"]
        leave.create(
            {
                "name": "Closed",
                "calendar_id": self.calendar.id,
                "company_id": self.company.id,
                "date_from": "2026-06-19 05:00:00",
                "date_to": "2026-06-20 04:59:59",
            }
        )
        found = {}
        for kind in ("oca", "engine"):
            run = self.run_of(struct_id=structure.id, name=kind)
            if kind == "engine":
                run._medical_generate()
                run._medical_compute()
            else:
                wizard = self.env["hr.payslip.employees"].create(
                    {"employee_ids": [(6, 0, self.people.ids)]}
                )
                wizard.with_context(
                    active_id=run.id, medical_slip_by_slip=True
                ).compute_sheet()
            found[kind] = [
                (
                    slip.name,
                    slip.struct_id,
                    slip.contract_id,
                    slip.state,
                    [
                        (
                            d.name,
                            d.code,
                            d.sequence,
                            d.number_of_days,
                            d.number_of_hours,
                        )
                        for d in slip.worked_days_line_ids.sorted("sequence")
                    ],
                    [(line.code, line.total) for line in slip.line_ids],
                )
                for slip in run.slip_ids.sorted("employee_id")
            ]
        self.assertEqual(found["engine"], found["oca"])
        codes = [row[1] for row in found["engine"][0][4]]
        self.assertEqual(codes, ["WORK100", "GLOBAL"])

    # ----------------------------------------------------------------- promises

    def test_computing_again_doubles_nothing(self):
        run = self.paid()
        lines, items = len(run.slip_ids.line_ids), len(run.slip_ids.medical_item_ids)
        run.action_medical_compute()
        run.action_medical_compute()
        self.assertEqual(len(run.slip_ids), 3)
        self.assertEqual(len(run.slip_ids.line_ids), lines)
        self.assertEqual(len(run.slip_ids.medical_item_ids), items)
        stored = self.env["medical.payroll.item"].search_count(
            [("slip_id", "in", run.slip_ids.ids)]
        )
        self.assertEqual(stored, items)

    def test_a_run_killed_in_the_middle_goes_on(self):
        run = self.run_of()
        run._medical_generate(self.people[:1])
        run._medical_compute()
        numbers = run.slip_ids.mapped("number")
        run._medical_generate()  # after the restart: only the missing ones
        run._medical_compute()
        self.assertEqual(len(run.slip_ids), 3)
        self.assertEqual(set(run.slip_ids.mapped("state")), {"verify"})
        self.assertIn(numbers[0], run.slip_ids.mapped("number"))
        self.assertEqual(len(set(run.slip_ids.mapped("number"))), 3)

    def test_a_chunk_that_breaks_leaves_the_others_and_its_place(self):
        """The process dies in the second chunk; the next call goes on there."""
        run = self.run_of()
        run._medical_generate()
        compute = type(run.slip_ids)._engine_compute
        calls = []

        def dies(slips):
            calls.append(slips.ids)
            if len(calls) == 2:
                raise MemoryError("killed")
            return compute(slips)

        with (
            patch(f"{RUN}.CHUNK", 1),
            patch.object(type(run.slip_ids), "_engine_compute", dies),
            # not assertRaises: it would roll back what a commit has kept
            suppress(MemoryError),
        ):
            run._medical_compute()
        self.assertEqual(len(calls), 2)
        run.invalidate_recordset()
        self.assertEqual(
            sorted(run.slip_ids.mapped("state")), ["draft", "draft", "verify"]
        )
        self.assertEqual(run.medical_progress, "1 of 3 computed")
        first = self.env["hr.payslip"].browse(calls[0])
        lines = first.line_ids.ids
        self.assertEqual(run._medical_compute(), 2)
        self.assertEqual(first.line_ids.ids, lines)
        self.assertEqual(set(run.slip_ids.mapped("state")), {"verify"})

    def test_one_bad_slip_does_not_stop_the_others(self):
        lost = self.hire(
            "Dee Noschedule", 50000, medical_work_state_id=self.illinois.id
        )
        self.env["medical.payroll.state.account"].search(
            [("state_id", "=", self.illinois.id)]
        ).unlink()
        run = self.paid()
        bad = run.slip_ids.filtered("medical_problem")
        self.assertEqual(bad.employee_id, lost)
        self.assertIn("rate notice", bad.medical_problem)
        self.assertEqual(bad.state, "draft")
        self.assertEqual(len(run.slip_ids - bad), 3)
        self.assertEqual(set((run.slip_ids - bad).mapped("state")), {"verify"})
        with self.assertRaisesRegex(UserError, "rate notice"):
            run._medical_confirm()

    def test_confirming_counts_in_the_year_to_date(self):
        run = self.paid()
        run._medical_confirm()
        self.assertEqual(set(run.slip_ids.mapped("state")), {"done"})
        self.assertTrue(all(run.slip_ids.medical_item_ids.mapped("confirmed")))
        later = self.paid(
            start=END.replace(day=21),
            end=END.replace(month=7, day=4),
            day=PAYDAY.replace(month=7, day=10),
        )
        slip = later.slip_ids.filtered(lambda s: s.employee_id == self.people[0])
        futa = slip.medical_item_ids.filtered(lambda i: i.code == "FUTA")
        before = next(step for step in futa.steps if "before it" in step[0])
        self.assertEqual(float(before[1]), 3000.0)
        with self.assertRaises(UserError):
            run.slip_ids.compute_sheet()
        with self.assertRaises(UserError):
            run._medical_compute(run.slip_ids)

    def test_the_number_of_queries_does_not_grow_with_the_people(self):
        """Generating, computing and confirming 3 or 30 slips, ours and OCA's rules."""
        generic = self.demo_structure()

        def queries(name, structure):
            run = self.run_of(name=name, struct_id=structure and structure.id)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            run._medical_generate()
            run._medical_compute()
            run._medical_confirm()
            self.env.flush_all()
            return run, self.env.cr.sql_log_count - before

        few = {s: queries(f"Few {s}", s)[1] for s in (generic, None)}
        for index in range(27):
            self.hire(f"More {index}", 40000 + 1000 * index)
        for structure, count in few.items():
            run, more = queries(f"Many {structure}", structure)
            self.assertEqual(
                len(run.slip_ids.filtered(lambda s: s.state == "done")), 30
            )
            self.assertLessEqual(more, count + 8, structure)

    def test_a_second_chunk_costs_no_query_for_each_person(self):
        """Records that a chunk has let go of are read together in the next one."""
        for index in range(37):
            self.hire(f"More {index}", 40000 + 1000 * index)

        def queries(chunk):
            run = self.run_of(name=f"By {chunk}")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            with patch(f"{RUN}.CHUNK", chunk):
                run._medical_generate()
                made = self.env.cr.sql_log_count
                run._medical_compute()
            self.assertEqual(set(run.slip_ids.mapped("state")), {"verify"})
            return made - before, self.env.cr.sql_log_count - made

        whole, halves = queries(40), queries(20)
        for one, two in zip(whole, halves, strict=True):
            self.assertLess(two, 2 * one)
