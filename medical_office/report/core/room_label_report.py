"""Labels for the doors of rooms: drawn to the tenth of a millimeter, not laid out."""

import base64
import io

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M
from reportlab.pdfgen.canvas import Canvas

from odoo import models
from odoo.exceptions import UserError
from odoo.tools.image import image_data_uri

from ...engine.core.labels import labels_of
from ...tools.core.labels import PAGE_HEIGHT, PAGE_WIDTH, SHEETS
from ..printing.fonts import fitting_size, register_fonts, shortened

SMALLEST = 6.5  # points; smaller print is not read on a wall


class CoreRoomLabel(models.AbstractModel):
    """A sheet of QR labels; each format of sheet is a report of its own.

    The printing engine of the host would scale the sheet by how it was built, and the
    labels would miss the paper's cuts.
    """

    _name = "medical.core.room.label"
    _description = "Room Labels"

    _sheet = None  # key of tools.core.labels.SHEETS

    def _label_rooms(self, docids):
        """The rooms to print, in walking order.

        :raises UserError: there is no room among the records
        """
        rooms = self.env["stock.location"].browse(docids or [])
        rooms.check_access("read")
        rooms = rooms.filtered("medical_room_type").sorted(
            lambda r: (r.medical_site_id.name or "", r.medical_sequence, r.name, r.id)
        )
        if not rooms:
            raise UserError(
                self.env._("None of these locations are rooms. Choose rooms to print.")
            )
        return rooms

    def _label_lines(self, room):
        """What stands below the room's name."""
        types = labels_of(room, "medical_room_type")
        floor = self.env._("Floor %(floor)s", floor=room.medical_floor)
        return [
            room.medical_site_id.name,
            " · ".join(
                [
                    types[room.medical_room_type],
                    *([floor] if room.medical_floor else []),
                ]
            ),
        ]

    def _draw_pdf(self, docids, _data):
        """Draw the sheet.

        :return: the PDF, as bytes
        """
        rooms = self._label_rooms(docids)
        sheet = SHEETS[self._sheet]
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=(PAGE_WIDTH, PAGE_HEIGHT))
        canvas.setTitle(self._report_action_name())
        canvas.setCreator("Odoo")
        page = 0
        for room, place in zip(rooms, sheet.places(len(rooms)), strict=True):
            if place.page != page:
                canvas.showPage()
                page = place.page
            self._draw_label(canvas, room, place)
        canvas.save()
        return out.getvalue()

    def _report_action_name(self):
        name = self._name.removeprefix("report.")
        return self.env["ir.actions.report"]._get_report_from_name(name).name

    def _draw_label(self, canvas, room, place):
        plain, bold = register_fonts()
        upright = place.height > place.width
        pad = min(place.width, place.height) * 0.07
        side = (place.width if upright else place.height) - 2 * pad
        left, bottom = place.left + pad, place.bottom + place.height - pad - side
        _draw_qr(canvas, room._medical_label_url(), left, bottom, side)
        if upright:
            width, right, top = place.width - 2 * pad, left, bottom - pad
        else:
            width = place.width - side - 3 * pad
            right, top = left + side + pad, place.bottom + place.height - 2 * pad
        largest = min(width / 5, 34)
        size = fitting_size(room.name, bold, largest, largest / 2.5, width)
        canvas.setFont(bold, size)
        top -= size
        canvas.drawString(right, top, shortened(room.name, bold, size, width))
        small = max(largest * 0.4, SMALLEST)
        for line in filter(None, self._label_lines(room)):
            fitted = fitting_size(line, plain, small, SMALLEST, width)
            top -= small * 1.45
            canvas.setFont(plain, fitted)
            canvas.drawString(right, top, shortened(line, plain, fitted, width))

    def _get_report_values(self, docids, data=None):
        """For the preview in the browser; the paper gets ``_draw_pdf``."""
        rooms = self._label_rooms(docids)
        barcode = self.env["ir.actions.report"].barcode
        return {
            "docs": rooms,
            "labels": [
                {
                    "name": room.name,
                    "lines": self._label_lines(room),
                    "qr": _qr_data_uri(barcode, room._medical_label_url()),
                }
                for room in rooms
            ],
        }


class RoomLabelSmall(models.AbstractModel):
    _name = "report.medical_office.room_label_small"
    _inherit = "medical.core.room.label"
    _description = "Room Labels, 30 per Sheet"
    _sheet = "5160"


class RoomLabel(models.AbstractModel):
    _name = "report.medical_office.room_label"
    _inherit = "medical.core.room.label"
    _description = "Room Labels, 10 per Sheet"
    _sheet = "5163"


class RoomLabelLarge(models.AbstractModel):
    _name = "report.medical_office.room_label_large"
    _inherit = "medical.core.room.label"
    _description = "Room Labels, 4 per Sheet"
    _sheet = "5168"


def _draw_qr(canvas, text, left, bottom, side):
    """A QR code as vectors; level M still reads with a seventh of it scratched off."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=1)
    code.add_data(text)
    code.make(fit=True)
    matrix = code.get_matrix()
    step = side / len(matrix)
    path = canvas.beginPath()
    for number, row in enumerate(matrix, start=1):
        low = bottom + side - number * step
        for start, stop in _runs(row):
            path.rect(left + start * step, low, (stop - start) * step, step)
    canvas.drawPath(path, stroke=0, fill=1)


def _runs(row):
    """(start, stop) of each run of dark squares in a row: one shape instead of many."""
    edges = [
        place
        for place, (before, now) in enumerate(
            zip([False, *row], [*row, False], strict=True)
        )
        if before != now
    ]
    return zip(edges[::2], edges[1::2], strict=True)


def _qr_data_uri(barcode, text):
    image = barcode("QR", text, width=200, height=200)
    return image_data_uri(base64.b64encode(image))
