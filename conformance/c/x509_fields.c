/* Reads certificates from standard input, each after its length in four octets, big-endian, and
 * prints what OpenSSL reads of each on a line: fields in the order of `fields`, separated by tabs.
 * A field that is malformed is printed as "bad". */
#include <openssl/asn1.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LARGEST (1 << 20)

/* The keywords of the core, which follow RFC 4514; OpenSSL's own are others for some. */
static const struct {
  const char *oid, *keyword;
} KEYWORDS[] = {
    {"2.5.4.3", "CN"},
    {"2.5.4.10", "O"},
    {"2.5.4.11", "OU"},
    {"2.5.4.6", "C"},
    {"2.5.4.7", "L"},
    {"2.5.4.8", "ST"},
    {"2.5.4.9", "STREET"},
    {"0.9.2342.19200300.100.1.25", "DC"},
    {"0.9.2342.19200300.100.1.1", "UID"},
    {"2.5.4.5", "serialNumber"},
    {"2.5.4.4", "sn"},
    {"2.5.4.42", "givenName"},
    {"2.5.4.43", "initials"},
    {"2.5.4.44", "generationQualifier"},
    {"2.5.4.12", "title"},
    {"2.5.4.13", "description"},
    {"2.5.4.17", "postalCode"},
    {"2.5.4.46", "dnQualifier"},
    {"2.5.4.65", "pseudonym"},
    {"2.5.4.97", "organizationIdentifier"},
    {"1.2.840.113549.1.9.1", "emailAddress"},
};

static void hex(FILE *out, const unsigned char *octets, int length) {
  for (int i = 0; i < length; i++) fprintf(out, "%02x", octets[i]);
}

static const char *keyword(const char *oid) {
  for (size_t i = 0; i < sizeof KEYWORDS / sizeof *KEYWORDS; i++)
    if (strcmp(KEYWORDS[i].oid, oid) == 0) return KEYWORDS[i].keyword;
  return NULL;
}

/* RFC 4514's text by OpenSSL's own printing of values; 0 where a value cannot be printed. */
static int name(BIO *out, const X509_NAME *name) {
  const unsigned long text = ASN1_STRFLGS_RFC2253 & ~ASN1_STRFLGS_ESC_MSB;
  int last_set = -1;
  for (int i = X509_NAME_entry_count(name) - 1; i >= 0; i--) {
    /* Sets come last one first, and what is in one in its own order. */
    int first = i;
    int set = X509_NAME_ENTRY_set(X509_NAME_get_entry(name, i));
    while (first > 0 && X509_NAME_ENTRY_set(X509_NAME_get_entry(name, first - 1)) == set) first--;
    for (int j = first; j <= i; j++) {
      X509_NAME_ENTRY *entry = X509_NAME_get_entry(name, j);
      const ASN1_STRING *value = X509_NAME_ENTRY_get_data(entry);
      char oid[512];
      int length = OBJ_obj2txt(oid, sizeof oid, X509_NAME_ENTRY_get_object(entry), 1);
      if (length <= 0 || length >= (int)sizeof oid) return 0;
      if (last_set >= 0) BIO_puts(out, j == first ? "," : "+");
      last_set = set;
      const char *known = keyword(oid);
      BIO_printf(out, "%s=", known ? known : oid);
      unsigned long flags = known ? text | ASN1_STRFLGS_DUMP_UNKNOWN | ASN1_STRFLGS_DUMP_DER
                                  : text | ASN1_STRFLGS_DUMP_ALL | ASN1_STRFLGS_DUMP_DER;
      if (ASN1_STRING_print_ex(out, value, flags) < 0) return 0;
    }
    i = first;
  }
  return 1;
}

static void print_name(const X509_NAME *value) {
  BIO *memory = BIO_new(BIO_s_mem());
  char *text;
  if (name(memory, value)) {
    long length = BIO_get_mem_data(memory, &text);
    printf("\t%.*s", (int)length, text);
  } else {
    printf("\tbad");
  }
  BIO_free(memory);
}

static void print_time(const ASN1_TIME *time) {
  struct tm parts;
  if (ASN1_TIME_check(time) && ASN1_TIME_to_tm(time, &parts))
    printf("\t%lld", (long long)timegm(&parts));
  else
    printf("\tbad");
}

