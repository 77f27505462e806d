"""Backups: one encrypted stream with every table, or one with the keys. The two are kept apart (rule 12)."""
