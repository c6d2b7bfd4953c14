#!/bin/sh
# Makes the private keys in keys/: throw-away, for tests only. Needs OpenSSL 3 and ssh-keygen.
set -eu
cd "$(dirname "$0")/keys"
umask 077

ec() { openssl genpkey -algorithm EC -pkeyopt "ec_paramgen_curve:$1" -out "$2"; }

for curve in P-256 P-384 P-521; do
    name=$(echo "$curve" | tr -d - | tr '[:upper:]' '[:lower:]')
    ec "$curve" "$name.pem"
    openssl ec -in "$name.pem" -out "$name-sec1.pem" 2>/dev/null
    openssl ec -in "$name.pem" -no_public -out "$name-sec1-no-public.pem" 2>/dev/null
done
# `ecparam -genkey` writes an EC PARAMETERS block first.
openssl ecparam -name prime256v1 -genkey -out p256-with-parameters.pem
openssl ecparam -name prime256v1 -genkey -param_enc explicit -out p256-explicit.pem
openssl pkcs8 -topk8 -nocrypt -in p256-explicit.pem -out p256-explicit-pkcs8.pem
openssl pkey -in p256.pem -pubout -out p256-public.pem
openssl pkcs8 -topk8 -in p256.pem -passout pass:secret -out p256-encrypted.pem
openssl ec -in p256.pem -aes128 -passout pass:secret -out p256-traditional-encrypted.pem 2>/dev/null
cp p256.pem p256-openssh.pem
ssh-keygen -q -p -N '' -f p256-openssh.pem >/dev/null
openssl req -new -key p256.pem -subj /CN=request -out p256-request.pem
openssl req -new -x509 -key p256.pem -subj /CN=p12 -days 1 |
    openssl pkcs12 -export -inkey p256.pem -passout pass: -out p256.p12
ec secp256k1 secp256k1.pem
ec brainpoolP256r1 brainpool.pem
# A revocation list of nothing.
touch index.txt
printf '[ca]\ndefault_ca=ca\n[ca]\ndatabase=index.txt\n' >ca.cnf
openssl req -new -x509 -key p256.pem -subj /CN=crl -days 1 -out ca.pem
openssl ca -config ca.cnf -gencrl -keyfile p256.pem -cert ca.pem -md sha256 -crldays 36500 -out revocations.pem
rm index.txt ca.cnf ca.pem

for bits in 512 1024 2048; do
    openssl genpkey -quiet -algorithm RSA -pkeyopt "rsa_keygen_bits:$bits" -out "rsa$bits.pem"
done
openssl rsa -traditional -in rsa2048.pem -out rsa2048-pkcs1.pem 2>/dev/null
openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -pkeyopt rsa_keygen_primes:3 -out rsa1024-three-primes.pem
openssl genpkey -quiet -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:1024 -out rsa-pss.pem

for algorithm in ED25519 ED448 X25519; do
    openssl genpkey -algorithm "$algorithm" -out "$(echo "$algorithm" | tr '[:upper:]' '[:lower:]').pem"
done
openssl dsaparam -genkey 1024 2>/dev/null | openssl pkcs8 -topk8 -nocrypt -out dsa.pem
