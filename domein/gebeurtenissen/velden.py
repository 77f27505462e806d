"""De bouwstenen van de velden van een gebeurtenis."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from domein.begrippen import Leerroute

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$")]
Kenmerk = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9./-]{0,99}$")]
Gemeentecode = Annotated[str, StringConstraints(pattern=r"^GM\d{4}$")]
Volgorde = Annotated[int, Field(ge=1, le=99)]
Taalcode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Pipleerroute = Literal[Leerroute.B1, Leerroute.ONDERWIJS, Leerroute.Z]
