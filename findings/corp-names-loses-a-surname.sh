#!/usr/bin/env bash
# corp-names 0.3.3: normalize_name loses the surnames Do and Ma, and makes every Pat Patricia.
#
# Expected: of a two-word name the second is the surname, even if it is a degree elsewhere
# (Do is a frequent Vietnamese surname, Ma a Chinese one); Pat stays open between Patrick
# and Patricia.
# Seen: Do and Ma become a suffix and the surname is empty; two people with those names
# normalize to a bare first name. Output:
#
#     Minh Do: minh
#     Li Ma: li
#     Pat Jones: patricia jones
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "corp-names==0.3.3"
"$folder/venv/bin/python" - <<'PYTHON'
from corp_names import normalize_name

seen = {}
for name in ("Minh Do", "Li Ma", "Pat Jones"):
    seen[name] = normalize_name(name).normalized
    print(f"{name}: {seen[name]}")

assert seen == {"Minh Do": "minh", "Li Ma": "li", "Pat Jones": "patricia jones"}, "the behavior changed"
PYTHON
