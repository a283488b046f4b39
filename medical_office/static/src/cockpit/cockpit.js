import {Component, onMounted, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {deserializeDateTime} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {formatInteger} from "@web/views/fields/formatters";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useSetupAction} from "@web/search/action_hook";
import {answered} from "../core/action/answered";
import {CockpitCard} from "./cockpit_card";
import {CockpitList} from "./cockpit_list";

const {DateTime} = luxon;
const EXCEPTION = "medical.core.exception";
const LIST_ACTION = "medical_office.core_exception_action";

/** The first screen: cards, what needs doing today, what changed, proof of the checks. */
export class Cockpit extends Component {
    static template = "medical_office.Cockpit";
    static components = {CockpitCard, CockpitList};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        const filters = this.props.state?.filters || {};
        this.state = useState({
            data: null,
            setup: null, // how far the setup is, asked after the screen is drawn
            refreshing: false,
            unfolded: null, // label of the large button that asks which
            filters: {mine: false, domain: null, severity: null, ...filters},
        });
        this.env.config.setDisplayName(_t("Cockpit"));
        useSetupAction({getLocalState: () => ({filters: {...this.state.filters}})});
        onWillStart(() => this.load());
        onMounted(() => this.loadSetup());
    }

    async loadSetup() {
        if (this.state.data.setup) {
            this.state.setup = await this.orm.silent.call(
                "medical.core.setup",
                "progress",
                [],
            );
        }
    }

    async load() {
        const {mine, domain, severity} = this.state.filters;
        this.state.data = await this.orm.call("medical.core.cockpit", "data", [], {
            mine,
            domain,
            severity,
        });
    }

    // ------------------------------------------------------------------ words

    /** A moment on the practice's clock, wherever the browser is. */
    local(moment) {
        return deserializeDateTime(moment, {tz: this.state.data.user.zone});
    }

    get now() {
        return DateTime.now().setZone(this.state.data.user.zone);
    }

    get greeting() {
        const hour = this.now.hour;
        const name = this.state.data.user.first_name;
        if (hour < 12) {
            return _t("Good morning, %s", name);
        }
        return hour < 17
            ? _t("Good afternoon, %s", name)
            : _t("Good evening, %s", name);
    }

    get today() {
        return this.now.toLocaleString({
            weekday: "long",
            month: "long",
            day: "numeric",
        });
    }

    get proof() {
        const {checks, last, looked_at} = this.state.data.proof;
        if (!last) {
            return _t("Checks: %s, none has run yet", checks);
        }
        return _t(
            "Checks: %(checks)s, last run %(time)s, records looked at: %(records)s",
            {
                checks,
                time: this.moment(last),
                records: formatInteger(looked_at),
            },
        );
    }

    /** Whether all checks ran, over something: green only where something was looked at. */
    get isProven() {
        const {failed, stale, looked_at} = this.state.data.proof;
        return Boolean(looked_at) && !failed && !stale;
    }

    get proofIcon() {
        if (this.isProven) {
            return "fa-check-circle text-success";
        }
        const {failed, stale, last} = this.state.data.proof;
        // a new practice: nothing ran yet, nothing is wrong
        return failed || (stale && last)
            ? "fa-exclamation-triangle text-danger"
            : "fa-minus mo_muted";
    }

    /** The hour of a moment of today, the day and hour of another one. */
    moment(text) {
        const moment = this.local(text);
        return moment.toLocaleString(
            moment.hasSame(this.now, "day")
                ? DateTime.TIME_SIMPLE
                : {month: "short", day: "numeric", hour: "numeric", minute: "2-digit"},
        );
    }

    ran(line) {
        return line.last
            ? _t("%(time)s · records: %(records)s", {
                  time: this.moment(line.last),
                  records: formatInteger(line.looked_at),
              })
            : _t("has not run yet");
    }

    lineIcon(line) {
        if (line.failed || (line.stale && this.state.data.proof.last)) {
            return "fa-exclamation-triangle text-danger";
        }
        // green only where something was looked at
        return line.looked_at ? "fa-check text-success" : "fa-minus mo_muted";
    }

    get since() {
        const moment = this.local(this.state.data.changes.since);
        return moment.hasSame(this.now, "day")
            ? moment.toLocaleString(DateTime.TIME_SIMPLE)
            : moment.toLocaleString({
                  weekday: "short",
                  month: "short",
                  day: "numeric",
                  hour: "numeric",
                  minute: "2-digit",
              });
    }

    get changes() {
        const {opened, reopened, closed} = this.state.data.changes;
        return [
            {
                kind: "opened",
                label: _t("New"),
                icon: "fa-plus-circle text-danger",
                ...opened,
            },
            {
                kind: "reopened",
                label: _t("Came back"),
                icon: "fa-undo text-warning",
                ...reopened,
            },
            {
                kind: "closed",
                label: _t("Closed"),
                icon: "fa-check-circle text-success",
                ...closed,
            },
        ];
    }

    /** What comes in the next days, under a heading for each day. */
    get ahead() {
        const groups = [];
        for (const one of this.state.data.ahead) {
            if (groups.at(-1)?.day !== one.day) {
                groups.push({day: one.day, label: this.dayLabel(one.day), rows: []});
            }
            groups.at(-1).rows.push(one);
        }
        return groups;
    }

    dayLabel(day) {
        const zone = this.state.data.user.zone;
        const moment = DateTime.fromISO(day, {zone});
        const days = Math.round(moment.diff(this.now.startOf("day"), "days").days);
        if (days === 0) {
            return _t("Today");
        }
        return days === 1
            ? _t("Tomorrow")
            : moment.toLocaleString({weekday: "long", month: "short", day: "numeric"});
    }

    get changed() {
        return this.changes.some((change) => change.count);
    }

    get filtered() {
        const {mine, domain, severity} = this.state.filters;
        return mine || domain || severity;
    }

    // ---------------------------------------------------------------- filters

    async setFilters(filters) {
        Object.assign(this.state.filters, filters);
        await this.load();
    }

    toggle(name, value) {
        return this.setFilters({
            [name]: this.state.filters[name] === value ? null : value,
        });
    }

    // ---------------------------------------------------------------- actions

    async refresh() {
        if (!this.state.data.user.may_refresh) {
            return this.load();
        }
        this.state.refreshing = true;
        try {
            await this.orm.call("medical.core.cockpit", "refresh", []);
            await this.load();
        } finally {
            this.state.refreshing = false;
        }
    }

    async markSeen() {
        await this.orm.call("medical.core.cockpit", "mark_seen", []);
        await this.load();
    }

    /** Open what a large button stands for, or ask which of several. */
    press(button) {
        if (button.starts.length === 1) {
            return this.begin(button.starts[0]);
        }
        this.state.unfolded =
            this.state.unfolded === button.label ? null : button.label;
    }

    begin(start) {
        return this.action.doAction(
            start.action,
            start.form ? {viewType: "form", props: {resId: false}} : {},
        );
    }

    openSetup() {
        return this.action.doAction("medical_office.core_setup_action");
    }

    openAhead(one) {
        return this.action.doAction(one.action, {additionalContext: one.context});
    }

    /** The whole list of what opened, came back or closed since the last visit. */
    openChange(change) {
        const since = this.state.data.changes.since;
        const open = [
            ["is_open", "=", true],
            ["date_opened", ">", since],
        ];
        const domains = {
            opened: [...open, ["reopen_count", "=", 0]],
            reopened: [...open, ["reopen_count", ">", 0]],
            closed: [
                ["state", "=", "closed"],
                ["date_closed", ">", since],
            ],
        };
        return this.openDomain(change.label, domains[change.kind]);
    }

    openCard(card) {
        this.openList({[`search_default_${card.domain}`]: 1});
    }

    openList(context = {}) {
        return this.action.doAction(LIST_ACTION, {
            additionalContext: {search_default_open: 1, ...context},
        });
    }

    /** All of what needs doing, also what is not on the screen. */
    openRest() {
        return this.openDomain(_t("Needs doing today"), this.state.data.todo.domain);
    }

    async openDomain(name, domain) {
        const action = await this.action.loadAction(LIST_ACTION);
        return this.action.doAction({
            ...action,
            name,
            domain,
            context: {},
            path: false,
        });
    }

    openChecks() {
        return this.action.doAction("medical_office.core_check_action");
    }

    openCheck(check) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "medical.core.check",
            res_id: check.id,
            views: [[false, "form"]],
        });
    }

    async openRecord(row) {
        const action = await this.orm.call(EXCEPTION, "action_open_record", [[row.id]]);
        return this.action.doAction(answered(action));
    }

    openDetails(row) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: EXCEPTION,
            res_id: row.id,
            views: [[false, "form"]],
        });
    }

    async assign(row) {
        await this.orm.call(EXCEPTION, "action_assign_to_me", [[row.id]]);
        this.notification.add(_t("Assigned to you."), {type: "success"});
        await this.load();
    }

    async waive(row) {
        const action = await this.orm.call(EXCEPTION, "action_ask_waiver", [[row.id]]);
        return this.action.doAction(answered(action), {
            onClose: (closing) => {
                if (!closing?.noReload) {
                    this.load();
                }
            },
        });
    }

    async approve(row) {
        await this.orm.call(EXCEPTION, "action_approve_waiver", [[row.id]]);
        await this.load();
    }
}

registry.category("actions").add("medical_office.cockpit", Cockpit);
