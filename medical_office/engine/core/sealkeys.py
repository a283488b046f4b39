"""The keys of the seals: files beside the filestore, never in the database."""

import json
import os
import secrets
from pathlib import Path

from ...tools.core.sealing import key_name

FOLDER = "medical_office_seals"
BYTES = 32


class KeyStore:
    """Keys and the farthest point that the chain of a database is known to have reached.

    Who can write the database and not these files can neither make a seal nor cut off the
    end of the chain unseen.

    :param data_dir: Odoo's data directory, shared by all its servers, kept in backups
        apart from the database
    """

    def __init__(self, data_dir: str) -> None:
        self._folder = Path(data_dir) / FOLDER

    def current(self) -> bytes:
        """The key that new seals are made with: the newest; made on the first call."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        files = sorted(
            self._folder.glob("*.key"), key=lambda file: file.stat().st_mtime
        )
        if not files:
            key = secrets.token_bytes(BYTES)
            self._write(self._folder / f"{key_name(key)}.key", key.hex())
            # two servers that start at once agree on the one that was written first
            return self.current()
        return bytes.fromhex(files[-1].read_text(encoding="ascii").strip())

    def named(self, name: str) -> bytes | None:
        """The key of that name, or None where its file is not here."""
        file = self._folder / f"{name}.key"
        if not name.isalnum() or not file.is_file():
            return None
        return bytes.fromhex(file.read_text(encoding="ascii").strip())

    def anchor(self, database: str) -> tuple[int, str] | None:
        """Number and code of the last link that was read of this database, or None."""
        file = self._folder / f"{database}.anchor"
        if not file.is_file():
            return None
        values = json.loads(file.read_text(encoding="ascii"))
        return int(values["number"]), str(values["link"])

    def set_anchor(self, database: str, number: int, link: str) -> None:
        """Remember the last link of this database, for the next reading."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        text = json.dumps({"number": number, "link": link})
        self._write(self._folder / f"{database}.anchor", text)

    def _write(self, file: Path, text: str) -> None:
        part = file.with_suffix(f".{os.getpid()}.part")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as out:
            out.write(text)
        part.replace(file)
