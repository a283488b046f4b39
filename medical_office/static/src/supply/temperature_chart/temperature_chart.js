import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const WIDTH = 760;
const HEIGHT = 240;
const LEFT = 92;
const BOTTOM = 24;
const TOP = 10;
const DAY = 24 * 3600 * 1000;

/** Temperatures of a month against their limits; a logger's hour is a bar from its lowest
 * to its highest, a reading of a round is a dot. */
export class TemperatureChart extends Component {
    static template = "medical_office.TemperatureChart";
    static props = {...standardFieldProps};

    get chart() {
        return this.props.record.data[this.props.name];
    }

    get size() {
        return {width: WIDTH, height: HEIGHT, left: LEFT, right: WIDTH - 8};
    }

    /** [lowest, highest] that is drawn: the limits and all that was read, with air. */
    get span() {
        const {points, low, high} = this.chart;
        const lowest = Math.min(...points.map((p) => p[1]), low);
        const highest = Math.max(...points.map((p) => p[2]), high);
        const air = Math.max((highest - lowest) * 0.08, 0.5);
        return [lowest - air, highest + air];
    }

    x(moment) {
        const since = Date.parse(`${this.chart.since}Z`);
        const until = Date.parse(`${this.chart.until}Z`);
        const share = (Date.parse(`${moment}Z`) - since) / (until - since);
        return LEFT + Math.max(0, share) * (WIDTH - LEFT - 8);
    }

    y(celsius) {
        const [lowest, highest] = this.span;
        const share = (celsius - lowest) / (highest - lowest);
        return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
    }

    words(celsius) {
        return `${((celsius * 9) / 5 + 32).toFixed(1)} °F (${celsius.toFixed(1)} °C)`;
    }

    get limits() {
        const {low, high} = this.chart;
        return [high, low].map((value) => ({value, y: this.y(value)}));
    }

    get band() {
        const {low, high} = this.chart;
        return {y: this.y(high), height: this.y(low) - this.y(high)};
    }

    get marks() {
        const {points, low, high} = this.chart;
        return points.map(([moment, lowest, highest, source], index) => ({
            key: index,
            isDot: source === "round",
            x: this.x(moment),
            top: this.y(highest) - 1,
            bottom: this.y(lowest) + 1,
            out: lowest < low || highest > high,
            title: `${new Date(`${moment}Z`).toLocaleString()}: ${this.words(lowest)}${
                highest > lowest ? ` – ${this.words(highest)}` : ""
            }`,
        }));
    }

    get days() {
        const until = Date.parse(`${this.chart.until}Z`);
        return [28, 21, 14, 7, 0].map((back) => {
            const moment = new Date(until - back * DAY);
            return {
                key: back,
                x: this.x(moment.toISOString().slice(0, -1)),
                text: moment.toLocaleDateString(undefined, {
                    month: "short",
                    day: "numeric",
                }),
            };
        });
    }

    get label() {
        const out = this.marks.filter((mark) => mark.out).length;
        return out
            ? _t("Temperatures of the last month; %s of them out of range", out)
            : _t("Temperatures of the last month; none out of range");
    }
}

registry.category("fields").add("medical_temperature_chart", {
    component: TemperatureChart,
    displayName: _t("Temperatures"),
    supportedTypes: ["json"],
    isEmpty: (record, name) => !record.data[name],
});
