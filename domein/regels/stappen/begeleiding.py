"""Maatschappelijke begeleiding (art. 13 Wi) en ontzorgen (art. 56a Participatiewet).

Twee verschillende groepen: begeleiding is er voor elke asielstatushouder, ook voor familie met een reguliere
vergunning; ontzorgen alleen voor wie zelf een asielvergunning en bijstand heeft. Daarom is het een eigen kenmerk.
"""

from dataclasses import replace
from datetime import timedelta

from domein.begrippen import Rol, Stapsoort
from domein.regels.kalender import datum, plus_maanden
from domein.regels.planvormen import GewensteStap, Kader, Stappen
from domein.regels.stappen.termijn import weg_door_einde
from domein.regels.termijnen import Termijn, bereken
from domein.stand import Stand


def ontzorgtermijn(stand: Stand, kader: Kader) -> Termijn | None:
    """Geef de zes maanden ontzorgen vanaf het recht op bijstand, of None als zij niet gelden."""
    if not stand.ontzorgen or stand.bijstand_op is None:
        return None
    termijn = bereken("ontzorgen", stand.bijstand_op, "recht op bijstand", regels=kader.regeling)
    geen_bijstand = "er is geen bijstand meer" if stand.bijstand_einde_op is not None else ""
    return replace(termijn, gehaald_op=stand.ontzorgen_einde_op, vervallen=geen_bijstand or weg_door_einde(stand))


def termijnen(stand: Stand, kader: Kader) -> list[Termijn]:
    termijn = ontzorgtermijn(stand, kader)
    return [termijn] if termijn else []


def stappen(stand: Stand, kader: Kader) -> Stappen:
    if stand.einde:
        return
    if stand.is_asiel and stand.brp_op is not None:
        yield from _begeleiding(stand, kader)
    termijn = ontzorgtermijn(stand, kader)
    if termijn is not None and not termijn.vervallen:
        yield from _ontzorgen(stand, kader, termijn)


def _begeleiding(stand: Stand, kader: Kader) -> Stappen:
    assert stand.brp_op is not None
    if stand.begeleiding_op is None:
        start = kader.werkdag(stand.brp_op)
        yield GewensteStap(
            kenmerk="begeleiding/start/1",
            stapsoort=Stapsoort.BEGELEIDING,
            titel="Begin de maatschappelijke begeleiding",
            start=start,
            streef=kader.werkdagen_na(start, kader.regeling.getal("begeleiding_werkdagen")),
            uiterst=None,
            rol=Rol.BEGELEIDER,
            waarom=f"De persoon is sinds {datum(stand.brp_op)} ingeschreven in de gemeente. Vanaf die dag is er recht "
            "op maatschappelijke begeleiding.",
            artikel="artikel 13 Wet inburgering 2021; artikel 5.1 Besluit inburgering",
        )
        return
    start = kader.werkdag(plus_maanden(stand.begeleiding_op, kader.regeling.getal("begeleiding_maanden")))
    yield GewensteStap(
        kenmerk="begeleiding/afronden/1",
        stapsoort=Stapsoort.BEGELEIDING,
        titel="Rond de maatschappelijke begeleiding af",
        start=start,
        streef=kader.werkdagen_na(start, kader.regeling.getal("begeleiding_werkdagen")),
        uiterst=None,
        rol=Rol.BEGELEIDER,
        waarom=f"De begeleiding loopt sinds {datum(stand.begeleiding_op)}. De wet noemt geen einde: kijk of het genoeg "
        "was.",
        artikel="artikel 13 Wet inburgering 2021",
    )


def _ontzorgen(stand: Stand, kader: Kader, termijn: Termijn) -> Stappen:
    assert stand.bijstand_op is not None
    artikel = "artikel 56a Participatiewet"
    maanden = kader.regeling.getal("ontzorgen_maanden", stand.bijstand_op)
    if stand.ontzorgen_ingericht_op is None and stand.ontzorgen_einde_op is None:
        start = kader.werkdag(stand.bijstand_op)
        yield GewensteStap(
            kenmerk="ontzorgen/inrichten/1",
            stapsoort=Stapsoort.ONTZORGEN,
            titel="Richt het ontzorgen in",
            start=start,
            streef=kader.streef(start, kader.regeling.getal("ontzorgen_inrichten_werkdagen"), termijn.einde),
            uiterst=max(termijn.einde, start),
            rol=Rol.KLANTMANAGER,
            waarom=f"Sinds {datum(stand.bijstand_op)} is er recht op bijstand. Huur, energie, water en "
            f"zorgverzekering betaalt de gemeente daar {maanden} maanden uit. {termijn.uitleg}",
            artikel=artikel,
        )
    if stand.ontzorgen_einde_op is None:
        vooraf = timedelta(days=kader.regeling.getal("ontzorgen_einde_vooraf_dagen"))
        start = max(kader.kantoor.laatste_open_dag_tot(termijn.einde - vooraf), kader.werkdag(stand.bijstand_op))
        yield GewensteStap(
            kenmerk="ontzorgen/einde/1",
            stapsoort=Stapsoort.ONTZORGEN,
            titel="Rond het ontzorgen af, of zet het vrijwillig voort",
            start=start,
            streef=max(kader.kantoor.laatste_open_dag_tot(termijn.einde), start),
            uiterst=max(termijn.einde, start),
            rol=Rol.KLANTMANAGER,
            waarom=termijn.uitleg,
            artikel=artikel,
        )
