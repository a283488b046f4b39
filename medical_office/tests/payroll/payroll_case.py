"""People with pay data, and a run: what the payroll tests start from."""

from datetime import date, datetime, timedelta

from ..common import PracticeCase

START, END, PAYDAY = date(2026, 6, 7), date(2026, 6, 20), date(2026, 6, 26)


class PayrollCase(PracticeCase):
    """A practice in Wisconsin with a two-weekly schedule from Sunday to Saturday."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wisconsin = cls.env.ref("base.state_us_50")
        cls.texas = cls.env.ref("base.state_us_44")
        cls.illinois = cls.env.ref("base.state_us_14")
        cls.company.write(
            {"state_id": cls.wisconsin.id, "country_id": cls.env.ref("base.us").id}
        )
        cls.calendar = cls.env["resource.calendar"].create(
            {"name": "Office", "company_id": cls.company.id, "tz": "America/Chicago"}
        )
        cls.company.partner_id.tz = "America/Chicago"
        cls.schedule = cls.env["medical.payroll.schedule"].create(
            {
                "name": "Every two weeks",
                "company_id": cls.company.id,
                "frequency": "biweekly",
                "date_anchor": START,
                "pay_days_after": 6,
                "week_start": "6",
            }
        )
        cls.structure = cls.env.ref("medical_office.payroll_structure_us")
        cls.env["medical.payroll.state.account"].create(
            [
                {
                    "company_id": cls.company.id,
                    "state_id": state.id,
                    "year": 2026,
                    "suta_percent": percent,
                    "suta_base": base,
                }
                for state, percent, base in (
                    (cls.wisconsin, 3.05, 14000),
                    (cls.illinois, 3.35, 14250),
                )
            ]
        )

    @classmethod
    def hire(cls, name, wage, per="year", start=date(2025, 1, 6), **values):
        """A person with a contract, a W-4 and a calendar."""
        w4 = values.pop("w4", {})
        employee = cls.env["hr.employee"].create(
            {
                "name": name,
                "company_id": cls.company.id,
                "department_id": cls.nursing.id,
                "resource_calendar_id": cls.calendar.id,
                "tz": "America/Chicago",
                "date_version": start,
                "contract_date_start": start,
                "wage": wage,
                "medical_wage_per": per,
                "medical_flsa_exempt": per != "hour",
                "medical_schedule_id": cls.schedule.id,
                "struct_id": cls.structure.id,
                **values,
            }
        )
        if w4 is not None:
            cls.env["medical.payroll.w4"].create(
                {"employee_id": employee.id, "date_from": start, **w4}
            )
        return employee

    @classmethod
    def run_of(cls, start=START, end=END, day=PAYDAY, **values):
        """A draft run of the schedule."""
        return cls.env["hr.payslip.run"].create(
            {
                "name": f"Pay of {day}",
                "company_id": cls.company.id,
                "date_start": start,
                "date_end": end,
                "medical_schedule_id": cls.schedule.id,
                "medical_date_pay": day,
                **values,
            }
        )

    @classmethod
    def paid(cls, start=START, end=END, day=PAYDAY, **values):
        """A computed run."""
        run = cls.run_of(start, end, day, **values)
        run.action_medical_compute()
        return run

    @classmethod
    def work(cls, employee, hours, days, begin=13):
        """Attendances of ``hours`` on each of ``days``, from ``begin`` o'clock UTC."""
        cls.env["hr.attendance"].create(
            [
                {
                    "employee_id": employee.id,
                    "check_in": datetime(day.year, day.month, day.day, begin),
                    "check_out": datetime(day.year, day.month, day.day, begin)
                    + timedelta(hours=hours),
                }
                for day in days
            ]
        )

    def total(self, slip, code):
        """Amount of a line; 0.0 where there is none."""
        return sum(
            slip.line_ids.filtered(lambda line: line.code == code).mapped("total")
        )

    @classmethod
    def days(cls, first, count):
        """``count`` working days from ``first`` on."""
        found, day = [], first
        while len(found) < count:
            if day.weekday() < 5:
                found.append(day)
            day += timedelta(days=1)
        return found

    @classmethod
    def partner(cls, name):
        return cls.env["res.partner"].create({"name": name})
