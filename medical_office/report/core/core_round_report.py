"""The record of rounds on paper: what was asked, what was found, who signed."""

import base64
import binascii

from odoo import models
from odoo.exceptions import UserError
from odoo.tools.image import image_process
from odoo.tools.misc import format_datetime

from ...engine.core.labels import labels_of
from ...tools.core.sheet import GROUP, Column, Sheet

MOST_RECORDS = 100
THUMBNAIL = (260, 200)


class CoreRoundRecord(models.AbstractModel):
    """Each round on pages of its own; its lines are those frozen when it came due."""

    _name = "report.medical_office.core_round_record"
    _inherit = "medical.core.report"
    _description = "Round Record, Printed"

    def _documents(self, docids):
        docs = super()._documents(docids)
        if len(docs) > MOST_RECORDS:
            raise UserError(
                self.env._(
                    "At most %(limit)s rounds can be printed at once; you chose "
                    "%(count)s. Choose fewer, or print the round log.",
                    limit=MOST_RECORDS,
                    count=len(docs),
                )
            )
        return docs.sorted(lambda one: (one.date_due, one.id))

    def _get_report_values(self, docids, data=None):
        docs = self._documents(docids)
        return {
            "doc_ids": docs.ids,
            "doc_model": docs._name,
            "docs": docs,
            "records": [self._record(one) for one in docs],
        }

    def _record(self, one):
        """What the template prints of one round."""
        groups = []
        for line in one.line_ids.sorted("id"):
            where = line.target_name or self.env._("Without a room")
            if not groups or groups[-1]["where"] != where:
                groups.append({"where": where, "lines": []})
            groups[-1]["lines"].append(self._line(one, line))
        return {
            "round": one,
            "title": one.schedule_id.name,
            "due": self._moment(one, one.date_due),
            "facts": self._facts(one),
            "groups": groups,
            "photos": self._photos(one),
            "signature": self._signature(one),
        }

    def _facts(self, one):
        """[(label, value)]: the head of the record, without what is empty."""
        _ = self.env._
        state = labels_of(one, "state")[one.state]
        missed = self._moment(one, one.missed_at)
        checklist = one.checklist_id
        version = one.checklist_version
        facts = [
            (
                _("Checklist"),
                _("%(name)s, version %(version)s", name=checklist.name, version=version)
                if version
                else checklist.name,
            ),
            (_("Citation"), checklist.citation),
            (_("Site"), one.sudo().site_id.name),  # sudo: its name only
            (_("Department"), one.sudo().department_id.name),  # sudo: its name only
            (_("Due"), self._moment(one, one.date_due)),
            (_("Missed After"), self._moment(one, one.date_late)),
            (_("Assigned to"), one.user_id.name),
            (_("Status"), state),
            (_("Started"), self._moment(one, one.started_at)),
            (_("Missed"), missed),
            (
                _("Excused"),
                one.is_excused
                and _(
                    "%(reason)s (%(user)s, %(at)s)",
                    reason=one.excuse_reason,
                    user=one.excused_by_id.name,
                    at=self._moment(one, one.excused_at),
                ),
            ),
            (
                _("Result"),
                _(
                    "items: %(lines)s, failed: %(failed)s, not answered: %(open)s",
                    lines=one.line_count,
                    failed=one.failed_count,
                    open=one.open_count,
                ),
            ),
            (_("Note"), one.note),
        ]
        return [(label, value) for label, value in facts if value]

    def _line(self, one, line):
        results = self._results()
        value = line._value_text() if line.result in ("pass", "fail") else False
        return {
            "name": line.name,
            "citation": line.citation or "",
            "limits": line.limits_text or "",
            "reading": value or "",
            "result": results[line.result],
            "css": {"fail": "mo_bad", "pass": "mo_good"}.get(line.result, "mo_muted"),
            "note": line.note or "",
            "photo": line.has_photo,
            "entered": self.env._(
                "%(user)s, %(at)s",
                user=line.entered_by_id.name,
                at=self._moment(one, line.entered_at, "h:mm a"),
            )
            if line.entered_by_id and line.result != "open"
            else "",
        }

    def _results(self):
        """{result: word}: on paper a line that may stay open was simply not answered."""
        words = labels_of(self.env["medical.core.round.line"], "result")
        return {**words, "open": self.env._("Not answered")}

    def _photos(self, one):
        """The pictures, small, with what each shows; an unreadable one by its name."""
        photos = []
        for line in one.line_ids.filtered("has_photo").sorted("id"):
            caption = line.display_name
            try:
                small = image_process(
                    base64.b64decode(line.photo or b""),
                    size=THUMBNAIL,
                    output_format="JPEG",
                )
                source = f"data:image/jpeg;base64,{base64.b64encode(small).decode()}"
            except (UserError, OSError, ValueError, binascii.Error):
                source = None
            photos.append(
                {"source": source, "caption": caption, "name": line.photo_name or ""}
            )
        return photos

    def _signature(self, one):
        if one.state != "done":
            return ""
        return self.env._(
            "Signed by %(user)s on %(at)s",
            user=one.signed_by_id.name,
            at=self._moment(one, one.signed_at),
        )

    def _moment(self, one, moment, form="EEE, MMM d, yyyy, h:mm a"):
        """A moment on the clock of the site, where the paper hangs."""
        if not moment:
            return ""
        zone = str(one.schedule_id._zone())
        return format_datetime(self.env, moment, tz=zone, dt_format=form)

    # ------------------------------------------------------------ the spreadsheet

    def _sheets(self, docs, _data):
        """Two tabs: the rounds, and all of their lines."""
        _ = self.env._
        results = labels_of(docs.line_ids, "result")
        rows = [
            {
                "due": one.date_due,
                "round": one.schedule_id.name,
                "where": line.target_name,
                "item": line.name,
                "limits": line.limits_text or "",
                "reading": line._value_text()
                if line.item_type != "number"
                else line.value_number,
                "uom": line.uom or "",
                "result": results[line.result],
                "note": line.note,
                "photo": line.has_photo,
                "by": line.entered_by_id.name,
                "at": line.entered_at,
                "citation": line.citation,
            }
            for one in docs
            for line in one.line_ids.sorted("id")
        ]
        lines = Sheet(
            name=_("Lines"),
            empty=_("These rounds have no items yet."),
            rows=rows,
            columns=[
                Column("due", _("Due"), "moment"),
                Column("round", _("Round"), width=28),
                Column("where", _("Where"), width=20),
                Column("item", _("Item"), width=36),
                Column("limits", _("Limits"), width=18),
                Column("reading", _("Reading"), "number"),
                Column("uom", _("Unit"), width=7),
                Column("result", _("Result"), width=14),
                Column("note", _("Note"), width=36),
                Column("photo", _("Photo"), "flag"),
                Column("by", _("Entered by"), width=20),
                Column("at", _("Entered at"), "moment"),
                Column("citation", _("Citation"), width=36),
            ],
        )
        return [log_sheet(self.env, docs), lines]


