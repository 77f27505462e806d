"""Wie een stap heeft: wie haar bij de opening kreeg, of aan wie zij daarna met de hand is gegeven (regel 5)."""

from domein.stand import Opening, Stand


def uitvoerder_van(stand: Stand, kenmerk: str) -> Opening | None:
    """De jongste van de opening en de toewijzing; None als er geen van beide is.

    Een toewijzing van vóór de opening telt niet meer: bij de opening is zij al gewogen.
    """
    opening, toegewezen = stand.geopend.get(kenmerk), stand.toegewezen.get(kenmerk)
    if opening is None or toegewezen is None:
        return opening or toegewezen
    return toegewezen if toegewezen.volgnummer > opening.volgnummer else opening
