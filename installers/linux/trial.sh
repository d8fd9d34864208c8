#!/bin/sh
# Try a built program folder as a stranger has it: another user, a home with spaces and umlauts, no Python in the
# PATH, no network, a read-only program folder. Needs root, for the namespaces and the other user.
#
#     trial.sh FOLDER USER COMMAND...          COMMAND: casebook self-test, casebook-desktop --quit-when-shown, ...
#
# USER is made where there is none; the home is kept, so that one trial can go on where another ended. Where
# TRIAL_TRACE names a file in that home, strace writes every connect() and what is opened, made, moved or deleted.
set -eu

folder=$(CDPATH='' cd -- "${1:?trial.sh needs a program folder}" && pwd -P)
user=${2:?trial.sh needs a user}
shift 2
home="/home/$user Müller-Öz (trial)"
empty=/var/empty

if ! id "$user" >/dev/null 2>&1; then
    useradd --home-dir "$home" --no-create-home --shell /usr/sbin/nologin "$user"
fi
mkdir -p "$home" "$empty"
chown "$user" "$home"
chmod 700 "$home"

program=$1
shift
# Kept for the inner shell, which starts inside the namespaces.
export FOLDER="$folder" PROGRAM="$program" TRIAL_USER="$user" TRIAL_HOME="$home" EMPTY="$empty"
export DISPLAY="${DISPLAY:-}" SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-}" TRIAL_TRACE="${TRIAL_TRACE:-}"
# shellcheck disable=SC2016 # the inner shell expands
exec unshare --net --mount --propagation private sh -euc '
    mount --bind "$FOLDER" "$FOLDER"
    mount -o remount,ro,bind "$FOLDER"
    cd "$TRIAL_HOME"
    set -- "$FOLDER/$PROGRAM" "$@"
    if [ -n "$TRIAL_TRACE" ]; then
        calls=connect,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat
        set -- /usr/bin/strace -f -qq -y -e trace="$calls" -o "$TRIAL_TRACE" "$@"
    fi
    exec setpriv --reuid "$TRIAL_USER" --regid "$(id -g "$TRIAL_USER")" --clear-groups \
        env -i HOME="$TRIAL_HOME" USER="$TRIAL_USER" LANG=C.UTF-8 PATH="$EMPTY" \
        DISPLAY="$DISPLAY" SOURCE_DATE_EPOCH="$SOURCE_DATE_EPOCH" "$@"
' trial "$@"
