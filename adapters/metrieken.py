"""What Prometheus reads: counts and ages. A label is a code of the region or of the law, never a person or a dossier.

Counting is one grouped query per measure; the portal keeps the answer for a minute, so that a watchman with a short
breath costs nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from sqlalchemy import func
from sqlalchemy import select as kies
from sqlmodel import Session, col, select

from adapters.klok import EchteKlok
from adapters.migraties import KOP
from adapters.opslag import SqlMagazijn
from domein.begrippen import Berichtstatus, Stapstatus
from domein.model import Bericht, Bounce, Dossier, Hartslag, Partnerbericht, Postpauze, Signaal, Stap
from domein.model.bedrijf import OPEN
from domein.ports import Omgeving

LABELS: Final = frozenset(
    {"gemeente", "partner", "stap", "soort", "status", "ernst", "proces", "revisie", "programma"}
)  # fmt: skip
_ONDERWEG: Final = (Berichtstatus.WACHTEND, Berichtstatus.UITGESTELD, Berichtstatus.BEZIG)


@dataclass(slots=True)
class Metriek:
    """One measure: its values by label."""

    naam: str
    uitleg: str
    labels: tuple[str, ...] = ()
    waarden: list[tuple[tuple[str, ...], float]] = field(default_factory=list[tuple[tuple[str, ...], float]])

    def __post_init__(self) -> None:
        assert set(self.labels) <= LABELS, self.labels

    def zet(self, waarde: float, *labels: object) -> None:
        self.waarden.append((tuple(str(getattr(een, "value", een) or "geen") for een in labels), waarde))


def verzamel(omgeving: Omgeving) -> list[Metriek]:
    """Count everything now, as of the day of the installation."""
    magazijn = omgeving.magazijn
    assert isinstance(magazijn, SqlMagazijn)
    with Session(magazijn.engine) as sessie:
        delen: tuple[Callable[[Session, Omgeving], Iterable[Metriek]], ...] = (_werk, _te_laat, _post, _bewaking)
        return [metriek for deel in delen for metriek in deel(sessie, omgeving)]


def _werk(sessie: Session, _omgeving: Omgeving) -> Iterable[Metriek]:
    dossiers = Metriek("regie_dossiers", "Dossiers, per gemeente en status.", ("gemeente", "status"))
    _groepeer(dossiers, sessie, Dossier.gemeente, Dossier.status)
    stappen = Metriek("regie_stappen", "Stappen, per gemeente, soort en status.", ("gemeente", "stap", "status"))
    _groepeer(stappen, sessie, Stap.gemeente, Stap.stapsoort, Stap.status)
    return dossiers, stappen


def _te_laat(sessie: Session, omgeving: Omgeving) -> Iterable[Metriek]:
    vandaag = omgeving.klok.vandaag()
    laat = Metriek(
        "regie_stappen_te_laat", "Open stappen na hun laatste dag.", ("gemeente", "partner", "stap")
    )  # fmt: skip
    einde = func.coalesce(Stap.uiterst, Stap.streef)
    voorwaarden = (col(Stap.status) == Stapstatus.OPEN, einde < vandaag)
    _groepeer(laat, sessie, Stap.gemeente, Stap.partner, Stap.stapsoort, waar=voorwaarden)
    oudste = Metriek("regie_stap_oudste_te_laat_dagen", "Hoeveel dagen de oudste open stap te laat is.")
    eerste = sessie.exec(select(func.min(einde)).where(*voorwaarden)).one()
    oudste.zet((vandaag - _dag(eerste)).days if eerste else 0)
    return laat, oudste


def _post(sessie: Session, omgeving: Omgeving) -> Iterable[Metriek]:
    berichten = Metriek("regie_berichten", "Uitgaande mail, per soort en status.", ("soort", "status"))
    _groepeer(berichten, sessie, Bericht.soort, Bericht.status)
    oudste = Metriek("regie_bericht_oudste_wachtend_seconden", "Hoe lang de oudste mail wacht.")
    waar = col(Bericht.status).in_(_ONDERWEG)
    eerste = sessie.exec(
        select(Bericht.aangemaakt_op).where(waar).order_by(col(Bericht.aangemaakt_op)).limit(1)
    ).first()
    oudste.zet((omgeving.klok.nu() - eerste).total_seconds() if eerste else 0)
    terug = Metriek("regie_bounces_totaal", "Teruggekomen mail, per soort.", ("soort",))
    _groepeer(terug, sessie, Bounce.soort)
    partners = Metriek("regie_partnerberichten", "Berichten aan systemen van partners.", ("partner", "soort", "status"))
    _groepeer(partners, sessie, Partnerbericht.partner, Partnerbericht.soort, Partnerbericht.status)
    stil = Metriek("regie_post_staat_stil", "1 als de uitgaande post stilstaat.")
    stil.zet(int(sessie.exec(select(Postpauze.id).where(Postpauze.open_sleutel == OPEN)).first() is not None))
    return berichten, oudste, terug, partners, stil


def _bewaking(sessie: Session, _omgeving: Omgeving) -> Iterable[Metriek]:
    signalen = Metriek("regie_signalen_open", "Open signalen, per soort en ernst.", ("soort", "ernst"))
    _groepeer(signalen, sessie, Signaal.soort, Signaal.ernst, waar=(col(Signaal.opgelost_op).is_(None),))
    slagen = Metriek(
        "regie_hartslag_leeftijd_seconden", "Hoe lang geleden een proces zijn werk goed deed.", ("proces",)
    )  # fmt: skip
    nu: datetime = EchteKlok().nu()  # a heartbeat is real time, also under a clock that stands still
    for slag in sessie.exec(select(Hartslag).order_by(Hartslag.naam)):
        slagen.zet(max((nu - slag.laatst_op).total_seconds(), 0), slag.naam)
    info = Metriek("regie_info", "De versie van programma en database.", ("programma", "revisie"))
    info.zet(1, _programma(), KOP)
    return signalen, slagen, info


def _groepeer(metriek: Metriek, sessie: Session, *kolommen: Any, waar: Iterable[Any] = ()) -> None:
    vraag = kies(*kolommen, func.count()).where(*waar).group_by(*kolommen).order_by(*kolommen)
    for rij in sessie.connection().execute(vraag):
        *labels, aantal = tuple(rij)
        metriek.zet(aantal, *labels)


def _dag(waarde: Any) -> Any:
    from datetime import date

    return date.fromisoformat(waarde) if isinstance(waarde, str) else waarde  # SQLite gives text for min()


def _programma() -> str:
    try:
        return version("regie-inburgering")
    except PackageNotFoundError:
        return "onbekend"


def als_tekst(metrieken: Iterable[Metriek]) -> str:
    """The text form that Prometheus reads (version 0.0.4)."""
    regels: list[str] = []
    for metriek in metrieken:
        regels += [f"# HELP {metriek.naam} {metriek.uitleg}", f"# TYPE {metriek.naam} gauge"]
        for labels, waarde in metriek.waarden:
            paren = ",".join(f'{n}="{_veilig(w)}"' for n, w in zip(metriek.labels, labels, strict=True))
            regels.append(f"{metriek.naam}{{{paren}}} {waarde:.15g}" if paren else f"{metriek.naam} {waarde:.15g}")
    return "\n".join(regels) + "\n"


def als_dict(metrieken: Iterable[Metriek]) -> list[Mapping[str, object]]:
    return [
        {"naam": m.naam, "labels": dict(zip(m.labels, labels, strict=True)), "waarde": waarde}
        for m in metrieken
        for labels, waarde in m.waarden
    ]


def _veilig(waarde: str) -> str:
    return waarde.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
