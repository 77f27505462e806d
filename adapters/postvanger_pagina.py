"""The page of the mail catcher: mailboxes, messages, one message. Plain text, everything escaped."""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

from fastapi import FastAPI, Request
from jinja2 import Environment
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from adapters.postvanger import een_mail, ontvangen, postbussen

# Only web addresses become links; anything else in a mail stays text.
_LINK: Final = re.compile(r"https?://[^\s<>\"']+")
_KOPREGELS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}

_STIJL: Final = """
:root { color-scheme: light dark; }
body { font: 1.0625rem/1.5 system-ui, sans-serif; max-width: 48rem; margin: 0 auto; padding: 1rem; }
body { overflow-wrap: anywhere; }
pre { font: inherit; white-space: pre-wrap; border: 1px solid #6b7785; padding: 1rem; }
li { margin: .375rem 0; }
a:focus-visible { outline: 3px solid; outline-offset: 2px; }
.zacht { opacity: .85; }
"""

_PAGINA: Final = """<!doctype html>
<html lang="nl"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ kop }} – Postvanger</title><link rel="stylesheet" href="/stijl.css"></head>
<body><nav><a href="/">Alle postbussen</a></nav><main><h1>{{ kop }}</h1>
{% if postbussen is defined %}
<p class="zacht">De mail van de demo. Er gaat niets naar buiten.</p>
<ul>{% for adres, aantal in postbussen %}
<li><a href="/postbus/{{ adres | urlencode }}">{{ adres }}</a> ({{ aantal }})</li>
{% else %}<li>Nog geen mail.</li>{% endfor %}</ul>
{% elif mails is defined %}
<ul>{% for mail in mails %}<li><a href="/mail/{{ mail.nummer }}">{{ mail.onderwerp }}</a></li>
{% else %}<li>Geen mail.</li>{% endfor %}</ul>
{% elif mail is defined %}
<p class="zacht">Aan
<a href="/postbus/{{ mail.ontvanger | urlencode }}">{{ mail.ontvanger }}</a>, van {{ mail.afzender }}</p>
<pre>{{ tekst }}</pre>
<p><a href="/mail/{{ mail.nummer }}/ruw">Toon het bericht zoals het aankwam</a></p>
{% endif %}
</main></body></html>"""

_SJABLOON: Final = Environment(autoescape=True).from_string(_PAGINA)


def met_links(tekst: str) -> Markup:
    """Escape a text, and make its web addresses clickable."""
    stukken: list[Markup] = []
    plek = 0
    for treffer in _LINK.finditer(tekst):
        stukken += [escape(tekst[plek : treffer.start()])]
        adres = escape(treffer.group())
        stukken += [Markup('<a href="{0}" rel="noreferrer">{0}</a>').format(adres)]
        plek = treffer.end()
    return Markup("").join([*stukken, escape(tekst[plek:])])


def maak_pagina(map_: Path) -> FastAPI:
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)

    @app.middleware("http")
    async def kopregels(  # pyright: ignore[reportUnusedFunction]
        request: Request, volgende: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        antwoord = await volgende(request)
        antwoord.headers.update(_KOPREGELS)
        return antwoord

    @app.get("/")
    def bussen() -> Response:  # pyright: ignore[reportUnusedFunction]
        return _toon("Postbussen", postbussen=postbussen(map_))

    @app.get("/postbus/{adres:path}")
    def bus(adres: str) -> Response:  # pyright: ignore[reportUnusedFunction]
        return _toon(adres, mails=list(reversed(ontvangen(map_, ontvanger=adres))))

    @app.get("/mail/{nummer}")
    def mail(nummer: int) -> Response:  # pyright: ignore[reportUnusedFunction]
        gevonden = een_mail(map_, nummer)
        if gevonden is None:
            return HTMLResponse("Deze mail is er niet.", status_code=404)
        return _toon(gevonden.onderwerp, mail=gevonden, tekst=met_links(gevonden.tekst))

    @app.get("/mail/{nummer}/ruw")
    def ruw(nummer: int) -> Response:  # pyright: ignore[reportUnusedFunction]
        gevonden = een_mail(map_, nummer)
        if gevonden is None:
            return HTMLResponse("Deze mail is er niet.", status_code=404)
        return PlainTextResponse(gevonden.ruw)

    @app.get("/stijl.css")
    def stijl() -> Response:  # pyright: ignore[reportUnusedFunction]
        return Response(_STIJL, media_type="text/css")

    return app


def _toon(kop: str, **gegevens: Any) -> HTMLResponse:
    return HTMLResponse(_SJABLOON.render(kop=kop, **gegevens))
