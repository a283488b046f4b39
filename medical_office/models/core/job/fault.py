"""One bad record never stops a job: what failed is kept, the others go on."""

import logging

from odoo import api, fields, models
from odoo.exceptions import LockError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..check.answerable import finding
from ..check.check import CheckResult

_logger = logging.getLogger(__name__)

MOST_LETTERS = 500  # of a cause that is kept


class CoreJobFault(models.Model):
    """A record on which a scheduled job failed; gone as soon as it succeeds."""

    _name = "medical.core.job.fault"
    _description = "Record on Which a Job Failed"
    _inherit = ["medical.core.guard"]
    _order = "id"

    job = fields.Char(required=True, readonly=True)
    res_model = fields.Char("Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Record", model_field="res_model", required=True, readonly=True
    )
    cause = fields.Char(required=True, readonly=True)

    _one_each = models.UniqueIndex(
        "(job, res_model, res_id)", "This failure is on record already."
    )

    @api.model
    def _each(self, job, records, step):
        """Do a step of a job for all of ``records``; where that fails, for each half of
        them, down to each alone.

        :param job: name of the job in words, shown with what failed
        :param records: what the job works on
        :param step: called with the records (all of them, or one)
        :return: those for which the step was done
        """
        causes = self._failures(records, step)
        self._keep(job, records, causes)
        return records - records.browse(causes)

    @api.model
    def _each_batch(self, job, records, step, size, domain=()):
        """The same in batches, each committed: cut off, the next run does the rest.

        :param size: how many records a batch has
        :param domain: what a record has to fit still when its turn comes
        :return: whether all had their turn within the time of the cron
        """
        remaining = len(records)
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=remaining)
        for start in range(0, len(records), size):
            batch = records[start : start + size].exists().try_lock_for_update()
            self._each(job, batch.filtered_domain(domain), step)
            remaining = max(remaining - size, 0)
            if not cron._commit_progress(len(batch), remaining=remaining) and remaining:
                return False
        return True

    def _failures(self, records, step):
        """{id: cause} of what was not done; no cause where it only has to wait."""
        if not records:
            return {}
        done, cause = self._attempt(records, step)
        if done:
            return {}
        if len(records) == 1:
            return {records.id: cause}
        # halves: one bad record among thousands is found in a few tries
        half = len(records) // 2
        return self._failures(records[:half], step) | self._failures(
            records[half:], step
        )

    def _attempt(self, records, step):
        """(whether the step was done, else why not)."""
        try:
            with self.env.cr.savepoint():
                step(records)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise  # the whole transaction starts anew
        except LockError:
            return False, None  # somebody is at it: the next run is near
        except Exception as error:
            _logger.warning("A job failed on %s", records, exc_info=len(records) == 1)
            return False, (str(error) or type(error).__name__)[:MOST_LETTERS]
        return True, None

    def _keep(self, job, records, causes):
        """Bring what is on record for these records up to date."""
        # sudo: kept by the program, whoever runs the job
        faults = self.sudo()._pen()
        known = faults.search(
            [
                ("job", "=", job),
                ("res_model", "=", records._name),
                ("res_id", "in", records.ids),
            ]
        )
        new = causes.keys() - set(known.mapped("res_id"))
        for fault in known:
            if causes.get(fault.res_id):
                fault.cause = causes[fault.res_id]
        known.filtered(lambda fault: fault.res_id not in causes).unlink()
        faults.create(
            [
                {
                    "job": job,
                    "res_model": records._name,
                    "res_id": res_id,
                    "cause": causes[res_id],
                }
                for res_id in new
                if causes[res_id]
            ]
        )

    @api.model
    def _medical_check_faults(self):
        """What the scheduled jobs could not do, until they can."""
        faults = self.search([])
        rows, gone = [], self.browse()
        for model, own in faults.grouped("res_model").items():
            there = (
                self.env[model].browse(own.mapped("res_id")).exists()
                if model in self.env
                else own.browse()
            )
            for fault in own:
                if fault.res_id not in there._ids:
                    gone |= fault
                    continue
                record = self.env[model].browse(fault.res_id)
                summary = self.env._(
                    "%(record)s: “%(job)s” failed. %(cause)s",
                    record=record.display_name,
                    job=fault.job,
                    cause=fault.cause,
                )
                rows.append(finding(record, summary, key=fault.job))
        gone._pen().unlink()
        return CheckResult(len(faults), rows)
