"""De regeling opnieuw laten lezen, met alles wat uit haar is gemaakt en onthouden."""

from domein.handelingen.kern import kader
from domein.regeling import laden


def lees_opnieuw() -> None:
    laden.regeling.cache_clear()
    kader.cache_clear()
