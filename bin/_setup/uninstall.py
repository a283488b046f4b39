"""The test of an uninstall: a practice that worked, and what the host's apps hold after."""

# what must be the same before and after: {what: query}; nothing of ours is named
SAME = {
    "payslips": "SELECT state, count(*) FROM hr_payslip GROUP BY 1 ORDER BY 1",
    "lines of payslips": "SELECT code, count(*), sum(total) FROM hr_payslip_line "
    "GROUP BY 1 ORDER BY 1",
    "structures of payslips": "SELECT struct_id, count(*) FROM hr_payslip GROUP BY 1 "
    "ORDER BY 1",
    "rules of lines": "SELECT count(DISTINCT salary_rule_id), count(salary_rule_id) "
    "FROM hr_payslip_line",
    "employees": "SELECT count(*), count(user_id), sum(id) FROM hr_employee",
    "contracts": "SELECT count(*), coalesce(sum(wage), 0), count(department_id), "
    "count(contract_date_start) FROM hr_version",
    "hours": "SELECT count(*), round(coalesce(sum(worked_hours), 0)::numeric, 2) "
    "FROM hr_attendance",
    "stock": "SELECT location_id, count(*), sum(quantity) FROM stock_quant GROUP BY 1 "
    "ORDER BY 1",
    "stock moves": "SELECT state, count(*), sum(quantity) FROM stock_move GROUP BY 1 "
    "ORDER BY 1",
    "lots": "SELECT count(*), sum(id) FROM stock_lot",
    "orders": "SELECT state, count(*), sum(amount_total) FROM purchase_order GROUP BY 1 "
    "ORDER BY 1",
    "journal entries": "SELECT state, count(*), sum(amount_total_signed) FROM account_move "
    "GROUP BY 1 ORDER BY 1",
    "items of entries": "SELECT account_id, count(*), sum(balance) FROM account_move_line "
    "GROUP BY 1 ORDER BY 1",
    "assets": "SELECT count(*), count(location_id), sum(id) FROM maintenance_equipment",
    "repairs": "SELECT stage_id, count(*) FROM maintenance_request GROUP BY 1 ORDER BY 1",
    "applicants": "SELECT count(*), sum(id) FROM hr_applicant",
    "active users": "SELECT count(*) FROM res_users WHERE active",
}
# pay runs by what the host calls their state
RUNS = (
    "SELECT CASE WHEN state IN ('posted', 'paid') THEN 'close' "
    "WHEN state IN ('submitted', 'approved') THEN 'draft' ELSE state END, count(*) "
    "FROM hr_payslip_run GROUP BY 1 ORDER BY 1"
)
# {login: groups of the host that the user is in, by any way}
GROUPS = """
data = env["ir.model.data"].sudo().search([("model", "=", "res.groups")])
names = {one.res_id: f"{one.module}.{one.name}" for one in data}
for user in env["res.users"].search([("share", "=", False)], order="login"):
    held = sorted(names.get(group.id, "") for group in user.all_group_ids)
    held = [name for name in held if name and not name.startswith("medical_office.")]
    print("user:", user.login, "|", ",".join(held))
"""
UNINSTALL = """
module = env["ir.module.module"].search([("name", "=", "medical_office")])
module.button_immediate_uninstall()
"""


# what a practice has that puts the addon in again: its checks run, its screens are there
AGAIN = """
checks = env["medical.core.check"].sudo()
checks._run()
wrong = checks.search([("error", "!=", False)])
print("wrong:", wrong.mapped("name") or "nothing")
print("cockpit:", bool(env["medical.core.cockpit"].data()))
env.cr.commit()
"""


def figures(installation, database):
    """{what: figures} of everything that must stay, and {login: groups}."""
    found = {what: installation.query(query, database) for what, query in SAME.items()}
    found["pay runs"] = installation.query(RUNS, database)
    told = installation.shell(database, GROUPS, "uninstall-groups")
    users = dict(
        line.removeprefix("user: ").split(" | ")
        for line in told.splitlines()
        if line.startswith("user: ")
    )
    return found, users


def problems(installation, database):
    """What an uninstall took from the host's apps; an empty list where it took nothing."""
    before, groups = figures(installation, database)
    installation.shell(database, UNINSTALL, "uninstall")
    after, held = figures(installation, database)
    left = installation.query(
        "SELECT count(*) FROM pg_tables WHERE tablename LIKE 'medical\\_%'", database
    )
    found = [
        f"{what}: {figure} before, {after[what]} after"
        for what, figure in before.items()
        if after[what] != figure
    ]
    found += [
        f"{login}: groups {set(groups[login].split(',')) - set(held.get(login, '').split(','))}"
        " are gone"
        for login in groups
        if set(groups[login].split(",")) - set(held.get(login, "").split(","))
    ]
    if not any(row.startswith("close") for row in before["pay runs"]):
        found.append("no run was paid: nothing was tried")
    if left != ["0"]:
        found.append(f"{left[0]} tables of the addon are left")
    return found + _again(installation, database, after)


def _again(installation, database, before):
    """What is wrong once the addon is installed again over what it left."""
    installation.install(database, "medical_office", log="uninstall-again")
    after, _groups = figures(installation, database)
    told = installation.shell(database, AGAIN, "uninstall-again-checks")
    found = [
        f"installed again: {what}: {figure} before, {after[what]} after"
        for what, figure in before.items()
        if after[what] != figure
    ]
    if "wrong: nothing" not in told or "cockpit: True" not in told:
        lines = [line for line in told.splitlines() if line.startswith("wrong: ")]
        found.append(f"installed again: checks failed: {lines}")
    return found
