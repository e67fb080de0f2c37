"""The title of a document: by its fields, the title its page states, or the lines above its body."""

from __future__ import annotations

import re
from itertools import pairwise

from ingest.imprint import BODY
from ingest.issuing import OFFICE, is_letterhead, states_issue, without_number
from ingest.kinds import BYLINE
from ingest.numbering import number_of
from ingest.script import simplified
from ingest.standing import is_formal

_JOINED_MAX = 4
_TITLE_MAX = 120
# A kind of paper alone (公告, 招聘公告), as above the title or as a sheet's name.
_KIND_ALONE = 4
_KIND_OF_OFFICE = 8
_SPREAD = re.compile(r"(?:[㐀-鿿]\s+)+[㐀-鿿]")
# What parts the entries of a page's bar: 网站首页 | 无障碍浏览.
_BAR = re.compile(r"[|｜]")
# A period says of what only on the next line: 2026年度 | 土地出让计划表.
_TO_BE_NAMED = re.compile(r"\d\s*年度?$|\d\s*月份?$|季度$")
_ORDINAL = re.compile(r"第\s*[〇零一二三四五六七八九十百千\d]{1,6}\s*[号號]")
_PROMULGATED = re.compile(
    r"《([^《》]{4,60})》(?:已|业|業)?(?:经|經|由|于|於).{0,120}(?:通过|通過|批准|修订|修訂|公布)"
)
_LABEL = re.compile(r"(?:信息|文件|公文)?(?:标\s*题|名\s*称)\s*[:：]\s*(?=\S)")
_PURPOSE = re.compile(r"(?:主\s*旨)\s*[:：]\s*(?=\S)")
# What an order of Taiwan says in one sentence, as its only title.
_ENACTS = re.compile(r"(?:修正|订定|废止|发布|核定|制定)「[^「」]{2,60}」.{0,60}。")
_REMARK = re.compile(
    r"^\s*[（(【\[]?(?:转载|转发|原创|置顶|图文|推荐|热点)[）)】\]][：:]?\s*|\s*[（(【\[](?:转载|原创)[）)】\]]\s*$"
)


def title_of(stated: str, headline: str, front: list[str], lines: list[str]) -> str:
    """Tell a document's title.

    Args:
        stated: what its information box says, or "".
        headline: what its page states beside the text, or "".
        front: the lines above its body.
        lines: all its lines.

    Returns:
        The title, "" where it has none.
    """
    purpose = next((line for line in front if _PURPOSE.match(simplified(line))), "")
    if purpose:
        return _PURPOSE.sub("", purpose, count=1) if _PURPOSE.match(purpose) else purpose.partition("：")[2]
    enacted = next((line for line in front if _ENACTS.fullmatch(simplified(line))), "")
    own = [
        _LABEL.sub("", _REMARK.sub("", line), count=1) if _LABEL.match(line) or _REMARK.search(line) else line
        for line in front
    ]
    # A page's first heading may be one of its sections, or whose site it is.
    if number_of(headline) or BODY.fullmatch(headline) or _TO_BE_NAMED.search(headline):
        headline = ""
    for wanted in filter(None, (stated, headline)):
        if found := _held(own, wanted):
            return _tidy(found)
    title = _in_lines(own)
    promulgated = [known[1] for line in lines[: len(front) + 1] if (known := _PROMULGATED.match(line))]
    if promulgated and promulgated[0] in lines and (is_letterhead(title) or not is_formal(title)):
        return _tidy(promulgated[0])
    if enacted and not is_formal(title):
        return enacted.rstrip("。")
    if stated:
        return _tidy(stated)
    if headline and not (is_formal(title) and not is_formal(headline)):
        return _tidy(_REMARK.sub("", headline))
    return title or _ahead(lines[0] if lines else "")


def _held(front: list[str], wanted: str) -> str:
    """The lines of a front that hold a title between them, with the offices above it that belong to it."""
    bare = _bare(wanted)
    if with_office := _with_office(front, wanted):
        return with_office
    # An office above a title that begins with it is not said twice.
    if alone := next((line for line in front if _bare(line) == bare and is_formal(line)), ""):
        return alone
    for start in range(len(front)):
        joined = ""
        for line in front[start : start + _JOINED_MAX]:
            joined += line
            plain = _bare(joined)
            if len(joined) > _TITLE_MAX or not (plain in bare or bare in plain):
                break
            if plain == bare or (bare in plain and is_formal(joined) and _is_ahead(joined, wanted)):
                return joined
    return ""


