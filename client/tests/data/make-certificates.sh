#!/bin/sh
# Makes the certificates of the transport tests: a CA, a server of several names, and the same
# server with a certificate whose time is over. `openssl ca`, because it takes dates.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
touch "$work/index.txt"
cat > "$work/ca.cnf" <<CONFIG
[ca]
default_ca = tests
[tests]
database = $work/index.txt
new_certs_dir = $work
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[server]
basicConstraints = critical, CA:FALSE
subjectAltName = DNS:service.test, DNS:localhost, IP:127.0.0.1
CONFIG
key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1"; }
request() { openssl req -new -key "$1" -subj "/CN=$2" -out "$work/request.pem"; }
issue() { openssl ca -config "$work/ca.cnf" -batch -notext -in "$work/request.pem" "$@"; }
key "$work/ca-key.pem"
request "$work/ca-key.pem" 'Transport tests'
issue -selfsign -keyfile "$work/ca-key.pem" -extensions authority \
    -startdate 20200101000000Z -enddate 21200101000000Z -out ca.pem
key server-key.pem
request server-key.pem service.test
by_ca="-cert ca.pem -keyfile $work/ca-key.pem -extensions server"
issue $by_ca -startdate 20200101000000Z -enddate 21200101000000Z -out server.pem
issue $by_ca -startdate 20200101000000Z -enddate 20210101000000Z -out expired.pem
