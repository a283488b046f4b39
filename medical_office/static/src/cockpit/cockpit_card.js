import {Component} from "@odoo/owl";
import {formatCurrency} from "@web/core/currency";
import {Sparkline} from "./sparkline";

/** What one area of the practice has open. */
export class CockpitCard extends Component {
    static template = "medical_office.CockpitCard";
    static components = {Sparkline};
    static props = {card: Object, onOpen: Function};

    get money() {
        return this.props.card.money
            .map((sum) =>
                formatCurrency(Math.round(sum.amount), sum.currency_id, {
                    digits: [69, 0],
                }),
            )
            .join(" + ");
    }

    get tone() {
        const {open, severe, overdue} = this.props.card;
        if (severe) {
            return "danger";
        }
        if (overdue) {
            return "warning";
        }
        if (open) {
            return "info";
        }
        return this.props.card.looked_at ? "success" : "none";
    }

    get changeClass() {
        const change = this.props.card.change;
        if (!change) {
            return "mo_muted";
        }
        return change < 0 ? "text-success" : "text-danger";
    }

    get changeIcon() {
        const change = this.props.card.change;
        if (!change) {
            return "fa-minus";
        }
        return change < 0 ? "fa-arrow-down" : "fa-arrow-up";
    }
}
