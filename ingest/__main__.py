"""`python -m ingest PATH...`: the same as `policy-assistant ingest`, for scheduled jobs."""

from __future__ import annotations

import sys

from ingest.cli import add_ingest_options, run_ingest
from ingest.command_parser import CommandParser
from ingest.execution_cli import execute


def main() -> int:
    """Ingest what the command line names; returns the exit code."""
    parser = CommandParser(prog="python -m ingest", description="收录文件和文件夹：未变的文件按内容跳过。")
    add_ingest_options(parser)
    parser.set_defaults(run=run_ingest)
    return execute(parser, sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
