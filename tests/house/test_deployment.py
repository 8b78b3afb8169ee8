"""The building inspected: the image, the compose file and nginx say what the operators' guide promises."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
CONDITIONS = {"service_started", "service_healthy", "service_completed_successfully"}
TOP = {"name", "services", "networks", "volumes", "secrets"}
SERVICE = {
    "build",
    "cap_drop",
    "command",
    "depends_on",
    "environment",
    "healthcheck",
    "image",
    "networks",
    "ports",
    "read_only",
    "restart",
    "secrets",
    "security_opt",
    "shm_size",
    "stop_grace_period",
    "tmpfs",
    "volumes",
}
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
NGINX = (ROOT / "docs" / "operate" / "nginx.conf").read_text()
DEFAULTS = set(re.findall(r"\b(DATA_DIR|HOST|PORT)=", DOCKERFILE))


def test_compose_uses_only_keys_that_compose_knows() -> None:
    assert set(COMPOSE) == TOP
    assert {
        name: set(service) - SERVICE for name, service in SERVICES.items() if set(service) - SERVICE
    } == {}


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_names_only_things_that_are_defined(name: str) -> None:
    service = SERVICES[name]
    for other, how in service.get("depends_on", {}).items():
        assert other in SERVICES
        assert how["condition"] in CONDITIONS
    assert set(service["networks"]) <= set(COMPOSE["networks"])
    assert set(service.get("secrets", [])) <= set(COMPOSE["secrets"])
    for volume in service.get("volumes", []):
        source = volume.split(":")[0]
        assert source in COMPOSE["volumes"] or (ROOT / source).is_file()


def test_every_secret_is_a_file_that_git_ignores() -> None:
    assert "secrets/" in (ROOT / ".gitignore").read_text().splitlines()
    for name, secret in COMPOSE["secrets"].items():
        assert secret == {"file": f"./secrets/{name}"}


def test_no_password_is_written_in_the_environment() -> None:
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            assert name.endswith("_FILE") or not re.search("PASSWORD|SECRET|KEY", name)
            assert urlsplit(str(value)).password is None


def test_only_the_proxy_can_be_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert SERVICES["database"]["networks"] == ["inside"]
    assert "inside" not in SERVICES["proxy"]["networks"]


def test_images_of_others_have_a_version() -> None:
    images = [s["image"] for s in SERVICES.values() if "build" not in s]
    assert all(re.fullmatch(r"[a-z/]+:\d[\w.-]*", image) for image in images)


@pytest.mark.parametrize("name", ["app", "migrate"])
def test_our_containers_may_change_nothing_but_their_data(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_the_service_waits_for_migrations_and_the_proxy_for_the_service() -> None:
    assert SERVICES["app"]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    assert SERVICES["proxy"]["depends_on"]["app"]["condition"] == "service_healthy"


def test_what_the_service_is_told_are_settings_that_exist() -> None:
    fields = set(re.findall(r"^    ([a-z_]+): ", (ROOT / "app" / "settings.py").read_text(), re.MULTILINE))
    told = set(SERVICES["app"]["environment"]) | set(SERVICES["migrate"]["environment"]) | DEFAULTS
    assert len(DEFAULTS) == 3
    assert {name.lower() for name in told} - fields == set()


def test_the_data_of_the_image_are_on_the_volume_that_both_of_its_containers_share() -> None:
    folder = re.search(r"^VOLUME (\S+)$", DOCKERFILE, re.MULTILINE)
    assert folder is not None
    assert f"DATA_DIR={folder[1]}" in DOCKERFILE
    assert SERVICES["app"]["volumes"] == SERVICES["migrate"]["volumes"] == [f"data:{folder[1]}"]


def test_the_image_does_not_run_as_root_and_says_whether_it_is_well() -> None:
    last_stage = DOCKERFILE.rpartition("\nFROM ")[2]
    users = re.findall(r"^USER (\S+)", last_stage, re.MULTILINE)
    assert len(users) == 1
    assert int(users[0]) > 0
    assert "/health" in last_stage.partition("HEALTHCHECK")[2]
    assert 'ENTRYPOINT ["python", "-m", "app"]' in last_stage


def test_the_image_can_be_built_from_another_base_and_behind_another_certificate() -> None:
    assert re.findall(r"^ARG (BASE|SSL_CERT_FILE)\b", DOCKERFILE, re.MULTILINE) == ["BASE", "SSL_CERT_FILE"]


def test_everything_the_image_copies_exists_and_is_let_in() -> None:
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = [
        name
        for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
        for name in line.split()
    ]
    assert len(copied) > 5
    assert [name for name in copied if name not in let_in or not (ROOT / name).exists()] == []


@pytest.mark.parametrize(
    "line",
    [
        "listen 443 ssl http2 default_server;",
        "ssl_protocols TLSv1.2 TLSv1.3;",
        "client_max_body_size 64k;",
        "proxy_set_header Host $http_host;",
        "proxy_set_header X-Forwarded-For $remote_addr;",
        "proxy_set_header X-Forwarded-Proto https;",
        'add_header Strict-Transport-Security "max-age=63072000; includeSubDomains" always;',
        "proxy_next_upstream off;",
        "return 308 https://$host$request_uri;",
    ],
)
def test_nginx_is_told(line: str) -> None:
    assert line in [text.strip() for text in NGINX.splitlines()]


def test_nginx_speaks_to_the_service_that_compose_names() -> None:
    assert re.findall(r"^    server (\S+);", NGINX, re.MULTILINE) == ["app:8000"]
    assert NGINX.count("{") == NGINX.count("}")
    mounted = {f"/run/secrets/{name}" for name in SERVICES["proxy"]["secrets"]}
    assert set(re.findall(r"^    ssl_certificate(?:_key)? (\S+);", NGINX, re.MULTILINE)) == mounted
