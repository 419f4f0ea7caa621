#!/usr/bin/env bash
# Every test, from a machine that has only the .NET SDK 10, git and root. The last line is "N passed, N failed[, N skipped]".
set -euo pipefail
cd "$(dirname "$0")"

# What the tests use beside the SDK, from Debian: a browser and a font of Arial's measures, PostgreSQL, strace for the order of syncs and answers, openssl to check a receipt by hand, tor for the onion service,
# exiftool to find what copies of attachments must not hold, GnuPG and a mail server for notices.
missing=()
[ -x /usr/bin/chromium ] || missing+=(chromium)
[ -e /usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf ] || missing+=(fonts-liberation)
[ -x /usr/bin/strace ] || missing+=(strace)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
[ -x /usr/bin/openssl ] || missing+=(openssl)
[ -x /usr/bin/tor ] || missing+=(tor)
[ -x /usr/bin/exiftool ] && [ -e /usr/share/perl5/Archive/Zip.pm ] || missing+=(libimage-exiftool-perl libarchive-zip-perl)
[ -x /usr/bin/gpg ] || missing+=(gnupg)
[ -d /usr/lib/python3/dist-packages/aiosmtpd ] || missing+=(python3-aiosmtpd)
if [ "${#missing[@]}" -gt 0 ]; then
    echo "Installing from Debian: ${missing[*]}"
    apt-get update -qq
    # The tests make servers of their own: none is started by its package, nor with the machine.
    policy=/usr/sbin/policy-rc.d
    [ -e "$policy" ] || { trap 'rm -f "$policy"' EXIT && printf '#!/bin/sh\nexit 101\n' > "$policy" && chmod +x "$policy"; }
    mkdir -p /etc/postgresql-common && echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.conf
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-confold "${missing[@]}" >/dev/null
    [[ " ${missing[*]} " != *" tor "* ]] || update-rc.d tor disable >/dev/null
    [ -z "$(trap -p EXIT)" ] || { rm -f "$policy" && trap - EXIT; }
fi

dotnet build Probity.slnx -c Release -warnaserror -p:UseSharedCompilation=true

# Readers hammer the staff server's public log for a minute; by itself that test is content with some seconds.
export PROBITY_HAMMER_SECONDS="${PROBITY_HAMMER_SECONDS:-60}"

# The tests of the engine and of the reporter's side run beside the record's, which wait for the disk and for processes.
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
suite() { echo "== $1" && dotnet test --project "tests/$1/$1.csproj" -c Release --no-build 2>&1; }
beside() {
    local code=0
    for project in Probity.Lens.Tests Probity.Intake.Tests; do suite "$project" > "$logs/$project" || code=$?; done
    return "$code"
}
beside &
running=$!
code=0
suite Probity.Ledger.Tests | tee "$logs/Probity.Ledger.Tests" || code=$?
wait "$running" || code=$?
cat "$logs/Probity.Lens.Tests" "$logs/Probity.Intake.Tests"
suite Probity.Tests | tee "$logs/Probity.Tests" || code=$?
# A project that nobody runs is a mistake.
[ "$(ls -d tests/*.Tests | wc -l)" -eq 4 ] || { echo "test.sh does not run every project of tests/."; code=1; }

count() { cat "$logs"/* | awk -v key="$1:" '$1 == key { n += $2 } END { print n + 0 }'; }
passed=$(count succeeded) failed=$(count failed) skipped=$(count skipped)

# A runner that broke before it could count is a failure too.
if [ "$code" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
line="$passed passed, $failed failed"
[ "$skipped" -eq 0 ] || line="$line, $skipped skipped"
echo "$line"
exit "$code"
