"""Made-up OFD files with all that a page may hold."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from types import MappingProxyType

from PIL import Image

_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def text(words: str, x: float, y: float, size: float = 5.0, more: str = "", child: str = "") -> str:
    """Return a text object.

    Args:
        words: what it says, as XML.
        x, y: its upper left corner.
        size: of its font.
        more: further attributes.
        child: further elements.
    """
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y} 160 {size}" Font="2" Size="{size}" {more}>{child}'
        f'<ofd:TextCode X="0" Y="{size * 0.85}" DeltaX="g {len(words) - 1} {size}">{words}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


def package(
    *pages: str,
    template: str = "",
    resources: str = "",
    files: Mapping[str, bytes] = MappingProxyType({}),
    box: str = "0 0 210 297",
) -> bytes:
    """Return an OFD file.

    Args:
        pages: the objects on each page.
        template: the objects that stand behind them on every page.
        resources: what the objects refer to.
        files: the names of the files in it and what they hold.
        box: the physical box of the pages.
    """
    used = '<ofd:Template TemplateID="7"/>' if template else ""
    place = '<ofd:TemplatePage ID="7" BaseLoc="Tpls/Content.xml"/>' if template else ""
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/{n}/Content.xml"/>' for n in range(len(pages)))
    parts = {
        "OFD.xml": f"<ofd:OFD {_OFD}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
        "</ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {_OFD}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>{box}"
        f"</ofd:PhysicalBox></ofd:PageArea><ofd:DocumentRes>Res.xml</ofd:DocumentRes>{place}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        "Doc_0/Res.xml": f'<ofd:Res {_OFD} BaseLoc="Res">{resources}</ofd:Res>',
        "Doc_0/Tpls/Content.xml": _content(template),
    }
    parts |= {f"Doc_0/Pages/{n}/Content.xml": _content(page, used) for n, page in enumerate(pages)}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as into:
        for name, part in parts.items():
            into.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{part}')
        for name, data in files.items():
            into.writestr(name, data)
    return written.getvalue()


def picture(colour: str = "red", size: tuple[int, int] = (20, 10)) -> bytes:
    """Return a PNG of one colour."""
    written = io.BytesIO()
    Image.new("RGB", size, colour).save(written, "PNG")
    return written.getvalue()


def _content(objects: str, before: str = "") -> str:
    layer = f"<ofd:Layer ID='9'>{objects}</ofd:Layer>"
    return f"<ofd:Page {_OFD}>{before}<ofd:Content>{layer}</ofd:Content></ofd:Page>"
