/* The resolver: lwIP asks, here the answer waits until it is fetched. */
#include "CNetwork.h"

#if __has_include("lwip/dns.h")

#include <string.h>

#include "lwip/dns.h"

/* The question under way, and its answer: a device asks for one name after another. */
static char question[DNS_MAX_NAME_LENGTH];
static enum { IDLE, ASKED, ANSWERED, UNKNOWN } progress;
static ip_addr_t answer;

static void on_found(const char *name, const ip_addr_t *address, void *argument) {
  (void)argument;
  /* A late answer to an earlier question is of no use. */
  if (progress != ASKED || strcmp(name, question) != 0) return;
  if (address == NULL) {
    progress = UNKNOWN;
  } else {
    answer = *address;
    progress = ANSWERED;
  }
}

static int take_answer(uint8_t address[4]) {
  progress = IDLE;
  memcpy(address, &ip_2_ip4(&answer)->addr, 4);
  return NETWORK_OK;
}

int32_t network_resolve(const uint8_t *name, size_t size, uint8_t address[4]) {
  if (size == 0 || size >= sizeof question) return NETWORK_UNKNOWN_NAME;
  int is_same = strlen(question) == size && memcmp(question, name, size) == 0;
  if (progress != IDLE && is_same) {
    if (progress == ASKED) return NETWORK_PENDING;
    if (progress == ANSWERED) return take_answer(address);
    progress = IDLE;
    return NETWORK_UNKNOWN_NAME;
  }
  if (!network_is_up()) return NETWORK_PENDING;
  memcpy(question, name, size);
  question[size] = 0;
  progress = ASKED;
  switch (dns_gethostbyname(question, &answer, on_found, NULL)) {
    case ERR_OK: return take_answer(address);
    case ERR_INPROGRESS: return NETWORK_PENDING;
    default:
      progress = IDLE;
      return NETWORK_EXHAUSTED;
  }
}

#endif
