"""`sign_file` makes signatures; `is_signed_by` and OpenSSL verify them, and refuse those of another file or key."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

from readout_pub.errors import OutputError, SourceError, ToolMissing, UsageError
from readout_pub.signatures import is_signed_by, new_key, sign_file, signature_path


@pytest.fixture
def paths(tmp_path: Path) -> tuple[Path, Path, Path]:
    """A file, a private key and its public key."""
    file = tmp_path / "talks.pdf"
    file.write_bytes(b"%PDF-1.7\nThey met.\n")
    key = tmp_path / "ministry.pem"
    return file, key, new_key(key)


def test_a_signature_is_valid_for_one_file_and_one_key_only(paths: tuple[Path, Path, Path], tmp_path: Path) -> None:
    file, key, public = paths
    assert is_signed_by(file, file.read_bytes(), public) is None
    assert sign_file(file, key) == tmp_path / "talks.pdf.sig"
    assert is_signed_by(file, file.read_bytes(), public) is True
    assert is_signed_by(file, file.read_bytes() + b" ", public) is False
    assert is_signed_by(file, file.read_bytes(), new_key(tmp_path / "other.pem")) is False


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_or_a_file_of_another_length_is_not_a_signature(paths: tuple[Path, Path, Path]) -> None:
    file, key, public = paths
    sign_file(file, key)
    signature_path(file).write_bytes(signature_path(file).read_bytes()[:63])
    assert is_signed_by(file, file.read_bytes(), public) is False
    signature_path(file).unlink()
    os.mkfifo(signature_path(file))
    assert is_signed_by(file, file.read_bytes(), public) is False


@pytest.mark.skipif(not shutil.which("openssl"), reason="OpenSSL is not installed")
def test_openssl_verifies_the_signature(paths: tuple[Path, Path, Path]) -> None:
    file, key, public = paths
    command: list[str | Path] = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", public, "-rawin", "-in", file]
    made = subprocess.run([*command, "-sigfile", sign_file(file, key)], capture_output=True, text=True, check=False)
    assert (made.returncode, made.stdout.strip()) == (0, "Signature Verified Successfully")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permissions of this kind")
def test_a_private_key_is_readable_by_its_owner_only_and_never_replaced(paths: tuple[Path, Path, Path]) -> None:
    _, key, _ = paths
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    with pytest.raises(OutputError, match="is not replaced"):
        new_key(key)


@pytest.mark.parametrize("name", ["ministry.pub.pem", "ministry.pub"])
def test_a_private_key_cannot_have_the_name_of_a_public_key(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="this is the name of a public key; name the private key ministry"):
        new_key(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("folder", ["", "/", "."])
def test_a_key_cannot_be_written_to_a_folder(folder: str) -> None:
    with pytest.raises(OutputError, match="it is a folder; name a new file"):
        new_key(Path(folder))


def test_a_wrong_encrypted_or_missing_key_is_reported(paths: tuple[Path, Path, Path], tmp_path: Path) -> None:
    file, key, public = paths
    other = tmp_path / "other.pem"
    pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    other.write_bytes(generate_private_key(SECP256R1()).private_bytes(pem, pkcs8, serialization.NoEncryption()))
    for wrong in (file, other):
        with pytest.raises(SourceError, match="not a private Ed25519 key"):
            sign_file(file, wrong)
    with pytest.raises(SourceError, match="this is a public key; name the private key of this pair"):
        sign_file(file, public)
    with pytest.raises(SourceError, match="not a public Ed25519 key"):
        is_signed_by(file, b"", file)
    with pytest.raises(SourceError, match="this is a private key; name the public key of this pair"):
        is_signed_by(file, b"", key)
    secret = serialization.BestAvailableEncryption(b"secret")
    other.write_bytes(generate_private_key(SECP256R1()).private_bytes(pem, pkcs8, secret))
    with pytest.raises(SourceError, match="encrypted"):
        sign_file(file, other)
    with pytest.raises(SourceError, match="no such file"):
        sign_file(file, tmp_path / "missing.pem")


def test_without_the_library_the_error_names_the_extra(
    paths: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    file, key, _ = paths
    monkeypatch.setitem(sys.modules, "cryptography", None)
    with pytest.raises(ToolMissing, match=r"readout-pub\[signatures\]"):
        sign_file(file, key)
