import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const ICONS = {
    panel: "fa-th-large",
    breaker: "fa-toggle-on",
    circuit: "fa-random",
    outlet: "fa-plug",
    asset: "fa-cube",
};
const KINDS = {
    panel: _t("Panel"),
    breaker: _t("Breaker"),
    circuit: _t("Circuit"),
    outlet: _t("Outlet"),
    asset: _t("Asset"),
};

/** One node of the wiring and all below it. What is drawn was decided by the server. */
export class PowerNode extends Component {
    static template = "medical_office.PowerNode";
    static components = {};
    static props = {
        node: Object,
        open: Function,
        isRoot: {type: Boolean, optional: true},
    };

    get icon() {
        return ICONS[this.props.node.kind];
    }

    get kind() {
        return KINDS[this.props.node.kind];
    }
}
PowerNode.components = {PowerNode};

/** The tree; a click on a node opens its record. */
export class PowerTree extends Component {
    static template = "medical_office.PowerTree";
    static components = {PowerNode};
    static props = {tree: {type: [Object, Boolean, {value: null}], optional: true}};

    setup() {
        this.action = useService("action");
        this.open = (node) =>
            this.action.doAction({
                type: "ir.actions.act_window",
                res_model: node.model,
                res_id: node.id,
                views: [[false, "form"]],
            });
    }
}

/** The tree as a field of a form. */
export class PowerTreeField extends Component {
    static template = "medical_office.PowerTreeField";
    static components = {PowerTree};
    static props = {...standardFieldProps};

    get tree() {
        return this.props.record.data[this.props.name] || null;
    }
}

registry.category("fields").add("medical_power_tree", {
    component: PowerTreeField,
    displayName: _t("Wiring"),
    supportedTypes: ["json"],
    isEmpty: (record, name) => !record.data[name],
});
