"""At which site an exception is: a practice of several asks that first."""

from odoo import models

from ..check.answerable import ROOM_FIELDS, SITE_FIELDS, related


class CoreException(models.Model):
    _inherit = "medical.core.exception"

    def _sites(self):
        """{(model, id): name of the site}, where a practice has several.

        As many queries as there are models among the exceptions, however many rows.
        """
        # sudo: the name of a site is no secret to who reads what is wrong there
        env = self.sudo().env
        sites = env["stock.warehouse"]._medical_sites(self.env.companies)
        if len(sites) < 2:
            return {}
        names = {}
        for model, exceptions in self.grouped("res_model").items():
            if model not in env or not env[model]._auto:
                continue
            records = env[model].browse(set(exceptions.mapped("res_id"))).exists()
            for record in records:
                site = _site_of(record)
                if site:
                    names[model, record.id] = site.name
        return names


def _site_of(record):
    if record._name == "stock.warehouse":
        return record
    room = record if record._name == "stock.location" else related(record, ROOM_FIELDS)
    # a field of that name may be about something else
    site = related(record, SITE_FIELDS)
    if site is not None and site._name != "stock.warehouse":
        site = None
    if site is None and room is not None and room._name == "stock.location":
        site = room.medical_site_id
    return site
