import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatCurrency} from "@web/core/currency";
import {registry} from "@web/core/registry";
import {KeepLast} from "@web/core/utils/concurrency";
import {useDebounced} from "@web/core/utils/timing";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useSetupAction} from "@web/search/action_hook";

const ENROLLMENT = "medical.payer.enrollment";

/** Providers down, payers across; a cell opens its enrollment, an empty one plans it. */
export class EnrollmentMatrix extends Component {
    static template = "medical_office.EnrollmentMatrix";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        const filters = this.props.state?.filters || {};
        this.state = useState({
            data: null,
            filters: {
                site: 0,
                line: 0,
                pending: this.env.isSmall, // a phone begins with what is open
                text: "",
                more: 0,
                ...filters,
            },
        });
        this.find = useDebounced((text) => this.choose("text", text), 250);
        this.env.config.setDisplayName(_t("Enrollment Matrix"));
        useSetupAction({getLocalState: () => ({filters: {...this.state.filters}})});
        onWillStart(() => this.load());
    }

    async load() {
        const {site, line, pending, text, more} = this.state.filters;
        this.state.data = await this.keepLast.add(
            this.orm.call(ENROLLMENT, "matrix", [], {
                site_id: site,
                line_id: line,
                only_pending: pending,
                text,
                more,
            }),
        );
    }

    async choose(key, value) {
        const more = key === "more" ? value : 0;
        // a template knows no Number: what a list of choices gives is text
        const chosen = ["site", "line"].includes(key) ? Number(value) : value;
        Object.assign(this.state.filters, {more, [key]: chosen});
        await this.load();
    }

    money(amount) {
        return formatCurrency(amount, this.state.data.currency_id, {
            humanReadable: false,
            digits: [16, 0],
        });
    }

    late(cell) {
        return cell.late === 1 ? _t("1 day late") : _t("%s days late", cell.late);
    }

    /** What a screen reader says of a cell, since the column is out of sight. */
    words(row, payer, cell) {
        const parts = [`${row.name}, ${payer.name}: ${cell.label}`, cell.detail];
        if (cell.late) {
            parts.push(this.late(cell));
        }
        return parts.filter(Boolean).join(", ");
    }

    open(row, payer, cell) {
        if (cell.enrollment) {
            return this.action.doAction({
                type: "ir.actions.act_window",
                res_model: ENROLLMENT,
                res_id: cell.enrollment,
                views: [[false, "form"]],
            });
        }
        const {site, line} = this.state.filters;
        const domain = [
            ["provider_id", "=", row.id],
            ["payer_id", "=", payer.id],
        ];
        if (site) {
            domain.push(["site_id", "=", site]);
        }
        if (line) {
            domain.push(["line_id", "=", line]);
        }
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: `${row.name}, ${payer.name}`,
            res_model: ENROLLMENT,
            views: [
                [false, "list"],
                [false, "form"],
            ],
            domain,
        });
    }

    plan(row, payer) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Enrollment"),
            res_model: ENROLLMENT,
            views: [[false, "form"]],
            context: {
                default_provider_id: row.id,
                default_payer_id: payer.id,
                ...(this.state.filters.site && {
                    default_site_id: this.state.filters.site,
                }),
                ...(this.state.filters.line && {
                    default_line_id: this.state.filters.line,
                }),
            },
        });
    }

    async print(form) {
        const {site, line, pending, text} = this.state.filters;
        const action = await this.orm.call(ENROLLMENT, "print_matrix", [], {
            form,
            site_id: site,
            line_id: line,
            only_pending: pending,
            text,
        });
        return this.action.doAction(action);
    }
}

registry.category("actions").add("medical_office.payer_matrix", EnrollmentMatrix);
