import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {deserializeDateTime, formatDateTime} from "@web/core/l10n/dates";

const {DateTime} = luxon;
const ORDER = ["critical", "high", "medium", "low"];

/** What needs doing today, under a heading for each severity. */
export class CockpitList extends Component {
    static template = "medical_office.CockpitList";
    static props = {
        todo: Object,
        severities: Object,
        onOpen: Function,
        onDetails: Function,
        onAssign: Function,
        onWaive: Function,
        onApprove: Function,
    };

    get groups() {
        return ORDER.map((severity) => ({
            severity,
            label: this.props.severities[severity],
            count: this.props.todo.by_severity[severity] || 0,
            rows: this.props.todo.rows.filter((row) => row.severity === severity),
        })).filter((group) => group.rows.length);
    }

    /** The due date as somebody would say it: "3 days overdue", "today at 5:00 PM". */
    due(row) {
        if (!row.date_due) {
            return "";
        }
        const due = this.local(row);
        const now = DateTime.now().setZone(row.zone);
        const days = Math.floor(
            due.startOf("day").diff(now.startOf("day"), "days").days,
        );
        if (days === 0) {
            const time = due.toLocaleString(DateTime.TIME_SIMPLE);
            return row.overdue ? _t("since %s today", time) : _t("today, %s", time);
        }
        if (days === -1) {
            return _t("since yesterday");
        }
        if (days < 0) {
            return _t("%s days overdue", -days);
        }
        return days === 1 ? _t("tomorrow") : _t("in %s days", days);
    }

    dueTitle(row) {
        return row.date_due ? formatDateTime(this.local(row), {tz: row.zone}) : "";
    }

    /** The due moment on the clock of the company the row belongs to. */
    local(row) {
        return deserializeDateTime(row.date_due, {tz: row.zone});
    }
}
