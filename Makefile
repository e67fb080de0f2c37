# Two commands: `make chat` and `make test`. Each does all its own set-up.

DOCS ?=
PORT ?= 8501
PYTHON ?=
export DOCS PORT PYTHON

.DEFAULT_GOAL := help
.PHONY: help chat test

help:
	@echo 'make chat                启动问答页面（首次启动导入 examples/）        start the chat page'
	@echo 'make chat DOCS=文件夹     先导入该文件夹中有变化的文件                  ingest a folder first'
	@echo 'make chat PORT=8600      换一个端口（默认 8501）                       use another port'
	@echo 'make test                代码检查与全部测试                           lint, types and all tests'

chat: .venv/installed
	@exec .venv/bin/python start.py --port "$$PORT" --docs "$$DOCS"

test: .venv/installed-dev
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@.venv/bin/deptry .
	@.venv/bin/pytest

.venv/installed: pyproject.toml constraints.txt
	@scripts/install

.venv/installed-dev: pyproject.toml constraints.txt
	@scripts/install dev
