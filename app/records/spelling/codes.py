"""Codes as they are written on paper: half width, hyphens, nothing that only an input method put there.

Only where a character cannot mean anything else: names, titles and natural keys stay as typed (natural keys
are compared alike instead, see ``fold``).
"""

from __future__ import annotations

import re
import unicodedata

from app.records.spelling.fold import dashed
from app.records.spelling.unseen import cleaned

_POSTAL = re.compile(r"\d{3}-?\d{4}", re.ASCII)
_SIGNS = {ord(full): half for full, half in zip("＋＊＃．，　", "+*#., ", strict=True)}
_SIGNS |= {ord("０") + at: chr(ord("0") + at) for at in range(10)}
_SIGNS |= {ord("Ａ") + at: chr(ord("A") + at) for at in range(26)}
_SIGNS |= {ord("ａ") + at: chr(ord("a") + at) for at in range(26)}
_PARTED = re.compile(r"(?<![\d-])(0\d{1,4})[ .](\d{1,4})[ .](\d{3,4})(?!\d)", re.ASCII)
_AROUND = re.compile(r"(?<=[\d)）]) *- *(?=[\d(（])", re.ASCII)


def code(text: str) -> str:
    """A serial number or the like, half width and with hyphens; as typed where it is more than a code."""
    typed = cleaned(text).text
    bare = _half(typed)
    return bare if bare.isascii() else typed


def postal(text: str) -> str:
    """A postal code as 123-4567. Raises ``ValueError`` (no text) for anything but seven digits."""
    bare = "".join(_half(cleaned(text).text).removeprefix("〒").split())
    if not _POSTAL.fullmatch(bare):
        raise ValueError
    digits = bare.replace("-", "")
    return f"{digits[:3]}-{digits[3:]}"


def telephone(text: str) -> str:
    """A telephone number with half-width digits and hyphens; brackets, extensions and words stay as typed."""
    bare = dashed(cleaned(text).text.translate(_SIGNS))
    return _AROUND.sub("-", _PARTED.sub(r"\1-\2-\3", bare))


def mail(text: str) -> str:
    """A mail address in half width. Raises ``ValueError`` (no text) unless one @ stands between two parts."""
    bare = _half(cleaned(text).text).replace("。", ".")
    before, _, after = bare.partition("@")
    if not before or not after or "@" in after or bare.split() != [bare]:
        raise ValueError
    return bare


def _half(text: str) -> str:
    return dashed(unicodedata.normalize("NFKC", text)).strip()