static void print_serial(X509 *certificate) {
  BIGNUM *number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), NULL);
  char *decimal = number ? BN_bn2dec(number) : NULL;
  printf("\t%s", decimal ? decimal : "bad");
  OPENSSL_free(decimal);
  BN_free(number);
}

/* An extension, or why there is none: "none" or "bad". */
static void *extension(X509 *certificate, int nid) {
  int critical;
  void *found = X509_get_ext_d2i(certificate, nid, &critical, NULL);
  if (!found) printf(critical == -1 ? "\tnone" : "\tbad");
  return found;
}

static void print_extensions(X509 *certificate) {
  BASIC_CONSTRAINTS *constraints = extension(certificate, NID_basic_constraints);
  if (constraints) printf("\t%d", constraints->ca != 0);
  BASIC_CONSTRAINTS_free(constraints);
  ASN1_BIT_STRING *usage = extension(certificate, NID_key_usage);
  if (usage) printf("\t%d", ASN1_BIT_STRING_get_bit(usage, 0));
  ASN1_BIT_STRING_free(usage);
  ASN1_OCTET_STRING *subject = extension(certificate, NID_subject_key_identifier);
  if (subject) {
    printf("\t:");
    hex(stdout, ASN1_STRING_get0_data(subject), ASN1_STRING_length(subject));
  }
  ASN1_OCTET_STRING_free(subject);
  AUTHORITY_KEYID *authority = extension(certificate, NID_authority_key_identifier);
  if (authority && authority->keyid) {
    printf("\t:");
    hex(stdout, ASN1_STRING_get0_data(authority->keyid), ASN1_STRING_length(authority->keyid));
  } else if (authority) {
    printf("\tnone");
  }
  AUTHORITY_KEYID_free(authority);
}

static void print_key(X509 *certificate) {
  EVP_PKEY *key = X509_get0_pubkey(certificate);
  ASN1_BIT_STRING *bits = X509_get0_pubkey_bitstr(certificate);
  char group[80] = "";
  if (!key) {
    printf("\tbad");
    return;
  }
  if (EVP_PKEY_get_base_id(key) == EVP_PKEY_EC)
    EVP_PKEY_get_group_name(key, group, sizeof group, NULL);
  printf("\t%s%s:", OBJ_nid2sn(EVP_PKEY_get_base_id(key)), group);
  hex(stdout, bits->data, bits->length);
}

static void print_hash(X509 *certificate) {
  int hash = NID_undef;
  X509_get_signature_info(certificate, &hash, NULL, NULL, NULL);
  printf("\t%s", hash == NID_undef ? "unknown" : OBJ_nid2sn(hash));
}

static void fields(const unsigned char *der, long length) {
  const unsigned char *end = der;
  X509 *certificate = d2i_X509(NULL, &end, length);
  if (!certificate || end != der + length) {
    printf("refused\t%s\n",
           certificate ? "trailing" : ERR_reason_error_string(ERR_peek_last_error()));
  } else {
    printf("read\t%ld", X509_get_version(certificate) + 1);
    print_serial(certificate);
    print_name(X509_get_issuer_name(certificate));
    print_name(X509_get_subject_name(certificate));
    printf("\t%d", X509_NAME_cmp(X509_get_issuer_name(certificate),
                                 X509_get_subject_name(certificate)) == 0);
    print_time(X509_get0_notBefore(certificate));
    print_time(X509_get0_notAfter(certificate));
    print_extensions(certificate);
    print_key(certificate);
    print_hash(certificate);
    printf("\n");
  }
  X509_free(certificate);
  ERR_clear_error();
}

int main(void) {
  static unsigned char der[LARGEST];
  unsigned char prefix[4];
  while (fread(prefix, 1, 4, stdin) == 4) {
    size_t length = (size_t)prefix[0] << 24 | prefix[1] << 16 | prefix[2] << 8 | prefix[3];
    if (length > LARGEST || fread(der, 1, length, stdin) != length) return 1;
    fields(der, (long)length);
  }
  return 0;
}
