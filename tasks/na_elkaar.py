"""Several tasks one after the other, where one that fails does not cost the others."""

from collections.abc import Awaitable, Callable


async def doe_na_elkaar(*taken: Callable[[], Awaitable[None]]) -> None:
    """Await each task in turn, also after one failed. The first failure is raised at the end: the run ends red."""
    mislukt: list[Exception] = []
    for taak in taken:
        try:
            await taak()
        except Exception as error:  # it has its own state on the board; the others go on
            mislukt.append(error)
    if mislukt:
        raise mislukt[0]
