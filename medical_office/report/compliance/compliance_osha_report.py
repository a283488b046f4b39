"""Forms 300, 300A and 301, and the sharps injury log."""

from datetime import date

from odoo import models
from odoo.tools import format_date, format_datetime

from ...engine.core.labels import labels_of
from ...models.compliance.osha.year import TOTALS
from ...tools.core.sheet import Column, Sheet


class ComplianceOshaLog(models.AbstractModel):
    """The log of work-related injuries and illnesses, as Form 300 has its columns."""

    _name = "report.medical_office.compliance_osha_log"
    _inherit = "medical.core.report"
    _description = "OSHA Form 300, Printed"

    def _sheets(self, docs, _data):
        _ = self.env._
        return [
            Sheet(
                one.display_name,
                [
                    Column("number", _("A: Case"), "whole"),
                    Column("name", _("B: Employee"), width=20),
                    Column("job", _("C: Job title"), width=16),
                    Column("day", _("D: Date"), "day"),
                    Column("place", _("E: Where"), width=16),
                    Column("what", _("F: Injury or illness"), width=34),
                    Column("death", _("G: Death"), "whole", width=7, total=True),
                    Column("away", _("H: Days away"), "whole", width=7, total=True),
                    Column(
                        "restricted", _("I: Restricted"), "whole", width=8, total=True
                    ),
                    Column("other", _("J: Other"), "whole", width=7, total=True),
                    Column("k", _("K: Days away"), "whole", width=7, total=True),
                    Column("l", _("L: Days restricted"), "whole", width=8, total=True),
                    Column("m", _("M: Type"), width=14),
                ],
                [self._row(case) for case in one._cases()],
                note=one.keep_text,
                empty=_("No case is on the log of this year."),
            )
            for one in docs
        ]

    def _row(self, case):
        labels = labels_of(case, "illness")
        return {
            "number": case.number,
            "name": self.env._("Privacy case")
            if case.is_privacy
            else case.employee_id.name,
            "job": case.job_title,
            "day": case.happened_on,
            "place": case.place or "",
            "what": case.description or "",
            **{
                code: 1 if case.outcome == code else None
                for code in ("death", "away", "restricted", "other")
            },
            "k": case.days_away or None,
            "l": case.days_restricted or None,
            "m": labels[case.illness],
        }


class ComplianceOshaLogXlsx(models.AbstractModel):
    _name = "report.medical_office.compliance_osha_log_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "OSHA Form 300 as a Spreadsheet"

    _source = "report.medical_office.compliance_osha_log"


class ComplianceOshaSummary(models.AbstractModel):
    """The summary that is certified and posted."""

    _name = "report.medical_office.compliance_osha_summary"
    _inherit = "medical.core.report"
    _description = "OSHA Form 300A, Printed"
    _on_practice_clock = True

    def _sheets(self, docs, _data):
        return [self._summary(one) for one in docs]

    def _summary(self, one):
        _ = self.env._
        row = one._upload_row()
        live = one._live_totals() if one.state == "draft" else {}
        rows = [
            {"what": _("Establishment"), "value": row["establishment_name"]},
            {"what": _("Company"), "value": row["company_name"]},
            {
                "what": _("Address"),
                "value": ", ".join(
                    str(row[name])
                    for name in ("street_address", "city", "state", "zip")
                    if row[name]
                ),
            },
            {
                "what": _("Industry (NAICS)"),
                "value": f"{one.industry or ''} ({one.naics})",
            },
            {
                "what": _("Annual average of employees"),
                "value": f"{one.average_employees:,}",
            },
            {"what": _("Hours worked by all employees"), "value": f"{one.hours:,}"},
        ]
        rows += [
            {
                "what": one._fields[name]._description_string(self.env),
                "value": str(live.get(name, one[name])),
            }
            for name in TOTALS
        ]
        rows += [
            {
                "what": _("Posted"),
                "value": _(
                    "from %(start)s to %(end)s",
                    start=format_date(self.env, date(one.year + 1, 2, 1)),
                    end=format_date(self.env, date(one.year + 1, 4, 30)),
                ),
            },
            {"what": _("Certified by"), "value": self._signature(one)},
        ]
        if one.state == "certified":
            note = _(
                "I certify that I have examined this document and that to the best of "
                "my knowledge the entries are true, accurate and complete."
            )
        else:
            note = _("Not certified yet: this is not to be posted.")
        return Sheet(
            _("Summary of work-related injuries and illnesses, %s", one.display_name),
            [Column("what", _("Form 300A"), width=36), Column("value", "", width=60)],
            rows,
            note=note,
        )

    def _signature(self, one):
        if one.state != "certified":
            return ""
        # sudo: who certified stands on the form
        name = one.sudo().certified_by_id.name
        title = f"{name}, {one.certified_title}" if one.certified_title else name
        return self.env._(
            "%(who)s on %(at)s",
            who=title,
            at=format_datetime(self.env, one.certified_at, tz=self._zone()),
        )


class ComplianceOshaSummaryXlsx(models.AbstractModel):
    _name = "report.medical_office.compliance_osha_summary_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "OSHA Form 300A as a Spreadsheet"

    _source = "report.medical_office.compliance_osha_summary"


