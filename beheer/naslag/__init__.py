"""De naslag in `docs/naslag`: gemaakt uit de regels zelf, zodat zij nooit iets anders zegt dan het programma doet."""

from beheer.naslag.opdracht import naslag_app

__all__ = ["naslag_app"]
