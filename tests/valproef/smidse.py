"""Wordt één keer geladen in de smidse (de forkserver), zodat elk kind al warm is."""

from tests.valproef.kind import herstel, speel, warm_op

__all__ = ["herstel", "speel"]

warm_op()
