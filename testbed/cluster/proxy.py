"""The project's nginx configuration with a temporary certificate and free ports."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from testbed.cluster.services import Nginx
from testbed.environment import ROOT

DEPLOY = ROOT / "deploy"


def proxy_before(ports: Sequence[int], **instead: str) -> Nginx:
    """`instead` replaces words of deploy/nginx.conf, such as a limit that a test would run into."""

    def configuration(port: int, folder: Path) -> str:
        _make_certificate(folder)
        values = {
            "LISTEN": f"127.0.0.1:{port}",
            "CERTIFICATE": f"{folder}/certificate.pem",
            "KEY": f"{folder}/key.pem",
            "ASSISTANTS": " ".join(f"server 127.0.0.1:{each} max_fails=2 fail_timeout=1s;" for each in ports),
        }
        site = _filled((DEPLOY / "nginx.conf").read_text("utf-8"), values)
        for old, new in instead.items():
            assert old in site
            site = site.replace(old, new)
        (folder / "site.conf").write_text(site, "utf-8")
        main = (DEPLOY / "nginx-main.conf").read_text("utf-8").replace("/tmp/", f"{folder}/")
        return _filled(main, {"SITE": f"{folder}/site.conf"})

    return Nginx(configuration)


def _filled(text: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"${{{name}}}", value)
    return text


def _make_certificate(folder: Path) -> None:
    made = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost"
    names = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    subprocess.run([*made.split(), *names], check=True, capture_output=True)
