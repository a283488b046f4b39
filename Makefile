# The two commands of a newcomer are run and test; the rest is for who develops.
.PHONY: test-faults test-uninstall test-cluster run test test-pure test-odoo test-e2e crawl test-host test-account lint db bench speed stop clean setup smoke screenshots

run:
	@python3 bin/practice run

test:
	@python3 bin/practice test

test-pure:
	@python3 bin/practice test pure

test-odoo:
	@python3 bin/practice test odoo

test-e2e:
	@python3 bin/practice test e2e

# servers that are killed, database sessions that end, many phones at once
test-faults:
	@python3 bin/practice test faults

# a group's servers on one machine: a replica, workers, the bus, nginx with TLS
test-cluster:
	@python3 bin/practice test cluster

# a practice that worked, without the addon: what the host's apps hold
test-uninstall:
	@python3 bin/practice test uninstall

# every view, first record and button of a practice that runs, as each role:
# make crawl [E2E_URL=http://localhost:8069] [ARGS="manager --phone"]
crawl:
	@.odoo/venv/bin/python e2e/crawl.py $(ARGS)

# every list and form of a practice that runs, beside the host's plain ones:
# make speed [E2E_URL=http://localhost:8069] [ARGS="director --only Supplies"]
speed:
	@.odoo/venv/bin/python e2e/speed.py $(ARGS)

# the host's own suites of what the addon extends
test-host:
	@python3 bin/practice test host

# all of the host's suite of accounting, of which test-host runs a part
test-account:
	@python3 bin/practice test account

lint:
	@bin/lint

# the pictures of the docs, taken anew by the browser tests
screenshots: test-e2e
	@mkdir -p docs/screenshots && cp e2e/.output/story-*.png docs/screenshots/

# make db DB=name [BASE=host]
db:
	@python3 bin/practice db $(DB) $(BASE)

# make bench [ONLY="rounds cockpit"] [AGAINST=commit, an older build beside it]
bench:
	@python3 bin/practice bench $(ONLY) $(if $(AGAINST),against=$(AGAINST))

smoke:
	@python3 bin/practice smoke

setup:
	@python3 bin/practice setup

stop:
	@python3 bin/practice stop

clean:
	@python3 bin/practice clean
