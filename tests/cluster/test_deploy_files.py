"""Static checks of the files in deploy/; no container engine is needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.channels.slack.settings import Settings
from tests.servers import ROOT

DEPLOY = ROOT / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yml").read_text("utf-8"))
MANIFESTS: list[dict[str, Any]] = [
    document
    for path in sorted((DEPLOY / "kubernetes").glob("*.yml"))
    for document in yaml.safe_load_all(path.read_text("utf-8"))
]
DEPLOYMENTS = [each for each in MANIFESTS if each["kind"] == "Deployment"]
CONTAINERS = [each["spec"]["template"]["spec"]["containers"][0] for each in DEPLOYMENTS]
FILES = sorted(DEPLOY.glob("*.Dockerfile"))
FIELDS = {Settings.variable(field): field for field in Settings.__fields__}
"""Settings by their variables."""


def images() -> Iterator[str]:
    yield from (service["image"] for service in COMPOSE["services"].values())
    yield from (container["image"] for container in CONTAINERS)
    for path in FILES:
        yield from re.findall(r"^FROM (\S+)", path.read_text("utf-8"), re.MULTILINE)


def test_every_image_has_an_exact_version() -> None:
    assert all(re.search(r":\d+\.\d+(\.\d+)?", image) for image in images())


@pytest.mark.parametrize("container", CONTAINERS, ids=lambda each: str(each["name"]))
def test_containers_have_probes_limits_and_no_rights(container: dict[str, Any]) -> None:
    assert {"startupProbe", "livenessProbe", "readinessProbe"} <= container.keys()
    assert {"cpu", "memory"} <= container["resources"]["requests"].keys()
    assert "memory" in container["resources"]["limits"]
    rights = container["securityContext"]
    assert rights["readOnlyRootFilesystem"]
    assert not rights["allowPrivilegeEscalation"]
    assert rights["capabilities"]["drop"] == ["ALL"]


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda each: str(each["metadata"]["name"]))
def test_pods_are_not_root_and_match_their_own_selector(deployment: dict[str, Any]) -> None:
    template = deployment["spec"]["template"]
    assert template["spec"]["securityContext"]["runAsNonRoot"]
    assert deployment["spec"]["selector"]["matchLabels"].items() <= template["metadata"]["labels"].items()


def test_what_scales_or_must_not_vanish_names_what_is_there() -> None:
    names = {each["metadata"]["name"] for each in DEPLOYMENTS}
    for each in MANIFESTS:
        if each["kind"] == "HorizontalPodAutoscaler":
            assert each["spec"]["scaleTargetRef"]["name"] in names
        if each["kind"] == "PodDisruptionBudget":
            assert each["spec"]["selector"]["matchLabels"]["app"] in names


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_services_of_compose_are_read_only_and_without_rights(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]


def test_only_the_proxy_can_be_reached_from_outside() -> None:
    assert [name for name, service in COMPOSE["services"].items() if "ports" in service] == ["proxy"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.name))
def test_what_an_image_copies_is_there_and_let_through(path: Path) -> None:
    if "actions" in path.name and not (ROOT / "requirements-actions.lock").exists():
        pytest.skip("no requirements-actions.lock yet: make lock")
    let_through = (ROOT / ".dockerignore").read_text("utf-8")
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", path.read_text("utf-8"), re.MULTILINE)
    for name in " ".join(copied).split():
        assert (ROOT / name).exists() or name in ("models", "widget/dist"), name
        assert f"!{Path(name).parts[0]}" in let_through


def test_no_image_runs_as_root() -> None:
    for path in FILES:
        assert re.search(r"^USER \d+$", path.read_text("utf-8"), re.MULTILINE)


def test_compose_sets_nothing_else_than_settings() -> None:
    assert set(COMPOSE["services"]["assistant"]["environment"]) <= set(FIELDS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.name))
def test_the_settings_in_an_image_are_accepted(path: Path) -> None:
    text = path.read_text("utf-8").rpartition("ENV ")[2].partition("\nUSER")[0]
    given = {FIELDS[name]: value for name, value in re.findall(r"(\w+)=(\S*)", text) if name in FIELDS}
    assert given
    Settings.read(given)
