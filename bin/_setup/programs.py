"""Programs that print and test: wkhtmltopdf with its fonts, Chromium, pdftoppm,
LibreOffice."""

import os
import shutil

from .common import IS_ROOT, Missing, apt_install, say

PRINTING = {"wkhtmltopdf": "wkhtmltopdf", "fc-list": "fontconfig"}
# libcairo2 draws the barcodes where rl-renderPM has no build (Python 3.13)
LIBRARIES = ("fonts-liberation", "fonts-dejavu-core", "libcairo2")
TESTING = {
    **PRINTING,
    "chromium": "chromium",
    "pdftoppm": "poppler-utils",
    # opens the spreadsheets as their readers do
    "soffice": "libreoffice-calc",
}
OTHER_NAMES = {
    "chromium": ("chromium-browser", "google-chrome"),
    "soffice": ("libreoffice",),
}


def _found(program):
    return any(shutil.which(name) for name in (program, *OTHER_NAMES.get(program, ())))


def ensure(wanted, required):
    """Install what is missing as root; else say how, and stop only where it is required.

    :param wanted: program -> Debian package that brings it
    :param required: whether to stop without them
    """
    missing = [package for program, package in wanted.items() if not _found(program)]
    if not missing:
        return
    packages = sorted({*missing, *LIBRARIES})
    command = f"apt-get install --no-install-recommends {' '.join(packages)}"
    if IS_ROOT and shutil.which("apt-get") and not os.environ.get("NO_APT"):
        say(f"installing {', '.join(packages)}")
        apt_install(*packages)
        return
    if required:
        raise Missing(f"Missing: {', '.join(missing)}. As root: {command}")
    say(f"without {', '.join(missing)} no PDF is printed; as root: {command}")
