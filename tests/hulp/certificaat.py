"""Een eigen uitgever van certificaten voor de tests: één die klopt, en de soorten die niet kloppen."""

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

Soort = Literal["goed", "andere-naam", "verlopen", "eigen"]
BEGIN = datetime(2020, 1, 1, tzinfo=UTC)
EINDE = datetime(2099, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Uitgever:
    """Geeft certificaten uit; `bundel` is wat een ander moet vertrouwen."""

    map: Path
    sleutel: ec.EllipticCurvePrivateKey
    certificaat: x509.Certificate

    @property
    def bundel(self) -> Path:
        return self.map / "uitgever.pem"

    def server_context(self, soort: Soort = "goed") -> ssl.SSLContext:
        sleutel = ec.generate_private_key(ec.SECP256R1())
        onderwerp = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.example")])
        namen: list[x509.GeneralName] = [x509.DNSName("mail.example")]
        if soort != "andere-naam":
            namen.append(x509.IPAddress(ip_address("127.0.0.1")))
        einde = BEGIN + timedelta(days=1) if soort == "verlopen" else EINDE
        uitgever, tekent = (onderwerp, sleutel) if soort == "eigen" else (self.certificaat.subject, self.sleutel)
        certificaat = (
            x509.CertificateBuilder()
            .subject_name(onderwerp)
            .issuer_name(uitgever)
            .public_key(sleutel.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(BEGIN)
            .not_valid_after(einde)
            .add_extension(x509.SubjectAlternativeName(namen), critical=False)
            .sign(tekent, hashes.SHA256())
        )
        bestand = self.map / f"{soort}.pem"
        prive = sleutel.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        bestand.write_bytes(prive + certificaat.public_bytes(Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(bestand)
        return context


def maak_uitgever(map_: Path) -> Uitgever:
    map_.mkdir(parents=True, exist_ok=True)
    sleutel = ec.generate_private_key(ec.SECP256R1())
    naam = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Uitgever van de tests")])
    certificaat = (
        x509.CertificateBuilder()
        .subject_name(naam)
        .issuer_name(naam)
        .public_key(sleutel.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(BEGIN)
        .not_valid_after(EINDE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(sleutel, hashes.SHA256())
    )
    uitgever = Uitgever(map_, sleutel, certificaat)
    uitgever.bundel.write_bytes(certificaat.public_bytes(Encoding.PEM))
    return uitgever
