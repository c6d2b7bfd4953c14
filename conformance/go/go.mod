module rolesanywhere.example/conformance

go 1.24

require (
	// Go's own library writes no PBES2; this one does, as Go programs' users have it.
	github.com/youmark/pkcs8 v0.0.0-20240726163527-a2c0da244d78
	// What Go programs write PKCS#12 with.
	software.sslmate.com/src/go-pkcs12 v0.7.4
)

require golang.org/x/crypto v0.22.0 // indirect
