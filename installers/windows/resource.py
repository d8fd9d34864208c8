"""The version that Windows shows of a program, as the text that PyInstaller reads."""

from __future__ import annotations

_TEXT = """VSVersionInfo(
  ffi=FixedFileInfo(
    filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0, OS=0x40004, fileType=1, subtype=0
  ),
  kids=[
    StringFileInfo([StringTable('040904B0', [
      StringStruct('CompanyName', 'The Casebook project'),
      StringStruct('FileDescription', {description!r}),
      StringStruct('FileVersion', {version!r}),
      StringStruct('LegalCopyright', 'AGPL-3.0-or-later'),
      StringStruct('OriginalFilename', {file!r}),
      StringStruct('ProductName', 'Casebook'),
      StringStruct('ProductVersion', {version!r}),
    ])]),
    VarFileInfo([VarStruct('Translation', [0x0409, 1200])]),
  ],
)
"""


def version_resource(program: str, description: str, version: str) -> str:
    """Return the resource of ``program`` (without suffix); ``version`` reads MAJOR.MINOR.PATCH."""
    numbers = (*(int(part) for part in version.split(".")[:3]), 0)
    return _TEXT.format(numbers=numbers, description=description, version=version, file=f"{program}.exe")
