"""The virtual environment with exactly pinned packages."""

import os
import shutil
import sys

from .common import ROOT, STATE, Missing, digest, retried, run, say, stamp, stamped

FOLDER = STATE / "venv"
PYTHON = FOLDER / "bin" / "python"
FILES = ("requirements-host.txt", "requirements-oca.txt", "requirements-dev.txt")
PINS = (*FILES, "constraints-dev.txt")


def key():
    """What the environment is made of."""
    return digest(sys.version, *(ROOT / name for name in PINS))


def ensure():
    """Make the environment, or mend it after its requirements changed."""
    if sys.version_info < (3, 10):
        raise Missing("Python 3.10 or newer is needed; start with that python3.")
    if stamped("python", key()) and PYTHON.exists():
        return PYTHON
    say("making the virtual environment")
    if not _usable():
        shutil.rmtree(FOLDER, ignore_errors=True)
        _create()
    for name in FILES:
        say(f"installing {name}")
        # the first two are complete; the OCA wheels ask for a distribution called odoo,
        # and rlPyCairo for pycairo, though it draws with cairocffi too
        alone = [] if name == "requirements-dev.txt" else ["--no-deps"]
        retried(
            lambda name=name, alone=alone: run(
                PYTHON, "-m", "pip", "install", *alone, "-r", ROOT / name, log="pip"
            )
        )
    stamp("python", key())
    return PYTHON


def _usable():
    return PYTHON.exists() and not run(
        PYTHON, "-m", "pip", "--version", log="pip-version", check=False
    )


def _create():
    try:
        run(sys.executable, "-m", "venv", FOLDER, log="venv")
    except Missing as error:
        raise Missing(
            "python3 cannot make a virtual environment: install it with "
            "“apt-get install python3-venv” as root."
        ) from error


def environment(host):
    """Variables for every run of Odoo: where it is, and bytecode kept out of its tree."""
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(
            filter(None, [str(host), os.environ.get("PYTHONPATH")])
        ),
        "PYTHONPYCACHEPREFIX": str(STATE / "pyc"),
        "PYTHONDONTWRITEBYTECODE": "",
        "PATH": f"{FOLDER / 'bin'}{os.pathsep}{os.environ['PATH']}",
    }