class CoreRoundRecordXlsx(models.AbstractModel):
    _name = "report.medical_office.core_round_record_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Round Record as a Spreadsheet"
    _source = "report.medical_office.core_round_record"


class CoreRoundLog(models.AbstractModel):
    """The rounds of a period, one row each: proof of what was done and what was not."""

    _name = "report.medical_office.core_round_log"
    _inherit = "medical.core.report"
    _description = "Round Log, Printed"

    def _period(self, docs, _data):
        if not docs:
            return ""
        first, last = (
            format_datetime(
                self.env, pick(docs.mapped("date_due")), dt_format="MMM d, y"
            )
            for pick in (min, max)
        )
        return first if first == last else f"{first} – {last}"

    def _sheets(self, docs, _data):
        return [log_sheet(self.env, docs, by_site=True)]


class CoreRoundLogXlsx(models.AbstractModel):
    _name = "report.medical_office.core_round_log_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Round Log as a Spreadsheet"
    _source = "report.medical_office.core_round_log"


def log_sheet(env, rounds, *, by_site=False):
    """One row for each round, by due time.

    :param by_site: under a heading for each site
    """
    _ = env._
    states = labels_of(rounds, "state")
    rounds = rounds.sorted(lambda one: (one.date_due, one.id))

    def row(one):
        return {
            "due": one.date_due,
            "round": one.schedule_id.name,
            "site": one.site_id.name,
            "person": one.user_id.name,
            "state": _("Excused") if one.is_excused else states[one.state],
            "lines": one.line_count,
            "failed": one.failed_count,
            "open": one.open_count,
            "signer": one.signed_by_id.name,
            "signed": one.signed_at,
            "missed": one.missed_at,
            "why": one.excuse_reason or one.note,
        }

    columns = [
        Column("due", _("Due"), "moment"),
        Column("round", _("Round"), width=30),
        Column("site", _("Site"), width=18),
        Column("person", _("Assigned to"), width=20),
        Column("state", _("Status"), width=12),
        Column("lines", _("Lines"), "whole", total=True),
        Column("failed", _("Failed"), "whole", total=True),
        Column("open", _("Open"), "whole", total=True),
        Column("signer", _("Signed by"), width=20),
        Column("signed", _("Signed at"), "moment"),
        Column("missed", _("Missed since"), "moment"),
        Column("why", _("Reason or note"), width=40),
    ]
    # sudo: the names of sites, which a reader of rounds may not open
    rounds = rounds.sudo()
    if not by_site:
        rows = [row(one) for one in rounds]
    else:
        columns = [column for column in columns if column.key != "site"]
        rows = []
        sites = rounds.grouped("site_id")
        for site in sorted(sites, key=lambda site: site.name or ""):
            rows.append({GROUP: site.name or _("Without a site")})
            rows += [row(one) for one in sites[site]]
    return Sheet(
        name=_("Rounds"), columns=columns, rows=rows, empty=_("No rounds were chosen.")
    )
