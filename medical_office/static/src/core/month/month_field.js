import {parseDate} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {dateField, DateTimeField} from "@web/views/fields/datetime/datetime_field";
import {useExternalListener, useRef} from "@odoo/owl";

const {DateTime} = luxon;

const SHOWN = "LLLL yyyy";
// How people write a month besides: in their language, or in English
const WRITTEN = [
    SHOWN,
    "LLL yyyy",
    "LLLL",
    "LLL",
    "L/yyyy",
    "L.yyyy",
    "yyyy-L",
    "yyyy/L",
];

/**
 * The month that somebody typed: by its name, by numbers, or by any day of it.
 *
 * @param {String} text as typed
 * @returns {DateTime|null} the first day of the month; null where the text names none
 */
export function monthOf(text) {
    const typed = text.trim().replace(/\s+/g, " ");
    for (const locale of [undefined, "en"]) {
        for (const format of WRITTEN) {
            const month = DateTime.fromFormat(typed, format, {locale});
            if (month.isValid) {
                return month.startOf("month");
            }
        }
    }
    try {
        return parseDate(typed)?.startOf("month") || null;
    } catch {
        return null;
    }
}

/** A month, which is kept as its first day: "November 2026" instead of "Nov 1". */
export class MonthField extends DateTimeField {
    setup() {
        // The field's own picker writes and reads a month as it is shown
        const {services} = this.env;
        const picker = {
            ...services.datetime_picker,
            create: (params) =>
                services.datetime_picker.create(
                    Object.assign(Object.create(params), {format: SHOWN}),
                ),
        };
        this.env = {...this.env, services: {...services, datetime_picker: picker}};
        super.setup();
        this.monthRoot = useRef("root");
        // Before the picker reads the text: on Enter and Tab, on a click elsewhere
        const read = (ev) => this.readTyped(ev);
        for (const event of ["change", "keydown", "pointerdown"]) {
            useExternalListener(window, event, read, {capture: true});
        }
    }

    getFormattedValue(index) {
        const value = this.values[index];
        return value ? value.toFormat(SHOWN) : "";
    }

    /** Turn what was typed into the month as it is shown; what names none is left. */
    readTyped({type, key}) {
        const input = this.monthRoot.el?.querySelector("input");
        const isOver = type !== "keydown" || ["Enter", "Tab"].includes(key);
        if (!input || !isOver || document.activeElement !== input) {
            return;
        }
        const month = monthOf(input.value);
        if (month) {
            input.value = month.toFormat(SHOWN);
        }
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
