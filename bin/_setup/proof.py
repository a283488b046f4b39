"""The test of the seals: whatever somebody changes by SQL is named, and nothing else is,
not after an upgrade and not in a copy that was dumped and restored."""

import tempfile
from pathlib import Path

SCRIPT = Path(__file__).with_name("proof_shell.py")


def _shell(installation, database, call, log):
    """What a call of ``proof_shell.py`` found wrong, and what it told."""
    script = SCRIPT.read_text(encoding="utf-8")
    told = installation.shell(database, f"{script}\n{call}", f"proof-{log}")
    lines = told.splitlines()
    return (
        [one.removeprefix("problem: ") for one in lines if one.startswith("problem: ")],
        [one for one in lines if one.startswith(("changed: ", "tampered: "))],
    )


def prepare(installation, database):
    """Something sealed of each kind, all of it intact."""
    return _shell(
        installation,
        database,
        'something_of_each(env)\nintact(env, "before anything")',
        "before",
    )[0]


def problems(installation, database):
    """What was not seen, or seen wrongly, in a database that was prepared and upgraded.

    :return: (problems, what was tried)
    """
    copy = f"{database}_restored"
    found, _told = _shell(installation, database, 'intact(env, "upgraded")', "upgraded")
    try:
        with tempfile.NamedTemporaryFile(suffix=".dump") as dump:
            installation.pg_tool("pg_dump", "-Fc", "-f", dump.name, database)
            installation.drop(copy)
            installation.pg_tool("createdb", copy)
            installation.pg_tool("pg_restore", "--no-owner", "-d", copy, dump.name)
        wrong, _told = _shell(installation, copy, 'intact(env, "restored")', "restored")
    finally:
        installation.drop(copy)
    missed, told = _shell(installation, database, "tamper(env)", "tampered")
    if not any(line.startswith("tampered: 200") for line in told):
        missed.append("200 changes were not made: nothing was tried")
    again, _told = _shell(installation, database, 'intact(env, "put back")', "back")
    return found + wrong + missed + again, told
