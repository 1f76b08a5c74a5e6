"""Sign a program in place: ``sign_in_place.py OPTION … FILE``; the options go to ``osslsigncode sign``.

NSIS calls this for the uninstaller, which it hands out for a moment before it packs it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def main(arguments: list[str]) -> int:
    """Sign the file that is named last. Returns osslsigncode's exit code."""
    *options, name = arguments
    path = Path(name)
    signed = path.with_name(f"{path.name}.signed")
    command = ["osslsigncode", "sign", *options, "-in", str(path), "-out", str(signed)]
    code = subprocess.run(command).returncode  # noqa: S603  # our own tool, no shell
    if code == 0:
        signed.replace(path)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
