import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";
import {useDebounced} from "@web/core/utils/timing";
import {useSetupAction} from "@web/search/action_hook";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {PowerTree} from "./power_tree";

const PANEL = "medical.facility.panel";

/** Panels drawn as they hang on the wall; a breaker shows what goes dark with it, an
 * asset where it gets its current and what shares its circuit. */
export class PowerScreen extends Component {
    static template = "medical_office.PowerScreen";
    static components = {PowerTree};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.latest = new KeepLast();
        this.state = useState({
            panels: null,
            breaker: null,
            asset: null,
            text: "",
            found: [],
        });
        this.find = useDebounced(() => this.search(), 250);
        this.env.config.setDisplayName(_t("What Goes Dark"));
        const start = this.props.state || this.props.action.context || {};
        useSetupAction({
            getLocalState: () => ({
                breaker_id: this.state.breaker?.id,
                equipment_id: this.state.asset?.id,
            }),
        });
        onWillStart(async () => {
            this.state.panels = await this.orm.call(PANEL, "power_screen", []);
            if (start.equipment_id) {
                await this.showAsset(start.equipment_id);
            } else if (start.breaker_id) {
                await this.showBreaker(start.breaker_id);
            }
        });
    }

    get sites() {
        return [...Map.groupBy(this.state.panels, (panel) => panel.site)].map(
            ([name, panels]) => ({name, panels}),
        );
    }

    get litBreakers() {
        const shown = this.state.breaker || this.state.asset?.tree;
        if (!shown) {
            return new Set();
        }
        const ids = new Set();
        const walk = (node) => {
            if (node.kind === "breaker") {
                ids.add(node.id);
            }
            node.children.forEach(walk);
        };
        walk(this.state.breaker ? this.state.breaker.tree : shown);
        return ids;
    }

    /** Rows of a panel: odd numbers on the left, even ones on the right. */
    rows(panel) {
        const byPosition = Object.fromEntries(
            panel.breakers.map((breaker) => [breaker.position, breaker]),
        );
        const last = Math.max(0, ...panel.breakers.map((breaker) => breaker.position));
        const rows = [];
        for (let left = 1; left <= last; left += 2) {
            rows.push({
                key: left,
                places: [left, left + 1].map((position) => ({
                    position,
                    breaker: byPosition[position],
                })),
            });
        }
        return rows;
    }

    load(breaker) {
        return _t("%(amps)s of %(rating)s A", {
            amps: breaker.amps.toFixed(1).replace(/\.0$/, ""),
            rating: breaker.rating,
        });
    }

    barWidth(breaker) {
        return `width: ${Math.min(100, Math.round(breaker.share * 100))}%`;
    }

    async showBreaker(id) {
        this.state.breaker = await this.latest.add(
            this.orm.call(PANEL, "power_breaker", [id]),
        );
        this.state.asset = null;
        this.scrollToAnswer();
    }

    async showAsset(id) {
        this.state.asset = await this.latest.add(
            this.orm.call(PANEL, "power_asset", [id]),
        );
        this.state.breaker = null;
        this.state.found = [];
        this.state.text = "";
        this.scrollToAnswer();
    }

    /** On a phone the answer stands below the panels. */
    scrollToAnswer() {
        if (window.innerWidth < 992) {
            requestAnimationFrame(() =>
                document
                    .querySelector(".mo_power_answer")
                    ?.scrollIntoView({behavior: "smooth"}),
            );
        }
    }

    async search() {
        const text = this.state.text.trim();
        this.state.found = text
            ? await this.latest.add(this.orm.call(PANEL, "power_find", [text]))
            : [];
    }

    openPanels() {
        this.action.doAction("medical_office.facility_panel_action");
    }
}

registry.category("actions").add("medical_office.power", PowerScreen);
