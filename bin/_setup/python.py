"""The virtual environment with exactly pinned packages."""

import os
import shutil
import sys

from .common import ROOT, STATE, Missing, digest, retried, run, say, stamp, stamped

FOLDER = STATE / "venv"
PYTHON = FOLDER / "bin" / "python"
# complete: the OCA wheels ask for a distribution called odoo, and rlPyCairo for pycairo,
# though it draws with cairocffi too
RUNNING = ("requirements-host.txt", "requirements-oca.txt")
TESTING = ("requirements-dev.txt", "constraints-dev.txt")


def key(names=RUNNING):
    """What the environment is made of."""
    return digest(sys.version, *(ROOT / name for name in names))


def ensure(testing=True):
    """Make the environment, or mend it after its requirements changed.

    :param testing: with what the tests and lint need, which no running practice does
    """
    if sys.version_info < (3, 10):
        raise Missing("Python 3.10 or newer is needed; start with that python3.")
    if not (stamped("python", key()) and PYTHON.exists()):
        say("making the virtual environment")
        if not _usable():
            shutil.rmtree(FOLDER, ignore_errors=True)
            _create()
        (STATE / "stamps/python-testing").unlink(missing_ok=True)
        _install("--no-deps", files=RUNNING)
        stamp("python", key())
    if testing and not stamped("python-testing", key(TESTING)):
        _install(files=TESTING[:1])
        stamp("python-testing", key(TESTING))
    return PYTHON


def _install(*options, files):
    say(f"installing {', '.join(files)}")
    requirements = [part for name in files for part in ("-r", ROOT / name)]
    # not compiled: Odoo keeps its bytecode apart (environment), and compiles what it uses
    retried(
        lambda: run(
            *(PYTHON, "-m", "pip", "install", "--no-compile", "--no-input"),
            *("--disable-pip-version-check", *options, *requirements),
            log="pip",
        )
    )


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
