# Single entry point for people, hooks and CI; implementations are in scripts/.
.DEFAULT_GOAL := help
.PHONY: help run content conversations doctor pause resume status use erase export chat train widget test test-slow check bench metrics lock report clean-env setup setup-dev

# Settings come from the environment or the command line (make run PORT=6005): docs/settings.md.
# Values of the command line reach the commands as they were typed: neither make nor the shell reads a $ in them.
$(foreach name,$(.VARIABLES),$(if $(findstring command,$(origin $(name))),\
	$(eval override $(name) := $$(value $(name)))$(eval export $(name))))

# No telemetry, and no warnings of SQLAlchemy at every start.
export RASA_TELEMETRY_ENABLED := false
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
# Without cached bytecode every start takes ten seconds longer.
unexport PYTHONDONTWRITEBYTECODE

PYTHON := .venv/bin/python

help: ## show this list
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

run: train widget ## start the assistant, on http://localhost:5005; Ctrl-C stops it
	@$(PYTHON) -m scripts.serve

chat: train ## talk to the assistant in the terminal
	@$(PYTHON) -m assistant.channels.terminal

train: setup ## train, if there is no model for the current data
	@$(PYTHON) -m scripts.train

widget: setup ## build the widget, if its sources have changed
	@$(PYTHON) -m scripts.build_widget

test: setup-dev ## run every test that this machine can run except the slow ones
	@$(PYTHON) -m scripts.train
	@$(PYTHON) -m scripts.build_widget
	@$(PYTHON) -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder -m "not slow"

test-slow: setup-dev ## run the slow tests
	@$(PYTHON) -m scripts.train
	@$(PYTHON) -m scripts.build_widget
	@$(PYTHON) -m pytest -q -m slow

check: setup-dev ## check format, lint, types, import directions and content
	@scripts/check.sh

bench: setup-dev ## run the benchmarks, with Rasa's stock configuration for comparison
	@$(PYTHON) -m scripts.train
	@$(PYTHON) -m scripts.build_widget
	@$(PYTHON) -m benchmarks

doctor: ## check settings, ports, storage, model and content, and report what to fix
	@$(PYTHON) -W ignore -m scripts.doctor

pause: ## enable maintenance mode, without a restart
	@$(PYTHON) -W ignore -m assistant.server.admin pause

resume: ## end maintenance mode
	@$(PYTHON) -W ignore -m assistant.server.admin resume

status: ## show whether maintenance mode is on
	@$(PYTHON) -W ignore -m assistant.server.admin status

use: ## hot-swap a model without a restart: make use MODEL=assistant-....tar.gz
	@$(PYTHON) -W ignore -m assistant.server.admin use -- "$$MODEL"

erase: ## delete the data of a person: make erase ID=...
	@$(PYTHON) -W ignore -m assistant.server.admin erase -- "$$ID"

export: ## print the data of a person as JSON: make export ID=...
	@$(PYTHON) -W ignore -m assistant.server.admin export -- "$$ID"

report: setup ## write the usage report, as a page and tables, to STATE_DIR/report
	@$(PYTHON) -m assistant.analytics

metrics: setup-dev ## count modules, lines and import chains, as in docs/architecture.md
	@$(PYTHON) -m scripts.metrics

content: setup-dev ## write domain.yml's intents and the rules from data/topics.yml
	@$(PYTHON) -m scripts.content

conversations: setup-dev ## write docs/conversations.md from its talks, as the assistant answers them now
	@$(PYTHON) -m scripts.train
	@$(PYTHON) -W ignore -m testbed.conversations

lock: ## rewrite the lock files from pyproject.toml
	@scripts/setup.sh lock

clean-env: ## remove installed and cached files; models, conversations and the key stay
	rm -rf .venv .uv .node .stock .rasa .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache \
		widget/node_modules widget/dist

setup:
	@scripts/setup.sh run

setup-dev:
	@scripts/setup.sh dev
