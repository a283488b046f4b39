import {Component, onMounted, onWillUnmount, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

/** How far a long pay run is: asks for one chunk after the other until all are done. */
export class PayrollCompute extends Component {
    static template = "medical_office.PayrollCompute";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({done: 0, all: 0, stopping: false, failed: false});
        onMounted(() => this.compute());
        // closing the dialog stops after the chunk that is under way
        onWillUnmount(() => (this.state.stopping = true));
    }

    get percent() {
        return this.state.all
            ? Math.floor((100 * this.state.done) / this.state.all)
            : 0;
    }

    async compute() {
        const {run_id, restart} = this.props.action.params;
        try {
            let step = await this.step(run_id, restart);
            while (!step.finished && !this.state.stopping) {
                step = await this.step(run_id, false);
            }
        } catch (error) {
            this.state.failed = true; // what was computed is kept
            throw error;
        }
        this.close();
    }

    async step(run, restart) {
        const step = await this.orm.call(
            "hr.payslip.run",
            "medical_compute_step",
            [[run]],
            {restart},
        );
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

registry.category("actions").add("medical_payroll_compute", PayrollCompute);
