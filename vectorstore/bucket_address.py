"""Where files are kept in a storage that speaks S3."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

# No character of it could part a name from a password.
_ADDRESS = re.compile(r"s3://([A-Za-z0-9][A-Za-z0-9._-]+)((?:/[\w.-]+)*)/?")


@dataclass(frozen=True, slots=True)
class BucketAddress:
    """A bucket and the beginning of the names in it.

    Attributes:
        bucket: the bucket's name.
        prefix: what all names begin with, without slashes at the ends, or "".
    """

    bucket: str
    prefix: str = ""

    @classmethod
    def of(cls, url: str) -> Self:
        """Read an address.

        Args:
            url: `s3://BUCKET` or `s3://BUCKET/PREFIX`.

        Raises:
            ValueError: it is none.
        """
        found = _ADDRESS.fullmatch(url)
        if not found or {".", ".."} & set(found[2].split("/")):
            raise ValueError("no address of a bucket")
        return cls(found[1], found[2].strip("/"))

    def __str__(self) -> str:
        return "s3://" + "/".join(filter(None, (self.bucket, self.prefix)))
