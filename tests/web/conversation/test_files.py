"""What a file is, is read from its content; what could harm is refused, with the reason."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from web.services.conversation.files import (
    BOMB,
    DAMAGED,
    DOCX,
    EMPTY,
    LARGEST,
    LONGEST_NAME,
    MACROS,
    MEGABYTE,
    NOT_TAKEN,
    PDF,
    TOO_LARGE,
    VIRUS,
    RefusedFileError,
    checked_file,
    clean_name,
)

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SMALL_PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def docx(**more: bytes) -> bytes:
    """Return the least that is a Word file, with more parts by name."""
    written = io.BytesIO()
    parts = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>", **more}
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def picture(
    kind: str, size: tuple[int, int] = (8, 6), mode: str = "RGB", **options: object
) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size).save(written, format=kind, **options)
    return written.getvalue()


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(RefusedFileError) as caught:
        checked_file(name, content)
    return caught.value.message


@pytest.mark.parametrize(
    ("name", "content", "media_type", "kept_as"),
    [
        ("plan.pdf", SMALL_PDF, PDF, "plan.pdf"),
        ("lastenboek.docx", docx(), DOCX, "lastenboek.docx"),
        ("foto.JPG", picture("JPEG"), "image/jpeg", "foto.jpg"),
        ("foto.png", picture("PNG"), "image/png", "foto.png"),
        ("foto.webp", picture("WEBP"), "image/webp", "foto.webp"),
        # The content decides, not the name.
        ("plan.exe", SMALL_PDF, PDF, "plan.pdf"),
        ("foto.pdf", picture("PNG"), "image/png", "foto.png"),
    ],
)
def test_the_content_says_what_a_file_is(
    name: str, content: bytes, media_type: str, kept_as: str
) -> None:
    found = checked_file(name, content)
    assert (found.media_type, found.name) == (media_type, kept_as)


#: What is refused, made when it is needed: some are large.
REFUSED = {
    "empty": (lambda: b"", EMPTY),
    "large": (lambda: b"%PDF-" + b"x" * LARGEST, TOO_LARGE),
    "program": (lambda: b"MZ\x90\x00 a program", NOT_TAKEN),
    "page": (lambda: b"<html><script>alert(1)</script>", NOT_TAKEN),
    "svg": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", NOT_TAKEN),
    "gif": (lambda: picture("GIF"), NOT_TAKEN),
    "half a pdf": (lambda: SMALL_PDF[:-8], DAMAGED),
    "half a docx": (lambda: docx()[:60], DAMAGED),
    "half a picture": (lambda: picture("PNG")[:-25], DAMAGED),
    "virus": (lambda: EICAR, VIRUS),
    "virus in a pdf": (lambda: SMALL_PDF.replace(b"trailer", EICAR + b"trailer"), VIRUS),
    "virus in a docx": (lambda: docx(**{"word/media/x.bin": b"ab" + EICAR}), VIRUS),
    "macros": (lambda: docx(**{"word/vbaProject.bin": b"Sub AutoOpen()"}), MACROS),
    "zip bomb": (lambda: docx(**{"word/zeros.xml": bytes(61 * MEGABYTE)}), BOMB),
    "many parts": (lambda: docx(**{f"word/{n}.xml": b"" for n in range(3_001)}), BOMB),
    "picture bomb": (lambda: picture("PNG", (10_000, 6_001), mode="1"), BOMB),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_could_harm_is_refused_with_the_reason(name: str) -> None:
    make, why = REFUSED[name]
    assert refusal("iets.pdf", make()) == why


def test_a_zip_that_is_no_word_file_is_refused() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("../../etc/passwd", "root")
    assert refusal("x.docx", written.getvalue()) == NOT_TAKEN


def test_a_virus_across_the_border_of_two_pieces_is_found() -> None:
    content = bytes(64 * 1024 - 10) + EICAR
    assert refusal("x.docx", docx(**{"word/media/x.bin": content})) == VIRUS


def test_a_picture_does_not_tell_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera van Jan"
    exif.get_ifd(0x8825)[1] = "N"
    content = picture("JPEG", exif=exif)
    assert b"Camera van Jan" in content
    kept = checked_file("foto.jpg", content).content
    assert b"Camera van Jan" not in kept
    with Image.open(io.BytesIO(kept)) as opened:
        assert not opened.getexif()
        assert opened.size == (8, 6)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\jan\\plan.pdf", "plan.pdf"),
        ("..", "bestand.pdf"),
        ("", "bestand.pdf"),
        ("pl\x00an\r\nX: y.pdf", "planX y.pdf"),
        ('a"b<c>.pdf', "abc.pdf"),
        ("gevel\u202efdp.exe", "gevelfdp.pdf"),
    ],
)
def test_a_name_leads_nowhere_and_breaks_nothing(name: str, kept: str) -> None:
    assert clean_name(name, ".pdf") == kept


@given(st.text(max_size=300))
def test_every_name_becomes_one_that_is_safe(name: str) -> None:
    kept = clean_name(name, ".pdf")
    assert kept.endswith(".pdf")
    assert len(kept) <= LONGEST_NAME
    assert not set(kept) & set('/\\<>:"|?*\r\n\x00')
    assert kept.removesuffix(".pdf").strip(" .")
