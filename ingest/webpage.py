"""What a web page puts round its article: menus, buttons, counters, footers, spam."""

from __future__ import annotations

import re

from ingest.marks import SEAM
from ingest.script import is_other_script, script_of, simplified

_CHROME_MAX = 200
_TRADITIONAL = re.compile("[來頁覽點擊請閱讀號關閉編輯責權聯網載時間發當現錄體訪]")
_BREADCRUMB = re.compile(
    r"^\s*(?:(?:您|你|我)?(?:的|现在|当前|所在|所处|目前|正在|浏览|访问|栏目){0,5}的?位置\s*[:：>].*|"
    r"(?:当前栏目|当前页面|所在栏目|导航)\s*[:：].*[>»›→].*|"
    r"(?:网站|本站|官网)?(?:首页|主页)(?:\s*[-—>＞»›→|/\\]+\s*\S+){1,8})$"
)
_CLOSING = re.compile(
    r"^\s*[（(【]?\s*(?:素材来源|信息来源|稿件来源|文章来源|来源|责任编辑|编辑|审核|校对|原载)\s*[:：].{1,40}$"
)
_FIELDS = (
    "作者|来源|编辑|责任编辑|审核|校对|记者|摄影|发布时间|发布日期|发布机构|日期|时间|字号|浏览次数|阅读量?"
)
_EMPTY_FIELD = re.compile(rf"(?:(?<=\s)|^)(?:{_FIELDS})[ \t]*[:：][ \t]*(?=(?:{_FIELDS})[ \t]*[:：]|$)")
# Rows at the edges of a page: those that nobody writes a line of, and those that are words of any text alone.
_TOOLS = (
    "手机版|电脑版|移动端|无障碍(?:浏览|阅读|版)?|网站无障碍(?:关怀版)?|关怀版|长者(?:助手|模式|版|专区)|粤商通|粤省事|浙里办|苏服办|"
    r"政务新媒体|智能(?:问答|客服|机器人|搜索)|回到顶部|打印页面|语音播报|分享到微信|我要(?:咨询|留言|纠错|查|办|问|看|投诉|评价)|添加.{2,12}小程序|关注\s*[·•].{2,20}|扫码.{2,12}|收藏网站"
)
_LINKS = (
    "登录|注册|微信|微博|微信公众号|小程序|公众号|客户端|繁體|繁体|简体|English|EN|二维码|首页|主页|政务公开|政务服务|互动交流|"
    "在线(?:客服|咨询)|个人中心|本站|搜索|邮箱"
)
_CHROME = re.compile(
    r"^\s*(?:点击查看更多|请输入关键字|网站首页|上一[篇条页].*|下一[篇条页].*|"
    r"返回(?:顶部|首页|列表)|【?打印(?:本页|[此本]文)?】?|【?关闭(?:窗口|本页)?】?|分享到?[:：]?.{0,20}|扫一扫.{0,20}|"
    r"字[体号][:：\s].{0,20}|网站地图|友情链接.{0,20}|联系我们|关于我们|版权所有.*|.{0,40}ICP备.*|.{0,20}公网安备.*|"
    r"下载地址[:：].*|点击此处下载|【?(?:收藏|推荐|纠错|朗读)】?|"
    r"相关(?:稿件|链接|新闻|阅读|推荐|文章|解读)[:：].{0,80}|技术支持[:：].*|浏览次数[:：].*|网站标识码.*|收藏本[站页]|设为首页|"
    rf"[×✕↺↻+＋\-－<>‹›«»|·]{{1,3}}|"
    rf"(?:A\s*[+＋\-－]?\s*[大中小][\s|]*){{1,4}}|A[+＋][\s|]*A[-－]|[大中小](?:[\s|]+[大中小]){{2}}|"
    rf"(?:{_TOOLS})|(?:{_TOOLS}|{_LINKS})(?:[\s|·/]+(?:{_TOOLS}|{_LINKS})){{1,12}})\s*[>»]*\s*$"
)
_SIGNED_ON = re.compile(
    r"[（(]?(?:\d{4}|[〇○零一二三四五六七八九]{4})年[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日[）)]?"
)
_GOES_ON = re.compile("[。；：（(《]|附件|附表|^第.{1,6}[章条]|\t")
_ROW_MAX, _ROWS_MAX = 20, 12
_COUNTER = re.compile(r"\s*(?:浏览|阅读|点击|访问)(?:次数|量|数)?\s*[:：]\s*\d[\d,]*\s*次?(?=\s|$)")
_CHROME_TAIL = re.compile(
    r"[ \t]*[【\[(（]?(?:(?:浏览|阅读|点击|访问)(?:次数|量|数)?[:：]\s*[\d,]*\s*次?|语音播报|"
    r"字[体号][:：]?\s*[【\[]?\s*大[\s|]*中[\s|]*小|"
    r"分享到?[:：]?|打印(?:本页|[此本]文)?|关闭(?:窗口|本页)?|收藏)[】\])）]?[ \t]*$"
)


