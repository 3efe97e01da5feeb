/* What we demand of a server's certificates, on top of the library's check of the chain.
 *
 * The library may judge dates by the host's clock, or not at all: both are put aside here, and the
 * dates are judged at the trusted time alone. The name is checked here too, and not by the library,
 * which would fall back to the subject's common name.
 */
#include "contexts.h"

#if SWIFTLET_HAS_LIBRARY

#include <string.h>

const mbedtls_x509_crt_profile swiftlet_profile = {
    MBEDTLS_X509_ID_FLAG(MBEDTLS_MD_SHA256) | MBEDTLS_X509_ID_FLAG(MBEDTLS_MD_SHA384) |
        MBEDTLS_X509_ID_FLAG(MBEDTLS_MD_SHA512),
    MBEDTLS_X509_ID_FLAG(MBEDTLS_PK_RSA) | MBEDTLS_X509_ID_FLAG(MBEDTLS_PK_ECKEY) |
        MBEDTLS_X509_ID_FLAG(MBEDTLS_PK_ECDSA),
    MBEDTLS_X509_ID_FLAG(MBEDTLS_ECP_DP_SECP256R1) |
        MBEDTLS_X509_ID_FLAG(MBEDTLS_ECP_DP_SECP384R1),
    2048,
};

/* Days from 1970-01-01 to a date of the Gregorian calendar, for years from 0 to 9999.
 *
 * The year is taken to begin in March, so that the leap day is its last: the days before a month
 * are then (153 m + 2) / 5, and those before a year 365 y + y / 4 - y / 100 + y / 400. */
static int64_t days_since_1970(int year, int month, int day) {
  int64_t y = month > 2 ? year : year - 1;
  int64_t m = month > 2 ? month - 3 : month + 9;
  if (y < 0) return INT32_MIN;
  return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719468;
}

static int64_t seconds_since_1970(const mbedtls_x509_time *time) {
  int64_t seconds = days_since_1970(time->year, time->mon, time->day) * 86400;
  return seconds + time->hour * 3600 + time->min * 60 + time->sec;
}

/* RFC 5280 section 4.1.2.5: both ends belong to the validity. */
static uint32_t date_flags(const mbedtls_x509_crt *certificate, int64_t now) {
  uint32_t flags = 0;
  if (now > seconds_since_1970(&certificate->valid_to)) flags |= MBEDTLS_X509_BADCERT_EXPIRED;
  if (now < seconds_since_1970(&certificate->valid_from)) flags |= MBEDTLS_X509_BADCERT_FUTURE;
  return flags;
}

static bool is_same(const mbedtls_x509_buf *first, const mbedtls_x509_buf *second) {
  return first->len == second->len && memcmp(first->p, second->p, first->len) == 0;
}

/* A root of the same name and key that is valid now, or none.
 *
 * A root is renewed with the same key and later dates. The library takes the first that fits, and
 * cannot know which of two is valid at our time. */
static const mbedtls_x509_crt *valid_twin(const swiftlet_roots *roots,
                                          const mbedtls_x509_crt *certificate, int64_t now) {
  for (const mbedtls_x509_crt *root = &roots->list; root != NULL; root = root->next) {
    if (root->raw.p != NULL && is_same(&root->subject_raw, &certificate->subject_raw) &&
        is_same(&root->pk_raw, &certificate->pk_raw) && date_flags(root, now) == 0) {
      return root;
    }
  }
  return NULL;
}

/* Notes when the chain ends, and returns the flags of a date that is wrong. */
static uint32_t judge_dates(swiftlet_client *client, const mbedtls_x509_crt *certificate,
                            int depth) {
  uint32_t flags = date_flags(certificate, client->seconds);
  if (flags != 0 && depth > 0) {
    const mbedtls_x509_crt *twin = valid_twin(client->roots, certificate, client->seconds);
    if (twin != NULL) {
      certificate = twin;
      flags = 0;
    }
  }
  int64_t until = seconds_since_1970(&certificate->valid_to);
  if (until < client->chain_until) client->chain_until = until;
  return flags;
}

int swiftlet_verify(void *context, mbedtls_x509_crt *certificate, int depth, uint32_t *flags) {
  swiftlet_client *client = context;
  if (certificate->raw.p == NULL) {
    /* The library skips a certificate whose signature algorithm it does not know, and judges an
     * empty one in its place. */
    *flags = MBEDTLS_X509_BADCERT_BAD_MD;
    client->leaf_was_judged = true;
    return 0;
  }
  *flags &= ~(uint32_t)(MBEDTLS_X509_BADCERT_EXPIRED | MBEDTLS_X509_BADCERT_FUTURE);
  *flags |= judge_dates(client, certificate, depth);
  if (depth > 0) return 0;
  client->leaf_was_judged = true;
  *flags &= ~(uint32_t)MBEDTLS_X509_BADCERT_CN_MISMATCH;
  if (!swiftlet_host_matches(&client->host, certificate)) {
    *flags |= MBEDTLS_X509_BADCERT_CN_MISMATCH;
  }
  if (certificate->version != 3 || certificate->MBEDTLS_PRIVATE(ca_istrue)) {
    *flags |= MBEDTLS_X509_BADCERT_OTHER;
  }
  return 0;
}

/* Of several faults the one that says most about what to do: without a root nothing else in the
 * chain can be believed; with a wrong clock everything else is moot. */
int32_t swiftlet_verify_result(uint32_t flags) {
  if (flags == 0) return SWIFTLET_OK;
  /* All bits: the library gave up on the chain as a whole. */
  if (flags == UINT32_MAX) return SWIFTLET_UNACCEPTABLE;
  if (flags & MBEDTLS_X509_BADCERT_NOT_TRUSTED) return SWIFTLET_UNKNOWN_ROOT;
  if (flags & MBEDTLS_X509_BADCERT_FUTURE) return SWIFTLET_NOT_YET_VALID;
  if (flags & MBEDTLS_X509_BADCERT_EXPIRED) return SWIFTLET_EXPIRED;
  if (flags & (MBEDTLS_X509_BADCERT_BAD_MD | MBEDTLS_X509_BADCERT_BAD_PK |
               MBEDTLS_X509_BADCERT_BAD_KEY)) {
    return SWIFTLET_WEAK;
  }
  if (flags & MBEDTLS_X509_BADCERT_CN_MISMATCH) return SWIFTLET_WRONG_HOST;
  return SWIFTLET_UNACCEPTABLE;
}

#endif
