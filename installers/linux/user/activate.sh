#!/bin/sh
# Put the Casebook of this folder into the menu, the file types and PREFIX/bin; an older one stays in its folder.
#
#     activate.sh PREFIX
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
prefix=${1:?activate.sh needs the directory that Casebook is installed under}
version=$(cat "$here/VERSION")
share=$prefix/share

# As a word of a desktop entry: quoted, with what is special inside the quotes escaped.
quoted() {
    printf '"%s"' "$(printf '%s' "$1" | sed -e 's/[\\"`$]/\\\\&/g' -e 's/%/%%/g')"
}

rm -f "$prefix/opt/casebook/current"
ln -s "$version" "$prefix/opt/casebook/current"
mkdir -p "$prefix/bin"
for program in casebook casebook-desktop; do
    rm -f "$prefix/bin/$program"
    ln -s "../opt/casebook/current/$program" "$prefix/bin/$program"
done

mkdir -p "$share/applications" "$share/mime/packages" "$share/metainfo" "$share/icons/hicolor/scalable/apps"
program=$prefix/opt/casebook/current/casebook-desktop
while IFS= read -r line; do
    case $line in
        Exec=*) printf 'Exec=%s %%f\n' "$(quoted "$program")" ;;
        TryExec=*) printf 'TryExec=%s\n' "$program" ;;
        *) printf '%s\n' "$line" ;;
    esac
done <"$here/share/casebook.desktop" >"$share/applications/casebook.desktop"
cp "$here/share/casebook.xml" "$share/mime/packages/casebook.xml"
cp "$here/share/org.casebook.Casebook.metainfo.xml" "$share/metainfo/"
cp "$here/share/casebook.svg" "$share/icons/hicolor/scalable/apps/casebook.svg"
for picture in "$here"/share/casebook-*.png; do
    size=${picture##*/casebook-}
    size=${size%.png}
    mkdir -p "$share/icons/hicolor/${size}x${size}/apps"
    cp "$picture" "$share/icons/hicolor/${size}x${size}/apps/casebook.png"
done

# Each is there on a desktop and missing on a bare server; without it the entry shows after the next login.
update_if_there() {
    if command -v "$1" >/dev/null 2>&1; then "$@" >/dev/null 2>&1 || true; fi
}
update_if_there update-desktop-database "$share/applications"
update_if_there update-mime-database "$share/mime"
update_if_there gtk-update-icon-cache -q -t "$share/icons/hicolor"
