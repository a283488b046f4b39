import {browser} from "@web/core/browser/browser";
import {patch} from "@web/core/utils/patch";
import {ListRenderer} from "@web/views/list/list_renderer";

const HOSTS = ["maintenance.equipment", "maintenance.request"]; // shown in lists of ours

/** On a phone our lists begin without their optional columns, unless somebody has chosen
 * theirs, and say how things stand beside the name. */
patch(ListRenderer.prototype, {
    get isPhoneList() {
        const model = this.props.list.resModel;
        return (
            this.env.isSmall && (model.startsWith("medical.") || HOSTS.includes(model))
        );
    },

    computeOptionalActiveFields() {
        const active = super.computeOptionalActiveFields();
        const chosen = browser.localStorage.getItem(this.keyOptionalFields) !== null;
        if (this.isPhoneList && !chosen) {
            for (const name of Object.keys(active)) {
                active[name] = false;
            }
        }
        return active;
    },

    getActiveColumns() {
        const columns = super.getActiveColumns();
        if (this.isPhoneList) {
            const name = columns.findIndex(
                (column) => column.type === "field" && column.widget !== "handle",
            );
            const status = columns.findIndex((column) => column.widget === "badge");
            if (status > name + 1) {
                columns.splice(name + 1, 0, ...columns.splice(status, 1));
            }
        }
        return columns;
    },
});
