"""Where the files of a library are: in a folder, or in a storage that speaks S3."""

from __future__ import annotations

from vectorstore.bucket import Bucket
from vectorstore.bucket_originals import BucketOriginals
from vectorstore.originals import Originals
from vectorstore.queue_copies import BucketCopies, FolderCopies
from vectorstore.settings import LibrarySettings


def originals_of(settings: LibrarySettings) -> Originals | BucketOriginals:
    """Return the files that a library's documents were read from.

    Raises:
        SettingsError: they are in S3, and what reads it is not installed.
    """
    if settings.bucket is None:
        return Originals(settings.originals)
    return BucketOriginals(Bucket(settings.bucket, settings, settings.originals.name), settings.originals)


def queue_copies_of(settings: LibrarySettings) -> FolderCopies | BucketCopies:
    """Return the copies of the files that wait in a library's queue.

    Raises:
        SettingsError: they are in S3, and what reads it is not installed.
    """
    if settings.bucket is None:
        return FolderCopies(settings.queued)
    return BucketCopies(Bucket(settings.bucket, settings, settings.queued.name), settings.queued)
