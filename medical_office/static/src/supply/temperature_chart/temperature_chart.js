import {Component, toRaw} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const WIDTH = 760;
const HEIGHT = 240;
const LEFT = 92;
const BOTTOM = 24;
const TOP = 10;
const DAY = 24 * 3600 * 1000;

/** From moments and degrees to the drawing: the limits and all that was read, with air. */
class Scale {
    constructor({points, low, high, since, until}) {
        let [lowest, highest] = [low, high];
        for (const [, coldest, warmest] of points) {
            lowest = Math.min(lowest, coldest);
            highest = Math.max(highest, warmest);
        }
        const air = Math.max((highest - lowest) * 0.08, 0.5);
        this.lowest = lowest - air;
        this.highest = highest + air;
        this.since = Date.parse(`${since}Z`);
        this.until = Date.parse(`${until}Z`);
    }

    x(moment) {
        const share =
            (Date.parse(`${moment}Z`) - this.since) / (this.until - this.since);
        return LEFT + Math.max(0, share) * (WIDTH - LEFT - 8);
    }

    y(celsius) {
        const share = (celsius - this.lowest) / (this.highest - this.lowest);
        return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
    }
}

/** Temperatures of a month against their limits; a logger's hour is a bar from its lowest
 * to its highest, a reading of a round is a dot. */
export class TemperatureChart extends Component {
    static template = "medical_office.TemperatureChart";
    static props = {...standardFieldProps};

    get chart() {
        // The plain object: a month has hundreds of points, and nobody edits them here.
        return toRaw(this.props.record.data[this.props.name]);
    }

    get size() {
        return {width: WIDTH, height: HEIGHT, left: LEFT, right: WIDTH - 8};
    }

    /** All that is drawn, worked out once for a rendering. */
    get drawing() {
        const chart = this.chart;
        const {points, low, high} = chart;
        const scale = new Scale(chart);
        const marks = points.map(([moment, lowest, highest, source], index) => ({
            key: index,
            isDot: source === "round",
            x: scale.x(moment),
            top: scale.y(highest) - 1,
            bottom: scale.y(lowest) + 1,
            out: lowest < low || highest > high,
            title: `${new Date(`${moment}Z`).toLocaleString()}: ${this.words(lowest)}${
                highest > lowest ? ` – ${this.words(highest)}` : ""
            }`,
        }));
        const out = marks.filter((mark) => mark.out).length;
        return {
            marks,
            limits: [high, low].map((value) => ({value, y: scale.y(value)})),
            band: {y: scale.y(high), height: scale.y(low) - scale.y(high)},
            days: this.days(chart, scale),
            label: out
                ? _t("Temperatures of the last month; out of range: %s", out)
                : _t("Temperatures of the last month; none out of range"),
        };
    }

    days(chart, scale) {
        const until = Date.parse(`${chart.until}Z`);
        return [28, 21, 14, 7, 0].map((back) => {
            const moment = new Date(until - back * DAY);
            return {
                key: back,
                x: scale.x(moment.toISOString().slice(0, -1)),
                text: moment.toLocaleDateString(undefined, {
                    month: "short",
                    day: "numeric",
                }),
            };
        });
    }

    words(celsius) {
        return `${((celsius * 9) / 5 + 32).toFixed(1)} °F (${celsius.toFixed(1)} °C)`;
    }
}

registry.category("fields").add("medical_temperature_chart", {
    component: TemperatureChart,
    displayName: _t("Temperatures"),
    supportedTypes: ["json"],
    isEmpty: (record, name) => !record.data[name],
});
