#!/usr/bin/env bash
# django-npi-field 0.2.2: every NPI whose check digit is 0 is refused, one in ten.
#
# What one would expect: the check digit is what makes the sum by the Luhn formula, with 24 added
# for the prefix 80840, a multiple of ten (45 CFR 162.406 and CMS, Requirements for NPI check
# digit); where the sum already is one, the digit is 0. The package says it checks with Luhn.
#
# What was seen: the digit is ten less the sum's last, so that a 0 should have been a "10", which
# no digit equals. Of a thousand numbers with the right check digit the hundred that end in 0 are
# "not a valid NPI number": the field takes neither the provider nor the claim that names one.
#
# Output:
#   1234567893: taken
#   1234567190: Value is not a valid NPI number
#   of 1000 right numbers 900 taken, those refused end in 0
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check django-npi-field==0.2.2 Django==5.2.8
"$dir/venv/bin/python" - <<'PY'
import sys

from django.conf import settings
from django.core.exceptions import ValidationError

settings.configure(USE_I18N=False)

from npi_field.validators import npi_validator


def complete(nine):
    """The nine digits and their check digit: every second from the right doubled, 24 added."""
    total = 24
    for place, digit in enumerate(reversed(nine)):
        total += sum(divmod(int(digit) * (2 - place % 2), 10))
    return f"{nine}{-total % 10}"


def answer(npi):
    try:
        npi_validator(npi)
    except ValidationError as error:
        return error.messages[0]
    return "taken"


# the first is CMS's own example
examples = [complete("123456789"), complete("123456719")]
for npi in examples:
    print(f"{npi}: {answer(npi)}")
numbers = [complete(str(nine)) for nine in range(123456000, 123457000)]
refused = [npi for npi in numbers if answer(npi) != "taken"]
ends = {npi[-1] for npi in refused}
print(f"of {len(numbers)} right numbers {len(numbers) - len(refused)} taken,", end=" ")
print(f"those refused end in {' '.join(sorted(ends))}")
sys.exit(
    examples != ["1234567893", "1234567190"]
    or answer(examples[0]) != "taken"
    or (len(refused), ends) != (100, {"0"})
)
PY
