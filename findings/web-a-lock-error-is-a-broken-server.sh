#!/usr/bin/env bash
# Odoo 19.0: who loses a race is told by a UserError, which the browser takes for a broken server.
#
# What one would expect: LockError is a UserError (HTTP status 409) whose sentence is for people,
# so the web client shows it in the dialog of a UserError, as it does with each other one.
#
# What was seen: the client finds the dialog of an error by the exact name of its class, no parent
# is asked (web/static/src/core/errors), and of the UserErrors of odoo.exceptions LockError alone is
# not among the names: the user reads "Odoo Server Error" and is shown a traceback.
#
# Odoo 19: ODOO_HOME, else Debian's package odoo-19 (see _odoo.sh).
#
# Output:
#   AccessDenied: shown in words
#   AccessError: shown in words
#   LockError: shown as Odoo Server Error
#   MissingError: shown in words
#   ValidationError: shown in words
. "$(dirname "$0")/_odoo.sh"
odoo_install web
odoo_run <<'PY'
import sys

from odoo import exceptions
from odoo.tools import file_open

with file_open("web/static/src/core/errors/error_dialogs.js") as file:
    source = file.read()
words = {}
for name, kind in sorted(vars(exceptions).items()):
    if isinstance(kind, type) and issubclass(kind, exceptions.UserError):
        if kind is not exceptions.UserError:
            words[name] = f'.add("odoo.exceptions.{name}"' in source
for name, shown in words.items():
    print(f"{name}: shown", "in words" if shown else "as Odoo Server Error")
sys.exit([name for name, shown in words.items() if not shown] != ["LockError"])
PY