def _with_office(front: list[str], wanted: str) -> str:
    """A title that the front splits between the offices that issued it and its subject."""
    bare = _bare(wanted)
    for above, below in pairwise(front):
        if (
            _bare(below) == bare
            and all(map(BODY.fullmatch, above.split()))
            and below.startswith(("关于", "關於"))
        ):
            return above + below
    return ""


def _is_ahead(joined: str, wanted: str) -> bool:
    """Whether what stands in front of a title is the office that issued it."""
    ahead = joined[: max(joined.find(wanted[:4]), 0)].strip()
    return not ahead or all(BODY.fullmatch(name) for name in re.split(r"[\s、]+", ahead))


def _in_lines(front: list[str]) -> str:
    lines = [*map(without_number, front), ""]
    # Offices above 关于… belong to the title, several of them together.
    heads = [False] * len(lines)
    for at in range(len(lines) - 2, -1, -1):
        below = lines[at + 1]
        heads[at] = bool(BODY.fullmatch(lines[at])) and (below.startswith(("关于", "關於")) or heads[at + 1])
    candidates = [line if heads[at] or _may_be_title(line) else "" for at, line in enumerate(lines)]
    formal = [(at, joined) for at in range(len(lines)) if (joined := _formal(candidates[at:]))]
    if found := next((one for one in formal if len(one[1]) > _KIND_ALONE), next(iter(formal), None)):
        at, title = found
        # 行政处罚决定书 says little without the office above it.
        alone = at > 0 and len(title) <= _KIND_OF_OFFICE and OFFICE.fullmatch(lines[at - 1])
        return _tidy(lines[at - 1] + title if alone else title)
    named = next((at for at, line in enumerate(candidates) if line), None)
    if named is None:
        return _tidy(next(filter(is_letterhead, front), ""))
    below = candidates[named + 1] if named + 1 < len(candidates) else ""
    return _tidy(candidates[named] + (below if _TO_BE_NAMED.search(candidates[named]) else ""))


def _formal(lines: list[str]) -> str:
    """Return the formal title that the first of some lines are, alone or together; "" where they are none."""
    joined = ""
    for line in lines[:_JOINED_MAX]:
        # Set wide: 实 施 意 见.
        line = re.sub(r"\s+", "", line) if _SPREAD.fullmatch(line) else line
        # Offices that stand one below the other issued it together.
        joined += f" {line}" if BODY.fullmatch(joined) and BODY.fullmatch(line) else line
        if not line or len(joined) > _TITLE_MAX:
            break
        if is_formal(joined):
            return joined
    return ""


def _ahead(line: str) -> str:
    """The formal title that stands in front of the text on one line with it, as in exports without breaks."""
    title = line.split(" ", 1)[0]
    return title if " " in line and _may_be_title(title) and is_formal(title) else ""


def _may_be_title(line: str) -> bool:
    if not 2 <= len(line) <= 90 or line.endswith(("。", "；", "：", ":")) or BYLINE.search(line):
        return False
    if re.fullmatch(r"[（(〔【].*[）)〕】]", line) or _ORDINAL.fullmatch(line) or len(_BAR.findall(line)) > 1:
        return False
    if states_issue(line) or re.fullmatch(r"附件\s*\d*[:：]?", line):
        return False
    if line.startswith(("附", "地址", "受文者", "速別", "密等")):
        return False
    return not (OFFICE.fullmatch(line) or is_letterhead(line) or line.endswith("文件") or number_of(line))


def _tidy(title: str) -> str:
    """Take out the space a line break left inside a formal title; one parts joint issuers, or a headline."""
    whole = re.fullmatch(r"《([^《》]+)》", title.strip())
    title = whole.group(1) if whole else title
    if not is_formal(title):
        return title.strip()
    offices = re.match(rf"(?:{BODY.pattern}\s+)+(?={BODY.pattern}\s*(?:关于|關於))", title)
    ahead = offices.group(0) if offices else ""
    return ahead + re.sub(r"(?<=[㐀-鿿”》）]) +(?=[㐀-鿿“《（])", "", title[len(ahead) :]).strip()


def _bare(title: str) -> str:
    return re.sub(r"[\s《》〈〉“”\"（）()]", "", simplified(title))
