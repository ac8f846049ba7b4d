"""Files that people send along: what they are is read from their content, never from their name.

Taken are PDF, Word without macros, and pictures. A picture is drawn anew, which leaves out where a
phone took it and whatever was hidden behind it. Nothing that is refused is kept.
"""

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from models.marker import N_

MEGABYTE = 1024 * 1024
LARGEST = 10 * MEGABYTE
MOST_FILES = 5
LONGEST_NAME = 100
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PICTURES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
ENDINGS = {PDF: ".pdf", DOCX: ".docx", "image/png": ".png", "image/jpeg": ".jpg"} | {
    "image/webp": ".webp"
}
#: A Word file is a zip: larger inside than this, or in more parts, it is a bomb.
_MOST_INSIDE, _MOST_PARTS = 60 * MEGABYTE, 3_000
_MOST_PIXELS = 60_000_000
#: What every virus scanner is tested with; split, so that none stumbles over this file.
_EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
_CHUNK = 64 * 1024
_FROM_PATHS = re.compile(r"[\\/]")

EMPTY = N_("This file is empty.")
TOO_LARGE = N_("This file is larger than 10 MB.")
NOT_TAKEN = N_("Only PDF, Word (docx) and pictures (PNG, JPEG, WebP) can be sent along.")
DAMAGED = N_("This file is damaged, or is not what its name says.")
BOMB = N_("This file becomes far too large when it is opened.")
VIRUS = N_("This file looks like a virus.")
MACROS = N_("This Word file holds macros. Save it as an ordinary docx.")


class RefusedFileError(Exception):
    """A file that is not taken; `message` says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that may be kept."""

    name: str
    media_type: str
    content: bytes


def checked_file(name: str, content: bytes) -> CheckedFile:
    """Return a file as it may be kept; raises `RefusedFileError`."""
    if not content:
        raise RefusedFileError(EMPTY)
    if len(content) > LARGEST:
        raise RefusedFileError(TOO_LARGE)
    if _EICAR in content:
        raise RefusedFileError(VIRUS)
    if content.startswith(b"%PDF-"):
        media_type, kept = PDF, _pdf(content)
    elif content.startswith(b"PK\x03\x04"):
        media_type, kept = DOCX, _docx(content)
    else:
        media_type, kept = _picture(content)
    return CheckedFile(clean_name(name, ENDINGS[media_type]), media_type, kept)


def clean_name(name: str, ending: str) -> str:
    """Return the last part of a path without what a file system minds, ending as its type does."""
    last = _FROM_PATHS.split(unicodedata.normalize("NFC", name))[-1]
    plain = "".join(c for c in last if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*')
    stem = plain.rsplit(".", 1)[0] if "." in plain else plain
    stem = stem.strip(" .")[: LONGEST_NAME - len(ending)].strip(" .")
    return f"{stem or 'bestand'}{ending}"


def _pdf(content: bytes) -> bytes:
    if b"%%EOF" not in content[-2048:]:
        raise RefusedFileError(DAMAGED)
    return content


def _docx(content: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _look_inside(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise RefusedFileError(DAMAGED) from error
    return content


def _look_inside(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if not {"[Content_Types].xml", "word/document.xml"} <= names:
        raise RefusedFileError(NOT_TAKEN)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise RefusedFileError(MACROS)
    if len(parts) > _MOST_PARTS:
        raise RefusedFileError(BOMB)
    left = _MOST_INSIDE
    for part in parts:
        left -= _size_of(archive, part, left)


def _size_of(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> int:
    """Return how large a part really is, whatever the archive says of it."""
    size, tail = 0, b""
    with archive.open(part) as opened:
        while chunk := opened.read(_CHUNK):
            size += len(chunk)
            if size > most:
                raise RefusedFileError(BOMB)
            if _EICAR in tail + chunk:
                raise RefusedFileError(VIRUS)
            tail = chunk[-len(_EICAR) :]
    return size


def _picture(content: bytes) -> tuple[str, bytes]:
    """Return a picture drawn anew, with its type."""
    try:
        with Image.open(io.BytesIO(content), formats=tuple(PICTURES)) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise RefusedFileError(BOMB)
            media_type = PICTURES[str(opened.format)]
            # As the camera was held: that stands in what is left out.
            drawn = ImageOps.exif_transpose(opened)
            kept = io.BytesIO()
            drawn.info.clear()
            drawn.save(kept, format=opened.format, quality=90)
    except UnidentifiedImageError as error:
        raise RefusedFileError(NOT_TAKEN) from error
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise RefusedFileError(DAMAGED) from error
    return media_type, kept.getvalue()
