// Command key_files writes private keys and PKCS#12 files as Go programs do, from NAME.pem and
// NAME-key.pem in a directory, and prints the leaf and the name of each.
package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/youmark/pkcs8"
	"software.sslmate.com/src/go-pkcs12"
)

const secret = "secret"

var directory = os.Args[1]

func main() {
	log.SetFlags(0)
	chain := certificates("chain.pem")
	for _, leaf := range []string{"p256", "p384", "p521", "rsa"} {
		key, err := x509.ParsePKCS8PrivateKey(blocks(leaf + "-key.pem")[0])
		check(err)
		plain(leaf, key)
		encrypted(leaf, key)
		files(leaf, key, certificates(leaf + ".pem")[0], chain)
	}
}

// plain writes what crypto/x509 marshals.
func plain(leaf string, key any) {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	check(err)
	write(leaf, "pkcs8.der", der)
	write(leaf, "pkcs8.pem", encode("PRIVATE KEY", der))
	switch key := key.(type) {
	case *ecdsa.PrivateKey:
		der, err := x509.MarshalECPrivateKey(key)
		check(err)
		write(leaf, "sec1.pem", encode("EC PRIVATE KEY", der))
	case *rsa.PrivateKey:
		write(leaf, "pkcs1.pem", encode("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(key)))
	}
}

// encrypted writes PBES2 with each pairing of cipher and derivation that github.com/youmark/pkcs8 has;
// but for its GCM, which is CBC under GCM's name and nobody else's.
func encrypted(leaf string, key any) {
	ciphers := map[string]pkcs8.Cipher{
		"aes128cbc": pkcs8.AES128CBC, "aes192cbc": pkcs8.AES192CBC, "aes256cbc": pkcs8.AES256CBC,
		"3des": pkcs8.TripleDESCBC,
	}
	derivations := map[string]pkcs8.KDFOpts{
		"sha1":   pkcs8.PBKDF2Opts{SaltSize: 8, IterationCount: 1000, HMACHash: crypto.SHA1},
		"sha256": pkcs8.PBKDF2Opts{SaltSize: 16, IterationCount: 1000, HMACHash: crypto.SHA256},
		"scrypt": pkcs8.ScryptOpts{SaltSize: 16, CostParameter: 64, BlockSize: 8, ParallelizationParameter: 1},
	}
	for cipherName, cipher := range ciphers {
		for derivationName, derivation := range derivations {
			options := &pkcs8.Opts{Cipher: cipher, KDFOpts: derivation}
			der, err := pkcs8.MarshalPrivateKey(key, []byte(secret), options)
			check(err)
			write(leaf, cipherName+"-"+derivationName+".pem", encode("ENCRYPTED PRIVATE KEY", der))
		}
	}
}

// files writes PKCS#12 by each of go-pkcs12's encoders.
func files(leaf string, key any, certificate *x509.Certificate, chain []*x509.Certificate) {
	for name, encoder := range map[string]*pkcs12.Encoder{
		"modern2026": pkcs12.Modern2026, "modern2023": pkcs12.Modern2023,
		"legacydes": pkcs12.LegacyDES, "legacyrc2": pkcs12.LegacyRC2,
	} {
		file, err := encoder.Encode(key, certificate, chain, secret)
		check(err)
		write(leaf, name+".p12", file)
	}
	file, err := pkcs12.Passwordless.Encode(key, certificate, chain, "")
	check(err)
	write(leaf, "passwordless.p12", file)
}

func write(leaf, name string, content []byte) {
	name = leaf + "-go-" + name
	check(os.WriteFile(filepath.Join(directory, name), content, 0o600))
	fmt.Printf("%s\t%s\n", leaf, name)
}

func encode(label string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: label, Bytes: der})
}

func certificates(name string) []*x509.Certificate {
	var parsed []*x509.Certificate
	for _, der := range blocks(name) {
		certificate, err := x509.ParseCertificate(der)
		check(err)
		parsed = append(parsed, certificate)
	}
	return parsed
}

func blocks(name string) [][]byte {
	rest, err := os.ReadFile(filepath.Join(directory, name))
	check(err)
	var ders [][]byte
	for {
		block, after := pem.Decode(rest)
		if block == nil {
			return ders
		}
		ders, rest = append(ders, block.Bytes), after
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
