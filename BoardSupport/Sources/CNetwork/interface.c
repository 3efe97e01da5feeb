/* The Ethernet interface and the stack's timers. */
#include "CNetwork.h"

#if __has_include("lwip/init.h")

#include <string.h>

#include "lwip/dhcp.h"
#include "lwip/etharp.h"
#include "lwip/init.h"
#include "lwip/netif.h"
#include "lwip/pbuf.h"
#include "lwip/timeouts.h"
#include "netif/ethernet.h"

static struct netif interface;

/* The frame being taken in: a chain of small buffers, so that a small frame takes little. */
static struct pbuf *arriving;
static struct pbuf *arriving_part;
static u16_t arriving_offset;

uint32_t sys_now(void) { return board_milliseconds(); }

/* By configuration (LWIP_NETIF_TX_SINGLE_PBUF) what we send lies in one buffer. Only the answer to
 * a large ping does not, and nobody needs that. */
static err_t send_frame(struct netif *netif, struct pbuf *frame) {
  (void)netif;
  if (frame->next != NULL) return ERR_BUF;
  return board_send_frame(frame->payload, frame->len) == 0 ? ERR_OK : ERR_MEM;
}

static err_t set_up(struct netif *netif) {
  netif->name[0] = 'e';
  netif->name[1] = 'n';
  netif->output = etharp_output;
  netif->linkoutput = send_frame;
  netif->mtu = 1500;
  netif->hwaddr_len = 6;
  netif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET;
  return ERR_OK;
}

void network_start(const uint8_t *address) {
  lwip_init();
  memcpy(interface.hwaddr, address, 6);
  netif_add(&interface, IP4_ADDR_ANY4, IP4_ADDR_ANY4, IP4_ADDR_ANY4, NULL, set_up, ethernet_input);
  netif_set_default(&interface);
  netif_set_up(&interface);
}

void network_set_link(int is_up) {
  if (is_up && !netif_is_link_up(&interface)) {
    netif_set_link_up(&interface);
    dhcp_start(&interface);
  } else if (!is_up && netif_is_link_up(&interface)) {
    dhcp_release_and_stop(&interface);
    netif_set_link_down(&interface);
  }
}

int32_t network_frame_begin(size_t size) {
  arriving = pbuf_alloc(PBUF_RAW, (u16_t)size, PBUF_POOL);
  arriving_part = arriving;
  arriving_offset = 0;
  return arriving == NULL ? -1 : 0;
}

void network_frame_put(uint32_t word, size_t count) {
  for (; count > 0 && arriving_part != NULL; count--, word >>= 8) {
    ((uint8_t *)arriving_part->payload)[arriving_offset++] = (uint8_t)word;
    if (arriving_offset == arriving_part->len) {
      arriving_part = arriving_part->next;
      arriving_offset = 0;
    }
  }
}

void network_frame_end(void) {
  struct pbuf *frame = arriving;
  arriving = NULL;
  if (interface.input(frame, &interface) != ERR_OK) pbuf_free(frame);
}

void network_run_timers(void) { sys_check_timeouts(); }

int32_t network_is_up(void) {
  return netif_is_link_up(&interface) && dhcp_supplied_address(&interface);
}

#endif
