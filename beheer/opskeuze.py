"""De keuze en het verslag van een handeling van ops op de opdrachtregel: één stap, een paar, of een filter."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Final

from cyclopts import Parameter

from beheer.tabel import tabel
from beheer.uitvoer import meld, meld_fout, toon
from domein.begrippen import Stapsoort, Stapstatus

if TYPE_CHECKING:
    from domein.handelingen.opsvormen import Bulkverslag, Opdracht, Regel
    from domein.regels.bulkkeuze import Bulkkeuze

Aanvaard = Annotated[
    str,
    Parameter(
        name="--aanvaard-termijn",
        help="Waarom een uiterste dag mag breken; zonder dit wordt dat geweigerd.",
        show_default=False,
    ),
]
Bulknummer = Annotated[
    str | None,
    Parameter(name="--bulk", help="Het nummer van een bulk die u hervat; zonder dit komt er een nieuw nummer."),
]


@Parameter(name="*")
@dataclass(frozen=True)
class Filter:
    """Kies stappen of dossiers; alles wat u invult, moet kloppen."""

    gemeente: Annotated[str | None, Parameter(help="Alleen in deze gemeente, zoals GM0512.")] = None
    partner: Annotated[
        str | None, Parameter(help="Alleen bij deze partner; is een stap nog niet open, dan volgens de afspraken.")
    ] = None
    medewerker: Annotated[str | None, Parameter(help="Alleen open bij deze medewerker.")] = None
    klantmanager: Annotated[str | None, Parameter(help="Alleen in dossiers van deze klantmanager.")] = None
    thema: Annotated[
        Stapsoort | None, Parameter(name="--stap", help="Alleen stappen van dit thema, zoals intake of duo.")
    ] = None
    kenmerk: Annotated[str | None, Parameter(help="Alleen dit kenmerk of wat ermee begint, zoals intake/oproep.")] = (
        None
    )
    van: Annotated[date | None, Parameter(help="Alleen met een streefdag vanaf deze dag, als jjjj-mm-dd.")] = None
    tot: Annotated[date | None, Parameter(help="Alleen met een streefdag tot en met deze dag.")] = None
    status: Annotated[
        tuple[Stapstatus, ...], Parameter(help="Alleen stappen met deze status; mag vaker.", show_default=False)
    ] = ()

    def keuze(self, *, stappen: tuple[str, ...] = (), dossiers: tuple[str, ...] = ()) -> "Bulkkeuze":
        from domein.regels.bulkkeuze import Bulkkeuze

        return Bulkkeuze(
            stappen=stappen,
            dossiers=dossiers,
            gemeente=self.gemeente,
            partner=self.partner,
            medewerker=self.medewerker,
            klantmanager=self.klantmanager,
            stap=self.thema,
            kenmerk=self.kenmerk,
            statussen=self.status,
            van=self.van,
            tot=self.tot,
        )


GEEN_FILTER: Final = Filter()


def doe(keuze: "Bulkkeuze", opdracht: "Opdracht", door: str, *, bulk: str | None, proef: bool, als_json: bool) -> int:
    """Doe de handeling en toon wat zij deed; 1 als er iets is geweigerd, anders 0.

    Wie één stap of dossier noemt, krijgt de uitwerking daarvan; een weigering is dan een fout. Wie er meer noemt of
    filtert, krijgt een verslag per regel.
    """
    from domein.gebeurtenissen.basis import Actor

    actor = Actor(door)
    een = len(keuze.stappen) + len(keuze.dossiers) == 1 and _alleen_genoemd(keuze) and bulk is None
    if een:
        return _doe_een(keuze, opdracht, actor, proef=proef, als_json=als_json)
    from adapters.omgeving import omgeving
    from domein.handelingen import bulk as bulken

    if proef:
        verslag = bulken.proef(omgeving(), keuze, opdracht, actor, bulk_id=bulk)
    else:
        nummer = bulk or bulken.nieuw_bulknummer()
        verslag = bulken.voer_uit(omgeving(), keuze, opdracht, actor, nummer, meter(nummer))
        wek()
    return toon_verslag(verslag, als_json=als_json)


def _alleen_genoemd(keuze: "Bulkkeuze") -> bool:
    from dataclasses import replace

    return replace(keuze, stappen=(), dossiers=()).is_leeg


def _doe_een(keuze: "Bulkkeuze", opdracht: "Opdracht", actor: Any, *, proef: bool, als_json: bool) -> int:
    from adapters.omgeving import omgeving
    from beheer.uitwerking import voer_uit_en_toon
    from domein.fouten import RegieFout
    from domein.handelingen import bulk as bulken
    from domein.handelingen.inzien import stap_bij
    from domein.handelingen.opsvormen import Doel
    from domein.regels.termijnbreuk import TermijnGebroken

    hier = omgeving()
    with hier.magazijn.ruimte() as ruimte:
        if keuze.stappen:
            stap = stap_bij(ruimte, keuze.stappen[0])
            doel = Doel(stap.dossier_id, stap.id)
        else:
            doel = Doel(ruimte.dossier_bij(keuze.dossiers[0]).id)
    try:
        regel, uitwerking = bulken.een(hier, doel, opdracht, actor, proef=proef)
    except RegieFout as fout:
        if not (proef and als_json and isinstance(fout, TermijnGebroken)):
            raise
        # Een proef zegt ook wat er in de weg staat, in dezelfde vorm als wat er zou veranderen.
        toon({"proef": True, "uitslag": "geweigerd", "termijnbreuk": [asdict(b) for b in fout.breuken]}, als_json=True)
        meld_fout(fout.melding, fout.uitweg, als_json=True)
        return 1
    rij = regel_rij(regel)
    extra = {naam: rij[naam] for naam in ("uitslag", "bewegingen", "mails", "termijnbreuk")}
    voer_uit_en_toon(uitwerking, proef=proef, als_json=als_json, extra=extra)
    if not als_json:
        _toon_mails(extra["mails"], proef=proef)
        _toon_breuken(extra["termijnbreuk"])
    return 0


def wek() -> None:
    """Laat de ronde meteen de runs verzetten."""
    from adapters.omgeving import instellingen
    from adapters.wekker import wek_ronde

    wek_ronde(instellingen().map)


def meter(nummer: str = "") -> Callable[[int, int], None]:
    """Zeg op stderr hoe een bulk te hervatten is zodra zij begint, en hoe ver een grote is."""

    def zeg(gedaan: int, totaal: int) -> None:
        if not gedaan and nummer:
            meld(f"Bulk {nummer}. Stopt dit halverwege, herhaal dan dezelfde opdracht met --bulk {nummer}.")
        elif gedaan and totaal > STAP_METER and gedaan % STAP_METER == 0:
            meld(f"{gedaan} van {totaal} dossiers.")

    return zeg


STAP_METER: Final = 100


def regel_rij(regel: "Regel") -> dict[str, Any]:
    """Een regel zoals anderen hem lezen."""
    bewegingen = [
        {
            "stap": b.kenmerk, "id": b.stap_id, "titel": b.titel, "uiterst": b.uiterst, "run": b.run,
            "status_van": b.status[0], "status_naar": b.status[1], "start_van": b.start[0], "start_naar": b.start[1],
            "streef_van": b.streef[0], "streef_naar": b.streef[1], "medewerker_van": b.medewerker[0],
            "medewerker_naar": b.medewerker[1],
        }
        for b in regel.bewegingen
    ]  # fmt: skip
    return {
        "dossier": regel.dossier, "stap": regel.stap, "uitslag": regel.uitslag.value,
        "gebeurtenissen": list(regel.gebeurtenissen), "code": regel.code, "waarom": regel.waarom,
        "uitweg": regel.uitweg, "bewegingen": bewegingen, "mails": [asdict(m) for m in regel.mails],
        "termijnbreuk": [asdict(b) for b in regel.termijnen],
    }  # fmt: skip


def toon_verslag(verslag: "Bulkverslag", *, als_json: bool) -> int:
    """Toon het verslag van een bulk of van haar proef; 1 als er iets is geweigerd."""
    data = {
        "handeling": verslag.handeling.value, "proef": verslag.proef, "bulk": verslag.bulk,
        "gevonden": len(verslag.regels),
        "gedaan": sum(r.uitslag.value == "gedaan" for r in verslag.regels),
        "eerder_gedaan": sum(r.uitslag.value == "eerder_gedaan" for r in verslag.regels),
        "geweigerd": sum(r.uitslag.value == "geweigerd" for r in verslag.regels),
        "regels": [regel_rij(r) for r in verslag.regels],
        "mails": [asdict(m) for m in verslag.mails],
        "termijnbreuk": [{"dossier": r.dossier, **asdict(b)} for r in verslag.regels for b in r.termijnen],
        "mislukt": [asdict(een) for een in verslag.mislukt],
    }  # fmt: skip
    toon(data, als_json, _toon)
    return int(verslag.iets_geweigerd)


def _toon(data: dict[str, Any]) -> None:
    zou = "zouden gaan" if data["proef"] else "gedaan"
    eerder = f", {data['eerder_gedaan']} al eerder gedaan" if data["eerder_gedaan"] else ""
    print(f"{data['handeling'].capitalize()}: {data['gedaan']} {zou}{eerder}, {data['geweigerd']} geweigerd.")
    rijen = [
        {
            "dossier": r["dossier"],
            "stap": r["stap"],
            "uitslag": _uitslag(r, proef=data["proef"]),
            "wat": _in_het_kort(r),
        }
        for r in data["regels"]
    ]
    tabel(rijen, {"dossier": "Dossier", "stap": "Stap", "uitslag": "Uitslag", "wat": "Wat"})
    _toon_breuken(data["termijnbreuk"])
    _toon_mails(data["mails"], proef=data["proef"])
    toon_mislukt(data["mislukt"])
    if data["proef"]:
        print("\nDit was een proef: er is niets bewaard.")
    elif data["bulk"] and (data["gedaan"] or data["eerder_gedaan"]):
        print(f"\nTerugdraaien kan met: regie bulk ongedaan {data['bulk']} --reden … --door …")


def _uitslag(regel: dict[str, Any], *, proef: bool) -> str:
    """In een proef is niets gedaan: daar staat wat er zou gaan."""
    return "zou gaan" if proef and regel["uitslag"] == "gedaan" else regel["uitslag"]


def toon_mislukt(mislukt: list[dict[str, Any]]) -> None:
    """Noem de dossiers waarin iets misging dat niet was voorzien, en wat er te doen is."""
    if mislukt:
        print("\nNiet gelukt, door een fout in het dossier zelf:")
        for een in mislukt:
            print(f"  {een['dossier']}: {een['waarom']} {een['uitweg']}")


def _in_het_kort(regel: dict[str, Any]) -> str:
    if regel["waarom"]:
        return f"{regel['waarom']} {regel['uitweg']}".strip()
    delen: list[str] = []
    for b in regel["bewegingen"]:
        if b["streef_van"] != b["streef_naar"]:
            delen.append(f"{b['stap']} van {b['streef_van'] or 'nieuw'} naar {b['streef_naar']}")
        elif b["status_van"] != b["status_naar"]:
            delen.append(f"{b['stap']} wordt {b['status_naar']}")
        elif b["medewerker_van"] != b["medewerker_naar"]:
            delen.append(f"{b['stap']} naar {b['medewerker_naar']}")
    return "; ".join(delen)


def _toon_mails(mails: list[dict[str, Any]], *, proef: bool) -> None:
    if not mails:
        print("\nEr volgt geen mail.")
        return
    print("\nMail die zou volgen:" if proef else "\nMail die volgt:")
    rijen = [{**m, "aantal": len(m["stappen"])} for m in mails]
    tabel(rijen, {"ontvanger": "Aan", "rol": "Rol", "soort": "Soort", "hoe": "Hoe", "aantal": "Taken"})


def _toon_breuken(breuken: list[dict[str, Any]]) -> None:
    if breuken:
        print("\nUiterste dagen die niet worden gehaald:")
        kolommen = {"kenmerk": "Stap", "uiterst": "Uiterst", "dag": "Wordt", "artikel": "Artikel"}
        tabel(breuken, kolommen if "dossier" not in breuken[0] else {"dossier": "Dossier", **kolommen})
