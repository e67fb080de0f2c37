"""The fields that records, front matter and information boxes state, and the names they go by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from ingest.script import simplified
from vectorstore.types import Status

# In the order in which they are believed where several of them are given.
NAMES: dict[str, tuple[str, ...]] = {
    field: tuple(names.split())
    for field, names in {
        "id": "id _id doc_id document_id key 编号 文档编号 标识 索引号 序号",
        "title": "title headline 标题 题名 题目 文件标题 文件名称 政策名称 信息名称 公文名称 名称",
        "text": "text content body 正文 全文 内容 文本 正文内容 文件内容 html markdowncontent",
        "issuer": (
            "issuer 发文机关 发文单位 发布机构 发布单位 发布机关 印发机关 制定机关 发布部门 公布机关 "
            "发文机构 颁布机构 颁布单位 填报单位 制表单位 编报单位 编制单位 公示单位 预算单位 部门名称 部门 "
            "author publisher 作者单位"
        ),
        "document_number": "document_number number 发文字号 文号 发文号 文件编号 文件字号",
        "issued_on": (
            "issued_on issued 成文日期 发文日期 印发日期 签发日期 公布日期 颁布日期 成文时间 发文时间 "
            "date published publish_date published_time publishedtime 发布日期 发布时间 公开日期 生成日期 "
            "日期"
        ),
        "region": "region area 地区 地域 区域 行政区划 适用地区",
        "period": "period 规划期 规划期间 规划期限 期间",
        "effective_on": (
            "effective_on effective_date effective 实施日期 "
            "施行日期 生效日期 执行日期 实施时间 施行时间 "
            "生效时间"
        ),
        "expires_on": (
            "expires_on expiry_date expires expiration_date valid_until 失效日期 失效时间 废止日期 "
            "废止时间 有效期至 截止日期 终止日期"
        ),
        "valid_for": "valid_for 有效期 有效期限 实施期限 执行期限 有效时间",
        "kind": "kind type 类型 文种 体裁 公文种类 文件类型 文件种类 公文类型",
        "status": "status validity 状态 效力 效力状态 有效性 时效性 文件状态 是否有效 文件有效性",
        "other": (
            "主题分类 主题词 关键词 信息分类 组配分类 公开方式 公开形式 公开范围 公开类别 信息来源 "
            "统一编号 规范性文件编号 登记号 主题 分类 服务对象分类 体裁分类 信息索引 文件来源 内容概述 "
            "语种 载体类型 责任部门 公开责任部门 公开时限 所属主题 来源 url urlsource tags category "
            "description layout"
        ),
    }.items()
}
_BOXED = (
    *(names for field, names in NAMES.items() if field not in ("id", "text", "region")),
    ("索引号", "编号"),
)
_LABEL = "|".join(
    r"\s{0,6}".join(map(re.escape, name))
    for name in sorted(
        (name for names in _BOXED for name in names if not name.isascii()), key=len, reverse=True
    )
)
LABEL = re.compile(rf"[\s【\[]*(?:{_LABEL})\s*[】\]]?(?:[（(](?:盖章|公章|签章)[）)])?\s*[:：]\s*")
_COLON, _LABEL_MAX = re.compile("[:：]"), 40
_LABEL_ALONE = re.compile(rf"[\s【\[]*(?:{_LABEL})\s*[】\]]?\s*[:：]?\s*")
_STATUSES = {status.value: status for status in Status} | {
    "现行有效": Status.IN_FORCE,
    "有效": Status.IN_FORCE,
    "现行": Status.IN_FORCE,
    "继续有效": Status.IN_FORCE,
    "生效": Status.IN_FORCE,
    "征求意见稿": Status.DRAFT,
    "征求意见": Status.DRAFT,
    "草案": Status.DRAFT,
    "规划期已满": Status.EXPIRED,
    "到期": Status.EXPIRED,
    "已到期": Status.EXPIRED,
    "过期": Status.EXPIRED,
    "已过期": Status.EXPIRED,
    "有效期已满": Status.EXPIRED,
    "已废止": Status.SUPERSEDED,
    "废止": Status.SUPERSEDED,
    "失效": Status.SUPERSEDED,
    "已失效": Status.SUPERSEDED,
    "无效": Status.SUPERSEDED,
    "被替代": Status.SUPERSEDED,
    "已修改": Status.UNKNOWN,
    "新闻": Status.NOT_POLICY,
    "文章": Status.NOT_POLICY,
}
_DAYS = ("effective_on", "expires_on", "valid_for")


@cache
def field_of(name: str) -> tuple[str, int]:
    """What a name stands for, "" where nobody knows, and its place among the names of that purpose."""
    plain = re.sub(r"[\s：:*【】\[\]]+", "", simplified(name)).lower() if len(name) <= 30 else ""
    for field, names in NAMES.items():
        if plain in names or plain.replace("-", "_") in names:
            return field, names.index(plain if plain in names else plain.replace("-", "_"))
    return "", 0


def named_fields(values: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Sort named values by what they stand for; the name that is believed most goes first.

    Args:
        values: each with its name, in Chinese of either script or in English.

    Returns:
        field → value; values that say nothing and names that nobody knows are left out.
    """
    named: dict[str, tuple[int, str]] = {}
    for name, value in values:
        field, order = field_of(name)
        if field and value.strip() and (field not in named or order < named[field][0]):
            named[field] = (order, value.strip())
    return {field: value for field, (_, value) in named.items()}


def is_label(words: str) -> bool:
    """Tell the name of a field that stands alone, as in a cell or on a line of its own."""
    return len(words) <= 24 and bool(_LABEL_ALONE.fullmatch(simplified(words)))


def split_fields(line: str) -> Iterator[tuple[str, str]]:
    """Take a line apart that states fields: 索引号：… 发布机构：…; nothing where it does not begin with one.

    Args:
        line: one line of text.

    Yields:
        The names as they are written, without blanks and colon, each with its value.
    """
    if not _COLON.search(line, 0, _LABEL_MAX) or not LABEL.match(plain := simplified(line)):
        return
    found = [one for one in LABEL.finditer(plain) if one.start() == 0 or plain[one.start()] in " 【[　\t"]
    if not found or found[0].start() != 0:
        return
    for one, following in zip(found, [*found[1:], None], strict=True):
        name = re.sub(r"[（(](?:盖章|公章|签章)[）)]|[\s：:【】\[\]]+", "", line[one.start() : one.end()])
        yield name, line[one.end() : following.start() if following else len(line)].strip()


def fields_in(lines: Iterable[str]) -> dict[str, str]:
    """Read the fields that lines state, such as those of an information box."""
    return named_fields(pair for line in lines for pair in split_fields(line))


def days_in(fields: Mapping[str, str]) -> dict[str, str]:
    """What fields say of the days of validity."""
    return {field: fields[field] for field in _DAYS if fields.get(field)}


def status_named(words: str) -> Status | None:
    """The status that a word of a record or an information box means, None where it means none."""
    return _STATUSES.get(re.sub(r"\s+", "", simplified(words)).lower())
