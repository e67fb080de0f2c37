"""The errors of the project.

PolicyError                 one Chinese line for the user, naming the file or setting and the way out
├── SettingsError           a setting has a value that cannot work
├── UnreadableFileError     a file cannot be turned into a document
├── LibraryError            the policy library cannot do what was asked
│   ├── LibraryEmptyError   nothing has been ingested yet
│   ├── LibraryBusyError    another process is writing
│   └── DamagedError        a document is not as it was stored
└── EndpointError           a model endpoint failed
    └── EmbeddingError      … while embedding
"""


class PolicyError(Exception):
    """Base of all errors that a user may see; its text is one Chinese line with the way out."""


class SettingsError(PolicyError):
    """A setting has a value that cannot work."""


class UnreadableFileError(PolicyError):
    """A file cannot be turned into a document; the text is the reason, without the file's name."""


class LibraryError(PolicyError):
    """The policy library cannot do what was asked."""


class LibraryEmptyError(LibraryError):
    """Nothing has been ingested yet."""


class LibraryBusyError(LibraryError):
    """Another process is writing to the library."""


class DamagedError(LibraryError):
    """A document is not as it was stored."""


class EndpointError(PolicyError):
    """A model endpoint did not do what was asked."""


class EmbeddingError(EndpointError):
    """The embedding endpoint failed or returned vectors of the wrong shape."""


def unknown_document(document_id: str) -> LibraryError:
    """Return the error that there is no document with an id."""
    return LibraryError(f"政策库中没有文件 {document_id}，请用 policy-assistant documents 查看现有文件")


def damaged_document(source: str) -> DamagedError:
    """Return the error that a document is not as it was stored."""
    return DamagedError(f"{source} 存储的内容与收录时不符，无法引用；请运行 policy-assistant repair")
