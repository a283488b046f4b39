import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {answered} from "../action/answered";

const MODEL = "medical.core.setup";

/** What a new practice sets up: what is missing, who can do it, the screen for it. */
export class SetupGuide extends Component {
    static template = "medical_office.SetupGuide";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        // asking: the step that is being skipped ("" is the whole guide), or null
        this.state = useState({data: null, asking: null, reason: "", mine: false});
        this.env.config.setDisplayName(_t("Setup Guide"));
        onWillStart(() => this.load());
    }

    async load() {
        this.state.data = await this.orm.call(MODEL, "data", []);
    }

    get percent() {
        const {done, total} = this.state.data;
        return total ? Math.round((100 * done) / total) : 100;
    }

    steps(part) {
        return part.steps.filter((step) => !this.state.mine || step.mine);
    }

    icon(step) {
        return {
            done: "fa-check-circle text-success",
            skipped: "fa-minus-circle mo_muted",
            open: "fa-circle-o mo_muted",
        }[step.state];
    }

    who(step) {
        return step.who
            .map(({role, people}) =>
                people.length ? `${role} (${people.join(", ")})` : role,
            )
            .join(_t(" or "));
    }

    async open(step) {
        const action = await this.orm.call(MODEL, "action_open", [step.code]);
        await this.action.doAction(answered(action), {
            // not where the dialog led to another screen: this one is gone then, and a
            // call of a gone screen never ends, so the dialog would stay
            onClose: (closing) => {
                if (!closing?.noReload) {
                    this.load();
                }
            },
        });
    }

    ask(code) {
        this.state.asking = code;
        this.state.reason = "";
    }

    async confirm() {
        const reason = this.state.reason.trim();
        if (!reason) {
            this.notification.add(_t("Write a reason in a few words."), {
                type: "warning",
            });
            return;
        }
        const code = this.state.asking;
        if (code) {
            await this.orm.call(MODEL, "action_skip", [code, reason]);
        } else {
            await this.orm.call(MODEL, "action_close", [reason]);
        }
        this.state.asking = null;
        await this.load();
    }

    async resume(step) {
        await this.orm.call(MODEL, "action_resume", [step.code]);
        await this.load();
    }

    async reopen() {
        await this.orm.call(MODEL, "action_reopen", []);
        await this.load();
    }
}

registry.category("actions").add("medical_office.setup", SetupGuide);
