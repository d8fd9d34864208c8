"""What builds the installers: lists that fit the source tree, sound files, packages of a small folder."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import plistlib
import re
import shutil
import subprocess
import tarfile
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import distribution
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from engine.installed import components
from engine.plugins import BUILT_IN
from engine.settings import ENGINE_VERSION, program
from engine.weights import all_models
from installers import contents, distributions, sizes
from installers.bill import bill
from installers.build import sources_epoch, version_of
from installers.licences import collect
from installers.linux.archive import make_archive
from installers.windows.resource import version_resource

CHECKOUT = Path(__file__).resolve().parents[2]
INSTALLERS = CHECKOUT / "installers"
LINUX = INSTALLERS / "linux" / "user"


def _tool(name: str) -> str:
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not on this machine")
    return name


def _ok(*command: str, **options: object) -> str:
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, **options)  # type: ignore[call-overload]
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return str(done.stdout)


def test_every_module_that_is_found_by_name_goes_in() -> None:
    own = set(contents.modules_of(CHECKOUT, "engine")) | set(contents.modules_of(CHECKOUT, "sample_cases"))
    by_name = {target.partition(":")[0] for table in BUILT_IN.values() for target in table.values()}
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    entries = [*project["scripts"].values(), *project["entry-points"]["spacy_factories"].values()]
    by_name |= {entry.partition(":")[0] for entry in entries if entry.startswith("engine.")}
    assert by_name <= own
    assert all(contents.keeps_module(name) for name in own)
    assert {f"engine.jobs.{name}" for name in ("self_test", "model_pack")} <= own


def test_what_is_listed_is_there_and_what_runs_without_torch_names_no_torch() -> None:
    missing = [
        name for name in contents.FOUND_BY_NAME if importlib.util.find_spec(name.partition(".")[0]) is None
    ]
    assert missing == []
    assert "torch" in contents.excluded_modules("cpu") and "torch" not in contents.excluded_modules("gpu")
    assert not set(contents.FOUND_BY_NAME) & set(contents.excluded_modules("cpu"))
    packages, _ = sizes.closure("cpu")
    assert {"openvino", "spacy", "pyside6-essentials"} <= set(packages)
    assert not {"torch", "triton", "sentence-transformers"} & set(packages)
    assert "torch" in sizes.closure("gpu")[0]


KEPT = {
    "openvino/libs/libopenvino.so.2641": True,
    "openvino/libs/libopenvino_intel_cpu_plugin.so": True,
    "openvino/libs/libopenvino_intel_gpu_plugin.so": False,
    "openvino/libs/libopenvino_onnx_frontend.so.2641": True,
    "openvino/libs/libopenvino_pytorch_frontend.so.2641": False,
    "onnxruntime/capi/libonnxruntime.so.1.31.1": False,
    "PySide6/Qt/lib/libQt6Widgets.so.6": True,
    "PySide6/Qt/lib/libQt6Network.so.6": False,
    "PySide6/Qt/plugins/platforms/libqxcb.so": True,
    "PySide6/Qt/plugins/platforms/libqwayland.so": True,
    "PySide6/Qt/plugins/platformthemes/libqgtk3.so": False,
    "PySide6/Qt/translations/qtbase_de.qm": True,
    "spacy/lang/en/lex_attrs.py": True,
    "spacy/lang/de/lex_attrs.py": False,
    "spacy/vocab.pyx": False,
    "scipy/linalg/tests/data.npz": False,
    "resources/models/lungs/lungs.onnx": True,
    "docx/templates/default.docx": True,
}


@pytest.mark.parametrize("place", sorted(KEPT))
def test_what_stays_out_stays_out(place: str) -> None:
    assert contents.keeps_file(place) is KEPT[place]
    assert contents.keeps_file(place.replace("/", "\\")) is KEPT[place]


def test_the_spec_is_python_and_speaks_of_files_that_are_there() -> None:
    text = (INSTALLERS / "app.spec").read_text(encoding="utf-8")
    tree = ast.parse(text)
    named = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "/" in node.value
    ]
    assert [name for name in named if name.startswith("installers/") and not (CHECKOUT / name).exists()] == []
    assert (CHECKOUT / "resources/icons/app/casebook.ico").stat().st_size > 5000
    assert (CHECKOUT / "resources/icons/app/casebook.icns").stat().st_size > 5000


def test_the_version_stands_in_one_place() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "version" not in project["project"] and project["project"]["dynamic"] == ["version"]
    attribute = project["tool"]["setuptools"]["dynamic"]["version"]["attr"]
    assert attribute == "engine.settings.ENGINE_VERSION"
    assert version_of(CHECKOUT) == ENGINE_VERSION
    resource = version_resource("casebook", "Casebook", ENGINE_VERSION)
    ast.parse(resource.replace("VSVersionInfo", "print", 1))
    assert f"'ProductVersion', '{ENGINE_VERSION}'" in resource


def test_the_time_of_the_sources_can_be_fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert int(sources_epoch()) > 1_700_000_000
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert sources_epoch() == "1700000000"


def test_programs_are_found_in_the_source_tree_and_where_they_are_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert program("engine.worker")[1:] == ("-m", "engine.worker")
    monkeypatch.setattr("sys.frozen", True, raising=False)
    for executable, worker, window in (
        ("/opt/casebook/casebook-desktop", "/opt/casebook/casebook", "/opt/casebook/casebook-desktop"),
        ("/x y/ü/casebook.exe", "/x y/ü/casebook.exe", "/x y/ü/casebook-desktop.exe"),
    ):
        monkeypatch.setattr("sys.executable", executable)
        assert program("engine.worker") == (worker, "worker")
        assert program("desktop.app") == (window,)


def test_the_bill_of_materials_lists_packages_and_models_alike_each_time() -> None:
    packages = [distribution(name) for name in ("numpy", "spacy", "casebook")]
    at = datetime(2026, 11, 26, tzinfo=UTC)
    text = bill(packages, all_models(), {"zlib1g": "1:1.2.13"}, flavor="cpu", at=at)
    assert text == bill(packages, all_models(), {"zlib1g": "1:1.2.13"}, flavor="cpu", at=at)
    fields = json.loads(text)
    assert (fields["bomFormat"], fields["specVersion"]) == ("CycloneDX", "1.6")
    names = {part["name"]: part for part in fields["components"]}
    assert names["numpy"]["purl"] == f"pkg:pypi/numpy@{distribution('numpy').version}"
    assert names["lungs"]["hashes"][0]["alg"] == "SHA-256"
    assert "casebook" not in names and fields["metadata"]["component"]["version"] == ENGINE_VERSION


def test_licences_of_the_packages_here_are_gathered(tmp_path: Path) -> None:
    packages = [distribution(each.name) for each in components() if each.name != "python"]
    found = {each.name: each for each in collect(tmp_path, packages, [])}
    assert len(found) == len(packages) + 1
    assert found["numpy"].texts >= 1 and (tmp_path / "numpy").is_dir()
    unstated = [name for name, each in found.items() if not each.licence and not each.texts]
    assert unstated == []
    index = (tmp_path / "THIRD_PARTY.md").read_text(encoding="utf-8")
    assert all(f"| {name} | {each.version} |" in index for name, each in found.items())


def test_a_package_is_recognized_by_its_files() -> None:
    import numpy

    owners = distributions.owners([Path(numpy.__file__)])
    assert [distributions.name_of(each) for each in owners] == ["casebook", "numpy"]
    places = [place for place, _, _ in distributions.metadata_files(owners)]
    assert any(place.endswith("METADATA") for place in places)
    # They name folders of the machine that built.
    assert not any(place.endswith(("RECORD", "direct_url.json")) for place in places)


def test_what_a_folder_weighs_is_counted_once_and_by_part(tmp_path: Path) -> None:
    inner = tmp_path / "_internal"
    for name, size in (("numpy/a.so", 10), ("numpy.libs/b.so", 5), ("resources/models/m.onnx", 7)):
        (inner / name).parent.mkdir(parents=True, exist_ok=True)
        (inner / name).write_bytes(b"x" * size)
    (inner / "libz.so.1").write_bytes(b"x" * 3)
    os.link(inner / "libz.so.1", inner / "libz.so")
    (inner / "liblink.so").symlink_to("libz.so.1")
    (tmp_path / "casebook").write_bytes(b"x" * 2)
    parts = sizes.measured(tmp_path)
    assert dict(parts) == {
        "numpy": 15,
        "resources/models": 7,
        "libraries of the system": 3,
        "program casebook": 2,
    }


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Yield a program folder with programs that only say which they are."""
    made = tmp_path / "casebook-9.8.7-cpu-linux-x86_64"
    (made / "_internal").mkdir(parents=True)
    for name in ("casebook", "casebook-desktop"):
        (made / name).write_text(f'#!/bin/sh\necho "{name} 9.8.7 $*"\n')
        (made / name).chmod(0o755)
    (made / "VERSION").write_text("9.8.7\n")
    (made / "LICENSE").write_text("AGPL\n")
    shutil.copytree(LINUX, made, dirs_exist_ok=True)
    for picture in (CHECKOUT / "resources/icons/app").glob("casebook*.[sp][vn]g"):
        shutil.copyfile(picture, made / "share" / picture.name)
    yield made


