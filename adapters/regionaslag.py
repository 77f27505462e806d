"""The columns of a region file for people: reference page and editor help, made from the model itself."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Any, Final, Union, cast, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from domein.regio.model import Regio
from domein.regio.onderdelen import CODE_PATROON, EMAIL_PATROON, GEMEENTECODE_PATROON, TAAL_PATROON
from domein.regio.uitleg import UITLEG

_PATRONEN: Final[Mapping[str, str]] = {
    GEMEENTECODE_PATROON: "gemeentecode",
    CODE_PATROON: "code",
    EMAIL_PATROON: "e-mailadres",
    TAAL_PATROON: "taalcode",
    r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$": "maand-dag",
}
_EENVOUDIG: Final[Mapping[Any, str]] = {
    str: "tekst",
    int: "heel getal",
    float: "getal",
    Decimal: "bedrag",
    bool: "true of false",
    date: "datum",
}
_INLEIDING: Final = """# Kolommen van een regiobestand

Gemaakt uit het model met `./regie regio kolommen`; een test houdt dit blad gelijk. Hoe u een regio opschrijft staat in
[Een regio opschrijven in een middag](../handleidingen/regio-opschrijven.md).

Een regio staat in `regio.toml`, of in `regio.toml` plus bestanden `regio-….toml` waarvan de rijen erbij komen.
Een code is van kleine letters, cijfers en koppeltekens. Een datum is 2026-03-02, zonder aanhalingstekens; "tot" is
altijd tot en met. Wat u weglaat, geldt voor alles. Een kolom die **vet** staat, moet er zijn.
"""


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a region file, with the explanation of every column, for editors."""
    schema = Regio.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Regiobestand"
    delen: dict[str, Any] = {"Regio": schema, **schema["$defs"]}
    for naam, kolommen in UITLEG.items():
        for kolom, uitleg in kolommen.items():
            delen[naam]["properties"][kolom]["description"] = uitleg
    return schema


def naslag() -> str:
    """Return the reference page in Markdown."""
    return "\n".join((_INLEIDING, *_tabellen(), *_woorden())).rstrip() + "\n"


def modellen() -> Mapping[str, type[BaseModel]]:
    """Return every model a region file is made of, in the order in which it is first named."""
    gevonden: dict[str, type[BaseModel]] = {}

    def loop(model: type[BaseModel]) -> None:
        if model.__name__ in gevonden:
            return
        gevonden[model.__name__] = model
        for veld in model.model_fields.values():
            for deel in _delen(veld.annotation):
                if isinstance(deel, type) and issubclass(deel, BaseModel):
                    loop(deel)

    loop(Regio)
    return gevonden


def _tabellen() -> Iterator[str]:
    kop_van = {_enig_model(veld): (veld.alias or naam, veld) for naam, veld in Regio.model_fields.items()}
    for naam, model in modellen().items():
        if model is Regio:
            continue
        tabel = kop_van.get(model)
        if tabel is None:
            yield f"## {naam}\n"
        else:
            lijst = get_origin(tabel[1].annotation) is tuple
            haken = f"[[{tabel[0]}]]" if lijst else f"[{tabel[0]}]"
            verplicht = "" if tabel[1].is_required() else " (naar keuze)"
            yield f"## `{haken}`{verplicht}\n"
        yield f"{_eerste_zin(model)}\n"
        yield "| kolom | waarde | standaard | betekenis |"
        yield "|---|---|---|---|"
        for kolom, veld in model.model_fields.items():
            yield _rij(veld.alias or kolom, veld, UITLEG[naam][veld.alias or kolom])
        yield ""


def _rij(kolom: str, veld: FieldInfo, uitleg: str) -> str:
    naam = f"**`{kolom}`**" if veld.is_required() else f"`{kolom}`"
    return f"| {naam} | {_waarde(veld.annotation, veld.metadata)} | {_standaard(veld)} | {uitleg} |"


def _waarde(annotatie: Any, metadata: list[Any] | None = None) -> str:
    for eis in metadata or ():
        if (patroon := getattr(eis, "pattern", None)) in _PATRONEN:
            return _PATRONEN[patroon]
    if hasattr(annotatie, "__metadata__"):
        return _waarde(get_args(annotatie)[0], list(annotatie.__metadata__))
    delen = get_args(annotatie)
    if get_origin(annotatie) is tuple:
        return f"lijst van {_waarde(delen[0])}"
    if get_origin(annotatie) is dict:
        return f"per {_waarde(delen[0])}: {_waarde(delen[1])}"
    if get_origin(annotatie) in (Union, UnionType):
        return _waarde(next(deel for deel in delen if deel is not type(None)))
    if isinstance(annotatie, type) and issubclass(annotatie, Enum | BaseModel):
        return f"[{annotatie.__name__}](#{annotatie.__name__.lower()})"
    return _EENVOUDIG[annotatie]


def _standaard(veld: FieldInfo) -> str:
    waarde: Any = veld.get_default(call_default_factory=True, validated_data={})
    if waarde is PydanticUndefined or waarde is None or isinstance(waarde, BaseModel) or waarde in ("", (), {}):
        return ""
    return f"`{_als_toml(waarde)}`"


def _als_toml(waarde: Any) -> str:
    match waarde:
        case bool():
            return str(waarde).lower()
        case Enum():
            return f'"{waarde.value}"'
        case str():
            return f'"{waarde}"'
        case tuple():
            return f"[{', '.join(_als_toml(deel) for deel in cast('tuple[Any, ...]', waarde))}]"
        case dict():
            paren = cast("dict[Enum, Any]", waarde).items()
            regels = (f"{sleutel.value} = {_als_toml(deel)}" for sleutel, deel in paren)
            return f"{{ {', '.join(regels)} }}"
        case _:
            return str(waarde)


def _woorden() -> Iterator[str]:
    """List the fixed words of every enumeration that a column uses."""
    soorten: dict[str, type[Enum]] = {}
    for model in modellen().values():
        for veld in model.model_fields.values():
            for deel in _delen(veld.annotation):
                if isinstance(deel, type) and issubclass(deel, Enum):
                    soorten.setdefault(deel.__name__, deel)
    for naam in sorted(soorten):
        yield f"## {naam}\n"
        yield f"{_eerste_zin(soorten[naam])}\n"
        yield f"{', '.join(f'`{lid.value}`' for lid in soorten[naam])}\n"


def _delen(annotatie: Any) -> Iterator[Any]:
    """Return every type inside an annotation."""
    delen = get_args(annotatie)
    if not delen:
        yield annotatie
    for deel in delen:
        yield from _delen(deel)


def _enig_model(veld: FieldInfo) -> type[BaseModel]:
    return next(d for d in _delen(veld.annotation) if isinstance(d, type) and issubclass(d, BaseModel))


def _eerste_zin(iets: type) -> str:
    return (iets.__doc__ or "").strip().split("\n\n")[0].replace("\n", " ").strip()
