#!/bin/sh
# Sign Casebook.app and put it into a disk image. Never run where this file was written.
#
#     make_dmg.sh Casebook.app OUT
#
# SIGNING_IDENTITY: a "Developer ID Application" certificate of the keychain; without it the signature is an
# ad-hoc one, and macOS asks before the first start. NOTARY_PROFILE: a profile of notarytool, to notarize.
set -eu

app=${1:?make_dmg.sh needs Casebook.app}
out=${2:?make_dmg.sh needs the folder to write to}
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
identity=${SIGNING_IDENTITY:--}
version=$(/usr/libexec/PlistBuddy -c 'Print :CFBundleShortVersionString' "$app/Contents/Info.plist")
image=$out/casebook-$version-cpu-macos-$(uname -m).dmg

# Inner ones first: a bundle is sealed by the signatures of its parts.
find "$app/Contents" -type f \( -name '*.so' -o -name '*.dylib' \) -print0 |
    xargs -0 codesign --force --timestamp=none --options runtime --sign "$identity"
for program in casebook casebook-desktop; do
    codesign --force --timestamp=none --options runtime --entitlements "$here/entitlements.plist" \
        --sign "$identity" "$app/Contents/MacOS/$program"
done
codesign --force --timestamp=none --options runtime --entitlements "$here/entitlements.plist" \
    --sign "$identity" "$app"
codesign --verify --deep --strict "$app"

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cp -R "$app" "$stage/Casebook.app"
ln -s /Applications "$stage/Applications"
cp "$app/Contents/Resources/LICENSE" "$stage/" 2>/dev/null || true
rm -f "$image"
hdiutil create -volname "Casebook $version" -srcfolder "$stage" -format UDZO -fs HFS+ "$image"

if [ -n "${NOTARY_PROFILE:-}" ]; then
    xcrun notarytool submit "$image" --keychain-profile "$NOTARY_PROFILE" --wait
    xcrun stapler staple "$image"
fi
echo "made $image"
