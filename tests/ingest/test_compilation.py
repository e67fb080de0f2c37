"""Files that hold several papers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ingest.parsing import understand_all
from ingest.pipeline import ingest
from tests.ingest.test_metadata import BODY
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

NOTICE = f"""云栖市人民政府关于印发云栖市见习基地管理办法的通知
云府规〔2019〕6号

各有关单位：
{BODY}

云栖市人民政府
2019年10月9日

云栖市见习基地管理办法
第一条 为规范见习基地管理，制定本办法。
第二条 本办法自印发之日起施行，有效期5年。
"""
JOINT = f"""云栖市教育局 云栖市财政局关于做好学生资助工作的通知
云教发〔2025〕12号

各学校：
{BODY}

云栖市教育局
云栖市财政局
2025年3月2日
"""
LETTERHEAD = f"""云栖市残疾人联合会文件
云残联〔2026〕3号
关于开展辅助器具补贴的通知
各区：
{BODY}
云栖市残疾人联合会
2026年4月1日
"""
LAWS = """云栖市养犬管理条例
（2016年5月26日云栖市人民代表大会常务委员会通过）
第一条 为了规范养犬行为，制定本条例。
第二条 本条例自2016年10月1日起施行。
云栖市绿化条例
（2018年5月26日云栖市人民代表大会常务委员会通过）
第一条 为了绿化，制定本条例。
第二条 本条例自2018年10月1日起施行。
"""
ATTACHED = f"""云栖市人民政府关于公布两项办法的通知
云府规〔2019〕6号
各有关单位：
{BODY}
云栖市人民政府
2019年10月9日
附件1
云栖市甲管理办法
第一条 为规范，制定本办法。
附件2
云栖市乙管理办法
第一条 为规范，制定本办法。
"""


def test_each_paper_has_its_own_number_day_issuer_and_standing() -> None:
    read = understand_all(f"云栖市惠企政策汇编\n\n{NOTICE}\n{JOINT}\n{LETTERHEAD}".encode(), "汇编.txt")
    documents = [one.parsed.document for one in read]
    assert [document.source for document in documents] == ["汇编.txt#1", "汇编.txt#2", "汇编.txt#3"]
    assert [document.document_number for document in documents] == [
        "云府规〔2019〕6号",
        "云教发〔2025〕12号",
        "云残联〔2026〕3号",
    ]
    assert [document.issued_on for document in documents] == [
        date(2019, 10, 9),
        date(2025, 3, 2),
        date(2026, 4, 1),
    ]
    assert [document.issuers for document in documents] == [
        ("云栖市人民政府",),
        ("云栖市教育局", "云栖市财政局"),
        ("云栖市残疾人联合会",),
    ]
    assert documents[0].standing_label(date(2026, 1, 1)) == "有效期已满"
    assert documents[1].standing_label(date(2026, 1, 1)) == "未载明有效期"
    assert read[0].dropped == ("汇编的封面：云栖市惠企政策汇编",)


def test_laws_that_follow_each_other_are_papers_of_their_own() -> None:
    read = understand_all(LAWS.encode(), "法规.txt")
    assert [one.parsed.document.title for one in read] == ["云栖市养犬管理条例", "云栖市绿化条例"]
    assert "绿化" not in read[0].parsed.text


def test_what_a_notice_carries_stays_with_it() -> None:
    assert len(understand_all(NOTICE.encode(), "通知.txt")) == 1
    assert len(understand_all(ATTACHED.encode(), "通知.txt")) == 1


def test_a_compilation_is_ingested_paper_by_paper_and_known_again(tmp_path: Path) -> None:
    file = tmp_path / "汇编.txt"
    settings = LibrarySettings(policy_data_dir=tmp_path / "data")
    with PolicyLibrary.open(settings) as library:
        file.write_text(NOTICE, encoding="utf-8")
        ingest([file], library, workers=1)
        file.write_text(f"{NOTICE}\n{JOINT}", encoding="utf-8")
        changed = ingest([file], library, workers=1)
        assert [(one.source, one.outcome) for one in changed.files] == [
            ("汇编.txt#1", "added"),
            ("汇编.txt#2", "added"),
            ("汇编.txt", "removed"),
        ]
        assert ingest([file], library, workers=1).count("unchanged") == 2
