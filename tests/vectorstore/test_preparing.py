"""What is worked out elsewhere goes into the library as if the library had done it."""

from pathlib import Path

import numpy as np
import pytest

from tests.vectorstore.samples import SENTENCES, parsed, versioned
from vectorstore.embeddings import WordEmbeddings
from vectorstore.hashing import embedded_text
from vectorstore.library import PolicyLibrary
from vectorstore.preparing import prepare
from vectorstore.settings import LibrarySettings

DOCUMENTS = (parsed("规划.txt"), versioned(1, 1), versioned(2, 1))


def found_in(folder: Path, *, prepared: tuple[bool, ...]) -> list[object]:
    """What the library finds where only some of the documents came prepared."""
    with PolicyLibrary.open(LibrarySettings.in_folder(folder)) as library:
        with library.write() as writer:
            assert writer.embeds_itself
            for document, ready in zip(DOCUMENTS, prepared, strict=True):
                writer.put(document, prepare(document, embedded=True) if ready else None)
        return [
            found
            for question in (*SENTENCES, "智慧农业专项资金")
            for found in (library.search_keywords(question, 9), library.search_vectors(question, 9))
        ] + [library.score_documents(SENTENCES[0])]


@pytest.mark.parametrize("prepared", [(True, True, True), (False, True, False), (True, False, True)])
def test_nothing_depends_on_where_words_and_vectors_are_made(
    tmp_path: Path, prepared: tuple[bool, ...]
) -> None:
    here = found_in(tmp_path / "here", prepared=(False, False, False))
    assert found_in(tmp_path / "there", prepared=prepared) == here


def test_the_vectors_are_those_of_the_built_in_embedding() -> None:
    document = DOCUMENTS[0]
    texts = [embedded_text(document.document, passage) for passage in document.passages]
    assert np.array_equal(prepare(document, embedded=True).rows(), WordEmbeddings().embed(texts))


def test_vectors_of_an_endpoint_are_not_prepared() -> None:
    assert prepare(DOCUMENTS[0], embedded=False).vectors == b""
