"""De andere kant van `regie meet stappen-bulk`: even veel werkstromen van twee stappen in DBOS Transact.

Een eigen proces, zodat de twee elkaars draden en verbindingen niet delen. Per regel op de invoer een aantal; het
antwoord is hoeveel er per seconde klaar waren, met de rekentijd van dit proces.
"""

import json
import os
import sys
import time
from typing import Any, Final

TEGELIJK: Final = 8


def main(url: str) -> None:
    from dbos import DBOS, DBOSConfig  # pyright: ignore[reportMissingImports, reportUnknownVariableType]

    instelling: dict[str, Any] = {
        "name": "meting",
        "system_database_url": url,
        "log_level": "ERROR",
        "max_executor_threads": TEGELIJK,
    }
    config: Any = DBOSConfig(**instelling)  # pyright: ignore[reportUnknownVariableType]
    DBOS(config=config)

    @DBOS.step()  # pyright: ignore[reportUnknownMemberType, reportUntypedFunctionDecorator]
    def open_stap(nummer: int) -> str:
        return f"stap-{nummer}"

    @DBOS.step()  # pyright: ignore[reportUnknownMemberType, reportUntypedFunctionDecorator]
    def verwerk(naam: str) -> str:
        return f"{naam} klaar"

    @DBOS.workflow()  # pyright: ignore[reportUnknownMemberType, reportUntypedFunctionDecorator]
    def stroom(nummer: int) -> str:
        return verwerk(open_stap(nummer))

    DBOS.launch()  # pyright: ignore[reportUnknownMemberType]
    try:
        print(json.dumps("klaar"), flush=True)
        for regel in sys.stdin:
            aantal = int(regel)
            rekentijd, begin = time.process_time(), time.perf_counter()
            lopend: list[Any] = [DBOS.start_workflow(stroom, nummer) for nummer in range(aantal)]  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
            for een in lopend:
                assert een.get_result().endswith("klaar")
            duur = time.perf_counter() - begin
            meting = {"per_seconde": aantal / duur, "rekentijd": (time.process_time() - rekentijd) / aantal}
            print(json.dumps(meting), flush=True)
    finally:
        DBOS.destroy()  # pyright: ignore[reportUnknownMemberType]


if __name__ == "__main__":
    main(os.environ["REGIE_MEET_DBOS"])
