#!/usr/bin/env bash
# pycamt 1.1.1: a deposit of which the bank names the fee is a payment, by the amount before the fee.
#
# What one would expect: amount and side of an entry are those of Ntry/Amt and Ntry/CdtDbtInd, and a
# detail of it has others only where TxDtls has them itself (ISO 20022 camt.053.001.02). A card
# deposit of $1,000 from which $30 were kept is booked as a credit of $970; the details say what was
# instructed (AmtDtls/InstdAmt) and what the charge is, which is a debit (Chrgs/CdtDbtInd).
#
# What was seen: amount and side of a detail are the first found anywhere below it: the instructed
# amount, and the side of the charge. So $970 in is $1,000 out, and the lines no longer make up the
# difference of the two balances. Where the instructed amount is in another currency, it takes the
# currency of the account. Without a charge and an instructed amount it is right.
#
# Output:
#   plain deposit: CRDT 970.00 USD
#   deposit with its fee: DBIT 1000.00 USD
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check pycamt==1.1.1
"$dir/venv/bin/python" - <<'PY'
import sys

from pycamt.parser import Camt053Parser

STATEMENT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>
<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-11-30T06:00:00</CreDtTm></GrpHdr>
<Stmt><Id>S1</Id><CreDtTm>2026-11-30T06:00:00</CreDtTm>
<Acct><Id><Othr><Id>654321</Id></Othr></Id></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="USD">0</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-27</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="USD">970.00</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-27</Dt></Dt></Bal>
<Ntry><Amt Ccy="USD">970.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>2026-11-27</Dt></BookgDt><BkTxCd><Prtry><Cd>CARD</Cd></Prtry></BkTxCd>
<NtryDtls><TxDtls><Refs><EndToEndId>E1</EndToEndId></Refs>{details}</TxDtls></NtryDtls>
</Ntry></Stmt></BkToCstmrStmt></Document>"""
INSTRUCTED = '<AmtDtls><InstdAmt><Amt Ccy="USD">1000.00</Amt></InstdAmt></AmtDtls>'
CHARGE = '<Chrgs><Amt Ccy="USD">30.00</Amt><CdtDbtInd>DBIT</CdtDbtInd></Chrgs>'

seen = []
for label, details in (("plain deposit", ""), ("deposit with its fee", INSTRUCTED + CHARGE)):
    document = STATEMENT.format(details=details).encode()
    (line,) = Camt053Parser(document).get_transactions()
    seen.append((line["CreditDebitIndicator"], line["Amount"], line["Currency"]))
    print(f"{label}:", *seen[-1])
sys.exit(seen != [("CRDT", "970.00", "USD"), ("DBIT", "1000.00", "USD")])
PY
