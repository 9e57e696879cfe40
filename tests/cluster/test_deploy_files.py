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


def test_the_assistant_answers_under_the_proxys_names_only() -> None:
    """Behind a proxy every name would be accepted as long as none is given."""
    assert COMPOSE["services"]["assistant"]["environment"]["ALLOWED_HOSTS"] == "${ALLOWED_HOSTS:?}"
    environment = {value["name"]: value.get("value") for each in CONTAINERS for value in each.get("env", [])}
    assert Settings.read({"allowed_hosts": environment["ALLOWED_HOSTS"]}).allowed_hosts == {
        rule["host"] for each in of_kind("Ingress").values() for rule in each["spec"]["rules"]
    }


def test_the_ingress_hides_health_and_lets_through_what_slack_sends() -> None:
    options = {
        rule["http"]["paths"][0]["path"]: each["metadata"]["annotations"]
        for each in of_kind("Ingress").values()
        for rule in each["spec"]["rules"]
    }
    nginx = "nginx.ingress.kubernetes.io"
    assert options["/health/"][f"{nginx}/whitelist-source-range"] == "127.0.0.1/32"
    assert options["/webhooks/slack/"][f"{nginx}/proxy-body-size"] == "1m"
    assert options["/"][f"{nginx}/proxy-body-size"] == "16k"


def of_kind(kind: str) -> dict[str, dict[str, Any]]:
    return {each["metadata"]["name"]: each for each in MANIFESTS if each["kind"] == kind}


def test_no_secret_has_a_default() -> None:
    """Compose refuses to start without them; Slack's are missing where Slack is off."""
    text = (DEPLOY / "compose.yml").read_text("utf-8")
    found = re.findall(r"(?<!\$)\$\{(\w*(?:KEY|PASSWORD)\w*)([^}]*)\}", text)
    assert {"ACTION_KEY", "DATABASE_PASSWORD", "REDIS_PASSWORD", "SESSION_KEY"} <= {name for name, _ in found}
    assert {rest for _, rest in found} == {":?"}
    example = (DEPLOY / "settings.env.example").read_text("utf-8")
    assert all(re.search(rf"^{name}= ", example, re.MULTILINE) for name, _ in found)


def test_a_password_is_on_no_command_line() -> None:
    commands = [str(service.get("command", "")) for service in COMPOSE["services"].values()]
    commands += [f"{each.get('command', '')} {each.get('args', '')}" for each in CONTAINERS]
    assert any("requirepass" in command for command in commands)
    for command in commands:
        assert not re.search(r"--requirepass|-a \S|redis-server .*PASSWORD", command)


def test_the_proxy_reaches_the_assistants_only_and_the_inside_reaches_nobody() -> None:
    networks = {name: set(service["networks"]) for name, service in COMPOSE["services"].items()}
    assert {name for name in networks if networks[name] & networks["proxy"]} == {"proxy", "assistant"}
    assert networks["actions"].isdisjoint(networks["database"] | networks["redis"])
    inner = networks["actions"] | networks["database"] | networks["redis"]
    assert all(COMPOSE["networks"][name]["internal"] for name in inner)


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda each: str(each["metadata"]["name"]))
def test_a_policy_says_who_reaches_a_pod_and_whom_it_reaches(deployment: dict[str, Any]) -> None:
    name = deployment["metadata"]["name"]
    policy = of_kind("NetworkPolicy")[name]["spec"]
    assert (
        policy["podSelector"]["matchLabels"].items()
        <= deployment["spec"]["template"]["metadata"]["labels"].items()
    )
    assert policy["policyTypes"] == ["Ingress", "Egress"]
    assert policy["ingress"]
    assert all(rule.get("from") and rule.get("ports") for rule in policy["ingress"])


def test_only_prometheus_reaches_the_metrics() -> None:
    rules = of_kind("NetworkPolicy")["assistant"]["spec"]["ingress"]
    reaching = [rule for rule in rules if {"port": "metrics"} in rule["ports"]]
    assert len(reaching) == 1
    assert reaching[0]["ports"] == [{"port": "metrics"}]
    assert "monitoring" in str(reaching[0]["from"])
    assert "METRICS_PORT" not in COMPOSE["services"]["assistant"]["environment"]
    assert not any("METRICS_PORT=" in path.read_text("utf-8") for path in FILES)


def test_both_ends_of_the_action_server_have_its_key() -> None:
    services = COMPOSE["services"]
    assert (
        services["actions"]["environment"]["ACTION_KEY"] == services["assistant"]["environment"]["ACTION_KEY"]
    )
    keys = {
        each["name"]: value["valueFrom"]["secretKeyRef"]
        for each in CONTAINERS
        for value in each.get("env", [])
        if value["name"] == "ACTION_KEY"
    }
    assert keys["actions"] == keys["assistant"]


def test_redis_and_postgresql_get_the_settings_that_the_doctor_compares_with() -> None:
    assert of_kind("ConfigMap")["redis"]["data"]["redis.conf"] == (DEPLOY / "redis.conf").read_text("utf-8")
    services = COMPOSE["services"]
    assert any(volume.startswith("./redis.conf:") for volume in services["redis"]["volumes"])
    assert "config_file=/etc/postgresql.conf" in services["database"]["command"]
    assert "./postgresql.conf:/etc/postgresql.conf:ro" in services["database"]["volumes"]
