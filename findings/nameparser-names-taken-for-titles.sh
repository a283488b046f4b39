#!/usr/bin/env bash
# nameparser 2.6.0: given names that are titles elsewhere leave no first or last name.
#
# Expected: two words are a given name and a surname; "Ma." before a Spanish given name
# abbreviates María.
# Seen: King becomes a title and Davis the first name, without a surname; Bishop becomes a
# title and there is no first name; Ma. becomes a title. Output:
#
#     King Davis: title King, first Davis, last -
#     Bishop Jones: title Bishop, first -, last Jones
#     Ma. Guadalupe Reyes: title Ma., first Guadalupe, last Reyes
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "nameparser==2.6.0"
"$folder/venv/bin/python" - <<'PYTHON'
from nameparser import HumanName

seen = []
for name in ("King Davis", "Bishop Jones", "Ma. Guadalupe Reyes"):
    found = HumanName(name)
    seen.append((found.title, found.first, found.last))
    title, first, last = (part or "-" for part in seen[-1])
    print(f"{name}: title {title}, first {first}, last {last}")

assert seen == [
    ("King", "Davis", ""),
    ("Bishop", "", "Jones"),
    ("Ma.", "Guadalupe", "Reyes"),
], "the behavior changed"
PYTHON
