"""Uploads on disk, named by their hash; what a client calls a file never becomes a path."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Taken:
    """An upload in the scratch folder: path, SHA-256, number of bytes."""

    path: Path
    sha256: str
    size: int

    def drop(self) -> None:
        """Remove the file where it still lies there."""
        self.path.unlink(missing_ok=True)


class Blobs:
    """The folder of uploads and the folder of page images made from them, both closed to others."""

    def __init__(self, home: Path) -> None:
        self._uploads, self._images, self.scratch = home / "uploads", home / "images", home / "scratch"
        for folder in (home, self._uploads, self._images, self.scratch):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.chmod(0o700)
        for left in self.scratch.iterdir():
            with suppress(OSError):
                left.unlink()

    def take(self, stream: BinaryIO) -> Taken:
        """Write what ``stream`` holds into the scratch folder, whole and safe on disk."""
        digest, size = hashlib.sha256(), 0
        handle, name = tempfile.mkstemp(dir=self.scratch)
        with os.fdopen(handle, "wb") as file:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        return Taken(Path(name), digest.hexdigest(), size)

    def settle(self, taken: Taken) -> None:
        """Move what was taken to its place among the uploads."""
        target = self.path(taken.sha256)
        target.parent.mkdir(mode=0o700, exist_ok=True)
        os.replace(taken.path, target)
        _sync_folder(target.parent)

    def remove(self, sha256: str) -> None:
        """Take an upload and the images of its pages away."""
        self.path(sha256).unlink(missing_ok=True)
        for image in self._images.glob(f"{sha256}-*.png"):
            image.unlink(missing_ok=True)

    def stored(self) -> list[str]:
        """Hashes of all uploads."""
        return [path.name for path in self._uploads.glob("??/*") if path.is_file()]

    def path(self, sha256: str) -> Path:
        """Where the upload with this hash lies."""
        return self._uploads / sha256[:2] / sha256

    def image(self, sha256: str, page: int) -> Path:
        """Where the image of a page lies or will lie."""
        return self._images / f"{sha256}-{page}.png"

    def keep_image(self, sha256: str, page: int, content: bytes) -> None:
        """Store the image of a page."""
        handle, name = tempfile.mkstemp(dir=self.scratch)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(name, self.image(sha256, page))


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
