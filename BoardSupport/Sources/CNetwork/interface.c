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

/* The largest frame without its checksum: header and 1500 bytes. */
enum { FRAME_MAXIMUM = 1514 };

uint32_t sys_now(void) {
  return board_milliseconds();
}

static err_t send_frame(struct netif *netif, struct pbuf *frame) {
  (void)netif;
  /* One buffer by configuration (LWIP_NETIF_TX_SINGLE_PBUF); ours are far smaller than a frame. */
  static uint8_t bytes[FRAME_MAXIMUM];
  const uint8_t *start = frame->payload;
  if (frame->next != NULL) {
    if (frame->tot_len > sizeof bytes) return ERR_BUF;
    pbuf_copy_partial(frame, bytes, frame->tot_len, 0);
    start = bytes;
  }
  return board_send_frame(start, frame->tot_len) == 0 ? ERR_OK : ERR_MEM;
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

int network_receive_frame(const uint8_t *frame, size_t size) {
  struct pbuf *buffer = pbuf_alloc(PBUF_RAW, (u16_t)size, PBUF_POOL);
  if (buffer == NULL) return -1;
  pbuf_take(buffer, frame, (u16_t)size);
  if (interface.input(buffer, &interface) != ERR_OK) pbuf_free(buffer);
  return 0;
}

void network_run_timers(void) {
  sys_check_timeouts();
}

uint32_t network_next_timer(void) {
  return sys_timeouts_sleeptime();
}

int network_is_up(void) {
  return netif_is_link_up(&interface) && dhcp_supplied_address(&interface);
}

#endif
