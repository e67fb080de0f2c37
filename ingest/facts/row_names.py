"""The names of figures in a row: A、B和C分别达到…."""

from __future__ import annotations

import re

from ingest.facts.names import Name, name_in

_JOINT = re.compile(r"[、和及与]")
_REGION_ALONE = re.compile("[全我本][国省市区县州镇]")
_SUFFIX = re.compile(
    r"(?P<sum>[两二三四五六七八九十]大[^、]*?(?:产业链?|行业|领域|板块|片区))?(?P<ending>(?:产业|行业|工业)?"
    r"(?:(?:地区|国内)?生产总值|总产值|产值|增加值|总额|总量|规模|收入|投资|面积|数量|比重|占比|覆盖率|率|人数))$"
)


def names_in_row(words: str, count: int) -> list[Name]:
    """Read the names of a row: 智能传感、生物医药产业产值分别达到…; what the last ends in counts for all.

    Args:
        words: the clause up to its first figure, with 分别 in it.
        count: how many figures the row has.

    Returns:
        A name for each figure, or none where they cannot be told.
    """
    words = words[: words.index("分别")]
    listed = _JOINT.split(words)
    if count == 2 and len(listed) == 1 and "城乡" in words:
        # 城乡居民人均可支配收入: of towns, and of the country.
        listed = [words.replace("城乡", kind, 1) for kind in ("城镇", "农村")]
    if len(listed) != count:
        return []
    suffix = _SUFFIX.search(listed[-1])
    ending = suffix["ending"] if suffix else ""
    if suffix and suffix["sum"]:
        listed[-1] = listed[-1][: suffix.start()] + ending
    last = name_in(listed[-1])
    if last and last.region and last.written and all(_REGION_ALONE.fullmatch(stem) for stem in listed[:-1]):
        return [*(Name(last.written, stem) for stem in listed[:-1]), last]
    if not ending and len({stem[-1:] for stem in listed}) > 1:
        return []
    names = []
    for stem in listed:
        name = name_in(stem if _SUFFIX.search(stem) else stem + ending)
        if name is None or not name.written:
            return []
        names.append(name)
    return names
