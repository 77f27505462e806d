"""What the DNS says about a domain, as a small port: the real one asks the resolver of this machine."""

from typing import Final, Protocol

import dns.exception
import dns.rdata
import dns.resolver
from dns.rdtypes.ANY.TXT import TXT

SECONDEN: Final = 5.0


class NaamdienstZwijgt(Exception):
    """The DNS gave no answer: that says nothing about the domain."""


class Naamdienst(Protocol):
    """A name without records gives an empty list; NaamdienstZwijgt when nobody answers."""

    def txt(self, naam: str) -> list[str]: ...

    def neemt_mail_aan(self, domein: str) -> bool:
        """Whether mail to this domain has somewhere to go: an MX (not the null MX), or else an address."""
        ...


class EchteNaamdienst:
    def __init__(self) -> None:
        try:
            self._vrager = dns.resolver.Resolver()
        except dns.exception.DNSException as fout:  # no resolver configured on this machine
            raise NaamdienstZwijgt(type(fout).__name__) from fout
        self._vrager.lifetime = SECONDEN

    def txt(self, naam: str) -> list[str]:
        return [
            b"".join(rij.strings).decode("utf-8", "replace") for rij in self._vraag(naam, "TXT") if isinstance(rij, TXT)
        ]

    def neemt_mail_aan(self, domein: str) -> bool:
        mx = [str(rij.to_text()).split()[-1] for rij in self._vraag(domein, "MX")]
        if mx:
            return mx != ["."]
        return bool(self._vraag(domein, "A") or self._vraag(domein, "AAAA"))

    def _vraag(self, naam: str, soort: str) -> list[dns.rdata.Rdata]:
        try:
            return list(self._vrager.resolve(naam, soort))
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, OSError, ValueError) as fout:
            raise NaamdienstZwijgt(type(fout).__name__) from fout


def naamdienst() -> Naamdienst:
    return EchteNaamdienst()
