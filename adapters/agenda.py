"""Calendar files (RFC 5545) for the talks in a task mail; implements the port `Agendaschrijver`.

One talk is one event for good: its UID follows from the step. SEQUENCE rises with every change (RFC 5546), so a
calendar takes the newest and forgets a cancelled one. The file names a reference and a link, never a person.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

from adapters.sjablonen_taal import schoon
from domein.ports import Afspraak

ZONE: Final = "Europe/Amsterdam"
DUUR: Final = timedelta(hours=1)
_PRODID: Final = "-//Regie op inburgering//NL"
_AMSTERDAM: Final = ZoneInfo(ZONE)
# The rules of the zone as they have been since 1996. Written out: a file made from a newer table would differ in
# bytes from an older copy of the same invitation.
_VTIMEZONE: Final = """BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""


class IcalAgenda:
    """Writes invitations and cancellations in the name of one sender address."""

    def __init__(self, afzender: str, domein: str = "regie.example") -> None:
        self._afzender = afzender
        self._domein = domein

    def uid(self, afspraak: Afspraak) -> str:
        return f"stap-{afspraak.stap_id.hex}@{self._domein}"

    def schrijf(self, afspraak: Afspraak) -> str:
        """The calendar file: CRLF lines of at most 75 octets; the same appointment gives the same text.

        Empty when the address is no single mail address: the mail itself will fail on it and say so.
        """
        if not _is_een_adres(afspraak.adres):
            return ""
        return self._kalender(afspraak.methode, [self._gebeurtenis(afspraak)])

    def schrijf_samen(self, afspraken: Sequence[Afspraak]) -> str:
        """One file for many talks. A REQUEST may hold one talk only, so this one is a PUBLISH, without attendees.

        UID and SEQUENCE are those of the invitations, so a calendar replaces what it has.
        """
        events = [self._gebeurtenis(afspraak, met_deelnemer=False) for afspraak in afspraken]
        return self._kalender("PUBLISH", events) if events else ""

    def _kalender(self, methode: str, events: Sequence[Any]) -> str:
        # Slow to load, and most commands write no invitation.
        from icalendar import Calendar, Timezone

        if not _is_een_adres(self._afzender):
            return ""
        kalender: Any = Calendar()  # the library types its values loosely
        kalender.add("prodid", _PRODID)
        kalender.add("version", "2.0")
        kalender.add("calscale", "GREGORIAN")
        kalender.add("method", methode)
        kalender.add_component(Timezone.from_ical(_VTIMEZONE))
        for event in events:
            kalender.add_component(event)
        return cast("bytes", kalender.to_ical()).decode("utf-8")

    def _gebeurtenis(self, afspraak: Afspraak, *, met_deelnemer: bool = True) -> Any:
        from icalendar import Event, vCalAddress, vText

        weg = afspraak.methode == "CANCEL"
        event: Any = Event()
        event.add("uid", self.uid(afspraak))
        event.add("sequence", afspraak.volgnummer)
        event.add("dtstamp", afspraak.gemaakt_op)
        for naam, waarde in _tijden(afspraak).items():
            event.add(naam, waarde)
        event.add("summary", f"Gesprek {schoon(afspraak.referentie)}")
        if not weg:
            event.add("description", f"Vul na het gesprek in hoe het ging:\n{schoon(afspraak.link)}")
        event.add("status", "CANCELLED" if weg else "CONFIRMED")
        event.add("class", "PRIVATE")
        # A whole day is a reminder of a day, not a day that is taken.
        event.add("transp", "OPAQUE" if afspraak.tijd else "TRANSPARENT")
        event.add("organizer", vCalAddress(f"mailto:{self._afzender}"))
        if not met_deelnemer:
            return event
        deelnemer: Any = vCalAddress(f"mailto:{afspraak.adres}")
        # No reply: nobody reads the answers of a calendar program; the step is answered by its link.
        deelnemer.params["RSVP"] = vText("FALSE")
        deelnemer.params["PARTSTAT"] = vText("NEEDS-ACTION")
        event.add("attendee", deelnemer, encode=False)
        return event


def _tijden(afspraak: Afspraak) -> dict[str, Any]:
    if afspraak.tijd is None:
        return {"dtstart": afspraak.dag, "dtend": afspraak.dag + timedelta(days=1)}
    begin = datetime.combine(afspraak.dag, afspraak.tijd, _AMSTERDAM)
    return {"dtstart": begin, "dtend": begin + DUUR}


def _is_een_adres(adres: str) -> bool:
    # A control character would end the line and begin a property of its own; a comma would add a person.
    return adres.count("@") == 1 and adres.isprintable() and not any(t.isspace() or t in ',;:"<>' for t in adres)
