"""The number in the bar, in a browser: it shows what waits, and opens the list."""

from odoo.tests import HttpCase, tagged

from .check_case import CheckCase

# waits for an element, then goes on; an error line in the console fails the test
STEPS = """
const until = async (what, find) => {
    for (let tries = 0; tries < 200; tries++) {
        const found = find();
        if (found) return found;
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`never seen: ${what}`);
};
(async () => {
    const tray = await until("the tray", () => document.querySelector(".mo_approvals"));
    const count = tray.querySelector(".badge").textContent.trim();
    if (count !== "%(count)s") throw new Error(`the bar says ${count}`);
    tray.querySelector("button").click();
    await until("the list", () =>
        [...document.querySelectorAll(".o_list_view td[name='name']")].some((cell) =>
            cell.textContent.includes("%(what)s"),
        ),
    );
    %(last)s
})();
"""
PASSED = 'console.log("test successful");'


@tagged("post_install", "-at_install")
class TestApprovalsTray(CheckCase, HttpCase):
    browser_size = "1366x768"

    def test_the_director_sees_the_number_and_opens_the_list(self):
        exceptions = self.found(
            *(
                self.row(number, severity="high", user_id=self.staff.id)
                for number in range(2)
            )
        )
        exceptions.with_user(self.staff).action_waive("Ordered.", "2026-12-01")
        director = self.users["director"]
        register = self.env["medical.core.decision"].with_user(director)
        self.assertEqual(register.count_mine(), 2)
        code = STEPS % {"count": 2, "what": "Thing 1 is wrong", "last": PASSED}
        self.browser_js("/odoo", code, login=director.login, timeout=60)

    def test_nobody_else_has_a_number(self):
        self.assertEqual(
            self.env["medical.core.decision"].with_user(self.staff).count_mine(), 0
        )
        code = """
        setTimeout(() => {
            if (document.querySelector(".mo_approvals")) console.error("a tray");
            else console.log("test successful");
        }, 1500);
        """
        ready = "document.querySelector('.o_user_menu') !== null"
        self.browser_js("/odoo", code, ready, login=self.staff.login, timeout=60)
