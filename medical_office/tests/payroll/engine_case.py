"""The same slips, by the engine and by OCA's own methods, row by row."""

from odoo.tools import SQL

from odoo.addons.payroll.models.hr_payslip import HrPayslip as Oca

from .payroll_case import PayrollCase

# what two computations of one slip may differ in: when, and under which number
OWN = {"id", "create_date", "write_date", "create_uid", "write_uid", "parent_line_id"}


class EngineCase(PayrollCase):
    """Helpers of the differential tests."""

    maxDiff = None

    def rows(self, slip):
        """Every stored column of the slip's lines, the parent by its rule."""
        self.env.flush_all()
        columns = [
            row[0]
            for row in self.env.execute_query(
                SQL(
                    "SELECT column_name FROM information_schema.columns "
                    "WHERE table_name = 'hr_payslip_line' ORDER BY column_name"
                )
            )
            if row[0] not in OWN
        ]
        found = self.env.execute_query(
            SQL(
                "SELECT parent.salary_rule_id, %s FROM hr_payslip_line line "
                "LEFT JOIN hr_payslip_line parent ON parent.id = line.parent_line_id "
                "WHERE line.slip_id = %s ORDER BY line.sequence, line.salary_rule_id",
                SQL(", ").join(SQL.identifier("line", name) for name in columns),
                slip.id,
            )
        )
        return [dict(zip(["parent", *columns], row, strict=True)) for row in found]

    def compare(self, run):
        """Compute a run by the engine, then each slip by OCA's compute_sheet."""
        run._medical_reopen()
        run._medical_compute()
        slips = run.slip_ids
        self.assertFalse(slips.filtered("medical_problem").mapped("medical_problem"))
        engine = {slip.id: self.rows(slip) for slip in slips}
        self.assertTrue(any(engine.values()))
        for slip in slips:
            pays = slip._us_pays()
            Oca.compute_sheet(slip.with_context(medical_us_pays=pays))
            self.assertEqual(
                self.rows(slip), engine[slip.id], f"{slip.name}: the lines differ"
            )
        return engine
