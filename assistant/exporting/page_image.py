"""A page of a PDF as an image.

A process of its own draws it: a damaged file that crashes or hangs the drawing ends that process alone.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from vectorstore.errors import LibraryError

_SECONDS = 20
_DOTS_PER_POINT = 110 / 72
# A page may claim to be as large as a wall.
_LONGEST_SIDE = 4000


def page_image(file: Path, page: int) -> bytes:
    """Return a page as a PNG image.

    Args:
        file: the PDF.
        page: number of the page, from 1.

    Raises:
        LibraryError: the page cannot be drawn.
    """
    # By its path, as its name would load all of the assistant first; -P keeps the modules beside
    # it from standing in for those of the standard library.
    command = [sys.executable, "-P", __file__, str(file), str(page)]
    try:
        drawn = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=True)  # noqa: S603
    except (subprocess.SubprocessError, OSError):
        raise LibraryError(f"原文件第{page}页无法显示，请下载原文件查看") from None
    return drawn.stdout


def main() -> None:
    """Write the page that the command line names to standard output, as a PNG image."""
    import pypdfium2

    page = pypdfium2.PdfDocument(sys.argv[1])[int(sys.argv[2]) - 1]
    scale = min(_DOTS_PER_POINT, _LONGEST_SIDE / max(page.get_size()))
    image = page.render(scale=scale).to_pil()
    image.save(sys.stdout.buffer, format="PNG")


if __name__ == "__main__":
    main()
