import {capitalize} from "@web/core/utils/strings";
import {registry} from "@web/core/registry";
import {
    RemainingDaysField,
    remainingDaysField,
} from "@web/views/fields/remaining_days/remaining_days_field";

/**
 * How many days are left. The host's field counts in the largest unit of the calendar that
 * changes: on November 29 it says "Next month" of December 1, on December 31 "Next year" of
 * tomorrow.
 */
export class DaysField extends RemainingDaysField {
    get diffString() {
        if (this.diffDays === null || Math.abs(this.diffDays) > 99) {
            return super.diffString;
        }
        const value = this.props.record.data[this.props.name];
        return capitalize(value.toRelativeCalendar({unit: "days"}));
    }
}

registry.category("fields").add("medical_days", {
    ...remainingDaysField,
    component: DaysField,
});
