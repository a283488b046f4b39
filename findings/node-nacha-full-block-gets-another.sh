#!/usr/bin/env bash
# @midlandsbank/node-nacha 0.4.0 (npm, needs node): a file that is full gets ten lines of nines more
# than it says.
#
# What one would expect: an ACH file is filled up with records of nines to a multiple of ten, and
# its control record gives the number of those blocks (Nacha Operating Rules, Appendix Three,
# File Control Record, Block Count). A payroll of six is ten records with the four that frame it:
# one block, no nines.
#
# What was seen: the lines needed are ten less the remainder, which is ten where nothing is left. So
# a payroll of 6, 16 or 26 people has a block of nines more than its block count, and a bank
# that counts refuses it; of 5 and 7 people it is right.
#
# Output:
#   5 people: 10 lines, block count 1
#   6 people: 20 lines, block count 1
#   7 people: 20 lines, block count 2
#   16 people: 30 lines, block count 2
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts @midlandsbank/node-nacha@0.4.0 >log
node - <<'JS'
const nacha = require("@midlandsbank/node-nacha");

function payroll(people) {
  let batch = nacha
    .create({
      from: { name: "Clinic", fein: "123456789" },
      for: { name: "Bank", routing: "111000025" },
    })
    .ppd({ effectiveDate: "261204", description: "PAYROLL" });
  for (let number = 1; number <= people; number++) {
    batch = batch.credit({
      name: `Person ${number}`,
      account: { num: `10${number}`, type: "C" },
      routing: "111000025",
      amount: 100000,
    });
  }
  const lines = nacha.from(batch).to("ach").trim().split("\n");
  const control = lines.find((line) => line[0] === "9");
  const count = Number(control.slice(7, 13));
  console.log(`${people} people: ${lines.length} lines, block count ${count}`);
  return [lines.length, count];
}

const seen = JSON.stringify([5, 6, 7, 16].map(payroll));
process.exit(seen === "[[10,1],[20,1],[20,2],[30,2]]" ? 0 : 1);
JS
