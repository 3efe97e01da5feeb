/* Names of servers: RFC 6125, with names taken from the certificate's SAN extension alone. */
#include "contexts.h"

#if SWIFTLET_HAS_LIBRARY

#include <string.h>

#define LABEL_MAXIMUM 63

/* The extension's entries, as context-specific ASN.1 tags (RFC 5280 section 4.2.1.6). */
#define DNS_NAME 0x82
#define IP_ADDRESS 0x87

static uint8_t lowercase(uint8_t byte) {
  return byte >= 'A' && byte <= 'Z' ? (uint8_t)(byte - 'A' + 'a') : byte;
}

static bool is_digit(uint8_t byte) { return byte >= '0' && byte <= '9'; }

static bool is_name_byte(uint8_t byte) {
  uint8_t low = lowercase(byte);
  return is_digit(byte) || (low >= 'a' && low <= 'z') || byte == '-' || byte == '_';
}

static bool is_dns_name(const uint8_t *name, size_t length) {
  size_t label = 0;
  for (size_t index = 0; index < length; index++) {
    if (name[index] == '.') {
      if (label == 0) return false;
      label = 0;
    } else if (!is_name_byte(name[index]) || ++label > LABEL_MAXIMUM) {
      return false;
    }
  }
  return label > 0;
}

/* Reads four decimal numbers; a leading zero is refused, since some read it as octal. */
static bool parse_address(const uint8_t *name, size_t length, uint8_t *address) {
  size_t index = 0;
  for (size_t part = 0; part < 4; part++) {
    unsigned value = 0;
    size_t digits = 0;
    if (part > 0 && (index == length || name[index++] != '.')) return false;
    while (index < length && is_digit(name[index]) && digits < 3) {
      if (digits == 1 && value == 0) return false;
      value = value * 10 + (unsigned)(name[index++] - '0');
      digits++;
    }
    if (digits == 0 || value > 255) return false;
    address[part] = (uint8_t)value;
  }
  return index == length;
}

/* No top-level domain is a number, so what ends in one must be an address. */
static bool ends_in_number(const uint8_t *name, size_t length) {
  size_t index = length;
  while (index > 0 && is_digit(name[index - 1])) index--;
  return index < length && (index == 0 || name[index - 1] == '.');
}

bool swiftlet_host_set(swiftlet_host *host, const uint8_t *name, size_t length) {
  if (name == NULL || length == 0 || length > SWIFTLET_HOST_CAPACITY) return false;
  if (!is_dns_name(name, length)) return false;
  memset(host, 0, sizeof(*host));
  host->is_address = ends_in_number(name, length);
  if (host->is_address && !parse_address(name, length, host->address)) return false;
  memcpy(host->name, name, length);
  host->length = length;
  return true;
}

static bool is_equal(const uint8_t *first, const uint8_t *second, size_t length) {
  for (size_t index = 0; index < length; index++) {
    if (lowercase(first[index]) != lowercase(second[index])) return false;
  }
  return true;
}

/* `pattern` is a name, or "*." and a name of two labels or more; the star is one whole label. */
static bool matches_pattern(const swiftlet_host *host, const uint8_t *pattern, size_t length) {
  const uint8_t *name = (const uint8_t *)host->name;
  if (length == host->length && is_equal(pattern, name, length)) return true;
  if (length < 3 || pattern[0] != '*' || pattern[1] != '.') return false;
  const uint8_t *dot = memchr(name, '.', host->length);
  if (dot == NULL) return false;
  size_t rest = host->length - (size_t)(dot - name);
  if (rest != length - 1 || !is_equal(pattern + 1, dot, rest)) return false;
  return memchr(dot + 1, '.', rest - 1) != NULL;
}

bool swiftlet_host_matches(const swiftlet_host *host, const mbedtls_x509_crt *certificate) {
  const mbedtls_x509_sequence *entry = &certificate->subject_alt_names;
  for (; entry != NULL; entry = entry->next) {
    /* The first entry is part of the certificate and empty where there is no extension. */
    if (entry->buf.p == NULL) continue;
    if (host->is_address) {
      if (entry->buf.tag == IP_ADDRESS && entry->buf.len == sizeof(host->address) &&
          memcmp(entry->buf.p, host->address, sizeof(host->address)) == 0) {
        return true;
      }
    } else if (entry->buf.tag == DNS_NAME &&
               matches_pattern(host, entry->buf.p, entry->buf.len)) {
      return true;
    }
  }
  return false;
}

#endif
