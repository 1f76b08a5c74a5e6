"""Signatures: in place, with a password that nobody sees, and broken by any change."""

from __future__ import annotations

import shutil
import struct
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12
from freezing.project import BuildError
from windows import signing

needs_tool = pytest.mark.skipif(not shutil.which("osslsigncode"), reason="osslsigncode is not installed")
PROGRAM = Path(signing.__file__).parent / "trust" / "microsoft-identity-verification-root-2020.pem"
TOKENS = Path("/usr/lib/softhsm/libsofthsm2.so")
"""A token made of software, where Debian puts it."""
ENGINE = Path("/usr/lib/x86_64-linux-gnu/engines-3/pkcs11.so")
"""What OpenSSL reaches tokens by (libengine-pkcs11-openssl)."""


def program(folder: Path) -> Path:
    """The smallest file that counts as a 64-bit Windows program: headers and one section."""
    dos = b"MZ" + bytes(58) + struct.pack("<I", 64)
    kind = b"PE\0\0" + struct.pack("<2H3I2H", 0x8664, 1, 0, 0, 0, 240, 0x22)
    sizes = struct.pack("<H2B5I", 0x20B, 0, 0, 512, 0, 0, 4096, 4096)
    layout = struct.pack(
        "<Q2I6H4I2H4Q2I", 1 << 30, 4096, 512, *[6, 0] * 3, 0, 8192, 512, 0, 3, 0, *[4096] * 4, 0, 16
    )
    section = b".text\0\0\0" + struct.pack("<6I2HI", 1, 4096, 512, 512, 0, 0, 0, 0, 0x60000020)
    headers = dos + kind + sizes + layout + bytes(128) + section
    path = folder / "program.exe"
    path.write_bytes(headers.ljust(512, b"\0") + b"\xc3".ljust(512, b"\0"))
    return path


def a_certificate(folder: Path) -> tuple[Path, Path, Path]:
    """A self-made certificate: as PKCS#12, with its password in a file, and its parts as PEM."""
    (folder / "password").write_text("correct horse", encoding="utf-8")
    held = signing.self_signed(b"correct horse")
    (folder / "ours.p12").write_bytes(held)
    key, certificate, _chain = pkcs12.load_key_and_certificates(held, b"correct horse")
    assert key is not None
    assert certificate is not None
    plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "ours.pem").write_bytes(certificate.public_bytes(Encoding.PEM) + plain)
    return folder / "ours.p12", folder / "password", folder / "ours.pem"


def test_a_password_is_never_in_the_command(tmp_path: Path) -> None:
    password = tmp_path / "password"
    password.write_text("correct horse", encoding="utf-8")
    (tmp_path / "ours.p12").write_bytes(b"")
    signer = signing.with_file(tmp_path / "ours.p12", password, "http://time.example")
    command = " ".join(signer.command())
    assert "correct horse" not in command
    assert f"-readpass {password}" in command
    assert "-ts http://time.example" in command


def test_a_key_in_a_token_is_named_by_its_address(tmp_path: Path) -> None:
    module, chain = tmp_path / "module.so", tmp_path / "chain.pem"
    for path in (module, chain):
        path.write_bytes(b"")
    signer = signing.with_token(module, chain, "pkcs11:object=ours", None)
    assert f"-pkcs11module {module} -certs {chain} -key pkcs11:object=ours" in " ".join(signer.command())
    with pytest.raises(BuildError, match="pkcs11:"):
        signing.with_token(module, chain, "ours", None)


def test_a_certificate_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"none\.p12 is not there"):
        signing.with_file(tmp_path / "none.p12", None)


@needs_tool
def test_the_laboratorys_own_certificate_says_that_it_is_no_real_one() -> None:
    with signing.of_the_laboratory() as signer:
        assert signer.laboratory
        kept = [Path(word) for word in signer.words if word.startswith("/")]
        assert all(path.is_file() for path in kept)
    assert not any(path.exists() for path in kept)
    assert "not trusted" in signing.LABORATORY


@needs_tool
def test_what_is_no_program_is_not_signed(tmp_path: Path) -> None:
    assert not signing.is_signed(PROGRAM)
    assert not signing.is_signed(program(tmp_path))


@needs_tool
def test_a_certificate_in_a_file_signs_and_any_change_breaks_it(tmp_path: Path) -> None:
    certificate, password, _pem = a_certificate(tmp_path)
    path = program(tmp_path)
    signing.with_file(certificate, password).sign(path)
    assert signing.is_signed(path)
    changed = bytearray(path.read_bytes())
    changed[512] ^= 1
    path.write_bytes(changed)
    assert not signing.is_signed(path)
    assert not path.with_name("program.exe.signed").exists()


@needs_tool
def test_a_wrong_password_leaves_the_program_as_it_was(tmp_path: Path) -> None:
    certificate, password, _pem = a_certificate(tmp_path)
    password.write_text("wrong horse", encoding="utf-8")
    path = program(tmp_path)
    before = path.read_bytes()
    with pytest.raises(BuildError, match=r"program\.exe could not be signed"):
        signing.with_file(certificate, password).sign(path)
    assert path.read_bytes() == before


@needs_tool
@pytest.mark.skipif(not (TOKENS.is_file() and ENGINE.is_file()), reason="no token of software is installed")
def test_a_key_that_never_leaves_its_token_signs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _file, pin, chain = a_certificate(tmp_path)
    pin.write_text("123456", encoding="utf-8")
    (tmp_path / "tokens").mkdir()
    settings = tmp_path / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {tmp_path / 'tokens'}\n", encoding="utf-8")
    monkeypatch.setenv("SOFTHSM2_CONF", str(settings))
    for words in (
        ["--init-token", "--free", "--label", "laboratory", "--so-pin", "654321"],
        ["--import", str(chain), "--token", "laboratory", "--label", "ours", "--id", "01"],
    ):
        subprocess.run(["softhsm2-util", *words, "--pin", "123456"], check=True, capture_output=True)
    path = program(tmp_path)
    signing.with_token(TOKENS, chain, "pkcs11:token=laboratory;object=ours;type=private", pin).sign(path)
    assert signing.is_signed(path)
