"""Whether catalogue, keyword index and vectors agree, and what to do where they do not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

from vectorstore.catalogue import Catalogue
from vectorstore.database import Database
from vectorstore.embeddings import EmbeddingModel, embedding_model
from vectorstore.engines import Keywords, PassageVectorsReading, engine_of
from vectorstore.errors import LibraryError, PolicyError
from vectorstore.fitting import outdated, refuse_other_vectors
from vectorstore.hashing import embedded_text
from vectorstore.home import refuse_other_home
from vectorstore.languages.language import own_words
from vectorstore.passage_vectors import waiting_in
from vectorstore.sampling import yardstick_of
from vectorstore.settings import LibrarySettings
from vectorstore.types import ParsedDocument

_SAMPLES = 20
_REBUILD = own_words("请运行 policy-assistant rebuild")
_REPAIR = own_words("已停止引用，请运行 policy-assistant repair 由保存的原文件重新读取")
_RESTORE = own_words("请移走数据目录后用 policy-assistant restore 恢复备份，或重新收录")
_OTHER_MODEL = own_words(
    "请核对 POLICY_EMBEDDING_MODEL 所设的模型是否适合中文、前缀是否正确，再运行 policy-assistant reembed"
)
_EARLIER = own_words("下次收录时会自动更新，也可以运行 policy-assistant reembed")
# The vector of a passage may tie with one of the same words elsewhere.
_NEAREST = 0.999
_NEAR = 10


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a library.

    Attributes:
        part: which part of it.
        problem: what is wrong with it.
        remedy: what to do.
    """

    part: str
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Health:
    """What an examination of a library found.

    Attributes:
        documents, passages: how many a reader sees.
        findings: what is wrong; empty for a sound library.
        waiting: how many passages wait for their vectors, which are made in the background.
    """

    documents: int
    passages: int
    findings: tuple[Finding, ...]
    waiting: int = 0


def examine(settings: LibrarySettings) -> Health:
    """Compare catalogue, keyword index and vectors: ids, counts and a sample of searches.

    What an interrupted writer left is not wrong: the next start finishes it.

    Args:
        settings: where the library is.

    Returns:
        What was found.

    Raises:
        LibraryError: there is no catalogue to compare with, it cannot be opened, or the indexes are those
            of another machine.
    """
    database = Database(settings)
    with closing(database):
        if not database.version():
            raise LibraryError("政策库是空的，请先运行 policy-assistant ingest 文件夹")
        catalogue = Catalogue(database)
        facts = catalogue.facts()
        refuse_other_home(facts, settings)
        generation = int(facts["generation"])
        visible = sorted(catalogue.visible(generation))
        damaged = [key for key in visible if not catalogue.check(key)]
        visible = [key for key in visible if key not in damaged]
        samples = [catalogue.parsed(key) for key in visible[:: max(1, len(visible) // _SAMPLES)][:_SAMPLES]]
        passage_ids = {key for document_id in visible for key in catalogue.passage_ids(document_id)}
        late = waiting_in(facts).intersection(visible)
        waiting = {key for document_id in late for key in catalogue.passage_ids(document_id)}
        findings = [*_catalogue(database), *_damaged(catalogue, damaged)]
        if generation:
            findings += _keywords(settings, facts, set(visible), passage_ids, samples)
            findings += _vectors(settings, facts, catalogue, passage_ids - waiting, samples)
        return Health(len(visible), len(passage_ids), tuple(findings), len(waiting))


def _catalogue(database: Database) -> Iterator[Finding]:
    complaint = database.integrity()
    if complaint:
        yield Finding(own_words("目录库"), own_words(f"完整性检查未通过（{complaint}）"), _RESTORE)


def _damaged(catalogue: Catalogue, document_ids: list[str]) -> Iterator[Finding]:
    for document_id in document_ids:
        yield Finding(
            own_words("目录库"), own_words(f"{catalogue.source(document_id)} 存储的内容与收录时不符"), _REPAIR
        )


def _keywords(
    settings: LibrarySettings,
    facts: dict[str, str],
    document_ids: set[str],
    passage_ids: set[str],
    samples: list[ParsedDocument],
) -> Iterator[Finding]:
    part = own_words("关键词索引")
    try:
        index = engine_of(settings).keywords(facts)
        missing = len(passage_ids - index.passage_ids()) + len(document_ids - index.document_ids())
        lost = [
            parsed
            for parsed in samples
            for passage in parsed.passages[:1]
            if not _found(index, parsed.document.id, passage.id, passage.text)
        ]
    except LibraryError as error:
        yield Finding(part, own_words("无法读取"), str(error))
        return
    if missing:
        yield Finding(part, own_words(f"缺少 {missing} 个条目"), _REBUILD)
    elif lost:
        yield Finding(part, own_words(f"抽查 {len(samples)} 个文件，{len(lost)} 个搜索不到"), _REBUILD)


def _found(index: Keywords, document_id: str, passage_id: str, text: str) -> bool:
    hits = index.search(text, 50, [document_id])
    # A passage without any word, such as a row of dashes, is found by nothing.
    return not index.rarity(text) or passage_id in {hit.passage_id for hit in hits}


def _vectors(
    settings: LibrarySettings,
    facts: dict[str, str],
    catalogue: Catalogue,
    passage_ids: set[str],
    samples: list[ParsedDocument],
) -> Iterator[Finding]:
    part = own_words("向量库")
    model = embedding_model(settings)
    if outdated(facts, model.name):
        yield Finding(part, own_words("是旧版本的内置向量，目前只按关键词查找"), _EARLIER)
        return
    try:
        refuse_other_vectors(facts, settings, model.name)
    except LibraryError as error:
        yield Finding(part, own_words("与当前设置不符"), str(error))
        return
    if not passage_ids:
        return
    try:
        with closing(engine_of(settings).vectors(facts)) as store:
            missing = len(passage_ids - store.ids())
            lost = [] if missing else _unreachable(store, model, samples)
            documents = catalogue.documents(int(facts["generation"]))
            # Only one that was set is ever left out.
            yardstick = yardstick_of(catalogue, store, documents) if model.costly else None
    except PolicyError as error:
        yield Finding(part, own_words("无法读取"), str(error))
        return
    if missing:
        yield Finding(part, own_words(f"缺少 {missing} 个向量"), _REBUILD)
    elif lost:
        yield Finding(part, own_words(f"抽查中有 {len(lost)} 个段落的向量检索不到"), _REBUILD)
    if yardstick and yardstick.misleading:
        yield Finding(part, own_words("抽查中向量区分段落不如词语可靠，检索时不使用"), _OTHER_MODEL)


def _unreachable(
    store: PassageVectorsReading, model: EmbeddingModel, samples: list[ParsedDocument]
) -> list[str]:
    # An endpoint may be away, and a sample is not worth its price: the ids were compared already.
    if model.costly:
        return []
    chosen = [(parsed.document, passage) for parsed in samples for passage in parsed.passages[:1]]
    if not chosen:
        return []
    vectors = model.embed([embedded_text(document, passage) for document, passage in chosen])
    lost = []
    for (document, passage), vector in zip(chosen, vectors, strict=True):
        # Among many that are nearly alike the index looks at some; of one document it finds its own.
        hits = store.search(vector, _NEAR, [document.id])
        if vector.any() and not any(hit.score >= _NEAREST for hit in hits):
            lost.append(passage.id)
    return lost
