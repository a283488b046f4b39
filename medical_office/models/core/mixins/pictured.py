"""Photos that people attach: decoded and written again, without metadata."""

import base64
import binascii

from odoo import api, models
from odoo.exceptions import ValidationError

from ....tools.core.photo import MAX_BYTES, PhotoError, clean_photo


class CorePictured(models.AbstractModel):
    """Mixin for records with a photo in one of ``_photo_fields``.

    What the program writes with the pen was cleaned where it came in.
    """

    _name = "medical.core.pictured"
    _description = "With a Photo"

    _photo_fields = ()

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._clean_photos(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._clean_photos(vals))

    @api.model
    def _clean_photos(self, vals):
        """The values with each photo written again."""
        wanted = [name for name in self._photo_fields if vals.get(name)]
        if not wanted or self.env["medical.core.guard"]._holds_pen():
            return vals
        return {**vals, **{name: self._clean_photo(vals[name]) for name in wanted}}

    @api.model
    def _clean_photo(self, content, name=""):
        """A photo as it is kept.

        :param content: base64 of the file, untrusted
        :param name: by which the message calls it
        :return: base64 of a JPEG without metadata
        :raises ValidationError: it is no picture, or too large; says the remedy
        """
        try:
            data = base64.b64decode(content, validate=True)
        except (binascii.Error, ValueError, TypeError):
            data = b""
        try:
            return base64.b64encode(clean_photo(data))
        except PhotoError as error:
            raise ValidationError(
                self._photo_message(error.code, data, name)
            ) from error

    @api.model
    def _photo_message(self, code, data, name=""):
        """What is wrong with a photo, and what to do."""
        _ = self.env._
        name = name or _("the photo")
        if code == "type":
            return _(
                "“%s” is not a PNG, JPEG or WebP picture. Take the photo again.", name
            )
        if code == "bytes":
            return _(
                "The photo is %(size)s MB; the limit is %(limit)s MB. Take it with a "
                "lower resolution.",
                size=round(len(data) / 1024 / 1024, 1),
                limit=MAX_BYTES // 1024 // 1024,
            )
        if code == "pixels":
            return _("The photo has too many pixels. Take it with a lower resolution.")
        return _("The picture cannot be read. Take the photo again.")
