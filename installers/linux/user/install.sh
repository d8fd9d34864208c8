#!/bin/sh
# Install this Casebook for one user, without an administrator: programs, menu entry, file types, icons.
#
#     ./install.sh [--prefix DIRECTORY]        default: ~/.local
#
# Every version gets a folder of its own; the newest installed one is in the menu. Cases and settings stay.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
prefix=${HOME:?}/.local

while [ $# -gt 0 ]; do
    case $1 in
        --prefix)
            [ $# -ge 2 ] || { echo "install.sh: --prefix needs a directory" >&2; exit 2; }
            prefix=$2
            shift 2
            ;;
        -h | --help)
            sed -n '2,6s/^# \{0,1\}//p' "$0"
            exit 0
            ;;
        *)
            echo "install.sh: unknown word '$1'; see --help" >&2
            exit 2
            ;;
    esac
done

version=$(cat "$here/VERSION")
mkdir -p "$prefix"
prefix=$(CDPATH='' cd -- "$prefix" && pwd -P)
versions=$prefix/opt/casebook
target=$versions/$version

if [ "$here" = "$target" ]; then
    echo "install.sh: this folder is the installed one already" >&2
    exit 2
fi

echo "copying Casebook $version to $target"
mkdir -p "$versions"
rm -rf "$target.part"
trap 'rm -rf "$target.part"' EXIT
trap 'exit 130' INT TERM
cp -R "$here" "$target.part"
rm -rf "$target.old"
if [ -e "$target" ]; then mv "$target" "$target.old"; fi
mv "$target.part" "$target"
rm -rf "$target.old"

sh "$target/activate.sh" "$prefix"

echo "installed. Start it from the menu, or with $prefix/bin/casebook-desktop"
case ":${PATH:-}:" in
    *":$prefix/bin:"*) ;;
    *) echo "$prefix/bin is not in your PATH: log in again, or type the whole path" ;;
esac
echo "to take it away again: $target/uninstall.sh"
