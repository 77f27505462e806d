"""Thin Prefect tasks over the acts of the domain; used by flows only. They hold no rules."""
