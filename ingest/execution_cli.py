"""How every command is run: what it raises becomes one line and an exit code."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from vectorstore.errors import PolicyError
from vectorstore.failures import refusal
from vectorstore.languages.catalogue import say, tell


def execute(parser: argparse.ArgumentParser, words: Sequence[str]) -> int:
    """Run the command that the words name; an error becomes one line on standard error.

    Args:
        parser: its commands set `run`.
        words: the command line without the program's name.

    Returns:
        The command's exit code; 2 for an error the user can mend; 130 when interrupted.
    """
    try:
        options = parser.parse_args(words)
        return int(options.run(options))
    except PolicyError as error:
        print(tell(str(error)), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(say("已中断"), file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of our output has gone, as `head` does; nothing more can be written.
        sys.stderr.close()
        return 0
    except OSError as error:
        print(f"{error.filename or '系统'}：{refusal(error)}", file=sys.stderr)
        return 2
