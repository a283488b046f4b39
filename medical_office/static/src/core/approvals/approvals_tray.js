import {Component, onMounted, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {useBus, useService} from "@web/core/utils/hooks";

const ROLES = ["medical_office.core_group_head", "medical_office.core_group_director"];

/** The number of decisions that wait for the person who is signed in, in the bar. */
export class ApprovalsTray extends Component {
    static template = "medical_office.ApprovalsTray";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({count: 0, shown: false});
        onWillStart(async () => {
            const roles = await Promise.all(ROLES.map((role) => user.hasGroup(role)));
            this.state.shown = roles.some(Boolean);
        });
        // The bar does not wait for a number, and one replaced meanwhile asks for none.
        onMounted(() => this.refresh());
        useBus(this.env.bus, "ACTION_MANAGER:UI-UPDATED", () => this.refresh());
    }

    get title() {
        return _t("Decisions waiting for you: %s", this.state.count);
    }

    async refresh() {
        if (this.state.shown) {
            this.state.count = await this.orm.silent.call(
                "medical.core.decision",
                "count_mine",
                [],
            );
        }
    }

    open() {
        this.action.doAction("medical_office.core_decision_action", {
            clearBreadcrumbs: true,
        });
    }
}

registry
    .category("systray")
    .add("medical_office.approvals", {Component: ApprovalsTray}, {sequence: 26});
