"""From blocks to a proof-read PDF/A-2b file, and back to pictures for preview and paper.

``blocks`` is the vocabulary; ``render`` sets it (``setting``, ``tables``, ``stamps`` → ``flow``) and
draws it with ReportLab (``pen`` on the canvas of ``pdf``, fonts of ``typeface``), ``proof`` reads the
file back against the document, ``pages`` shows it. Lines are broken here, not by ReportLab: an
official name must never be lost, clipped or replaced.
"""
