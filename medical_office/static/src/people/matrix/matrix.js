import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

const READINESS = "medical.people.readiness";

/** People down, credentials across; a cell opens the credential, or a new one. */
export class CredentialMatrix extends Component {
    static template = "medical_office.CredentialMatrix";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({
            data: null,
            department: 0,
            gaps: true,
            text: "",
        });
        this.env.config.setDisplayName(_t("Credential Matrix"));
        onWillStart(() => this.load());
    }

    async load() {
        this.state.data = await this.orm.call(READINESS, "matrix", [
            this.state.department || false,
            this.state.gaps,
        ]);
    }

    get rows() {
        const wanted = this.state.text.trim().toLowerCase();
        return this.state.data.rows.filter((row) =>
            row.name.toLowerCase().includes(wanted),
        );
    }

    async choose(key, value) {
        // a template knows no Number: what a list of choices gives is text
        this.state[key] = key === "department" ? Number(value) : value;
        await this.load();
    }

    openCell(cell) {
        if (cell && cell.credential) {
            this.action.doAction({
                type: "ir.actions.act_window",
                res_model: "medical.core.credential",
                res_id: cell.credential,
                views: [[false, "form"]],
            });
        }
    }

    async print(report) {
        const domain = this.state.department
            ? [["department_id", "=", this.state.department]]
            : [];
        const ids = await this.orm.search(READINESS, domain);
        const action = await this.orm.call(READINESS, "print_matrix", [ids, report]);
        this.action.doAction(action);
    }
}

registry.category("actions").add("medical_office.people_matrix", CredentialMatrix);
