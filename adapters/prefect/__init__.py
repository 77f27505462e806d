"""Prefect at the edge: the worker, the board, the set-up. Nothing in `domein` knows it exists."""