class ComplianceSharpsLog(models.AbstractModel):
    """Device, place and how it happened; never a name (1910.1030(h)(5))."""

    _name = "report.medical_office.compliance_sharps_log"
    _inherit = "medical.core.report"
    _description = "Sharps Injury Log, Printed"

    def _sheets(self, docs, _data):
        _ = self.env._
        return [
            Sheet(
                one.display_name,
                [
                    Column("number", _("Incident"), "whole"),
                    Column("day", _("Date"), "day"),
                    Column("device", _("Type of device"), width=22),
                    Column("brand", _("Brand"), width=20),
                    Column("safety", _("Safety device"), width=10),
                    Column("area", _("Department or work area"), width=26),
                    Column("how", _("How it happened"), width=50),
                ],
                self._rows(one),
                note=_(
                    "29 CFR 1910.1030(h)(5): kept without names, five years after the "
                    "year. It is asked of employers who must keep the 300 log."
                ),
                empty=_("No sharps injury in this year."),
            )
            for one in docs
        ]

    def _rows(self, one):
        # sudo: the log has every sharps injury of the site, and nobody's name
        incidents = self.env["medical.compliance.incident"].sudo()
        found = incidents.search(
            [
                ("kind", "=", "needle"),
                ("site_id", "=", one.site_id.id),
                ("reported_on", ">=", date(one.year, 1, 1)),
                ("reported_on", "<=", date(one.year, 12, 31)),
            ],
            order="reported_on, id",
        )
        labels = labels_of(incidents, "sharps_safety")
        return [
            {
                "number": each.id,
                "day": each.happened_on or each.reported_on,
                "device": each.sharps_device or "",
                "brand": each.sharps_brand or "",
                "safety": labels.get(each.sharps_safety, ""),
                "area": " · ".join(
                    filter(
                        None,
                        [each.department_id.name, each.room_id.name or each.place],
                    )
                ),
                "how": each.sharps_how or "",
            }
            for each in found
        ]


class ComplianceSharpsLogXlsx(models.AbstractModel):
    _name = "report.medical_office.compliance_sharps_log_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Sharps Injury Log as a Spreadsheet"

    _source = "report.medical_office.compliance_sharps_log"


class ComplianceOshaCaseReport(models.AbstractModel):
    """The incident report of a case, with what Form 301 asks."""

    _name = "report.medical_office.compliance_osha_case_report"
    _inherit = "medical.core.report"
    _description = "OSHA Form 301, Printed"
    _on_practice_clock = True

    def _sheets(self, docs, _data):
        _ = self.env._
        self.env["medical.core.opened"]._log(docs, _("Injury and illness report"))
        return [
            Sheet(
                case.display_name,
                [
                    Column("item", _("Item"), "whole", width=6),
                    Column("what", _("Form 301"), width=34),
                    Column("value", "", width=70),
                ],
                [
                    {"item": number, "what": what, "value": value or ""}
                    for number, what, value in self._items(case)
                ],
                note=_(
                    "Confidential: 29 CFR 1904.29(b)(10) and 1904.35 say who may see it."
                ),
            )
            for case in docs
        ]

    def _items(self, case):
        _ = self.env._
        # sudo: address, birth and hire stand on the form of whoever was hurt
        person = case.sudo().employee_id
        address = ", ".join(
            filter(
                None,
                [
                    person.private_street,
                    person.private_city,
                    person.private_state_id.code,
                    person.private_zip,
                ],
            )
        )
        genders = labels_of(person, "sex")
        hired, _left = person._medical_span_of_work()
        yes_no = {True: _("Yes"), False: _("No")}
        return [
            (1, _("Full name"), person.name),
            (2, _("Address"), address),
            (3, _("Date of birth"), self._date(person.birthday)),
            (4, _("Date hired"), self._date(hired)),
            (5, _("Sex"), genders.get(person.sex, "")),
            (6, _("Treated by"), case.physician),
            (7, _("Treated at"), case.facility),
            (8, _("In an emergency room"), yes_no[case.emergency_room]),
            (9, _("In a hospital overnight"), yes_no[case.overnight]),
            (10, _("Case number from the log"), str(case.number or "")),
            (11, _("Date of injury or illness"), self._date(case.happened_on)),
            (12, _("Time the employee began work"), case.began_time),
            (13, _("Time of the event"), case.event_time or _("cannot be told")),
            (14, _("What the employee was doing before"), case.before),
            (15, _("What happened"), case.what),
            (16, _("The injury or illness"), case.description),
            (17, _("Object or substance"), case.object),
            (
                18,
                _("If the employee died: when"),
                self._date(case.severe_at)
                if case.severe == "death" and case.severe_at
                else "",
            ),
        ]

    def _date(self, day):
        return format_date(self.env, day) if day else ""


class ComplianceOshaCaseXlsx(models.AbstractModel):
    _name = "report.medical_office.compliance_osha_case_report_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "OSHA Form 301 as a Spreadsheet"

    _source = "report.medical_office.compliance_osha_case_report"
