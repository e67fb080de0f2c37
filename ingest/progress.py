"""How far reading many files has come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ingest.files import Found
from ingest.messages import PageDone
from ingest.report import FileResult


@dataclass(frozen=True, slots=True)
class Step:
    """Something was done.

    Attributes:
        files_done: files finished.
        files: how many there are.
        bytes_done, bytes: what they amount to, pages of unfinished ones included: that measures the time left
            better than their number.
        result: what became of the document that was done, if it was one.
        page: the page that was done, if it was one.
    """

    files_done: int
    files: int
    bytes_done: int
    bytes: int
    result: FileResult | None = None
    page: PageDone | None = None


Progress = Callable[[Step], object]


class Course:
    """Tells somebody of each step.

    Args:
        found: all files, in their order.
        told: who is told, if anybody; of pages from other threads.
    """

    def __init__(self, found: Sequence[Found], told: Progress | None) -> None:
        self._sums = list(accumulate((file.size for file in found), initial=0))
        self._order = {file.source: order for order, file in enumerate(found)}
        self._told = told
        self._done = 0
        self._shares: dict[int, float] = {}

    def document(self, result: FileResult, files_done: int) -> None:
        """A document is done, and with it so many files."""
        self._done = files_done
        self._tell(result=result)

    def page(self, page: PageDone) -> None:
        """A page is done."""
        self._shares[self._order[page.source]] = page.number / page.of
        self._tell(page=page)

    def _tell(self, result: FileResult | None = None, page: PageDone | None = None) -> None:
        if self._told:
            sums, done = self._sums, self._done
            begun = [
                (sums[order + 1] - sums[order]) * share
                for order, share in list(self._shares.items())
                if order >= done
            ]
            self._told(Step(done, len(sums) - 1, sums[done] + round(sum(begun)), sums[-1], result, page))
