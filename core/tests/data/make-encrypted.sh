#!/bin/sh
# Makes the encrypted keys and PKCS#12 files in encrypted/, of the key and the leaf of keys/ and
# certificates/: throw-away, for tests only. The passphrase is `secret`. Needs OpenSSL 3 with its
# legacy provider.
set -eu
cd "$(dirname "$0")"
mkdir -p encrypted
key=keys/p256.pem
pkcs8() { openssl pkcs8 -topk8 -in $key -passout pass:secret "$@"; }
legacy='-provider default -provider legacy'

# The function's name is left out where it is HMAC-SHA1.
pkcs8 -v2 aes-128-cbc -v2prf hmacWithSHA1 -out encrypted/aes128-sha1.pem
pkcs8 -v2 aes-192-cbc -v2prf hmacWithSHA224 -iter 3 -out encrypted/aes192-sha224.pem
pkcs8 -v2 aes-256-cbc -v2prf hmacWithSHA512 -iter 1 -out encrypted/aes256-sha512.pem
pkcs8 -v2 des3 -v2prf hmacWithSHA384 -out encrypted/des3-sha384.pem
pkcs8 -scrypt -scrypt_N 16 -scrypt_r 8 -scrypt_p 2 -out encrypted/scrypt.pem
pkcs8 -v2 aes-256-cbc -iter 10000001 -out encrypted/too-many-iterations.pem
pkcs8 -v2 camellia-256-cbc -out encrypted/camellia.pem
pkcs8 -v2 aes-128-cbc -v2prf hmacWithSHA512-256 -out encrypted/sha512-256.pem
pkcs8 -v1 PBE-MD5-DES $legacy -out encrypted/pbes1.pem
pkcs8 -v1 PBE-SHA1-3DES -out encrypted/pkcs12-3des.pem
pkcs8 -v1 PBE-SHA1-RC4-128 $legacy -out encrypted/pkcs12-rc4.pem

pkcs12() {
    openssl pkcs12 -export -inkey $key -in certificates/leaf-of-2.pem -out "$@"
}
chain() { cat certificates/intermediate-2.pem certificates/intermediate-1.pem certificates/root.pem; }
chain >encrypted/chain.tmp
pkcs12 encrypted/modern.p12 -certfile encrypted/chain.tmp -name 'näme' -passout pass:secret
pkcs12 encrypted/legacy.p12 -certfile encrypted/chain.tmp -name name -passout pass:secret -legacy
pkcs12 encrypted/two-keys.p12 -passout pass:secret -keypbe PBE-SHA1-2DES -certpbe PBE-SHA1-RC2-128 $legacy
pkcs12 encrypted/unencrypted.p12 -passout pass:secret -keypbe NONE -certpbe NONE
pkcs12 encrypted/no-mac.p12 -passout pass:secret -nomac
pkcs12 encrypted/sha512-mac.p12 -passout pass:sécret -macalg sha512
pkcs12 encrypted/empty.p12 -passout pass:
rm encrypted/chain.tmp
