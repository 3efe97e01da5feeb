#!/bin/sh
# Makes the keys and certificates that the measuring firmware (BoardSupport/Programs/Measure) shakes
# hands with, as arrays in C, with OpenSSL. They are test keys: everybody knows them.
#
# The sizes are those that servers of clouds have today: a leaf with the extensions that certificate
# authorities put in, an intermediate, and a root that the client holds. To make them anew changes
# the figures a little; what comes out is therefore checked in.
#
# Usage: measure-keys.sh >BoardSupport/Sources/CMeasure/test_keys.c
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >ca.cnf <<CONFIGURATION
[ca]
default_ca = any
[any]
database = index.txt
new_certs_dir = .
rand_serial = yes
unique_subject = no
policy = any_name
[any_name]
countryName = optional
organizationName = optional
commonName = optional
[req]
distinguished_name = none
[none]
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[middle]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, digitalSignature, keyCertSign, cRLSign
extendedKeyUsage = serverAuth, clientAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
authorityInfoAccess = OCSP;URI:http://ocsp.root.test, caIssuers;URI:http://root.test/root.der
crlDistributionPoints = URI:http://root.test/root.crl
certificatePolicies = 2.23.140.1.2.1
[leaf]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = DNS:mqtt.cloud.test, DNS:*.mqtt.cloud.test
authorityInfoAccess = OCSP;URI:http://ocsp.middle.test, caIssuers;URI:http://middle.test/middle.der
crlDistributionPoints = URI:http://crl.middle.test/abcdefgh/ijklmnopqrs.crl
certificatePolicies = 2.23.140.1.2.1
# As large as the two time stamps of certificate transparency; nobody looks inside.
1.3.6.1.4.1.11129.2.4.2 = DER:0481F2$(printf '00%.0s' $(seq 242))
[client]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = clientAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
CONFIGURATION
: >index.txt

# certificate NAME ISSUER KEY EXTENSIONS SUBJECT: makes a key and its certificate.
certificate() {
  # shellcheck disable=SC2086 # the key's options are meant to be split
  openssl req -new -config ca.cnf -newkey $3 -nodes -keyout "$1.key" -subj "$5" -out "$1.csr"
  signer="-cert $2.pem -keyfile $2.key"
  [ "$1" != "$2" ] || signer="-selfsign -keyfile $1.key"
  # shellcheck disable=SC2086 # as above
  openssl ca -batch -notext -config ca.cnf -md sha256 $signer -in "$1.csr" -extensions "$4" \
    -startdate 20200101000000Z -enddate 20591231000000Z -out "$1.pem"
  openssl x509 -in "$1.pem" -outform DER -out "$1.crt"
}

# array NAME FILE: prints the file as an array in C.
array() {
  echo
  echo "static const uint8_t $1[] = {"
  od -An -v -tx1 -w16 "$2" | sed 's/ \(..\)/ 0x\1,/g; s/^ /    /'
  echo "};"
}

p256="ec -pkeyopt ec_paramgen_curve:prime256v1"
{
  certificate rsa-root rsa-root rsa:4096 root "/C=US/O=Test Trust/CN=Test Root R1"
  certificate rsa-middle rsa-root rsa:2048 middle "/C=US/O=Test Trust/CN=Test R3"
  certificate rsa-leaf rsa-middle rsa:2048 leaf "/CN=mqtt.cloud.test"
  certificate ec-root ec-root "$p256" root "/C=US/O=Test Trust/CN=Test Root E4"
  certificate ec-middle ec-root "$p256" middle "/C=US/O=Test Trust/CN=Test E1"
  certificate ec-leaf ec-middle "$p256" leaf "/CN=mqtt.cloud.test"
  certificate device-root device-root "$p256" root "/O=Test Devices/CN=Test Devices Root"
  certificate device-ec device-root "$p256" client "/O=Test Devices/CN=device-1"
  openssl genrsa -out device-rsa.key 2048
  for name in rsa-leaf device-rsa; do
    openssl rsa -traditional -in $name.key -outform DER -out $name.der
  done
  for name in ec-leaf device-ec; do
    openssl ec -in $name.key -outform DER -out $name.der
  done
} >log 2>&1 || {
  tail -n 15 log >&2
  exit 1
}

cat <<SOURCE
/* Test keys and certificates, made by Tools/measure-keys.sh. THE KEYS ARE PUBLIC: no device and no
 * server may ever be given one of them. */
#include "CMeasure.h"
SOURCE
for name in rsa-root rsa-middle rsa-leaf ec-root ec-middle ec-leaf device-root device-ec; do
  array "$(echo "$name" | tr - _)_certificate" "$name.crt"
done
for name in rsa-leaf ec-leaf device-ec device-rsa; do
  array "$(echo "$name" | tr - _)_key" "$name.der"
done

cat <<SOURCE

#define BYTES(array) ((measure_bytes){array, sizeof(array)})

measure_bytes measure_test_bytes(int32_t name) {
  switch (name) {
SOURCE
for name in rsa_root_certificate rsa_middle_certificate rsa_leaf_certificate ec_root_certificate \
  ec_middle_certificate ec_leaf_certificate device_root_certificate device_ec_certificate \
  rsa_leaf_key ec_leaf_key device_ec_key device_rsa_key; do
  echo "    case MEASURE_$(echo $name | tr a-z A-Z):"
  echo "      return BYTES($name);"
done
cat <<SOURCE
    default:
      return (measure_bytes){NULL, 0};
  }
}
SOURCE
