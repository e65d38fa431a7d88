#!/usr/bin/env bash
# Installs what "npm run package" built, starts the app without a window, sends bytes through it, quits and uninstalls it.
set -euo pipefail

node -e '
  const { createServer } = require("node:http")
  createServer((_, answer) => answer.end("through Nexthop")).listen(18080, "127.0.0.1")
' &
server=$!
trap 'kill "$server" || true' EXIT

case "$RUNNER_OS" in
  Linux) folder=${XDG_CONFIG_HOME:-$HOME/.config} ;;
  macOS) folder="$HOME/Library/Application Support" ;;
  Windows) folder=$APPDATA ;;
esac
mkdir -p "$folder/nexthop-desktop"
cat >"$folder/nexthop-desktop/config.json" <<END
{"version": 1, "rules": [{"id": "r", "name": "page", "listen": {"kind": "tcp", "host": "127.0.0.1", "port": 19102},
"destination": {"kind": "fixed", "host": "127.0.0.1", "port": 18080}, "route": {"kind": "direct"}}]}
END

# Starts the app, waits for the page through it, and asks it to end.
try() {
  "$@" --hidden &
  local app=$!
  curl --silent --show-error --fail --retry 60 --retry-delay 1 --retry-connrefused http://127.0.0.1:19102/ | grep 'through Nexthop'
  "$@" --quit
  wait "$app" || true
  if curl --silent --max-time 5 http://127.0.0.1:19102/; then
    echo "it still forwards after --quit: $*" >&2
    exit 1
  fi
  echo "fine: $*"
}

case "$RUNNER_OS" in
  Linux)
    sudo apt-get install --yes ./dist/nexthop-desktop*.deb
    try xvfb-run --auto-servernum nexthop-desktop
    sudo apt-get remove --yes nexthop-desktop
    chmod +x dist/*.AppImage
    try xvfb-run --auto-servernum dist/*.AppImage --appimage-extract-and-run --no-sandbox
    sudo apt-get install --yes ./dist/nexthop_*_"$(dpkg --print-architecture)".deb
    sudo systemctl start nexthop.service
    systemctl is-active nexthop.service
    sudo systemctl reload nexthop.service
    systemd-analyze security nexthop.service --threshold=20
    sudo apt-get purge --yes nexthop
    ;;
  macOS)
    hdiutil attach -nobrowse -mountpoint /tmp/nexthop-dmg dist/*.dmg
    cp -R /tmp/nexthop-dmg/Nexthop.app /Applications/
    hdiutil detach /tmp/nexthop-dmg
    codesign --verify --deep --strict /Applications/Nexthop.app
    try /Applications/Nexthop.app/Contents/MacOS/Nexthop
    rm -rf /Applications/Nexthop.app
    ;;
  Windows)
    # MSYS would take /S for a path.
    MSYS_NO_PATHCONV=1 dist/*-setup-*.exe /S /currentuser
    programs="$LOCALAPPDATA/Programs/Nexthop"
    try "$programs/Nexthop.exe"
    MSYS_NO_PATHCONV=1 "$programs/Uninstall Nexthop.exe" /S /currentuser
    ;;
esac
