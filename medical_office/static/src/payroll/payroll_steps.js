import {Component, onMounted, onWillUnmount, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {sprintf} from "@web/core/utils/strings";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

/**
 * How far a long piece of work is: asks for one step after the other until all are done.
 *
 * The action's params name the record (model, id), the method that takes one step and
 * answers {done, all, finished}, whether to begin anew, and the words (labels).
 */
export class PayrollSteps extends Component {
    static template = "medical_office.PayrollSteps";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({done: 0, all: 0, stopping: false, failed: false});
        onMounted(() => this.work());
        // closing the dialog stops after the step that is under way
        onWillUnmount(() => (this.state.stopping = true));
    }

    get labels() {
        return this.props.action.params.labels;
    }

    get said() {
        const {done, all} = this.state;
        if (!all) {
            return this.labels.begin;
        }
        return done === all
            ? this.labels.last
            : sprintf(this.labels.count, {done, all});
    }

    get percent() {
        return this.state.all
            ? Math.floor((100 * this.state.done) / this.state.all)
            : 0;
    }

    async work() {
        try {
            let step = await this.step(this.props.action.params.restart);
            while (!step.finished && !this.state.stopping) {
                step = await this.step(false);
            }
        } catch (error) {
            this.state.failed = true; // what was done is kept
            throw error;
        }
        this.close();
    }

    async step(restart) {
        const {model, method, id} = this.props.action.params;
        const step = await this.orm.call(model, method, [[id]], {
            restart: Boolean(restart),
        });
        this.state.done = step.done;
        this.state.all = step.all;
        return step;
    }

    stop() {
        this.state.stopping = true;
    }

    close() {
        this.action.doAction({type: "ir.actions.act_window_close"});
    }
}

registry.category("actions").add("medical_payroll_steps", PayrollSteps);
