"""De deuren waardoor de demo antwoordt, dezelfde als die van mensen.

De link uit de ontvangen mail, het formulier van Prefect, en de opdrachtregel.
"""

import asyncio
import re
from datetime import date
from pathlib import Path
from typing import Any, Final, cast
from uuid import UUID

import httpx
from prefect.client.orchestration import PrefectClient

from adapters.links import GetekendeLinks, OngeldigeLink
from adapters.postvanger import ontvangen
from beheer.demo.levensloop import Regel
from beheer.demo.speler import Antwoord, antwoord_direct
from domein.fouten import RegieFout, VerouderdeVraag
from domein.ports import Omgeving
from domein.regels.uitkomsten import uitkomsten_voor

POGINGEN: Final = 25
_LINK: Final = re.compile(r"https?://[^\s>]+/taak/([A-Za-z0-9._-]+)")
_BEWIJS: Final = re.compile(r'name="bewijs"\s+value="([^"]+)"')


class DeurDicht(RegieFout):
    """Een antwoord kwam niet door de deur; dit hoort in de demo niet voor te komen."""

    code = "deur_dicht"


class Deuren:
    """Antwoordt door een gekozen deur; leest de mail die de SMTP-server echt ontving."""

    def __init__(self, omgeving: Omgeving, links: GetekendeLinks, postmap: Path, client: PrefectClient) -> None:
        self.omgeving, self.links, self.postmap, self.client = omgeving, links, postmap, client
        self._gelezen = 0
        self._tokens: dict[tuple[UUID, int, str], str] = {}
        self.gebruikt: dict[str, int] = {"link": 0, "prefect": 0, "opdrachtregel": 0}
        self._web = httpx.AsyncClient(timeout=30.0, trust_env=False)

    async def sluit(self) -> None:
        await self._web.aclose()

    def lees_post(self) -> None:
        """Zoek in de nieuw ontvangen mail naar links naar taken."""
        for mail in ontvangen(self.postmap, na=self._gelezen):
            self._gelezen = mail.nummer
            for token in _LINK.findall(mail.tekst):
                try:
                    link = self.links.lees_taaklink(token, self.omgeving.klok.vandaag())
                except (OngeldigeLink, VerouderdeVraag):
                    continue
                self._tokens[(link.stap_id, link.generatie, link.medewerker)] = token

    async def antwoord(self, antwoord: Antwoord, deur: str) -> None:
        """Geef het antwoord; kan het niet door deze deur, dan door die van de opdrachtregel."""
        token = self._tokens.get((antwoord.stap_id, antwoord.generatie, antwoord.medewerker))
        if not past_door(antwoord.regel, deur):
            deur = "opdrachtregel"
        if deur == "link" and token is not None and not antwoord.besluit:  # daarvoor meldt iemand zich aan
            await self._door_de_link(antwoord, token)
        elif deur == "prefect" and antwoord.run_id is not None and not antwoord.besluit:
            await self._door_prefect(antwoord, antwoord.run_id)
        else:
            deur = "opdrachtregel"
            await asyncio.to_thread(antwoord_direct, self.omgeving, antwoord)
        self.gebruikt[deur] += 1

    async def _door_de_link(self, antwoord: Antwoord, token: str) -> None:
        """Open de pagina uit de mail, vul het formulier in en druk op de knop."""
        adres = f"{self.links.basis_url}/taak/{token}"
        pagina = await self._web.get(adres)
        bewijs = _BEWIJS.search(pagina.text)
        if bewijs is None:
            raise DeurDicht(f"De antwoordpagina van {antwoord.regel.stap} heeft geen formulier ({pagina.status_code}).")
        regel = antwoord.regel
        velden = {
            "bewijs": bewijs[1],
            "uitkomst": regel.soort,
            f"{regel.soort}.datum": regel.geldig_op.isoformat(),
        }
        velden |= {f"{regel.soort}.{naam}": _als_tekst(waarde) for naam, waarde in regel.gegevens.items()}
        reden = str(regel.rest.get("reden", ""))
        gedaan = await self._web.post(adres, data={**velden, "reden": reden}, headers={"Origin": self.links.basis_url})
        if gedaan.status_code != 303:
            raise DeurDicht(
                f"Het antwoord op {regel.stap} van {regel.kenmerk} werd niet aangenomen ({gedaan.status_code})."
            )

    async def _door_prefect(self, antwoord: Antwoord, run_id: UUID) -> None:
        """Vul het formulier van Prefect in, zoals de knop Resume dat doet."""
        regel = antwoord.regel
        velden = {veld.naam for u in uitkomsten_voor(regel.stap or "") for veld in u.velden}
        invoer: dict[str, Any] = {
            "uitkomst": regel.soort, "datum": regel.geldig_op.isoformat(), "medewerkercode": antwoord.medewerker,
            **{naam: _voor_json(waarde) for naam, waarde in regel.gegevens.items() if naam in velden},
        }  # fmt: skip
        for _ in range(POGINGEN):
            uitkomst = await self.client.resume_flow_run(run_id, run_input=invoer)
            if uitkomst.status.value == "ACCEPT":
                return
            # Prefect zet eerst de run op wachten en bewaart dan pas het formulier; een mens drukt ook nog eens.
            await asyncio.sleep(0.2)
        raise DeurDicht(f"Prefect nam het antwoord op {regel.stap} niet aan.", "Kijk in Prefect wat de run doet.")


def past_door(regel: Regel, deur: str) -> bool:
    """Zeg of een formulier alles kan vragen wat dit antwoord zegt; de opdrachtregel kan alles."""
    if deur == "opdrachtregel":
        return True
    velden = {veld.naam for u in uitkomsten_voor(regel.stap or "") if u.soort == regel.soort for veld in u.velden}
    # Prefect bewaart wat iemand typt; een reden in gewone taal hoort daar niet (zie het ontwerp).
    return set(regel.gegevens) <= velden and not (deur == "prefect" and "reden" in regel.rest)


def _als_tekst(waarde: Any) -> str:
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, list):
        return ",".join(map(str, cast("list[Any]", waarde)))
    return waarde.isoformat() if isinstance(waarde, date) else str(waarde)


def _voor_json(waarde: Any) -> Any:
    return waarde.isoformat() if isinstance(waarde, date) else waarde
