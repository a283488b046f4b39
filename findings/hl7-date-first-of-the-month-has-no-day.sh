#!/usr/bin/env bash
# hl7-date 1.0.1 (npm, needs node): the first of a month is written without its day, January 1
# without its month.
#
# What one would expect: a date given as a day is written as a day, YYYYMMDD (HL7 v2, data type
# DTM), on every day of the year. The precision shall be "inferred based on precision of date", and
# a Date of November 30 and one of December 1 have the same.
#
# What was seen: the precision is where the last part stands that is not at its least, so that
# December 1 is the month of December and January 1, 2027, the year 2027. A dose given or a
# license that ends on such a day goes out as "202612" or "2027", which is valid, and who reads
# it takes any day for it. With a time of day it is right; so it is where "date" is asked for.
#
# Output:
#   Mon Nov 30 2026: 20261130
#   Tue Dec 01 2026: 202612
#   Fri Jan 01 2027: 2027
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts hl7-date@1.0.1 >log
node - <<'JS'
const { stringify } = require("hl7-date");

const seen = [new Date(2026, 10, 30), new Date(2026, 11, 1), new Date(2027, 0, 1)].map((day) => {
  const written = stringify(day);
  console.log(`${day.toDateString()}: ${written}`);
  return written;
});
process.exit(seen.join() === "20261130,202612,2027" ? 0 : 1);
JS
