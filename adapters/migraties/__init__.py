"""Alembic migrations of the main database."""

from typing import Final

KOP: Final = "0015"  # the newest revision; a test compares it with the files
