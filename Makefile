# Two commands: `make chat` and `make test`. Each does all its own set-up. `make check` is the quick half of the second,
# `make docs` makes the documentation a site, `make release` what is published.

DOCS ?=
PORT ?= 8501
PYTHON ?=
export DOCS PORT PYTHON
# Where it is set, as in many containers, every process of a test run would compile all modules anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
QUICK = tests/prompts tests/test_project.py $(addprefix tests/assistant/,understanding selecting drafting proof fusion suggesting exporting test_grounding.py)

# One process more than processors: browser tests wait for pages most of the time.
WORKERS ?= $(shell echo $$(($$(getconf _NPROCESSORS_ONLN) + 1)))
CATALOGUE = vectorstore/languages/locale/en/LC_MESSAGES/policy_assistant

.PHONY: help catalogue chat check code coverage docs release test tests

help:
	@echo 'make chat                启动问答页面（首次启动导入 examples/）        start the chat page'
	@echo 'make chat DOCS=文件夹     先导入该文件夹中有变化的文件                  ingest a folder first'
	@echo 'make chat PORT=8600      换一个端口（默认 8501）                       use another port'
	@echo 'make check               代码检查与快速测试（约一分钟）                lint, types and the quick tests'
	@echo 'make coverage            测试覆盖率（分支）                            what the tests cover, by branches'
	@echo 'make test                代码检查与全部测试                           lint, types and all tests'
	@echo 'make docs                生成文档网站 site/                             the documentation as a site'
	@echo 'make release             生成 wheel 与 sdist，并在全新环境中试用         build, and try what was built'
	@echo 'make catalogue           更新界面与命令的英文目录（开发用）          update the English catalogue (development)'

chat: .venv/installed
	@exec .venv/bin/policy-assistant chat --port "$$PORT" --docs "$$DOCS"

check: .venv/installed-dev
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@$(MAKE) --no-print-directory --jobs=2 code tests || \
		{ echo '未全部通过，原因见上文 make 报错处 (failed: see above where make tells of an error)' >&2; exit 1; }

# Beside the tests, which leave a processor idle now and then; whichever fails, the other is run to its end.
code:
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@.venv/bin/deptry .

tests:
	@OPENBLAS_NUM_THREADS=1 .venv/bin/pytest --numprocesses $(WORKERS) --dist loadscope --no-loadscope-reorder $(or $(TESTS),$(QUICK))

release: .venv/installed-dev
	@.venv/bin/python scripts/release.py

test:
	@$(MAKE) --no-print-directory check TESTS=tests

coverage: .venv/installed-dev
	@OPENBLAS_NUM_THREADS=1 .venv/bin/pytest --numprocesses $(WORKERS) --dist loadscope --no-loadscope-reorder --cov --cov-report= $(or $(TESTS),tests)
	@.venv/bin/coverage report
	@.venv/bin/coverage report --include='vectorstore/*,assistant/proof/*,assistant/records/*' --fail-under=90 --format=total

docs: .venv/installed-docs
	@NO_MKDOCS_2_WARNING=1 .venv/bin/mkdocs build --quiet --strict
	@echo '文档网站已生成，查看：python3 -m http.server --directory site (the site is made)'

.venv/installed: pyproject.toml constraints.txt
	@scripts/install

.venv/installed-dev: pyproject.toml constraints.txt
	@scripts/install dev

.venv/installed-docs: pyproject.toml constraints.txt
	@scripts/install docs
# What the catalogue lacks is to be written into the .po file; then once more, for the .mo file.
catalogue: .venv/installed-dev
	@.venv/bin/python -m babel.messages.frontend -q extract -F vectorstore/languages/babel.cfg --no-location --sort-output --width 110 \
		--project policy-assistant -o $(CATALOGUE).pot assistant ingest vectorstore cli.py start.py
	@.venv/bin/python -m babel.messages.frontend -q update -i $(CATALOGUE).pot -o $(CATALOGUE).po -l en \
		--no-fuzzy-matching --ignore-obsolete --width 110 --ignore-pot-creation-date
	@rm $(CATALOGUE).pot
	@.venv/bin/python -m babel.messages.frontend -q compile -i $(CATALOGUE).po -o $(CATALOGUE).mo -l en --statistics
