import {registry} from "@web/core/registry";
import {dateField, DateTimeField} from "@web/views/fields/datetime/datetime_field";

/** A month, which is kept as its first day: "November 2026" instead of "Nov 1". */
export class MonthField extends DateTimeField {
    getFormattedValue(index) {
        const value = this.values[index];
        return value ? value.toFormat("LLLL yyyy") : "";
    }
}

registry.category("fields").add("medical_month", {
    ...dateField,
    component: MonthField,
    extractProps: (node, dynamicInfo) => ({
        ...dateField.extractProps(node, dynamicInfo),
        minPrecision: "months",
    }),
    listViewWidth: [120, 160],
});
