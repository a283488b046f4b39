import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useBus} from "@web/core/utils/hooks";
import {formatFloat} from "@web/views/fields/formatters";
import {parseFloat} from "@web/views/fields/parsers";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

import {Component, useEffect, useRef} from "@odoo/owl";

/**
 * A number that may be empty. The host's float field turns an emptied input into 0 and
 * does not see a typed 0 where nothing was; for a limit both are wrong.
 */
export class NullableFloatField extends Component {
    static template = "medical_office.NullableFloatField";
    static props = {
        ...standardFieldProps,
        placeholder: {type: String, optional: true},
    };

    setup() {
        this.input = useRef("input");
        const {bus} = this.props.record.model;
        useBus(bus, "NEED_LOCAL_CHANGES", (ev) => ev.detail.proms.push(this.commit()));
        useBus(bus, "WILL_SAVE_URGENTLY", () => this.commit());
        useEffect(
            (input, text) => {
                if (input && !this.props.record.isFieldInvalid(this.props.name)) {
                    input.value = text;
                }
            },
            () => [this.input.el, this.text],
        );
    }

    get value() {
        return this.props.record.data[this.props.name];
    }

    get text() {
        return this.value === false || this.value === undefined
            ? ""
            : formatFloat(this.value, {digits: [16, 4], trailingZeros: false});
    }

    async commit() {
        const input = this.input.el;
        if (!input || input.value === this.text) {
            return;
        }
        let value = false;
        if (input.value.trim()) {
            try {
                value = parseFloat(input.value);
            } catch {
                this.props.record.setInvalidField(this.props.name);
                return;
            }
        }
        await this.props.record.update({[this.props.name]: value});
    }

    onKeydown(ev) {
        if (ev.key === "Enter" || ev.key === "Tab") {
            this.commit();
        }
    }
}

registry.category("fields").add("medical_nullable_float", {
    component: NullableFloatField,
    displayName: _t("Number or empty"),
    supportedTypes: ["float"],
    isEmpty: (record, name) => record.data[name] === false,
    extractProps: ({attrs, placeholder}) => ({
        placeholder: placeholder || attrs.placeholder,
    }),
});
