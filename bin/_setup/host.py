"""The host: an Odoo 19 that is there, else Debian's signed package, unpacked without root."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from .common import IS_ROOT, STATE, Missing, retried, run, say, stamp, stamped

FOLDER = STATE / "host"
PACKAGES = (
    "odoo-19",
    # what the package's relative links point to
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-font-awesome",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-inconsolata",
    "fonts-ocr-b",
)
# listed in mail's assets, but not in Debian's package; only background blur needs it
ABSENT = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"


def ensure():
    """Return the folder to put on PYTHONPATH so that ``import odoo`` gives Odoo 19."""
    home = os.environ.get("ODOO_HOME")
    if home:
        return _checked(Path(home), "ODOO_HOME")
    found = _importable()
    if found:
        return found
    if not stamped("host", "odoo-19"):
        _fetch()
        stamp("host", "odoo-19")
    return FOLDER / "usr/lib/python3/dist-packages"


def _checked(folder, source):
    for base in (folder, folder / "usr/lib/python3/dist-packages"):
        release = base / "odoo" / "release.py"
        if release.exists():
            if re.search(r"version_info = \(19,", release.read_text(encoding="utf-8")):
                return base
            raise Missing(f"{source} holds an Odoo that is not version 19.")
    raise Missing(f"{source} names {folder}, which holds no odoo/release.py.")


def _importable():
    """An Odoo 19 that the system's Python can already import, or None."""
    code = "import odoo.release as r; print(r.version_info[0], r.__file__)"
    done = subprocess.run(
        ["python3", "-c", code], capture_output=True, text=True, check=False, cwd="/"
    )
    match = re.match(r"19 (.*)/odoo/release\.py", done.stdout.strip())
    return Path(match.group(1)) if match else None


def _fetch():
    for tool in ("apt-get", "dpkg"):
        if not shutil.which(tool):
            raise Missing(
                f"{tool} is not here: on a system without apt, set ODOO_HOME to the "
                "folder of an Odoo 19."
            )
    work = STATE / "apt"
    config = _private_apt(work)
    say("fetching Odoo 19 from Debian (about 125 MB)")
    retried(lambda: run("apt-get", "-c", config, "update", "-q", log="host-update"))
    debs = work / "debs"
    debs.mkdir(exist_ok=True)
    retried(
        lambda: run(
            "apt-get", "-c", config, "download", *PACKAGES, log="host-fetch", cwd=debs
        )
    )
    say("unpacking Odoo 19")
    part = STATE / "host.part"
    shutil.rmtree(part, ignore_errors=True)
    for deb in sorted(debs.glob("*.deb")):
        run("dpkg", "-x", deb, part, log="host-unpack")
    absent = part / "usr/lib/python3/dist-packages/odoo/addons" / ABSENT
    if not absent.exists():
        absent.parent.mkdir(parents=True, exist_ok=True)
        absent.touch()
    shutil.rmtree(FOLDER, ignore_errors=True)
    part.rename(FOLDER)
    shutil.rmtree(work)


def _private_apt(work):
    """A configuration of apt's that reads and writes nothing of the system's."""
    shutil.rmtree(work, ignore_errors=True)
    for folder in ("state/lists/partial", "cache/archives/partial", "etc"):
        (work / folder).mkdir(parents=True)
    (work / "state/status").touch()
    keyring, mirror = _keyring(work), _mirror(work)
    (work / "etc/sources.list").write_text(
        f"deb [signed-by={keyring}] {mirror} unstable main\n", encoding="utf-8"
    )
    config = work / "apt.conf"
    config.write_text(
        f'Dir::State "{work}/state";\n'
        f'Dir::State::status "{work}/state/status";\n'
        f'Dir::Cache "{work}/cache";\n'
        f'Dir::Etc::sourcelist "{work}/etc/sources.list";\n'
        'Dir::Etc::sourceparts "-";\n'
        'Dir::Etc::preferences "-";\n'
        'Dir::Etc::preferencesparts "-";\n'
        + ('APT::Sandbox::User "root";\n' if IS_ROOT else "")
        + 'Acquire::Languages "none";\n'
        'Acquire::Retries "3";\n',
        encoding="utf-8",
    )
    return config


def _keyring(work):
    """Debian's keys: the system's own, else those of its package (Ubuntu has it)."""
    system = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
    if system.exists():
        return system
    return _from_package(
        work, "debian-archive-keyring", "usr/share/keyrings/debian-archive-keyring.gpg"
    )


def _mirror(work):
    """Debian's mirror: named by us, by the system's sources, or by debootstrap."""
    named = os.environ.get("ODOO_DEBIAN_MIRROR")
    if named:
        return named
    sources = run(
        "apt-get", "indextargets", "--format", "$(REPO_URI) $(ORIGIN)", check=False
    )
    for line in sources.splitlines():
        address, _, origin = line.partition(" ")
        if address.rstrip("/").endswith("/debian") and origin in ("Debian", ""):
            return address
    script = _from_package(work, "debootstrap", "usr/sbin/debootstrap")
    match = re.search(
        r'^DEF_MIRROR="(\S+/debian/?)"',
        script.read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    if not match:
        raise Missing("Set ODOO_DEBIAN_MIRROR to the address of a Debian mirror.")
    return match.group(1)


def _from_package(work, package, path):
    folder = work / package
    folder.mkdir()
    try:
        run("apt-get", "download", package, log=f"fetch-{package}", cwd=folder)
    except Missing as error:
        raise Missing(
            f"The package {package} cannot be fetched: run apt-get update as root once, "
            "then start again."
        ) from error
    run("dpkg", "-x", next(folder.glob("*.deb")), folder, log=f"fetch-{package}")
    return folder / path
