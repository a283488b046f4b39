# loaded by core: the mixin before the workflow, the register after the checks
