/* OpenSSL's side of core/examples/loading.rs: the same arguments, the same lines. */
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static EVP_PKEY *load(const char *content, int length, int is_pkcs12) {
  BIO *memory = BIO_new_mem_buf(content, length);
  EVP_PKEY *key = NULL;
  if (is_pkcs12) {
    X509 *certificate = NULL;
    STACK_OF(X509) *chain = NULL;
    PKCS12 *file = d2i_PKCS12_bio(memory, NULL);
    PKCS12_parse(file, "secret", &key, &certificate, &chain);
    sk_X509_pop_free(chain, X509_free);
    X509_free(certificate);
    PKCS12_free(file);
  } else {
    key = PEM_read_bio_PrivateKey(memory, NULL, NULL, "secret");
  }
  BIO_free(memory);
  return key;
}

int main(int count, char **words) {
  for (int i = 2; i < count; i++) {
    static char content[1 << 20];
    FILE *file = fopen(words[i], "rb");
    if (!file) return 1;
    int length = (int)fread(content, 1, sizeof content, file);
    fclose(file);
    const char *ending = strrchr(words[i], '.');
    double started = now(), end = started + atof(words[1]);
    long loads = 0;
    while (loads == 0 || now() < end) {
      EVP_PKEY *key = load(content, length, ending && strcmp(ending, ".p12") == 0);
      if (!key) return 1;
      EVP_PKEY_free(key);
      loads++;
    }
    printf("%s\t%.9f\n", words[i], (now() - started) / loads);
  }
  return 0;
}
