import {CredentialMatrix} from "@medical_office/people/matrix/matrix";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

const STATUS = "medical.compliance.training.status";

/** People down, trainings across; a cell opens the record that proves it. */
export class TrainingMatrix extends CredentialMatrix {
    static template = "medical_office.TrainingMatrix";

    setup() {
        super.setup();
        this.env.config.setDisplayName(_t("Training Matrix"));
    }

    async load() {
        this.state.data = await this.orm.call(STATUS, "matrix", [
            this.state.department || false,
            this.state.gaps,
        ]);
    }

    openCell(cell) {
        if (cell && cell.credential) {
            this.action.doAction({
                type: "ir.actions.act_window",
                res_model: "medical.compliance.training.record",
                res_id: cell.credential,
                views: [[false, "form"]],
            });
        }
    }

    async print(report) {
        const domain = this.state.department
            ? [["department_id", "=", this.state.department]]
            : [];
        const ids = await this.orm.search(STATUS, domain);
        const action = await this.orm.call(STATUS, "print_matrix", [ids, report]);
        this.action.doAction(action);
    }
}

registry.category("actions").add("medical_office.training_matrix", TrainingMatrix);
