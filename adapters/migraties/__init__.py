"""Alembic migrations of the main database."""

from typing import Final

KOP: Final = "0014"  # the newest revision; a test compares it with the files
