"""Faults reported by whoever scans a label: what is taken in, what is shown, the mail."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import email_normalize

from ....tools.plaintext import storable
from .request import OPEN

TEXT_MOST = 1000


class MaintenanceRequest(models.Model):
    _inherit = "maintenance.request"

    medical_reporter_email = fields.Char(
        "Reporter's Email",
        copy=False,
        readonly=True,
        groups="medical_office.core_group_head",
        help="Entered on the public page by the person who reported it, who is "
        "notified when the status changes.",
    )

    @api.model
    def _medical_public_target(self, token):
        """(asset, room) of a label's token as superuser, both empty where it is stale."""
        token = storable(token)
        # sudo: whoever holds the label may report; the page shows the names alone
        assets = self.env["maintenance.equipment"].sudo()
        rooms = self.env["stock.location"].sudo()  # sudo: as above
        asset = assets._medical_from_token(token)
        if asset:
            return asset.filtered("active"), asset.filtered("active").location_id
        room = rooms.search([("medical_qr_token", "=", token or "-")], limit=1)
        return assets.browse(), room.filtered("medical_room_type")

    @api.model
    def _medical_report_fault(self, asset, room, text, photo=None, email=None):
        """Open a request from the public page.

        :param asset: equipment or empty, as superuser
        :param room: the room or empty, as superuser
        :param text: what is wrong, plain text
        :param photo: base64 of a picture that was decoded and written anew, or None
        :param email: address for news, checked here; an unusable one is left out
        :return: the request, as superuser
        """
        text = storable(text).strip()[:TEXT_MOST]
        first_line = text.splitlines()[0][:80] if text else ""
        where = asset.name or room.name
        company = asset.company_id or room.company_id
        # sudo: the public reports, the program opens the request
        requests = self.sudo()._pen().with_company(company)
        requests = requests.with_context(mail_create_nosubscribe=True)
        fault = requests.create(
            {
                "name": f"{where}: {first_line}",
                "company_id": company.id,
                "equipment_id": asset.id,
                "medical_room_id": room.id,
                "medical_source": "qr",
                "maintenance_type": "corrective",
                "priority": "2" if asset.medical_is_critical else "1",
                "description": Markup("<p>%s</p>") % text,
                "medical_photo": photo,
                "medical_reporter_email": email_normalize(storable(email)) or False,
                "medical_status_token": self._medical_new_token(),
                "employee_id": False,
                "owner_user_id": False,
            }
        )
        return fault.with_env(self.env(su=True))

    def _medical_forget_reporter(self):
        """Send no more mail to whoever reported it."""
        # sudo: the holder of the status token may end the mails, and nothing else
        self.sudo()._pen().write({"medical_reporter_email": False})

    @api.model
    def _medical_public_open(self, asset, room):
        """Whether something is reported here already and not repaired yet."""
        target = (
            fields.Domain("equipment_id", "=", asset.id)
            if asset
            else fields.Domain("medical_room_id", "=", room.id)
            & fields.Domain("equipment_id", "=", False)
        )
        # sudo: only whether there is one; what and by whom is not shown
        return bool(self.sudo().search_count(target & fields.Domain(OPEN), limit=1))

    @api.model
    def _medical_from_status_token(self, token):
        """The request with this status token, as superuser, or empty."""
        # sudo: the token is the right to see the state, and nothing else is shown
        return self.sudo().search(
            [("medical_status_token", "=", storable(token) or "-")], limit=1
        )

    def _medical_public_state(self):
        """(step, words, done, cancelled) for the reporter."""
        self.ensure_one()
        _ = self.env._
        if self.archive:
            return "done", _("Closed without a repair"), True
        if self.medical_step == "scrap":
            return "done", _("Taken out of use"), True
        step = self.medical_step or ("done" if self.done else "work")
        words = {
            "new": _("Reported"),
            "work": _("Somebody is working on it"),
            "check": _("Repaired, being checked"),
            "done": _("Repaired"),
        }
        return step, words[step], step == "done"

    def _medical_public_where(self):
        """The names the label itself shows: asset, room, practice."""
        self.ensure_one()
        names = [self.equipment_id.name, self.medical_room_id.name]
        return " · ".join(name for name in names if name)

    # ---------------------------------------------------------------------- mail

    def _medical_told_states(self, vals):
        """{request, as superuser: the state as its reporter sees it}, where one waits for
        news and these values may change it."""
        if not vals.keys() & {"stage_id", "archive"}:
            return {}
        waiting = self.sudo().filtered("medical_reporter_email")  # sudo: address only
        return {request: request._medical_public_state()[1] for request in waiting}

    def _medical_tell_reporters(self, before):
        """Send the reporters a mail where the state as they see it has changed.

        :param before: what ``_medical_told_states`` said before the change
        """
        changed = self.sudo().browse()  # sudo: address only
        for request, state in before.items():
            if request._medical_public_state()[1] != state:
                changed |= request
        changed._medical_mail_reporter()

    def _medical_mail_reporter(self):
        """Queue one mail for each reporter; a plain text, nothing of the inside."""
        mails = []
        for request in self:
            state = request._medical_public_state()[1]
            url = request._medical_status_url()
            company = request.company_id
            body = self.env["ir.qweb"]._render(
                "medical_office.facility_fault_mail",
                {
                    "where": request._medical_public_where(),
                    "state": state,
                    "url": url,
                    "company": company.name,
                },
            )
            mails.append(
                {
                    "email_to": request.medical_reporter_email,
                    "email_from": company.email_formatted
                    or self.env.user.email_formatted,
                    "subject": self.env._(
                        "%(where)s: %(state)s",
                        where=request._medical_public_where(),
                        state=state,
                    ),
                    "body_html": body,
                    "auto_delete": True,
                    # no model and id: the request's own thread stays inside
                }
            )
        # sudo: outgoing mail is the system's
        self.env["mail.mail"].sudo().create(mails)

    def _medical_status_url(self):
        self.ensure_one()
        token = self.sudo().medical_status_token  # sudo: for its owner's mail
        return f"{self.get_base_url()}/medical_office/fault/status/{token}"
