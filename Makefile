# Two commands: `make chat` and `make test`. Each does all its own set-up. `make check` is the quick half of the second.

DOCS ?=
PORT ?= 8501
PYTHON ?=
export DOCS PORT PYTHON

.DEFAULT_GOAL := help
QUICK = tests/prompts tests/test_project.py $(addprefix tests/assistant/,understanding choosing drafting proof fusing suggesting exporting test_grounding.py)

CATALOGUE = languages/locale/en/LC_MESSAGES/policy_assistant

.PHONY: help chat check test catalogue

help:
	@echo 'make chat                启动问答页面（首次启动导入 examples/）        start the chat page'
	@echo 'make chat DOCS=文件夹     先导入该文件夹中有变化的文件                  ingest a folder first'
	@echo 'make chat PORT=8600      换一个端口（默认 8501）                       use another port'
	@echo 'make check               代码检查与快速测试（约一分钟）                lint, types and the quick tests'
	@echo 'make test                代码检查与全部测试                           lint, types and all tests'
	@echo 'make catalogue           更新界面与命令的英文目录（开发用）          update the English catalogue (development)'

chat: .venv/installed
	@exec .venv/bin/python start.py --port "$$PORT" --docs "$$DOCS"

check: .venv/installed-dev
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@.venv/bin/deptry .
	@.venv/bin/pytest $(or $(TESTS),$(QUICK))

test:
	@$(MAKE) --no-print-directory check TESTS=tests

.venv/installed: pyproject.toml constraints.txt
	@scripts/install

.venv/installed-dev: pyproject.toml constraints.txt
	@scripts/install dev

# What the catalogue lacks is to be written into the .po file; then once more, for the .mo file.
catalogue: .venv/installed-dev
	@.venv/bin/python -m babel.messages.frontend -q extract -F languages/babel.cfg --no-location --sort-output --width 110 \
		--project policy-assistant -o $(CATALOGUE).pot assistant ingest languages vectorstore cli.py start.py
	@.venv/bin/python -m babel.messages.frontend -q update -i $(CATALOGUE).pot -o $(CATALOGUE).po -l en \
		--no-fuzzy-matching --ignore-obsolete --width 110 --ignore-pot-creation-date
	@rm $(CATALOGUE).pot
	@.venv/bin/python -m babel.messages.frontend -q compile -i $(CATALOGUE).po -o $(CATALOGUE).mo -l en --statistics
