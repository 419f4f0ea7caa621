#!/usr/bin/env bash
# Checks a receipt (C2SP tlog-proof) by hand, with nothing of Probity: bash, coreutils, sed and OpenSSL 3.
#   verify-receipt.sh RECEIPT LOG-KEY [WITNESS-KEY ...]      a key is the text name+1a2b3c4d+base64, or a file that holds it
set -euo pipefail
refuse() { echo "verify-receipt.sh: $1" >&2; exit 2; }
[ $# -ge 2 ] || refuse "give the receipt, the log's key and those of witnesses: bash verify-receipt.sh RECEIPT LOG-KEY [WITNESS-KEY ...]"
receipt=$1; shift
[ -f "$receipt" ] && [ -r "$receipt" ] || refuse "there is no file $receipt that can be read"
keys=()
for key in "$@"; do
    if [ -f "$key" ]; then key=$(cat "$key"); fi
    [[ $key =~ ^[^+[:space:]]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+$ ]] || refuse "no key, nor a file that holds one alone: ${key%%$'\n'*}"
    keys+=("$key")
done
log=${keys[0]}
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
wrong() { echo "WRONG  $1"; exit 1; }
trap 'wrong "the receipt is damaged: get it again"' ERR; set -E
hex() { od -An -v -tx1 | tr -d ' \n'; }
bytes() { printf "$(printf %s "$1" | sed 's/../\\x&/g')"; }      # hex digits to bytes
sha() { sha256sum | cut -c1-64; }

# 1. The parts: the lines up to the first empty one, the checkpoint's text, and its signatures.
sed '/^$/,$d' "$receipt" > "$work/head"
sed '1,/^$/d' "$receipt" > "$work/note"
sed '/^$/,$d' "$work/note" > "$work/text"
sed '1,/^$/d' "$work/note" > "$work/signatures"
[ "$(sed -n 1p "$work/head")" = c2sp.org/tlog-proof@v1 ] || wrong "this is no receipt"
sed -n 's/^extra //p' "$work/head" | base64 -d > "$work/extra"
index=$(sed -n 's/^index //p' "$work/head")
size=$(sed -n 2p "$work/text") root=$(sed -n 3p "$work/text" | base64 -d | hex)

# 2. Signatures: "— name base64(4 bytes of key ID, signature)". The log signs the text as it stands (Ed25519); a witness signs
#    "cosignature/v1", "time SECONDS" and the text, and puts the time before its signature, in 8 bytes.
check() {
    local name=${1%%+*} rest=${1#*+}; local id=${rest%%+*} line
    printf %s "${rest#*+}" | base64 -d > "$work/key"             # a byte of type, 32 bytes of key
    local type; type=$(head -c 1 "$work/key" | hex)
    [ "$({ printf '%s\n' "$name"; cat "$work/key"; } | sha | cut -c1-8)" = "$id" ] || wrong "$name: the key does not have its ID"
    { bytes 302a300506032b6570032100; tail -c 32 "$work/key"; } > "$work/key.der"
    while read -r _ who line; do
        [ "$who" = "$name" ] || continue
        printf %s "$line" | base64 -d > "$work/line"
        [ "$(head -c 4 "$work/line" | hex)" = "$id" ] || continue
        tail -c 64 "$work/line" > "$work/signature"
        when=
        if [ "$type" = 04 ]; then
            when=$((16#$(head -c 12 "$work/line" | tail -c 8 | hex)))
            { printf 'cosignature/v1\ntime %s\n' "$when"; cat "$work/text"; } > "$work/message"
        else cp "$work/text" "$work/message"; fi
        openssl pkeyutl -verify -pubin -keyform DER -inkey "$work/key.der" -rawin -in "$work/message" -sigfile "$work/signature" > "$work/said" 2>&1 \
            || wrong "the signature of $name is not genuine"
        echo "ok     signed by $name${when:+ on $(date -u -d "@$when" '+%Y-%m-%d %H:%M:%S') UTC}"
        return
    done < "$work/signatures"
    wrong "$name has not signed"
}
[ "$(sed -n 1p "$work/text")" = "${log%%+*}" ] || wrong "the receipt is of another log"
for key in "${keys[@]}"; do check "$key"; done

# 3. What opens the entry, a CBOR array: 83 01 01 entry, 83 01 02 header, or 85 01 03 header salt payload, each a byte string.
at=3
take() {
    local first length more=0; first=$(od -An -tu1 -j $at -N 1 "$work/extra"); length=$((first - 64)); at=$((at + 1))
    case $((first)) in 88) more=1 ;; 89) more=2 ;; 90) more=4 ;; esac
    if [ $more -gt 0 ]; then length=$((16#$(od -An -v -tx1 -j $at -N $more "$work/extra" | tr -d ' \n'))); at=$((at + more)); fi
    at=$((at + length)); head -c $at "$work/extra" | tail -c $length > "$work/$1"
}
form=$(head -c 3 "$work/extra" | hex)
case $form in
    830101) take entry ;;
    830102 | 850103) take header; { bytes 01; bytes "$(sha < "$work/header")"; } > "$work/entry" ;;
    *) wrong "the receipt does not carry its entry" ;;
esac

# 4. From the entry up to the root: a leaf is SHA-256(00 entry), a node SHA-256(01 left right); RFC 9162, section 2.1.3.2.
hash=$({ bytes 00; cat "$work/entry"; } | sha) fn=$index sn=$((size - 1))
[ "$index" -lt "$size" ] || wrong "the log has no record $index"
for line in $(sed '1,/^index /d' "$work/head"); do
    other=$(printf %s "$line" | base64 -d | hex)
    [ $sn -gt 0 ] || wrong "the way to the root is too long"
    if [ $((fn & 1)) = 1 ] || [ "$fn" = "$sn" ]; then
        hash=$(bytes "01$other$hash" | sha)
        while [ $((fn & 1)) = 0 ] && [ "$fn" != 0 ]; do fn=$((fn >> 1)) sn=$((sn >> 1)); done
    else hash=$(bytes "01$hash$other" | sha); fi
    fn=$((fn >> 1)) sn=$((sn >> 1))
done
[ "$sn" = 0 ] && [ "$hash" = "$root" ] || wrong "what the receipt shows is not record $index of the log"
echo "ok     record $index of $size stands in the log, unchanged"

# 5. The content: SHA-256(salt payload) is in the header, in 32 bytes that end 34 before its end.
if [ "$form" = 850103 ]; then
    take salt; take payload
    [ "$(cat "$work/salt" "$work/payload" | sha)" = "$(tail -c 66 "$work/header" | head -c 32 | hex)" ] || wrong "the content is not what was recorded"
    echo "ok     this is what was recorded:"; cat "$work/payload"; echo
fi
