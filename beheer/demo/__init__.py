"""De demo: een hele regio op één machine, met een echte Prefect-server, een echte werker en echte mail."""

from beheer.demo.opdracht import demo_app

__all__ = ["demo_app"]
