"""Where things are, and how a step speaks, runs a program and remembers it is done."""

import hashlib
import os
import pwd
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STATE = ROOT / ".odoo"
LOGS = STATE / "log"
ADDON = ROOT / "medical_office"
IS_ROOT = os.geteuid() == 0
APT = threading.Lock()  # one installation of the system's packages at a time


class Missing(Exception):
    """Something is not there; the message is one sentence on how to get it."""


def say(text):
    """One progress line."""
    print(f"· {text}", flush=True)


def run(*command, log=None, check=True, **options):
    """Run a program; its output goes to the log file ``log`` (or is returned).

    :raises Missing: it failed; the message names the log and its last lines
    """
    command = [str(part) for part in command]
    if log is None:
        return subprocess.run(
            command, check=check, text=True, capture_output=True, **options
        ).stdout
    LOGS.mkdir(parents=True, exist_ok=True)
    path = LOGS / f"{log}.log"
    with path.open("w", encoding="utf-8") as out:
        done = subprocess.run(
            command, stdout=out, stderr=subprocess.STDOUT, check=False, **options
        )
    if check and done.returncode:
        tail = path.read_text(encoding="utf-8", errors="replace").splitlines()[-15:]
        raise Missing(
            f"{Path(command[0]).name} failed (exit {done.returncode}); the whole output "
            f"is in {path.relative_to(ROOT)}:\n" + "\n".join(f"    {t}" for t in tail)
        )
    return done.returncode


def retried(step, times=3):
    """Run ``step``; try again after a pause, for what comes over a network."""
    for attempt in range(1, times + 1):
        try:
            return step()
        except (Missing, subprocess.CalledProcessError):
            if attempt == times:
                raise
            say(f"  that did not work; trying again ({attempt} of {times - 1})")
            time.sleep(5 * attempt)
    return None


def together(*steps):
    """Run steps side by side; return what each gives, in their order.

    :raises Missing: what the first of them that failed raised, when all have ended
    """
    with ThreadPoolExecutor(len(steps)) as pool:
        running = [pool.submit(step) for step in steps]
    return [future.result() for future in running]


def digest(*parts):
    """A short hash of texts and files, which names what was built from them."""
    total = hashlib.sha256()
    for part in parts:
        if isinstance(part, Path):
            total.update(part.relative_to(ROOT).as_posix().encode())
            total.update(part.read_bytes())
        else:
            total.update(str(part).encode())
        total.update(b"\0")
    return total.hexdigest()[:10]


def stamped(name, value):
    """Whether the step ``name`` was finished for ``value``."""
    return remembered(name) == value


def remembered(name):
    """For what value the step ``name`` was finished; empty where it never was."""
    path = STATE / "stamps" / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def stamp(name, value):
    """Remember that the step ``name`` is finished for ``value``."""
    folder = STATE / "stamps"
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{name}.part"
    part.write_text(value, encoding="utf-8")
    part.replace(folder / name)


def apt_install(*packages):
    """Install Debian packages as root."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with APT:
        retried(
            lambda: run("apt-get", "update", "-q", log="apt-update", env=environment)
        )
        retried(
            lambda: run(
                *("apt-get", "install", "-y", "-q", "--no-install-recommends"),
                *packages,
                log="apt-install",
                env=environment,
                stdin=subprocess.DEVNULL,
            )
        )


def unprivileged_user():
    """The account that runs the database when we are root."""
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Missing("Create a user named postgres: PostgreSQL does not run as root.")


def reachable_by(user, path):
    """Whether ``user`` may enter every folder down to ``path``."""
    for folder in [path, *path.parents]:
        if not folder.exists():
            continue
        info = folder.stat()
        if not info.st_mode & 0o001 and info.st_uid != user.pw_uid:
            return False
    return True


def fail(message):
    print(f"\n✗ {message}", file=sys.stderr, flush=True)
    raise SystemExit(1)
