import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {formatFloat} from "@web/views/fields/formatters";
import {FormViewDialog} from "@web/views/view_dialogs/form_view_dialog";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

const MODEL = "medical.payroll.timesheet";

/** Hours of a pay period, people down, days across; a phone shows a card for each. */
export class HoursGrid extends Component {
    static template = "medical_office.HoursGrid";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.ui = useState(useService("ui"));
        this.env.config.setDisplayName(_t("Hours by Day"));
        const start = this.props.state || this.props.action.context || {};
        this.state = useState({
            schedule: start.schedule_id || false,
            day: start.day || false,
            department: "",
            only: "",
            data: {schedules: [], days: [], rows: []},
        });
        onWillStart(() => this.load());
    }

    async load() {
        const {schedule, day} = this.state;
        this.state.data = await this.orm.call(MODEL, "hours_grid", [schedule, day]);
        this.state.schedule = this.state.data.schedule;
    }

    go(day) {
        this.state.day = day;
        return this.load();
    }

    choose(ev) {
        this.state.schedule = Number(ev.target.value);
        return this.load();
    }

    get departments() {
        return [...new Set(this.state.data.rows.map((row) => row.department))];
    }

    get rows() {
        const {department, only} = this.state;
        return this.state.data.rows.filter(
            (row) =>
                (!department || row.department === department) &&
                (!only ||
                    (only === "open" && row.open) ||
                    (only === "submitted" && row.state === "submitted") ||
                    (only === "draft" && row.state === "draft")),
        );
    }

    get total() {
        return this.show(this.rows.reduce((sum, row) => sum + row.hours, 0));
    }

    get approvable() {
        return this.rows.filter((row) => row.can_approve);
    }

    show(hours) {
        return hours ? formatFloat(hours, {digits: [16, 2], trailingZeros: false}) : "";
    }

    hint(cell) {
        return [cell.clock, cell.reason].filter(Boolean).join(" · ");
    }

    css(cell, day) {
        return {
            mo_weekend: day.weekend,
            mo_open: cell?.open,
            mo_typed: cell?.typed,
        };
    }

    edit(row, cell) {
        if (!cell) {
            return;
        }
        this.dialog.add(FormViewDialog, {
            resModel: `${MODEL}.line`,
            resId: cell.id,
            title: row.who,
            mode: row.editable ? "edit" : "readonly",
            onRecordSaved: () => this.load(),
        });
    }

    open(row) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: MODEL,
            res_id: row.id,
            views: [[false, "form"]],
        });
    }

    async approve(rows) {
        const ids = rows.map((row) => row.id);
        const told = await this.orm.call(MODEL, "action_approve", [ids]);
        this.notification.add(told.params.message, {type: "success"});
        await this.load();
    }

    print(kind) {
        const ids = this.rows.map((row) => row.id);
        const report = `medical_office.payroll_hours_report${kind}_action`;
        this.action.doAction(report, {
            additionalContext: {active_ids: ids, active_model: MODEL},
        });
    }
}

registry.category("actions").add("medical_office.hours_grid", HoursGrid);