def test_an_archive_has_equal_bytes_for_equal_files(folder: Path, tmp_path: Path) -> None:
    first = make_archive(folder, tmp_path, 1_700_000_000).read_bytes()
    for path in folder.rglob("*"):
        os.utime(path, (1, 1))
    path = make_archive(folder, tmp_path, 1_700_000_000)
    assert path.read_bytes() == first
    with tarfile.open(path) as archive:
        entry = archive.getmember(f"{folder.name}/casebook")
        assert (entry.mode, entry.mtime, entry.uid, entry.uname) == (0o755, 1_700_000_000, 0, "")
        assert all(member.name.startswith(folder.name) for member in archive.getmembers())


def test_a_debian_package_is_one_that_dpkg_reads(folder: Path, tmp_path: Path) -> None:
    _tool("dpkg-deb")
    _tool("objdump")
    from installers.linux.deb import make_deb

    deb = make_deb(folder, tmp_path, 1_700_000_000, "9.8.7")
    fields = _ok("dpkg-deb", "--field", str(deb))
    assert "Package: casebook\n" in fields and "Version: 9.8.7\n" in fields
    assert re.search(r"^Installed-Size: \d+$", fields, re.MULTILINE)
    listing = _ok("dpkg-deb", "--contents", str(deb))
    for place in (
        "./opt/casebook/casebook",
        "./usr/bin/casebook -> /opt/casebook/casebook",
        "./usr/share/applications/casebook.desktop",
        "./usr/share/mime/packages/casebook.xml",
        "./usr/share/metainfo/org.casebook.Casebook.metainfo.xml",
        "./usr/share/icons/hicolor/scalable/apps/casebook.svg",
        "./usr/share/icons/hicolor/48x48/apps/casebook.png",
        "./usr/share/doc/casebook/copyright",
    ):
        assert f"{place}\n" in listing
    assert "install.sh" not in listing
    assert {line.split()[1] for line in listing.splitlines()} == {"root/root"}


