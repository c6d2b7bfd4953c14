#!/bin/sh
# Makes the certificates in certificates/ for keys of keys/: throw-away, for tests only.
# Needs OpenSSL 3.0; the keys of the CAs are not kept.
set -eu
cd "$(dirname "$0")"
mkdir -p certificates
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
days=36500

CA='basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n'
LEAF='basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n'
IDS='subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n'

# ca_key NAME: a P-256 key for a CA.
ca_key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$tmp/$1.key"; }

# issue NAME ISSUER KEY SUBJECT EXTENSIONS SERIAL [DIGEST]
issue() {
    openssl req -new -key "$3" -subj "$4" -out "$tmp/$1.csr"
    printf %b "$5" >"$tmp/extensions"
    set -- "$1" "$2" "$6" "${7:-sha256}" "${5:+-extfile}" "${5:+$tmp/extensions}"
    openssl x509 -req -in "$tmp/$1.csr" -CA "certificates/$2.pem" -CAkey "$tmp/$2.key" \
        -set_serial "$3" "-$4" -days $days ${5:+"$5" "$6"} -out "certificates/$1.pem" 2>/dev/null
}

ca_key root
openssl req -new -x509 -key "$tmp/root.key" -subj '/C=DE/O=Example/CN=root' -days $days -sha256 \
    -addext 'keyUsage=critical,keyCertSign' -out certificates/root.pem
for n in 1 2; do ca_key intermediate-$n; done
issue intermediate-1 root "$tmp/intermediate-1.key" '/C=DE/O=Example/CN=intermediate 1' "$CA$IDS" 1
issue intermediate-2 intermediate-1 "$tmp/intermediate-2.key" '/C=DE/O=Example/CN=intermediate 2' "$CA$IDS" 2
# The same name as intermediate 2 with another key, as after a renewal of the CA.
ca_key intermediate-2-renewed
issue intermediate-2-renewed intermediate-1 "$tmp/intermediate-2-renewed.key" '/C=DE/O=Example/CN=intermediate 2' "$CA$IDS" 3
# Intermediate 2 once more, with the same key, from another CA.
ca_key other-root
openssl req -new -x509 -key "$tmp/other-root.key" -subj '/CN=other root' -days $days -out certificates/other-root.pem
cp "$tmp/intermediate-2.key" "$tmp/intermediate-2-crossed.key"
issue intermediate-2-crossed other-root "$tmp/intermediate-2.key" '/C=DE/O=Example/CN=intermediate 2' "$CA$IDS" 4
# A CA with a key that leaves may not have.
cp keys/ed25519.pem "$tmp/ed25519-ca.key"
issue ed25519-ca root "$tmp/ed25519-ca.key" '/CN=Ed25519 CA' "$CA$IDS" 5

# Leaves of P-256 and P-384 keys.
issue leaf root keys/p256.pem '/C=DE/O=Example/CN=leaf' "$LEAF" 258
issue leaf-p384 root keys/p384.pem '/CN=leaf p384' "$LEAF" 259
issue leaf-of-2 intermediate-2 keys/p256.pem '/CN=leaf of 2' "$LEAF$IDS" 0x7fffffffffffffffffffffffffffffffffffffff
# Ed25519 takes no digest, so this one is not for issue().
openssl req -new -key keys/p256.pem -subj '/CN=leaf of ed25519' -out "$tmp/leaf-of-ed25519.csr"
printf %b "$LEAF" >"$tmp/extensions"
openssl x509 -req -in "$tmp/leaf-of-ed25519.csr" -CA certificates/ed25519-ca.pem -CAkey "$tmp/ed25519-ca.key" \
    -set_serial 7 -days $days -extfile "$tmp/extensions" -out certificates/leaf-of-ed25519.pem 2>/dev/null

# Leaves with one thing wrong.
issue wrong-ca root keys/p256.pem '/CN=a ca' "$CA" 20
issue wrong-version root keys/p256.pem '/CN=version 1' '' 21
issue wrong-hash root keys/p256.pem '/CN=sha1' "$LEAF" 22 sha1
issue wrong-usage root keys/p256.pem '/CN=usage' 'keyUsage=keyAgreement\n' 23
issue no-usage root keys/p256.pem '/CN=no usage' 'basicConstraints=CA:FALSE\n' 24
issue wrong-subject root keys/p256.pem '/' "$LEAF" 25
issue odd-serial root keys/p256.pem '/CN=odd serial' "$LEAF" -1
issue wrong-ed25519 root keys/ed25519.pem '/CN=ed25519' "$LEAF" 27
issue wrong-secp256k1 root keys/secp256k1.pem '/CN=secp256k1' "$LEAF" 28
issue wrong-explicit root keys/p256-explicit.pem '/CN=explicit' "$LEAF" 29
issue wrong-rsa512 root keys/rsa512.pem '/CN=rsa512' "$LEAF" 30
issue small-rsa1024 root keys/rsa1024.pem '/CN=rsa1024' "$LEAF" 31
