"""Eigenschappen gaan over uitkomsten, niet over snelheid: een drukke machine mag er geen laten zakken."""

from hypothesis import HealthCheck, settings

settings.register_profile("regie", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("regie")
