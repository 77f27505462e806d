"""Een verandering tussen twee versies van de afspraken in één zin, voor het scherm en de opdrachtregel."""

from domein.regels.verschil import Uitkomst, Verandering


def kort(uitkomst: Uitkomst) -> str:
    """Geef een uitkomst in een paar woorden: wie het doet, of welke afspraak zegt dat het niet hoeft."""
    soort = uitkomst.soort.replace("_", " ")
    wie = uitkomst.partijen.uitvoerder if uitkomst.soort == "toewijzing" else uitkomst.afspraak
    return f"{soort} ({wie})" if wie else soort


def wat_anders(v: Verandering) -> tuple[tuple[str, str, str], ...]:
    """Geef per partij die wisselt: welke, wie het was, wie het wordt."""
    if v.oud.soort == v.nieuw.soort == "toewijzing":
        return tuple((veld, getattr(v.oud.partijen, veld), getattr(v.nieuw.partijen, veld)) for veld in v.anders)
    return (("uitkomst", kort(v.oud), kort(v.nieuw)),)
