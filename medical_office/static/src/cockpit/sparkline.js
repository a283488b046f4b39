import {Component} from "@odoo/owl";

const WIDTH = 96;
const HEIGHT = 28;
const PAD = 3;

/** A line through a few numbers, the last one marked; the words beside it say it too. */
export class Sparkline extends Component {
    static template = "medical_office.Sparkline";
    static props = {values: {type: Array, element: Number}, label: String};

    get size() {
        return {width: WIDTH, height: HEIGHT};
    }

    get places() {
        const values = this.props.values;
        const top = Math.max(...values, 1);
        const step = (WIDTH - 2 * PAD) / Math.max(values.length - 1, 1);
        return values.map((value, index) => ({
            x: PAD + index * step,
            y: HEIGHT - PAD - (value / top) * (HEIGHT - 2 * PAD),
        }));
    }

    get line() {
        return this.places.map((p) => `${p.x.toFixed(1)},${p.y.toFixed(1)}`).join(" ");
    }

    get area() {
        const places = this.places;
        const bottom = HEIGHT - PAD + 1;
        return `${places[0].x},${bottom} ${this.line} ${places.at(-1).x},${bottom}`;
    }

    get last() {
        return this.places.at(-1);
    }
}
