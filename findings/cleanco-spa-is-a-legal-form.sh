#!/usr/bin/env bash
# cleanco 2.3: takes the word Spa off a firm's name and leaves the legal form PA on it.
#
# Expected: of US firms the professional association (PA) is a legal form like PC and PLLC;
# Spa at the end of "Maria Med Spa" says what the firm does.
# Seen: PC and PLLC go, PA stays; Spa goes (the Italian S.p.A.), and so do AS and AB, which
# end a name that was cut at 30 letters as in the LEIE ("Bayou Dental AS" was ASSOCIATES).
# Output:
#
#     Smith Dental PC: Smith Dental
#     Smith Dental PA: Smith Dental PA
#     Maria Med Spa: Maria Med
#     Bayou Dental AS: Bayou Dental
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "cleanco==2.3"
"$folder/venv/bin/python" - <<'PYTHON'
from cleanco import basename

names = ("Smith Dental PC", "Smith Dental PA", "Maria Med Spa", "Bayou Dental AS")
seen = [basename(name) for name in names]
for name, base in zip(names, seen):
    print(f"{name}: {base}")

assert seen == ["Smith Dental", "Smith Dental PA", "Maria Med", "Bayou Dental"], "the behavior changed"
PYTHON
