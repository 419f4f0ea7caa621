#!/usr/bin/env bash
# Every test, from a machine that has only the .NET SDK 10, git and root. The last line is "N passed, N failed[, N skipped]".
set -euo pipefail
cd "$(dirname "$0")"

# What the tests use beside the SDK, from Debian: a browser, PostgreSQL, strace for the order of syncs and answers, openssl to check a receipt by hand.
missing=()
[ -x /usr/bin/chromium ] || missing+=(chromium)
[ -x /usr/bin/strace ] || missing+=(strace)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
[ -x /usr/bin/openssl ] || missing+=(openssl)
if [ "${#missing[@]}" -gt 0 ]; then
    echo "Installing from Debian: ${missing[*]}"
    apt-get update -qq
    # The tests make servers of their own: none is started with the machine.
    mkdir -p /etc/postgresql-common && echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.conf
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-confold "${missing[@]}" >/dev/null
fi

dotnet build Probity.slnx -c Release -warnaserror

# Readers hammer the staff server's public log for a minute; by itself that test is content with some seconds.
export PROBITY_HAMMER_SECONDS="${PROBITY_HAMMER_SECONDS:-60}"

passed=0 failed=0 skipped=0 code=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
count() { awk -v key="$1:" '$1 == key { n += $2 } END { print n + 0 }' "$log"; }
for project in tests/*/*.csproj; do
    echo "== $project"
    dotnet test --project "$project" -c Release --no-build 2>&1 | tee "$log" || code=$?
    passed=$((passed + $(count succeeded))) failed=$((failed + $(count failed))) skipped=$((skipped + $(count skipped)))
done

# A runner that broke before it could count is a failure too.
if [ "$code" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
line="$passed passed, $failed failed"
[ "$skipped" -eq 0 ] || line="$line, $skipped skipped"
echo "$line"
exit "$code"