def drop_navigation(text: str) -> str:
    """Take out what a web page puts round its article: menus above the breadcrumb, buttons, footers."""
    lines = text.split("\n")
    plain = _plain(text)
    head = next((index for index, line in enumerate(plain[:80]) if _BREADCRUMB.match(line)), None)
    if head is not None and not any(len(line.strip()) > 60 for line in lines[:head]):
        plain[: head + 1] = lines[: head + 1] = [SEAM] * (head + 1)
    return "\n".join(map(_without_chrome, lines, plain))


def drop_empty_fields(text: str) -> str:
    """Take out fields that a page left empty, such as 作者：来源：, above the line that names the date."""
    lines = text.split("\n")
    for place, (line, plain) in enumerate(zip(lines, _plain(text), strict=True)):
        if len(line) <= _CHROME_MAX and _EMPTY_FIELD.search(plain):
            left = _cut(line, plain, _EMPTY_FIELD)[0].strip()
            lines[place] = f"{SEAM}\n{left}" if left else SEAM
    return "\n".join(lines)


def drop_trailer(text: str) -> str:
    """Take out what follows the closing source line of an article: spam, links, the page's foot."""
    lines, plain = text.split("\n"), _plain(text)
    floor = len(lines) // 2 - 1
    closing = next(
        (index for index in range(len(lines) - 1, floor, -1) if _CLOSING.match(plain[index])), None
    )
    if closing is None:
        return text
    kept = lines[: closing + 1]
    trailer = [line for line in lines[closing + 1 :] if line.strip()]
    if len(trailer) > 12 or any("。" in line for line in trailer):
        return text
    return "\n".join(kept)


def drop_page_end(text: str) -> str:
    """Take out the short rows behind the signature and date that end a paper, which belong to the page.

    Nothing goes where a sentence, a list of files or a remark in brackets follows: then the paper goes on.
    """
    lines = text.split("\n")
    floor = len(lines) // 2
    signed = next(
        (
            index
            for index in range(len(lines) - 1, max(floor, 1) - 1, -1)
            if _SIGNED_ON.fullmatch(lines[index].strip())
            and 0 < len(lines[index - 1].strip()) <= _ROW_MAX * 2
        ),
        None,
    )
    rest = lines[signed + 1 :] if signed is not None else []
    goes_on = any(len(line.strip()) > _ROW_MAX or _GOES_ON.search(line) for line in rest)
    if signed is None or goes_on or sum(bool(line.strip()) for line in rest) > _ROWS_MAX:
        return text
    return "\n".join([*lines[: signed + 1], *(SEAM if line.strip() else line for line in rest)])


def drop_spam(text: str) -> str:
    """Take out a last line that stands apart, is no sentence, and is in the other script than the text."""
    lines = text.rstrip().split("\n")
    if len(lines) < 3 or lines[-2].strip() or "。" in lines[-1]:
        return text
    script = script_of("\n".join(lines[:-1]))
    return "\n".join(lines[:-1]) if is_other_script(lines[-1], script) else text


def _plain(text: str) -> list[str]:
    """The lines as the patterns expect them, in Simplified characters, each as long as it was."""
    return (simplified(text) if _TRADITIONAL.search(text) else text).split("\n")


def _without_chrome(line: str, plain: str) -> str:
    """A line without a web page's buttons and counters, which may also follow its date and source.

    Args:
        line: as it stands in the page.
        plain: the same in Simplified characters.
    """
    if len(line) > _CHROME_MAX or not line.strip():
        return line
    if _CHROME.match(plain):
        return SEAM
    line, plain = _cut(line, plain, _COUNTER)
    while found := _CHROME_TAIL.search(plain):
        line, plain = line[: found.start()], plain[: found.start()]
    return line if line.strip() else SEAM


def _cut(line: str, plain: str, pattern: re.Pattern[str]) -> tuple[str, str]:
    """A line without the places where a pattern is found, and the same of its plain form."""
    for found in reversed(list(pattern.finditer(plain))):
        start, end = found.span()
        line, plain = line[:start] + line[end:], plain[:start] + plain[end:]
    return line, plain