def _install(folder: Path, home: Path) -> str:
    environment = {"HOME": str(home), "PATH": os.environ["PATH"]}
    return _ok("sh", str(folder / "install.sh"), env=environment)


def test_a_user_installs_updates_and_takes_away_without_losing_anything(folder: Path, tmp_path: Path) -> None:
    if os.name != "posix":
        pytest.skip("for Linux")
    home = tmp_path / "Jörg Müller $HOME `x`"
    home.mkdir()
    mine = home / ".config/casebook/desktop.ini"
    mine.parent.mkdir(parents=True)
    mine.write_text("mode=dark\n")
    said = _install(folder, home)
    local = home / ".local"
    assert "uninstall.sh" in said
    assert _ok(str(local / "bin/casebook"), "--version") == "casebook 9.8.7 --version\n"
    entry = (local / "share/applications/casebook.desktop").read_text(encoding="utf-8")
    quoted = str(local / "opt/casebook/current/casebook-desktop").replace("$", "\\\\$").replace("`", "\\\\`")
    assert f'Exec="{quoted}" %f\n' in entry
    if shutil.which("desktop-file-validate"):
        _ok("desktop-file-validate", str(local / "share/applications/casebook.desktop"))

    newer = folder.with_name("newer")
    shutil.copytree(folder, newer)
    (newer / "VERSION").write_text("9.10.0\n")
    _install(newer, home)
    _install(newer, home)  # again over itself
    versions = local / "opt/casebook"
    assert sorted(path.name for path in versions.iterdir()) == ["9.10.0", "9.8.7", "current"]
    assert (versions / "current").readlink() == Path("9.10.0")

    _ok("sh", str(versions / "9.10.0/uninstall.sh"))
    assert (versions / "current").readlink() == Path("9.8.7")
    assert _ok(str(local / "bin/casebook-desktop")).startswith("casebook-desktop 9.8.7")
    _ok("sh", str(versions / "9.8.7/uninstall.sh"))
    assert not versions.exists() and not (local / "bin/casebook").exists()
    left = [
        path for path in (local / "share").rglob("*") if path.is_file() and "casebook" in path.name.lower()
    ]
    assert left == []
    assert mine.read_text() == "mode=dark\n"


