import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useSetupAction} from "@web/search/action_hook";

const PLACE = "medical.core.place";

/** One screen of parts: figures, the rows that matter most, and the list behind them. */
export class Department extends Component {
    static template = "medical_office.Place";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({
            data: null,
            department: this.props.state?.department || 0,
        });
        this.env.config.setDisplayName(this.title);
        useSetupAction({getLocalState: () => ({department: this.state.department})});
        onWillStart(() => this.load());
    }

    get title() {
        return _t("My Department");
    }

    async load() {
        this.state.data = await this.orm.call(PLACE, "department", [
            this.state.department || false,
        ]);
        this.state.department = this.state.data.department || 0;
    }

    async choose(department) {
        // a template knows no Number: what a list of choices gives is text
        this.state.department = Number(department);
        await this.load();
    }

    open(action) {
        return this.action.doAction(action);
    }

    /** The empty form of what is asked for. */
    ask(one) {
        return this.action.doAction(one.action, {
            viewType: "form",
            props: {resId: false},
            additionalContext: one.context,
        });
    }
}

/** The same for the whole practice: what waits for the director. */
export class DirectorsPlace extends Department {
    get title() {
        return _t("Director's Place");
    }

    async load() {
        this.state.data = await this.orm.call(PLACE, "director", []);
    }
}

registry.category("actions").add("medical_office.department", Department);
registry.category("actions").add("medical_office.director", DirectorsPlace);
