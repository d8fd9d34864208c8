#!/bin/sh
# Take this version of Casebook away. Cases, settings and added models stay where they are.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
versions=$(dirname -- "$here")
prefix=$(dirname -- "$(dirname -- "$versions")")
version=$(cat "$here/VERSION")

if [ "$here" != "$prefix/opt/casebook/$version" ]; then
    echo "uninstall.sh: $here is no installed Casebook; delete the folder to be rid of it" >&2
    exit 2
fi

active=$(readlink "$versions/current" || true)
rm -rf "$here"
echo "took Casebook $version away"
[ "$active" = "$version" ] || exit 0

rm -f "$versions/current"
# Of what is left, the newest takes its place.
for left in $(find "$versions" -mindepth 1 -maxdepth 1 -type d -name '[0-9]*' -exec basename {} \; | sort -rV); do
    if [ -f "$versions/$left/activate.sh" ]; then
        sh "$versions/$left/activate.sh" "$prefix"
        echo "Casebook $left is in the menu again"
        exit 0
    fi
done

share=$prefix/share
rm -f "$prefix/bin/casebook" "$prefix/bin/casebook-desktop" \
    "$share/applications/casebook.desktop" "$share/mime/packages/casebook.xml" \
    "$share/metainfo/org.casebook.Casebook.metainfo.xml"
find "$share/icons/hicolor" -path '*/apps/casebook.*' -type f -exec rm -f {} + 2>/dev/null || true
rmdir "$versions" 2>/dev/null || true
for tool in "update-desktop-database $share/applications" "update-mime-database $share/mime"; do
    program=${tool%% *}
    if command -v "$program" >/dev/null 2>&1; then "$program" "${tool#* }" >/dev/null 2>&1 || true; fi
done
echo "your cases, settings and added models are untouched"
