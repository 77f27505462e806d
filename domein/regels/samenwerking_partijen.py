"""De vijf partijen van een stap: wie voert uit, besluit, betaalt, ziet wat, en schrijft de brief."""

from domein.regels.bezetting import eerste_houder
from domein.regels.kalender import voluit
from domein.regels.peildatum import NAMEN
from domein.regels.samenwerking_antwoord import Afgevallen, Toewijzing
from domein.regels.samenwerking_partner import partnercode
from domein.regels.samenwerking_vraag import Vraag
from domein.regio.afspraken import COLLEGE, UITVOERDER, Mandaat, Samenwerkingsafspraak
from domein.regio.model import Regio
from domein.regio.soorten import Gegevensgroep, Peildatumsoort


def maak_toewijzing(
    regio: Regio,
    afspraak: Samenwerkingsafspraak,
    vraag: Vraag,
    uitvoerder: str,
    omdat: str,
    afgevallen: tuple[Afgevallen, ...],
) -> Toewijzing:
    """Schrijf de vijf partijen op voor deze uitvoerder; de afspraak moet een rol noemen."""
    if afspraak.rol is None:
        raise ValueError(f"afspraak {afspraak.regel_id} noemt geen rol")
    mandaat, te_duur = mandaat_voor(regio, afspraak, vraag)
    return Toewijzing(
        uitvoerder=uitvoerder,
        rol=afspraak.rol,
        voorbereider=partnercode(regio, afspraak.voorbereider, vraag.gemeente) if afspraak.voorbereider else None,
        bevoegd_orgaan=orgaan(regio, afspraak.bevoegd_orgaan, vraag.gemeente),
        mandaat=mandaat,
        ondertekenaar=afspraak.ondertekenaar or _ondertekenaar(regio, mandaat, vraag),
        betaler=partnercode(regio, afspraak.betaler, vraag.gemeente),
        tarief=afspraak.tarief,
        inzage=toegestane_inzage(regio, uitvoerder, afspraak.inzage),
        avg_rol=afspraak.avg_rol,
        afzender=afzender(regio, afspraak.afzender, uitvoerder, vraag.gemeente),
        afspraak=afspraak.regel_id,
        escalatie=afspraak.escalatie,
        peildatumsoort=afspraak.peildatumsoort,
        overgangsregime=afspraak.overgangsregime,
        waarom=waarom(regio, afspraak, vraag, uitvoerder, omdat),
        afgevallen=(*te_duur, *afgevallen),
        peildatum=vraag.peildag(afspraak.peildatumsoort, regio.kop.geldig_van).dag,
    )


def toegestane_inzage(regio: Regio, partner: str, inzage: tuple[Gegevensgroep, ...]) -> tuple[Gegevensgroep, ...]:
    """Haal het BSN weg bij een partner zonder grondslag (Wi art. 36), wat de afspraak ook zegt."""
    gevonden = regio.partner(partner)
    if gevonden is not None and gevonden.bsn_grondslag:
        return inzage
    return tuple(groep for groep in inzage if groep is not Gegevensgroep.BSN)


def orgaan(regio: Regio, code: str, gemeente: str) -> str:
    """Geef de naam van het bevoegd orgaan, zoals die in een besluit staat."""
    if code == COLLEGE:
        return f"college van burgemeester en wethouders van {regio.gemeentenaam(gemeente)}"
    partner = regio.partner(code)
    if partner is None:
        return code
    return f"{partner.bestuursorgaan} van {partner.naam}" if partner.bestuursorgaan else partner.naam


def afzender(regio: Regio, kolom: str, uitvoerder: str, gemeente: str) -> str:
    """Geef de naam in wiens naam de brief gaat."""
    if kolom == COLLEGE:
        return orgaan(regio, COLLEGE, gemeente)
    code = uitvoerder if kolom == UITVOERDER else kolom
    partner = regio.partner(code)
    return partner.naam if partner else code


def mandaat_voor(
    regio: Regio, afspraak: Samenwerkingsafspraak, vraag: Vraag
) -> tuple[Mandaat | None, tuple[Afgevallen, ...]]:
    """Geef het mandaat dat op de dag van ondertekening geldt en ver genoeg gaat voor het tarief."""
    dag = vraag.peildag(Peildatumsoort.ONDERTEKENING).dag
    geldig = [
        mandaat
        for id_ in afspraak.mandaten
        if (mandaat := regio.mandaat(id_)) is not None
        and mandaat.gemeente == vraag.gemeente
        and vraag.stap in mandaat.stappen
        and mandaat.geldt_op(dag)
    ]
    bedrag = afspraak.tarief.bedrag if afspraak.tarief else 0
    genoeg = [m for m in geldig if m.plafond_euro is None or bedrag <= m.plafond_euro]
    te_duur = tuple(
        Afgevallen(
            afspraak=afspraak.regel_id,
            reden=f"mandaat {m.id} gaat tot € {m.plafond_euro}, en het tarief is € {bedrag}",
        )
        for m in geldig
        if m not in genoeg
    )
    return next(iter(genoeg), None), te_duur


def waarom(
    regio: Regio, afspraak: Samenwerkingsafspraak, vraag: Vraag, uitvoerder: str, omdat: str, doet: str = "doet"
) -> str:
    """Schrijf in een zin wie het doet, voor wie, wanneer, waarom, en volgens welke afspraak."""
    partner = regio.partner(uitvoerder)
    naam = partner.naam if partner else uitvoerder
    bron = regio.bron_van(afspraak)
    peil = vraag.peildag(afspraak.peildatumsoort, regio.kop.geldig_van)
    delen = [f"{naam} {doet} stap {vraag.stap} voor {regio.gemeentenaam(vraag.gemeente)} op {voluit(vraag.op)}"]
    if peil.soort is not Peildatumsoort.OPENING and peil.dag != vraag.op:
        delen.append(f"met als peildatum {NAMEN[peil.soort]} ({voluit(peil.dag)})")
    if omdat:
        delen.append(omdat)
    delen.append(f"volgens afspraak {afspraak.regel_id} van verband {afspraak.verband}{f' ({bron})' if bron else ''}.")
    return ", ".join(delen)


def _ondertekenaar(regio: Regio, mandaat: Mandaat | None, vraag: Vraag) -> str | None:
    """Kies de eerste houder die er is; is niemand er, dan een vervanger die zelf houder is."""
    return eerste_houder(regio, mandaat, vraag.peildag(Peildatumsoort.ONDERTEKENING).dag) if mandaat else None
