"""People by what is asked of them, for the screen and on paper."""

from odoo import api, models
from odoo.tools.misc import format_date

from ....engine.core.labels import labels_of


class PeopleMatrix(models.AbstractModel):
    """Mixin of rows that say for one person and one thing asked whether it is there.

    The rows have ``employee_id``, ``job_id``, ``department_id`` and ``status``.
    ``_matrix_asked``, ``_matrix_day`` and ``_matrix_proof`` name the fields of what is
    asked, of the day it ends or is due, and of what proves it; ``_matrix_good`` the
    statuses that count, ``_matrix_readers`` the roles, ``_matrix_fetched`` the columns,
    ``_matrix_reports`` the report actions by form.
    """

    _name = "medical.people.matrix"
    _description = "People by What Is Asked"

    _matrix_asked = _matrix_day = _matrix_proof = None
    _matrix_good = frozenset()
    _matrix_readers = _matrix_fetched = ()
    _matrix_reports = {}

    @api.model
    def matrix(self, department_id=False, only_gaps=False):
        """People by what is asked, for the screen.

        :param department_id: of one department, else of all the caller may see
        :param only_gaps: leave out people who have everything
        :return: {"columns": [{id, name}], "departments": [...], "rows": [{id, name, job,
            held, asked, cells: {id of what is asked: {status, label, day,
            credential}}}]}; a fixed number of queries
        """
        self.env["medical.core.guard"]._check_caller(*self._matrix_readers)
        domain = []
        if department_id:
            domain.append(("department_id", "=", int(department_id)))
        # fetched with the search: the statement runs once, not once for each thousand
        rows = self.search_fetch(domain, self._matrix_fetched)
        found = [
            person
            for person in self._matrix_people(rows).values()
            if not only_gaps or person["held"] < person["asked"]
        ]
        asked = {key for person in found for key in person["cells"]}
        columns = self[self._matrix_asked].browse(asked).sorted()
        return {
            # sudo: the names of what is asked of those people
            "columns": [{"id": c.id, "name": c.name} for c in columns.sudo()],
            "rows": sorted(found, key=lambda p: (p["department"], p["name"], p["id"])),
            "departments": [
                {"id": department.id, "name": department.name}
                for department in self.env["hr.department"].search(
                    [("company_id", "in", [False, *self.env.companies.ids])]
                )
            ],
        }

    @api.model
    def _matrix_people(self, rows):
        labels = labels_of(self, "status")
        people = {}
        # sudo: names and jobs of people whose rows the caller sees
        rows = rows.sudo()
        for one in (rows.employee_id, rows.job_id, rows.department_id):
            one.fetch(["name"])  # the host would read each thousand alone
        for row in rows:
            person = people.setdefault(
                row.employee_id.id,
                {
                    "id": row.employee_id.id,
                    "name": row.employee_id.name,
                    "job": row.job_id.name or "",
                    "department": row.department_id.name or "",
                    "held": 0,
                    "asked": 0,
                    "cells": {},
                },
            )
            day = row[self._matrix_day]
            person["asked"] += 1
            person["held"] += row.status in self._matrix_good
            person["cells"][row[self._matrix_asked].id] = {
                "status": row.status,
                "label": labels[row.status],
                "day": day and format_date(self.env, day),
                "credential": row[self._matrix_proof].id,
            }
        return people

    def print_matrix(self, form="pdf"):
        """The matrix of these rows on paper or as a spreadsheet.

        :param form: "pdf" or "xlsx"
        :return: report action
        """
        self.env["medical.core.guard"]._check_caller(*self._matrix_readers)
        self.check_access("read")
        name = self._matrix_reports.get(form, self._matrix_reports["pdf"])
        # sudo: the action itself; whoever may not print it is refused by its groups
        report = self.env.ref(f"medical_office.{name}").sudo()
        return report.report_action(self.ids, config=False)
