import {Component, onMounted, onWillStart, onWillUnmount, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

const MODEL = "medical.payroll.timesheet";
const REFRESH = 60000; // ms: the hours of today go on while somebody looks

/** One big button: clock in, clock out; after a forgotten check-out it asks first. */
export class Clock extends Component {
    static template = "medical_office.Clock";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.state = useState({clock: null, problem: "", left: "", busy: false});
        this.env.config.setDisplayName(_t("Clock In or Out"));
        onWillStart(() => this.load());
        onMounted(() => (this.timer = setInterval(() => this.load(), REFRESH)));
        onWillUnmount(() => clearInterval(this.timer));
    }

    async load() {
        if (this.state.busy) {
            return;
        }
        try {
            this.state.clock = await this.orm.silent.call(MODEL, "clock_state", []);
            this.state.problem = "";
        } catch (error) {
            this.state.problem = error.data?.message || _t("There is no connection.");
        }
    }

    async tap() {
        const inside = this.state.clock.inside;
        await this.step("clock_tap", [inside], inside);
    }

    async tellLeft() {
        await this.step("clock_left", [this.state.left], true);
    }

    async step(method, args, leaving) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            this.state.clock = await this.orm.call(MODEL, method, args);
            const told = leaving
                ? _t("You are clocked out.")
                : _t("You are clocked in.");
            this.notification.add(told, {type: "success"});
        } finally {
            this.state.busy = false;
        }
    }

    openHours() {
        this.action.doAction("medical_office.payroll_own_hours_action");
    }

    get today() {
        const minutes = Math.floor(this.state.clock.today * 60 + 0.5);
        return _t("%(hours)s h %(minutes)s min", {
            hours: Math.floor(minutes / 60),
            minutes: minutes % 60,
        });
    }
}

registry.category("actions").add("medical_office.clock", Clock);
