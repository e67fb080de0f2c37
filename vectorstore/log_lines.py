"""What servers log, a JSON object a line where the settings want it; no words of questions stand in it."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime

from vectorstore.settings import log_settings

_OWN = ("assistant", "ingest", "vectorstore")
_KNOWN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime"}


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON.

    Of an exception its kind and its places in the code are told; its text may hold what somebody asked.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        told: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.name.partition(".")[0] in _OWN:
            told |= {name: value for name, value in record.__dict__.items() if name not in _KNOWN}
        if record.exc_info and record.exc_info[0]:
            told["error"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])
            told["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        return json.dumps(told, ensure_ascii=False, default=str)


def begin_logging() -> bool:
    """Log to standard error as the settings want it, and say whether that is JSON.

    Raises:
        SettingsError: POLICY_LOG is neither text nor json.
    """
    if log_settings().policy_log != "json":
        return False
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in _OWN:
        logging.getLogger(name).setLevel(logging.INFO)
    # Servers bring handlers of their own, whose lines are not JSON.
    for logger in logging.root.manager.loggerDict.values():
        if isinstance(logger, logging.Logger) and logger.handlers:
            logger.handlers.clear()
            logger.propagate = True
    return True
