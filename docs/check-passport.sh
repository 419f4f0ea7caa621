#!/usr/bin/env bash
# Checks a clearance passport by hand, with nothing of Probity: bash, coreutils, sed, grep and OpenSSL 3.
#   check-passport.sh PASSPORT KEY LIST [SECONDS]      files with the passport, the issuer's key and the issuer's newest list; a time in seconds since 1970, else now
set -euo pipefail
refuse() { echo "check-passport.sh: $1" >&2; exit 2; }
[ $# -eq 3 ] || [ $# -eq 4 ] || refuse "give the passport, the issuer's key and the list: bash check-passport.sh PASSPORT KEY LIST"
for file in "$1" "$2" "$3"; do [ -f "$file" ] && [ -r "$file" ] || refuse "there is no file $file that can be read"; done
now=${4:-$(date +%s)}
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
not() { echo "NOT VALID  $1"; exit 1; }
unknown() { echo "NOT KNOWN TO BE VALID  $1"; exit 1; }
hex() { od -An -v -tx1 | tr -d ' \n'; }
bytes() { printf "$(printf %s "$1" | sed 's/../\\x&/g')"; }      # hex digits to bytes
decode() { local t; t=$(printf %s "$1" | tr '_-' '/+'); while [ $((${#t} % 4)) != 0 ]; do t+='='; done; printf %s "$t" | base64 -d; }

# 1. The key, name+id+base64: its ID is the beginning of SHA-256(name, newline, type, key). Compare the fingerprint by telephone.
key=$(head -c 1000 "$2" | tr -d '\r\n')
[[ $key =~ ^[A-Za-z0-9./:_~-]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+$ ]] || refuse "this is no issuer's key: $2"
name=${key%%+*} rest=${key#*+}; id=${rest%%+*}
printf %s "${rest#*+}" | base64 -d > "$work/key"                 # a byte of type, 32 bytes of key
[ "$({ printf '%s\n' "$name"; cat "$work/key"; } | sha256sum | cut -c1-8)" = "$id" ] && [ "$(head -c 1 "$work/key" | hex)" = 01 ] || refuse "the key does not have its ID"
{ bytes 302a300506032b6570032100; tail -c 32 "$work/key"; } > "$work/key.der"
echo "issuer       $name"
echo "fingerprint  $(printf %s "$key" | sha256sum | cut -c1-64 | sed 's/..../& /g;s/ $//')"

# 2. Passport and list alike: header.payload.signature, each in base64url; Ed25519 over "header.payload" as it stands.
part() { cut -d. -f"$1" <<< "$token"; }                          # over a long list the shell's own ways take a minute
open() {
    local token head body tail; token=$(tr -d '\r\n ' < "$1")
    [[ $token =~ ^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$ ]] || return 1
    head=$(part 1) body=$(part 2) tail=$(part 3)
    [ "$(decode "$head" 2>/dev/null | tr -d '\0')" = "{\"alg\":\"EdDSA\",\"kid\":\"$id\",\"typ\":\"$2\"}" ] || return 1
    printf %s "$head.$body" > "$work/message"
    decode "$tail" > "$work/signature" 2>/dev/null || return 1
    openssl pkeyutl -verify -pubin -keyform DER -inkey "$work/key.der" -rawin -in "$work/message" -sigfile "$work/signature" > /dev/null 2>&1 || return 1
    decode "$body" > "$work/said"
}
said() { sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p" "$work/said"; }

open "$1" probity-passport+jwt || not "it is no passport that this key signed"
[[ $(cat "$work/said") =~ ^\{\"iss\":\"([^\"]+)\",\"jti\":\"[A-Za-z0-9_-]{22}\",\"lvl\":\"(basic|sensitive|special)\",\"iat\":[1-9][0-9]{0,10},\"exp\":[1-9][0-9]{0,10},\"hld\":\"[A-Za-z0-9_-]{43}\"\}$ ]] \
    && [ "${BASH_REMATCH[1]}" = "$name" ] || not "what was signed is no passport of this form"
token=$(said jti) from=$(said iat) until=$(said exp)
echo "level        $(said lvl)"
echo "counts       from $(date -u -d "@$from" '+%Y-%m-%d %H:%M:%S') until $(date -u -d "@$until" '+%Y-%m-%d %H:%M:%S') UTC"
[ "$from" -le $((now + 120)) ] || not "it was issued later than now: look at the clock"
[ $((until - from)) -le $((400 * 86400)) ] && [ "$until" -gt "$from" ] || not "it says a longer time than any passport may have"
[ "$now" -lt "$until" ] || not "its time is over"

# 3. The list: the first 12 bytes of SHA-256(salt, number) in base64url for each passport that counts no longer, and others that fill it up.
open "$3" probity-passport-revoked+jwt && [ "$(said iss)" = "$name" ] || unknown "the list is not one that this issuer signed"
[[ $(sed 's/"ids":"[A-Za-z0-9_-]*"}$/"ids":""}/' "$work/said") =~ ^\{\"iss\":\"[^\"]+\",\"num\":[1-9][0-9]{0,14},\"iat\":[1-9][0-9]{0,10},\"nxt\":[1-9][0-9]{0,10},\"slt\":\"[A-Za-z0-9_-]{22}\",\"ids\":\"\"\}$ ]] \
    || unknown "what was signed is no list of this form"
mark=$(printf %s "$(said slt)$token" | openssl dgst -sha256 -binary | head -c 12 | base64 | tr '/+' '_-')
# Into a file first: where grep leaves at its first find, what writes to it would break off, and the pipe would count as "not found".
said ids | fold -w 16 > "$work/ids"
if grep -xF -e "$mark" "$work/ids" > /dev/null; then not "the issuer has revoked it"; fi
[ "$(said iat)" -le $((now + 120)) ] || unknown "the list is of later than now: look at the clock"
[ $(($(said nxt) - $(said iat))) -le $((31 * 86400)) ] && [ "$now" -lt "$(said nxt)" ] || unknown "the list is too old: fetch the newest"
echo "VALID  compare name, document and comparison code with the person"
