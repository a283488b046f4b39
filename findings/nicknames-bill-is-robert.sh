#!/usr/bin/env bash
# nicknames 1.0.1: Bill stands for Robert, and no Spanish name has a short form.
#
# Expected: Bill is William; Robert and William, the two most frequent of such names, share
# no short form; for a data set used on US records, José (Pepe), Guadalupe (Lupe) and
# Francisco (Paco) are known.
# Seen: Bill's full names include Robert, so that every Robert matches every Bill, and the
# Spanish names are unknown. Output:
#
#     Bill: robert, will, william, willis
#     Pepe: -
#     Lupe: -
#     Paco: -
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "nicknames==1.0.1"
"$folder/venv/bin/python" - <<'PYTHON'
from nicknames import NickNamer

namer = NickNamer()
seen = {name: sorted(namer.canonicals_of(name)) for name in ("Bill", "Pepe", "Lupe", "Paco")}
for name, full in seen.items():
    print(f"{name}: {', '.join(full) or '-'}")

assert seen == {
    "Bill": ["robert", "will", "william", "willis"],
    "Pepe": [],
    "Lupe": [],
    "Paco": [],
}, "the behavior changed"
PYTHON
