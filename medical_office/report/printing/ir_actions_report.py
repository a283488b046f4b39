"""Printing that works with any wkhtmltopdf, and reports that check who asks.

Debian's wkhtmltopdf is built without patched Qt: it prints one document at a time,
without header, footer or repeated table headings. Where that is the engine, the parts
are printed one by one and put together here; a patched engine is left to the host.
"""

import gc
import logging
import re

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import split_every

from odoo.addons.base.models.ir_actions_report import _wkhtml

from . import bands as pdf_bands
from .engine_run import current_run, engine_run
from .tables import MOST_RUNS, LongTables, find_marks

_logger = logging.getLogger(__name__)

# What follows the host's default of a header that starts this far from the paper's edge
HEADER_TOP_MM = 5
_STYLESHEET = re.compile(
    r'<link [^>]*href="[^"]*/web/assets/[^"/]+/([^"/?]+\.css)"[^>]*>'
)


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    # ------------------------------------------------------------- who may print

    def _get_rendering_context(self, report, docids, data):
        """The host shows a report's groups in the menu only; ours ask here, too."""
        self._medical_check_groups(report)
        model = self._get_rendering_context_model(report)
        if (
            report.report_name.startswith("medical_office.")
            and model is not None
            and not hasattr(model, "_get_report_values")
        ):
            raise UserError(
                self.env._("This report has no page. Open it from its menu or list.")
            )
        return super()._get_rendering_context(report, docids, data)

    @api.model
    def _medical_check_groups(self, report):
        """Refuse a user who is in none of the groups of one of our own reports.

        :raises AccessError: with the names of the groups
        """
        groups = report.sudo().group_ids  # sudo: their names, for the message
        if not report.report_name.startswith("medical_office.") or not groups:
            return
        # sudo: nobody but an administrator reads groups
        if not self.env.su and not groups & self.env.user.sudo().all_group_ids:
            raise AccessError(
                self.env._(
                    "Printing “%(report)s” takes one of these roles: %(roles)s. Ask the "
                    "office manager for the printed report.",
                    report=report.sudo().name,  # sudo: its name only
                    roles=", ".join(groups.mapped("name")),
                )
            )

    @api.model
    def _render_xlsx(self, report_ref, docids, data):
        """A report of ours that is no spreadsheet says so."""
        report = self._get_report(report_ref)
        if (
            report.report_name.startswith("medical_office.")
            and report.report_type != "xlsx"
        ):
            raise UserError(self.env._("This report is not printed as a spreadsheet."))
        return super()._render_xlsx(report_ref, docids, data)

    # --------------------------------------------------------------- our own engine

    def _render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        """A report whose model draws the PDF itself (``_draw_pdf``) needs no engine."""
        report = self._get_report(report_ref)
        model = self._get_rendering_context_model(report)
        if model is not None and hasattr(model, "_draw_pdf"):
            self._medical_check_groups(report)
            res_ids = [res_ids] if isinstance(res_ids, int) else res_ids
            return model._draw_pdf(res_ids, data or {}), "pdf"
        return super()._render_qweb_pdf(report_ref, res_ids=res_ids, data=data)

    def _prepare_html(self, html, report_model=False):
        text = html.decode() if isinstance(html, bytes) else html
        with engine_run(is_plain="mo_report" in text):
            return super()._prepare_html(html, report_model=report_model)

    def _get_layout(self):
        """Our own reports carry their whole style and load nothing from the server."""
        if current_run().is_plain:
            return self.env.ref("medical_office.report_minimal_layout")
        return super()._get_layout()

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        """A report whose model prints each record on pages of its own (``_print_batch``,
        a number of records) is printed so many at a time: the pages of a thousand
        payslips are never in memory at once."""
        report = self._get_report(report_ref)
        model = self._get_rendering_context_model(report)
        batch = getattr(model, "_print_batch", 0)
        ids = list(dict.fromkeys(res_ids or ()))
        if not batch or len(ids) <= batch or report.attachment:
            return self._medical_print_batch(report_ref, data, res_ids)
        return {
            part[0]: {
                "stream": self._medical_merged(
                    self._medical_print_batch(report_ref, data, part)
                ),
                "attachment": None,
            }
            for part in split_every(batch, ids, list)
        }

    def _medical_print_batch(self, report_ref, data, res_ids):
        """As the host's, told how many records there are."""
        with engine_run(record_count=len(set(res_ids or ()))):
            return super()._render_qweb_pdf_prepare_streams(
                report_ref, data, res_ids=res_ids
            )

    def _medical_merged(self, printed):
        """The host's streams of one batch as one file."""
        merged = self._merge_pdfs([one["stream"] for one in printed.values()])
        printed.clear()
        # parsed pages point at each other: some 7,000 objects a page wait for a full
        # collection, which a growing heap puts off
        gc.collect()
        return merged

    # ------------------------------------------------------- without patched Qt

    @api.model
    def _run_wkhtmltopdf(
        self,
        bodies,
        report_ref=False,
        header=None,
        footer=None,
        landscape=False,
        specific_paperformat_args=None,
        set_viewport_size=False,
    ):
        options = {
            "report_ref": report_ref,
            "landscape": landscape,
            "specific_paperformat_args": specific_paperformat_args,
            "set_viewport_size": set_viewport_size,
        }
        *bodies, header, footer = self._medical_inline_styles([*bodies, header, footer])
        if _wkhtml().is_patched_qt:
            return super()._run_wkhtmltopdf(
                bodies, header=header, footer=footer, **options
            )
        with engine_run(is_unpatched=True):
            return self._medical_put_together(bodies, header, footer, options)

    def _medical_put_together(self, bodies, header, footer, options):
        """Print the parts one by one, then lay them onto each other."""
        pdfs = [self._medical_print_document(body, options) for body in bodies]
        counts = [pdf_bands.count_pages(pdf) for pdf in pdfs]
        margins = self._medical_margins(
            options["report_ref"], options["specific_paperformat_args"]
        )
        height = pdf_bands.page_height_mm(pdfs[0])
        bands = []
        if header:
            top = min(HEADER_TOP_MM, margins["margin-top"])
            bands += self._medical_print_bands(header, counts, top, options)
        if footer:
            top = height - margins["margin-bottom"]
            bands += self._medical_print_bands(footer, counts, top, options)
        one_each = len(bodies) > 1 and len(bodies) == current_run().record_count
        return pdf_bands.assemble(pdfs, bands, bookmarks=one_each)

    def _medical_engine(self, html, options, **arguments):
        """One run of the engine over one document, with ``arguments`` put right."""
        with engine_run(arguments=arguments):
            return super()._run_wkhtmltopdf([html], **options)

    def _medical_print_document(self, html, options):
        """Print one document; if it has several pages, repeat its tables' headings."""
        html = pdf_bands.with_system_font(html)
        pdf = self._medical_engine(html, options)
        if "<thead" not in html or pdf_bands.count_pages(pdf) == 1:
            return pdf
        tables = LongTables(html)
        height = find_marks(pdf).height
        changed = False
        for _run in range(MOST_RUNS):
            found = find_marks(self._medical_engine(tables.marked_html(), options))
            # with its marks the document may fill a single page
            found.height = found.height or height
            if not tables.repeat_next(found):
                break
            changed = True
        if not changed:
            return pdf
        return pdf_bands.without_blank_end(self._medical_engine(tables.html(), options))

    def _medical_print_bands(self, html, counts, top, options):
        """Print the header or footer of all pages, ``top`` mm below the paper's edge.

        :return: the one printed file, in a list; empty if there is nothing to print
        """
        page = pdf_bands.band_html(html, counts)
        if page is None:
            return []
        margins = {"margin-top": top, "margin-bottom": 0}
        pdf = self._medical_engine(pdf_bands.with_system_font(page), options, **margins)
        if pdf_bands.count_pages(pdf) != sum(counts):
            _logger.warning(
                "A header or footer is taller than its margin and was left out; make the "
                "margins of the report's paper format larger."
            )
            return []
        return [pdf]

    def _medical_margins(self, report_ref, specific):
        """Top and bottom margin of the report's paper, in millimeters."""
        paper = (
            self._get_report(report_ref).get_paperformat()
            if report_ref
            else self.get_paperformat()
        )
        specific = specific or {}
        return {
            side: float(
                specific.get(f"data-report-{side}")
                or paper[side.replace("-", "_")]
                or 0
            )
            for side in ("margin-top", "margin-bottom")
        }

    def _build_wkhtmltopdf_args(self, *args, **kwargs):
        arguments = super()._build_wkhtmltopdf_args(*args, **kwargs)
        run = current_run()
        changes = dict(run.arguments)
        # sudo: a plain setting, no secret
        delay = self.env["ir.config_parameter"].sudo()
        if run.is_unpatched and not delay.get_param("report.print_delay"):
            # nothing here is drawn by scripts: the host's second of waiting is lost
            changes["javascript-delay"] = 0
        for name, value in changes.items():
            flag = f"--{name}"
            if flag in arguments:
                arguments[arguments.index(flag) + 1] = str(value)
            else:
                arguments += [flag, str(value)]
        return arguments

    def _medical_inline_styles(self, documents):
        """Put the style sheets into the documents, so that printing from a cron or a
        shell, where no server answers, looks the same.

        :param documents: HTML texts, or None where there is no document
        """
        sheets = {}

        def style(match):
            name = match[1]
            if name not in sheets:
                sheets[name] = self._medical_stylesheet(name)
            return f"<style>{sheets[name]}</style>" if sheets[name] else match[0]

        return [html and _STYLESHEET.sub(style, str(html)) for html in documents]

    def _medical_stylesheet(self, name):
        """The text of a bundle of style sheets, or "" for an unknown one."""
        try:
            bundle, rtl, kind, prefixed = self.env["ir.asset"]._parse_bundle_name(
                name, False
            )
        except ValueError:
            return ""
        if kind != "css":
            return ""
        sheets = (
            self.env["ir.qweb"]
            ._get_asset_bundle(bundle, css=True, js=False, rtl=rtl, autoprefix=prefixed)
            .css()
        )
        # sudo: bundles are public files; the attachments that hold them are not for everybody
        return "".join(sheet.raw.decode() for sheet in sheets.sudo() if sheet.raw)
