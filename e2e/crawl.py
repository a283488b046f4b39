#!/usr/bin/env python3
"""Crawl a running practice as each role and print what does not work.

usage: E2E_URL=http://localhost:8069 python e2e/crawl.py [login ...] [--phone] [--shallow]
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from conftest import Person, chromium
from crawler import Crawler

LOGINS = (
    "manager", "director", "head", "staff", "frontdesk", "hr", "payroll", "accountant",
    "auditor",
)  # fmt: skip


def tell(problem):
    print("   ", problem, flush=True)


def main(arguments):
    logins = [a for a in arguments if not a.startswith("-")] or LOGINS
    phone = "--phone" in arguments
    deep = "--shallow" not in arguments
    problems = []
    with chromium() as browser:
        for login in logins:
            begin = time.monotonic()
            person = Person(browser, login, phone)
            crawl = Crawler(person, deep, tell=tell).crawl()
            minutes = (time.monotonic() - begin) / 60
            print(
                f"{login:<12} {crawl.menus:>3} menus {crawl.screens:>4} screens "
                f"{crawl.rows:>3} cockpit rows "
                f"{len(crawl.problems):>3} problems {minutes:>5.1f} min",
                flush=True,
            )
            problems += crawl.problems
            person.context.close()
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
