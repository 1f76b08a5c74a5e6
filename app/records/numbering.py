"""Document numbers: one sequence per fiscal year (April to March) over all forms, never reused."""

from __future__ import annotations

import re
from datetime import date

from app.records.days import fiscal_year, fiscal_year_of_era

_PART = re.compile(r"\{(年度|和暦年度|連番)(?::0([1-9]))?\}")


def check_pattern(pattern: str) -> str:
    """One Japanese sentence if ``pattern`` would not give each document its own number, else empty."""
    names = [match[1] for match in _PART.finditer(pattern)]
    rest = _PART.sub("", pattern)
    if "連番" not in names or not {"年度", "和暦年度"} & set(names) or "{" in rest or "}" in rest:
        return "文書番号の形式には {年度} と {連番:04} を両方入れてください。ほかの波括弧は使えません。"
    return ""


def document_number(pattern: str, day: date, sequence: int) -> str:
    """The number of the ``sequence``-th document (from 1) of the fiscal year of ``day``."""
    year = fiscal_year(day)

    def part(match: re.Match[str]) -> str:
        if match[1] == "年度":
            return str(year)
        if match[1] == "和暦年度":
            return fiscal_year_of_era(year)
        return str(sequence).zfill(int(match[2] or 1))

    return _PART.sub(part, pattern)
