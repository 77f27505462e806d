"""Days written out in the languages of our letters, independent of the locale of the machine."""

from datetime import date
from typing import Final, NamedTuple

from domein.regels.kalender import datum, voluit


class _Namen(NamedTuple):
    dagen: tuple[str, ...]
    maanden: tuple[str, ...]
    vorm: str


_TALEN: Final = {
    "en": _Namen(
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        (
            *("January", "February", "March", "April", "May", "June"),
            *("July", "August", "September", "October", "November", "December"),
        ),
        "{dagnaam} {dag} {maand} {jaar}",
    ),
    # Month names as in Egypt, the Gulf and the Maghreb-neutral press; every reader of Arabic knows them.
    "ar": _Namen(
        ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
        (
            *("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو"),
            *("يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"),
        ),
        "{dagnaam} {dag} {maand} {jaar}",
    ),
}
RECHTS_NAAR_LINKS: Final = frozenset({"ar"})


def dag_in(waarde: date, taal: str) -> str:
    """'maandag 18 mei 2026'"""
    namen = _TALEN.get(taal)
    if namen is None:
        return voluit(waarde)
    return namen.vorm.format(
        dagnaam=namen.dagen[waarde.weekday()],
        dag=waarde.day,
        maand=namen.maanden[waarde.month - 1],
        jaar=waarde.year,
    )


def dag_kort_in(waarde: date, taal: str) -> str:
    """'18 mei'"""
    namen = _TALEN.get(taal)
    if namen is None:
        return datum(waarde).rsplit(" ", 1)[0]
    return f"{waarde.day} {namen.maanden[waarde.month - 1]}"