def test_scripts_and_entries_pass_their_linters() -> None:
    for path in sorted(INSTALLERS.rglob("*.sh")):
        assert os.access(path, os.X_OK), path
        _ok("sh", "-n", str(path))
        if shutil.which("shellcheck"):
            _ok("shellcheck", str(path))
    for path in [*INSTALLERS.rglob("*.xml"), *INSTALLERS.rglob("*.plist")]:
        ET.parse(path)
    if shutil.which("desktop-file-validate"):
        _ok("desktop-file-validate", str(LINUX / "share/casebook.desktop"))
    if shutil.which("appstreamcli"):
        _ok("appstreamcli", "validate", "--no-net", str(next((LINUX / "share").glob("*.metainfo.xml"))))


def test_the_systems_know_a_case_by_its_suffix() -> None:
    mime = ET.parse(LINUX / "share/casebook.xml")
    globs = {node.get("pattern") for node in mime.iter() if node.tag.endswith("glob")}
    assert globs == {"*.casebook", "*.casemodels"}
    assert "application/vnd.casebook.case;" in (LINUX / "share/casebook.desktop").read_text(encoding="utf-8")
    facts = plistlib.loads((INSTALLERS / "macos/Info.plist").read_bytes())
    declared = facts["UTExportedTypeDeclarations"][0]
    assert declared["UTTypeTagSpecification"]["public.filename-extension"] == ["casebook"]
    assert facts["CFBundleDocumentTypes"][0]["LSItemContentTypes"] == [declared["UTTypeIdentifier"]]
    assert "Software\\Classes\\.casebook" in (INSTALLERS / "windows/casebook.iss").read_text(encoding="utf-8")


def test_what_never_ran_says_so() -> None:
    readme = (INSTALLERS / "README.md").read_text(encoding="utf-8")
    assert "never run here" in readme
    for name in ("windows/casebook.iss", "macos/make_dmg.sh"):
        assert "Never run" in (INSTALLERS / name).read_text(encoding="utf-8")
