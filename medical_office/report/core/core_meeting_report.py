"""A meeting on paper: the agenda before it, the minutes after it."""

from dataclasses import replace

from odoo import models
from odoo.tools.misc import format_date

from ...engine.core.labels import labels_of
from ...tools.core.sheet import GROUP, Column, Sheet


class CoreMeetingReport(models.AbstractModel):
    """Planned, it is the agenda; from then on what came of each point and who does what."""

    _name = "report.medical_office.core_meeting_report"
    _inherit = "medical.core.report"
    _description = "Meeting, Printed"
    _needs_records = True

    def _title(self, docs, _data):
        if len(docs) > 1:
            return self.env._("Meetings")
        return (
            self.env._("Agenda: %s", docs.name) if self._is_agenda(docs) else docs.name
        )

    def _period(self, docs, _data):
        days = ", ".join(dict.fromkeys(format_date(self.env, one.date) for one in docs))
        if len(docs) > 1:
            return days
        people = {"chair": docs.chair_id.name, "people": self._people(docs)}
        return " · ".join(
            filter(
                None,
                [
                    days,
                    docs.outsider_id.name,
                    self.env._("Chair: %(chair)s", **people),
                    people["people"] and self.env._("With: %(people)s", **people),
                    labels_of(docs, "state")[docs.state],
                ],
            )
        )

    def _people(self, meeting):
        return ", ".join(
            filter(None, [*meeting.participant_ids.mapped("name"), meeting.guests])
        )

    def _sheets(self, docs, _data):
        sheets = [self._points(docs)]
        if len(docs) > 1:
            sheets.insert(0, self._meetings(docs))
        if docs.task_ids or not self._is_agenda(docs):
            sheets.append(self._actions(docs))
        return sheets

    def _is_agenda(self, docs):
        return set(docs.mapped("state")) == {"planned"}

    def _meetings(self, docs):
        _ = self.env._
        states, kinds = labels_of(docs, "state"), labels_of(docs, "kind")
        return Sheet(
            name=_("Meeting"),
            columns=[
                Column("name", _("Subject"), width=30),
                Column("date", _("Date"), "day"),
                Column("with", _("With"), width=28),
                Column("chair", _("Chair"), width=22),
                Column("people", _("Participants"), width=44),
                Column("state", _("Status"), width=16),
            ],
            rows=[
                {
                    "name": row.name,
                    "date": row.date,
                    "with": row.outsider_id.name or kinds[row.kind],
                    "chair": row.chair_id.name,
                    "people": self._people(row),
                    "state": states[row.state],
                }
                for row in docs
            ],
        )

    def _points(self, docs):
        _ = self.env._
        points = docs.item_ids
        kinds, results = labels_of(points, "kind"), labels_of(points, "result")
        columns = [
            Column("kind", _("Kind"), width=16),
            Column("name", _("Point"), width=54),
        ]
        if not self._is_agenda(docs):
            columns += [
                Column("result", _("Result"), width=12),
                Column("note", _("What Was Said"), width=40),
                Column("resolution", _("Decision"), width=40),
                Column("allowed", _("Allows"), width=28),
            ]
        return self._by_meeting(
            docs,
            "item_ids",
            Sheet(
                name=_("Agenda"),
                columns=columns,
                note="\n".join(filter(None, docs.mapped("note"))),
                empty=_("There is nothing on it."),
            ),
            lambda point: {
                "kind": kinds[point.kind],
                "name": point.name,
                "result": results[point.result],
                "note": point.note or None,
                "resolution": point.resolution or None,
                "allowed": point.allowed_name or None,
            },
        )

    def _actions(self, docs):
        _ = self.env._
        states = labels_of(docs.task_ids, "state")
        return self._by_meeting(
            docs,
            "task_ids",
            Sheet(
                name=_("Actions"),
                columns=[
                    Column("name", _("What"), width=50),
                    Column("owner", _("Owner"), width=22),
                    Column("due", _("Due"), "day"),
                    Column("state", _("Status"), width=12),
                    Column("done", _("What Was Done"), width=44),
                ],
                empty=_("Nothing is to be done."),
            ),
            lambda task: {
                "name": task.name,
                "owner": task.owner_id.name,
                "due": task.date_due,
                "state": states[task.state],
                "done": task.done_note or None,
            },
        )

    def _by_meeting(self, docs, field, sheet, row_of):
        """The sheet with a row for each line of the meetings, below the meeting's name
        where there are several."""
        rows = []
        for meeting in docs:
            lines = meeting[field]
            if len(docs) > 1 and lines:
                rows.append({GROUP: meeting.display_name})
            rows += map(row_of, lines)
        return replace(sheet, rows=rows)


class CoreMeetingXlsx(models.AbstractModel):
    _name = "report.medical_office.core_meeting_report_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Meeting as a Spreadsheet"
    _source = "report.medical_office.core_meeting_report"
